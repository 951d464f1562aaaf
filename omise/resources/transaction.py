"""Transactions: the lines of the account's ledger."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..records.associations import belongs_to
from ..records.operations import Listable, Retrievable
from ..records.resource import Resource


class Transaction(Listable, Retrievable, Resource):
    """
    A line of the ledger: ``amount``, never negative, came in (``direction`` ``"credit"``) or went out (``"debit"``).

    The sum of all of them is the balance.

    Source: https://docs.omise.co/transactions-api
    """

    object_name = "transaction"
    path = "/transactions"
    summary = ("key", "amount", "currency")

    id: str
    livemode: bool
    location: str
    currency: str
    amount: int
    direction: str
    key: str
    """Why: ``"charge.captured.net"``, ``"refund.created.debit"``, ``"transfer.sent.debit"``, …"""
    transferable_at: datetime
    created_at: datetime

    origin: Any = belongs_to()
    """What caused it: a `Charge`, `Refund`, `Transfer`, `Dispute` or `Receipt`."""
