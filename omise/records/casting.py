"""
JSON to Python and back: what a value of a record's JSON is when it is read, and what it was when it is compared.

Keeps the registry of classes, by the API's name for them and by their own.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from ..directory import OBJECTS, load
from ..wire.dates import parse_day, parse_time
from ..wire.encoding import encode
from .access import Home
from .identity import Record
from .metadata import free_form

R = TypeVar("R", bound=Record)

REGISTRY: dict[str, type[Record]] = {}
"""Which class a JSON object becomes, by the text of its ``object`` field."""

NAMES: dict[str, type[Record]] = {}
"""Every class by its own name: associations name classes that may not exist yet."""

PARSERS: dict[str, Callable[[str], date | None]] = {"_at": parse_time, "_on": parse_day}
"""What reads the texts of a field, by how its name ends."""

SCALARS = frozenset({str, int, float, bool, type(None)})

FREE_FORM = frozenset({"metadata"})
"""Fields that hold whatever the caller put there: they stay dicts, whatever is in them."""


def cast(value: Any, origin: Home, name: str = "", part: type[Record] | None = None) -> Any:
    """
    Return what the JSON *value* of the field *name* is in Python.

    An object becomes a record, a list a list, a time (``…_at``) a datetime, a day (``…_on``) a date; ``metadata`` is
    copied as it is, into a dict whose keys are attributes too. Objects that do not tell their type are of the class
    *part*, if given.
    """
    if isinstance(value, str):
        parse = parser_of(name)
        return value if parse is None else parse(value) or value
    if type(value) in SCALARS:
        return value
    if name in FREE_FORM:
        return free_form(value)
    if isinstance(value, list):
        return [*cast_each(value, origin, name if name.endswith("_on") else "", part)]
    if isinstance(value, (dict, Mapping)):  # a dict nearly always, of which `Mapping` is slow to tell
        known = part if "object" not in value else None
        return cast_as(known or class_of(str(value.get("object"))), value, origin)
    return value


def parser_of(name: str) -> Callable[[str], date | None] | None:
    """Return what reads the texts of the field *name*: times or days; None if they are neither."""
    return parse_time if name == "created" else PARSERS.get(name[-3:])


def cast_each(items: Iterable[Any], origin: Home, name: str = "", part: type[Record] | None = None) -> Iterator[Any]:
    """Cast each of *items*; records, which nearly always are of one type, without looking for their class each time."""
    kind: Any = None
    build: Any = None
    for item in items:
        if type(item) is not dict or item.get("object") is None:
            yield cast(item, origin, name, part)
            continue
        if item["object"] != kind:
            kind = item["object"]
            cls = class_of(str(kind))
            build = (origin.bind(cls) if origin else cls)._build
        yield build(item, origin)


def class_of(kind: str) -> type[Record]:
    """Return the class of the objects that the API calls *kind*: `Resource` where no class is declared for them."""
    if kind not in REGISTRY and kind in OBJECTS:
        load(OBJECTS[kind])
    return REGISTRY.get(kind) or NAMES["Resource"]


def cast_as(cls: type[R], value: Mapping[str, Any], origin: Home, loaded: bool = True) -> R:
    """Return the JSON object *value* as a record of *cls*, which stays with the account of *origin*."""
    bound = origin.bind(cls) if origin else cls
    return bound._build(value if type(value) is dict else dict(value), origin, loaded)


def class_named(name: str, complaint: str | None = None) -> type[Record]:
    """
    Return the registered class *name*.

    If there is none, raises AttributeError with *complaint*; without one NameError, which no descriptor swallows.
    """
    if name not in NAMES:
        load(name)
    try:
        return NAMES[name]
    except KeyError:
        if complaint is None:
            raise NameError(f"there is no resource {name!r}", name=name) from None
        raise AttributeError(complaint, name=name) from None


def register(cls: type[Record]) -> None:
    """Have objects become *cls*, and associations find it, by its names; after this library's own of the same names."""
    kind = vars(cls).get("object_name")
    for name in {OBJECTS.get(kind or "", ""), cls.__name__}:
        load(name)
    if kind:
        REGISTRY[kind] = cls
    # A class of the same name elsewhere does not take the place of one that associations name.
    if NAMES.setdefault(cls.__name__, cls).__module__ == cls.__module__:
        NAMES[cls.__name__] = cls


def plain(value: Any) -> Any:
    """
    Return *value* as it will be sent, for showing, and comparing with what the API said: a record as its id.

    What has no JSON form stays as it is: it is refused, by name, when it is to be sent.
    """
    if isinstance(value, Record):
        return value._attributes.get("id") if value._kind and "id" in value._attributes else value.to_dict()
    if isinstance(value, Mapping):
        return {str.__str__(name) if isinstance(name, str) else name: plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple, range)):
        return [plain(item) for item in value]
    try:
        return encode(value)
    except (TypeError, ValueError):
        return value


def unshared(value: Any) -> Any:
    """Return a copy of the dicts and lists of *value*, so that who assigned them does not change the record by them."""
    if isinstance(value, dict):
        return {name: unshared(item) for name, item in value.items()}
    return [unshared(item) for item in value] if isinstance(value, list) else value


def copied(value: Any) -> Any:
    """Return a copy of the JSON *value*, nothing shared with it; much sooner than `copy.deepcopy` does."""
    kind = type(value)
    if kind is dict:
        return {name: item if type(item) in SCALARS else copied(item) for name, item in value.items()}
    if kind is list:
        return [item if type(item) in SCALARS else copied(item) for item in value]
    return value if kind in SCALARS else copy.deepcopy(value)


def same(one: Any, other: Any) -> bool:
    """Compare JSON values as JSON does: ``1`` and ``true`` differ, the order of an object's names does not matter."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(item, other[name]) for name, item in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


def is_editable(value: Any) -> bool:
    """Tell whether *value* can be edited in place: a dict, a list, an object that is no record, not a record."""
    if isinstance(value, Record):
        return value._kind is None
    if isinstance(value, list):
        return all(is_editable(item) or not isinstance(item, Record) for item in value)
    return isinstance(value, dict)
