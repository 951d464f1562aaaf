"""
What depends on the country of an account: its currency, and how much can be charged and transferred.

Sources: https://docs.omise.co/charges-api#amounts and https://docs.omise.co/capability-api
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ..state.store import Document, Transaction
from .bank_accounts import BANKS
from .provenance import DOCUMENTED, RECORDED

__all__ = ["COUNTRIES", "Country", "country_of", "default_country", "set_country"]

DEFAULT = "TH"
SETTING = "country"


@dataclass(frozen=True)
class Country:
    """
    Amounts are in the smallest unit of the currency; limits are part of what is allowed.

    Attributes:
        mark: Where its charge limits are known from.
        inferred: What else is not known, of ``transfers`` and ``instalments``: their limits.
        authorized_for: How long the money of an uncaptured charge is held.
        banks: Codes of the banks that can be paid out to.
    """

    code: str
    currency: str
    charge_limits: tuple[int, int]
    transfer_limits: tuple[int, int]
    installment_minimum: int
    mark: str = DOCUMENTED
    inferred: tuple[str, ...] = ("transfers", "instalments")
    authorized_for: timedelta = timedelta(days=7)
    banks: tuple[str, ...] = ()


COUNTRIES = {
    country.code: country
    for country in (
        Country(
            "TH",
            "THB",
            (2_000, 500_000_000_000),
            (3_000, 100_000_000_000),
            200_000,
            mark=RECORDED,
            inferred=(),
            banks=tuple(BANKS),
        ),
        Country("JP", "JPY", (100, 6_000_000), (261, 1_000_000_000), 100, authorized_for=timedelta(days=30)),
        Country("SG", "SGD", (100, 2_000_000), (100, 10_000_000_000), 10_000),
        Country("MY", "MYR", (100, 10_000_000), (100, 10_000_000_000), 50_000, inferred=("transfers",)),
    )
}


def country_of(account: Document) -> Country:
    """The country that an account is in."""
    return COUNTRIES[account["country"]]


def default_country(transaction: Transaction) -> str:
    """The code of the country that new accounts are in."""
    return transaction.setting(SETTING) or DEFAULT


def set_country(transaction: Transaction, code: str | None) -> None:
    """From now on, let new accounts be in a country; None leaves it as it is. Raises ValueError for an unknown one."""
    if code is None:
        return
    if code not in COUNTRIES:
        raise ValueError(f"country must be one of {', '.join(COUNTRIES)}, not {code!r}")
    transaction.set_setting(SETTING, code)
