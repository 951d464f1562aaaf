"""
Which parameters a verb takes: the types that say so are found, and made, when somebody asks, not at import.

They are named by convention, ``<Class><Verb>`` (`ChargeCreate`), or by the verb's own ``**params: Unpack[…]``, and
found in the module of the class.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..importing import imported
from .access import OPTIONS

if TYPE_CHECKING:
    from inspect import Parameter, Signature  # imported where it is used: nobody asks for signatures to make a call

UNPACKED = r"Unpack\[(\w+)\]"
MARKED = r"(Required|NotRequired)\[(.*)\]"
SYNONYMS = {"save": "update"}
"""Verbs that take what another one takes."""


class _LeftOut:
    """What stands for the value of a parameter that is not given."""

    def __repr__(self) -> str:
        return "…"


LEFT_OUT = _LeftOut()


def types_in(module: str, here: str) -> Callable[[str], Any]:
    """Return a ``__getattr__`` for the module *here*: what it does not have it takes from *module*, once asked."""

    def find(name: str) -> Any:
        if not name.startswith("_"):
            types = vars(imported(here.rpartition(".")[0] + module))
            if name in types:
                return types[name]
        raise AttributeError(f"module {here!r} has no attribute {name!r}", name=name)

    return find


def known_parameters(cls: type, verb: str) -> frozenset[str]:
    """Return the names of the API's parameters that *verb* of the resource *cls* takes; none if they are not known."""
    code = getattr(cls, verb).__func__.__code__
    own = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    keys = {*own[code.co_argcount :], *annotations_of(parameters_type(cls, verb))}
    return frozenset(keys - {*own[: code.co_argcount], *OPTIONS})


def parameters_type(cls: type, verb: str) -> Any:
    """Return the TypedDict of what *verb* of *cls* takes; None if no type says so."""
    home = next((base for base in cls.__mro__ if verb in vars(base)), None)
    if home is not None:
        own = _unpacked(getattr(vars(home)[verb], "function", vars(home)[verb]))
        if own is not None:  # first, since what is named by convention has to be loaded to be found
            return own
    for base in cls.__mro__:
        for name in (verb, SYNONYMS.get(verb, verb)):
            found = _named(base.__module__, base.__name__ + name.title().replace("_", ""))
            if found is not None:
                return found
        if base is home:
            break
    return None


def _unpacked(function: Any) -> Any:
    annotations = getattr(function, "__annotations__", {})
    match = next((found for text in annotations.values() if (found := re.fullmatch(UNPACKED, str(text)))), None)
    if match is None:
        return None
    return _named(function.__module__, match[1]) or _named(imported(f"{__package__}.parameters").__name__, match[1])


def _named(module: str, name: str) -> Any:
    found = getattr(sys.modules.get(module), name, None)
    return found if hasattr(found, "__total__") else None


def annotations_of(parameters: Any) -> dict[str, str]:
    """Return the keys of a TypedDict with the text of their types, those of its bases first; empty for None."""
    given = getattr(parameters, "__annotations__", {})
    return {name: getattr(value, "__forward_arg__", str(value)) for name, value in given.items()}


def signature_of(function: Callable[..., Any], cls: type, *, bound: bool) -> Signature:
    """Return the signature of *function*, a verb of *cls*, with a name for each key of ``**params``."""
    import inspect

    own = inspect.signature(function)
    fixed = _fixed(own)[bound:]
    taken = {one.name for one in fixed}
    keys = annotations_of(parameters_type(cls, function.__name__))
    if not keys:
        return own.replace(parameters=[*own.parameters.values()][bound:])
    named = sorted((one for one in _keywords(keys) if one.name not in taken), key=_place)
    return own.replace(parameters=[*fixed, *named])


def _fixed(own: Signature) -> list[Parameter]:
    """Return the parameters but ``**params``, with ``*attributes`` as what it stands for: one dict, or none."""
    fixed = [one for one in own.parameters.values() if one.kind is not one.VAR_KEYWORD]
    if not fixed or fixed[-1].name != "attributes":
        return fixed
    last = fixed[-1]
    attributes = last.replace(kind=last.POSITIONAL_ONLY, default=None, annotation=last.empty)
    return [*(one.replace(kind=one.POSITIONAL_ONLY) for one in fixed[:-1]), attributes]


def _place(one: Parameter) -> tuple[bool, bool]:
    """Sort what is required first, and the options last."""
    return one.name in OPTIONS, one.default is not one.empty


def _keywords(keys: Mapping[str, str]) -> Iterator[Parameter]:
    from inspect import Parameter

    for name, text in keys.items():
        match = re.fullmatch(MARKED, text)
        default = Parameter.empty if match and match[1] == "Required" else LEFT_OUT
        yield Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=match[2] if match else text)
