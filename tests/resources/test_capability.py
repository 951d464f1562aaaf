"""What the account can do, asked with the public key."""

import pytest

import omise
from omise.sandbox import Sandbox

from .calls import asked, last


def test_retrieve_with_the_public_key(omise_sandbox: Sandbox) -> None:
    """GET /capability, and never with the secret key."""
    capability = omise.Capability.retrieve()

    assert last(omise_sandbox) == ("GET", "/capability", {})
    assert omise_sandbox.requests[-1].used_key(str(omise.public_api_key))
    assert isinstance(capability, omise.Capability)
    assert (capability.country, capability.limits.charge_amount.min) == ("TH", 2000)
    assert "scb" in capability.banks
    assert repr(capability) == "<Capability country='TH'>"


def test_payment_methods_are_records(omise_sandbox: Sandbox) -> None:
    """Each is a PaymentMethod, which says what it asks for."""
    methods = {method.name: method for method in omise.Capability.retrieve().payment_methods}

    assert all(isinstance(method, omise.PaymentMethod) for method in methods.values())
    assert "Visa" in (methods["card"].card_brands or [])
    assert methods["card"].installment_terms is None
    assert methods["promptpay"].currencies == ["THB"]
    assert methods["installment_wlb_kbank"].installment_terms == [3, 4, 6, 10]


def test_reload(omise_sandbox: Sandbox) -> None:
    """At its one address, with the public key again."""
    capability = omise.Capability.retrieve()

    assert capability.reload() is capability
    assert last(omise_sandbox) == ("GET", "/capability", {})
    assert omise_sandbox.requests[-1].used_key(str(omise.public_api_key))


def test_a_secret_key_does_not_belong_here(omise_sandbox: Sandbox) -> None:
    """The wrong kind of key, and a missing one, are errors that name the setting; nothing is sent."""
    with asked(omise_sandbox) as made:
        with pytest.raises(omise.ConfigurationError, match="key given with key= begins with skey_"):
            omise.Capability.retrieve(key=omise.secret_api_key)
        omise.public_api_key = None
        with pytest.raises(omise.ConfigurationError, match="public_api_key"):
            omise.Capability.retrieve()

    assert made == []


@pytest.mark.parametrize("version", ["2014-07-27", "2015-11-17", "2017-11-02"])
def test_older_versions(omise_sandbox: Sandbox, version: str) -> None:
    """They have a list of objects with one name each, and no country."""
    omise.api_version = version
    capability = omise.Capability.retrieve()
    backends = {name: getattr(backend, name) for backend in capability.payment_backends for name in backend.to_dict()}

    assert backends["credit_card"].type == "card"
    assert backends["alipay"].currencies == ["thb"]
    assert "country" not in capability.reload()
    assert repr(capability).startswith("<Capability")
