"""Types of what `LinkedAccount` takes, and of the words that its fields have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ...records.parameters import CallOptions

if TYPE_CHECKING:
    from typing_extensions import Required

    from .common import Metadata

LinkedAccountType = Literal["direct_debit_bay", "direct_debit_kbank", "direct_debit_ktb", "direct_debit_scb"]
"""The bank of a linked account."""

LinkedAccountStatus = Literal["pending", "successful", "failed", "expired", "deleted"]
"""What became of a linked account; a charge needs one that is ``"successful"``."""


class LinkedAccountCreate(CallOptions, total=False):
    """
    What `LinkedAccount.create` takes.

    Source: https://docs.omise.co/linked-accounts-api
    """

    type: Required[LinkedAccountType | str]
    """The bank."""
    return_uri: Required[str]
    """Where the payer comes back to from ``registration_uri``."""
    citizen_id: str | None
    """The payer's number as a citizen."""
    metadata: Metadata
    """Whatever belongs to the account."""
