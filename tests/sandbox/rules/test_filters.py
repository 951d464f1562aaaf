from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from omise.sandbox.rules.filters import BadValue, Filter, amount, boolean, getter, moment, number, word

#: A Wednesday.
TODAY = date(2026, 3, 4)


def passes(made: Filter, value: str, **fields: Any) -> bool:
    return made(value, TODAY)(fields)


@pytest.mark.parametrize(
    ("value", "subunits", "currency", "expected"),
    [
        ("4096.69", 409669, "THB", True),
        ("4096.7", 409669, "THB", False),
        ("1000", 100000, "THB", True),
        ("1000", 1000, "THB", False),
        ("1000.00", 100000, "USD", True),
        ("1000", 1000, "JPY", True),
        ("10", 1000, "JPY", False),
        ("1000..2000", 100000, "THB", True),
        ("1000..2000", 200000, "THB", True),
        ("1000..2000", 200001, "THB", False),
        ("1000..2000", 99999, "THB", False),
        ("1000..", 100000, "THB", True),
        ("1000..", 99999, "THB", False),
        ("..2000", 200000, "THB", True),
        ("..2000", 200001, "THB", False),
        ("2000..1000", 150000, "THB", False),
        ("0.5..1.5", 100, "THB", True),
        ("-1..0", 0, "THB", True),
    ],
)
def test_amounts_are_in_the_main_unit(value: str, subunits: int, currency: str, expected: bool) -> None:
    """
    Whatever that is in the object's currency; both ends of a range count, and either may be left out.
    """
    assert passes(amount("amount"), value, amount=subunits, currency=currency) is expected


def test_the_currency_of_an_amount_is_beside_it() -> None:
    """
    At the depth of the amount.
    """
    fields = {"currency": "THB", "charge": {"amount": 1000, "currency": "JPY"}}

    assert passes(amount("charge.amount"), "1000", **fields)


@pytest.mark.parametrize(
    ("value", "time", "expected"),
    [
        ("2026-03-04", "2026-03-04T00:00:00Z", True),
        ("2026-03-04", "2026-03-04T23:59:59Z", True),
        ("2026/03/04", "2026-03-04T12:00:00Z", True),
        ("2026-03-04", "2026-03-05T00:00:00Z", False),
        ("2026-03-04", "2026-03-03T23:59:59Z", False),
        ("2026-03-04T12:00:00Z", "2026-03-04T12:00:00Z", True),
        ("2026-03-04T12:00:00Z", "2026-03-04T12:00:01Z", False),
        ("2026-03-01..2026-03-04", "2026-03-04T23:59:59Z", True),
        ("2026-03-01..2026-03-04", "2026-03-05T00:00:00Z", False),
        ("2026-03-01..", "2026-03-01T00:00:00Z", True),
        ("..2026-03-01", "2026-03-01T23:59:59Z", True),
        ("..2026-03-01", "2026-03-02T00:00:00Z", False),
        ("today", "2026-03-04T00:00:00Z", True),
        ("today", "2026-03-05T00:00:00Z", False),
        ("yesterday", "2026-03-03T00:00:00Z", True),
        ("yesterday", "2026-03-04T00:00:00Z", False),
        ("this_week", "2026-03-02T00:00:00Z", True),
        ("this_week", "2026-03-08T23:59:59Z", True),
        ("this_week", "2026-03-01T23:59:59Z", False),
        ("this_week", "2026-03-09T00:00:00Z", False),
        ("last_week", "2026-02-23T00:00:00Z", True),
        ("last_week", "2026-03-01T23:59:59Z", True),
        ("last_week", "2026-03-02T00:00:00Z", False),
        ("this_month", "2026-03-01T00:00:00Z", True),
        ("this_month", "2026-03-31T23:59:59Z", True),
        ("this_month", "2026-04-01T00:00:00Z", False),
        ("last_month", "2026-02-01T00:00:00Z", True),
        ("last_month", "2026-02-28T23:59:59Z", True),
        ("last_month", "2026-01-31T23:59:59Z", False),
        ("last_month..yesterday", "2026-03-03T23:59:59Z", True),
        ("last_month..yesterday", "2026-03-04T00:00:00Z", False),
    ],
)
def test_a_day_is_all_of_it(value: str, time: str, expected: bool) -> None:
    """
    In UTC, at both ends of a range; weeks begin on Monday.
    """
    assert passes(moment("created_at"), value, created_at=time) is expected


def test_the_month_before_january_is_december() -> None:
    """
    Of the year before.
    """
    made = moment("created_at")("last_month", date(2026, 1, 31))

    assert made({"created_at": "2025-12-31T23:59:59Z"})
    assert not made({"created_at": "2026-01-01T00:00:00Z"})


@pytest.mark.parametrize("value", ["true", "yes", "on", "TRUE", "false", "no", "off", "Off"])
def test_booleans_have_three_spellings(value: str) -> None:
    """
    In any case; nothing at all is false.
    """
    wanted = value.lower() in ("true", "yes", "on")

    assert passes(boolean("paid"), value, paid=True) is wanted
    assert passes(boolean("paid"), value, paid=False) is not wanted
    assert passes(boolean("paid"), value) is not wanted


def test_words_are_whole_words() -> None:
    """
    In any case; where choices are named they are all that there is, under other names too.
    """
    assert passes(word("currency"), "thb", currency="THB")
    assert not passes(word("currency"), "th", currency="THB")
    assert not passes(word("currency"), "none", currency=None)
    assert passes(word("status", "running", active="running"), "active", status="running")


def test_numbers_can_be_in_a_range() -> None:
    """
    And are what they are.
    """
    assert passes(number("terms"), "3..6", terms=6)
    assert not passes(number("terms"), "3", terms=6)


@pytest.mark.parametrize(
    ("made", "value"),
    [(amount("a"), "..1"), (number("a"), "..1"), (moment("a"), "..today"), (word("a"), "none"), (boolean("a"), "yes")],
)
def test_what_is_not_there_is_not_found(made: Filter, value: str) -> None:
    """
    Neither null nor a missing field passes.
    """
    assert not passes(made, value, a=None, currency="THB")
    assert not passes(made, value)


@pytest.mark.parametrize(
    ("made", "value"),
    [
        (amount("a"), ""),
        (amount("a"), ".."),
        (amount("a"), "1,000"),
        (amount("a"), "1e3"),
        (amount("a"), "1..2..3"),
        (amount("a"), "nan"),
        (amount("a"), "9" * 100),
        (number("a"), "three"),
        (moment("a"), ""),
        (moment("a"), ".."),
        (moment("a"), "tomorrow"),
        (moment("a"), "2026-02-30"),
        (moment("a"), "2026-03/04"),
        (moment("a"), "04.03.2026"),
        (moment("a"), "2026-01-01..someday"),
        (boolean("a"), "2"),
        (boolean("a"), ""),
        (word("a", "open"), "closed"),
    ],
)
def test_bad_values_are_refused(made: Filter, value: str) -> None:
    """
    Before any object is looked at.
    """
    with pytest.raises(BadValue):
        made(value, TODAY)


def test_a_path_may_end_early() -> None:
    """
    Then there is nothing.
    """
    follow = getter("card.last_digits")

    assert follow({"card": {"last_digits": "4242"}}) == "4242"
    assert follow({"card": None}) is follow({"card": "card_test_1"}) is follow({}) is None
