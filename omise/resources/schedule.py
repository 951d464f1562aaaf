"""Schedules."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, overload

from ..records.associations import BelongsTo, HasMany, belongs_to, has_many
from ..records.casting import cast_as, class_named
from ..records.identity import check_id
from ..records.operations import Creatable, Destroyable, Listable, Retrievable
from ..records.priced import HasAmounts, Priced
from ..records.resource import Resource
from ..records.signatures import types_in
from ..records.verbs import record_verb

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typing_extensions import Self, Unpack

    from ..money import Money
    from .card import Card
    from .customer import Customer
    from .occurrence import OccurrenceList
    from .parameters.schedule import DaysData as DaysData
    from .parameters.schedule import Period as Period
    from .parameters.schedule import ScheduleCreate as ScheduleCreate
    from .parameters.schedule import ScheduledChargeData as ScheduledChargeData
    from .parameters.schedule import ScheduledTransferData as ScheduledTransferData
    from .parameters.schedule import ScheduleState as ScheduleState
    from .parameters.schedule import ScheduleStatus as ScheduleStatus
    from .parameters.schedule import Weekday as Weekday
    from .recipient import Recipient
else:
    __getattr__ = types_in(".parameters.schedule", __name__)


class Days(Resource):
    """The days on which a schedule runs: it has one of these fields, or none where it counts in days."""

    weekdays: list[Weekday]
    days_of_month: list[int]
    weekday_of_month: str


class ScheduledCharge(Priced, Resource):
    """The charge that a schedule repeats; ``amount`` in the smallest unit of ``currency``."""

    object_name: ClassVar[str | None] = "scheduled_charge"
    summary: ClassVar[tuple[str, ...]] = ("amount", "currency")

    id: str
    livemode: bool
    currency: str
    amount: int
    default_card: bool
    """Whether the customer's default card is charged, whichever that is on the day."""
    description: str | None
    metadata: dict[str, Any]
    created_at: datetime

    customer: BelongsTo[Customer] = belongs_to("Customer")

    @property
    def card(self) -> Card | None:
        """
        The customer's card that is charged, fetched when more than its id is read; the present default one where
        ``default_card`` says so.
        """
        return self._read("card") if self._attributes.get("card") else None

    def _read(self, name: str) -> Any:
        card = self._attributes.get("card")
        if name != "card" or name in self._store(name) or not isinstance(card, str):
            return super()._read(name)
        location = f"{self.customer._path}/cards/{check_id(card, Resource)}"  # type: ignore[union-attr]
        data = {"object": "card", "id": card, "location": location}
        found = self._store(name)[name] = cast_as(class_named("Card"), data, self._origin, loaded=False)
        return found


class ScheduledTransfer(HasAmounts, Resource):
    """The transfer that a schedule repeats: an ``amount``, or a percentage of the transferable balance."""

    object_name: ClassVar[str | None] = "scheduled_transfer"
    summary: ClassVar[tuple[str, ...]] = ("amount", "percentage_of_balance", "currency")

    id: str
    livemode: bool
    currency: str
    amount: int | None
    percentage_of_balance: float | None
    created_at: datetime

    recipient: BelongsTo[Recipient] = belongs_to("Recipient")

    @property
    def money(self) -> Money | None:
        """The ``amount`` as `Money`; None where it is a percentage."""
        return self.money_of("amount")


class Schedule(Creatable, Retrievable, Listable, Destroyable, Resource):
    """
    A charge or a transfer that is repeated on certain days, until a last day.

    Built most easily with ``omise.Charge.schedule(…)`` and ``omise.Transfer.schedule(…)``. `create` takes ``every``,
    ``period`` (``"day"``, ``"week"``, ``"month"``), ``on``, ``start_date``, ``end_date`` (required), and ``charge`` or
    ``transfer``; what is sent as ``start_date`` and ``end_date`` comes back as ``start_on`` and ``end_on``.

    Source: https://docs.omise.co/schedules-api
    """

    object_name: ClassVar[str | None] = "schedule"
    path: ClassVar[str | None] = "/schedules"
    summary: ClassVar[tuple[str, ...]] = ("in_words", "status", "end_on")
    _parts = {"on": Days}

    id: str
    deleted: bool
    livemode: bool
    location: str
    every: int
    on: Days
    """``on.weekdays``, ``on.days_of_month`` or ``on.weekday_of_month``."""
    in_words: str
    period: Period
    status: ScheduleStatus
    """``"running"``, ``"expiring"``, ``"expired"``, ``"deleted"`` or ``"suspended"``."""
    active: bool
    state: ScheduleState
    charge: ScheduledCharge
    """Absent from the schedule of a transfer."""
    transfer: ScheduledTransfer
    """Absent from the schedule of a charge."""
    next_occurrences_on: list[date]
    """Up to 30 days to come."""
    ended_at: datetime | None
    start_on: date
    end_on: date
    created_at: datetime

    occurrences: HasMany[OccurrenceList] = has_many("OccurrenceList")

    if TYPE_CHECKING:

        @overload
        @classmethod
        def create(cls, /, **params: Unpack[ScheduleCreate]) -> Self: ...
        @overload
        @classmethod
        def create(cls, attributes: Mapping[str, Any], /, **params: Any) -> Self: ...
        @classmethod
        def create(cls, attributes: Any = None, /, **params: Any) -> Self: ...

    @property
    def destroyed(self) -> bool:
        """Whether it was stopped for good."""
        return super().destroyed or self._attributes.get("status") == "deleted"

    @record_verb
    def occurrence(self, **params: Any) -> OccurrenceList:
        """Fetch a page of the runs; so it is called in the official package.  GET /schedules/<id>/occurrences"""
        return self.occurrences(**params)
