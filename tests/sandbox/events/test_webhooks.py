from __future__ import annotations

import gc
import socket
import threading
import time
import weakref
from calendar import timegm
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from omise.sandbox.app import Application
from omise.sandbox.events import webhooks
from omise.sandbox.events.signatures import sign
from omise.sandbox.http.faults import Fault, Plan
from omise.sandbox.rules import timing
from omise.sandbox.state.store import Store

from ..conftest import Caller
from ..receiver import Receiver

OTHER_KEY = "skey_test_other"


@pytest.fixture
def api(receiver: Receiver) -> Caller:
    """
    An application whose events all go to the receiver.
    """
    return Caller(Application(webhooks=[receiver.url]))


def flush(api: Caller) -> None:
    api.application.webhooks.flush(10)


def deliveries(api: Caller) -> list[Any]:
    """The attempts to deliver the newest event."""
    (event,) = api.ok("GET", "/events?order=reverse_chronological&limit=1")["data"]
    attempts: list[Any] = event["webhook_deliveries"]
    return attempts


def is_signed(headers: dict[str, str], body: bytes, *secrets: str) -> bool:
    timestamp = headers["Omise-Signature-Timestamp"]
    return headers["Omise-Signature"] == ",".join(sign(secret, timestamp, body) for secret in secrets)


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def test_an_event_is_posted_as_it_is_listed(api: Caller, receiver: Receiver) -> None:
    """
    Pretty-printed, and without deliveries; the event then shows the one that there was, with the text that was sent.
    """
    customer = api.customer(description="ชา ☕")
    flush(api)
    (received,) = receiver.received
    (event,) = api.ok("GET", "/events")["data"]
    (delivery,) = event["webhook_deliveries"]

    assert received.event == event | {"webhook_deliveries": []}
    assert received.event["data"]["id"] == customer["id"]
    assert received.body.startswith(b'{\n  "object": "event",\n  "id": "evnt_test_')
    assert received.body.endswith(b"}\n")
    assert "ชา ☕".encode() in received.body
    assert received.headers["Content-Type"] == "application/json; charset=utf-8"
    assert delivery["payload"].encode() == received.body
    assert (delivery["status"], delivery["error"], delivery["uri"]) == (200, None, receiver.url)
    assert (delivery["object"], delivery["key"]) == ("webhook_delivery", "customer.create")
    assert delivery["id"].startswith("whdl_test_")


def test_webhooks_are_signed_by_the_default_secret(api: Caller, receiver: Receiver) -> None:
    """
    As long as the account has none; the time is that of the machine, however far the sandbox's clock was turned.
    """
    api.application.clock.advance(days=100)
    api.customer()
    flush(api)
    (received,) = receiver.received

    assert is_signed(received.headers, received.body, api.application.webhook_secret)
    assert abs(int(received.headers["Omise-Signature-Timestamp"]) - time.time()) < 30


def test_an_account_signs_with_its_own_secrets(api: Caller, receiver: Receiver) -> None:
    """
    With two while they rotate, the newer one first; with one after the grace, and with the default once none is left.
    """

    def delivered_with(*secrets: str) -> bool:
        api.customer()
        flush(api)
        received = receiver.received[-1]
        return is_signed(received.headers, received.body, *secrets)

    first = api.ok("POST", "/webhooks/secrets")
    assert delivered_with(first["key"])
    second = api.ok("POST", "/webhooks/secrets")
    assert delivered_with(second["key"], first["key"])
    api.application.clock.advance(hours=24)
    assert delivered_with(second["key"])
    api.ok("DELETE", f"/webhooks/secrets/{second['id']}")
    assert delivered_with(api.application.webhook_secret)

    api.ok("POST", "/customers", key=OTHER_KEY)
    flush(api)
    received = receiver.received[-1]
    assert is_signed(received.headers, received.body, api.application.webhook_secret)


def test_an_account_has_an_endpoint_of_its_own(receiver: Receiver) -> None:
    """
    It hears of that account alone, and of nothing any more once it is cleared.
    """
    api = Caller(Application())
    api.customer()
    assert api.ok("PATCH", "/account", {"webhook_uri": receiver.url})["webhook_uri"] == receiver.url
    customer = api.customer()
    api.ok("POST", "/customers", key=OTHER_KEY)
    api.ok("DELETE", f"/customers/{customer['id']}")
    flush(api)
    api.ok("PATCH", "/account", {"webhook_uri": ""})
    api.customer()
    flush(api)

    assert receiver.keys == ["customer.create", "customer.destroy"]


def test_an_endpoint_that_is_named_twice_hears_once(receiver: Receiver) -> None:
    """
    As the account's and as the application's.
    """
    api = Caller(Application(webhooks=[receiver.url, receiver.url]))
    api.ok("PATCH", "/account", {"webhook_uri": receiver.url})
    api.customer()
    flush(api)

    assert receiver.keys == ["customer.create"]


def test_what_was_refused_is_not_told(api: Caller, receiver: Receiver) -> None:
    """
    Nothing leaves before the request has succeeded as a whole.
    """
    customer = api.customer()
    api.refused("PATCH", f"/customers/{customer['id']}", {"email": "x"})
    flush(api)

    assert receiver.keys == ["customer.create"]


