"""Records as rows: nested parts in columns of their own, ``card.brand``, and the type of each column."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from .amounts import currency_of, money_of
from .casting import parser_of

WHOLE = frozenset({"metadata"})
"""Fields that stay one column, of JSON: their names are the user's own."""

MAIN = "_main"
"""What the column beside an amount has after its name: the same in the currency's main unit."""

LARGEST = 2**63


def flat(
    data: Mapping[str, Any], prefix: str = "", *, main: bool = False, around: str | None = None
) -> Iterator[tuple[str, Any]]:
    """
    Yield the columns of the JSON *data*, each with its value: lists, and what is `WHOLE`, as JSON text.

    With *main* there is another beside each amount, a Decimal in the main unit; *around* is the currency of what *data*
    is a part of.
    """
    own = data.get("currency")
    for name, value in data.items():
        column = prefix + name
        if isinstance(value, Mapping) and name not in WHOLE and value.get("object") != "list":
            yield from flat(value, f"{column}.", main=main, around=own if isinstance(own, str) else around)
        elif isinstance(value, (Mapping, list)):
            yield column, json.dumps(value, ensure_ascii=False)
        else:
            yield column, value
            currency = currency_of(data, name, around) if main else None
            if currency is not None:
                money = money_of(value, currency)
                yield column + MAIN, None if money is None else money.amount


def columns(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the columns of *rows*; one that is empty where others have parts, such as no card, is left out."""
    filled: dict[str, bool] = {}
    for row in rows:
        for name, value in row.items():
            filled[name] = filled.get(name, False) or value is not None
    parents = {name[:place] for name in filled for place, sign in enumerate(name) if sign == "."}
    return [name for name in filled if filled[name] or name not in parents]


def cell(value: Any) -> Any:
    """Return *value* as CSV has it: booleans as JSON writes them."""
    return json.dumps(value) if isinstance(value, bool) else value


def kinds(rows: Iterable[Mapping[str, Any]]) -> dict[str, type | None]:
    """
    Return the type of each column of *rows*: numbers, booleans and text as in the JSON, times and days.

    It is text where the values are of several types, and None where there is no value.
    """
    found: dict[str, set[type]] = {}
    for row in rows:
        for name, value in row.items():
            found.setdefault(name, set()).add(_kind(name, value))
    return {name: _common(types - {type(None)}) for name, types in found.items()}


def _kind(name: str, value: Any) -> type:
    if isinstance(value, str):
        moment = _moment(name, value)
        return str if moment is None else datetime if isinstance(moment, datetime) else date
    return str if type(value) is int and abs(value) >= LARGEST else type(value)


def _moment(name: str, value: str) -> date | None:
    parse = parser_of(name.rpartition(".")[2])
    return None if parse is None else parse(value)


def _common(types: set[type]) -> type | None:
    if types == {int, float}:
        return float
    return next(iter(types), None) if len(types) <= 1 else str


def fitted(name: str, value: Any, kind: type | None) -> Any:
    """Return *value*, of the column *name*, as one of this type takes it."""
    if value is None:
        return None
    if kind in (date, datetime):
        return _moment(name, value)
    if kind is str:
        return value if isinstance(value, str) else json.dumps(value, default=str)
    return float(value) if kind is float else value
