"""Events: what happened, with the record as it was right after it."""

import base64
import json
from datetime import datetime, timezone

import pytest

import omise
from omise.sandbox import Sandbox

from ..stubs import Stub
from .calls import asked, last


def test_list_and_retrieve(omise_sandbox: Sandbox, charge: omise.Charge) -> None:
    """By id or record, newest or oldest first."""
    page = omise.Event.list(order="reverse_chronological", limit=1)
    assert last(omise_sandbox) == ("GET", "/events", {"order": "reverse_chronological", "limit": "1"})
    event = page[0]

    assert isinstance(event, omise.Event)
    assert event.key == "charge.create"
    assert omise.Event.retrieve(event.id) == omise.Event.retrieve(event) == event
    assert last(omise_sandbox) == ("GET", f"/events/{event.id}", {})
    assert event.reload() is event
    assert list(omise.Event.retrieve()) == [event]
    assert repr(event) == f"<Event {event.id} key='charge.create'>"


def test_data_is_the_record_as_it_was(omise_sandbox: Sandbox) -> None:
    """Of its own type, without a request; later changes are not in it, but a reload fetches them."""
    customer = omise.Customer.create(email="john@example.com")
    customer.update(email="new@example.com")
    created, updated = omise.Event.list()

    with asked(omise_sandbox) as made:
        assert (created.key, updated.key) == ("customer.create", "customer.update")
        assert isinstance(created.data, omise.Customer)
        assert (created.data, created.data.email) == (customer, "john@example.com")
        assert updated.data.email == "new@example.com"
    assert made == []
    assert created.data.reload().email == "new@example.com"


def test_each_kind_of_data_has_its_type(omise_sandbox: Sandbox, charge: omise.Charge) -> None:
    """What `data` is goes by its `object`."""
    charge.refund(amount=100_00)
    omise.Dispute.create(omise.Charge.create(amount=500_00, currency="thb", card=omise_sandbox.card()))
    omise.Link.create(amount=500_00, currency="thb", title="Cup", description="One cup")
    omise.Transfer.create(amount=50_00).destroy()
    types = {event.key: type(event.data) for event in omise.Event.list()}

    assert types == {
        "charge.create": omise.Charge,
        "refund.create": omise.Refund,
        "dispute.create": omise.Dispute,
        "link.create": omise.Link,
        "transfer.create": omise.Transfer,
        "transfer.destroy": omise.Transfer,
    }


def test_what_was_destroyed(omise_sandbox: Sandbox) -> None:
    """Its last event shows it as destroyed."""
    omise.Customer.create(email="john@example.com").destroy()
    event = omise.Event.list(order="reverse_chronological")[0]

    assert event.key == "customer.destroy"
    assert (event.data.destroyed, event.data.email) == (True, "john@example.com")


def test_webhook_deliveries_are_records() -> None:
    """Their time is in a form of its own, their payload text; the event's key is no secret."""
    delivery = {
        "object": "webhook_delivery",
        "id": "whdl_test_1",
        "uri": "https://shop.example.com/events",
        "status": 200,
        "key": "charge.create",
        "error": None,
        "payload": '{\n  "object": "event"\n}\n',
        "created_at": "2026-01-01 10:27:09 UTC",
    }
    stub = Stub(lambda sent: {"object": "event", "id": "evnt_1", "webhook_deliveries": [delivery]})
    found = stub.client().Event.retrieve("evnt_1").webhook_deliveries[0]

    assert isinstance(found, omise.WebhookDelivery)
    assert found.created_at == datetime(2026, 1, 1, 10, 27, 9, tzinfo=timezone.utc)
    assert json.loads(found.payload) == {"object": "event"}
    assert repr(found) == "<WebhookDelivery whdl_test_1 uri='https://shop.example.com/events' status=200>"


def test_a_webhook_becomes_an_event(omise_sandbox: Sandbox, charge: omise.Charge) -> None:
    """Of the same types as one that was fetched, and of the default account."""
    secret = base64.b64encode(bytes(range(32))).decode()
    body = omise.Event.list()[0].to_json()
    event = omise.Webhook.construct_event(body, omise.Webhook.sign(body, secret), secret)

    assert isinstance(event, omise.Event)
    assert isinstance(event.data, omise.Charge)
    assert event.data == charge
    assert event.data.reload().paid


def test_it_cannot_be_changed(omise_sandbox: Sandbox) -> None:
    """Events are kept by the API, and read only."""
    assert not hasattr(omise.Event, "create")
    assert not hasattr(omise.Event, "update")
    with pytest.raises(omise.errors.NotFoundError, match="event evnt_test_0 was not found"):
        omise.Event.retrieve("evnt_test_0")
