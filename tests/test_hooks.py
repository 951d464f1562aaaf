"""What an application is told of its requests: by which hook, when, and never anything that is secret."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

import omise
from omise.config import Config
from omise.hooks import RequestInfo, tell
from omise.sandbox import Sandbox

from .canaries import CARD, PRICE, SECRET_KEY, kinds_in
from .misbehaving import Answer, Misbehaving, answer, cut_short, empty, hang_up, html, not_found, reset
from .stubs import Stub, load_all
from .test_canaries import VERBS

NAMES = [name for name in Config() if name.startswith("on_")]
LIMITED = answer(429, {"object": "error", "code": "too_many_requests", "message": "m"}, Retry_After="0")
THING = answer(200, {"object": "thing", "id": "thing_1"}, X_Request_Id="req_7")


class Told(list[tuple[str, RequestInfo]]):
    """What was told, in order, by which hook."""

    @property
    def settings(self) -> Any:
        """A hook of each kind."""
        return {name: (lambda info, name=name: self.append((name, info))) for name in NAMES}

    @property
    def order(self) -> list[str]:
        return [name for name, _ in self]


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def client(server: Misbehaving, told: Told, monkeypatch: pytest.MonkeyPatch) -> Iterator[omise.Client]:
    """A client that tells everything, and makes no pause between tries."""
    monkeypatch.setattr("omise.wire.transport.time.sleep", lambda seconds: None)
    with omise.Client(secret_api_key="skey_test_x", api_url=server.url, **told.settings) as client:
        yield client


def test_each_try_is_told_before_and_after_it(server: Misbehaving, client: omise.Client, told: Told) -> None:
    """With what is known by then."""
    server.answers = [THING]
    client.request("POST", "/charges/chrg_test_1/capture", capture_amount=1)

    (before, begun), (after, done) = told
    host = server.url.removeprefix("http://")
    assert (before, after) == ("on_request", "on_response")
    assert begun == RequestInfo("POST", "/charges/{id}/capture", host)
    assert done == begun._replace(
        status=200, outcome="done", milliseconds=done.milliseconds, request_id="req_7", waiting=0.0
    )
    assert done.milliseconds is not None
    assert 0 < done.milliseconds < 5000


def test_a_retry_is_told_with_the_pause_before_it(server: Misbehaving, client: omise.Client, told: Told) -> None:
    """Tries are counted from 1."""
    slow = answer(429, {"object": "error", "code": "too_many_requests", "message": "m"}, Retry_After="3")
    server.answers = [slow, reset, THING]
    client.request("GET", "/charges")

    assert told.order == ["on_request", "on_response", "on_retry"] * 2 + ["on_request", "on_response"]
    assert [info.number for _, info in told] == [1, 1, 1, 2, 2, 2, 3, 3]
    assert [info.outcome for name, info in told if name == "on_response"] == ["limited", "lost", "done"]
    assert [info.status for name, info in told if name == "on_response"] == [429, None, 200]
    assert told[2][1].waiting == 3


@pytest.mark.parametrize(
    ("given", "outcome"),
    [(THING, "done"), (not_found, "refused"), (LIMITED, "limited"), (html, "lost"), (empty, "lost"), (hang_up, "lost")],
)
def test_what_came_of_it(server: Misbehaving, client: omise.Client, told: Told, given: Answer, outcome: str) -> None:
    """In a word."""
    server.answers, client.config.max_retries = [given], 0
    try:
        client.request("POST", "/charges")
    except omise.Error:
        assert outcome != "done"

    assert told[-1][1].outcome == outcome


def test_what_was_not_sent_is_told(told: Told) -> None:
    """No connection is an outcome too, and so is a try that the limits hold back."""
    settings: Any = {"secret_api_key": "skey_test_x", "max_retries": 0, **told.settings}
    with omise.Client(api_url="http://127.0.0.1:1", **settings) as client:
        with pytest.raises(omise.APIConnectionError):
            client.request("POST", "/charges")
        assert told[-1][1].outcome == "unsent"

        client.config.requests_per_second = 0.1
        for _ in range(2):
            with pytest.raises(omise.APIConnectionError):
                client.request("POST", "/charges", deadline=1)
    assert told[-1][1].outcome == "held"


def test_hooks_of_the_default_account(omise_sandbox: Sandbox, told: Told) -> None:
    """As attributes of the module; several in order, until they are taken away."""
    omise.on_response = [lambda info: told.append(("first", info)), lambda info: told.append(("second", info))]
    omise.Customer.create(card=omise_sandbox.card())

    assert [(name, info.route, info.host) for name, info in told] == [
        ("first", "/tokens", "vault.omise.co"),
        ("second", "/tokens", "vault.omise.co"),
        ("first", "/customers", "api.omise.co"),
        ("second", "/customers", "api.omise.co"),
    ]
    omise.on_response = None
    omise.Customer.list()
    assert len(told) == 4
    assert not omise.on_response


def test_a_hook_that_fails_hurts_no_call(
    server: Misbehaving, client: omise.Client, told: Told, caplog: pytest.LogCaptureFixture
) -> None:
    """What it raised is logged, and the next hook is called all the same."""

    def fail(info: RequestInfo) -> None:
        raise ZeroDivisionError("in the hook")

    client.config.on_request = client.config.on_response = (fail, *client.config.on_response)
    assert client.request("GET", "/customers/cust_test_1")["id"] == "thing_1"

    assert told.order == ["on_response"] * 2
    failed = [record for record in caplog.records if record.levelname == "ERROR"]
    assert [record.message for record in failed] == [
        f"a hook of {name} failed for GET /customers/{{id}}, whose call goes on"
        for name in ("on_request", "on_response")
    ]
    assert all(record.exc_info and record.exc_info[0] is ZeroDivisionError for record in failed)


def test_what_ends_the_program_is_not_held_up() -> None:
    """An interrupt in a hook is one of the call."""

    def interrupt(info: RequestInfo) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tell("on_wait", [interrupt], RequestInfo("GET", "/", "host"))


def test_a_hook_may_call_the_api(server: Misbehaving) -> None:
    """No place is held while it is called, even where there is one alone."""
    asked: list[str] = []

    def ask(info: RequestInfo) -> None:
        if info.route != "/balance":
            asked.append(client.request("GET", "/balance", deadline=5)["id"])

    with omise.Client(
        secret_api_key="skey_test_x", api_url=server.url, max_concurrency=1, on_request=ask, on_response=ask
    ) as client:
        client.request("GET", "/charges")
    assert asked == ["thing_1"] * 2


def test_what_is_told_cannot_be_changed(caplog: pytest.LogCaptureFixture) -> None:
    """One hook cannot mislead the next."""
    info = RequestInfo("GET", "/", "host")
    with pytest.raises(AttributeError):
        info.route = "/charges"  # type: ignore[misc]


def test_a_client_does_not_show_its_hooks() -> None:
    """Their own repr could show anything, such as what a partial holds."""
    client = omise.Client(secret_api_key="skey_test_x", on_wait=[print, print])

    assert repr(client) == "Client(secret_api_key='skey_test_…', on_wait=(2 functions))"
    assert (omise.Client(on_wait=print).config.on_wait, omise.Client(on_wait=None).config.on_wait) == ((print,), ())


# Secrets

FAULTS: dict[str, Answer] = {
    "refused": answer(400, {"object": "error", "code": "invalid_card", "message": f"{SECRET_KEY} {CARD['number']}"}),
    "not found": answer(404, {"object": "error", "code": "not_found", "message": "m"}, X_Request_Id=SECRET_KEY),
    "limited": LIMITED,
    "lost": hang_up,
    "reset": reset,
    "cut short": cut_short,
    "html": html,
    "mistaken": answer(200, {"object": "thing", "id": "cust_test_1canary"}),
}
TOKEN = answer(
    200, {"object": "token", "id": "tokn_test_1canary", "card": {"object": "card", "id": "card_test_1canary"}}
)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("verb", VERBS)
def test_hooks_are_told_no_secret(
    server: Misbehaving, told: Told, verb: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No key, no card number, no id, whichever request of a call goes wrong, and how."""
    monkeypatch.setattr("omise.wire.transport.time.sleep", lambda seconds: None)
    omise.api_url = omise.vault_url = server.url
    omise.secret_api_key, omise.public_api_key = SECRET_KEY, "pkey_test_5canary0000000000000"
    for name, hook in told.settings.items():
        setattr(omise, name, hook)
    omise.max_concurrency = 50
    for good in range(3):
        server.answers = [TOKEN] * good + [FAULTS[fault]] * 5
        with suppress(omise.Error):
            VERBS[verb]()

    shown = [f"{info!r} {info}" for _, info in told]
    assert shown
    assert [text for text in shown if kinds_in(text) or "canary" in text or "test_1" in text] == []


