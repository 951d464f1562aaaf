"""
The days on which a schedule runs, and how the API says that in words.

Source: https://docs.omise.co/schedules-api
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ..refusals import bad_request, sentence

__all__ = ["CHECKS", "PERIODS", "Recurrence"]

DAY, WEEK, MONTH = PERIODS = ("day", "week", "month")

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: Which of a month's weekdays is meant, as an index.
ORDINALS = {
    "first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "1st": 0, "2nd": 1, "3rd": 2, "4th": 3
}  # fmt: skip
#: Not every month has the days after it.
LAST_DAY = 28

#: What ``on`` can say in each period.
KEYS: dict[str, tuple[str, ...]] = {DAY: (), WEEK: ("weekdays",), MONTH: ("days_of_month", "weekday_of_month")}


@dataclass(frozen=True)
class Recurrence:
    """
    Every how many days, weeks or months, and on which days of them.

    Attributes:
        every: 1 or more.
        period: One of `PERIODS`.
        on: ``{}`` for days, else ``{"weekdays": ["monday"]}``, ``{"days_of_month": [1, 16]}`` or
            ``{"weekday_of_month": "last_friday"}``.
    """

    every: int
    period: str
    on: Mapping[str, Any]

    @classmethod
    def asked_for(cls, every: int, period: str, on: Any) -> Recurrence:
        """What a request says, or the error ``bad_request``. Anything in ``on`` is ignored for days. (inferred)"""
        keys = KEYS[period]
        if not keys:
            return cls(every, period, {})
        given = [key for key in keys if key in on] if isinstance(on, Mapping) else []
        if len(given) != 1:
            raise _unusable(keys)
        (key,) = given
        return cls(every, period, {key: CHECKS[key](on[key], keys)})

    def dates(self, start: date, end: date) -> Iterator[date]:
        """The days from *start* to *end*, both included, on which there is a run, in order."""
        return self.dates_after(start - timedelta(days=1), start, end)

    def dates_after(self, day: date, start: date, end: date) -> Iterator[date]:
        """Of these days the ones after *day*."""
        first = max(start, day + timedelta(days=1))
        origin = self._number(start)
        passed = max(self._number(first) - origin, 0) // self.every * self.every
        for number in range(origin + passed, self._number(end) + 1, self.every):
            yield from (found for found in self._days(number) if first <= found <= end)

    def in_words(self) -> str:
        """``Every 2 week(s) on Monday and Thursday``."""
        days = self._days_in_words()
        return f"Every {self.every} {self.period}(s)" + (f" on {days}" if days else "")

    def _number(self, day: date) -> int:
        """Which day, week or month *day* is in, counted from the first there was. Weeks begin on Monday. (inferred)"""
        if self.period == DAY:
            return day.toordinal()
        return (day.toordinal() - 1) // 7 if self.period == WEEK else day.year * 12 + day.month - 1

    def _days(self, number: int) -> list[date]:
        """The days of a run in the day, week or month of that number, in order."""
        if self.period == DAY:
            return [date.fromordinal(number)]
        if self.period == WEEK:
            indices = sorted(WEEKDAYS.index(weekday) for weekday in self.on["weekdays"])
            return [date.fromordinal(number * 7 + 1 + index) for index in indices]
        year, month = divmod(number, 12)
        return [date(year, month + 1, day) for day in self._days_of_month(year, month + 1)]

    def _days_of_month(self, year: int, month: int) -> list[int]:
        if "days_of_month" in self.on:
            return sorted(self.on["days_of_month"])
        ordinal, _, weekday = self.on["weekday_of_month"].partition("_")
        first, length = calendar.monthrange(year, month)
        days = range(1 + (WEEKDAYS.index(weekday) - first) % 7, length + 1, 7)
        return [days[ORDINALS[ordinal]]]

    def _days_in_words(self) -> str:
        if "weekdays" in self.on:
            return sentence([day.capitalize() for day in self.on["weekdays"]])
        if "days_of_month" in self.on:
            return "the " + sentence([_ordinal(day) for day in self.on["days_of_month"]])
        if "weekday_of_month" in self.on:
            ordinal, _, weekday = self.on["weekday_of_month"].partition("_")
            return f"the {ordinal} {weekday.capitalize()}"
        return ""


def _weekdays(value: Any, keys: tuple[str, ...]) -> list[str]:
    days = _listed(value, keys)
    if not all(isinstance(day, str) and day in WEEKDAYS for day in days):
        raise bad_request("weekdays is not included in the list")  # (inferred)
    return days


def _days_of_month(value: Any, keys: tuple[str, ...]) -> list[int]:
    """Numbers, which come as digits from a form."""
    days: list[Any] = [int(day) if isinstance(day, str) and day.isdecimal() else day for day in _listed(value, keys)]
    if not all(isinstance(day, int) and not isinstance(day, bool) and 1 <= day <= LAST_DAY for day in days):
        raise bad_request(f"days_of_month must be between 1 and {LAST_DAY}")  # (inferred)
    return days


def _weekday_of_month(value: Any, keys: tuple[str, ...]) -> str:
    ordinal, _, weekday = value.partition("_") if isinstance(value, str) else ("", "", "")
    if ordinal not in ORDINALS or weekday not in WEEKDAYS:
        raise bad_request("weekday_of_month is not included in the list")  # (inferred)
    return f"{ordinal}_{weekday}"


CHECKS: dict[str, Callable[[Any, tuple[str, ...]], Any]] = {
    "weekdays": _weekdays,
    "days_of_month": _days_of_month,
    "weekday_of_month": _weekday_of_month,
}


def _listed(value: Any, keys: tuple[str, ...]) -> list[Any]:
    """A list that is not empty, without what it says twice."""
    if not isinstance(value, list) or not value:
        raise _unusable(keys)
    return [item for index, item in enumerate(value) if item not in value[:index]]


def _unusable(keys: tuple[str, ...]) -> Exception:
    return bad_request("on must be an object", f"on must contain one of these keys: {', '.join(keys)}")


def _ordinal(number: int) -> str:
    """``1st``, ``2nd``, ``11th``."""
    if number in (11, 12, 13):
        return f"{number}th"
    return f"{number}" + {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
