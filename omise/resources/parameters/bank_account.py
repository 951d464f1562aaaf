"""Types of what bank accounts are described by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    from typing_extensions import Required

BankAccountType = Literal["normal", "current"]
"""The type of a bank account; Japan only."""


class BankAccountData(TypedDict, total=False):
    """
    The bank account of a recipient, as it is sent.

    Source: https://docs.omise.co/recipients-api
    """

    name: Required[str]
    """The holder's name, at most 255 characters."""
    number: Required[str]
    """The whole number, in digits; comes back as ``account_number``."""
    brand: str
    """The bank's code, one of `Capability.banks` (``"scb"``, ``"kbank"``, …); not in Japan."""
    bank_code: str
    """The bank's code of 4 digits; Japan only."""
    branch_code: str
    """The branch's code of 3 digits; Japan only."""
    type: BankAccountType | str
    """``"normal"`` or ``"current"``; Japan only."""
    account_type: BankAccountType | str
    """The same as ``type``, by another name."""
