"""
Filters of a search: how their values are written, and what they ask of an object.

Each function makes a filter of where to look: a path such as ``card.last_digits``, or a function of the object. A
filter takes a value and makes a test of it.

Source: https://docs.omise.co/search-api
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ..state.clock import parse_time
from .currencies import SUBUNITS

__all__ = ["BadValue", "Fields", "Filter", "Get", "Test", "amount", "boolean", "getter", "moment", "number", "word"]

Fields = Mapping[str, Any]
Get = Callable[[Fields], Any]
#: Whether an object is one of those that a filter's value asks for.
Test = Callable[[Fields], bool]
#: Makes the test of a value; it is told today's date. Raises `BadValue`.
Filter = Callable[[str, date], Test]


class BadValue(Exception):
    """A filter cannot have this value."""


def amount(path: str) -> Filter:
    """
    An amount in the main unit of its currency, or a range: ``4096.69``, ``100..500``, ``1000..``. The currency is the
    field ``currency`` beside it.
    """
    find, currency = getter(path), getter(".".join([*path.split(".")[:-1], "currency"]))

    def value(fields: Fields) -> Decimal | None:
        found = find(fields)
        return None if found is None else Decimal(found) / SUBUNITS.get(currency(fields), 100)

    return _ranged(value, lambda text, today: _number(text))


def number(get: Get | str) -> Filter:
    """A number, or a range."""
    return _ranged(getter(get), lambda text, today: _number(text))


def moment(get: Get | str) -> Filter:
    """A day in UTC (``2026-01-31``, ``2026/01/31``, ``today``, ``last_week``), a time, or a range."""
    find = getter(get)

    def value(fields: Fields) -> int | None:
        found = find(fields)
        return None if found is None else parse_time(found)

    return _ranged(value, _moments)


def boolean(get: Get | str) -> Filter:
    """True or false, in one of three spellings, or as the forms of PHP have it."""
    find = getter(get)

    def build(text: str, today: date) -> Test:
        wanted = BOOLEANS.get(text.lower())
        if wanted is None:
            raise BadValue
        return lambda fields: bool(find(fields)) is wanted

    return build


def word(get: Get | str, *choices: str, **aliases: str) -> Filter:
    """
    A text as it is, but in any case; with *choices* one of them. *aliases* are other names of values.
    """
    find = getter(get)

    def build(text: str, today: date) -> Test:
        wanted = aliases.get(text.lower(), text.lower())
        if choices and wanted not in choices:
            raise BadValue
        return lambda fields: str(find(fields)).lower() == wanted if find(fields) is not None else False

    return build


TRUE, FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
BOOLEANS: dict[str, bool] = {**dict.fromkeys(TRUE, True), **dict.fromkeys(FALSE, False)}


def getter(get: Get | str) -> Get:
    """*get*, or the function that follows a path; None where it ends early."""
    if callable(get):
        return get
    names = get.split(".")

    def follow(fields: Fields) -> Any:
        value: Any = fields
        for name in names:
            value = value.get(name) if isinstance(value, Mapping) else None
        return value

    return follow


#: The least and the most that a text stands for: a day has many seconds.
Span = tuple[Any, Any]


def _ranged(value: Get, read: Callable[[str, date], Span]) -> Filter:
    """The filter of a value with an order: ``this``, ``from..to`` with both ends included, ``from..``, ``..to``."""

    def build(text: str, today: date) -> Test:
        low, dots, high = text.partition("..")
        if not low and not high:
            raise BadValue
        least = read(low, today)[0] if low else None
        most = read(high if dots else low, today)[1] if high or not dots else None

        def test(fields: Fields) -> bool:
            found = value(fields)
            return found is not None and (least is None or least <= found) and (most is None or found <= most)

        return test

    return build


def _number(text: str) -> Span:
    if not re.fullmatch(r"-?[0-9]{1,20}(\.[0-9]{1,10})?", text):
        raise BadValue
    return Decimal(text), Decimal(text)


def _moments(text: str, today: date) -> Span:
    """The first and the last second that a day, a word, or a time stands for."""
    if text in DATE_WORDS:
        first, last = DATE_WORDS[text](today)
        return _midnight(first), _midnight(last + timedelta(days=1)) - 1
    try:
        if re.fullmatch(r"[0-9]{4}([-/])[0-9]{2}\1[0-9]{2}", text):
            midnight = parse_time(text.replace("/", "-"))
            return midnight, midnight + 86_400 - 1
        second = parse_time(text)
    except (ValueError, OverflowError):
        raise BadValue from None
    return second, second


def _midnight(day: date) -> int:
    return parse_time(day.isoformat())


def _week(today: date, ago: int) -> tuple[date, date]:
    """Weeks begin on Monday. (inferred)"""
    monday = today - timedelta(days=today.weekday() + 7 * ago)
    return monday, monday + timedelta(days=6)


def _month(today: date, ago: int) -> tuple[date, date]:
    first = today.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return (first, last) if not ago else _month(first - timedelta(days=1), ago - 1)


DATE_WORDS: dict[str, Callable[[date], tuple[date, date]]] = {
    "today": lambda today: (today, today),
    "yesterday": lambda today: (today - timedelta(days=1), today - timedelta(days=1)),
    "this_week": lambda today: _week(today, 0),
    "last_week": lambda today: _week(today, 1),
    "this_month": lambda today: _month(today, 0),
    "last_month": lambda today: _month(today, 1),
}
