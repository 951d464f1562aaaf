"""Python values on their way out."""

import enum
import io
import json
from collections import OrderedDict, UserString
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any
from unittest.mock import MagicMock
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import omise
from omise.sandbox import Sandbox
from omise.wire.encoding import encode, flatten, json_name


class Color(enum.Enum):
    RED = "red"


class Size(str, enum.Enum):
    BIG = "big"


class Level(enum.IntEnum):
    HIGH = 3


class Text(str):
    pass


class Count(int):
    pass


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (None, None),
        (True, True),
        (100_00, 10000),
        (2.5, 2.5),
        ("ร้านกาแฟ", "ร้านกาแฟ"),
        (Text("kind of text"), "kind of text"),
        (Count(3), 3),
        (Color.RED, "red"),
        (Size.BIG, "big"),
        (Level.HIGH, 3),
        (date(2026, 1, 31), "2026-01-31"),
        (datetime(2026, 1, 31, 9, 30), "2026-01-31T09:30:00Z"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        ((1, [2, range(3, 5)]), [1, [2, [3, 4]]]),
        (OrderedDict(b=1, a=2), {"b": 1, "a": 2}),
        (MappingProxyType({"a": {Size.BIG: 1}}), {"a": {"big": 1}}),
        (omise.Customer.from_data({"object": "customer", "id": "cust_1"}), "cust_1"),
    ],
)
def test_values_become_json(value: Any, sent: Any) -> None:
    """Everything that has an obvious JSON form is sent in it, as values of JSON's own types."""
    encoded = encode({"value": value})["value"]

    assert encoded == sent
    assert type(encoded) is type(sent)
    assert json.loads(json.dumps(encoded)) == sent


@pytest.mark.parametrize(
    "value", [{1, 2}, b"bytes", bytearray(), Decimal("1.5"), io.BytesIO(), Path("."), object(), iter([1]), int, 1j]
)
@pytest.mark.parametrize("place", ["metadata.tags", "metadata.list[1].tags", "tags"])
def test_what_has_no_json_form_is_a_type_error_that_names_the_place(value: Any, place: str) -> None:
    """The error names the path and the type, and not the value."""
    params = {
        "metadata.tags": {"metadata": {"tags": value}},
        "metadata.list[1].tags": {"metadata": {"list": [0, {"tags": value}]}},
        "tags": {"tags": value},
    }[place]

    with pytest.raises(TypeError) as refused:
        encode(params)

    assert str(refused.value).startswith(f"{place} cannot be sent: {type(value).__name__} has no JSON form")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_a_value_error(value: float) -> None:
    """JSON has no NaN and no infinity."""
    with pytest.raises(ValueError, match=r"metadata\.rate is not a finite number"):
        encode({"metadata": {"rate": value}})


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({1: "a"}, "names of parameters are text, got int"),
        ({"metadata": {None: "a"}}, "names of parameters are text, got NoneType in metadata"),
        ({"metadata": {"a": {b"b": 1}}}, "names of parameters are text, got bytes in metadata.a"),
    ],
)
def test_names_are_text(params: Any, message: str) -> None:
    """A name that is no text is refused, not turned into one as json does."""
    with pytest.raises(TypeError) as refused:
        encode(params)

    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("params", "place"),
    [
        ({"description": "4242\ud800"}, "description"),
        ({"metadata": {"\udfff4242": 1}}, "a name in metadata"),
        ({"\ud800": 1}, "a name"),
    ],
)
def test_half_a_character_is_a_clear_error(params: Any, place: str) -> None:
    """A lone surrogate is refused by name of its parameter; the text, which may be a secret, is not shown or kept."""
    with pytest.raises(ValueError, match=f"^{place} cannot be sent") as refused:
        encode(params)

    assert not isinstance(refused.value, UnicodeError)
    assert refused.value.__cause__ is None
    assert "4242" not in str(refused.value)


def test_what_contains_itself_is_a_value_error() -> None:
    """A dict or list inside itself has no end, and is refused as that."""
    loop: dict[str, Any] = {}
    loop["again"] = loop
    endless: list[Any] = []
    endless.append(endless)

    with pytest.raises(ValueError, match=r"^metadata contains itself, or more than 64 levels$"):
        encode({"metadata": loop})
    with pytest.raises(ValueError, match=r"^tags contains itself, or more than 64 levels$"):
        encode({"tags": endless})


def test_nothing_is_shared_with_the_caller() -> None:
    """What was encoded does not change when the caller goes on editing, nor the other way round."""
    params: dict[str, Any] = {"metadata": {"tags": ["a"], "deep": {"er": []}}}
    encoded = encode(params)

    params["metadata"]["tags"].append("b")
    encoded["metadata"]["deep"]["er"].append("c")

    assert encoded == {"metadata": {"tags": ["a"], "deep": {"er": ["c"]}}}
    assert params == {"metadata": {"tags": ["a", "b"], "deep": {"er": []}}}


def test_python_keywords_are_spelt_with_an_underscore() -> None:
    """``from_`` is ``from`` at the top, where keyword arguments come from; metadata stays as it is."""
    assert encode({"from_": 1, "metadata": {"from_": 2}}) == {"from": 1, "metadata": {"from_": 2}}
    assert [json_name(name) for name in ("from_", "class_", "to_", "from", "_")] == [
        "from",
        "class",
        "to_",
        "from",
        "_",
    ]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@given(json_values)
