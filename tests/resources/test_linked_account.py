"""Linked accounts: payers' bank accounts."""

from datetime import timedelta

import pytest

import omise
from omise.sandbox import Sandbox

from .calls import asked, last, visit

FIELDS = {"type": "direct_debit_kbank", "return_uri": "https://shop.example.com/linked"}


@pytest.fixture
def account(omise_sandbox: Sandbox) -> omise.LinkedAccount:
    """One whose owner has not enrolled yet."""
    return omise.LinkedAccount.create(FIELDS)


def test_create(omise_sandbox: Sandbox) -> None:
    """Its owner has a day to enrol at `registration_uri`."""
    account = omise.LinkedAccount.create(FIELDS, metadata={"payer": 7})

    assert last(omise_sandbox) == ("POST", "/linked_accounts", {**FIELDS, "metadata": {"payer": 7}})
    assert isinstance(account, omise.LinkedAccount)
    assert (account.type, account.status, account.last_digits) == ("direct_debit_kbank", "pending", None)
    assert account.expires_at - account.created_at == timedelta(days=1)
    assert account.registration_uri.startswith("https://")
    assert repr(account) == f"<LinkedAccount {account.id} type='direct_debit_kbank' status='pending'>"
    with pytest.raises(omise.errors.BadRequestError):
        omise.LinkedAccount.create({**FIELDS, "type": "direct_debit_xyz"})


def test_retrieve_list_and_reload(omise_sandbox: Sandbox, account: omise.LinkedAccount) -> None:
    """By id or record; once the owner has enrolled its digits are known."""
    visit(omise_sandbox, account.registration_uri, action="enrol")

    assert omise.LinkedAccount.retrieve(account.id) == omise.LinkedAccount.retrieve(account) == account
    assert last(omise_sandbox) == ("GET", f"/linked_accounts/{account.id}", {})
    assert list(omise.LinkedAccount.list(limit=1)) == [account]
    assert account.reload() is account
    assert account.status == "successful"
    assert account.last_digits is not None
    assert account.registered_at is not None


def test_destroy(omise_sandbox: Sandbox, account: omise.LinkedAccount) -> None:
    """The link is cut."""
    assert account.destroy() is account
    assert last(omise_sandbox) == ("DELETE", f"/linked_accounts/{account.id}", {})
    assert (account.destroyed, account.status) == (True, "deleted")

    with asked(omise_sandbox) as made, pytest.raises(omise.DestroyedError):
        account.destroy()
    assert made == []


def test_charging_one(omise_sandbox: Sandbox, account: omise.LinkedAccount) -> None:
    """By record or id, of its own or through the customer who keeps it."""
    visit(omise_sandbox, account.registration_uri, action="enrol")
    customer = omise.Customer.create(linked_account=account)
    charge = omise.Charge.create(amount=500_00, currency="thb", linked_account=account)

    assert last(omise_sandbox)[2]["linked_account"] == account.id
    assert isinstance(charge.linked_account, omise.LinkedAccount)
    assert charge.linked_account == account
    assert list(customer.linked_accounts) == [account]
    assert isinstance(customer.linked_accounts[0], omise.LinkedAccount)


def test_search(omise_sandbox: Sandbox, account: omise.LinkedAccount) -> None:
    """By status and type."""
    assert list(omise.LinkedAccount.search().filter(status="pending", type=account.type)) == [account]
    assert last(omise_sandbox)[2]["scope"] == "linked_account"
