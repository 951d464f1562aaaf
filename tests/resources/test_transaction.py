"""Transactions: the lines of the account's ledger."""

import pytest

import omise
from omise.sandbox import Sandbox

from .calls import asked, last


@pytest.fixture
def origins(omise_sandbox: Sandbox, charge: omise.Charge) -> list[omise.Resource]:
    """One of each kind that moves money, oldest first."""
    disputed = omise.Charge.create(amount=500_00, currency="thb", card=omise_sandbox.card())
    transfer = omise.Transfer.create(amount=100_00).mark_as_sent()
    return [charge, disputed, transfer, charge.refund(amount=100_00), omise.Dispute.create(disputed)]


def test_list(omise_sandbox: Sandbox, origins: list[omise.Resource]) -> None:
    """What came in and what went out; amounts are never negative, and their sum is the balance."""
    lines = omise.Transaction.list(limit=2)

    assert last(omise_sandbox) == ("GET", "/transactions", {"limit": "2"})
    assert [(line.key, line.direction) for line in lines] == [
        ("charge.captured.net", "credit"),
        ("charge.captured.net", "credit"),
        ("transfer.sent.debit", "debit"),
        ("refund.created.debit", "debit"),
        ("dispute.started.debit", "debit"),
    ]
    assert all(isinstance(line, omise.Transaction) and line.amount > 0 for line in lines)
    balance = omise.Balance.retrieve()
    assert sum(line.amount if line.direction == "credit" else -line.amount for line in lines) == balance.total


def test_retrieve_and_reload(omise_sandbox: Sandbox, charge: omise.Charge) -> None:
    """By id or record."""
    line = omise.Transaction.list()[0]

    assert omise.Transaction.retrieve(line.id) == omise.Transaction.retrieve(line) == line == charge.transaction
    assert last(omise_sandbox) == ("GET", f"/transactions/{line.id}", {})
    assert line.reload() is line
    assert line.transferable_at >= line.created_at
    assert repr(line) == f"<Transaction {line.id} key='charge.captured.net' amount=96094 currency='THB'>"
    with pytest.raises(omise.errors.NotFoundError):
        omise.Transaction.retrieve("trxn_test_0")


def test_origin(omise_sandbox: Sandbox, origins: list[omise.Resource]) -> None:
    """What caused it, of the type that the beginning of the id tells; fetched when more than the id is read."""
    lines = list(omise.Transaction.list())

    with asked(omise_sandbox) as made:
        assert [line.origin for line in lines] == origins
        assert [type(line.origin) for line in lines] == [
            omise.Charge,
            omise.Charge,
            omise.Transfer,
            omise.Refund,
            omise.Dispute,
        ]
    assert made == []

    with asked(omise_sandbox) as made:
        assert [lines[place].origin.amount for place in (0, 2, 4)] == [1000_00, 100_00, 500_00]
    assert made == [f"GET {origins[place].location}" for place in (0, 2, 4)]  # type: ignore[attr-defined]


def test_a_refund_as_origin_has_no_address(omise_sandbox: Sandbox, origins: list[omise.Resource]) -> None:
    """The API has no path to a refund by its id alone: the error says so, and nothing is sent."""
    refund = omise.Transaction.list()[3].origin

    with asked(omise_sandbox) as made, pytest.raises(ValueError, match="no address of its own"):
        refund.reload()
    assert made == []
    assert refund.id == origins[3]
