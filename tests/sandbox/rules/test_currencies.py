from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omise.sandbox.rules.currencies import CURRENCIES, convert, currency, in_digits, in_subunits, in_words, rate, share
from omise.sandbox.rules.validation import Invalid


def test_the_currencies_are_those_that_cards_can_be_charged_in() -> None:
    """
    All fourteen.
    """
    assert sorted(CURRENCIES) == [
        "AUD",
        "CAD",
        "CHF",
        "CNY",
        "DKK",
        "EUR",
        "GBP",
        "HKD",
        "IDR",
        "JPY",
        "MYR",
        "SGD",
        "THB",
        "USD",
    ]


@pytest.mark.parametrize("value", ["thb", "THB", "Thb"])
def test_a_currency_is_kept_in_upper_case(value: str) -> None:
    """
    However it is written.
    """
    assert currency(value) == "THB"


@pytest.mark.parametrize("value", ["", "XXX", "baht", None, 1, ["THB"]])
def test_other_currencies_are_not_supported(value: Any) -> None:
    """
    Nor what is no currency at all.
    """
    with pytest.raises(Invalid, match="is currently not supported"):
        currency(value)


@pytest.mark.parametrize(
    ("amount", "code", "words"),
    [
        (100000, "THB", "1,000.00 THB"),
        (5, "USD", "0.05 USD"),
        (1000, "JPY", "1,000 JPY"),
        (123456789, "SGD", "1,234,567.89 SGD"),
        (2**63 - 1, "THB", "92,233,720,368,547,758.07 THB"),
        (0, "JPY", "0 JPY"),
        (-3906, "THB", "\N{MINUS SIGN}39.06 THB"),
    ],
)
def test_amounts_in_words(amount: int, code: str, words: str) -> None:
    """
    In main units; a yen has no smaller one.
    """
    assert in_words(amount, code) == words


@pytest.mark.parametrize(
    ("amount", "code", "text"),
    [(129_900, "THB", "1299.00"), (5, "USD", "0.05"), (1000, "JPY", "1000"), (0, "THB", "0.00")],
)
def test_an_amount_is_typed_in_as_it_reads(amount: int, code: str, text: str) -> None:
    """
    In main units, and back.
    """
    assert in_digits(amount, code) == text
    assert in_subunits(text, code) == amount


@pytest.mark.parametrize(("amount", "code"), [(129_900, "THB"), (123_456_789, "USD"), (1_000_000, "JPY"), (5, "THB")])
def test_an_amount_is_taken_as_pages_show_it(amount: int, code: str) -> None:
    """
    With commas, as somebody copies it.
    """
    assert in_subunits(in_words(amount, code).removesuffix(f" {code}"), code) == amount


@pytest.mark.parametrize(("text", "code", "amount"), [("25", "THB", 2500), ("25.5", "THB", 2550)])
def test_digits_behind_the_point_can_be_left_out(text: str, code: str, amount: int) -> None:
    """
    Those that are noughts.
    """
    assert in_subunits(text, code) == amount


@pytest.mark.parametrize(
    ("text", "code", "example"),
    [
        (text, "THB", "19.99")
        for text in (
            "",
            "x",
            "1.005",
            "1,00",
            "1000,000",
            ",100",
            "1,000.",
            "-1",
            "1e3",
            ".5",
            "1.",
            "٣",
            "9" * 30,
            "nan",
        )
    ]
    + [("1.0", "JPY", "1999")],
)
def test_what_is_no_amount_is_refused(text: str, code: str, example: str) -> None:
    """
    With one that would be.
    """
    with pytest.raises(Invalid, match=f"must be an amount in {code}, such as {example}"):
        in_subunits(text, code)


def test_a_currency_is_worth_itself() -> None:
    """
    Nothing is lost where nothing is exchanged.
    """
    assert (convert(12345, "THB", "THB"), rate("JPY", "JPY")) == (12345, 1.0)


def test_amounts_are_converted_by_their_rate() -> None:
    """
    Between their smallest units, rounded half up.
    """
    assert convert(100, "USD", "THB") == round(rate("USD", "THB") * 100)
    assert convert(100, "JPY", "THB") == round(rate("JPY", "THB") * 100 * 100)
    assert convert(10000, "USD", "JPY") == round(rate("USD", "JPY") * 100)


def test_the_exchange_keeps_a_margin() -> None:
    """
    There and back again is less.
    """
    assert convert(convert(100000, "THB", "USD"), "USD", "THB") < 100000


@pytest.mark.parametrize(("part", "expected"), [(0, 0), (1, 33), (2, 67), (3, 100)])
def test_a_share_is_rounded_half_up(part: int, expected: int) -> None:
    """
    Of a hundred, in thirds.
    """
    assert share(100, part, of=3) == expected
    assert (share(1, 1, of=2), share(3, 1, of=2)) == (1, 2)


@given(whole=st.integers(0, 10**15), cuts=st.lists(st.integers(0, 10**12), max_size=20), of=st.integers(1, 10**12))
def test_shares_of_a_growing_part_add_up(whole: int, cuts: list[int], of: int) -> None:
    """
    The last one is the whole, and none is negative, so that parts can be told by their differences.
    """
    edges = sorted(min(cut, of) for cut in cuts)
    shares = [share(whole, edge, of=of) for edge in [0, *edges, of]]

    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, whole)
