from __future__ import annotations

import pytest

from omise.sandbox.rules import ledger

from ..conftest import Caller


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
        ledger.book(workspace, key, workspace.account, 500)
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
            ledger.book(workspace, "refund.created.debit", workspace.account, amount)
        assert ledger.book(workspace, "receipt.vat_adjustment.credit", workspace.account, 0)["amount"] == 0
