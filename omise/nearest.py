"""The name that a misspelt one was probably meant to be."""

from __future__ import annotations

TYPE_CHECKING = False  # as checkers know it; typing would be most of the import
if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the one of *known* that is most like *name*; None if none is."""
    from difflib import get_close_matches  # imported where a name is wrong: nobody else pays for it

    return next(iter(get_close_matches(name, known, n=1)), None)
