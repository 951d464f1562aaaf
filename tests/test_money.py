"""`omise.money`: exact in every currency of the API, and as people write it."""

import copy
import pickle
import re
import traceback
from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omise import Money
from omise.money import DIGITS, SIGNS

from .canaries import SPELLINGS, leaks

EACH = [
    ("AUD", "1234.50", 123450, "A$1,234.50"),
    ("CAD", "1234.50", 123450, "CA$1,234.50"),
    ("CHF", "1234.50", 123450, "CHF 1,234.50"),
    ("CNY", "1234.50", 123450, "CN¥1,234.50"),
    ("DKK", "1234.50", 123450, "DKK 1,234.50"),
    ("EUR", "1234.50", 123450, "€1,234.50"),
    ("GBP", "1234.50", 123450, "£1,234.50"),
    ("HKD", "1234.50", 123450, "HK$1,234.50"),
    ("IDR", "1234.50", 123450, "Rp1,234.50"),
    ("JPY", "1235", 1235, "¥1,235"),
    ("MYR", "1234.50", 123450, "RM1,234.50"),
    ("SGD", "1234.50", 123450, "S$1,234.50"),
    ("THB", "1234.50", 123450, "฿1,234.50"),
    ("USD", "1234.50", 123450, "$1,234.50"),
]
"""Each currency of the API: an amount in the main unit, in the smallest, and as it is written."""


@pytest.mark.parametrize(("currency", "amount", "subunits", "written"), EACH)
def test_each_currency_is_exact(currency: str, amount: str, subunits: int, written: str) -> None:
    """From the main unit to the smallest and back, in any case of the code."""
    money = Money(amount, currency.lower())

    assert (money.subunits, money.currency, money.amount) == (subunits, currency, Decimal(amount))
    assert Money.from_subunits(subunits, currency) == money == Money(money) == Money(money, currency)
    assert (str(money), f"{money}") == (written, written)
    assert f"{money:c}" == f"{currency} {amount[0]},{amount[1:]}"
    assert eval(repr(money)) == money


def test_the_table_has_each_currency_of_the_api() -> None:
    """Those that the types of parameters name, each with a sign that no other has."""
    text = (Path(__file__).parent.parent / "omise" / "resources" / "parameters" / "common.py").read_text()
    named = re.findall(r'"(\w{3})"', text.partition("Currency = (")[2].partition(")")[0])

    assert {*DIGITS} == {currency for currency, *_ in EACH} == {name.upper() for name in named}
    assert len({*SIGNS.values()}) == len(SIGNS)


@pytest.mark.parametrize(
    ("amount", "subunits"),
    [
        ("100.50", 10050),
        ("100.5", 10050),
        (" 100 ", 10000),
        ("+0.07", 7),
        (".5", 50),
        ("5.", 500),
        ("-3.07", -307),
        ("100.5000", 10050),
        (100, 10000),
        (np.int64(100), 10000),
        (Decimal("100.50"), 10050),
        (Decimal("1E+3"), 100000),
        (Decimal("0E-40"), 0),
        (Decimal("-0"), 0),
        (Decimal("0E+40"), 0),
        ("123456789012345678901234567.89", 12345678901234567890123456789),
    ],
)
def test_what_an_amount_can_be(amount: Any, subunits: int) -> None:
    """Text, a whole number, a Decimal: whatever is exactly a number of the smallest unit."""
    assert Money(amount, "THB").subunits == subunits


@pytest.mark.parametrize(
    ("amount", "currency", "error", "said"),
    [
        (1.5, "THB", TypeError, "never a float"),
        (100.0, "THB", TypeError, "never a float"),
        (float("nan"), "THB", TypeError, "never a float"),
        (np.float64(1), "THB", TypeError, "never a float"),
        (Decimal("NaN"), "THB", ValueError, "an amount is a number, got NaN"),
        (Decimal("-Infinity"), "THB", ValueError, "an amount is a number, got -Infinity"),
        ("100.505", "THB", ValueError, "THB has at most 2 digits after the point, got '100.505'; round it first"),
        (Decimal("0.001"), "THB", ValueError, "at most 2 digits"),
        (Decimal("1E-99999"), "THB", ValueError, "at most 2 digits"),
        (Decimal("1." + "0" * 99 + "1"), "THB", ValueError, "at most 2 digits"),
        ("1.5", "JPY", ValueError, "JPY has no digits after the point, got '1.5'"),
        (Decimal("1E+99999"), "THB", ValueError, "at most 30 digits"),
        (10**30, "THB", ValueError, "at most 30 digits"),
        ("1,000.00", "THB", ValueError, "'1,000.00' is no amount; write it in the main unit"),
        ("1e5", "THB", ValueError, "is no amount"),
        ("฿5", "THB", ValueError, "is no amount"),
        ("", "THB", ValueError, "is no amount"),
        ("NaN", "THB", ValueError, "is no amount"),
        ("9" * 99, "THB", ValueError, "is no amount"),
        (True, "THB", TypeError, "got bool"),
        (None, "THB", TypeError, "got NoneType"),
        (Fraction(1), "THB", TypeError, "got Fraction"),
        (b"1", "THB", TypeError, "got bytes"),
        ("1", "THBB", ValueError, "'THBB' is no currency of the API; did you mean 'THB'?"),
        ("1", "XQW", ValueError, "there are AUD, CAD, "),
        ("1", None, TypeError, "an amount and its currency"),
        ("1", 764, TypeError, "a currency is text"),
        (Money("1", "THB"), "JPY", ValueError, "THB 1.00 is no amount of JPY: nothing is converted"),
    ],
)
def test_what_it_cannot_be(amount: Any, currency: Any, error: type[Exception], said: str) -> None:
    """What is not exact, or no number, or of no currency, is refused with a sentence that says what to give."""
    with pytest.raises(error, match=re.escape(said)):
        Money(amount, currency)


