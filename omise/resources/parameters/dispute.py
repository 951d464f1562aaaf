"""Types of what `Dispute` takes, and of the words that its fields have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ...records.parameters import CallOptions
from .document import DocumentUpload as DocumentUpload

if TYPE_CHECKING:
    from .common import Metadata

DisputeStatus = Literal["open", "pending", "won", "lost"]
"""What became of a dispute; the last two are final."""

DisputeState = Literal["open", "pending", "closed"]
"""What disputes can be listed by; those won and lost are closed."""

DisputeOutcome = Literal["won", "lost"]
"""What a dispute can be settled as, in test mode."""

DisputeReason = (
    Literal[
        "cancelled_recurring_transaction",
        "credit_not_processed",
        "duplicate_processing",
        "expired_card",
        "goods_or_services_not_provided",
        "incorrect_currency",
        "incorrect_transaction_amount",
        "incorrect_transaction_code",
        "invalid_data",
        "late_presentment",
        "non_matching_account_number",
        "not_as_described_or_defective_merchandise",
        "not_available",
        "not_recorded",
        "other",
        "paid_by_other_means",
        "transaction_not_recognised",
        "unauthorized_charge",
    ]
    | str
)
"""Why the payer objects."""


class DisputeUpdate(CallOptions, total=False):
    """
    What `Dispute.update` takes.

    Source: https://docs.omise.co/disputes-api
    """

    message: str | None
    """The merchant's answer, at most 10,000 characters (inferred); it hands the answer in."""
    metadata: Metadata
    """Whatever belongs to the dispute; replaces what was there."""
