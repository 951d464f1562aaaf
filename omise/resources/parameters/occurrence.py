"""Types of the words that the fields of `Occurrence` have."""

from __future__ import annotations

from typing import Literal

OccurrenceStatus = Literal["successful", "failed", "skipped", "scheduled"]
"""What became of a run of a schedule."""
