"""Refunds: found under their charge, or over all charges."""

import pytest

import omise
from omise.sandbox import Sandbox

from .calls import asked, last


@pytest.fixture
def refund(charge: omise.Charge) -> omise.Refund:
    """THB 100.00 of a charge, given back."""
    return charge.refund(amount=100_00, metadata={"why": "damaged"})


def test_the_fields_of_a_refund(charge: omise.Charge, refund: omise.Refund) -> None:
    """Amounts in the smallest unit; a part that was given back is no void."""
    assert (refund.amount, refund.currency, refund.voided) == (100_00, "THB", False)
    assert (refund.funding_amount, refund.funding_currency, refund.metadata) == (100_00, "THB", {"why": "damaged"})
    assert refund.location == f"/charges/{charge.id}/refunds/{refund.id}"
    assert repr(refund) == f"<Refund {refund.id} amount=10000 currency='THB' voided=False>"


def test_retrieve(omise_sandbox: Sandbox, charge: omise.Charge, refund: omise.Refund) -> None:
    """By both ids or records, or through the charge."""
    found = [
        omise.Refund.retrieve(charge, refund),
        omise.Refund.retrieve(charge.id, refund.id),
        charge.refunds.retrieve(refund.id),
    ]

    assert found == [refund] * 3
    assert last(omise_sandbox) == ("GET", f"/charges/{charge.id}/refunds/{refund.id}", {})
    assert refund.reload() is refund
    with pytest.raises(TypeError, match="id of the charge and that of the refund"):
        omise.Refund.retrieve(refund.id)
    with pytest.raises(omise.errors.NotFoundError, match="refund rfnd_test_0 was not found"):
        omise.Refund.retrieve(charge, "rfnd_test_0")


def test_list_is_over_all_charges(omise_sandbox: Sandbox, charge: omise.Charge, refund: omise.Refund) -> None:
    """GET /refunds; without an argument, retrieve() is that list."""
    other = omise.Charge.create(amount=500_00, currency="thb", card=omise_sandbox.card())
    void = other.refund(amount=500_00)
    page = omise.Refund.list(limit=1)

    assert last(omise_sandbox) == ("GET", "/refunds", {"limit": "1"})
    assert list(page) == [refund, void]
    assert list(omise.Refund.retrieve()) == [refund, void]
    assert [each.voided for each in page] == [False, True]
    assert isinstance(page[0], omise.Refund)


def test_charge_and_transaction(omise_sandbox: Sandbox, charge: omise.Charge, refund: omise.Refund) -> None:
    """Records that are fetched once, when more than the id is read; or brought along by `expand`."""
    with asked(omise_sandbox) as made:
        assert isinstance(refund.charge, omise.Charge)
        assert isinstance(refund.transaction, omise.Transaction)
        assert refund.charge == charge
    assert made == []

    with asked(omise_sandbox) as made:
        assert (refund.charge.amount, refund.charge.refunded_amount) == (1000_00, 100_00)
        assert (refund.transaction.key, refund.transaction.amount) == ("refund.created.debit", 100_00)
    assert made == [f"GET /charges/{charge.id}", f"GET /transactions/{refund.attributes['transaction']}"]

    expanded = omise.Refund.retrieve(charge, refund, expand=True)
    with asked(omise_sandbox) as made:
        assert expanded.charge is not None
        assert expanded.charge.amount == 1000_00
    assert made == []


def test_search(omise_sandbox: Sandbox, charge: omise.Charge, refund: omise.Refund) -> None:
    """By amount in the main unit, and by the charge itself."""
    found = omise.Refund.search().filter(amount=100, charge_id=charge).execute()

    assert last(omise_sandbox)[2] == {"scope": "refund", "filters": {"amount": "100", "charge_id": charge.id}}
    assert list(found) == [refund]
    assert list(omise.Refund.search().filter(voided=True)) == []


def test_it_cannot_be_changed(refund: omise.Refund) -> None:
    """The API has no call for it, so there is no verb."""
    for verb in ("update", "destroy", "save"):
        assert not hasattr(refund, verb)