@pytest.mark.parametrize("subunits", [1.0, "1", None, True, Decimal(1)])
def test_subunits_are_whole_numbers(subunits: Any) -> None:
    """As the API has them."""
    with pytest.raises(TypeError):
        Money.from_subunits(subunits, "THB")


def test_no_secret_is_shown_by_a_refusal() -> None:
    """The number of a card in the wrong place is not repeated."""
    with pytest.raises(ValueError) as refused:
        Money("4242424242424242.001", "THB")

    assert "424242424242" not in str(refused.value)


@pytest.mark.parametrize("text", SPELLINGS.values())
def test_no_secret_is_shown_of_what_is_no_money(text: str) -> None:
    """Nor by the variables of frames; there the money that was not made can be shown too."""
    makers: list[Callable[[], Money]] = [
        lambda: Money(f" {text}?", "THB"),
        lambda: Money(1, text),
        lambda: Money.from_subunits(1, text),
        lambda: Money(f"{text}.001", "THB"),
    ]
    for make in makers:
        with pytest.raises(ValueError) as refused:
            make()
        assert leaks(refused.value) == []


def test_what_failed_to_be_made_can_be_shown() -> None:
    """Which trackers of errors do with the variables of frames."""
    with pytest.raises(ValueError, match="is no amount") as refused:
        Money("one", "THB")
    told = traceback.TracebackException.from_exception(refused.value, capture_locals=True)

    assert "self = <Money, not made>" in "".join(told.format())


@given(st.integers(-(10**29), 10**29), st.sampled_from([*DIGITS]))
def test_there_and_back(subunits: int, currency: str) -> None:
    """Whatever the amount, and however few digits Decimal is set to compute with."""
    money = Money.from_subunits(subunits, currency)
    with localcontext() as context:
        context.prec = 3
        assert Money(money.amount, currency) == money
        assert Money(f"{money:n}".replace(",", ""), currency) == money


def test_it_is_written_as_wide_as_is_asked() -> None:
    """Width and alignment as of text, before the style."""
    money = Money("-1234.5", "THB")

    assert [f"{money:>12}|", f"{money:>14c}|", f"{money:<12n}|", f"{money:*^13}"] == [
        "  -฿1,234.50|",
        " -THB 1,234.50|",
        "-1,234.50   |",
        "*-฿1,234.50**",
    ]
    with pytest.raises(ValueError):
        f"{money:.2f}"


def test_money_of_one_currency_adds_up() -> None:
    """Sums, differences, multiples and comparisons."""
    one, two = Money("1.10", "THB"), Money("2.20", "THB")

    assert one + two == sum([one, two]) == Money("3.30", "THB") == one * 3 == 3 * one
    assert two - one == one == abs(-one)
    assert one < two
    assert one <= two
    assert two > one
    assert two >= two
    assert sorted([two, one]) == [one, two]
    assert {one: 1}[Money("1.1", "thb")] == 1
    assert (bool(one), bool(one - one)) == (True, False)
    assert one != Money("1.10", "USD")
    assert one != 110


OTHERS: list[Any] = [Money("1", "JPY"), 1, "1", Decimal(1), None]


@pytest.mark.parametrize("other", OTHERS, ids=repr)
@pytest.mark.parametrize(
    "compute",
    [
        lambda one, other: one + other,
        lambda one, other: other + one,
        lambda one, other: one - other,
        lambda one, other: one < other,
        lambda one, other: one <= other,
        lambda one, other: one > other,
        lambda one, other: one >= other,
    ],
)
def test_nothing_else_is_computed_with(compute: Any, other: Any) -> None:
    """Money of another currency, and what is no money."""
    with pytest.raises(TypeError):
        compute(Money("1", "THB"), other)


@pytest.mark.parametrize("times", [1.5, Decimal(2), True, Money("1", "THB")])
def test_it_is_multiplied_by_whole_numbers(times: Any) -> None:
    """A share has to be rounded, and only the caller knows how."""
    with pytest.raises(TypeError, match="round"):
        Money("1", "THB") * times


def test_it_never_changes_and_can_be_copied() -> None:
    """Neither its parts nor anything else is set; a copy is equal, through pickle too."""
    money: Any = Money("1", "THB")
    for name in ("subunits", "currency", "amount", "other"):
        with pytest.raises(AttributeError):
            setattr(money, name, 1)
    with pytest.raises(AttributeError, match="never changes"):
        del money.subunits

    assert copy.copy(money) == copy.deepcopy(money) == pickle.loads(pickle.dumps(money)) == money
