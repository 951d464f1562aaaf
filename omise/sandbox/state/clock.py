"""
The sandbox's time: that of the machine, plus an offset that tests turn.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from datetime import time as time_of_day
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .store import Store

__all__ = ["LAST_YEAR", "Clock", "day_of", "parse_time", "time_on", "time_text"]

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
#: Ids with a later time would be longer, and no longer sort by time.
LAST_YEAR = 2295
OFFSET = "clock_offset_ms"


class Clock:
    """
    What time it is in the sandbox. The offset is kept in the store, so a file goes on at the time where it was left,
    and all who have the same file open agree.

    *on_turn* is called after every turn: what has become due is done there.
    """

    def __init__(self, store: Store, on_turn: Callable[[Clock], None] = lambda clock: None) -> None:
        self._store = store
        self._on_turn = on_turn

    def __repr__(self) -> str:
        return f"<Clock {self.now():%Y-%m-%d %H:%M:%S} UTC>"

    def now_ms(self) -> int:
        """The time as Unix time in milliseconds."""
        return time.time_ns() // 1_000_000 + int(self._store.setting(OFFSET) or 0)

    def now(self) -> datetime:
        """The time, in UTC."""
        return EPOCH + timedelta(milliseconds=self.now_ms())

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> datetime:
        """
        Turn the clock forward, let everything that is due by then happen, in its order, and return the new time.

        It never goes back: ids carry their time and always grow.
        """
        step = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        if step < timedelta():
            raise ValueError("the sandbox's clock only goes forward")
        with self._store.transaction() as transaction:
            if (self.now() + step).year > LAST_YEAR:
                raise ValueError(f"the sandbox's clock ends with the year {LAST_YEAR}")
            offset_ms = int(transaction.setting(OFFSET) or 0) + step // timedelta(milliseconds=1)
            transaction.set_setting(OFFSET, str(offset_ms))
        self._on_turn(self)
        return self.now()

    def reset(self) -> None:
        """Be the machine's time again, in a store that holds nothing from the future."""
        with self._store.transaction() as transaction:
            transaction.set_setting(OFFSET, "0")


def time_text(milliseconds: int) -> str:
    """Unix time in milliseconds as the API writes it: UTC, whole seconds, ``2025-11-03T04:10:21Z``."""
    return _second_text(milliseconds // 1000)


@lru_cache(maxsize=1024)
def _second_text(second: int) -> str:
    """An answer has the same few times over and over: that of the request, and the epoch in every list."""
    return (EPOCH + timedelta(seconds=second)).isoformat().replace("+00:00", "Z")


def day_of(milliseconds: int) -> date:
    """The calendar day in UTC of a Unix time in milliseconds."""
    return (EPOCH + timedelta(milliseconds=milliseconds)).date()


def time_on(day: date, at: time_of_day = time_of_day()) -> int:
    """A time of a calendar day in UTC, by default its first, as Unix time in milliseconds."""
    return (datetime.combine(day, at, timezone.utc) - EPOCH) // timedelta(milliseconds=1)


def parse_time(text: str) -> int:
    """
    Read an ISO 8601 date or time as whole seconds of Unix time. A bare date is its midnight, no offset is UTC.

    Raises ValueError for anything else, and for times that cannot be told in UTC.
    """
    # datetime.fromisoformat() reads the suffix Z only from Python 3.11 on.
    moment = datetime.fromisoformat(text[:-1] + "+00:00" if text.endswith(("Z", "z")) else text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return (moment - EPOCH) // timedelta(seconds=1)
