"""
What the log of received requests must not hold: what may never be shown anywhere, and what is in files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...redaction import MASK as REDACTED
from ...redaction import redact as redact_json
from ...redaction import redact_text
from .parameters import Upload

__all__ = ["REDACTED", "redact", "redact_headers", "redact_text"]

CREDENTIALS = frozenset({"authorization", "proxy-authorization", "cookie"})


def redact(params: Any) -> Any:
    """A copy of parameters without secrets, at any depth; of a file, what it is."""
    return redact_json(_told(params))


def redact_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """*headers* without credentials."""
    return {name: REDACTED if name.lower() in CREDENTIALS else redact_text(text) for name, text in headers.items()}


def _told(value: Any) -> Any:
    """*value* with a text in the place of each file."""
    if isinstance(value, dict):
        return {name: _told(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_told(item) for item in value]
    if isinstance(value, Upload):
        return f"<file {redact_text(value.filename)}, {value.content_type}, {len(value.content)} bytes>"
    return value
