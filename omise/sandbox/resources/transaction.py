"""
Transactions: the lines of an account's ledger, as they are shown.

Source: https://docs.omise.co/transactions-api
"""

from __future__ import annotations

from typing import Any

from ..http.routing import Resource
from ..state.clock import time_text
from ..state.store import Document
from ..state.workspace import View

transactions: Resource = Resource("transaction", prefix="trxn", path="/transactions")
transactions.listable()
transactions.retrievable()


@transactions.shown
def show(view: View, transaction: Document) -> dict[str, Any]:
    """A transaction; its amount is never negative, the direction tells."""
    return {
        "object": "transaction",
        "id": transaction.id,
        "livemode": transaction.livemode,
        "currency": transaction["currency"],
        "amount": transaction["amount"],
        "location": f"/transactions/{transaction.id}",
        "direction": transaction["direction"],
        "key": transaction["key"],
        "origin": transaction.parent,
        "transferable_at": time_text(transaction["transferable"]),
        "created_at": view.created_at(transaction),
    }
