from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from ..conftest import Caller

RETURN_URI = "https://shop.example.com/orders/1?a=1&b=2"


def pending(api: Caller, **params: Any) -> Any:
    """A charge that waits for its payer."""
    return api.charge(authentication="3DS", return_uri=RETURN_URI, **params)


def page_of(charge: dict[str, Any]) -> str:
    """The path of a charge's payment page."""
    return str(charge["authorize_uri"]).removeprefix("http://localhost")


def visit(api: Caller, charge: dict[str, Any], action: str | None = None) -> TestResponse:
    """The payment page, looked at without a key, or with one of its buttons pressed."""
    path = page_of(charge)
    return api.client.get(path) if action is None else api.client.post(path, data={"action": action})


def test_the_page_has_two_buttons(api: Caller) -> None:
    """
    It says what is to be paid, and runs nothing that a merchant or a payer wrote.
    """
    page = visit(api, pending(api, description="<script>alert(1)</script>"))

    assert page.status_code == 200
    assert page.content_type == "text/html; charset=utf-8"
    assert page.text.count("<button") == 2
    assert "1,000.00 THB" in page.text
    assert "<script>" not in page.text
    assert "&lt;script&gt;" in page.text


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"authentication": "3DS"}, "Visa ending in 4242"),
        ({"source": {"type": "internet_banking_bay"}}, "Internet banking BAY"),
        ({"source": {"type": "promptpay"}}, "PromptPay"),
    ],
)
def test_the_page_says_to_whom_and_with_what(api: Caller, params: dict[str, Any], words: str) -> None:
    """
    The account is named, and the card or the method.
    """
    account = api.ok("GET", "/account")
    text = visit(api, api.charge(return_uri=RETURN_URI, description="Two cups", **params)).text

    for fact in ("1,000.00 THB", account["email"], account["id"], words, "Two cups"):
        assert fact in text


@pytest.mark.parametrize(("action", "status"), [("pay", "successful"), ("fail", "failed")])
def test_a_button_sends_the_payer_back(api: Caller, action: str, status: str) -> None:
    """
    To the address as the merchant gave it; no result is in it.
    """
    charge = pending(api)
    answer = visit(api, charge, action)

    assert (answer.status_code, answer.headers["Location"]) == (303, RETURN_URI)
    assert api.ok("GET", f"/charges/{charge['id']}")["status"] == status


@pytest.mark.parametrize(("action", "state"), [("pay", "This payment was made"), ("fail", "This payment failed")])
def test_a_page_works_once(api: Caller, action: str, state: str) -> None:
    """
    Afterwards it shows what became of the payment, and the way back; nothing more happens.
    """
    charge = pending(api)
    visit(api, charge, action)
    before = api.ok("GET", f"/charges/{charge['id']}") | {"refunds": None}
    again, looked_at = visit(api, charge, "pay"), visit(api, charge)

    for page in (again, looked_at):
        assert page.status_code == 200
        assert state in page.text
        assert "<button" not in page.text
        assert 'href="https://shop.example.com/orders/1?a=1&amp;b=2"' in page.text
    assert api.ok("GET", f"/charges/{charge['id']}") | {"refunds": None} == before
    assert api.events() == ["charge.create", "charge.complete"]


def test_the_page_of_an_expired_charge_is_closed(api: Caller) -> None:
    """
    It can no longer be paid.
    """
    charge = pending(api)
    api.application.clock.advance(days=7)

    assert "This payment expired" in visit(api, charge).text
    assert "This payment expired" in visit(api, charge, "pay").text
    assert api.ok("GET", f"/charges/{charge['id']}")["status"] == "expired"


@pytest.mark.parametrize("action", ["", "steal"])
def test_other_actions_are_refused(api: Caller, action: str) -> None:
    """
    The charge goes on waiting.
    """
    charge = pending(api)

    assert visit(api, charge, action).status_code == 400
    assert api.client.post(page_of(charge), json={"action": ["pay"]}).status_code == 400
    assert api.ok("GET", f"/charges/{charge['id']}")["status"] == "pending"


def test_unknown_pages_are_not_found(api: Caller) -> None:
    """
    An object of another kind has no such page, either.
    """
    for payment in ("paym_test_1", api.charge()["id"]):  # the second is an id, but not of a payment
        assert api.client.get(f"/payments/{payment}/authorize").status_code == 404


@pytest.mark.parametrize(
    ("host", "card", "source"),
    [
        ("api.omise.co", "https://api.omise.co/payments/paym_test_", "https://pay.omise.co/payments/pay2_test_"),
        ("localhost:4010", "http://localhost:4010/payments/paym_test_", "http://localhost:4010/payments/pay2_test_"),
        ("[::1]:4010", "http://[::1]:4010/payments/paym_test_", "http://[::1]:4010/payments/pay2_test_"),
        ("evil.example/x?", "https://api.omise.co/payments/paym_test_", "https://pay.omise.co/payments/pay2_test_"),
    ],
)
def test_pages_are_where_the_sandbox_is(api: Caller, host: str, card: str, source: str) -> None:
    """
    Under the API's own names where it stands in for those.
    """
    token = api.token()
    common = {"amount": 100000, "currency": "THB", "return_uri": RETURN_URI}
    headers = {"Host": host}
    secure = api.ok("POST", "/charges", common | {"card": token, "authentication": "3DS"}, headers=headers)
    wallet = api.ok("POST", "/charges", common | {"source": {"type": "alipay"}}, headers=headers)

    assert secure["authorize_uri"].startswith(card)
    assert wallet["authorize_uri"].startswith(source)


def test_live_pages_work_as_well(api: Caller) -> None:
    """
    They are the only way to pay there.
    """
    source = {"amount": 100000, "currency": "THB", "source": {"type": "alipay"}, "return_uri": RETURN_URI}
    charge = api.ok("POST", "/charges", source, key="skey_live")

    assert "/payments/pay2_" in charge["authorize_uri"]
    assert "_test_" not in charge["authorize_uri"]
    assert visit(api, charge, "pay").status_code == 303
    assert api.ok("GET", f"/charges/{charge['id']}", key="skey_live")["paid"] is True
