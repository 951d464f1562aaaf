"""Checkout sessions: a page on which the payer picks how to pay, at a host of its own."""

from typing import Any

import pytest

import omise
from omise.sandbox import Sandbox

from .calls import asked, last, visit

ORDER: dict[str, Any] = {
    "amount": 1200_00,
    "currency": "thb",
    "order_id": "7781",
    "payment_methods": ["card", "promptpay"],
    "redirect_urls": {"complete_url": "https://shop.example.com/done", "cancel_url": "https://shop.example.com/cart"},
}


@pytest.fixture
def session(omise_sandbox: Sandbox) -> omise.CheckoutSession:
    """One that nobody has paid yet."""
    return omise.CheckoutSession.create(ORDER)


def test_create(omise_sandbox: Sandbox) -> None:
    """Sent as JSON to the host of its own, with the secret key."""
    session = omise.CheckoutSession.create(**ORDER, metadata={"level": "gold"})

    assert last(omise_sandbox) == ("POST", "/api/sessions", {**ORDER, "metadata": {"level": "gold"}})
    request = omise_sandbox.requests[-1]
    assert (request.host, request.headers["Content-Type"]) == ("checkout", "application/json")
    assert request.used_key(str(omise.secret_api_key))
    assert isinstance(session, omise.CheckoutSession)
    assert session.redirect_url.startswith("https://checkout-page.omise.co/")
    assert (session.status, session.payments) == ("open", [])
    assert repr(session) == f"<CheckoutSession {session.id} status='open'>"


def test_retrieve_and_reload(omise_sandbox: Sandbox, session: omise.CheckoutSession) -> None:
    """By id or record, at that host too."""
    assert omise.CheckoutSession.retrieve(session.id) == omise.CheckoutSession.retrieve(session) == session
    assert session.reload() is session
    assert last(omise_sandbox) == ("GET", f"/api/sessions/{session.id}", {})
    assert {request.host for request in omise_sandbox.requests} == {"checkout"}
    assert not hasattr(omise.CheckoutSession, "list")


def test_refusals(omise_sandbox: Sandbox) -> None:
    """An error of the API as any other."""
    with pytest.raises(omise.errors.BadRequestError, match="redirect_urls can't be blank"):
        omise.CheckoutSession.create({**ORDER, "redirect_urls": None})
    with pytest.raises(omise.errors.NotFoundError):
        omise.CheckoutSession.retrieve("chks_test_1")


def test_payments_lead_to_their_charges(omise_sandbox: Sandbox, session: omise.CheckoutSession) -> None:
    """Each attempt is one; its charge costs a request, to the API's main host, when more than its id is read."""
    for number in ("4111111111140011", "4242424242424242"):
        visit(omise_sandbox, session.redirect_url, method="card", number=number)
    first, second = session.reload().payments

    assert isinstance(first, omise.CheckoutPayment)
    assert (first.status, second.status, session.status) == ("failed", "successful", "complete")
    with asked(omise_sandbox) as made:
        assert second.charge is not None
        assert (second.charge.id, second.charge == second.charge_id) == (second.charge_id, True)
    assert made == []
    with asked(omise_sandbox) as made:
        assert (second.charge.amount, second.charge.paid) == (1200_00, True)
    assert made == [f"GET /charges/{second.charge_id}"]
    assert omise_sandbox.requests[-1].host == "api"
    assert session.changes == second.changes == {}
    assert repr(first) == f"<CheckoutPayment charge_id='{first.charge_id}' status='failed'>"


def test_payments_stay_with_the_account(omise_sandbox: Sandbox) -> None:
    """A charge reached from the session of a client is fetched with that client's key."""
    shop = omise_sandbox.client(secret_api_key="skey_test_shop")
    session = shop.CheckoutSession.create(ORDER)
    visit(omise_sandbox, session.redirect_url, method="card", number="4242424242424242")
    charge = session.reload().payments[0].charge

    assert charge is not None
    assert charge.paid
    assert omise_sandbox.requests[-1].used_key("skey_test_shop")


@pytest.mark.parametrize("payments", [None, "none", 5, {}, [None], ["chrg_1"], [[]]])
def test_payments_of_another_form_can_be_read(payments: Any) -> None:
    """The field is known from two plugins alone: whatever it holds, reading it is no error."""
    session = omise.CheckoutSession.from_data({"object": "checkout_session", "id": "chks_1", "payments": payments})

    assert session.payments == payments
    assert session.changes == {}


def test_a_payment_without_a_charge_has_none() -> None:
    """The payer may not have come so far."""
    payment = omise.CheckoutPayment.from_data({"charge_id": None, "status": "pending"})

    assert payment.charge is None


def test_a_public_key_has_no_business_there(omise_sandbox: Sandbox) -> None:
    """ConfigurationError, nothing sent."""
    with pytest.raises(omise.ConfigurationError):
        omise.CheckoutSession.create(ORDER, key="pkey_test_1")

    assert omise_sandbox.requests == []
