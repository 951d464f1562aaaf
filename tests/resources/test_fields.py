"""What the classes declare, beside what a sandbox answers: the two do not drift apart."""

import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, get_args

import pytest

import omise
from omise.records.casting import REGISTRY
from omise.records.drift import UNDECLARED, UNTOLD
from omise.sandbox import Sandbox

from ..stubs import load_all
from .calls import visit

NO_RECORDS = {"list", "search", "receipt_list"}


def play(sandbox: Sandbox) -> Iterator[omise.Resource]:
    """Do something with each resource; yield what comes back."""
    customer = omise.Customer.create(email="john@example.com", card=sandbox.card(city="Bangkok"))
    card = sandbox.card_token()
    yield omise.Token.create(sandbox.card())
    charge = customer.charge(amount=5000_00, currency="thb", description="Order", ip="203.0.113.7")
    charge.refund(amount=100_00, metadata={"why": "x"})
    yield charge.reload()
    yield customer.charge(amount=500_00, currency="thb", capture=False, authorization_type="pre_auth").reverse()
    yield omise.Charge.create(amount=500_00, currency="thb", card=sandbox.card("4111111111140011"))
    yield omise.Charge.create(amount=500_00, currency="thb", source={"type": "promptpay"}).mark_as_paid()
    redirect = {"source": {"type": "alipay_cn"}, "return_uri": "https://shop.example.com"}
    yield omise.Charge.create(amount=500_00, currency="thb", **redirect).expire()
    dispute = omise.Dispute.create(omise.Charge.create(amount=500_00, currency="thb", card=card))
    dispute.documents.upload(b"\x89PNG\r\n\x1a\n" + bytes(20), kind="proof_of_receipt")
    yield dispute.reload()
    yield dispute.update(message="It was delivered.").close(status="won")
    yield omise.Source.create(type="truemoney", amount=500_00, currency="thb", phone_number="0812345678")
    bank = {"brand": "scb", "number": "1234567890", "name": "Somchai"}
    yield omise.Recipient.create(name="Somchai", type="individual", bank_account=bank).verify()
    yield omise.Transfer.create(amount=100_00).mark_as_sent().mark_as_paid()
    account = omise.LinkedAccount.create(type="direct_debit_bay", return_uri="https://shop.example.com")
    visit(sandbox, account.registration_uri, action="enrol")
    yield customer.update(linked_account=account.reload())
    link = omise.Link.create(amount=500_00, currency="thb", title="Cup", description="One cup")
    visit(sandbox, link.payment_uri, number="4242424242424242")
    yield link.reload()
    ways = {"payment_methods": ["card"], "redirect_urls": {"complete_url": "https://shop.example.com"}}
    session = omise.CheckoutSession.create(amount=500_00, currency="thb", **ways)
    visit(sandbox, session.redirect_url, method="card", number="4242424242424242")
    yield session.reload()
    default = omise.Recipient.list()[0]
    card = customer.cards[0]
    yield omise.Charge.schedule(customer=customer, card=card, amount=100_00).days().end_date("2099-12-31").start()
    yield omise.Transfer.schedule(recipient=default, percentage_of_balance=5).days().end_date("2099-12-31").start()
    sandbox.application.clock.advance(days=2)
    for cls in (omise.Schedule, omise.Charge, omise.Transfer, omise.Receipt, omise.Transaction, omise.Event):
        yield cls.list(limit=100)
    yield from (schedule.occurrences for schedule in omise.Schedule.list())
    yield omise.request("POST", "/chains", email="sub@example.com")
    yield omise.request("POST", "/integrations", key_kind="app", kind="shopify", key="akey_test_5shop00000000000")
    for single in (omise.Account, omise.Balance, omise.Capability):
        yield single.retrieve()
    yield omise.Forex.from_("usd")
    yield omise.SubMerchant.create(name="Keiko's shop")
    yield omise.SystemInfo.retrieve()
    yield omise.WebhookSecret.create()
    yield omise.WebhookSecret.create().destroy()
    delivery = {
        "key": "charge.create",
        "payload": "{}",
        "error": None,
        "status": 200,
        "uri": "https://shop.example.com",
    }
    named = {"object": "webhook_delivery", "id": "whdl_test_1", "created_at": "2026-01-01 10:27:09 UTC"}
    yield omise.WebhookDelivery.from_data({**named, **delivery})  # nothing is delivered in a test


def walk(value: Any) -> Iterator[omise.Resource]:
    """All records in *value*, at any depth; what is not loaded is left alone."""
    if isinstance(value, omise.List):
        value = value.data
    if isinstance(value, list):
        for item in value:
            yield from walk(item)
    elif isinstance(value, omise.Resource) and value._loaded:
        yield value
        for name in value._attributes:
            yield from walk(value._read(name) if name not in value._associations else getattr(value, name))


@pytest.fixture(scope="module")
def samples() -> Iterator[dict[str, list[Any]]]:
    """Records of each kind, as one sandbox gave them."""
    with Sandbox() as sandbox:
        found = defaultdict(list)
        for each in play(sandbox):
            for record in walk(each):
                if record._kind:
                    found[record._kind].append(record)
        yield found


def declared(cls: type[omise.Resource]) -> dict[str, str]:
    """The fields that a class annotates, with the text of their types."""
    annotations = vars(cls)["__annotations__"].items()
    return {name: kind for name, kind in annotations if not name.startswith("_") and not kind.startswith("ClassVar")}


def named(annotation: str, module: Any) -> set[str]:
    """The names of the types in an annotation: ``{"list", "None"}`` of ``list[str] | None``."""
    names = {kind.partition("[")[0].strip() for kind in annotation.split("|")}
    return set().union(*(meant(name, module) for name in names))


def meant(name: str, module: Any) -> set[str]:
    """What types a name stands for: itself, or those of the alias, among the types of parameters, that it is."""
    kinds = get_args(getattr(module, name, None))
    return {getattr(kind, "__name__", type(kind).__name__) for kind in kinds} or {name}


load_all()
KINDS = sorted({*REGISTRY} - NO_RECORDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_declared(samples: dict[str, list[Any]], kind: str) -> None:
    """What answers hold is an annotation or association, or in the short list of what few need."""
    cls = REGISTRY[kind]
    told = set().union(*(record._attributes for record in samples[kind])) - {"object"}

    assert samples[kind], f"no {kind} was made"
    assert told - {*declared(cls), *cls._associations} == UNDECLARED.get(kind, set())


@pytest.mark.parametrize("kind", KINDS)
def test_every_declared_field_is_told(samples: dict[str, list[Any]], kind: str) -> None:
    """Each annotation stands for a field of every answer: none is a wish, none is misspelt."""
    cls = REGISTRY[kind]
    fields = {name for name in declared(cls) if not getattr(cls._associations.get(name), "is_list", False)}

    for record in samples[kind]:
        assert fields - {*record._attributes} <= UNTOLD.get(kind, set())


@pytest.mark.parametrize("kind", KINDS)
def test_fields_are_of_their_declared_types(samples: dict[str, list[Any]], kind: str) -> None:
    """As they are read: times as datetimes, days as dates, objects as their records."""
    module = sys.modules[REGISTRY[kind].__module__]
    for record in samples[kind]:
        for name, annotation in declared(REGISTRY[kind]).items():
            if name not in record._attributes or name in record._associations:
                continue
            value, wanted = getattr(record, name), named(annotation, module)
            given = {"None"} if value is None else {base.__name__ for base in type(value).__mro__}
            assert wanted & {*given, "Any"}, f"{kind}.{name} is {annotation}, and was {value!r}"
