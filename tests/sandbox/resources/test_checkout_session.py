from __future__ import annotations

import base64
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from werkzeug.test import TestResponse

from omise.sandbox import Application, Store
from omise.sandbox.rules.pictures import svg

from ..conftest import Caller

COMPLETE, CANCEL = "https://shop.example.com/done?order=7#top", "https://shop.example.com/cart"
ORDER: dict[str, Any] = {
    "amount": 120_000,
    "currency": "thb",
    "description": "Cup & <b>",
    "payment_methods": ["card", "promptpay", "mobile_banking", "truemoney", "installment_bay", "installment_wlb_ktc"],
    "redirect_urls": {"complete_url": COMPLETE, "cancel_url": CANCEL},
}
GOOD, BROKE = "4242424242424242", "4111111111140011"


def create(api: Caller, **params: Any) -> Any:
    return api.ok("POST", "/api/sessions", ORDER | params)


def page_of(session: Any) -> str:
    """The path of the page on which a session is paid."""
    return urlsplit(session["redirect_url"]).path


def pick(api: Caller, session: Any, **choices: str) -> TestResponse:
    """The answer to what a payer picks on the page."""
    return api.client.post(page_of(session), data=choices)


def location(response: TestResponse) -> str:
    assert response.status_code == 303, response.text
    return response.headers["Location"]


def charge_of(api: Caller, back: str) -> Any:
    """The charge whose id the payer brings back to the shop."""
    (charge_id,) = parse_qs(urlsplit(back).query)["chargeId"]
    assert back == f"https://shop.example.com/done?order=7&chargeId={charge_id}#top"
    return api.ok("GET", f"/charges/{charge_id}")


def payments(api: Caller, session: Any) -> tuple[str, list[str]]:
    """The status of a session, and those of its payments."""
    found = api.ok("GET", f"/api/sessions/{session['id']}")
    return found["status"], [payment["status"] for payment in found["payments"]]


def test_a_session_has_the_fields_that_are_known(api: Caller) -> None:
    """
    The five that two plugins read, and two of each payment.
    """
    session = create(api)
    assert list(session) == ["object", "id", "redirect_url", "status", "payments"]
    assert (session["object"], session["status"], session["payments"]) == ("checkout_session", "open", [])
    assert session["redirect_url"].startswith("http://localhost/")
    charge = charge_of(api, location(pick(api, session, method="card", number=GOOD)))
    paid = api.ok("GET", f"/api/sessions/{session['id']}")

    assert paid == session | {
        "status": "complete",
        "payments": [{"charge_id": charge["id"], "status": "successful"}],
    }
    under_its_own_name = api.ok("GET", f"/api/sessions/{session['id']}", headers={"Host": "checkout-page.omise.co"})
    assert urlsplit(under_its_own_name["redirect_url"]).netloc == "checkout-page.omise.co"


def test_the_page_shows_what_is_to_be_paid_and_how(api: Caller) -> None:
    """
    Without a key, as text: a button for each method, every bank for mobile banking, and fields for what is needed.
    """
    response = api.client.get(page_of(create(api)))

    assert (response.status_code, response.content_type) == (200, "text/html; charset=utf-8")
    assert "Cup &amp; &lt;b&gt;" in response.text
    assert "1,200.00 THB" in response.text
    for method in ("card", "promptpay", "mobile_banking_scb", "mobile_banking_bay", "truemoney", "installment_wlb_ktc"):
        assert f'name="method" value="{method}"' in response.text
    assert 'value="alipay"' not in response.text
    assert {'name="number"', 'name="phone_number"', 'name="installment_term"'} <= {*response.text.split()}
    assert response.headers["Content-Security-Policy"].endswith("form-action 'self' https://shop.example.com")


def test_a_session_that_names_no_method_offers_all(api: Caller) -> None:
    """
    That the account has.
    """
    page = api.client.get(page_of(create(api, payment_methods=None))).text

    assert all(f'value="{method}"' in page for method in ("card", "alipay", "promptpay"))
    assert 'value="paynow"' not in page


@pytest.mark.parametrize(("number", "status"), [(GOOD, "successful"), (BROKE, "failed")])
def test_a_card_is_charged(api: Caller, number: str, status: str) -> None:
    """
    The charge is one like any other, in the ledger and with its event; the payer comes back, whatever it came to.
    """
    session = create(api, metadata={"order": 7}, order_id="7")
    charge = charge_of(api, location(pick(api, session, method="card", number=number)))

    assert (charge["status"], charge["amount"], charge["currency"]) == (status, 120_000, "THB")
    assert (charge["description"], charge["metadata"]) == ("Cup & <b>", {"order": 7})
    assert charge["card"]["last_digits"] == number[-4:]
    assert charge["return_uri"].endswith(f"chargeId={charge['id']}#top")
    assert (api.ok("GET", "/balance")["total"] > 0) is (status == "successful")
    assert api.events() == ["charge.create"]


