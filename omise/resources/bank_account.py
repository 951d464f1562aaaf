"""Bank accounts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from ..records.resource import Resource
from ..records.signatures import types_in

if TYPE_CHECKING:
    from .parameters.bank_account import BankAccountData as BankAccountData
    from .parameters.bank_account import BankAccountType as BankAccountType
else:
    __getattr__ = types_in(".parameters.bank_account", __name__)


class BankAccount(Resource):
    """
    The bank account of a recipient or a transfer. It has no address of its own.

    What is sent as ``number`` and ``brand`` comes back as ``account_number`` and ``bank_code``.

    Source: https://docs.omise.co/recipients-api
    """

    object_name: ClassVar[str | None] = "bank_account"
    summary: ClassVar[tuple[str, ...]] = ("bank_code", "last_digits", "name")

    livemode: bool
    last_digits: str
    account_number: str
    """All of the number; `repr` and `print` show the end of it."""
    name: str
    type: BankAccountType | None
    brand: str
    """The bank's name, to be shown to people."""
    bank_code: str
    branch_code: str | None
    created_at: datetime
