"""Transfers: created, changed and cancelled before they are sent; sent and paid in test mode."""

from typing import Any

import pytest

import omise
from omise.sandbox import Sandbox
from omise.wire.marks import MADE_UP

from .calls import asked, last


@pytest.fixture(autouse=True)
def funds(charge: omise.Charge) -> int:
    """What there is to transfer, in satang."""
    return charge.net


@pytest.fixture
def transfer(omise_sandbox: Sandbox) -> omise.Transfer:
    """THB 100.00 to the account's own bank account."""
    return omise.Transfer.create(amount=100_00)


def test_create(omise_sandbox: Sandbox) -> None:
    """To a recipient, by id or record; the fee is taken from the amount, the balance is not touched yet."""
    recipient = omise.Recipient.list()[0]
    transfer = omise.Transfer.create(amount=100_00, recipient=recipient, metadata={"batch": 7})
    method, path, params = last(omise_sandbox)

    assert (method, path) == ("POST", "/transfers")
    assert {**params, "idemp_key": None} == {
        "amount": 100_00,
        "recipient": recipient.id,
        "metadata": {"batch": 7},
        "idemp_key": None,
    }
    assert isinstance(transfer, omise.Transfer)
    assert (transfer.amount, transfer.fee, transfer.fee_vat, transfer.net) == (100_00, 28_04, 1_96, 70_00)
    assert (transfer.sent, transfer.paid, transfer.sendable, transfer.transactions) == (False, False, True, [])
    assert transfer.recipient == recipient
    assert repr(transfer) == f"<Transfer {transfer.id} amount=10000 currency='THB' sent=False paid=False>"


def test_each_transfer_has_a_key_of_its_own(omise_sandbox: Sandbox) -> None:
    """The API knows a repetition by `idemp_key`: a fresh one each time, unless the caller has one."""
    made = [omise.Transfer.create(amount=100_00), omise.Transfer(amount=100_00).save()]
    keys = [request.params["idemp_key"] for request in omise_sandbox.requests[-2:]]
    assert len({*keys}) == 2
    assert all(MADE_UP.fullmatch(key) for key in keys)

    again = [omise.Transfer.create(amount=100_00, idemp_key="batch-7") for _ in range(2)]
    by_dict = omise.Transfer.create({"amount": 100_00, "idemp_key": "batch-7"})

    assert [request.params["idemp_key"] for request in omise_sandbox.requests[-3:]] == ["batch-7"] * 3
    assert again[0] == again[1] == by_dict
    assert len(omise.Transfer.list()) == len(made) + 1


def test_the_callers_dict_is_left_as_it_was(omise_sandbox: Sandbox) -> None:
    """No key is put into it."""
    fields = {"amount": 100_00}
    omise.Transfer.create(fields)

    assert fields == {"amount": 100_00}


def test_without_an_amount_it_is_all_there_is(omise_sandbox: Sandbox, funds: int) -> None:
    """The whole transferable balance."""
    assert omise.Transfer.create().amount == funds


@pytest.mark.parametrize("amount", [29_99, -100_00, "a lot", 10_000_000_00])
def test_refused_amounts(omise_sandbox: Sandbox, amount: Any) -> None:
    """Too small, too large, or no number: the API's refusal reaches the caller, and there is no transfer."""
    with pytest.raises(omise.errors.BadRequestError, match="amount"):
        omise.Transfer.create(amount=amount)

    assert len(omise.Transfer.list()) == 0


def test_an_unknown_recipient(omise_sandbox: Sandbox, charge: omise.Charge) -> None:
    """The API does not find it; what is no recipient is not even sent."""
    with pytest.raises(omise.errors.NotFoundError, match="recipient recp_test_0 was not found"):
        omise.Transfer.create(amount=100_00, recipient="recp_test_0")
    with asked(omise_sandbox) as made, pytest.raises(TypeError, match="recipient must be a Recipient"):
        omise.Transfer.create(amount=100_00, recipient=charge)

    assert made == []


def test_retrieve_list_and_reload(omise_sandbox: Sandbox, transfer: omise.Transfer) -> None:
    """By id or record."""
    assert omise.Transfer.retrieve(transfer.id) == omise.Transfer.retrieve(transfer) == transfer
    assert last(omise_sandbox) == ("GET", f"/transfers/{transfer.id}", {})
    assert list(omise.Transfer.list(limit=1)) == [transfer]
    assert transfer.reload() is transfer


def test_update(omise_sandbox: Sandbox, transfer: omise.Transfer) -> None:
    """Amount and metadata, before it was sent."""
    transfer.amount = 200_00
    transfer.update(metadata={"batch": 8})

    assert last(omise_sandbox) == (
        "PATCH",
        f"/transfers/{transfer.id}",
        {"amount": 200_00, "metadata": {"batch": 8}},
    )
    assert (transfer.amount, transfer.metadata) == (200_00, {"batch": 8})