def test_a_payer_whose_card_was_declined_may_try_again(api: Caller) -> None:
    """
    Until it is paid; then the page says so, and takes nothing any more.
    """
    session = create(api)
    pick(api, session, method="card", number=BROKE)
    assert payments(api, session) == ("open", ["failed"])

    pick(api, session, method="card", number=GOOD)
    again = pick(api, session, method="card", number=GOOD)
    assert payments(api, session) == ("complete", ["failed", "successful"])
    assert (again.status_code, "was paid already" in again.text) == (400, True)
    shown = api.client.get(page_of(session)).text
    assert ("was paid already" in shown, "Back to the shop" in shown, "<button" in shown) == (True, True, False)


def test_a_charge_can_be_captured_later(api: Caller) -> None:
    """
    The payer is done once it is authorised.
    """
    session = create(api, auto_capture="false")
    charge = charge_of(api, location(pick(api, session, method="card", number=GOOD)))
    assert (charge["status"], charge["capturable"]) == ("pending", True)
    assert payments(api, session) == ("complete", ["pending"])

    api.ok("POST", f"/charges/{charge['id']}/capture")
    assert payments(api, session) == ("complete", ["successful"])


@pytest.mark.parametrize(("action", "status"), [("pay", "successful"), ("fail", "failed")])
@pytest.mark.parametrize(
    "choices",
    [
        {"method": "mobile_banking_scb"},
        {"method": "truemoney", "phone_number": "0812345678"},
        {"method": "installment_bay", "installment_term": "4"},
        {"method": "installment_wlb_ktc", "installment_term": "4", "number": GOOD},
        {"method": "promptpay"},
    ],
    ids=lambda choices: choices["method"],
)
def test_other_methods_have_a_page_of_their_own(api: Caller, choices: dict[str, str], action: str, status: str) -> None:
    """
    There the payer pays or fails, and comes back from it, at once to the shop: browsers would follow no further.
    """
    session = create(api, amount=400_000)
    page = location(pick(api, session, **choices))
    assert payments(api, session) == ("open", ["pending"])
    shown = api.client.get(page)
    assert "4,000.00 THB" in shown.text
    assert "https://shop.example.com" in shown.headers["Content-Security-Policy"]
    back = location(api.client.post(page, data={"action": action}))
    charge = charge_of(api, back)

    assert (charge["status"], charge["source"]["type"]) == (status, choices["method"])
    assert payments(api, session) == ("complete" if action == "pay" else "open", [status])
    assert api.events() == ["charge.create", "charge.complete"]


def test_a_payment_page_that_is_done_sends_back_to_the_shop(api: Caller) -> None:
    """
    The first choice counts; what was no choice is refused.
    """
    session = create(api)
    page = location(pick(api, session, method="promptpay"))
    assert api.refused("POST", page, {"action": "perhaps"})[:2] == (400, "bad_request")
    assert payments(api, session) == ("open", ["pending"])

    api.client.post(page, data={"action": "pay"})
    for answer in (api.client.get(page), api.client.post(page, data={"action": "fail"})):
        assert charge_of(api, location(answer))["status"] == "successful"
    assert api.events() == ["charge.create", "charge.complete"]


def test_3d_secure_comes_between(api: Caller) -> None:
    """
    Where the account asks for it.
    """
    api.ok("PATCH", "/account", {"three_d_secure": True})
    session = create(api)
    authorize = location(pick(api, session, method="card", number=GOOD))
    assert payments(api, session) == ("open", ["pending"])

    back = location(api.client.post(authorize, data={"action": "pay"}))
    assert charge_of(api, back)["status"] == "successful"
    assert payments(api, session) == ("complete", ["successful"])


def test_a_payer_may_cancel(api: Caller) -> None:
    """
    Where the shop says where to; nothing is charged, and the page is still there.
    """
    session = create(api)
    assert location(pick(api, session, action="cancel")) == CANCEL
    assert payments(api, session) == ("open", [])

    without = create(api, redirect_urls={"complete_url": "shopapp://done"})
    assert "Cancel" not in api.client.get(page_of(without)).text
    assert pick(api, without, action="cancel").status_code == 400
    back = location(pick(api, without, method="card", number=GOOD))
    assert back.startswith("shopapp://done?chargeId=chrg_test_")


@pytest.mark.parametrize(
    ("choices", "problem"),
    [
        ({"method": "card", "number": "4242424242424241"}, "number"),
        ({"method": "card"}, "number"),
        ({"method": "card", "number": "5018000000000009"}, "brand not supported"),
        ({"method": "truemoney"}, "phone_number cannot be blank"),
        ({"method": "installment_bay", "installment_term": "5"}, "installment_term is not supported"),
    ],
)
def test_what_cannot_be_charged_is_said_on_the_page(api: Caller, choices: dict[str, str], problem: str) -> None:
    """
    Beside the ways to pay; nothing is left behind.
    """
    session = create(api, amount=400_000)
    before = api.snapshot()
    response = pick(api, session, **choices)

    assert response.status_code == 400
    assert problem in response.text.partition("<body>")[2].partition("<form")[0]
    assert 'name="method"' in response.text
    assert api.snapshot() == before


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"method": "alipay"},
        {"method": "bitcoin"},
        {"action": "pay"},
        {"action": ["cancel"]},
        {"method": {"card": 1}},
        {"method": "card", "number": [GOOD]},
        {"method": "truemoney", "phone_number": {"a": 1}},
    ],
)
def test_what_is_not_on_the_page_cannot_be_picked(api: Caller, choices: dict[str, Any]) -> None:
    """
    A browser never sends it.
    """
    session = create(api)

    assert api.client.post(page_of(session), json=choices).status_code == 400
    assert payments(api, session) == ("open", [])


