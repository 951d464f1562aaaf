"""Secrets stay out of the variables of the library's own frames, which error trackers and test runners print."""

import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import omise
from omise.sandbox import Sandbox

from .misbehaving import Answer, Misbehaving, answer, cut_short, hang_up, html

NUMBER, CODE, ACCOUNT, WALLET = "4242424242424242", "987", "7772727364", "ewallet-payload-0123456789"
KEY = "skey_test_5canary0000000000000"
CARD = {"name": "Mali", "number": NUMBER, "security_code": CODE, "expiration_month": 8, "expiration_year": 2035}
BANK = {"brand": "bbl", "number": ACCOUNT, "name": "Mali"}
PRICE = {"amount": 100_00, "currency": "thb"}
CANARIES = (NUMBER, f"'{CODE}'", ACCOUNT, WALLET, KEY)

HERE = str(Path(omise.__file__).parent)


def customer() -> Any:
    return omise.Customer.from_data(
        {"object": "customer", "id": "cust_test_1", "cards": {"object": "list", "data": []}}
    )


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

REFUSED = answer(400, {"object": "error", "code": "invalid_card", "message": "number is invalid", "location": "x"})
FAULTS: dict[str, Answer] = {"refused": REFUSED, "lost": hang_up, "cut short": cut_short, "html": html}


def shown(error: BaseException) -> Iterator[str]:
    """What a tracker that prints variables shows of the library's own frames, and of the error and its causes."""
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    while told is not None:
        yield str(told)
        for frame in told.stack:
            if frame.filename.startswith(HERE):
                yield f"{frame.name}: {frame.locals}"
        told = told.__cause__ or told.__context__  # type: ignore[assignment]
    yield repr(error)
    yield repr(vars(error))
    yield repr(error.args)


def raised(call: Callable[[], Any]) -> BaseException | None:
    """What *call* raises, as one of those who print variables catches it; None if it raises nothing."""
    try:
        call()
    except (TypeError, ValueError, AttributeError, omise.Error) as error:
        return error
    return None


def leaks(error: BaseException) -> list[tuple[str, str]]:
    return [(canary, text[:200]) for text in shown(error) for canary in CANARIES if canary in text]


@pytest.fixture
def server(server: Misbehaving, monkeypatch: pytest.MonkeyPatch) -> Misbehaving:
    """A server that answers as it is told to, which the default client asks without a pause between tries."""
    monkeypatch.setattr("omise.wire.transport.time.sleep", lambda seconds: None)
    omise.api_url = omise.vault_url = server.url
    omise.secret_api_key, omise.public_api_key = KEY, "pkey_test_5canary0000000000000"
    return server


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("verb", VERBS)
def test_no_frame_shows_a_secret_when_an_answer_goes_wrong(server: Misbehaving, verb: str, fault: str) -> None:
    """Refused, lost, cut short or nonsense, whichever request of the call it hits."""
    for good in range(2):
        server.answers = [answer(200, {"object": "token", "id": "tokn_test_1"})] * good + [FAULTS[fault]] * 5
        failed = raised(lambda: VERBS[verb](key=KEY))

        assert good or failed
        assert failed is None or leaks(failed) == []


NONSENSE: dict[str, dict[str, Any]] = {
    "a value that cannot be sent": {"description": {1}},
    "a malformed key": {"key": f"'{KEY}'"},
    "a public key": {"key": KEY.replace("skey", "pkey")},
    "a timeout": {"timeout": -1, "key": KEY},
    "half a character": {"description": "\ud800", "key": KEY},
}


@pytest.mark.parametrize("nonsense", NONSENSE)
@pytest.mark.parametrize("verb", VERBS)
def test_no_frame_shows_a_secret_when_a_parameter_is_refused(server: Misbehaving, verb: str, nonsense: str) -> None:
    """Before anything is sent: what cannot be sent, and options that cannot be used."""
    refused = raised(lambda: VERBS[verb](**NONSENSE[nonsense]))

    assert refused is not None
    assert leaks(refused) == []


@pytest.mark.parametrize("bad", [{1}, "\ud800", 1.5, float("nan")])
def test_a_secret_that_cannot_be_sent_is_not_shown(omise_sandbox: Sandbox, bad: Any) -> None:
    """Though it is the very thing that is wrong."""
    card = {**CARD, "security_code": [CODE, bad]}
    for verb in (lambda: omise.Charge.create(card=card, **PRICE), lambda: customer().cards.create(card)):
        with pytest.raises((TypeError, ValueError, omise.Error)) as refused:
            verb()
        assert leaks(refused.value) == []


@pytest.mark.parametrize("wrong", [NUMBER, KEY, f"cust/{NUMBER}"])
def test_a_secret_in_the_place_of_an_id_goes_nowhere(omise_sandbox: Sandbox, wrong: str) -> None:
    """A key or a card number is no id: it gets into no path, no log and no message."""
    for verb in (omise.Customer.retrieve, omise.Charge.retrieve, omise.Customer.list().retrieve):
        count = len(omise_sandbox.requests)
        with pytest.raises(ValueError, match="an id has letters") as refused:
            verb(wrong)
        assert leaks(refused.value) == []
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
    for call in wrong:
        with pytest.raises(TypeError) as refused:
            call()
        assert leaks(refused.value) == []
