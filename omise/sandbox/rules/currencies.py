"""
Currencies, and the rates by which one becomes another. All amounts are whole numbers of the smallest unit.

The rates are made up, but for that of the yen, which is of 2022, and never change.

Source: https://docs.omise.co/multi-currency
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from .validation import Invalid

__all__ = ["CURRENCIES", "SUBUNITS", "convert", "currency", "in_digits", "in_subunits", "in_words", "rate", "share"]

#: What one main unit is worth in US dollars.
WORTH = {
    "THB": "0.0307",
    "JPY": "0.007914128",
    "USD": "1",
    "EUR": "1.0850",
    "GBP": "1.2700",
    "SGD": "0.7450",
    "AUD": "0.6550",
    "CHF": "1.1300",
    "CNY": "0.1385",
    "DKK": "0.1455",
    "HKD": "0.1285",
    "MYR": "0.2250",
    "CAD": "0.7300",
    "IDR": "0.000062",
}
#: What cards can be charged in.
CURRENCIES = tuple(WORTH)

#: What the exchange keeps of the money.
MARGIN = Decimal("0.02")
RATE_DIGITS = Decimal("0.0000000001")

#: The smallest units in a main one, where they are not a hundred.
SUBUNITS = {"JPY": 1}


def currency(value: Any) -> str:
    """The rule for a currency, in upper or lower case."""
    code = value.upper() if isinstance(value, str) else ""
    if code not in WORTH:
        raise Invalid("is currently not supported")
    return code


def in_words(amount: int, code: str) -> str:
    """An amount for people: ``1,000.00 THB``; below zero with the sign that is as wide as a plus."""
    sign = "\N{MINUS SIGN}" if amount < 0 else ""
    return f"{sign}{_main(abs(amount), code):,f} {code}"


def in_digits(amount: int, code: str) -> str:
    """An amount as it is typed in, in main units: ``1000.00``."""
    return f"{_main(amount, code):f}"


def in_subunits(text: str, code: str) -> int:
    """What *text* says, as `in_digits` writes it, or with commas as `in_words` does; raises Invalid otherwise."""
    places, grouped = _places(code), re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?", text)
    text = text.replace(",", "") if grouped else text
    if not re.fullmatch(rf"[0-9]{{1,18}}(\.[0-9]{{1,{places}}})?" if places else "[0-9]{1,18}", text):
        raise Invalid(f"must be an amount in {code}, such as {in_digits(1999, code)}")
    return int(Decimal(text).scaleb(places))


def rate(base: str, quote: str) -> float:
    """How much of *quote* one main unit of *base* gives."""
    return float(_rate(base, quote))


def convert(amount: int, base: str, quote: str) -> int:
    """An amount of *base* in *quote*, rounded half up."""
    if base == quote:
        return amount
    return _rounded(Decimal(amount) / _subunits(base) * _rate(base, quote) * _subunits(quote))


def share(whole: int, part: int, of: int) -> int:
    """What falls to *part* where *of* stands for *whole*, rounded half up."""
    return (2 * whole * part + of) // (2 * of)


def _rate(base: str, quote: str) -> Decimal:
    if base == quote:
        return Decimal(1)
    return (Decimal(WORTH[base]) / Decimal(WORTH[quote]) * (1 - MARGIN)).quantize(RATE_DIGITS)


def _places(code: str) -> int:
    """How many digits stand behind the point."""
    return len(str(_subunits(code))) - 1


def _main(amount: int, code: str) -> Decimal:
    return Decimal(amount).scaleb(-_places(code))


def _subunits(currency: str) -> int:
    return SUBUNITS.get(currency, 100)


def _rounded(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_HALF_UP))
