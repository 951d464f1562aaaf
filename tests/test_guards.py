"""What is refused before anything is sent: writes of who only reads, live keys in tests, card data with a live key."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import requests_mock
import responses
import vcr

import omise
import omise.resources
from omise import guards
from omise.errors import ConfigurationError
from omise.guards import holds_card
from omise.records.verbs import Verb, class_verb, declared
from omise.sandbox import Sandbox

from .canaries import CANARIES, CARD, PRICE, leaks
from .misbehaving import Misbehaving
from .stubs import Stub, load_all

LIVE: Any = {
    "secret_api_key": CANARIES["live key"],
    "public_api_key": "pkey_5canary000000000live00",
    "app_key": "akey_5canary000000000live00",
}


# Who only reads


def writing() -> Iterator[tuple[str, str]]:
    """Every verb that changes something, by its class and its own name."""
    load_all()
    for name in omise.resources.__all__:
        cls = getattr(omise.resources, name)
        for verb in dir(cls) if isinstance(cls, type) else ():
            if isinstance(getattr(cls, verb, None), Verb) and hasattr(getattr(cls, verb), "alters_data"):
                yield name, verb


@pytest.mark.parametrize(("name", "verb"), [*writing()])
def test_no_verb_that_writes_sends_anything(name: str, verb: str) -> None:
    """Nor reads anything for it before; a record that is not fetched yet is not fetched."""
    stub = Stub(lambda sent: {"object": "thing", "id": "thing_1"})
    cls = getattr(stub.client(readonly=True), name)
    record = cls.from_data({"object": cls.object_name, "id": "x_1", "location": "/customers/x_1/cards"})
    of_class, of_record = getattr(cls, verb), getattr(record, verb)
    calls = [of_class] if isinstance(declared(cls, verb), class_verb) else [of_record, partial(of_class, record)]
    for call in calls:
        with pytest.raises(ConfigurationError, match="and so this client only reads"):
            call()

    assert stub.sent == []


WRITES: dict[str, Callable[[Any], Any]] = {
    "a token that is hidden": lambda client: client.Charge.create(card=CARD, **PRICE),
    "a token": lambda client: client.Token.create(card=CARD),
    "a card, which is looked for first": lambda client: client.Customer.from_data(
        {"object": "customer", "id": "cust_test_1", "cards": {"object": "list", "location": "/customers/x/cards"}}
    ).cards.create(CARD),
    "a schedule": lambda client: (
        client.Charge.schedule(customer="cust_1", amount=1).parse("every day until 2035-01-01").start()
    ),
    "any address": lambda client: client.request("POST", "/new_things"),
    "a PATCH": lambda client: client.request("PATCH", "/charges/chrg_test_1"),
    "a DELETE": lambda client: client.request("DELETE", "/customers/cust_test_1"),
    "below the verbs": lambda client: client.call("POST", "/charges"),
}


@pytest.mark.parametrize("write", WRITES)
def test_who_only_reads_writes_nothing(write: str) -> None:
    """The message says what was not sent, and which setting it is; nothing secret is in it."""
    stub = Stub(lambda sent: {"object": "thing", "id": "thing_1"})
    client = stub.client(readonly=True)
    with pytest.raises(ConfigurationError, match=r"was not sent: readonly is set") as refused:
        WRITES[write](client)

    assert stub.sent == []
    assert leaks(refused.value) == []


def test_who_only_reads_reads(omise_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set on the module, or in the environment, and taken back."""
    customer = omise.Customer.create(email="mali@example.com")
    omise.readonly = True
    assert omise.Customer.retrieve(customer.id).reload() == omise.Customer.list()[0]
    with pytest.raises(ConfigurationError, match=r"Customer\.update\(\) was not sent"):
        customer.update(email="new@example.com")
    assert omise_sandbox.client().Customer.create().id

    omise.readonly = False
    assert customer.update(email="new@example.com").email == "new@example.com"
    monkeypatch.setenv("OMISE_READONLY", "1")
    assert omise_sandbox.client().config.readonly
    del omise.readonly
    with pytest.raises(ConfigurationError, match="OMISE_READONLY"):
        customer.destroy()