def test_a_card_number_is_kept_nowhere(tmp_path: Any) -> None:
    """
    Neither in the log of requests nor in the database, mistyped or not.
    """
    store = Store(tmp_path / "db")
    api = Caller(Application(store))
    session = create(api)
    for number in (GOOD, "4242424242424241", "4111 1111 1111 1111"):
        pick(api, session, method="card", number=number)
    log, kept = repr(api.application.requests), repr(api.snapshot())
    store.close()
    kept += (tmp_path / "db").read_bytes().decode("latin-1")

    assert api.application.requests[-1].params["number"] == "[redacted]1111"
    for number in (GOOD, "4242424242424241", "4111 1111 1111 1111", "4111111111111111"):
        assert number not in log
        assert number not in kept


def test_sessions_belong_to_their_account(api: Caller) -> None:
    """
    Others do not find them; payments of another session are not on its page; a public key opens none.
    """
    session, other = create(api), create(api)
    page = location(pick(api, session, method="promptpay"))
    elsewhere = page.replace(session["id"], other["id"])
    path = f"/api/sessions/{session['id']}"

    assert api.refused("GET", path, key="skey_test_other")[:2] == (404, "not_found")
    assert api.refused("GET", path, key="pkey_test_sandbox")[:2] == (401, "authentication_failure")
    assert api.refused("GET", elsewhere)[:2] == api.refused("POST", elsewhere, {"action": "pay"})[:2]
    assert api.refused("GET", elsewhere)[:2] == (404, "not_found")


def test_a_japanese_account_has_pages_too(api: Caller) -> None:
    """
    With cards, and its own methods.
    """
    japan = Caller(Application(country="JP"))
    params = {"amount": 500, "currency": "jpy", "payment_methods": ["card", "paypay"]}
    session = create(japan, **params)
    charge_of(japan, location(pick(japan, session, method="card", number=GOOD)))

    assert payments(japan, session) == ("complete", ["successful"])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"amount": None}, "amount is not a number"),
        ({"currency": "xxx"}, "currency is currently not supported"),
        ({"redirect_urls": None}, "redirect_urls can't be blank"),
        ({"redirect_urls": "https://shop.example.com"}, "redirect_urls must be an object"),
        ({"redirect_urls": {}}, "redirect_urls is invalid: complete_url can't be blank"),
        (
            {"redirect_urls": {"complete_url": "javascript://a", "cancel_url": "file:///a"}},
            "redirect_urls is invalid: complete_url is not a valid URI and cancel_url is not a valid URI",
        ),
        ({"payment_methods": "card"}, "payment_methods must be a list of payment methods"),
        ({"payment_methods": []}, "payment_methods must be a list of payment methods"),
        (
            {"payment_methods": ["card", "paynow", 5, "direct_debit_bay"]},
            "payment_methods has what is currently not supported: paynow, 5, direct_debit_bay",
        ),
        ({"metadata": "x"}, "metadata must be an object"),
        ({"style": {"theme_color": "red"}}, "style is invalid: theme_color is not a colour such as #1a56f0"),
        ({"style": "red"}, "style must be an object"),
        ({"locale": "english"}, "locale must be two letters"),
        ({"auto_capture": "perhaps"}, "auto_capture must be true or false"),
        ({"order_id": ["7"]}, "order_id must be a string"),
    ],
)
def test_bad_parameters_are_refused(api: Caller, changes: dict[str, Any], message: str) -> None:
    """
    With what is wrong about them, and nothing is left behind.
    """
    api.ok("GET", "/account")
    before = api.snapshot()

    assert api.refused("POST", "/api/sessions", ORDER | changes) == (400, "bad_request", message)
    assert api.snapshot() == before


def test_what_need_not_be_given_may_be_given(api: Caller) -> None:
    """
    All of it.
    """
    style = {"theme_color": "#1a56f0", "text_color": "#FFFFFF"}

    assert create(api, style=style, locale="th", auto_capture=True, order_id=7781)["status"] == "open"


def test_the_page_to_wait_on_shows_the_code(api: Caller) -> None:
    """
    What is scanned there is a page of its own; paid on that page, the payer goes on.
    """
    session = create(api)
    page = location(pick(api, session, method="promptpay"))
    text = api.client.get(page).text
    (encoded,) = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', text)
    (charge,) = api.ok("GET", "/charges")["data"]
    reference = charge["source"]["provider_references"]["reference_number_1"]

    assert base64.b64decode(encoded) == svg(f"http://localhost/payments/{reference}/authorize?acs=false")
    assert "PromptPay" in text
    api.client.post(f"/payments/{reference}/authorize", data={"action": "pay"})
    assert f"chargeId={charge['id']}" in api.client.get(page).headers["Location"]
