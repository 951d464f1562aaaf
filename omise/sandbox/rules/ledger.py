"""
The ledger of an account: what is booked, and which way the money goes. Nothing but its lines makes up the balance.

Source: https://docs.omise.co/transactions-api
"""

from __future__ import annotations

from ..state.store import Document
from ..state.workspace import Workspace
from .timing import CREDIT_TRANSFERABLE_AFTER, milliseconds

__all__ = ["book"]

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
