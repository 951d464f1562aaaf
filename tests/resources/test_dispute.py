"""Disputes: opened in test mode, listed by state, answered, accepted, settled."""

from datetime import datetime
from typing import Any

import pytest

import omise
from omise.sandbox import Sandbox

from .calls import asked, last


def disputes(sandbox: Sandbox, count: int) -> list[omise.Dispute]:
    """As many open ones, each of a charge of its own."""
    card = {"amount": 500_00, "currency": "thb"}
    return [omise.Dispute.create(omise.Charge.create(card, card=sandbox.card())) for _ in range(count)]


def test_create_opens_one_in_test_mode(omise_sandbox: Sandbox, charge: omise.Charge) -> None:
    """Under the charge, given as a record or its id."""
    dispute = omise.Dispute.create(charge)

    assert last(omise_sandbox) == ("POST", f"/charges/{charge.id}/disputes", {})
    assert isinstance(dispute, omise.Dispute)
    assert (dispute.status, dispute.amount, dispute.funding_amount) == ("open", 1000_00, 1000_00)
    assert [line.key for line in dispute.transactions] == ["dispute.started.debit"]
    assert all(isinstance(line, omise.Transaction) for line in dispute.transactions)
    assert dispute.closed_at is None
    assert repr(dispute).startswith(f"<Dispute {dispute.id} amount=100000 currency='THB' status='open' reason_code=")
    with pytest.raises(omise.APIError) as refused:
        omise.Dispute.create(charge.id)
    assert refused.value.status == 400
    assert len(omise.Dispute.list()) == 1


def test_what_is_no_charge(omise_sandbox: Sandbox, dispute: omise.Dispute) -> None:
    """A record of another kind, or what is no id, is refused before anything is sent."""
    with asked(omise_sandbox) as made:
        with pytest.raises(TypeError, match="charge must be a Charge"):
            omise.Dispute.create(dispute)
        with pytest.raises(ValueError, match="charge is"):
            omise.Dispute.create("chrg/../x")

    assert made == []


def test_retrieve_and_reload(omise_sandbox: Sandbox, dispute: omise.Dispute) -> None:
    """By id or record."""
    assert omise.Dispute.retrieve(dispute.id) == omise.Dispute.retrieve(dispute) == dispute
    assert last(omise_sandbox) == ("GET", f"/disputes/{dispute.id}", {})
    assert dispute.reload() is dispute


def test_list_by_status(omise_sandbox: Sandbox) -> None:
    """All of them, or the open, the pending, and the closed ones, which are won or lost; each page of its state."""
    opened, pending, won, lost = disputes(omise_sandbox, 4)
    pending.update(message="It was delivered.")
    won.close(status="won")
    lost.accept()

    assert [*omise.Dispute.list(limit=2)] == [opened, pending, won, lost]
    for status, expected in {"open": [opened], "pending": [pending], "closed": [won, lost]}.items():
        page = omise.Dispute.list(status=status, limit=1)
        assert last(omise_sandbox) == ("GET", f"/disputes/{status}", {"limit": "1"})
        assert [*page] == expected
        assert omise_sandbox.requests[-1].path == f"/disputes/{status}"
        assert page.retrieve(expected[0]) == expected[0]
        assert last(omise_sandbox)[1] == f"/disputes/{expected[0].id}"


@pytest.mark.parametrize("status", ["won", "lost", "Open", "", "../charges"])
def test_list_of_a_status_that_is_none(omise_sandbox: Sandbox, status: str) -> None:
    """The error says what there is, and nothing is sent."""
    with asked(omise_sandbox) as made, pytest.raises(ValueError, match="one of open, pending, closed"):
        omise.Dispute.list(status=status)

    assert made == []


