"""Occurrences: the runs of a schedule."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from ..records.associations import BelongsTo, belongs_to
from ..records.listing import List
from ..records.operations import Retrievable
from ..records.resource import Resource
from ..records.signatures import types_in

if TYPE_CHECKING:
    from .charge import Charge
    from .parameters.occurrence import OccurrenceStatus as OccurrenceStatus
    from .schedule import Schedule
    from .transfer import Transfer
else:
    __getattr__ = types_in(".parameters.occurrence", __name__)


class Occurrence(Retrievable, Resource):
    """
    One run of a schedule, with the charge or transfer that came of it.

    Source: https://docs.omise.co/occurrences-api
    """

    object_name: ClassVar[str | None] = "occurrence"
    path: ClassVar[str | None] = "/occurrences"
    summary: ClassVar[tuple[str, ...]] = ("scheduled_on", "status")

    id: str
    livemode: bool
    location: str
    message: str | None
    status: OccurrenceStatus
    """``"successful"``, ``"failed"``, ``"skipped"`` or ``"scheduled"``."""
    processed_at: datetime | None
    created_at: datetime
    scheduled_on: date
    retry_on: date | None

    schedule: BelongsTo[Schedule] = belongs_to("Schedule")
    result: BelongsTo[Charge | Transfer] = belongs_to()
    """The `Charge` or `Transfer`; ``isinstance`` tells which."""


class OccurrenceList(List[Occurrence]):
    """The runs of a schedule, whose `retrieve` finds any occurrence of the account."""

    _holds = Occurrence
