"""
API versions: every answer is made in the newest one, and shown as the one asked for has it.

What each object looks like at an older version is a table, `shapes`. The walk through an answer, into lists and objects
at any depth, is `translate`.

Source: https://docs.omise.co/api-versioning
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from ..refusals import bad_request
from .shapes import ANY, EVERYWHERE, FORMATS, FREE_FORM, ROWS, STUB, VALUES, WHOLE, WHOLE_UNTIL_DELETED

__all__ = ["LATEST", "VERSIONS", "requested", "translate"]

#: Oldest first, so that versions compare by their place; as dates they compare as text, too.
VERSIONS = ("2014-07-27", "2015-11-17", "2017-11-02", "2019-05-29")
LATEST = VERSIONS[-1]

Fields = dict[str, Any]


class Name(NamedTuple):
    """A field at an older version: its name then and now, and whether it is left out where it is null."""

    old: str
    new: str
    optional: bool


def requested(header: str | None, default: str) -> str:
    """The version that a request asks for; *default* is its account's."""
    if not header:
        return default
    if header not in VERSIONS:
        raise bad_request("Omise-Version is not a known version")
    return header


def translate(fields: Fields, version: str, *, destroyed: bool = False) -> Fields:
    """
    *fields*, an object as version `LATEST` shows it, as *version* shows it.

    *destroyed* says that it is the answer to a ``DELETE``.
    """
    if version == LATEST:
        return fields
    if destroyed and fields["object"] in WHOLE_UNTIL_DELETED:
        return _stub(fields)
    return _object(fields, version)


@cache
def _row(kind: str, version: str) -> tuple[Name, ...] | None:
    """The fields of a kind of object at a version; None where there is no row for it."""
    rows = ROWS.get(kind)
    return tuple(_names(rows[min(since for since in rows if since >= version)])) if rows else None


def _names(row: str) -> Iterator[Name]:
    for word in row.split():
        old, _, new = word.removesuffix("?").partition("=")
        yield Name(old, new or old, word.endswith("?"))


RENAMED = {name.new: name.old for name in _names(EVERYWHERE)}


def _object(fields: Fields, version: str) -> Fields:
    kind = fields["object"]
    if fields.get("deleted") is True and kind not in WHOLE | WHOLE_UNTIL_DELETED:
        return _stub(fields)
    row = _row(kind, version)
    old = {RENAMED.get(name, name): value for name, value in fields.items()} if row is None else _fields(fields, row)
    return _items(kind, old, version)


def _stub(fields: Fields) -> Fields:
    return {name: fields[name] for name in STUB if name in fields}


def _fields(fields: Fields, row: tuple[Name, ...]) -> Fields:
    old: Fields = {}
    for name in row:
        made = VALUES.get((fields["object"], name.old))
        if made:
            old[name.old] = made(fields)
        elif name.new in fields and not (name.optional and fields[name.new] is None):
            old[name.old] = fields[name.new]
    return old


def _items(kind: str, fields: Fields, version: str) -> Fields:
    return {name: _item(kind, name, value, version) for name, value in fields.items()}


def _item(kind: str, name: str, value: Any, version: str) -> Any:
    if value is None or {(kind, name), (ANY, name)} & FREE_FORM:
        return value
    written = (FORMATS.get((kind, name)) or FORMATS.get((ANY, name))) if kind else None
    return written(value) if written else _value(value, version)


def _value(value: Any, version: str) -> Any:
    if isinstance(value, list):
        return [_value(item, version) for item in value]
    if not isinstance(value, Mapping):
        return value
    if "object" in value:
        return _object(dict(value), version)
    return _items("", dict(value), version)
