"""
Transactions: the lines of an account's ledger. Nothing but these makes up the balance.

Source: https://docs.omise.co/transactions-api
"""

from __future__ import annotations

from typing import Any

from ..clock import time_text
from ..routing import Resource
from ..store import Document
from ..timing import CREDIT_TRANSFERABLE_AFTER, milliseconds
from ..workspace import View, Workspace

__all__ = ["book"]

transactions = Resource("transaction", prefix="trxn", path="/transactions")
transactions.listable()
transactions.retrievable()

CREDIT, DEBIT = "credit", "debit"

#: What is booked, and which way the money goes. Two of the names are inferred.
KEYS = {
    "charge.captured.net": CREDIT,
    "dispute.started.debit": DEBIT,
    "dispute.won.credit": CREDIT,
    "receipt.vat_adjustment.credit": CREDIT,
    "refund.created.debit": DEBIT,  # (inferred)
    "transfer.failed.credit": CREDIT,  # (inferred)
    "transfer.sent.debit": DEBIT,
}
#: The only line that may say nothing.
MAY_BE_ZERO = "receipt.vat_adjustment.credit"


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


def book(workspace: Workspace, key: str, origin: Document, amount: int) -> Document:
    """
    Add a line to the ledger: *amount* in the smallest unit of the account's currency, on behalf of *origin*.

    The key tells the direction. Raises ValueError for an amount that is not positive.
    """
    if amount < 0 or (amount == 0 and key != MAY_BE_ZERO):
        raise ValueError(f"{key}: {amount} cannot be booked")
    credit = KEYS[key] == CREDIT
    waits = credit and workspace.livemode
    body = {
        "key": key,
        "direction": KEYS[key],
        "currency": workspace.account["currency"],
        "amount": amount,
        "signed": amount if credit else -amount,
        "transferable": workspace.now_ms + (milliseconds(CREDIT_TRANSFERABLE_AFTER) if waits else 0),
    }
    return workspace.create("transaction", body, parent=origin)
