"""Bank accounts, within recipients and transfers."""

import pytest

import omise
from omise.sandbox import Sandbox

from .calls import asked

SOMCHAI = {"brand": "scb", "number": "1234567890", "name": "Somchai Prasert"}


@pytest.fixture
def recipient(omise_sandbox: Sandbox) -> omise.Recipient:
    """Somebody with a bank account."""
    return omise.Recipient.create(name="Somchai Prasert", type="individual", bank_account=SOMCHAI)


def test_what_is_sent_comes_back_under_other_names(recipient: omise.Recipient) -> None:
    """`number` and `brand` come back as `account_number` and `bank_code`; `brand` is the bank's name then."""
    bank = recipient.bank_account

    assert isinstance(bank, omise.BankAccount)
    assert (bank.account_number, bank.bank_code, bank.last_digits) == ("1234567890", "scb", "7890")
    assert (bank.name, bank.brand) == ("Somchai Prasert", "Siam Commercial Bank")


def test_its_number_is_not_shown(recipient: omise.Recipient) -> None:
    """repr and print of it, and of whose it is, show the end of it."""
    shown = f"{recipient!r}\n{recipient}\n{recipient.bank_account!r}\n{recipient.bank_account}"

    assert "1234567890" not in shown
    assert repr(recipient.bank_account) == ("<BankAccount bank_code='scb' last_digits='7890' name='Somchai Prasert'>")


def test_it_has_no_address(omise_sandbox: Sandbox, recipient: omise.Recipient) -> None:
    """It is a part of its recipient, and has no verbs."""
    with asked(omise_sandbox) as made:
        for verb in ("reload", "update", "destroy"):
            assert not hasattr(recipient.bank_account, verb)
    assert made == []


def test_a_transfer_has_a_copy(recipient: omise.Recipient, charge: omise.Charge) -> None:
    """The one that it goes to, whatever becomes of the recipient."""
    recipient.verify()
    transfer = omise.Transfer.create(amount=100_00, recipient=recipient)
    recipient.update(bank_account={**SOMCHAI, "number": "9876543210"})

    assert isinstance(transfer.bank_account, omise.BankAccount)
    assert transfer.reload().bank_account.last_digits == "7890"
    assert recipient.bank_account.last_digits == "3210"
