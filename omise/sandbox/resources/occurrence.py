"""
Occurrences: the runs of a schedule.

One is made as soon as its day is known, but it is not shown before it is processed.

Source: https://docs.omise.co/schedules-api
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ..http.call import Call
from ..http.paging import PAGING
from ..http.routing import Resource, route
from ..refusals import ApiError
from ..rules.timing import RUN_RETRIED_AFTER
from ..state.clock import time_text
from ..state.store import Document
from ..state.workspace import View, Workspace
from .scheduled import Nothing, half_of

__all__ = ["FAILED", "SKIPPED", "SUCCESSFUL", "attempt", "past", "prepare"]

occurrences: Resource = Resource("occurrence", prefix="occu", path="/occurrences")
occurrences.retrievable()

SCHEDULED, SUCCESSFUL, FAILED, SKIPPED = "scheduled", "successful", "failed", "skipped"

#: Those that lists show.
PAST = {"processed": True}


@occurrences.shown
def show(view: View, occurrence: Document) -> dict[str, Any]:
    """A run, and what it came to."""
    return {
        "object": "occurrence",
        "livemode": occurrence.livemode,
        "location": f"/occurrences/{occurrence.id}",
        "id": occurrence.id,
        "result": view.reference(occurrence["result"]),
        "schedule": view.reference(occurrence.parent),
        "message": occurrence["message"],
        "status": occurrence["status"],
        "processed_at": occurrence["processed_at"],
        "created_at": view.created_at(occurrence),
        "scheduled_on": occurrence["scheduled_on"],
        "retry_on": occurrence["retry_on"],
        "execute_time": None,
        "split_metadata": None,
        "transfer_amount": occurrence["transfer_amount"],
    }


@route("GET", "/schedules/<schedule>/occurrences", takes=PAGING)
def index(call: Call, schedule: Document) -> dict[str, Any]:
    """The runs that a schedule had."""
    return call.list("occurrence", parent=schedule, matching=PAST)


def past(view: View, schedule: Document) -> dict[str, Any]:
    """The first of the runs that a schedule had, as its own list shows them."""
    return view.list("occurrence", parent=schedule, matching=PAST, location=f"/schedules/{schedule.id}/occurrences")


def prepare(workspace: Workspace, schedule: Document, day: date) -> Document:
    """The run of that day."""
    return workspace.create(
        "occurrence",
        {
            "result": None,
            "message": None,
            "status": SCHEDULED,
            "processed": False,
            "processed_at": None,
            "scheduled_on": day.isoformat(),
            "retry_on": None,
            "transfer_amount": 0,
        },
        parent=schedule,
    )


def attempt(workspace: Workspace, occurrence: Document, schedule: Document) -> bool:
    """
    Carry a run out, for the first or for the second time; whatever comes of it is written down in the occurrence.

    False if it cannot be carried out ever again, because the customer, the card or the recipient is gone.
    """
    status, result, message, possible = _try(workspace, schedule)
    changes = {"status": status, "result": result.id if result else None, "message": message}
    if result and result.kind == "transfer":
        changes["transfer_amount"] = result["amount"]
    if status == FAILED and not occurrence["processed"]:
        changes["retry_on"] = _second_day(occurrence, schedule)
    workspace.update(occurrence, changes | {"processed": True, "processed_at": time_text(workspace.now_ms)})
    return possible


def _try(workspace: Workspace, schedule: Document) -> tuple[str, Document | None, str | None, bool]:
    half = workspace.store.get(schedule["half_id"])
    assert half is not None
    try:
        with workspace.store.part():
            result = half_of(schedule).make(workspace, half, schedule)
    except Nothing as reason:
        return SKIPPED, None, str(reason), True
    except ApiError as error:
        if error.code == "not_found":
            return SKIPPED, None, error.message, False
        return FAILED, None, error.message, True
    if result.kind == "charge" and result["status"] == "failed":
        return FAILED, result, workspace.show(result)["failure_message"], True
    return SUCCESSFUL, result, None, True


def _second_day(occurrence: Document, schedule: Document) -> str | None:
    """When a run is tried again, if that is before the schedule's end."""
    day = date.fromisoformat(occurrence["scheduled_on"]) + timedelta(days=RUN_RETRIED_AFTER.days)
    return day.isoformat() if day.isoformat() <= schedule["end_on"] else None
