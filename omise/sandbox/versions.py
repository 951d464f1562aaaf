"""
API versions: every answer is written in the newest one, then put back, step by step, into the one asked for.

What a version changed is a row of a table: the objects that it is about, and one small function that undoes it. The
walk through an answer, into lists and objects at any depth, is `translate`.

Source: https://docs.omise.co/api-versioning
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .errors import bad_request

__all__ = ["LATEST", "VERSIONS", "Change", "requested", "translate"]

#: Oldest first, so that versions compare by their place; as dates they compare as text, too.
VERSIONS = ("2014-07-27", "2015-11-17", "2017-11-02", "2019-05-29")
LATEST = VERSIONS[-1]

Fields = dict[str, Any]
Edit = Callable[[Fields], Fields]

ANY = "*"


@dataclass(frozen=True)
class Change:
    """
    What version *since* changed in objects of a kind (`ANY` for all), and how to undo it.

    Attributes:
        nested: Only where the object is embedded in another one.
    """

    since: str
    kind: str
    undo: Edit
    nested: bool = False


def rename(old: str, new: str) -> Edit:
    """Call *new* again what it was called, in its place."""
    return lambda fields: {(old if name == new else name): value for name, value in fields.items()}


def drop(*names: str) -> Edit:
    """Leave fields out."""
    return lambda fields: {name: value for name, value in fields.items() if name not in names}


def drop_if(value: Any, *names: str) -> Edit:
    """Leave fields out where they have that value."""
    return lambda fields: {name: item for name, item in fields.items() if name not in names or item is not value}


def edit(function: Callable[[Any], Any], *names: str) -> Edit:
    """Change the values of some fields, wherever they are set."""
    return lambda fields: {
        name: function(value) if name in names and value is not None else value for name, value in fields.items()
    }


def replace(**values: Any) -> Edit:
    """Fixed values for some fields."""
    return lambda fields: {name: values.get(name, value) for name, value in fields.items()}


def reorder(*names: str) -> Edit:
    """The fields in another order; those not named are left out."""
    return lambda fields: {name: fields[name] for name in names if name in fields}


def stub(fields: Fields) -> Fields:
    """What was left of a deleted object; a schedule always came back whole."""
    if fields.get("deleted") is not True or fields["object"] == "schedule":
        return fields
    return reorder("object", "id", "livemode", "deleted")(fields)


def numeric_offset(time: str) -> str:
    """``…+00:00`` in place of ``…Z``."""
    return time.removesuffix("Z") + "+00:00"


#: Newest version first, and within one version in the order in which its changes are undone.
CHANGES = (
    Change("2019-05-29", ANY, stub),
    Change("2019-05-29", ANY, rename("created", "created_at")),
    Change("2019-05-29", ANY, edit(str.lower, "currency")),
    Change("2019-05-29", "customer", drop_if(False, "deleted")),
    Change("2019-05-29", "customer", drop("linked_accounts")),
    Change("2019-05-29", "card", drop_if(False, "deleted")),
    Change("2019-05-29", "card", drop("street1", "street2", "state", "phone_number")),
    Change("2019-05-29", "card", drop_if(None, "location")),
    Change(
        "2019-05-29", "list", reorder("object", "from", "to", "offset", "limit", "total", "order", "location", "data")
    ),
    Change("2019-05-29", "list", replace(order=None), nested=True),
    Change("2017-11-02", "list", reorder("object", "from", "to", "offset", "limit", "total", "data", "location")),
    Change("2017-11-02", "list", edit(numeric_offset, "from", "to")),
    Change("2015-11-17", "card", drop("bank")),
)


def requested(header: str | None, default: str) -> str:
    """The version that a request asks for; *default* is its account's."""
    if not header:
        return default
    if header not in VERSIONS:
        raise bad_request("Omise-Version is not a known version")
    return header


def translate(fields: Fields, version: str, changes: tuple[Change, ...] = CHANGES) -> Fields:
    """*fields*, an object as version `LATEST` shows it, as *version* shows it."""
    undone = tuple(change for change in changes if change.since > version)
    return _object(fields, _by_kind(undone), nested=False) if undone else fields


def _by_kind(changes: tuple[Change, ...]) -> Mapping[str, list[Change]]:
    kinds = {change.kind for change in changes} - {ANY}
    every = {kind: [change for change in changes if change.kind in (kind, ANY)] for kind in kinds}
    return {**every, ANY: [change for change in changes if change.kind == ANY]}


def _object(fields: Fields, changes: Mapping[str, list[Change]], nested: bool) -> Fields:
    for change in changes.get(fields["object"], changes[ANY]):
        if nested or not change.nested:
            fields = change.undo(fields)
    return {name: _value(name, value, changes) for name, value in fields.items()}


def _value(name: str, value: Any, changes: Mapping[str, list[Change]]) -> Any:
    if name == "metadata":  # the merchant's own words
        return value
    if isinstance(value, list):
        return [_value("", item, changes) for item in value]
    if not isinstance(value, dict):
        return value
    if "object" in value:
        return _object(value, changes, nested=True)
    return {key: _value(key, item, changes) for key, item in value.items()}
