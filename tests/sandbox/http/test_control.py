from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from omise.sandbox.state.clock import parse_time

from ..conftest import Caller

ROUTES = ("/_sandbox/clock", "/_sandbox/requests")


def seconds_since(earlier: datetime, answer: Any) -> float:
    """How much later than *earlier* the clock that was answered is."""
    assert list(answer) == ["object", "now"]
    assert answer["object"] == "clock"
    return parse_time(answer["now"]) - earlier.timestamp()


def test_the_clock_can_be_read_and_turned(api: Caller) -> None:
    """
    Without a key; what becomes due by it happens.
    """
    charge = api.ok("POST", "/charges", {"amount": 5_000, "currency": "thb", "card": api.token(), "capture": False})
    now = api.application.clock.now()
    before = api.client.get("/_sandbox/clock").json
    after = api.client.post("/_sandbox/clock", json={"days": 31, "hours": "1.5", "seconds": 1}).json
    step = timedelta(days=31, hours=1.5, seconds=1)

    assert -1 <= seconds_since(now, before) < 5  # fractions are cut off
    assert -1 <= seconds_since(now + step, after) < 5
    assert timedelta() <= api.application.clock.now() - now - step < timedelta(seconds=5)
    assert api.ok("GET", f"/charges/{charge['id']}")["status"] == "expired"


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({}, "give at least one of days, hours, minutes, seconds, and nothing else"),
        ({"weeks": 1}, "give at least one of days, hours, minutes, seconds, and nothing else"),
        ({"days": 1, "year": 2030}, "give at least one of days, hours, minutes, seconds, and nothing else"),
        ({"days": "many"}, "days is not a number"),
        ({"days": True}, "days is not a number"),
        ({"days": "inf", "hours": None}, "days is not a number and hours is not a number"),
        ({"days": -1}, "the sandbox's clock only goes forward"),
        ({"days": 1e6}, "the sandbox's clock ends with the year 2295"),
        ({"days": 1e300}, None),
    ],
)
def test_what_cannot_be_turned_is_refused(api: Caller, params: dict[str, Any], message: str | None) -> None:
    """
    And the clock stays as it is.
    """
    before = api.application.clock.now()
    status, code, text = api.refused("POST", "/_sandbox/clock", params)

    assert (status, code) == (400, "bad_request")
    assert message is None or text == message
    assert api.application.clock.now() - before < timedelta(seconds=5)


def test_the_log_shows_what_was_received(api: Caller) -> None:
    """
    As the application knows it: in order, without secrets, and without what asked for it.
    """
    api.ok("POST", "/customers", {"email": "a@example.com"})
    api.token()
    api.client.get("/_sandbox/clock")
    page = api.client.get("/_sandbox/requests").json
    assert page is not None
    customer, token = page["data"]

    assert page["object"] == "list"
    assert (customer["object"], customer["method"], customer["path"]) == ("request", "POST", "/customers")
    assert (customer["params"], customer["status"]) == ({"email": "a@example.com"}, 200)
    assert customer["events"] == ["customer.create"]
    assert token["params"]["card"]["number"] == "[redacted]4242"
    assert token["headers"]["Authorization"] == "[redacted]"
    assert "key_digest" not in customer
    assert len(api.application.requests) == 2


def test_the_apis_own_hosts_have_no_such_routes(api: Caller) -> None:
    """
    There it is an unknown path like any other, and logged.
    """
    for host in ("api.omise.co", "vault.omise.co:443", "checkout-page.omise.co"):
        for method, path in [("GET", "clock"), ("POST", "clock"), ("GET", "requests")]:
            refusal = api.refused(method, f"/_sandbox/{path}", headers={"Host": host})
            assert refusal[:2] == (404, "service_not_found")
    assert len(api.application.requests) == 9


