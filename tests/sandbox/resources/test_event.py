from __future__ import annotations

from typing import Any

import pytest

from omise.sandbox.app import Application

from ..conftest import Caller

#: Name, and the type it has when it is not null; in the order of the API.
FIELDS: dict[str, type] = {
    "object": str,
    "id": str,
    "livemode": bool,
    "location": str,
    "webhook_deliveries": list,
    "data": dict,
    "key": str,
    "created_at": str,
}
DELIVERY_FIELDS: dict[str, type] = {
    "object": str,
    "id": str,
    "uri": str,
    "status": int,
    "key": str,
    "error": str,
    "payload": str,
    "created_at": str,
}


def events(api: Caller, path: str = "/events", **options: Any) -> list[Any]:
    data: list[Any] = api.ok("GET", path, **options)["data"]
    return data


def keys(api: Caller, path: str = "/events") -> list[str]:
    return [event["key"] for event in events(api, path)]


def set_version(api: Caller, version: str) -> None:
    """What the dashboard does."""
    with api.workspace() as workspace:
        workspace.update(workspace.account, {"api_version": version})


def test_an_event_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    With their types; nothing is null.
    """
    api.customer()
    (event,) = events(api)

    assert list(event) == list(FIELDS)
    assert {name: type(value) for name, value in event.items()} == FIELDS
    assert (event["object"], event["livemode"], event["webhook_deliveries"]) == ("event", False, [])
    assert event["location"] == f"/events/{event['id']}"


def test_a_delivery_has_the_documented_fields_in_order() -> None:
    """
    An endpoint that cannot be reached leaves no status; the time is written with a space and the name of its zone.
    """
    api = Caller(Application(webhooks=["http://127.0.0.1:1"]))
    api.customer()
    api.application.webhooks.flush()
    (event,) = events(api)
    (delivery,) = event["webhook_deliveries"]

    assert list(delivery) == list(DELIVERY_FIELDS)
    assert {name: type(value) for name, value in delivery.items()} == DELIVERY_FIELDS | {"status": type(None)}
    assert delivery["created_at"] == event["created_at"].replace("T", " ").replace("Z", " UTC")


def test_an_event_shows_what_was_then(api: Caller) -> None:
    """
    The whole object right after what happened, whatever became of it.
    """
    customer = api.customer(email="a@example.com", cards=1)
    path = f"/customers/{customer['id']}"
    api.ok("PATCH", path, {"email": "b@example.com"})
    gone = api.ok("DELETE", path)
    created, attached, updated, destroyed = events(api)

    assert [event["key"] for event in (created, attached, updated, destroyed)] == [
        "customer.create",
        "customer.update",
        "customer.update",
        "customer.destroy",
    ]
    assert [event["data"]["email"] for event in (created, updated)] == ["a@example.com", "b@example.com"]
    assert [event["data"]["cards"]["total"] for event in (created, attached)] == [0, 1]
    assert {**destroyed["data"], "cards": 0, "linked_accounts": 0} == {**gone, "cards": 0, "linked_accounts": 0}


def test_a_refusal_is_no_event(api: Caller) -> None:
    """
    Nor is reading something.
    """
    customer = api.customer()
    api.refused("PATCH", f"/customers/{customer['id']}", {"email": "x"})
    api.ok("GET", f"/customers/{customer['id']}")

    assert keys(api) == ["customer.create"]


def test_data_is_in_the_account_s_version_of_that_time(api: Caller) -> None:
    """
    Not in that of the request that caused it, nor in that of the request that reads it; it never changes.
    """
    old = {"Omise-Version": "2017-11-02"}
    api.ok("POST", "/customers", headers=old)
    set_version(api, "2017-11-02")
    customer = api.ok("POST", "/customers", headers={"Omise-Version": "2019-05-29"})
    api.ok("DELETE", f"/customers/{customer['id']}", headers={"Omise-Version": "2019-05-29"})
    set_version(api, "2019-05-29")

    for headers in ({}, old):
        newer, older, stub = events(api, headers=headers)
        assert "created_at" in newer["data"]
        assert "created" in older["data"]
        assert "linked_accounts" not in older["data"]
        assert stub["data"] == {"object": "customer", "id": customer["id"], "livemode": False, "deleted": True}


def test_older_versions_have_no_deliveries(api: Caller) -> None:
    """
    And another name for the time.
    """
    api.customer()
    (event,) = events(api, headers={"Omise-Version": "2017-11-02"})

    assert list(event) == ["object", "id", "livemode", "location", "data", "key", "created"]


def test_an_event_can_be_looked_at(api: Caller) -> None:
    """
    By its account alone.
    """
    api.customer()
    (event,) = events(api)
    path = f"/events/{event['id']}"

    assert api.ok("GET", path) == event
    message = f"event {event['id']} was not found"
    assert api.refused("GET", path, key="skey_test_other") == (404, "not_found", message)
    assert events(api, key="skey_test_other") == []


def test_events_of_a_charge(api: Caller) -> None:
    """
    Those that are about the charge itself.
    """
    charges = [
        api.ok("POST", "/charges", {"amount": 100000, "currency": "thb", "card": api.token(), "capture": False})
        for _ in range(2)
    ]
    path = f"/charges/{charges[0]['id']}"
    api.ok("POST", f"{path}/capture")
    api.ok("POST", f"{path}/refunds", {"amount": 100})

    assert keys(api, f"{path}/events") == ["charge.create", "charge.capture"]
    assert api.ok("GET", f"{path}/events")["location"] == f"{path}/events"
    assert keys(api) == ["charge.create", "charge.create", "charge.capture", "refund.create"]
    assert api.refused("GET", "/charges/chrg_test_1/events")[0] == 404


@pytest.mark.parametrize("method", ["POST", "DELETE", "PATCH"])
def test_events_can_only_be_read(api: Caller, method: str) -> None:
    """
    Nobody makes, changes or removes one.
    """
    api.customer()
    (event,) = events(api)

    assert api.refused(method, f"/events/{event['id']}")[1] == "service_not_found"
