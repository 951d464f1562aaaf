from __future__ import annotations

from typing import Any

import pytest

from ..conftest import PUBLIC_KEY, Caller
from .charges import ACCEPTED, state


def test_a_token_is_charged_at_once(api: Caller) -> None:
    """
    The money is taken, the card is shown without a location, no customer is made, and the token is spent.
    """
    token = api.ok("GET", f"/tokens/{api.token()}", key=PUBLIC_KEY)
    charge = api.charge(250000, "thb", card=token["id"], description="Order 1", metadata={"order": 1})
    spent = api.ok("GET", f"/tokens/{token['id']}", key=PUBLIC_KEY)

    assert state(charge) == ("successful", ACCEPTED)
    assert (charge["amount"], charge["currency"], charge["capture"]) == (250000, "THB", True)
    assert (charge["net"], charge["fee"], charge["fee_vat"]) == (240236, 9125, 639)
    assert (charge["description"], charge["metadata"]) == ("Order 1", {"order": 1})
    assert charge["card"] == token["card"]
    assert (charge["customer"], charge["source"], charge["authorize_uri"]) == (None, None, None)
    assert charge["created_at"] == charge["authorized_at"] == charge["paid_at"]
    assert spent == token | {"used": True, "card": None, "charge_status": "successful"}
    assert api.events() == ["charge.create"]
    assert api.ok("GET", f"/charges/{charge['id']}") == charge | {"refunds": _now(api, charge)}
    assert api.ok("GET", "/charges")["total"] == 1


def _now(api: Caller, charge: dict[str, Any]) -> Any:
    """The list of refunds, whose end is the time of the answer."""
    return api.ok("GET", f"/charges/{charge['id']}")["refunds"]


@pytest.mark.parametrize(
    ("amount", "fee", "vat", "net"), [(100000, 3650, 256, 96094), (50000, 1825, 128, 48047), (2000, 73, 5, 1922)]
)
def test_fees_are_taken_from_the_amount(api: Caller, amount: int, fee: int, vat: int, net: int) -> None:
    """
    And what is left goes into the ledger, on behalf of the charge.
    """
    charge = api.charge(amount)
    line = api.ok("GET", f"/transactions/{charge['transaction']}")

    assert (charge["fee"], charge["fee_vat"], charge["net"]) == (fee, vat, net)
    assert (line["key"], line["direction"], line["amount"]) == ("charge.captured.net", "credit", net)
    assert (line["origin"], line["created_at"]) == (charge["id"], charge["paid_at"])
    assert api.ok("GET", "/balance")["total"] == net


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"amount": 1999}, "amount must be greater than or equal to 2000 (thb subunits)"),
        ({"amount": -100000}, "amount must be greater than or equal to 2000 (thb subunits)"),
        ({"amount": 500_000_000_001}, "amount must be less than or equal to 500000000000 (thb subunits)"),
        ({"currency": "XXX"}, "currency is currently not supported"),
        ({"currency": None}, "currency is currently not supported"),
        ({"amount": "many"}, "amount is not a number"),
        ({"amount": 1000.5}, "amount must be an integer"),
        ({"amount": "1000.00"}, "amount must be an integer"),
        ({"amount": True}, "amount is not a number"),
        ({"amount": "x", "currency": "x"}, "currency is currently not supported and amount is not a number"),
        (
            {"amount": "x", "currency": "x", "metadata": []},
            "currency is currently not supported, amount is not a number, and metadata must be an object",
        ),
        ({"metadata": "x"}, "metadata must be an object"),
        ({"capture": "maybe"}, "capture must be true or false"),
        ({"authorization_type": "post_auth"}, "authorization_type is not included in the list"),
        ({"authentication": "PIN"}, "authentication is not included in the list"),
        ({"return_uri": "javascript://%0Aalert(1)"}, "return_uri is not a valid URI"),
        ({"return_uri": "/back"}, "return_uri is not a valid URI"),
        ({"expires_at": "soon"}, "expires_at is not a valid time"),
        ({"expires_at": "2020-01-01"}, "expires_at must be in the future"),
        ({"platform_fee": 5}, "platform_fee must be an object"),
        ({"platform_fee": {"percentage": 101}}, "platform_fee is not a percentage"),
        ({"transaction_indicator": "XIT"}, "transaction_indicator is not included in the list"),
        ({"recurring_reason": "whim"}, "recurring_reason is not included in the list"),
        ({"webhook_endpoints": ["http://shop.example.com"]}, "webhook_endpoints must be an https URI"),
        ({"webhook_endpoints": ["https://a.example"] * 3}, "webhook_endpoints must be a list of at most 2"),
        ({"authentication": "3DS"}, "return uri is required"),
    ],
)
def test_what_is_wrong_with_a_charge_is_told(api: Caller, params: Any, message: str) -> None:
    """
    In the API's words where they are known; the token stays unused, and nothing else changes.
    """
    token = api.token()
    api.ok("GET", "/account")
    before = api.snapshot()
    charge = {"amount": 100000, "currency": "THB", "card": token} | params

    assert api.refused("POST", "/charges", charge) == (400, "invalid_charge", message)
    assert api.snapshot() == before
    assert api.ok("GET", f"/tokens/{token}", key=PUBLIC_KEY)["used"] is False