def test_a_body_is_in_the_account_s_version(api: Caller, receiver: Receiver) -> None:
    """
    Whatever version the request asked for.
    """
    api.ok("POST", "/customers", headers={"Omise-Version": "2017-11-02"})
    flush(api)

    assert "created_at" in receiver.received[0].event["data"]


@pytest.mark.parametrize("version", ["2014-07-27", "2015-11-17", "2017-11-02"])
def test_bodies_of_older_versions(api: Caller, receiver: Receiver, version: str) -> None:
    """
    Event and data have their names; what was deleted is a stub.
    """
    api.fund(100_000)
    api.ok("PATCH", "/account/api_version", {"api_version": version})
    transfer = api.ok("POST", "/transfers", {"amount": 5_000})
    api.ok("DELETE", transfer["location"])
    flush(api)

    created, destroyed = (received.event for received in receiver.received)
    assert list(created) == list(destroyed) == ["object", "id", "livemode", "location", "data", "key", "created"]
    assert (created["data"]["transaction"], created["data"]["currency"]) == (None, "thb")
    assert destroyed["data"] == {"object": "transfer", "id": transfer["id"], "livemode": False, "deleted": True}


def test_a_slow_endpoint_holds_no_request_up(api: Caller, receiver: Receiver) -> None:
    """
    It may even ask the sandbox while it is called; `flush` waits, and says when that takes too long.
    """
    receiver.gate = threading.Event()
    started = time.monotonic()
    customer = api.customer()
    api.ok("GET", f"/customers/{customer['id']}")
    assert time.monotonic() - started < 5
    with pytest.raises(TimeoutError, match="not delivered within"):
        api.application.webhooks.flush(0.05)
    assert deliveries(api) == []
    receiver.gate.set()
    flush(api)

    assert [attempt["status"] for attempt in deliveries(api)] == [200]


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 500, 503])
def test_other_answers_than_2xx_are_failures(api: Caller, receiver: Receiver, status: int) -> None:
    """
    They are tried again a minute later by the sandbox's clock. Redirects are not followed.
    """
    receiver.statuses = [status]
    api.customer()
    flush(api)
    assert [attempt["status"] for attempt in deliveries(api)] == [status]
    api.application.clock.advance(seconds=45)
    flush(api)
    assert len(receiver.received) == 1
    api.application.clock.advance(seconds=20)
    flush(api)

    first, second = deliveries(api)
    assert (first["status"], second["status"]) == (status, 200)
    assert first["payload"] == second["payload"]
    assert receiver.keys == ["customer.create", "customer.create"]
    assert receiver.received[0].event["id"] == receiver.received[1].event["id"]


def test_an_endpoint_that_is_not_there_is_an_error() -> None:
    """
    The delivery has no status then, but says what happened.
    """
    api = Caller(Application(webhooks=[f"http://127.0.0.1:{closed_port()}"]))
    api.customer()
    flush(api)
    (delivery,) = deliveries(api)

    assert (delivery["status"], delivery["error"]) == (None, "could not connect")


