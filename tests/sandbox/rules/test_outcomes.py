from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from omise.sandbox.rules.cards import TEST_CARDS

from ..conftest import Caller

RETURN_URI = "https://shop.example.com/orders/1"
SECURE = {"authentication": "3DS", "return_uri": RETURN_URI}

#: Failure codes and what they say; written out, as merchants show them to payers.
FAILURES = {
    "insufficient_fund": "insufficient funds in the account or the card has reached the credit limit",
    "stolen_or_lost_card": "stolen or lost card",
    "failed_processing": "payment processing failed",
    "payment_rejected": "payment rejected by issuer",
    "failed_fraud_check": "failed fraud check",
    "invalid_account_number": "invalid account number",
    "invalid_security_code": "the security code is invalid",
}
DECLINED = [(number, code) for code in FAILURES for number in TEST_CARDS[code]]
ONLY_SECURE = [*TEST_CARDS["3ds_enrolment_failed"], *TEST_CARDS["3ds_validation_failed"]]
WORKING = (
    "4111111111111111",
    "5555555555554444",
    "5454545454545454",
    "3530111333300000",
    "3566111111111113",
    "378282246310005",
    "36021042000004",
    "6447032400000000001",
    "6250947000000006",
)


def page_of(charge: dict[str, Any]) -> str:
    """The path of a charge's payment page."""
    return str(charge["authorize_uri"]).removeprefix("http://localhost")


def act(api: Caller, charge: dict[str, Any], action: str) -> Any:
    """The charge after its payer did that."""
    assert api.client.post(page_of(charge), data={"action": action}).status_code == 303
    return api.ok("GET", f"/charges/{charge['id']}")


@pytest.mark.parametrize("number", [*WORKING, *ONLY_SECURE])
def test_cards_that_succeed(api: Caller, number: str) -> None:
    """
    Without 3-D Secure also those that fail there.
    """
    assert api.charge(card=api.token(number=number))["status"] == "successful"


@pytest.mark.parametrize(("number", "code"), DECLINED)
def test_cards_that_are_declined(api: Caller, number: str, code: str) -> None:
    """
    The request succeeds, the charge is there, and says why it failed; no money moved.
    """
    charge = api.charge(card=api.token(number=number))

    assert (charge["status"], charge["failure_code"]) == ("failed", code)
    assert charge["failure_message"] == FAILURES[code]
    assert (charge["authorized"], charge["paid"], charge["transaction"]) == (False, False, None)
    assert charge["card"]["security_code_check"] is (code != "invalid_security_code")
    assert (api.ok("GET", "/balance")["total"], api.events()) == (0, ["charge.create"])


def test_a_card_that_is_over_is_declined(api: Caller) -> None:
    """
    A customer's card can be; it is good until its month ends.
    """
    now = api.application.clock.now()
    token = api.token(expiration_month=now.month, expiration_year=now.year)
    customer = api.ok("POST", "/customers", {"card": token})["id"]
    before = api.charge(customer=customer)
    api.application.clock.advance(days=31)
    after = api.charge(customer=customer)

    assert before["status"] == "successful"
    assert (after["failure_code"], after["failure_message"]) == ("expired_card", "card is expired")


@pytest.mark.parametrize("authentication", ["3DS", "PASSKEY"])
def test_a_charge_with_3d_secure_waits_for_its_payer(api: Caller, authentication: str) -> None:
    """
    And succeeds when the payer comes back; the addresses stay.
    """
    charge = api.charge(authentication=authentication, return_uri=RETURN_URI)
    paid = act(api, charge, "pay")

    assert (charge["status"], charge["authorized"], charge["capturable"]) == ("pending", False, False)
    assert page_of(charge).startswith("/payments/paym_test_")
    assert (paid["status"], paid["paid"], paid["authenticated_by"]) == ("successful", True, authentication)
    assert (paid["authorize_uri"], paid["return_uri"]) == (charge["authorize_uri"], RETURN_URI)
    assert api.ok("GET", "/balance")["total"] == paid["net"]
    assert api.events() == ["charge.create", "charge.complete"]


