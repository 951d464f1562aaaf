"""Records as rows."""

from omise.cli.flat import cell, columns, flat

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
