from __future__ import annotations

from ..conftest import Caller

FIELDS = {
    "object": str,
    "id": str,
    "livemode": bool,
    "currency": str,
    "amount": int,
    "location": str,
    "direction": str,
    "key": str,
    "origin": str,
    "transferable_at": str,
    "created_at": str,
}


def test_a_transaction_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    With their types, and never null.
    """
    line = api.ok("GET", f"/transactions/{api.charge()['transaction']}")

    assert {name: type(value) for name, value in line.items()} == FIELDS
    assert list(line) == list(FIELDS)
    assert (line["location"], line["currency"]) == (f"/transactions/{line['id']}", "THB")
    assert line["transferable_at"] == line["created_at"]


def test_transactions_cannot_be_written(api: Caller) -> None:
    """
    Nor found under a wrong id.
    """
    assert api.refused("POST", "/transactions")[:2] == (404, "service_not_found")
    assert api.refused("GET", "/transactions/trxn_test_1") == (
        404,
        "not_found",
        "transaction trxn_test_1 was not found",
    )