# Live keys beside a sandbox


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hosts that were looked for, none of which was found."""
    asked: list[str] = []

    def look(host: str, *args: Any, **options: Any) -> None:
        asked.append(host)
        raise socket.gaierror(-2, "no such host")

    monkeypatch.setattr(socket, "getaddrinfo", look)
    return asked


def test_a_live_key_is_refused_while_a_sandbox_is_mounted(omise_sandbox: Sandbox, server: Misbehaving) -> None:
    """Of the default account, of a call, and of a client that would go elsewhere; the key is not shown."""
    omise.secret_api_key, omise.public_api_key = LIVE["secret_api_key"], LIVE["public_api_key"]
    elsewhere = omise.Client(**LIVE, api_url=server.url)
    calls: list[Callable[[], Any]] = [omise.Balance.retrieve, elsewhere.Balance.retrieve]
    for call in calls:
        with pytest.raises(ConfigurationError, match="while a sandbox is mounted") as no:
            call()
        assert "Nothing was sent: set test keys" in str(no.value)
        assert LIVE["secret_api_key"] not in str(no.value)
        assert leaks(no.value) == []
    del omise.secret_api_key, omise.public_api_key
    omise.secret_api_key = "skey_test_x"
    with pytest.raises(ConfigurationError, match="while a sandbox is mounted"):
        omise.Balance.retrieve(key=LIVE["secret_api_key"])

    assert (omise_sandbox.requests, server.received) == ([], [])
    assert omise.Balance.retrieve().currency == "THB"


ASKED: dict[str, Callable[..., Any]] = {
    "secret": lambda client, **more: client.Balance.retrieve(**more),
    "public": lambda client, **more: client.Capability.retrieve(**more),
    "public, the vault": lambda client, **more: client.Token.retrieve("tokn_1", **more),
    "secret, checkout": lambda client, **more: client.request("GET", "/api/sessions/x", host="checkout", **more),
    "app": lambda client, **more: client.Integration.retrieve("intg_1", **more),
    "chain": lambda client, **more: client.Balance.retrieve(key="ckey_5canary00000chain00", **more),
    "of a call": lambda client, **more: client.Balance.retrieve(key=LIVE["secret_api_key"], **more),
    "any address": lambda client, **more: client.request("POST", "/x", **more),
}
"""A call with each kind of key, to each host."""


@pytest.mark.parametrize("kind", ASKED)
def test_every_kind_of_live_key_is_refused(omise_sandbox: Sandbox, network: list[str], kind: str) -> None:
    """While a sandbox is mounted, and without one under pytest."""
    client = omise.Client(**LIVE, max_retries=0)
    with pytest.raises(ConfigurationError, match="while a sandbox is mounted"):
        ASKED[kind](client)
    with omise_sandbox.client(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("omise.wire.pooling.STAND_INS", [])
        patch.setattr("omise.wire.sending.STAND_INS", [])
        with pytest.raises(ConfigurationError, match=r"under pytest, for .*omise\.co"):
            ASKED[kind](client)

    assert (omise_sandbox.requests, network) == ([], [])


def test_a_sandbox_has_a_live_mode_for_who_asks_for_it(omise_sandbox: Sandbox) -> None:
    """A client of the sandbox's own, that goes nowhere else."""
    assert omise_sandbox.client(**LIVE).Customer.create().livemode is True


def test_after_the_sandbox_a_live_key_is_one_again(server: Misbehaving) -> None:
    """Nothing is left of the block."""
    with Sandbox():
        pass
    assert omise.Client(**LIVE, api_url=server.url).request("GET", "/account")["id"] == "thing_1"


# Live keys under pytest


def test_a_live_key_does_not_leave_a_test(network: list[str]) -> None:
    """It is refused before the host is even looked for, with what can be done about it."""
    client = omise.Client(**LIVE, max_retries=0)
    for call in (client.Charge.list, client.Charge.create):
        with pytest.raises(ConfigurationError, match=r"under pytest, for api.omise.co.*pytest with --omise-live") as no:
            call(**({} if call == client.Charge.list else PRICE))
        assert leaks(no.value) == []

    assert network == []