def test_the_limits_are_allowed(api: Caller) -> None:
    """
    Both of them.
    """
    assert api.charge(2000)["paid"]
    assert api.charge(500_000_000_000)["paid"]


def test_options_are_taken_and_shown(api: Caller) -> None:
    """
    As far as the object has a place for them; empty ones count as left out.
    """
    charge = api.charge(
        capture="",
        authorization_type="final_auth",
        ip="203.0.113.7",
        platform_fee={"fixed": 100, "percentage": "1.5"},
        zero_interest_installments="true",
        transaction_indicator="MIT",
        recurring_reason="subscription",
        first_charge=api.charge()["id"],
        webhook_endpoints=["https://shop.example.com/hook"],
        statement_descriptor="SHOP",
    )

    (listed,) = [one for one in api.ok("GET", "/charges")["data"] if one["id"] == charge["id"]]

    assert (charge["capture"], listed["authorization_type"], charge["ip"]) == (True, "final_auth", "203.0.113.7")
    assert charge["platform_fee"] == {"fixed": 100, "amount": 0, "percentage": "1.5"}
    assert api.charge(platform_fee={"fixed": 0})["platform_fee"] == {"fixed": 0, "amount": 0, "percentage": "0.0"}
    assert (charge["zero_interest_installments"], charge["statement_descriptor"]) == (True, "SHOP")
    assert api.refused(
        "POST", "/charges", {"amount": 100000, "currency": "THB", "card": api.token()} | {"first_charge": "chrg_test_1"}
    ) == (404, "not_found", "charge chrg_test_1 was not found")


@pytest.mark.parametrize(("currency", "amount"), [("USD", 10000), ("JPY", 5000), ("IDR", 50000000)])
def test_a_card_can_be_charged_in_another_currency(api: Caller, currency: str, amount: int) -> None:
    """
    The account gets its own, at the rate of the exchange; fees and ledger are in that.
    """
    charge = api.charge(amount, currency)
    rate = api.ok("GET", f"/forex/{currency}")["rate"]
    main = amount if currency == "JPY" else amount / 100

    assert (charge["amount"], charge["currency"], charge["funding_currency"]) == (amount, currency, "THB")
    assert charge["funding_amount"] == pytest.approx(main * rate * 100, abs=1)
    assert charge["net"] == charge["funding_amount"] - charge["fee"] - charge["fee_vat"]
    assert charge["fee"] == pytest.approx(charge["funding_amount"] * 0.0365, abs=1)
    assert api.ok("GET", "/balance")["total"] == charge["net"]


def test_limits_hold_for_the_converted_amount(api: Caller) -> None:
    """
    60 cents are less than 20 baht.
    """
    charge = {"amount": 60, "currency": "USD", "card": api.token()}

    assert api.refused("POST", "/charges", charge) == (
        400,
        "invalid_charge",
        "amount must be greater than or equal to 2000 (thb subunits)",
    )
