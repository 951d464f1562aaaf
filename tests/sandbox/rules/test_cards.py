from __future__ import annotations

import base64
from datetime import date
from typing import Any

import pytest

from omise.sandbox.rules.cards import (
    TEST_CARDS,
    brand_of,
    effect_of,
    fingerprint,
    four_digit_year,
    holder_problems,
    is_valid_number,
    number_problems,
)

TODAY = date(2026, 11, 23)

SUCCEEDING = {
    "Visa": ["4242424242424242", "4111111111111111"],
    "MasterCard": ["5555555555554444", "5454545454545454"],
    "JCB": ["3530111333300000", "3566111111111113"],
    "American Express": ["378282246310005"],
    "Diners Club": ["36021042000004"],
    "Discover": ["6447032400000000001"],
    "UnionPay": ["6250947000000006"],
}
NUMBERS = [(brand, number) for brand, numbers in SUCCEEDING.items() for number in numbers]


@pytest.mark.parametrize(("brand", "number"), NUMBERS)
def test_documented_numbers_are_good_cards_of_their_brand(brand: str, number: str) -> None:
    """
    They pass, and a charge of them succeeds.
    """
    assert brand_of(number) == brand
    assert is_valid_number(number)
    assert effect_of(number) is None


@pytest.mark.parametrize(
    ("number", "effect"),
    [
        ("4111111111140011", "insufficient_fund"),
        ("5555551111100012", "stolen_or_lost_card"),
        ("6447032400001111005", "failed_processing"),
        ("3530111111160014", "payment_rejected"),
        ("4111111111190016", "failed_fraud_check"),
        ("5555551111150017", "invalid_account_number"),
        ("3530111111110001", "invalid_security_code"),
        ("4111111111170018", "declined_with_advice"),
        ("4111111111150002", "3ds_enrolment_failed"),
        ("5555551111110003", "3ds_validation_failed"),
    ],
)
def test_test_cards_have_their_effect(number: str, effect: str) -> None:
    """
    What a charge of them will fail with.
    """
    assert effect_of(number) == effect


def test_all_test_cards_are_valid_numbers() -> None:
    """
    The token is always made: each number passes, none is listed twice, and there are 34.
    """
    numbers = [number for numbers in TEST_CARDS.values() for number in numbers]

    assert [number for number in numbers if not is_valid_number(number)] == []
    assert len(numbers) == len(set(numbers)) == 34


@pytest.mark.parametrize(
    ("number", "brand"),
    [
        ("2221000000000009", "MasterCard"),
        ("2720990000000007", "MasterCard"),
        ("2721000000000000", "unknown"),
        ("2220990000000000", "unknown"),
        ("3589000000000000", "JCB"),
        ("3527000000000000", "unknown"),
        ("6011000000000004", "Discover"),
        ("6759649826438453", "Maestro"),
        ("9999999999999999", "unknown"),
        ("", "unknown"),
        ("4242x", "unknown"),
        ("4²", "unknown"),
    ],
)
def test_brands_are_told_by_the_first_digits(number: str, brand: str) -> None:
    """
    At the edges of the ranges, too.
    """
    assert brand_of(number) == brand


@pytest.mark.parametrize(
    ("number", "problems"),
    [
        ("4242424242424242", []),
        (4242424242424242, []),
        ("4242424242424241", ["number is invalid"]),
        ("424242424242", ["number is invalid"]),
        ("4242424242424242424242", ["number is invalid"]),
        ("4242 4242 4242 4242", ["number is invalid", "brand not supported (unknown)"]),
        ("9999999999999995", ["number is invalid", "brand not supported (unknown)"]),
        ("", ["number can't be blank", "brand not supported (unknown)"]),
        (None, ["number can't be blank", "brand not supported (unknown)"]),
    ],
)
def test_numbers_are_checked(number: Any, problems: list[str]) -> None:
    """
    Check digit, length, brand, in the API's words.
    """
    assert number_problems(number) == problems


MONTH_RANGE = "expiration month is not between 1 and 12"


@pytest.mark.parametrize(
    ("name", "month", "year", "problems"),
    [
        ("A", 11, 2026, []),
        ("A", "12", "26", []),
        ("A", "8", "2031", []),
        ("A", "08", 31, []),
        ("A", 10, 2026, ["expiration date cannot be in the past"]),
        ("A", 12, 25, ["expiration date cannot be in the past"]),
        ("A", 13, 2031, [MONTH_RANGE, "expiration date is invalid"]),
        ("A", 0, 2031, [MONTH_RANGE, "expiration date is invalid"]),
        ("A", "x", 2031, [MONTH_RANGE, "expiration date is invalid"]),
        ("A", True, 2031, [MONTH_RANGE, "expiration date is invalid"]),
        ("A", None, 2031, ["expiration month can't be blank", MONTH_RANGE]),
        ("A", " ", 2031, ["expiration month can't be blank", MONTH_RANGE]),
        ("A", 8, "x", ["expiration year is invalid"]),
        ("A", 8, 123, ["expiration year is invalid"]),
        ("A", 8, 20311, ["expiration year is invalid"]),
        ("A", 8, 2500, ["expiration year is invalid"]),
        ("A", 8, [], ["expiration year is invalid"]),
        ("A", 8, None, ["expiration year can't be blank", "expiration year is invalid"]),
        ("", 8, 2031, ["name can't be blank"]),
        (None, 8, 2031, ["name can't be blank"]),
        (
            " ",
            13,
            "x",
            [MONTH_RANGE, "name can't be blank", "expiration year is invalid", "expiration date is invalid"],
        ),
    ],
)
def test_holder_and_expiry_are_checked(name: Any, month: Any, year: Any, problems: list[str]) -> None:
    """
    In the API's words and order; a card is good until the end of its month.
    """
    assert holder_problems(name, month, year, TODAY) == problems


@pytest.mark.parametrize(
    ("year", "full"), [(31, 2031), ("31", 2031), (2031, 2031), ("2031", 2031), ("05", 2005), ("٣١", None), (None, None)]
)
def test_years_have_two_or_four_digits(year: Any, full: int | None) -> None:
    """
    They are kept with four.
    """
    assert four_digit_year(year) == full


def test_fingerprints_tell_numbers_apart_and_do_not_give_them_away() -> None:
    """
    Equal for equal numbers of one database, different in another, 44 characters of base64.
    """
    mine = fingerprint("4242424242424242", b"salt")

    assert mine == fingerprint("4242424242424242", b"salt")
    assert mine != fingerprint("4111111111111111", b"salt")
    assert mine != fingerprint("4242424242424242", b"pepper")
    assert len(mine) == 44
    assert len(base64.b64decode(mine)) == 32
