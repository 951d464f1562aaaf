"""
Schedules: charges and transfers that repeat themselves.

Source: https://docs.omise.co/schedules-api
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import Any

from ..http.call import Call
from ..http.paging import PAGING
from ..http.routing import Resource, route
from ..http.takes import Takes
from ..refusals import bad_request
from ..rules.provenance import INFERRED, RECORDED, fact
from ..rules.recurrence import CHECKS, PERIODS, Recurrence
from ..rules.validation import calendar_day, check_all, integer, looked_up, one_of, optional, required
from ..state.alarms import alarm, on_alarm
from ..state.clock import day_of, time_on, time_text
from ..state.store import Document
from ..state.workspace import View, Workspace
from . import occurrence
from .scheduled import HALVES, half_of

schedules: Resource = Resource("schedule", prefix="schd", path="/schedules")
schedules.listable()
schedules.retrievable()

RUNNING, EXPIRING, EXPIRED, DELETED, SUSPENDED = "running", "expiring", "expired", "deleted", "suspended"
ACTIVE = (RUNNING, EXPIRING)

PARAMETERS = {
    "every": required(integer(minimum=1)),
    "period": required(one_of(*PERIODS)),
    "start_date": optional(calendar_day),
    "end_date": required(calendar_day),
}
TAKEN: Takes = (
    PARAMETERS | {"on": dict.fromkeys(CHECKS, looked_up)} | {name: half.takes for name, half in HALVES.items()}
)
IN_THE_PAST = "start_date must not be in the past"  # (inferred)
ENDS_TOO_EARLY = "end_date must not be before start_date"  # (inferred)
ONE_HALF = "either charge or transfer must be given"  # (inferred)

SHOWN_DATES = fact(30, RECORDED, "how many of the coming dates a schedule shows")
LAST_DATES = fact(1, INFERRED, "how few dates a schedule has left when it is about to end")
FAILURES = fact(3, INFERRED, "how many runs that fail one after the other, second tries too, suspend a schedule")


@schedules.shown
def show(view: View, schedule: Document) -> dict[str, Any]:
    """A schedule, with the runs it had and the next days on which it runs."""
    active = schedule["status"] in ACTIVE
    half = view.workspace.store.get(schedule["half_id"])
    assert half is not None
    return {
        "object": "schedule",
        "id": schedule.id,
        "deleted": schedule["status"] == DELETED,
        "livemode": schedule.livemode,
        "location": f"/schedules/{schedule.id}",
        "every": schedule["every"],
        "occurrences": occurrence.past(view, schedule),
        "on": schedule["on"],
        "in_words": _recurrence(schedule).in_words(),
        "period": schedule["period"],
        "status": schedule["status"],
        "active": active,
        "state": "Active",
        schedule["half"]: view.show(half),
        "next_occurrences_on": [day.isoformat() for day in islice(_coming(schedule), SHOWN_DATES)],
        "ended_at": schedule["ended_at"],
        "start_on": schedule["start_on"],
        "end_on": schedule["end_on"],
        "created_at": view.created_at(schedule),
        "execute_time": None,
        "deleted_by": None,
    }


@route("POST", "/schedules", takes=TAKEN)
def create(call: Call) -> Document:
    """Start a schedule. If today is one of its days, the first run is now."""
    values = _rhythm(call)
    half = HALVES[_half_given(call.params)]
    kept = half.check(call, call.params[half.name])
    state = {"status": RUNNING, "ended_at": None, "ran_on": None, "failures": 0}
    owner = call.find(half.owner, kept[half.owner])
    schedule = call.create("schedule", values | state | {"half": half.name}, parent=owner)
    call.update(schedule, {"half_id": call.create(half.kind, kept, parent=schedule).id})
    if half.owner == "recipient":
        call.update(owner, {"schedule": schedule.id})
    call.emit("schedule.create", schedule)
    alarm(call, "schedule.expire", schedule, time_on(date.fromisoformat(schedule["end_on"]) + timedelta(days=1)))
    prepare_next(call, schedule)
    return schedule


@route("DELETE", "/schedules/<schedule>", takes={})
def destroy(call: Call, schedule: Document) -> Document:
    """Stop a schedule for good. It can still be seen, and deleting it again changes nothing. (inferred)"""
    if schedule["status"] != DELETED:
        call.update(schedule, {"status": DELETED, "ended_at": schedule["ended_at"] or time_text(call.now_ms)})
        call.emit("schedule.destroy", schedule)
    return schedule


@route("GET", "/charges/schedules", takes=PAGING)
def of_charges(call: Call) -> dict[str, Any]:
    """The schedules that charge."""
    return call.list("schedule", matching={"half": "charge"})


@route("GET", "/transfers/schedules", takes=PAGING)
def of_transfers(call: Call) -> dict[str, Any]:
    """The schedules that transfer."""
    return call.list("schedule", matching={"half": "transfer"})


@on_alarm("schedule.run")
def run_later(workspace: Workspace, occasion: Document) -> None:
    """A day on which it runs has come."""
    schedule = _schedule_of(workspace, occasion)
    if schedule["status"] in ACTIVE:
        run(workspace, schedule, occasion)


@on_alarm("schedule.retry")
def retry(workspace: Workspace, occasion: Document) -> None:
    """The second try of a run that failed."""
    schedule = _schedule_of(workspace, occasion)
    if schedule["status"] in ACTIVE:
        possible = occurrence.attempt(workspace, occasion, schedule)
        _follow_up(workspace, schedule, occasion, possible, last=True)


@on_alarm("schedule.expire")
def expire(workspace: Workspace, schedule: Document) -> None:
    """The day after the last one."""
    if schedule["status"] in ACTIVE:
        workspace.update(schedule, {"status": EXPIRED, "ended_at": time_text(workspace.now_ms)})
        workspace.emit("schedule.expire", schedule)


def run(workspace: Workspace, schedule: Document, occasion: Document) -> None:
    """The run of a day, and what follows from it."""
    possible = occurrence.attempt(workspace, occasion, schedule)
    workspace.update(schedule, {"ran_on": occasion["scheduled_on"]})
    if occasion["retry_on"]:
        _alarm_on(workspace, schedule, "schedule.retry", occasion, date.fromisoformat(occasion["retry_on"]))
    _follow_up(workspace, schedule, occasion, possible)
    prepare_next(workspace, schedule)


def prepare_next(workspace: Workspace, schedule: Document) -> None:
    """Plan the next run, or if it is due today carry it out; tell when the schedule is about to end."""
    coming = list(islice(_coming(schedule), LAST_DATES + 1))
    if coming:
        occasion = occurrence.prepare(workspace, schedule, coming[0])
        if schedule["ran_on"] is None and coming[0] == day_of(workspace.now_ms):
            run(workspace, schedule, occasion)
            return
        _alarm_on(workspace, schedule, "schedule.run", occasion, coming[0])
    if len(coming) <= LAST_DATES and schedule["status"] == RUNNING:
        workspace.update(schedule, {"status": EXPIRING})
        workspace.emit("schedule.expiring", schedule)


def _follow_up(
    workspace: Workspace, schedule: Document, occasion: Document, possible: bool, *, last: bool = False
) -> None:
    """Count failures that will not be tried again, and suspend what cannot go on."""
    failures = schedule["failures"]
    if occasion["status"] == occurrence.SUCCESSFUL:
        failures = 0
    elif occasion["status"] == occurrence.FAILED and (last or not occasion["retry_on"]):
        failures += 1
    workspace.update(schedule, {"failures": failures})
    if not possible or failures >= FAILURES:
        workspace.update(schedule, {"status": SUSPENDED})
        workspace.emit("schedule.suspend", schedule)


def _alarm_on(workspace: Workspace, schedule: Document, name: str, occasion: Document, day: date) -> None:
    alarm(workspace, name, occasion, time_on(day, half_of(schedule).runs_at))


def _rhythm(call: Call) -> dict[str, Any]:
    """When it runs, or everything that is wrong about that."""
    given = check_all(call.params, PARAMETERS)
    today = day_of(call.now_ms)
    start, end = given["start_date"] or today, given["end_date"]
    problems = [IN_THE_PAST] if start < today else []
    problems += [ENDS_TOO_EARLY] if end < start else []
    if problems:
        raise bad_request(*problems)
    recurrence = Recurrence.asked_for(given["every"], given["period"], call.params.get("on"))
    days = {"start_on": start.isoformat(), "end_on": end.isoformat()}
    return {"every": recurrence.every, "period": recurrence.period, "on": dict(recurrence.on)} | days


def _half_given(params: Mapping[str, Any]) -> str:
    given = [name for name in HALVES if isinstance(params.get(name), Mapping) and params[name]]
    if len(given) != 1:
        raise bad_request(ONE_HALF)
    return given[0]


def _recurrence(schedule: Document) -> Recurrence:
    return Recurrence(schedule["every"], schedule["period"], schedule["on"])


def _coming(schedule: Document) -> Iterator[date]:
    """The days on which it will run."""
    if schedule["status"] not in ACTIVE:
        return iter(())
    start, end = date.fromisoformat(schedule["start_on"]), date.fromisoformat(schedule["end_on"])
    ran = date.fromisoformat(schedule["ran_on"]) if schedule["ran_on"] else start - timedelta(days=1)
    return _recurrence(schedule).dates_after(ran, start, end)


def _schedule_of(workspace: Workspace, occasion: Document) -> Document:
    schedule = workspace.store.get(occasion.parent or "")
    assert schedule is not None
    return schedule
