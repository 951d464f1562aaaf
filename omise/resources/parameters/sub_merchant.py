"""Types of what `SubMerchant` takes, and of the words that its fields have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ...records.parameters import CallOptions

if TYPE_CHECKING:
    from typing_extensions import Required

LiveAccountStatus = Literal["unsubmitted", "start", "pending", "accepted", "rejected"]
"""What became of the owner's application."""


class SubMerchantCreate(CallOptions, total=False):
    """
    What `SubMerchant.create` takes.

    Source: https://docs.omise.co
    """

    name: Required[str]
    """The name of the account, at most 255 characters (inferred)."""
