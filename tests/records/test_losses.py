"""References, by which creates are found again, and the account of a lost write."""

import gc
from typing import Any

import pytest

import omise
from omise.records.losses import homes, reference_in, with_reference
from omise.sandbox import Sandbox

BANK_ACCOUNT = {"brand": "test", "number": "1234567890", "name": "Somchai Example"}
MONEY = {"amount": 1000_00, "currency": "thb"}


def creates(sandbox: Sandbox) -> list[omise.Resource]:
    """One create of every kind that takes metadata."""
    customer = omise.Customer.create(card=sandbox.card())
    charge = customer.charge(**MONEY)
    return [
        customer,
        charge,
        omise.Charge.create(**MONEY, customer=customer),
        charge.refund(amount=100),
        charge.refunds.create(amount=100),
        omise.Recipient.create(name="Somchai", type="individual", bank_account=BANK_ACCOUNT),
        omise.LinkedAccount.create(type="direct_debit_kbank", return_uri="https://shop.example.com/back"),
        omise.Transfer.create(amount=50_00),
    ]


def test_nothing_is_put_into_metadata_by_default(omise_sandbox: Sandbox) -> None:
    """Metadata is the user's."""
    assert [record["metadata"] for record in creates(omise_sandbox)] == [{}] * 8


def test_every_create_with_metadata_gets_a_reference(omise_sandbox: Sandbox) -> None:
    """A random value each, under the key that was named, and nothing where there is no metadata."""
    omise.reference_key = "ref"
    references = [record["metadata"]["ref"] for record in creates(omise_sandbox)]
    link = omise.Link.create(**MONEY, title="T", description="D")

    assert len({*references}) == 8
    assert all(reference.startswith("auto_") for reference in references)
    assert "metadata" not in omise_sandbox.requests[-1].params
    assert link.title == "T"


def test_a_reference_is_put_beside_what_is_there(omise_sandbox: Sandbox) -> None:
    """What the user sent is kept, and not changed in the user's own dict; a value of the user's is never replaced."""
    omise.reference_key = "ref"
    metadata: dict[str, Any] = {"order": 7781}
    first = omise.Customer.create(metadata=metadata)
    second = omise.Customer.create(metadata={"ref": "mine"})

    assert first.metadata.keys() == {"order", "ref"}
    assert metadata == {"order": 7781}
    assert second.metadata == {"ref": "mine"}


def test_what_changes_a_record_gets_none(omise_sandbox: Sandbox) -> None:
    """Updates and captures are found by the record."""
    charge = omise.Charge.create(**MONEY, card=omise_sandbox.card_token(), capture=False)
    customer = omise.Customer.create()
    omise.reference_key = "ref"
    charge.capture()
    customer.update(description="new")

    assert [charge.metadata, customer.metadata] == [{}, {}]


def test_the_setting_is_of_an_account() -> None:
    """A client has its own; what can be no key is refused."""
    client = omise.Client(secret_api_key="skey_test_1", reference_key="ref")
    assert client.config.reference_key == "ref"
    assert omise.reference_key is None

    for wrong in ("", " ", 7, ["ref"]):
        with pytest.raises(omise.ConfigurationError, match="reference_key must be None or the name of a key"):
            omise.reference_key = wrong


@pytest.mark.parametrize(
    "value", ["4242424242424242", "skey_test_5xuy4w91xqz7d1w9u0t", None, "", True, ["a"], {"a": 1}]
)
def test_what_could_be_a_secret_or_nothing_is_no_reference(value: Any) -> None:
    """The exception does not show it, so that nothing could be compared with it."""
    config = omise.Client(secret_api_key="skey_test_1", reference_key="ref").config

    assert reference_in({"metadata": {"ref": value}}, config) is None
    assert with_reference({"metadata": {"ref": value}}, config) == {"metadata": {"ref": value}}
    assert reference_in({"metadata": {"ref": "order 7"}}, config) == "ref"
    assert reference_in({"metadata": "text"}, config) is None


def test_the_account_is_forgotten_with_the_exception(omise_sandbox: Sandbox) -> None:
    """It is kept as long as the exception is, and beside it."""
    gc.collect()
    before = len(homes)
    with omise_sandbox.faults("reset_after"), pytest.raises(omise.OutcomeUnknown) as lost:
        omise.Customer.create()
    assert homes[lost.value].client is omise.client.default_client
    assert "skey" not in str(vars(lost.value))
    del lost
    gc.collect()

    assert len(homes) == before