def test_an_account_can_always_want_3d_secure(api: Caller) -> None:
    """
    As set in the dashboard.
    """
    api.ok("PATCH", "/account", {"three_d_secure": True})
    charge = api.charge(return_uri=RETURN_URI)

    assert (charge["status"], charge["authorize_uri"] is None) == ("pending", False)
    assert api.charge(source={"type": "promptpay"})["authorize_uri"] is None
    assert api.refused("POST", "/charges", {"amount": 100000, "currency": "THB", "card": api.token()})[1:] == (
        "invalid_charge",
        "return uri is required",
    )


def test_3d_secure_can_be_the_way_to_hold_money(api: Caller) -> None:
    """
    It is held once the payer has come back, and can be captured.
    """
    held = act(api, api.charge(capture=False, **SECURE), "pay")
    captured = api.ok("POST", f"/charges/{held['id']}/capture")

    assert (held["status"], held["authorized"], held["capturable"], held["paid"]) == ("pending", True, True, False)
    assert captured["status"] == "successful"
    assert api.events() == ["charge.create", "charge.complete", "charge.capture"]


@pytest.mark.parametrize(
    ("number", "action", "code"),
    [
        ("4242424242424242", "fail", "payment_rejected"),
        ("4111111111140011", "pay", "insufficient_fund"),
        *((number, "pay", "payment_rejected") for number in TEST_CARDS["3ds_validation_failed"]),
    ],
)
def test_a_charge_can_fail_after_3d_secure(api: Caller, number: str, action: str, code: str) -> None:
    """
    Because the payer said so, or because of the card.
    """
    failed = act(api, api.charge(card=api.token(number=number), **SECURE), action)

    assert (failed["status"], failed["failure_code"], failed["authorize_uri"] is None) == ("failed", code, False)
    assert (failed["authorized"], api.ok("GET", "/balance")["total"]) == (False, 0)
    assert api.events() == ["charge.create", "charge.complete"]


@pytest.mark.parametrize("number", TEST_CARDS["3ds_enrolment_failed"])
def test_a_card_that_is_not_enrolled_fails_at_once(api: Caller, number: str) -> None:
    """
    Its holder is asked nothing.
    """
    charge = api.charge(card=api.token(number=number), **SECURE)

    assert (charge["status"], charge["failure_code"]) == ("failed", "payment_rejected")
    assert api.events() == ["charge.create"]


@pytest.mark.parametrize("kind", ["alipay", "truemoney_jumpapp", "mobile_banking_scb"])
def test_a_source_that_redirects_waits_for_its_payer(api: Caller, kind: str) -> None:
    """
    Its page has an address of another kind.
    """
    paid_, failed_ = (api.charge(source={"type": kind}, return_uri=RETURN_URI) for _ in range(2))
    paid, failed = act(api, paid_, "pay"), act(api, failed_, "fail")

    assert page_of(paid_).startswith("/payments/pay2_test_")
    assert page_of(paid_).endswith("/authorize?acs=false")
    assert (paid["status"], paid["source"]["charge_status"]) == ("successful", "successful")
    assert (failed["status"], failed["failure_code"]) == ("failed", "payment_rejected")
    assert failed["source"]["charge_status"] == "failed"
    assert api.ok("GET", "/balance")["total"] == paid["net"]


def test_only_cards_and_instalments_can_be_held(api: Caller) -> None:
    """
    Other methods take the money at once, whatever was asked for.
    """
    installments = {"type": "installment_kbank", "installment_term": 3}
    wallet, plan = (
        api.charge(300000, source=source, return_uri=RETURN_URI, capture=False)
        for source in ({"type": "alipay"}, installments)
    )

    assert act(api, wallet, "pay")["paid"] is True
    assert act(api, plan, "pay")["capturable"] is True


def test_methods_have_fees_of_their_own(api: Caller) -> None:
    """
    One of them has none.
    """
    charge = api.charge(source={"type": "wechat_pay"}, return_uri=RETURN_URI)
    paid = act(api, charge, "pay")

    assert (paid["fee"], paid["fee_vat"], paid["net"]) == (0, 0, 100000)
    assert paid["transaction_fees"]["fee_rate"] == "0.0"
    assert (paid["refundable"], paid["disputable"], paid["can_perform_void"]) == (False, False, False)


