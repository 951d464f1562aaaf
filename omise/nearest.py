"""The name that a misspelt one was probably meant to be."""

from __future__ import annotations

from .importing import imported

TYPE_CHECKING = False  # as checkers know it; typing would be most of the import
if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(name: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """Return the one of *known* that is most like *name*; None if none is, to a share of *alike* (0 to 1)."""
    # Loaded where a name is wrong: nobody else pays for it.
    return next(iter(imported("difflib").get_close_matches(name, known, n=1, cutoff=alike)), None)