@pytest.mark.parametrize(
    ("method", "path"), [("DELETE", "clock"), ("GET", ""), ("GET", "clock/"), ("POST", "requests")]
)
def test_other_routes_are_not_there(api: Caller, method: str, path: str) -> None:
    """
    With a message that says whose route it would be.
    """
    message = f"{method} /_sandbox/{path} is not a service of this sandbox"

    assert api.refused(method, f"/_sandbox/{path}") == (404, "service_not_found", message)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST:4010",
        "127.0.0.1:4010",
        "[::1]:4010",
        "192.0.2.7",
        "sandbox:4010",
        "my_sandbox",
        "pay.localhost",
    ],
)
@pytest.mark.parametrize("scheme", [None, "http", "https"])
def test_pages_of_its_own_host_may_ask(api: Caller, host: str, scheme: str | None) -> None:
    """
    At an address, or under a name that no stranger can have; without a browser, too.
    """
    headers = {"Host": host} | ({"Origin": f"{scheme}://{host}"} if scheme else {})

    for path in ROUTES:
        assert api.client.get(path, headers=headers).status_code == 200
    assert api.client.post(ROUTES[0], json={"seconds": 1}, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "rebound.example",
        "Rebound.Example:4010",
        "127.0.0.1.example.com",
        "localhost.example.com",
        "printer.local",
        "127.0.0.1@example.com",
        "[::1",
        "",
        "something [odd]",
        "example.com:",
    ],
)
def test_a_foreign_host_is_refused(api: Caller, host: str) -> None:
    """
    A page of the internet can give its own name this machine's address; it learns nothing, and turns nothing.
    """
    before = api.application.clock.now()
    for method, path in [("GET", path) for path in ROUTES] + [("POST", ROUTES[0])]:
        status, refusal = api.at(host, method, path, {"days": 1})

        assert (status, refusal["code"]) == (403, "not_authorized")
        assert "ask at an address or a name of this machine, such as 127.0.0.1 or localhost" in refusal["message"]
    assert api.application.clock.now() - before < timedelta(seconds=5)


@pytest.mark.parametrize(
    "origin",
    ["https://shop.example.com", "http://localhost:3000", "http://localhost.example.com", "null", "file://", ""],
)
def test_a_foreign_origin_is_refused(api: Caller, origin: str) -> None:
    """
    Any page can have a browser post to this machine; it is not asked for a key.
    """
    before = api.application.clock.now()
    for method, path in [("GET", path) for path in ROUTES] + [("POST", ROUTES[0])]:
        refusal = api.refused(method, path, {"days": 1}, headers={"Origin": origin})

        assert refusal == (403, "not_authorized", "a page of another site cannot use the sandbox's own routes")
    assert api.application.clock.now() - before < timedelta(seconds=5)


def test_everything_can_be_reset(api: Caller) -> None:
    """
    Accounts, what they had, plans, the log and the clock's turns are gone; what the sandbox was started with stays.
    """
    secret = api.application.webhook_secret
    charge = api.ok("POST", "/charges", {"amount": 5_000, "currency": "thb", "card": api.token(), "capture": False})
    api.client.post("/_sandbox/clock", json={"days": 3})
    answer = api.client.post("/_sandbox/reset").json

    assert -1 <= seconds_since(datetime.now(timezone.utc), answer) < 5
    assert api.application.requests == []
    assert api.refused("GET", f"/charges/{charge['id']}")[1] == "not_found"
    assert api.ok("GET", "/balance")["total"] == 0
    assert api.application.webhook_secret == secret
    again = api.ok("POST", "/customers", {})
    assert parse_time(again["created_at"]) < datetime.now(timezone.utc).timestamp() + 5
    with api.application.store.transaction() as transaction:
        assert transaction.next_alarm(2**62) is None


def test_a_reset_is_no_service_of_the_api(api: Caller) -> None:
    """
    It is asked for with POST, and not under the API's own names.
    """
    api.ok("POST", "/customers", {})
    answer = api.client.post("/_sandbox/reset", base_url="https://api.omise.co")

    assert api.client.get("/_sandbox/reset").status_code == 404
    assert answer.status_code in (401, 404)
    assert api.ok("GET", "/customers")["total"] == 1
