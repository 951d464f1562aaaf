"""Types of what `Schedule` takes, and of the words that its fields have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

from ...records.parameters import CallOptions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from typing_extensions import Required

    from ...money import Money
    from ..customer import Customer
    from ..recipient import Recipient
    from .card import KnownCard
    from .common import Currency, Metadata

Period = Literal["day", "week", "month"]
"""What a schedule counts in."""

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
"""A day of the week."""

ScheduleStatus = Literal["running", "expiring", "expired", "deleted", "suspended"]
"""What became of a schedule; the first two run."""

ScheduleState = Literal["Active", "Pause"]
"""Whether a schedule is paused."""


class DaysData(TypedDict, total=False):
    """The days on which a schedule runs, one of these; none where it counts in days."""

    weekdays: Sequence[Weekday | str]
    """English names in lower case, of a schedule that counts in weeks."""
    days_of_month: Sequence[int]
    """Days from 1 to 28, of a schedule that counts in months."""
    weekday_of_month: str
    """An ordinal and a weekday, of a schedule that counts in months: ``"2nd_monday"``, ``"last_friday"``."""


class ScheduledChargeData(TypedDict, total=False):
    """The charge that a schedule repeats."""

    customer: Required[str | Customer]
    """Whose card is charged."""
    amount: Required[int | Money]
    """In the currency's smallest unit, or `Money`."""
    currency: Currency
    """The account's if not given."""
    card: KnownCard | None
    """The card of the customer that is charged; the one that is the default on the day if not given."""
    description: str | None
    """Text that each charge has."""
    metadata: Metadata | None
    """What belongs to each charge."""


class ScheduledTransferData(TypedDict, total=False):
    """The transfer that a schedule repeats."""

    recipient: Required[str | Recipient]
    """Who is paid."""
    amount: int | Money
    """In the currency's smallest unit, or `Money`; or else ``percentage_of_balance``."""
    percentage_of_balance: float
    """A share of what is transferable on the day, more than 0 and at most 100; or else ``amount``."""
    currency: Currency
    """The account's if not given."""


class ScheduleCreate(CallOptions, total=False):
    """
    What `Schedule.create` takes; a ``charge`` or a ``transfer`` is repeated.

    Source: https://docs.omise.co/schedules-api
    """

    every: Required[int]
    """It runs in every so-many-th period, from 1."""
    period: Required[Period]
    """What it counts in."""
    on: DaysData
    """The days on which it runs; needed where it counts in weeks or months."""
    start_date: date | str
    """The first day on which it may run, today if not given; comes back as ``start_on``."""
    end_date: Required[date | str]
    """The last day on which it may run; comes back as ``end_on``."""
    charge: ScheduledChargeData
    """The charge to repeat."""
    transfer: ScheduledTransferData
    """The transfer to repeat."""
