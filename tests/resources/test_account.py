"""The account: retrieve, reload, update."""

from datetime import datetime, timezone

import pytest

import omise
from omise.sandbox import Sandbox

from .calls import asked, last


def test_retrieve(omise_sandbox: Sandbox) -> None:
    """There is one, at an address without an id."""
    account = omise.Account.retrieve()

    assert last(omise_sandbox) == ("GET", "/account", {})
    assert isinstance(account, omise.Account)
    assert (account.country, account.currency, account.livemode) == ("TH", "THB", False)
    assert account.created_at.tzinfo == timezone.utc
    assert isinstance(account.created_at, datetime)
    assert account.metadata_export_keys.charge == []
    assert account.transfer_config.fee == "30.00"
    assert repr(account) == f"<Account {account.id} email={account.email!r} country='TH'>"


def test_it_takes_no_id(omise_sandbox: Sandbox) -> None:
    """An id is a TypeError, and nothing is sent."""
    with asked(omise_sandbox) as made, pytest.raises(TypeError):
        omise.Account.retrieve("account_test_1")  # type: ignore[call-arg]

    assert made == []


def test_update(omise_sandbox: Sandbox) -> None:
    """By parameters, by assignment and in place; it is refilled."""
    account = omise.Account.retrieve()
    assert account.update(chain_enabled=True, webhook_uri="https://shop.example.com/events") is account
    assert last(omise_sandbox) == (
        "PATCH",
        "/account",
        {"chain_enabled": True, "webhook_uri": "https://shop.example.com/events"},
    )

    account.zero_interest_installments = True
    account.metadata_export_keys["charge"] = ["order"]
    account.save()

    again = omise.Account.retrieve()
    assert (again.chain_enabled, again.webhook_uri) == (True, "https://shop.example.com/events")
    assert again.zero_interest_installments is True
    assert again["metadata_export_keys"]["charge"] == ["order"]


def test_reload_sees_what_another_changed_and_drops_what_was_assigned(omise_sandbox: Sandbox) -> None:
    """Returns self."""
    account = omise.Account.retrieve()
    omise.Account.retrieve().update(chain_enabled=True)
    account.chain_enabled = False

    assert account.reload() is account
    assert last(omise_sandbox) == ("GET", "/account", {})
    assert account.chain_enabled is True
    assert account.changes == {}


def test_a_webhook_address_has_to_be_https(omise_sandbox: Sandbox) -> None:
    """The API's refusal reaches the caller, and the account stays as it was."""
    account = omise.Account.retrieve()

    with pytest.raises(omise.errors.BadRequestError) as refused:
        account.update(webhook_uri="ftp://shop.example.com")

    assert refused.value.status == 400
    assert account.webhook_uri is None
    assert omise.Account.retrieve().webhook_uri is None


def test_each_key_has_its_account(omise_sandbox: Sandbox) -> None:
    """A client's account is its own, and what is found stays with the client."""
    with omise_sandbox.client() as shop:
        other = shop.Account.retrieve()
        other.update(chain_enabled=True)

        assert other != omise.Account.retrieve()
        assert shop.Account.retrieve().chain_enabled is True
    assert omise.Account.retrieve().chain_enabled is False


@pytest.mark.parametrize("version", ["2014-07-27", "2015-11-17", "2017-11-02"])
def test_older_versions(omise_sandbox: Sandbox, version: str) -> None:
    """They have the team's id, and currencies in lower case; it is updated all the same."""
    newest = omise.Account.retrieve()
    omise.api_version = version
    account = omise.Account.retrieve()

    assert (account.id, account.currency, account.created) == (newest.team, "thb", newest.created_at)
    assert account.update(chain_enabled=True).chain_enabled is account.reload().chain_enabled is True
