"""Sources: ways to pay other than by card."""

from typing import Any

import pytest

import omise
from omise.sandbox import Sandbox

from .calls import asked, last

FIELDS = {"type": "promptpay", "amount": 500_00, "currency": "thb"}


def test_create(omise_sandbox: Sandbox) -> None:
    """All fields go out as given; the code to show is there once a charge uses the source."""
    source = omise.Source.create(FIELDS)

    assert last(omise_sandbox) == ("POST", "/sources", FIELDS)
    assert omise_sandbox.requests[-1].used_key(str(omise.secret_api_key))
    assert isinstance(source, omise.Source)
    assert (source.type, source.flow, source.amount, source.currency) == ("promptpay", "offline", 500_00, "THB")
    assert (source.charge_status, source.scannable_code, source.items, source.discounts) == ("unknown", None, [], [])
    assert repr(source).startswith(f"<Source {source.id} type='promptpay' amount=50000 currency='THB' charge_status=")


def test_what_a_type_asks_for(omise_sandbox: Sandbox) -> None:
    """Instalments have a term, wallets a phone number."""
    plan = omise.Source.create(type="installment_kbank", amount=5000_00, currency="thb", installment_term=6)
    wallet = omise.Source.create(type="truemoney", amount=500_00, currency="thb", phone_number="0812345678")

    assert (plan.installment_term, plan.flow) == (6, "redirect")
    assert wallet.phone_number == "0812345678"


def test_retrieve_and_reload(omise_sandbox: Sandbox) -> None:
    """By id or record, with the secret key; a charge leaves its mark."""
    source = omise.Source.create(FIELDS)
    omise.Charge.create(amount=500_00, currency="thb", source=source)

    assert omise.Source.retrieve(source.id) == omise.Source.retrieve(source) == source
    assert last(omise_sandbox) == ("GET", f"/sources/{source.id}", {})
    assert omise_sandbox.requests[-1].used_key(str(omise.secret_api_key))
    assert source.charge_status == "unknown"
    assert source.reload().charge_status == "pending"
    with pytest.raises(omise.errors.NotFoundError, match="source src_test_0 was not found"):
        omise.Source.retrieve("src_test_0")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"amount": "a lot"}, "amount is not a number"),
        ({"amount": None}, "amount is not a number"),
        ({"currency": "xyz"}, "currency is currently not supported"),
        ({"type": "barter"}, "type is currently not supported"),
    ],
)
def test_refused_sources(omise_sandbox: Sandbox, fields: dict[str, Any], message: str) -> None:
    """The API's message reaches the caller."""
    with pytest.raises(omise.errors.BadRequestError, match=message) as refused:
        omise.Source.create({**FIELDS, **fields})

    assert refused.value.status == 400


@pytest.mark.parametrize("fields", [{"amount": 600_00}, {"currency": "jpy"}])
def test_a_source_is_for_one_amount_and_one_charge(omise_sandbox: Sandbox, fields: dict[str, Any]) -> None:
    """A charge of another amount or currency is refused, and leaves the source as it was; so is a second charge."""
    source = omise.Source.create(FIELDS)
    charge = {"amount": 500_00, "currency": "thb", "source": source}
    with pytest.raises(omise.APIError):
        omise.Charge.create({**charge, **fields})
    assert source.reload().charge_status == "unknown"
    omise.Charge.create(charge)

    with pytest.raises(omise.APIError):
        omise.Charge.create(charge)
    assert len(omise.Charge.list()) == 1


@pytest.mark.parametrize(
    ("settings", "given", "used"),
    [
        ({"secret_api_key": "skey_test_1", "public_api_key": "pkey_test_1"}, None, "skey_test_1"),
        ({"secret_api_key": "skey_test_1", "public_api_key": None}, None, "skey_test_1"),
        ({"secret_api_key": None, "public_api_key": "pkey_test_1"}, None, "pkey_test_1"),
        ({"secret_api_key": "skey_test_1", "public_api_key": "pkey_test_1"}, "pkey_test_2", "pkey_test_2"),
        ({"secret_api_key": None, "public_api_key": "pkey_test_1"}, "skey_test_2", "skey_test_2"),
    ],
)
def test_the_key(omise_sandbox: Sandbox, settings: dict[str, Any], given: str | None, used: str) -> None:
    """The secret one, the public one where only that is set, and the one that is given, in all calls of a source."""
    with omise_sandbox.client(**settings) as shop:
        source = shop.Source.create(FIELDS, key=given)
        shop.Source.retrieve(source.id, key=given)
        source.reload()

    assert [request.used_key(used) for request in omise_sandbox.requests] == [True] * 3


def test_without_any_key(omise_sandbox: Sandbox) -> None:
    """The secret one is asked for, and nothing is sent."""
    omise.secret_api_key = omise.public_api_key = None
    with asked(omise_sandbox) as made, pytest.raises(omise.ConfigurationError, match=r"a secret key .* is needed"):
        omise.Source.create(FIELDS)

    assert made == []


@pytest.mark.parametrize("version", ["2014-07-27", "2015-11-17"])
def test_versions_that_have_no_sources(omise_sandbox: Sandbox, version: str) -> None:
    """The API says so."""
    omise.api_version = version
    with pytest.raises(omise.errors.ServiceNotFoundError):
        omise.Source.create(FIELDS)
