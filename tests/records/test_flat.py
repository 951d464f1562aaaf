"""Records as rows."""

from datetime import date, datetime, timezone
from decimal import Decimal

from omise.records.flat import cell, columns, fitted, flat, kinds

CHARGE = {
    "id": "chrg_1",
    "paid": True,
    "card": {"brand": "Visa", "last_digits": "4242"},
    "metadata": {"order": 7781},
    "refunds": {"object": "list", "data": []},
    "tags": ["a"],
}


def test_nested_parts_are_columns() -> None:
    """Lists, and metadata, whose names are the user's own, are one column of JSON."""
    assert dict(flat(CHARGE)) == {
        "id": "chrg_1",
        "paid": True,
        "card.brand": "Visa",
        "card.last_digits": "4242",
        "metadata": '{"order": 7781}',
        "refunds": '{"object": "list", "data": []}',
        "tags": '["a"]',
    }


def test_a_part_that_is_missing_has_no_column_of_its_own() -> None:
    """A charge without a card is a row with empty columns; what is empty in all rows stays."""
    rows = [dict(flat({"card": None, "ip": None})), dict(flat({"card": {"brand": "Visa"}, "ip": None}))]

    assert columns(rows) == ["ip", "card.brand"]


def test_booleans_are_written_as_json_writes_them() -> None:
    """And nothing else is changed."""
    assert [cell(value) for value in (True, False, None, 1, "x")] == ["true", "false", None, 1, "x"]


def test_amounts_are_there_in_main_units_too() -> None:
    """Beside the integers, in the currency of each; null where they are, and none where the currency is not known."""
    data = {
        "object": "charge",
        "amount": 1500,
        "currency": "JPY",
        "fee": 105,
        "interest": None,
        "funding_currency": "THB",
        "platform_fee": {"fixed": 20},
        "source": {"object": "source", "amount": 7, "currency": "PHP"},
    }

    assert {name: value for name, value in flat(data, main=True) if name.endswith("_main")} == {
        "amount_main": Decimal("1500"),
        "fee_main": Decimal("1.05"),
        "interest_main": None,
        "platform_fee.fixed_main": Decimal("20"),
        "source.amount_main": None,
    }


def test_columns_have_types() -> None:
    """Those of their values; text where they differ, or would not fit, and none where there is no value."""
    rows = [
        {"a": 1, "b": 1, "c": True, "created_at": "2026-01-31T00:00:00Z", "issued_on": "2026-01-31", "n": None},
        {"a": None, "b": 1.5, "c": "x", "card.created_at": "2026-01-31T00:00:00Z", "e": 2**63},
    ]
    found = kinds(rows)

    assert found == {
        "a": int,
        "b": float,
        "c": str,
        "created_at": datetime,
        "issued_on": date,
        "n": None,
        "card.created_at": datetime,
        "e": str,
    }
    assert kinds([{"created_at": "2026-01-31T00:00:00Z"}, {"created_at": "soon"}]) == {"created_at": str}


def test_values_are_made_to_fit() -> None:
    """A moment in its zone, a day, a number as text where others are text."""
    assert fitted("created_at", "2026-01-31T09:30:00Z", datetime) == datetime(2026, 1, 31, 9, 30, tzinfo=timezone.utc)
    assert fitted("issued_on", "2026-01-31", date) == date(2026, 1, 31)
    assert [fitted("c", value, str) for value in (True, "x", 2**63, None)] == ["true", "x", "9223372036854775808", None]
    assert fitted("b", 1, float) == 1.0
