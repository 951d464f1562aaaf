"""The balance."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from ..records.operations import Singleton
from ..records.priced import HasAmounts
from ..records.resource import Resource


class Balance(Singleton, HasAmounts, Resource):
    """
    The money that the account has with Omise, in the smallest unit of ``currency``.

    Source: https://docs.omise.co/balance-api
    """

    object_name: ClassVar[str | None] = "balance"
    path: ClassVar[str | None] = "/balance"
    summary: ClassVar[tuple[str, ...]] = ("total", "transferable", "currency")

    livemode: bool
    location: str
    currency: str
    total: int
    """All of it, net of the fees taken so far."""
    transferable: int
    """What can be transferred now."""
    reserve: int
    on_hold: int
    created_at: datetime
