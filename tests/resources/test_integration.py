"""Merchants' accounts as connected to a platform's app."""

import pytest

import omise
from omise.sandbox import Sandbox

from .calls import asked, last


@pytest.fixture
def integration(omise_sandbox: Sandbox) -> omise.Integration:
    """One that exists."""
    omise.app_key = "akey_test_5shop00000000000"
    return omise.request("POST", "/integrations", key_kind="app", kind="shopify")  # type: ignore[no-any-return]


def test_retrieve_with_the_app_key(omise_sandbox: Sandbox, integration: omise.Integration) -> None:
    """By id or record, with the key of the app."""
    found = omise.Integration.retrieve(integration.id)

    assert last(omise_sandbox) == ("GET", f"/integrations/{integration.id}", {})
    assert omise_sandbox.requests[-1].used_key("akey_test_5shop00000000000")
    assert isinstance(found, omise.Integration)
    assert found == omise.Integration.retrieve(integration) == integration
    assert found.kind == "shopify"
    assert found.created.year >= 2026
    assert found.public_key.startswith("pkey_test_")
    assert found.data.account_id == integration.id


def test_reload(omise_sandbox: Sandbox, integration: omise.Integration) -> None:
    """Its JSON tells no location; its id does."""
    assert integration.reload() is integration
    assert last(omise_sandbox) == ("GET", f"/integrations/{integration.id}", {})


def test_its_keys_are_shown_to_nobody(integration: omise.Integration) -> None:
    """Neither repr nor print tells the merchant's keys."""
    shown = f"{integration!r}\n{integration}\n{integration.data!r}\n{integration.data}"

    for secret in (integration.secret_key, integration.public_key, integration.data.secret):
        assert secret not in shown
        assert secret[10:] not in shown
    assert repr(integration) == f"<Integration {integration.id} kind='shopify'>"


def test_without_an_app_key(omise_sandbox: Sandbox) -> None:
    """The error names the setting, and nothing is sent."""
    with asked(omise_sandbox) as made:
        with pytest.raises(omise.ConfigurationError, match=r"omise\.app_key"):
            omise.Integration.retrieve("integration_test_1")
        with pytest.raises(omise.ConfigurationError, match="begins with skey_"):
            omise.Integration.retrieve("integration_test_1", key=omise.secret_api_key)

    assert made == []
