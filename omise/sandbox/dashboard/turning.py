"""
How far the dashboard turns the clock: an hour, a day, a month, or to the next run of a schedule.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import datetime, timedelta

from ..refusals import ApiError, bad_request
from ..state.clock import Clock
from ..state.store import Store, Transaction

__all__ = ["STEPS", "next_run", "turn"]

SCHEDULE = "schedule"
RUNS = "schedule.run"
NO_STEP = "choose one of the steps on the page"
NO_RUN = "no schedule of this account is going to run"


def month_later(moment: datetime) -> datetime:
    """The same day and time of the next month, or its last day."""
    year, month = (moment.year + 1, 1) if moment.month == 12 else (moment.year, moment.month + 1)
    return moment.replace(year=year, month=month, day=min(moment.day, calendar.monthrange(year, month)[1]))


#: Steps by name: how the button reads, and where from a time they lead.
STEPS: dict[str, tuple[str, Callable[[datetime], datetime]]] = {
    "hour": ("+1 hour", lambda moment: moment + timedelta(hours=1)),
    "day": ("+1 day", lambda moment: moment + timedelta(days=1)),
    "month": ("+1 month", month_later),
}


def next_run(store: Transaction, account: str) -> int | None:
    """When a schedule of the account runs next, Unix time in milliseconds; None if none does."""
    for alarm in store.alarms(RUNS):
        occasion = store.get(alarm.document)
        schedule = store.get(occasion.parent or "") if occasion and occasion.account == account else None
        if schedule and schedule["status"] in ("running", "expiring"):
            return alarm.due
    return None


def turn(store: Store, clock: Clock, step: str, account: str) -> None:
    """Turn the clock by a step."""
    now = clock.now()
    try:
        if step == SCHEDULE:
            with store.transaction() as transaction:
                due = next_run(transaction, account)
            if due is None:
                raise ApiError("bad_request", NO_RUN)
            clock.advance(seconds=max(due - clock.now_ms() + 1, 0) / 1000)
        elif step in STEPS:
            clock.advance(seconds=(STEPS[step][1](now) - now).total_seconds())
        else:
            raise bad_request(NO_STEP)
    except (ValueError, OverflowError) as error:
        raise bad_request(str(error)) from None
