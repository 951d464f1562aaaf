"""A warning where a parameter is sent that is nearly one that the API knows, and would be passed over there."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from functools import lru_cache

from ..nearest import nearest
from ..notices import UnknownParameterWarning
from .blocking import depth
from .options import OPTIONS
from .signatures import known_parameters

NEAR = 0.75
"""How much of a name has to be right; what is further off may be newer than this library."""


def warn_of_misspelling(cls: type, verb: str, names: Iterable[str]) -> None:
    """Warn of each of *names* that is no parameter of *verb* of *cls*, and comes near to one."""
    known = _known(getattr(cls, "_unbound", None) or cls, verb)  # a client's class is not kept by the cache
    if not known or known.issuperset(names):  # the usual case, at the cost of a look-up
        return
    for name in sorted({*names} - known - {*OPTIONS}):
        near = nearest(name, known, NEAR)
        if near:
            warnings.warn(
                f"{cls.__name__}.{verb} knows no parameter {name!r}, and the API may pass over it: did you mean "
                f"{near!r}?",
                UnknownParameterWarning,
                depth(),
            )


@lru_cache(maxsize=1024)
def _known(cls: type, verb: str) -> frozenset[str]:
    names = known_parameters(cls, verb)
    return names | {name.rstrip("_") for name in names}