def test_destroy(omise_sandbox: Sandbox, transfer: omise.Transfer) -> None:
    """It is cancelled, and refuses everything from then on."""
    assert transfer.destroy() is transfer

    assert last(omise_sandbox) == ("DELETE", f"/transfers/{transfer.id}", {})
    assert (transfer.destroyed, transfer.amount) == (True, 100_00)
    for refused in (transfer.destroy, transfer.mark_as_sent, transfer.reload):
        with pytest.raises(omise.DestroyedError):
            refused()


def test_mark_as_sent_and_paid(omise_sandbox: Sandbox, transfer: omise.Transfer, funds: int) -> None:
    """In test mode; the balance goes down when it is sent."""
    with pytest.raises(omise.errors.BadRequestError):
        transfer.mark_as_paid()
    assert transfer.mark_as_sent() is transfer
    assert last(omise_sandbox) == ("POST", f"/transfers/{transfer.id}/mark_as_sent", {})
    assert (transfer.sent, transfer.sendable) == (True, False)
    assert [type(line) for line in transfer.transactions] == [omise.Transaction]
    assert transfer.transactions[0].origin == transfer
    assert omise.Balance.retrieve().total == funds - 100_00

    assert transfer.mark_as_paid() is transfer
    assert last(omise_sandbox) == ("POST", f"/transfers/{transfer.id}/mark_as_paid", {})
    assert transfer.paid
    assert transfer.paid_at is not None


def test_a_transfer_that_was_sent_stays_as_it_is(transfer: omise.Transfer) -> None:
    """Changing and cancelling are refused, and nothing is half done."""
    transfer.mark_as_sent()

    for refused in (transfer.destroy, transfer.mark_as_sent, lambda: transfer.update(amount=50_00)):
        with pytest.raises(omise.errors.BadRequestError):
            refused()
    assert not transfer.destroyed
    assert (transfer.reload().amount, transfer.deleted, len(transfer.transactions)) == (100_00, False, 1)


def test_recipient(omise_sandbox: Sandbox, transfer: omise.Transfer) -> None:
    """A Recipient, fetched once when more than its id is read."""
    with asked(omise_sandbox) as made:
        assert isinstance(transfer.recipient, omise.Recipient)
        assert transfer.recipient.id == transfer["recipient"]
    assert made == []

    with asked(omise_sandbox) as made:
        assert (transfer.recipient.default, transfer.recipient.active) == (True, True)
    assert made == [f"GET /recipients/{transfer.attributes['recipient']}"]
    assert transfer.schedule is None


def test_search(omise_sandbox: Sandbox, transfer: omise.Transfer) -> None:
    """Amounts in the main unit of the currency."""
    found = omise.Transfer.search().filter(amount=(99.5, 100), sent=False).execute()

    assert last(omise_sandbox)[2] == {"scope": "transfer", "filters": {"amount": "99.5..100", "sent": "false"}}
    assert list(found) == [transfer]


def test_schedules(omise_sandbox: Sandbox) -> None:
    """The builder repeats a transfer; those that came of it know their schedule."""
    recipient = omise.Recipient.list()[0]
    build = omise.Transfer.schedule(recipient=recipient, percentage_of_balance=50).days().end_date("2099-12-31")
    schedule = build.start()

    transfer = schedule.occurrences[0].result
    assert isinstance(transfer, omise.Transfer)
    assert transfer.schedule == schedule
    assert isinstance(schedule.transfer, omise.ScheduledTransfer)
    assert schedule.transfer.percentage_of_balance == 50.0
    assert schedule.transfer.recipient == recipient
    assert list(omise.Transfer.list_schedules()) == [schedule]
    assert last(omise_sandbox)[:2] == ("GET", "/transfers/schedules")


def test_older_versions(omise_sandbox: Sandbox, transfer: omise.Transfer) -> None:
    """They tell one transaction by its id, where newer ones have a list."""
    transfer.mark_as_sent()
    omise.api_version = "2017-11-02"

    assert omise.Transfer.retrieve(transfer)["transaction"] == transfer.transactions[0].id


def test_a_lost_transfer_is_asked_for_again_with_its_own_key(
    omise_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The API knows it by that, so that there is one transfer, however often the answer was lost."""
    monkeypatch.setattr("omise.wire.transport.BACKOFF", 0)
    with omise_sandbox.faults("reset_after", times=2, path="/transfers"):
        made = omise.Transfer.create(amount=100_00)

    keys = [request.params["idemp_key"] for request in omise_sandbox.requests if request.path == "/transfers"]
    assert len(keys) == 3
    assert len({*keys}) == 1
    assert [one.id for one in omise.Transfer.list()].count(made.id) == 1
    assert omise.Transfer.list().total == 1


@pytest.mark.parametrize("key", [None, ""])
def test_a_lost_transfer_without_a_key_is_not_asked_for_again(omise_sandbox: Sandbox, key: str | None) -> None:
    """Who says that there is none gets the rule of all writes."""
    with omise_sandbox.faults("reset_after", times=2, path="/transfers"), pytest.raises(omise.OutcomeUnknown):
        omise.Transfer.create(amount=100_00, idemp_key=key)

    assert omise.Transfer.list().total == 1
