"""Types of what `Recipient` takes, and of the words that its fields have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ...records.parameters import CallOptions

if TYPE_CHECKING:
    from typing_extensions import Required

    from .bank_account import BankAccountData
    from .common import Metadata

RecipientType = Literal["individual", "corporation"]
"""Who a recipient is."""

RecipientFailureCode = Literal["name_mismatch", "account_not_found", "bank_not_found"] | str
"""Why a recipient could not be verified."""


class RecipientUpdate(CallOptions, total=False):
    """
    What `Recipient.update` takes.

    Source: https://docs.omise.co/recipients-api
    """

    name: str
    """The recipient's name, at most 255 characters (inferred)."""
    type: RecipientType | str
    """Who the recipient is."""
    bank_account: BankAccountData
    """Where money goes; another account has to be verified anew (inferred)."""
    email: str | None
    """An e-mail address."""
    description: str | None
    """Text for the merchant."""
    tax_id: str | None
    """The recipient's number as a taxpayer."""
    metadata: Metadata
    """Whatever belongs to the recipient; replaces what was there."""


class RecipientCreate(CallOptions, total=False):
    """
    What `Recipient.create` takes.

    Source: https://docs.omise.co/recipients-api
    """

    name: Required[str]
    """The recipient's name, at most 255 characters (inferred)."""
    type: Required[RecipientType | str]
    """Who the recipient is."""
    bank_account: Required[BankAccountData]
    """Where money goes."""
    email: str | None
    """An e-mail address."""
    description: str | None
    """Text for the merchant."""
    tax_id: str | None
    """The recipient's number as a taxpayer."""
    metadata: Metadata
    """Whatever belongs to the recipient."""
