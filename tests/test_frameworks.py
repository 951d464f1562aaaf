"""Records where others expect objects or dicts of their own: templates, models, JSON."""

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

import jinja2
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Engine
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy
from pydantic import BaseModel, ConfigDict

import omise
from omise.sandbox import Sandbox

if not settings.configured:
    settings.configure(USE_I18N=False, USE_TZ=True)


@pytest.fixture
def customer(omise_sandbox: Sandbox) -> omise.Customer:
    """With two cards and metadata."""
    made = omise.Customer.create(email="a@b.co", card=omise_sandbox.card(), metadata={"order_id": 7, "deep": {"er": 8}})
    made.cards.create(omise_sandbox.card("5555555555554444"))
    return made.reload()


@pytest.fixture
def charge(omise_sandbox: Sandbox, customer: omise.Customer) -> omise.Charge:
    """Authorized, and not captured."""
    return omise.Charge.create(amount=1000_00, currency="thb", customer=customer, capture=False)


def django(source: str, **names: Any) -> str:
    """Return what Django's engine makes of *source*."""
    return str(Engine(string_if_invalid="(blank)").from_string(source).render(Context(names)))


def jinja(source: str, **names: Any) -> str:
    """Return what Jinja's engine makes of *source*."""
    return jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=True).from_string(source).render(names)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ c.email }} {{ c.id }}", "a@b.co {id}"),
        ("{{ c.default_card.last_digits }}", "4242"),
        ("{{ c.cards|length }}", "2"),
        ("{% for card in c.cards %}{{ card.brand }} {% endfor %}", "Visa MasterCard "),
        ("{{ c.metadata.order_id }} {{ c.metadata.deep.er }}", "7 8"),
        ("{{ c.cards.total }} {{ c.cards.data.0.brand }} {{ c.cards.0.brand }}", "2 Visa Visa"),
    ],
)
@pytest.mark.parametrize("render", [django, jinja])
def test_templates_read_what_python_reads(
    omise_sandbox: Sandbox, customer: omise.Customer, render: Any, source: str, text: str
) -> None:
    """Whether an engine asks for items or for attributes first; nothing is fetched that came with the record."""
    count = len(omise_sandbox.requests)

    assert render(source, c=customer) == text.format(id=customer.id)
    assert len(omise_sandbox.requests) == count


def test_times_in_templates(customer: omise.Customer) -> None:
    """A time is one, for filters and methods."""
    year = str(customer.created_at.year)

    assert django('{{ c.created_at|date:"Y" }}', c=customer) == year
    assert jinja("{{ c.created_at.year }} {{ c['created_at'].year }}", c=customer) == f"{year} {year}"


@pytest.mark.parametrize("verb", ["destroy", "update", "save", "charge", "create", "retrieve", "list", "cards.create"])
def test_a_template_sets_off_no_verb(omise_sandbox: Sandbox, customer: omise.Customer, verb: str) -> None:
    """``{{ customer.destroy }}`` is blank, and the customer stays."""
    count = len(omise_sandbox.requests)

    assert django(f"{{{{ c.{verb} }}}}", c=customer) == "(blank)"
    assert len(omise_sandbox.requests) == count


@pytest.mark.parametrize("verb", ["refund", "reverse", "expire", "mark_as_paid", "refunds.create"])
def test_a_template_sets_off_no_verb_of_a_charge(omise_sandbox: Sandbox, charge: omise.Charge, verb: str) -> None:
    """The same for money; a verb that hides a field is the field."""
    count = len(omise_sandbox.requests)

    assert django(f"{{{{ c.{verb} }}}}", c=charge) == "(blank)"
    assert django("{{ c.capture }}", c=charge) == "False"
    assert len(omise_sandbox.requests) == count


def test_what_is_missing_in_a_template(customer: omise.Customer) -> None:
    """It is blank in Django, undefined in Jinja."""
    assert django("{{ c.emial }}", c=customer) == "(blank)"
    assert jinja("{{ c.emial is defined }} {{ c['emial'] is defined }}", c=customer) == "False False"


class Card(BaseModel):
    """A card as an application's own model."""

    model_config = ConfigDict(from_attributes=True)

    brand: str
    last_digits: str


class Customer(BaseModel):
    """A customer as an application's own model."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    email: str | None
    created_at: datetime
    metadata: dict[str, Any]
    default_card: Card | None
    cards: list[Card]
    nickname: str | None = None


def test_pydantic_models_are_made_from_records(customer: omise.Customer) -> None:
    """With ``from_attributes``, nested records and lists too; a field that the JSON has not takes its default."""
    model = Customer.model_validate(customer)

    assert (model.id, model.email, model.created_at) == (customer.id, "a@b.co", customer.created_at)
    assert model.metadata == {"order_id": 7, "deep": {"er": 8}}
    assert model.default_card == Card(brand="Visa", last_digits="4242")
    assert [card.brand for card in model.cards] == ["Visa", "MasterCard"]
    assert model.nickname is None
    assert (
        Customer(**{**customer.to_dict(), "cards": customer.cards.to_dicts(), "default_card": None}).id == customer.id
    )


def test_json_of_records_among_other_things(customer: omise.Customer, charge: omise.Charge) -> None:
    """`json_default` writes records and lists as their JSON, and what can be sent as it is sent."""
    things = {
        "customer": customer,
        "list": customer.cards,
        "nested": [{"charge": charge}],
        "metadata": customer.metadata,
        "attributes": customer.attributes,
        "day": date(2026, 1, 31),
        "uuid": UUID(int=7),
        "lazy": gettext_lazy("Thank you"),
    }

    assert json.loads(json.dumps(things, default=omise.json_default)) == {
        "customer": customer.to_dict(),
        "list": customer.cards.to_dict(),
        "nested": [{"charge": charge.to_dict()}],
        "metadata": {"order_id": 7, "deep": {"er": 8}},
        "attributes": customer.to_dict(),
        "day": "2026-01-31",
        "uuid": str(UUID(int=7)),
        "lazy": "Thank you",
    }
    with pytest.raises(TypeError, match="a value cannot be sent: set has no JSON form"):
        json.dumps({"charge": charge, "set": {1}}, default=omise.json_default)


@pytest.mark.parametrize("text", [gettext_lazy("Thank you"), SimpleLazyObject(lambda: "Thank you")])
def test_translations_that_are_looked_up_late_are_text(omise_sandbox: Sandbox, text: Any) -> None:
    """They are sent, compared, and searched for, as the text that they are."""
    customer = omise.Customer.create(description=text, metadata={"said": text})
    customer.description = text
    customer.metadata.said = text

    assert customer.reload().description == "Thank you"
    assert customer.changes == {}
    assert omise.Customer.search().query(text).execute()[0] == customer


def test_a_file_of_a_django_form(omise_sandbox: Sandbox) -> None:
    """An upload is a file like any other."""
    dispute = omise.Dispute.create(omise.Charge.create(amount=1000_00, currency="thb", card=omise_sandbox.card_token()))
    document = dispute.documents.upload(SimpleUploadedFile("receipt.pdf", b"%PDF-1.4", content_type="application/pdf"))

    assert document.filename == "receipt.pdf"
