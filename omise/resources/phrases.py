"""Phrases such as "every 2 weeks on monday until 2027-01-31": read as the steps of a `Scheduler`, and written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..redaction import redact

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

ORDINALS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1}
"""The ordinals of ``weekday_of_month``, and the place of each among the days of that name in a month."""

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
COUNTS = {**{word: number for number, word in enumerate(NUMBERS, 1)}, "other": 2}
PHRASE = re.compile("(?:every )?(?P<period>.+?)(?: on (?P<on>.+?))?(?: from (?P<start>.+?))?(?: until (?P<end>.+))?")
PERIOD = re.compile(f"(?:(?P<count>[0-9]{{1,9}}|{'|'.join(COUNTS)}) )?(?P<unit>day|week|month)s?")
NUMBERED_DAY = re.compile("(?P<number>[0-9]{1,9})(?:st|nd|rd|th)?")
EXAMPLES = (
    "write, for example, 'every 3 days until 2027-01-31', 'every 2 weeks on monday and thursday until 2027-01-31', "
    "'every month on the 1st and the 15th until 2027-01-31' or 'every month on the last friday until 2027-01-31'"
)

Step = tuple[str, tuple[Any, ...]]
"""A verb of `Scheduler` and what it is called with."""


def steps(phrase: str) -> Iterator[Step]:
    """Yield the steps that *phrase* says; raises ValueError where it says something that is none."""
    found = PHRASE.fullmatch(" ".join(phrase.lower().split()))
    if found is None:
        raise ValueError("it is empty")
    yield from _period_steps(found["period"], found["on"])
    if found["start"]:
        yield "start_date", (found["start"],)
    if found["end"]:
        yield "end_date", (found["end"],)


def _period_steps(text: str, on: str | None) -> Iterator[Step]:
    items = _split(on) if on else []
    found = PERIOD.fullmatch(text)
    if found is None:
        yield "every", (1,)
        yield "weeks", (_split_weekdays(text, items),)
        return
    yield "every", (_read_count(found["count"]),)
    if found["unit"] == "day":
        if items:
            raise ValueError(f"days have no 'on {on}'; weeks and months have")
        yield "days", ()
    elif not items:
        raise ValueError(f"it does not say on which days of the {found['unit']}")
    else:
        yield f"{found['unit']}s", (items if found["unit"] == "week" else _read_days_of_month(items),)


def _split(text: str) -> list[str]:
    """Return the items of a list in English: ``monday, tuesday and friday``."""
    return [item.strip().removeprefix("the ") for item in re.split(", and |,| and ", text)]


def _split_weekdays(text: str, on: list[str]) -> list[str]:
    """Return the weekdays of ``every monday and thursday``, which stand in the place of the period."""
    names = _split(text)
    if on or not set(names) <= set(WEEKDAYS):
        raise ValueError(f"{redact(text)!r} is neither a number of days, weeks or months nor weekdays")
    return names


def _read_days_of_month(items: list[str]) -> str | list[int]:
    """Return what `Scheduler.months` takes for the items after ``on``."""
    found = [NUMBERED_DAY.fullmatch(item) for item in items]
    numbers = [int(day["number"]) for day in found if day]
    if len(numbers) == len(items):
        return numbers
    if len(items) == 1:
        return items[0]
    raise ValueError(f"{redact(', '.join(items))!r} is neither days of a month by number nor one weekday of it")


def _read_count(text: str | None) -> int:
    if text is None:
        return 1
    return COUNTS[text] if text in COUNTS else int(text)


def spell_days(on: Mapping[str, Any]) -> str:
    """Return the value of ``on`` as a phrase has it."""
    if "weekday_of_month" in on:
        return f"the {on['weekday_of_month'].replace('_', ' ')}"
    if "weekdays" in on:
        return _spell_list(on["weekdays"])
    return f"the {_spell_list([f'{day}{_suffix(day)}' for day in on['days_of_month']])}"


def _spell_list(items: list[str]) -> str:
    *others, last = items
    return f"{', '.join(others)} and {last}" if others else last


def _suffix(day: int) -> str:
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