def test_no_id_is_left_of_any_path(told: Told) -> None:
    """The records of every resource, with actions and lists below them."""
    load_all()
    stub = Stub(lambda sent: {"object": sent.path.split("/")[1].rstrip("s"), "id": "x"})
    client = stub.client(app_key="akey_test_1", **told.settings)
    for name in omise.resources.__all__:
        cls = getattr(client, name)
        for action in ("", "/capture", "/refunds/canary_test_2", "/cards/canarytestthree"):
            if cls.path is not None and not name.endswith("List"):
                client.call("POST", str(cls.path).rstrip("/") + "/canary_test_1" + action)
    assert len(stub.sent) > 80
    assert {sent.path for sent in stub.sent if "canary" not in sent.path} == set()
    assert [info for _, info in told if "canary" in repr(info)] == []
    assert {"/charges/{id}/refunds/{id}", "/customers/{id}/cards/{id}", "/webhooks/secrets/{id}"} <= {
        info.route for _, info in told
    }


def test_the_route_of_a_whole_story(omise_sandbox: Sandbox, told: Told, caplog: pytest.LogCaptureFixture) -> None:
    """What is counted by routes is counted by few of them."""
    omise.on_response = lambda info: told.append(("on_response", info))
    with caplog.at_level(logging.INFO):
        customer = omise.Customer.create(card=omise_sandbox.card())
        charge = customer.charge(**PRICE)
        charge.refund(amount=10_00)
        customer.cards[0].update(name="Mali")
        omise.Forex.retrieve("usd")
        omise.Charge.search().filter(amount=100_00).execute()

    assert [f"{info.method} {info.route}" for _, info in told] == [
        "POST /tokens",
        "POST /customers",
        "POST /charges",
        "POST /charges/{id}/refunds",
        "PATCH /customers/{id}/cards/{id}",
        "GET /forex/{id}",
        "GET /search",
    ]
