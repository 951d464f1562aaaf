"""Schedules."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ..records.associations import BelongsTo, HasMany, belongs_to, has_many
from ..records.casting import cast_as, class_named
from ..records.identity import check_id
from ..records.operations import Creatable, Destroyable, Listable, Retrievable
from ..records.resource import Resource

if TYPE_CHECKING:
    from .card import Card
    from .customer import Customer
    from .occurrence import OccurrenceList
    from .recipient import Recipient


class ScheduledCharge(Resource):
    """The charge that a schedule repeats; ``amount`` in the smallest unit of ``currency``."""

    object_name = "scheduled_charge"
    summary = ("amount", "currency")

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
        if name != "card" or name in self._cast or not isinstance(card, str):
            return super()._read(name)
        location = f"{self.customer._path}/cards/{check_id(card, Resource)}"  # type: ignore[union-attr]
        data = {"object": "card", "id": card, "location": location}
        self._cast["card"] = cast_as(class_named("Card"), data, self._origin, loaded=False)
        return self._cast["card"]


class ScheduledTransfer(Resource):
    """The transfer that a schedule repeats: an ``amount``, or a percentage of the transferable balance."""

    object_name = "scheduled_transfer"
    summary = ("amount", "percentage_of_balance", "currency")

    id: str
    livemode: bool
    currency: str
    amount: int | None
    percentage_of_balance: float | None
    created_at: datetime

    recipient: BelongsTo[Recipient] = belongs_to("Recipient")


class Schedule(Creatable, Retrievable, Listable, Destroyable, Resource):
    """
    A charge or a transfer that is repeated on certain days, until a last day.

    Built most easily with ``omise.Charge.schedule(…)`` and ``omise.Transfer.schedule(…)``. `create` takes ``every``,
    ``period`` (``"day"``, ``"week"``, ``"month"``), ``on``, ``start_date``, ``end_date`` (required), and ``charge`` or
    ``transfer``; what is sent as ``start_date`` and ``end_date`` comes back as ``start_on`` and ``end_on``.

    Source: https://docs.omise.co/schedules-api
    """

    object_name = "schedule"
    path = "/schedules"
    summary = ("in_words", "status", "end_on")

    id: str
    deleted: bool
    livemode: bool
    location: str
    every: int
    on: Any
    """``on.weekdays``, ``on.days_of_month`` or ``on.weekday_of_month``."""
    in_words: str
    period: str
    status: str
    """``"running"``, ``"expiring"``, ``"expired"``, ``"deleted"`` or ``"suspended"``."""
    active: bool
    state: str
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

    @property
    def destroyed(self) -> bool:
        """Whether it was stopped for good."""
        return super().destroyed or self._attributes.get("status") == "deleted"