def test_update(omise_sandbox: Sandbox, dispute: omise.Dispute) -> None:
    """A message hands the answer in; metadata does not."""
    dispute.update(metadata={"case": 7})
    assert (dispute.status, dispute.metadata) == ("open", {"case": 7})

    dispute.message = "It was delivered."
    assert dispute.save() is dispute

    assert last(omise_sandbox) == ("PATCH", f"/disputes/{dispute.id}", {"message": "It was delivered."})
    assert (dispute.status, dispute.message) == ("pending", "It was delivered.")


def test_accept(omise_sandbox: Sandbox, dispute: omise.Dispute) -> None:
    """It is lost, and can be accepted or answered no more."""
    assert dispute.accept() is dispute
    assert last(omise_sandbox) == ("PATCH", f"/disputes/{dispute.id}/accept", {})
    assert dispute.status == "lost"
    assert isinstance(dispute.closed_at, datetime)

    for refused in (dispute.accept, lambda: dispute.update(message="But …"), lambda: dispute.close(status="won")):
        with pytest.raises(omise.errors.BadRequestError):
            refused()
    assert (dispute.reload().status, len(dispute.transactions)) == ("lost", 1)


@pytest.mark.parametrize(("status", "lines"), [("won", ["dispute.won.credit", "dispute.started.debit"]), ("lost", [])])
def test_close(omise_sandbox: Sandbox, dispute: omise.Dispute, status: str, lines: list[str]) -> None:
    """Settled as won or lost; the money comes back with the one, newest line first."""
    assert dispute.close(status=status) is dispute

    assert last(omise_sandbox) == ("PATCH", f"/disputes/{dispute.id}/close", {"status": status})
    assert dispute.status == status
    assert [line.key for line in dispute.transactions] == (lines or ["dispute.started.debit"])


def test_closing_as_something_else(dispute: omise.Dispute) -> None:
    """The API refuses, and the dispute stays open."""
    with pytest.raises(omise.errors.BadRequestError):
        dispute.close(status="settled")
    with pytest.raises(TypeError, match="status"):
        dispute.close()  # type: ignore[call-arg]

    assert dispute.reload().status == "open"


def test_its_charge(omise_sandbox: Sandbox, charge: omise.Charge, dispute: omise.Dispute) -> None:
    """A Charge, fetched once when more than its id is read; the charge holds the dispute."""
    with asked(omise_sandbox) as made:
        assert isinstance(dispute.charge, omise.Charge)
        assert dispute.charge == charge
    assert made == []

    with asked(omise_sandbox) as made:
        assert (dispute.charge.amount, dispute.charge.disputable) == (1000_00, False)
        assert dispute.charge.dispute == dispute
    assert made == [f"GET /charges/{charge.id}"]


def test_search(omise_sandbox: Sandbox, charge: omise.Charge, dispute: omise.Dispute) -> None:
    """Among disputes."""
    assert list(omise.Dispute.search().filter(status="open", charge_id=charge.id)) == [dispute]
    assert last(omise_sandbox)[2] == {"scope": "dispute", "filters": {"status": "open", "charge_id": charge.id}}


def test_a_charge_under_dispute_cannot_be_refunded(charge: omise.Charge, dispute: omise.Dispute) -> None:
    """The API's refusal is passed on."""
    with pytest.raises(omise.errors.FailedRefundError):
        charge.refund(amount=100_00)

    assert charge.reload().refunded_amount == 0


def test_live_mode_has_no_test_verbs(omise_sandbox: Sandbox) -> None:
    """What only test mode does is refused with the API's reason."""
    keys: Any = {"secret_api_key": "skey_5shop00000000000000", "public_api_key": "pkey_5shop00000000000000"}
    with omise_sandbox.client(**keys, allow_raw_card=True) as shop:
        charge = shop.Charge.create(amount=1000_00, currency="thb", card=omise_sandbox.card())
        with pytest.raises(omise.APIError) as refused:
            shop.Dispute.create(charge)

        assert refused.value.status == 403
        assert len(shop.Dispute.list()) == 0
