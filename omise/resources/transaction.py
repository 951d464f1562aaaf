"""Transactions: the lines of the account's ledger."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from ..records.associations import BelongsTo, belongs_to
from ..records.operations import Listable, Retrievable
from ..records.priced import Priced
from ..records.resource import Resource
from ..records.signatures import types_in

if TYPE_CHECKING:
    from .charge import Charge
    from .dispute import Dispute
    from .parameters.transaction import Direction as Direction
    from .parameters.transaction import TransactionKey as TransactionKey
    from .receipt import Receipt
    from .refund import Refund
    from .transfer import Transfer
else:
    __getattr__ = types_in(".parameters.transaction", __name__)


class Transaction(Listable, Retrievable, Priced, Resource):
    """
    A line of the ledger: ``amount``, never negative, came in (``direction`` ``"credit"``) or went out (``"debit"``).

    The sum of all of them is the balance.

    Source: https://docs.omise.co/transactions-api
    """

    object_name: ClassVar[str | None] = "transaction"
    path: ClassVar[str | None] = "/transactions"
    summary: ClassVar[tuple[str, ...]] = ("key", "amount", "currency")

    id: str
    livemode: bool
    location: str
    currency: str
    amount: int
    direction: Direction
    key: TransactionKey
    """Why: ``"charge.captured.net"``, ``"refund.created.debit"``, ``"transfer.sent.debit"``, …"""
    transferable_at: datetime
    created_at: datetime

    origin: BelongsTo[Charge | Dispute | Receipt | Refund | Transfer] = belongs_to()
    """What caused it; ``isinstance`` tells which."""
