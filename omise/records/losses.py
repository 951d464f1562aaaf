"""
What is kept of a write whose answer was lost: whose account it was, and the reference by which it is found again.

The account holds keys, so that it is kept beside the exception, where no report of its attributes looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from ..config import Config
from ..errors import OutcomeUnknown
from ..redaction import Sealed, opened, redact
from ..wire.marks import make_up

homes: WeakKeyDictionary[OutcomeUnknown, Any] = WeakKeyDictionary()
"""The `Origin` of each that was raised in this process."""


def reference_in(params: Mapping[str, Any], config: Config) -> str | None:
    """Return the setting `reference_key` if the metadata among *params* has it, with a value that can be one."""
    metadata, name = opened(params.get("metadata")), config.reference_key
    value = metadata.get(name) if isinstance(metadata, Mapping) and name else None
    usable = isinstance(value, (str, int)) and not isinstance(value, bool) and value != ""
    return name if usable and redact(metadata).get(name) == value else None


def with_reference(params: dict[str, Any], config: Config) -> dict[str, Any]:
    """Return *params* with a random value under `reference_key` in the metadata; as they are if they have one."""
    given, name = params.get("metadata"), config.reference_key
    metadata = opened(given) or {}
    if name is None or not isinstance(metadata, Mapping) or name in metadata:
        return params
    kept = {**metadata, name: make_up()}
    return {**params, "metadata": Sealed(kept) if type(given) is Sealed else kept}