def test_a_held_charge_expires_after_a_week(api: Caller) -> None:
    """
    To the second; then it can be neither captured nor reversed, and no money ever moved.
    """
    charge = api.charge(capture=False)
    path = f"/charges/{charge['id']}"
    api.application.clock.advance(days=7, seconds=-5)
    before = api.ok("GET", path)
    api.application.clock.advance(seconds=5)
    after = api.ok("GET", path)

    assert (before["status"], before["expired_at"]) == ("pending", None)
    assert (after["status"], after["expired"], after["authorized"]) == ("expired", True, True)
    assert (after["capturable"], after["reversible"], after["paid"]) == (False, False, False)
    assert after["expired_at"] == after["expires_at"] == charge["expires_at"]
    for verb in ("capture", "reverse"):
        assert api.refused("POST", f"{path}/{verb}") == (400, "expired_charge", "charge expired")
    assert api.ok("GET", "/balance")["total"] == 0
    assert api.events() == ["charge.create", "charge.expire"]


@pytest.mark.parametrize(
    ("source", "days"),
    [
        ({"type": "promptpay"}, 1),
        ({"type": "alipay"}, 7),
        ({"type": "internet_banking_bay"}, 1),
        ({"type": "bill_payment_tesco_lotus"}, 1),
        ({"type": "installment_bay", "installment_term": 3}, 1),
        ({"type": "installment_wlb_bay", "installment_term": 3}, 7),
    ],
)
def test_an_unpaid_charge_expires(api: Caller, source: dict[str, Any], days: int) -> None:
    """
    After a day or a week; its source and its page know.
    """
    charge = api.charge(300000, source=source, return_uri=RETURN_URI)
    api.application.clock.advance(days=days, seconds=-5)
    before = api.ok("GET", f"/charges/{charge['id']}")["status"]
    api.application.clock.advance(seconds=5)
    after = api.ok("GET", f"/charges/{charge['id']}")

    assert (before, after["status"], after["authorized"]) == ("pending", "expired", False)
    assert (after["source"]["charge_status"], after["failure_code"]) == ("expired", None)
    assert api.events() == ["charge.create", "charge.expire"]


def test_the_expiry_of_a_source_charge_can_be_chosen(api: Caller) -> None:
    """
    That of a card's cannot.
    """
    tomorrow = (api.application.clock.now().replace(microsecond=0)).isoformat().replace("+00:00", "Z")
    later = f"{int(tomorrow[:4]) + 1}{tomorrow[4:]}"
    source = api.charge(source={"type": "truemoney_qr"}, expires_at=later)
    card = api.charge(expires_at=later)

    assert source["expires_at"] == later
    assert card["expires_at"] < later


def test_every_charge_says_when_its_time_was_over(api: Caller) -> None:
    """
    A quirk of the API: paid ones do, too, though they are not expired; failed ones even are.
    """
    paid, failed = api.charge(), api.charge(card=api.token(number="4111111111140011"))
    gone = api.charge(capture=False)
    api.ok("POST", f"/charges/{gone['id']}/reverse")
    api.application.clock.advance(days=7)
    paid, failed, gone = (api.ok("GET", f"/charges/{charge['id']}") for charge in (paid, failed, gone))

    assert all(charge["expired_at"] == charge["expires_at"] for charge in (paid, failed, gone))
    assert [(charge["status"], charge["expired"]) for charge in (paid, failed, gone)] == [
        ("successful", False),
        ("failed", True),
        ("reversed", False),
    ]
    assert "charge.expire" not in api.events()


@pytest.mark.parametrize(("seconds", "status"), [(170, "pending"), (180, "expired")])
def test_some_payers_have_minutes(api: Caller, seconds: int, status: str) -> None:
    """
    Those who pay in one app.
    """
    charge = api.charge(source={"type": "truemoney_jumpapp"}, return_uri=RETURN_URI)
    api.application.clock.advance(seconds=seconds)

    assert api.ok("GET", f"/charges/{charge['id']}")["status"] == status


def test_promptpay_waits_for_a_day_at_most(api: Caller) -> None:
    """
    Less can be chosen.
    """
    now = api.application.clock.now().replace(microsecond=0)
    charge = {"amount": 100000, "currency": "THB", "source": {"type": "promptpay"}}
    soon, late = ((now + timedelta(hours=hours)).isoformat() for hours in (23, 25))

    assert api.ok("POST", "/charges", charge | {"expires_at": soon})["expires_at"] == soon.replace("+00:00", "Z")
    assert api.refused("POST", "/charges", charge | {"expires_at": late}) == (
        400,
        "invalid_charge",
        "expires_at must be within 24 hours",
    )