@pytest.mark.parametrize(("runs", "key"), [([True], "skey_5live"), ([], "skey_5live"), ([False], "skey_test_x")])
def test_other_keys_and_other_runs_go_on(
    network: list[str], monkeypatch: pytest.MonkeyPatch, runs: list[bool], key: str
) -> None:
    """A test key goes, a live key that was allowed, and any outside of pytest."""
    monkeypatch.setattr("omise.wire.pooling.test_runs", runs)
    with pytest.raises(omise.APIConnectionError, match="does not resolve"):
        omise.Client(secret_api_key=key, max_retries=0).Charge.list()

    assert network == ["api.omise.co"]


def test_this_run_is_known_to_be_one() -> None:
    """The plugin says so, and that live keys are not allowed."""
    assert guards.test_runs == [False]


def test_what_goes_nowhere_may_have_any_key(network: list[str], tmp_path: Path, server: Misbehaving) -> None:
    """Mocks, recordings that are played, and servers on this machine."""
    body = {"object": "balance", "currency": "THB"}
    address, client = "https://api.omise.co/balance", omise.Client(**LIVE)
    with responses.RequestsMock() as mock:
        mock.get(address, json=body)
        assert client.Balance.retrieve().currency == "THB"
    with requests_mock.Mocker() as mocker:
        mocker.get(address, json=body)
        assert client.Balance.retrieve().currency == "THB"
    assert network == []


def test_a_recording_is_played_with_any_key_and_made_with_a_test_key(network: list[str], tmp_path: Path) -> None:
    """What is played reaches nobody; what is recorded does."""
    path = tmp_path / "balance.yaml"
    path.write_text(
        "version: 1\ninteractions:\n- request: {method: GET, uri: 'https://api.omise.co/balance', body: null,"
        " headers: {}}\n  response: {status: {code: 200, message: OK}, headers: {},"
        ' body: {string: \'{"object": "balance", "currency": "THB"}\'}}\n'
    )
    with vcr.VCR(record_mode="none").use_cassette(str(path)):
        assert omise.Client(**LIVE).Balance.retrieve().currency == "THB"
    recording = vcr.VCR(record_mode="all").use_cassette(str(path))
    with recording, pytest.raises(ConfigurationError, match="under pytest"):
        omise.Client(**LIVE).Balance.retrieve()
    assert network == []


# Card data with a live key


CARDS: dict[str, Callable[[Any], Any]] = {
    "a charge": lambda client: client.Charge.create(card=CARD, **PRICE),
    "a customer": lambda client: client.Customer.create(card=CARD),
    "a customer's change": lambda client: client.Customer.from_data({"object": "customer", "id": "cust_1"}).update(
        card=CARD
    ),
    "a customer's charge": lambda client: client.Customer.from_data({"object": "customer", "id": "cust_1"}).charge(
        card=CARD, **PRICE
    ),
    "a card of a list": lambda client: client.Customer.from_data(
        {"object": "customer", "id": "cust_1", "cards": {"object": "list", "location": "/customers/cust_1/cards"}}
    ).cards.create(CARD),
    "a token": lambda client: client.Token.create(card=CARD),
    "a token, flat": lambda client: client.Token.create(**CARD),
    "any address": lambda client: client.request("POST", "/tokens", host="vault", key_kind="public", card=CARD),
    "any address, flat": lambda client: client.request("POST", "/tokens", host="vault", key_kind="public", **CARD),
    "a form": lambda client: client.request("POST", "/charges", **{"card[number]": CARD["number"]}),
    "a file": lambda client: client.request("POST", "/charges", files={"card[number]": CARD["number"]}),
    "beside a file": lambda client: client.request("POST", "/charges", files={"file": b"x"}, card=CARD),
    "an address that is read": lambda client: client.request("GET", "/tokens", card=CARD),
    "another address, flat": lambda client: client.request("POST", "/charges", **CARD),
    "a card's change": lambda client: client.request(
        "PATCH", "/customers/c/cards/1", security_code=CARD["security_code"]
    ),
    "further down": lambda client: client.request("POST", "/schedules", charge={"card": CARD, **PRICE}),
    "a list": lambda client: client.request("POST", "/charges", cards=[CARD]),
    "a schedule's charge": lambda client: client.Schedule.create(every=1, period="day", charge={"card": CARD}),
    "a number as an id": lambda client: client.Charge.create(card=CARD["number"], **PRICE),
    "JSON as an id": lambda client: client.request("POST", "/charges", card=json.dumps(CARD)),
    "the key of an app": lambda client: client.request("POST", "/tokens", key_kind="app", card=CARD),
    "a chain's key": lambda client: client.request("POST", "/charges", key="ckey_5canary00000chain00", card=CARD),
}


