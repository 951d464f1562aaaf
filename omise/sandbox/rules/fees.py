"""
Fees: what is taken off a charge, at the rates of a Thai account. All amounts are whole numbers of the smallest unit.

Source: https://docs.omise.co/charges-api
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

__all__ = ["FLAT_FEE", "VAT_RATE", "Fees", "fees_of"]

# As the API writes them; the rate is per cent. That of the fee depends on the payment method.
FLAT_FEE = "0.0"
VAT_RATE = "7.0"


@dataclass(frozen=True)
class Fees:
    """What is taken off a charge: the fee, and the tax on it."""

    fee: int
    vat: int


def fees_of(amount: int, fee_rate: str) -> Fees:
    """The fee on *amount*, at *fee_rate* per cent, and the tax on the fee, each rounded half up."""
    fee = _percent(amount, fee_rate)
    return Fees(fee, _percent(fee, VAT_RATE))


def _percent(amount: int, percentage: str) -> int:
    return int((amount * Decimal(percentage) / 100).to_integral_value(ROUND_HALF_UP))
