"""Events."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from ..records.operations import Listable, Retrievable
from ..records.resource import Resource
from ..records.signatures import types_in

if TYPE_CHECKING:
    from .parameters.event import EventData as EventData
    from .parameters.event import EventKey as EventKey
else:
    __getattr__ = types_in(".parameters.event", __name__)


class WebhookDelivery(Resource):
    """One attempt to deliver an event to an endpoint."""

    object_name: ClassVar[str | None] = "webhook_delivery"
    summary: ClassVar[tuple[str, ...]] = ("uri", "status", "error")

    id: str
    uri: str
    status: int | None
    """HTTP status that the endpoint answered with; None if it did not."""
    key: str
    error: str | None
    payload: str
    """What was sent, as text."""
    created_at: datetime


class Event(Listable, Retrievable, Resource):
    """
    Something that happened, with the record as it was right after it.

    ``data`` has the fields of the account's API version, not of the one that this library asks for.

    Source: https://docs.omise.co/events-api
    """

    object_name: ClassVar[str | None] = "event"
    path: ClassVar[str | None] = "/events"
    summary: ClassVar[tuple[str, ...]] = ("key",)

    id: str
    livemode: bool
    location: str
    webhook_deliveries: list[WebhookDelivery]
    data: EventData
    """A `Charge`, `Customer`, …, by what it happened to; ``isinstance`` tells which."""
    key: EventKey
    """What happened: ``"charge.create"``, ``"customer.update"``, …  Source: https://docs.omise.co/api-webhooks"""
    created_at: datetime