@pytest.mark.parametrize("way", CARDS)
def test_card_data_goes_with_a_live_key_only_where_that_was_allowed(way: str) -> None:
    """Nothing is sent before that, and the message says why, what to do, and nothing of the card."""
    stub = Stub(lambda sent: {"object": "token", "id": "tokn_1", "card": {"object": "card", "id": "card_1"}})
    client = stub.client(**LIVE)
    with pytest.raises(ConfigurationError, match=r"PCI DSS.*Omise\.js.*payer's browser.*allow_raw_card") as refused:
        CARDS[way](client)
    assert stub.sent == []
    assert leaks(refused.value) == []

    tested = {name: key.replace("_5", "_test_5") for name, key in LIVE.items()}
    for other in (stub.client(**LIVE, allow_raw_card=True), *([stub.client(**tested)] if "chain" not in way else [])):
        count = len(stub.sent)
        with suppress(omise.APIConnectionError, omise.OutcomeUnknown):  # a stub's answers are not what was asked for
            CARDS[way](other)
        assert len(stub.sent) > count


def test_tokens_and_wallets_go_with_a_live_key() -> None:
    """They are no card data."""
    stub = Stub(lambda sent: {"object": sent.path.split("/")[1].removesuffix("s"), "id": "x_1"})
    client = stub.client(**LIVE)
    client.Charge.create(card="tokn_5x", **PRICE)
    client.Token.create(tokenization={"method": "googlepay", "data": "payload"})
    client.Customer.create(email="a@b.co", metadata={"card": {"kept": True}, "number": "1", "cvv": "matched"})

    assert [sent.path for sent in stub.sent][-3:] == ["/charges", "/tokens", "/customers"]


@pytest.mark.parametrize(
    ("path", "params", "holds"),
    [
        ("/tokens", {"card": CARD}, True),
        ("/tokens", CARD, True),
        ("/tokens/", {"number": "4"}, True),
        ("/charges", {"card": CARD}, True),
        ("/charges", {"card[number]": "4"}, True),
        ("/charges", {"card": "tokn_1"}, False),
        ("/tokens", {"tokenization": {"method": "applepay"}}, False),
        ("/recipients", {"bank_account": {"number": "1"}}, False),
        ("/schedules", {"charge": {"card": "card_1", "customer": "cust_1"}}, False),
        ("/charges", {"charge[card]": "card_1", "charge[metadata][card][number]": "4"}, False),
        ("/customers/cust_1/cards/card_1", {"expiration_month": 1, "expiration_year": 2035, "name": "Mali"}, False),
        ("/charges", {"card": None}, False),
        ("/charges", {"card": [["number", "4"]]}, True),
    ],
)
def test_what_card_data_is(path: str, params: dict[str, Any], holds: bool) -> None:
    """By where it stands: a number elsewhere is none of a card."""
    assert holds_card(path, params) is holds


def test_the_environment_may_allow_card_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """For the command line, which has no other place to say it in."""
    stub = Stub(lambda sent: {"object": "token", "id": "tokn_1"})
    monkeypatch.setenv("OMISE_ALLOW_RAW_CARD", "1")

    assert stub.client(**LIVE).Token.create(card=CARD).id == "tokn_1"
