"""
What the sandbox knows about card numbers: brands, check digit, expiry dates, and the numbers that fail on purpose.

Sources: https://docs.omise.co/api-testing and https://docs.omise.co/tokens-api
"""

from __future__ import annotations

import base64
import hmac
import re
from datetime import date
from typing import Any

__all__ = [
    "brand_of",
    "effect_of",
    "fingerprint",
    "four_digit_year",
    "holder_problems",
    "is_valid_number",
    "number_problems",
]

#: The brand of a number that belongs to none.
UNKNOWN = "unknown"

#: Brand, the ranges its numbers begin with, and how many digits they have. The first that fits counts.
BRANDS = (
    ("American Express", r"3[47]", {15}),
    ("Diners Club", r"30[0-5]|3095|3[689]", {14, 16, 19}),
    ("JCB", r"35(2[89]|[3-8])", {16, 19}),
    ("Visa", r"4", {13, 16, 19}),
    ("MasterCard", r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720", {16}),
    ("Discover", r"6011|64[4-9]|65", {16, 19}),
    ("UnionPay", r"62|81", {16, 17, 18, 19}),
    ("Maestro", r"50|5[6-8]|63|67", set(range(12, 20))),
)

DIGITS = re.compile("[0-9]+")
PREFIXES = tuple((brand, re.compile(prefix), lengths) for brand, prefix, lengths in BRANDS)

#: What happens when a charge is made with one of these; every other number succeeds. The names are the charge's failure
#: codes, but for the last three, which end as ``payment_rejected``: one with advice for the merchant, whose code is the
#: charge's amount, and two only where 3-D Secure is switched on.
TEST_CARDS: dict[str, tuple[str, ...]] = {
    "insufficient_fund": ("4111111111140011", "5555551111110011", "3530111111190011", "6250947000000014"),
    "stolen_or_lost_card": ("4111111111130012", "5555551111100012", "3530111111180012", "6250947000000022"),
    "failed_processing": (
        "4111111111120013",
        "5555551111190013",
        "3530111111170013",
        "377138160000009",
        "36021042111108",
        "6447032400001111005",
        "6250947000000030",
    ),
    "payment_rejected": ("4111111111110014", "5555551111180014", "3530111111160014"),
    "failed_fraud_check": ("4111111111190016", "5555551111160016", "3530111111140016"),
    "invalid_account_number": ("4111111111180017", "5555551111150017", "3530111111130017"),
    "invalid_security_code": ("4111111111160001", "5555551111130001", "3530111111110001"),
    "declined_with_advice": ("4111111111170018",),
    "3ds_enrolment_failed": ("4111111111150002", "5555551111120002", "3530111111100002"),
    "3ds_validation_failed": ("4111111111140003", "5555551111110003", "3530111111190003"),
}

EFFECTS: dict[str, str] = {number: effect for effect, numbers in TEST_CARDS.items() for number in numbers}

#: Years that make sense on a card, however long ago they were. (inferred)
YEARS = range(1950, 2100)


def brand_of(number: str) -> str:
    """The brand that numbers beginning like this one belong to, spelt as in the API; `UNKNOWN` for none."""
    return _brand(number)[0]


def is_valid_number(number: str) -> bool:
    """Whether a card of a known brand can have this number: its length and check digit are right."""
    return len(number) in _brand(number)[1] and _luhn(number) % 10 == 0


def _brand(number: str) -> tuple[str, set[int]]:
    """The brand of a number and the lengths that such numbers have."""
    if DIGITS.fullmatch(number):
        for brand, prefix, lengths in PREFIXES:
            if prefix.match(number):
                return brand, lengths
    return UNKNOWN, set()


def _luhn(number: str) -> int:
    digits = [int(digit) for digit in reversed(number)]
    return sum(digits[0::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])


def effect_of(number: str) -> str | None:
    """What a charge of this number fails with, or None."""
    return EFFECTS.get(number)


def fingerprint(number: str, salt: bytes) -> str:
    """Equal for equal numbers, and of no use without *salt*: 44 characters of base64."""
    return base64.b64encode(hmac.digest(salt, number.encode(), "sha256")).decode()


def holder_problems(name: Any, month: Any, year: Any, today: date) -> list[str]:
    """
    What is wrong with the holder's name and the expiry date, in the words and the order of the API.

    A card is good until the end of its month.
    """
    of_month, of_year = _month_problems(month), _year_problems(year)
    of_name = ["name can't be blank"] if _blank(name) else []
    return [*of_month, *of_name, *of_year, *_date_problems(month, year, today)]


def number_problems(number: Any) -> list[str]:
    """What is wrong with a card number, in the words and the order of the API."""
    number = "" if number is None else str(number)
    of_brand = [f"brand not supported ({UNKNOWN})"] if brand_of(number) == UNKNOWN else []
    if _blank(number):
        return ["number can't be blank", *of_brand]
    return [] if is_valid_number(number) else ["number is invalid", *of_brand]


def _month_problems(month: Any) -> list[str]:
    if _blank(month):
        return ["expiration month can't be blank", "expiration month is not between 1 and 12"]
    return [] if _is_month(month) else ["expiration month is not between 1 and 12"]


def _year_problems(year: Any) -> list[str]:
    if _blank(year):  # (inferred) from what a missing month gets
        return ["expiration year can't be blank", "expiration year is invalid"]
    return [] if four_digit_year(year) else ["expiration year is invalid"]


def _date_problems(month: Any, year: Any, today: date) -> list[str]:
    if not _blank(month) and not _is_month(month):
        return ["expiration date is invalid"]
    month, year = _number(month), four_digit_year(year)
    if month and year and (year, month) < (today.year, today.month):
        return ["expiration date cannot be in the past"]
    return []


def four_digit_year(year: Any) -> int | None:
    """The year meant by ``31``, ``"31"``, ``2031`` or ``"2031"``; None for what is no year of a card."""
    number = _number(year)
    if number is None:
        return None
    if number < 100:
        number += 2000
    return number if number in YEARS else None


def _is_month(value: Any) -> bool:
    return _number(value) in range(1, 13)


def _number(value: Any) -> int | None:
    """The number that one to four digits write."""
    return int(str(value)) if re.fullmatch("[0-9]{1,4}", str(value)) and not isinstance(value, bool) else None


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