def test_an_endpoint_that_hangs_up_is_an_error() -> None:
    """
    One that takes the request and closes the connection.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def hang_up() -> None:
            connection, _ = listening.accept()
            connection.recv(100)
            connection.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        api = Caller(Application(webhooks=[f"http://127.0.0.1:{listening.getsockname()[1]}"]))
        api.customer()
        flush(api)
        thread.join()

    assert [attempt["error"] for attempt in deliveries(api)] == ["connection was closed"]


def test_an_endpoint_that_is_not_secure_is_an_error(receiver: Receiver) -> None:
    """
    One that should speak TLS and does not.
    """
    api = Caller(Application(webhooks=[receiver.url.replace("http:", "https:")]))
    api.customer()
    flush(api)

    assert [attempt["error"] for attempt in deliveries(api)] == ["secure connection failed"]


def test_an_endpoint_has_ten_seconds(monkeypatch: pytest.MonkeyPatch, receiver: Receiver) -> None:
    """
    Here fewer; then the attempt has failed.
    """
    assert timing.WEBHOOK_TIMEOUT.total_seconds() == 10
    monkeypatch.setattr(webhooks, "WEBHOOK_TIMEOUT", timedelta(milliseconds=50))
    receiver.gate = threading.Event()
    api = Caller(Application(webhooks=[receiver.url]))
    api.customer()
    flush(api)

    assert [attempt["error"] for attempt in deliveries(api)] == ["timed out"]


def test_a_retry_needs_no_request(monkeypatch: pytest.MonkeyPatch, api: Caller, receiver: Receiver) -> None:
    """
    Nor a turn of the clock: it comes by itself when its time does.
    """
    monkeypatch.setattr(webhooks, "WEBHOOK_RETRIED_AFTER", (timedelta(milliseconds=50),))
    receiver.statuses = [500, 500]
    api.customer()
    deadline = time.monotonic() + 5
    while len(receiver.received) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    flush(api)

    assert [attempt["status"] for attempt in deliveries(api)] == [500, 500, 200]


def test_a_fault_of_ours_is_logged_without_what_was_sent(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, api: Caller
) -> None:
    """
    And the next call tries again.
    """

    def fail(*args: object) -> None:
        raise RuntimeError("42" * 8)

    with monkeypatch.context() as patched:
        patched.setattr(webhooks, "_note", fail)
        api.customer()
        flush(api)
    assert "RuntimeError in webhooks" in caplog.text
    assert "4242" not in caplog.messages[0]
    flush(api)

    assert [attempt["status"] for attempt in deliveries(api)] == [200]


def test_retries_come_less_and_less_often_and_end_after_a_week() -> None:
    """
    A clock that is turned past all of them has every one at its own time.
    """
    api = Caller(Application(webhooks=[f"http://127.0.0.1:{closed_port()}"]))
    api.customer()
    flush(api)
    api.application.clock.advance(days=31)
    flush(api)
    attempts = deliveries(api)
    (event,) = api.ok("GET", "/events")["data"]

    times = [timegm(time.strptime(attempt["created_at"], "%Y-%m-%d %H:%M:%S UTC")) for attempt in attempts]
    minutes = [(later - earlier) / 60 for earlier, later in pairwise(times)]
    assert minutes == [1, 5, 15, 60, 180, 360, 720, 1440, 2880, 2880]
    assert attempts[0]["created_at"] == event["created_at"].replace("T", " ").replace("Z", " UTC")
    assert len({attempt["id"] for attempt in attempts}) == len(attempts)
    api.application.clock.advance(days=31)
    flush(api)
    assert len(deliveries(api)) == len(attempts)


def test_what_waits_in_a_file_is_delivered_by_the_next_sandbox(tmp_path: Path, receiver: Receiver) -> None:
    """
    With the same default secret.
    """
    store = Store(tmp_path / "sandbox.db")
    api = Caller(Application(store, webhooks=[receiver.url]))
    secret = api.application.webhook_secret
    api.application.webhooks.stop()
    api.customer()
    api.application.webhooks.flush(0.1)
    assert receiver.received == []
    store.close()

    application = Application(Store(tmp_path / "sandbox.db"))
    application.webhooks.flush(10)
    assert receiver.keys == ["customer.create"]
    assert is_signed(receiver.received[0].headers, receiver.received[0].body, secret)
    assert application.webhook_secret == secret


def test_the_thread_ends_with_its_work(api: Caller) -> None:
    """
    And with the application, where something is still to be tried later.
    """

    def threads() -> list[threading.Thread]:
        return [thread for thread in threading.enumerate() if thread.name == "omise-sandbox-webhooks"]

    before = set(threads())
    api.customer()
    flush(api)
    assert set(threads()) <= before

    application = Application(webhooks=[f"http://127.0.0.1:{closed_port()}"])
    Caller(application).customer()
    application.webhooks.flush(10)
    (waiting,) = set(threads()) - before
    gone = weakref.ref(application)
    del application
    gc.collect()
    assert gone() is None
    waiting.join(5)
    assert not waiting.is_alive()


def test_a_closed_store_ends_the_thread_quietly(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """
    That what was waiting cannot be delivered any more is no fault.
    """
    monkeypatch.setattr(webhooks, "WEBHOOK_RETRIED_AFTER", (timedelta(milliseconds=50),))
    application = Application(webhooks=[f"http://127.0.0.1:{closed_port()}"])
    Caller(application).customer()
    application.webhooks.flush(10)
    application.store.close()
    deadline = time.monotonic() + 5
    while application.webhooks._thread is not None and time.monotonic() < deadline:
        time.sleep(0.01)

    assert application.webhooks._thread is None
    assert caplog.messages == []


def test_many_threads_lose_no_event(api: Caller, receiver: Receiver) -> None:
    """
    Every event of requests that come at once is delivered, once.
    """
    threads = [threading.Thread(target=lambda: [Caller(api.application).customer() for _ in range(10)]) for _ in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    flush(api)

    assert len({received.event["id"] for received in receiver.received}) == len(receiver.received) == 40


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (
            Fault("webhook_doubled", event="customer.*", times=1),
            ["customer.create", "customer.create", "charge.create"],
        ),
        (Fault("webhook_reordered", event="customer.*", seconds=600), ["charge.create", "customer.create"]),
        (Fault("webhook_late", event="customer.*", seconds=600), ["charge.create"]),
        (Fault("webhook_late", event="transfer.*", seconds=600), ["customer.create", "charge.create"]),
    ],
)
def test_webhooks_go_wrong_on_request(api: Caller, receiver: Receiver, fault: Fault, expected: list[str]) -> None:
    """
    Doubled, overtaken by the next one, or late by the sandbox's clock; in the end all are there.
    """
    api.application.faults.add(Plan([fault]))
    api.customer()
    flush(api)
    api.charge()
    flush(api)
    at_first = receiver.keys
    api.application.clock.advance(minutes=11)
    flush(api)

    assert at_first == expected
    assert set(receiver.keys) == {"customer.create", "charge.create"}
    assert len(deliveries(api)) == 1
