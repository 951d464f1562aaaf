"""Occurrences: the runs of a schedule."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ..records.associations import BelongsTo, belongs_to
from ..records.listing import List
from ..records.operations import Retrievable
from ..records.resource import Resource

if TYPE_CHECKING:
    from .schedule import Schedule


class Occurrence(Retrievable, Resource):
    """
    One run of a schedule, with the charge or transfer that came of it.

    Source: https://docs.omise.co/occurrences-api
    """

    object_name = "occurrence"
    path = "/occurrences"
    summary = ("scheduled_on", "status")

    id: str
    livemode: bool
    location: str
    message: str | None
    status: str
    """``"successful"``, ``"failed"``, ``"skipped"`` or ``"scheduled"``."""
    processed_at: datetime | None
    created_at: datetime
    scheduled_on: date
    retry_on: date | None

    schedule: BelongsTo[Schedule] = belongs_to("Schedule")
    result: Any = belongs_to()
    """The `Charge` or `Transfer`."""


class OccurrenceList(List[Occurrence]):
    """The runs of a schedule, whose `retrieve` finds any occurrence of the account."""

    _holds = Occurrence
