"""Recipients of transfers."""

from typing import Any

import pytest

import omise
from omise.sandbox import Sandbox

from .calls import asked, last

BANK = {"brand": "scb", "number": "1234567890", "name": "Somchai Prasert"}
FACTS = {"name": "Somchai Prasert", "type": "individual", "email": "somchai@example.com", "bank_account": BANK}


@pytest.fixture
def recipient(omise_sandbox: Sandbox) -> omise.Recipient:
    """One that was just created."""
    return omise.Recipient.create(FACTS)


def test_create(omise_sandbox: Sandbox) -> None:
    """Neither checked nor active yet."""
    recipient = omise.Recipient.create(FACTS, metadata={"shop": 7})

    logged = {**BANK, "number": "[redacted]7890"}
    assert last(omise_sandbox) == ("POST", "/recipients", {**FACTS, "bank_account": logged, "metadata": {"shop": 7}})
    assert recipient.bank_account.account_number == BANK["number"]
    assert isinstance(recipient, omise.Recipient)
    assert (recipient.name, recipient.type, recipient.email) == ("Somchai Prasert", "individual", FACTS["email"])
    assert (recipient.verified, recipient.active, recipient.default) == (False, False, False)
    assert (recipient.schedule, recipient.metadata) == (None, {"shop": 7})
    assert repr(recipient) == (
        f"<Recipient {recipient.id} name='Somchai Prasert' email='somchai@example.com' verified=False active=False>"
    )


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"name": None}, omise.errors.BadRequestError),
        ({"type": "robot"}, omise.errors.BadRequestError),
        ({"bank_account": None}, omise.errors.BadRequestError),
        ({"bank_account": {**BANK, "brand": "nobank"}}, omise.errors.InvalidBankAccountError),
        ({"bank_account": {**BANK, "number": "x"}}, omise.errors.InvalidBankAccountError),
    ],
)
def test_refused_recipients(omise_sandbox: Sandbox, fields: dict[str, Any], error: type[Exception]) -> None:
    """The API's refusal reaches the caller without the number, and nobody is created."""
    with pytest.raises(error) as refused:
        omise.Recipient.create({**FACTS, **fields})

    assert "1234567890" not in str(refused.value)
    assert [each.default for each in omise.Recipient.list()] == [True]


def test_retrieve_and_list(omise_sandbox: Sandbox, recipient: omise.Recipient) -> None:
    """By id or record; an account has one of its own from the start."""
    assert omise.Recipient.retrieve(recipient.id) == omise.Recipient.retrieve(recipient) == recipient
    assert last(omise_sandbox) == ("GET", f"/recipients/{recipient.id}", {})

    default, found = omise.Recipient.list(limit=1)

    assert (default.default, default.verified, default.active) == (True, True, True)
    assert found == recipient


def test_update(omise_sandbox: Sandbox, recipient: omise.Recipient) -> None:
    """By parameters or by assignment; only what changed is sent."""
    recipient.update(bank_account={**BANK, "number": "9876543210"})
    logged = {**BANK, "number": "[redacted]3210"}
    assert last(omise_sandbox) == ("PATCH", f"/recipients/{recipient.id}", {"bank_account": logged})
    assert recipient.bank_account.account_number == "9876543210"

    recipient.description = "Courier"
    assert recipient.save() is recipient

    assert last(omise_sandbox)[2] == {"description": "Courier"}
    assert (recipient.bank_account.last_digits, recipient.description) == ("3210", "Courier")


def test_destroy(omise_sandbox: Sandbox, recipient: omise.Recipient) -> None:
    """Its last known fields stay readable; the account's own recipient cannot go."""
    assert recipient.destroy() is recipient
    assert last(omise_sandbox) == ("DELETE", f"/recipients/{recipient.id}", {})
    assert (recipient.destroyed, recipient.deleted, recipient.name) == (True, True, "Somchai Prasert")

    default = omise.Recipient.list()[0]
    with pytest.raises(omise.errors.BadRequestError):
        default.destroy()
    assert not default.destroyed


def test_verify_in_test_mode(omise_sandbox: Sandbox, recipient: omise.Recipient) -> None:
    """Its bank account was checked."""
    assert recipient.verify() is recipient

    assert last(omise_sandbox) == ("PATCH", f"/recipients/{recipient.id}/verify", {})
    assert recipient.verified
    assert recipient.verified_at is not None


def test_search(omise_sandbox: Sandbox, recipient: omise.Recipient) -> None:
    """By a boolean and by text."""
    found = omise.Recipient.search().filter(verified=False).query("somchai").execute()

    assert last(omise_sandbox)[2] == {"scope": "recipient", "filters": {"verified": "false"}, "query": "somchai"}
    assert list(found) == [recipient]


def test_schedules(omise_sandbox: Sandbox, recipient: omise.Recipient) -> None:
    """The schedules of transfers to it, fetched when they are read."""
    build = omise.Transfer.schedule(recipient=recipient, amount=100_00).months(on=15).end_date("2099-12-31")
    schedule = build.start()

    with asked(omise_sandbox) as made:
        assert list(recipient.schedules) == [schedule]
        assert isinstance(recipient.schedules[0], omise.Schedule)
    assert made == [f"GET /recipients/{recipient.id}/schedules"]
