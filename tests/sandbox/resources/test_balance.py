from __future__ import annotations

from typing import Any

from ..conftest import Caller

FIELDS = {
    "object": str,
    "livemode": bool,
    "location": str,
    "currency": str,
    "total": int,
    "transferable": int,
    "reserve": int,
    "on_hold": int,
    "created_at": str,
}


def ledger(api: Caller) -> int:
    """What the transactions add up to."""
    lines = api.ok("GET", "/transactions", query_string={"limit": "100"})["data"]
    return sum(line["amount"] if line["direction"] == "credit" else -line["amount"] for line in lines)


def test_a_balance_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    With their types; it is as old as the account.
    """
    balance = api.ok("GET", "/balance")

    assert list(balance) == list(FIELDS)
    assert {name: type(value) for name, value in balance.items()} == FIELDS
    assert balance["created_at"] == api.ok("GET", "/account")["created_at"]
    assert (balance["total"], balance["transferable"], balance["reserve"], balance["on_hold"]) == (0, 0, 0, 0)


def test_the_balance_is_the_sum_of_the_ledger(api: Caller) -> None:
    """
    To the satang, whatever happened; in test mode all of it can be transferred.
    """
    charges = [api.charge(amount) for amount in (2000, 123457, 99999)] + [api.charge(12345, "USD")]
    expected = sum(charge["net"] for charge in charges)
    assert api.ok("GET", "/balance")["total"] == ledger(api) == expected

    for charge, amount in zip(charges, (2000, 23457, 1, 1000), strict=True):
        expected -= api.ok("POST", f"/charges/{charge['id']}/refunds", {"amount": amount})["funding_amount"]
    dispute = api.ok("POST", f"/charges/{charges[1]['id']}/disputes")
    expected -= dispute["funding_amount"]
    assert api.ok("GET", "/balance")["total"] == ledger(api) == expected

    api.ok("PATCH", f"/disputes/{dispute['id']}/close", {"status": "won"})
    expected += dispute["funding_amount"]
    transfer = api.ok("POST", "/transfers", {"amount": 50000})
    api.ok("POST", f"/transfers/{transfer['id']}/mark_as_sent")
    balance = api.ok("GET", "/balance")
    assert balance["total"] == balance["transferable"] == ledger(api) == expected - 50000


def test_accounts_and_modes_have_balances_of_their_own(api: Caller) -> None:
    """
    A charge counts in one of them.
    """
    charge = api.charge()

    def total(key: str) -> Any:
        return api.ok("GET", "/balance", key=key)["total"]

    assert (total("skey_test_sandbox"), total("skey_test_other"), total("skey_sandbox")) == (charge["net"], 0, 0)


def test_live_money_can_be_transferred_after_a_week(api: Caller) -> None:
    """
    It counts at once.
    """
    live = {"key": "skey_live"}

    def charge() -> Any:
        token = api.token(key="pkey_live")
        return api.ok("POST", "/charges", {"amount": 100000, "currency": "THB", "card": token}, **live)

    def amounts() -> tuple[int, int]:
        balance = api.ok("GET", "/balance", **live)
        return balance["total"], balance["transferable"]

    net = charge()["net"]
    assert amounts() == (net, 0)
    api.application.clock.advance(days=6)
    charge()
    assert amounts() == (2 * net, 0)
    api.application.clock.advance(days=1)
    assert amounts() == (2 * net, net)
    api.application.clock.advance(days=6)
    assert amounts() == (2 * net, 2 * net)
