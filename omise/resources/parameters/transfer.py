"""Types of what `Transfer` takes, and of the words that its fields have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ...records.parameters import CallOptions
from .schedule import ScheduledTransferData

if TYPE_CHECKING:
    from ...money import Money
    from ..recipient import Recipient
    from .common import Metadata

TransferFailureCode = (
    Literal[
        "insufficient_balance",
        "invalid_recipient",
        "transfer_deleted",
        "transfer_failed",
        "transfer_pay_failure",
        "transfer_send_failure",
        "transfer_sent",
        "transfers_suspended",
    ]
    | str
)
"""Why a transfer failed.  Source: https://docs.omise.co/transfers-api"""


class TransferUpdate(CallOptions, total=False):
    """
    What `Transfer.update` takes, before it was sent.

    Source: https://docs.omise.co/transfers-api
    """

    amount: int | Money
    """In the currency's smallest unit, or `Money`, the fee included; `Capability.limits` apply."""
    metadata: Metadata
    """Whatever belongs to the transfer; replaces what was there."""


class TransferCreate(CallOptions, total=False):
    """
    What `Transfer.create` takes; nothing is required.

    Source: https://docs.omise.co/transfers-api
    """

    amount: int | Money | None
    """In the currency's smallest unit, or `Money`, the fee included; all that is transferable if not given."""
    recipient: str | Recipient | None
    """Who is paid; the account's own recipient if not given."""
    fail_fast: bool | None
    """True gives up at the bank's first failure."""
    split_transfer: bool | None
    """Whether it may be split where it is over the bank's limit."""
    metadata: Metadata | None
    """Whatever belongs to the transfer."""
    idemp_key: str | None
    """Text by which the API knows a repetition from a new transfer; a fresh one is sent if not given."""


class TransferSchedule(ScheduledTransferData, CallOptions, total=False):
    """What `Transfer.schedule` takes: the transfer to repeat."""
