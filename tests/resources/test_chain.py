"""Chains: a sub-merchant's permission to act for it."""

import pytest

import omise
from omise.sandbox import Sandbox

from .calls import last


@pytest.fixture
def chain(omise_sandbox: Sandbox) -> omise.Chain:
    """One that a sub-merchant gave, which is done in the browser and has no verb."""
    return omise.request("POST", "/chains", email="sub@example.com")  # type: ignore[no-any-return]


def test_list_and_retrieve(omise_sandbox: Sandbox, chain: omise.Chain) -> None:
    """By id or record."""
    assert list(omise.Chain.list(limit=5)) == [chain]
    assert last(omise_sandbox) == ("GET", "/chains", {"limit": "5"})

    found = omise.Chain.retrieve(chain.id)

    assert last(omise_sandbox) == ("GET", f"/chains/{chain.id}", {})
    assert isinstance(found, omise.Chain)
    assert (found.email, found.revoked) == ("sub@example.com", False)
    assert found.master_team == omise.Account.retrieve().team
    assert found.reload() is found
    assert not hasattr(omise.Chain, "create")


def test_its_key_opens_the_sub_merchants_account(omise_sandbox: Sandbox, chain: omise.Chain) -> None:
    """In the place of a secret key: of a client, or of a call."""
    shop = omise_sandbox.client(secret_api_key=chain.key)
    customer = shop.Customer.create(email="keiko@example.com")

    assert chain.key.startswith("ckey_test_")
    assert list(omise.Customer.list(key=chain.key)) == [customer]
    assert len(omise.Customer.list()) == 0


def test_revoke(omise_sandbox: Sandbox, chain: omise.Chain) -> None:
    """For good: the key opens nothing any more, and it cannot be revoked twice."""
    assert chain.revoke() is chain
    assert last(omise_sandbox) == ("POST", f"/chains/{chain.id}/revoke", {})
    assert chain.revoked

    with pytest.raises(omise.errors.AuthenticationFailureError):
        omise.Customer.list(key=chain.key)
    with pytest.raises(omise.errors.BadRequestError):
        chain.revoke()
    assert chain.reload().revoked


def test_its_key_is_shown_to_nobody(chain: omise.Chain) -> None:
    """Neither repr nor print tells it."""
    shown = f"{chain!r}\n{chain}\n{omise.Chain.list()}"

    assert chain.key[10:] not in shown
    assert repr(chain) == f"<Chain {chain.id} email='sub@example.com' revoked=False>"
