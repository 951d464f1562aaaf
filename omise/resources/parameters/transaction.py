"""Types of the words that the fields of `Transaction` have."""

from __future__ import annotations

from typing import Literal

Direction = Literal["credit", "debit"]
"""Whether money came in or went out."""

TransactionKey = (
    Literal[
        "charge.captured.net",
        "dispute.started.debit",
        "dispute.won.credit",
        "receipt.vat_adjustment.credit",
        "refund.created.debit",
        "transfer.sent.debit",
    ]
    | str
)
"""Why a transaction is there."""
