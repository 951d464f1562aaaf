from __future__ import annotations

import pytest

from omise.sandbox.rules import ledger as transaction

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


def test_live_credits_are_transferable_later(api: Caller) -> None:
    """
    Debits at once.
    """
    live = "skey_live"
    charge = {"amount": 100000, "currency": "THB", "card": api.token(key="pkey_live")}
    charge = api.ok("POST", "/charges", charge, key=live)
    api.ok("POST", f"/charges/{charge['id']}/refunds", {"amount": 1000}, key=live)
    credit, debit = api.ok("GET", "/transactions", key=live)["data"]

    assert credit["transferable_at"] > credit["created_at"]
    assert debit["transferable_at"] == debit["created_at"]


@pytest.mark.parametrize(
    ("key", "direction"),
    [
        ("charge.captured.net", "credit"),
        ("dispute.started.debit", "debit"),
        ("dispute.won.credit", "credit"),
        ("receipt.vat_adjustment.credit", "credit"),
        ("refund.created.debit", "debit"),
        ("transfer.sent.debit", "debit"),
        ("transfer.failed.credit", "credit"),
    ],
)
def test_the_key_tells_the_direction(api: Caller, key: str, direction: str) -> None:
    """
    The amount is always positive.
    """
    with api.workspace() as workspace:
        transaction.book(workspace, key, workspace.account, 500)
    (line,) = api.ok("GET", "/transactions")["data"]

    assert (line["key"], line["direction"], line["amount"]) == (key, direction, 500)
    assert api.ok("GET", "/balance")["total"] == (500 if direction == "credit" else -500)


@pytest.mark.parametrize("amount", [0, -1])
def test_only_positive_amounts_can_be_booked(api: Caller, amount: int) -> None:
    """
    But an adjustment may be nothing.
    """
    with api.workspace() as workspace:
        with pytest.raises(ValueError, match="cannot be booked"):
            transaction.book(workspace, "refund.created.debit", workspace.account, amount)
        assert transaction.book(workspace, "receipt.vat_adjustment.credit", workspace.account, 0)["amount"] == 0


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
