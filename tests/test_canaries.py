"""Card data, account numbers and keys come out nowhere, whichever verb takes them and whatever becomes of the call."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

import omise
from omise.sandbox import Sandbox

from .canaries import (
    BANK,
    CALL_KEY,
    CARD,
    CITIZEN,
    CODE,
    NUMBER,
    OUTCOMES,
    PRICE,
    SECRET_KEY,
    WALLET,
    Sinks,
    set_up,
)
from .misbehaving import Misbehaving


def customer() -> Any:
    return omise.Customer.from_data(
        {"object": "customer", "id": "cust_test_1", "cards": {"object": "list", "data": []}}
    )


def recipient() -> Any:
    return omise.Recipient.from_data({"object": "recipient", "id": "recp_test_1"})


def assigned() -> Any:
    record = customer()
    record["card"] = dict(CARD)
    return record


VERBS: dict[str, Callable[..., Any]] = {
    "Charge.create": lambda **more: omise.Charge.create(card=CARD, **PRICE, **more),
    "Charge.create, a dict": lambda **more: omise.Charge.create({"card": CARD, **PRICE, **more}),
    "Customer.create": lambda **more: omise.Customer.create(card=CARD, **more),
    "Customer().save": lambda **more: omise.Customer(card=CARD).save(**more),
    "Token.create": lambda **more: omise.Token.create(card=CARD, **more),
    "Token.create, flat": lambda **more: omise.Token.create(**CARD, **more),
    "Token.create, a wallet": lambda **more: omise.Token.create(
        tokenization={"method": "googlepay", "data": WALLET}, **more
    ),
    "Recipient.create": lambda **more: omise.Recipient.create(name="M", type="individual", bank_account=BANK, **more),
    "LinkedAccount.create": lambda **more: omise.LinkedAccount.create(
        {"type": "direct_debit_bay", "return_uri": "https://shop.example.com", "citizen_id": CITIZEN, **more}
    ),
    "recipient.update": lambda **more: recipient().update(bank_account=BANK, tax_id=CITIZEN, **more),
    "WebhookSecret.create": lambda **more: omise.WebhookSecret.create(**more),
    "Source.create": lambda **more: omise.Source.create(type="promptpay", **PRICE, **more),
    "customer.update": lambda **more: customer().update(card=CARD, **more),
    "customer.save": lambda **more: assigned().save(**more),
    "customer.charge": lambda **more: customer().charge(card=CARD, **PRICE, **more),
    "cards.create": lambda **more: customer().cards.create(CARD, **more),
    "omise.request": lambda **more: omise.request("POST", "/tokens", card=CARD, **more),
    "client.request": lambda **more: omise.client.default_client.request("POST", "/tokens", card=CARD, **more),
    "Charge.list": lambda **more: omise.Charge.list(**more),
    "Charge.retrieve": lambda **more: omise.Charge.retrieve("chrg_test_1", **more),
    "Charge.search": lambda **more: omise.Charge.search().filter(card_last_digits="4242").execute(**more),
    "schedule.start": lambda **more: (
        omise.Charge.schedule(customer="cust_1", amount=1).parse("every day until 2035-01-01").start(**more)
    ),
}

NONSENSE: dict[str, dict[str, Any]] = {
    "a value that cannot be sent": {"description": {1}},
    "a malformed key": {"key": f"'{CALL_KEY}'"},
    "a public key": {"key": CALL_KEY.replace("skey", "pkey")},
    "a timeout": {"timeout": -1, "key": CALL_KEY},
    "half a character": {"description": "\ud800", "key": CALL_KEY},
}


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_no_verb_shows_a_secret(server: Misbehaving, monkeypatch: pytest.MonkeyPatch, outcome: str) -> None:
    """Whatever became of the call, with the keys that are set and with a key of its own."""
    set_up(outcome, server.url, monkeypatch)
    raised = []
    with Sinks() as sinks:
        for name, verb in VERBS.items():
            for options in ({}, {"key": CALL_KEY}):
                server.answers = OUTCOMES[outcome] * 6
                raised.append(sinks.call(name, partial(verb, **options)))

    assert sinks.leaks == {}
    assert len([error for error in raised if isinstance(error, omise.Error)]) > len(VERBS)


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_no_verb_shows_a_secret_beside_what_is_refused(
    server: Misbehaving, monkeypatch: pytest.MonkeyPatch, nonsense: str
) -> None:
    """Before anything is sent: what cannot be sent, and options that cannot be used."""
    set_up("success", server.url, monkeypatch)
    with Sinks() as sinks:
        for name, verb in VERBS.items():
            assert sinks.call(name, partial(verb, **NONSENSE[nonsense])) is not None

    assert sinks.leaks == {}


@pytest.mark.parametrize("bad", [{1}, "\ud800", 1.5, float("nan")])
def test_a_secret_that_cannot_be_sent_is_not_shown(omise_sandbox: Sandbox, bad: Any) -> None:
    """Though it is the very thing that is wrong."""
    card = {**CARD, "security_code": [CODE, bad]}
    with Sinks() as sinks:
        for verb in (lambda: omise.Charge.create(card=card, **PRICE), lambda: customer().cards.create(card)):
            assert isinstance(sinks.call("card", verb), (TypeError, ValueError, omise.Error))

    assert sinks.leaks == {}


@pytest.mark.parametrize("wrong", [NUMBER, SECRET_KEY, f"cust/{NUMBER}"])
def test_a_secret_in_the_place_of_an_id_goes_nowhere(omise_sandbox: Sandbox, wrong: str) -> None:
    """A key or a card number is no id: it gets into no path, no log and no message."""
    verbs = (omise.Customer.retrieve, omise.Charge.retrieve, omise.Customer.list().retrieve)
    count = len(omise_sandbox.requests)
    with Sinks() as sinks:
        refused = [sinks.call("id", partial(verb, wrong)) for verb in verbs]

    assert sinks.leaks == {}
    assert all("an id has letters" in str(error) for error in refused)
    assert len(omise_sandbox.requests) == count


def test_wrong_calls_show_nothing_either(omise_sandbox: Sandbox) -> None:
    """Too many arguments, a dict where none belongs, a record that has an id already."""
    wrong: list[Callable[[], Any]] = [
        lambda: omise.Customer.create(1, card=CARD),  # type: ignore[call-overload,arg-type]
        lambda: omise.Customer.create({}, {}, card=CARD),  # type: ignore[call-overload]
        lambda: omise.Customer(id="cust_1", card=CARD),
        lambda: omise.Customer.update("cust_1", card=CARD),  # type: ignore[arg-type]
        lambda: omise.Token.create(number=NUMBER, card=CARD),  # type: ignore[call-overload]
    ]
    with Sinks() as sinks:
        assert all(isinstance(sinks.call("card", call), TypeError) for call in wrong)

    assert sinks.leaks == {}
