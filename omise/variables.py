"""The variables of the environment, which may change at any time, and are looked at for every call."""

from __future__ import annotations

import os

TYPE_CHECKING = False  # as checkers know it; typing would be most of the import
if TYPE_CHECKING:
    from typing import Any

_spelled: dict[str, Any] = {}
"""The names that were asked for, as the system spells them."""


def variables() -> Any:
    """Return all of them, to be compared with those of before, or asked for one as the system spells it."""
    # The dict inside `os.environ`: comparing that takes a microsecond, decoding a dozen variables took fifteen.
    return getattr(os.environ, "_data", os.environ)


def variable(name: str) -> str | None:
    """Return the variable *name*; None if there is none."""
    environment: Any = os.environ
    if hasattr(environment, "encodekey"):
        if name not in _spelled:
            _spelled[name] = environment.encodekey(name)
        if _spelled[name] not in variables():  # `os.environ` raises and catches an error for it, six times as long
            return None
    return os.environ.get(name)
