"""Parameters as they are typed, ``amount=10000 card[name]="Arunee Dee" items[][sku]=…``, to what the library takes."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from inspect import get_annotations
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, NamedTuple

import click
from click.shell_completion import CompletionItem

from .. import resources
from ..redaction import short
from ..resources import parameters as parameter_types
from ..wire.dates import parse_day

ASSIGNMENT = re.compile(r"([^][=]+)((?:\[[^][=]*])*)=(.*)", re.DOTALL)
WORDS = {"true": True, "false": False}
BOOLEAN = frozenset({"bool"})
FREE_FORM = "metadata"
"""What holds names of the user's own, whose values are of no declared type."""
FILES = ("file", "document")
"""Parameters that are a file, and not what is in one."""
OPTIONS = {"key": "OMISE_SECRET_KEY", "timeout": "OMISE_TIMEOUT", "deadline": "OMISE_TIMEOUT"}
"""What the library's verbs take beside the API's parameters, and the command line takes from the environment."""


class Assignment(NamedTuple):
    """One parameter: the names on the way to it, ``("card", "number")``, and its value as text."""

    path: tuple[str, ...]
    text: str

    @property
    def name(self) -> str:
        """How it was spelt."""
        return self.path[0] + "".join(f"[{name}]" for name in self.path[1:])

    @property
    def kinds(self) -> frozenset[str]:
        """The types that are declared for it, such as ``{"int"}``; none where nobody says."""
        last = next((name for name in reversed(self.path) if name and not name.isdecimal()), "")
        return frozenset() if FREE_FORM in self.path else declared_kinds().get(last, frozenset())


class AssignmentType(click.ParamType):  # type: ignore[type-arg]  # it takes none before click 8.5
    """The type of arguments that are parameters of the API."""

    name = "name=value"

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names: list[str] = sorted(names)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Assignment:
        """Return *value* in its parts."""
        found = ASSIGNMENT.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            shown = short(value)
            self.fail(f"{shown} is no parameter; write name=value, card[name]=value or items[]=value", param, ctx)
        return Assignment((found[1], *re.findall(r"\[([^]]*)]", found[2])), found[3])

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The names that begin so."""
        return [CompletionItem(f"{name}=") for name in self.names if name.startswith(incomplete)]


def parameters(assignments: Iterable[Assignment]) -> dict[str, Any]:
    """
    Return the parameters that *assignments* stand for.

    ``a[b]`` is an object, ``a[]`` a list, and so is ``a[0]`` outside of metadata; a name after ``[]`` that the last
    item has already begins another item. Raises a usage error for what cannot be the value of its name.
    """
    tree: dict[str, Any] = {}
    for assignment in assignments:
        if assignment.path[0] in OPTIONS:
            setting = OPTIONS[assignment.path[0]]
            raise click.UsageError(f"{assignment.path[0]} is no parameter of the API; set {setting} in the environment")
        _put(tree, assignment.path, _value(assignment), assignment.name)
    return {name: _with_lists(value, name) for name, value in tree.items()}


def _put(tree: dict[str, Any], path: tuple[str, ...], value: Any, name: str) -> None:
    """Put *value* at *path* into *tree*, in which lists are dicts with numbers for names."""
    for place, step in enumerate(path[:-1], 1):
        tree = tree.setdefault(_number(tree, step, path[place:]), {})
        if not isinstance(tree, dict):
            raise click.UsageError(f"{name} is given beside a value for all of it")
    last = _number(tree, path[-1], ())
    if last in tree:
        raise click.UsageError(f"{name} is given twice")
    tree[last] = value


def _number(tree: Mapping[str, Any], step: str, rest: tuple[str, ...]) -> str:
    """Return the name for *step*, which is a number in the place of an empty one."""
    if step:
        return step
    last = tree.get(str(len(tree) - 1))
    goes_on = bool(rest) and isinstance(last, dict) and rest[0] not in last
    return str(len(tree) - goes_on)


def _with_lists(value: Any, name: str) -> Any:
    if not isinstance(value, dict):
        return value
    items = {inner: _with_lists(item, inner) for inner, item in value.items()}
    if name != FREE_FORM and [*items] == [str(place) for place in range(len(items))]:
        return [*items.values()]
    return items


def _value(assignment: Assignment) -> Any:
    """Return the value that the text of *assignment* stands for, by the types declared for its name."""
    text = assignment.text
    if text.startswith("@@"):
        return text[1:]
    if text.startswith("@"):
        return _from_file(assignment, text[1:])
    kinds = assignment.kinds
    if "int" in kinds or "float" in kinds:
        return _number_of(assignment, kinds)
    if text in WORDS and "str" not in kinds:
        return WORDS[text]
    if kinds == BOOLEAN:
        raise click.UsageError(f"{assignment.name} is true or false, and not {short(text, assignment.name)}")
    return text


def _number_of(assignment: Assignment, kinds: frozenset[str]) -> Any:
    """Return the number that the text is; text where that may be given too."""
    for kind, make in (("int", int), ("float", float)):
        if kind in kinds and re.fullmatch(r"-?\d+" if kind == "int" else r"-?\d+(\.\d+)?", assignment.text):
            return make(assignment.text)
    if "str" in kinds:
        return assignment.text
    wanted = "a whole number, amounts in the currency's smallest unit" if "int" in kinds else "a number"
    raise click.UsageError(f"{assignment.name} is {wanted}, and not {short(assignment.text, assignment.name)}")


def _from_file(assignment: Assignment, path: str) -> Any:
    """Return what is in the file at *path* (``-``: what is piped in): JSON if its name ends so, else text."""
    if assignment.path[0] in FILES:
        return Path(path)
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text()
        return json.loads(text) if path.endswith(".json") else text.rstrip("\n")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not what its name says"
        raise click.UsageError(f"{assignment.name}: nothing can be read from {path}: {reason}") from error


def days(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return *params* with ``from`` and ``to`` as days where they are days: all of the last one counts."""
    return {name: parse_day(value) or value if _is_day(name, value) else value for name, value in params.items()}


def _is_day(name: str, value: Any) -> bool:
    return name in ("from", "to") and isinstance(value, str) and not isinstance(value, date)


# What is declared


@cache
def declared_kinds() -> dict[str, frozenset[str]]:
    """Return the types of each name, in all that the resources declare as fields and parameters; ``None`` left out."""
    found: dict[str, frozenset[str]] = {}
    for declaring in _declaring():
        for name, annotation in get_annotations(declaring).items():
            text = getattr(annotation, "__forward_arg__", str(annotation))
            found[name] = found.get(name, frozenset()) | _kinds_in(text)
    return found


def _declaring() -> Iterable[Any]:
    """Yield all classes and types that declare fields and parameters."""
    for name in resources.__all__:
        yield from getattr(resources, name).__mro__
    for module in iter_modules(parameter_types.__path__):
        for found in vars(import_module(f"{parameter_types.__name__}.{module.name}")).values():
            if hasattr(found, "__total__"):
                yield found


def _kinds_in(annotation: str) -> frozenset[str]:
    """Return the names of the types in *annotation*: ``{"int"}`` of ``Required[int | None]``."""
    inner = re.fullmatch(r"(?:Required|NotRequired)\[(.*)]", annotation)
    words = re.sub(r"\[.*?]", "", inner[1] if inner else annotation).split("|")
    return frozenset(word.strip() for word in words) - {"None"}