def test_json_stays_as_it_is(value: Any) -> None:
    """What is JSON already is sent unchanged."""
    assert encode({"value": {"inner": value}})["value"]["inner"] == value


@pytest.mark.parametrize(
    ("params", "pairs"),
    [
        ({"limit": 5, "order": "chronological"}, [("limit", "5"), ("order", "chronological")]),
        ({"expand": True, "all": False}, [("expand", "true"), ("all", "false")]),
        (
            {"filters": {"amount": 1, "card": {"brand": "Visa"}}},
            [("filters[amount]", "1"), ("filters[card][brand]", "Visa")],
        ),
        ({"ids": ["a", "b"]}, [("ids[]", "a"), ("ids[]", "b")]),
        ({"on": {"weekdays": ["monday"]}}, [("on[weekdays][]", "monday")]),
        ({"list": [{"a": 1}]}, [("list[][a]", "1")]),
        ({"query": None, "empty": [], "none": {}}, []),
        ({"rate": 0.5, "blank": ""}, [("rate", "0.5"), ("blank", "")]),
    ],
)
def test_a_query_string_nests_in_brackets(params: Any, pairs: list[tuple[str, str]]) -> None:
    """Nested values are spelt in brackets, booleans in words, and None is left out."""
    assert list(flatten(params)) == pairs


class Index:
    """A whole number of somebody else's."""

    def __index__(self) -> int:
        return 7


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (np.int64(1000_00), 1000_00),
        (np.uint8(255), 255),
        (np.array(3), 3),
        (np.bool_(True), True),
        (np.array(False), False),
        (np.float64(0.5), 0.5),
        (np.float32(0.5), 0.5),
        (np.str_("text"), "text"),
        (Index(), 7),
        (UserString("text"), "text"),
    ],
)
def test_what_is_a_number_a_boolean_or_a_text_without_loss_is_sent_as_that(value: Any, sent: Any) -> None:
    """Of whichever class it is; what comes out is of JSON's own types."""
    encoded = encode({"metadata": {"value": value}})["metadata"]["value"]

    assert (type(encoded), encoded) == (type(sent), sent)


@pytest.mark.parametrize(
    "value",
    [np.array([1]), np.array([1, 2]), np.datetime64("2026-01-31"), np.complex64(1), np.longdouble("0.1"), MagicMock()],
)
def test_what_only_looks_like_one_is_refused(value: Any) -> None:
    """Arrays, moments of unknown unit, numbers that JSON has not, and stand-ins of a test."""
    with pytest.raises(TypeError, match=r"^metadata\.value cannot be sent"):
        encode({"metadata": {"value": value}})


AMOUNTS: list[Any] = [Decimal("1000"), 1000.0, 10.5, Fraction(1000), np.float64(1000), np.float32(1000)]


@pytest.mark.parametrize("amount", AMOUNTS, ids=lambda amount: type(amount).__name__)
@pytest.mark.parametrize(
    "call",
    [
        lambda charge, customer, amount: omise.Charge.create(amount=amount, currency="thb"),
        lambda charge, customer, amount: omise.Charge.create({"amount": 1, "platform_fee": {"fixed": amount}}),
        lambda charge, customer, amount: omise.Charge.create({"amount": 1, "source": {"type": "x", "amount": amount}}),
        lambda charge, customer, amount: omise.Charge(amount=amount, currency="thb").save(),
        lambda charge, customer, amount: charge.capture(capture_amount=amount),
        lambda charge, customer, amount: charge.refund(amount=amount),
        lambda charge, customer, amount: charge.refunds.create(amount=amount),
        lambda charge, customer, amount: customer.charge(amount=amount, currency="thb"),
        lambda charge, customer, amount: omise.Source.create(type="promptpay", amount=amount, currency="thb"),
        lambda charge, customer, amount: omise.Source.create(amount=1, items=[{"name": "cup", "amount": amount}]),
        lambda charge, customer, amount: omise.Link.create(amount=amount, currency="thb", title="Cup"),
        lambda charge, customer, amount: omise.Transfer.create(amount=amount),
        lambda charge, customer, amount: omise.Transfer.from_data({"id": "trsf_1"}).update(amount=amount),
        lambda charge, customer, amount: omise.Charge.schedule(customer=customer, amount=amount),
        lambda charge, customer, amount: omise.Transfer.schedule(amount=amount),
        lambda charge, customer, amount: omise.Schedule.create(every=1, charge={"amount": amount}),
        lambda charge, customer, amount: omise.request("POST", "/charges", amount=amount),
    ],
)
def test_amounts_are_integers_in_the_smallest_unit(omise_sandbox: Sandbox, call: Any, amount: Any) -> None:
    """A float or a Decimal is not guessed at, wherever an amount is given: the error says what to give instead."""
    charge = omise.Charge.from_data({"object": "charge", "id": "chrg_1"})
    customer = omise.Customer.from_data({"object": "customer", "id": "cust_1"})
    with pytest.raises(TypeError, match=r"(amount|fixed) is a \w+: amounts are integers in .* smallest unit.*int\(…\)"):
        call(charge, customer, amount)

    assert omise_sandbox.requests == []


def test_what_is_called_an_amount_in_metadata_and_filters_is_none() -> None:
    """Metadata is the caller's, filters are in main units, and a percentage may be broken."""
    params = {"metadata": {"amount": 10.5}, "filters": {"amount": 10.5}, "percentage_of_balance": 12.5}

    assert encode(params) == params
