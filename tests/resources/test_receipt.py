"""Receipts: what Omise charged the merchant on one day."""

from datetime import date

import pytest

import omise
from omise.sandbox import Sandbox

from .calls import asked, last


@pytest.fixture
def receipts(omise_sandbox: Sandbox) -> list[omise.Receipt]:
    """Those of three days with charges."""
    for _ in range(3):
        omise.Charge.create(amount=1000_00, currency="thb", card=omise_sandbox.card())
        omise_sandbox.application.clock.advance(days=1)
    omise_sandbox.application.clock.advance(days=1)
    return list(omise.Receipt.list())


def test_list(omise_sandbox: Sandbox, receipts: list[omise.Receipt]) -> None:
    """A list like any other, though its JSON calls it something else: it pages, and can be looped over."""
    page = omise.Receipt.list(limit=2)

    assert last(omise_sandbox) == ("GET", "/receipts", {"limit": "2"})
    assert page["object"] == "receipt_list"
    assert isinstance(page, omise.List)
    assert isinstance(omise.request("GET", "/receipts"), omise.List)
    assert len(receipts) == len(page) == 3
    assert list(page) == list(page) == receipts
    assert page.next_page().data == receipts[2:]  # type: ignore[union-attr]
    assert page.retrieve(receipts[0].id) == receipts[0]
    assert page.reload().data == receipts[:2]


def test_retrieve_and_reload(omise_sandbox: Sandbox, receipts: list[omise.Receipt]) -> None:
    """By id or record; amounts add up, and the day is a date."""
    receipt = omise.Receipt.retrieve(receipts[0].id)

    assert last(omise_sandbox) == ("GET", f"/receipts/{receipt.id}", {})
    assert isinstance(receipt, omise.Receipt)
    assert omise.Receipt.retrieve(receipt).reload() == receipt
    assert (receipt.charge_fee, receipt.vat, receipt.currency) == (36_50, 2_56, "THB")
    assert receipt.total == receipt.subtotal + receipt.vat - receipt.wht
    assert type(receipt.issued_on) is date
    assert receipt.number.startswith("OMTH")
    assert repr(receipt) == (f"<Receipt {receipt.id} number='{receipt.number}' total={receipt.total} currency='THB'>")


def test_its_transaction(omise_sandbox: Sandbox, receipts: list[omise.Receipt]) -> None:
    """Part of its JSON; its origin is the receipt."""
    with asked(omise_sandbox) as made:
        line = receipts[0].adjustment_transaction
        assert isinstance(line, omise.Transaction)
        assert line.key == "receipt.vat_adjustment.credit"
        assert isinstance(line.origin, omise.Receipt)
        assert line.origin == receipts[0]
    assert made == []


def test_without_receipts(omise_sandbox: Sandbox) -> None:
    """An empty list is one too."""
    page = omise.Receipt.list()

    assert (list(page), len(page), bool(page), page.last) == ([], 0, False, None)
    assert not hasattr(omise.Receipt, "create")
