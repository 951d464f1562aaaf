"""Dates and times: the API's texts to Python's objects and back. The only module that calls dateutil."""

from __future__ import annotations

import re
import sys
from datetime import date, datetime, time, timezone
from typing import Any

from ..importing import imported
from ..redaction import redact

API_FORM = "2026-01-31T09:30:00Z"
"""How the API writes times, which Python reads by itself, and much sooner than dateutil."""

READS_Z = sys.version_info >= (3, 11)


def parse_time(text: str) -> datetime | None:
    """
    Return the moment that *text* names, with its time zone (UTC where it names none); None if it names none at all.

    Takes ISO 8601 with any offset, and the form of webhook deliveries, ``2026-01-01 10:27:09 UTC``.
    """
    if len(text) == len(API_FORM) and text[10] == "T" and text[19] == "Z":
        try:
            return datetime.fromisoformat(text if READS_Z else f"{text[:19]}+00:00")
        except ValueError:
            pass
    parser: Any = imported("dateutil.parser")
    try:
        moment: datetime = parser.isoparse(text.removesuffix(" UTC"))
    except (ValueError, OverflowError):
        return None
    return moment if moment.utcoffset() else moment.replace(tzinfo=timezone.utc)


def parse_day(text: str) -> date | None:
    """Return the day that *text*, ``2026-01-31``, names; None if it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def encode_time(value: date) -> str:
    """
    Return *value* as the API takes it: ``2026-01-31T09:30:00Z`` for a datetime, ``2026-01-31`` for a date.

    A datetime without a time zone is taken to be UTC, as the API takes it.
    """
    if not isinstance(value, datetime):
        return value.isoformat()
    moment = value if value.tzinfo else value.replace(tzinfo=timezone.utc)
    return moment.astimezone(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")


def last_moment(value: Any) -> Any:
    """
    Return the end of the day that *value* is, in UTC; anything else, such as a datetime or text, as it is.

    The API takes a day for its first moment.  Inferred: it counts in whole seconds, as it writes them.
    """
    if not isinstance(value, date) or isinstance(value, datetime):
        return value
    return datetime.combine(value, time(23, 59, 59), timezone.utc)


def parse_date(value: date | str) -> date:
    """
    Return the day that *value* names: a date, a datetime (the day in its own time zone), or text.

    Text is ISO 8601 (``2027-06-30``), or has the day before the month (``30/06/2027``), the year first
    (``2027/6/30``), or the month's name (``30 June 2027``, ``June 30th, 2027``; ``June 2027`` is its first day).
    Raises ValueError, which shows the text, for anything else; nothing is filled in from today.
    """
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    if not isinstance(value, str):
        raise TypeError(f"a day is given as a date, a datetime or text, got {type(value).__name__}")
    text = value.strip().lower()
    found = (_iso_date(text) or _written_date(text)) if text.isascii() else None
    if found is None:
        raise ValueError(
            f"{redact(value)!r} is not a date; write 2027-06-30, 30/06/2027 (the day first) or 30 June 2027"
        )
    return found


def _iso_date(text: str) -> date | None:
    parser: Any = imported("dateutil.parser")
    try:
        return None if len(text) == 4 else parser.isoparser("T").isoparse(text.upper()).date()
    except (ValueError, OverflowError):
        return None


def _written_date(text: str) -> date | None:
    """Return the day of *text* if all of it was understood: dateutil swaps what does not fit, and fills in the rest."""
    parser: Any = imported("dateutil.parser")
    words = [word for word in re.findall("[a-z]+", text) if word not in ("st", "nd", "rd", "th", "of")]
    if any(parser.parserinfo().month(word) is None for word in words):
        return None
    try:
        year_first = re.match("[0-9]{4}", text) is not None
        found = parser.parse(text, dayfirst=not year_first, yearfirst=year_first, default=datetime(1, 1, 1)).date()
    except (ValueError, OverflowError):
        return None
    numbers = [int(number) for number in re.findall("[0-9]+", text)]
    understood = [found.day, found.year] if words else [found.day, found.month, found.year]
    whole = numbers in (understood, understood[::-1]) or (bool(words) and numbers == [found.year])
    return found if whole else None
