"""No secret comes out anywhere: every place that takes what users give, by every outcome of the call, by every sink."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import omise
from omise.config import Config
from omise.records import drift
from omise.testing import recorder
from omise.testing.leaks import leaks_in

from .canaries import CARD, HOOK, OUTCOMES, PRICE, SECRET_KEY, SPELLINGS, Sinks, kinds_in, set_up
from .misbehaving import Misbehaving

Place = Callable[[str], Any]


def made(kind: str, **fields: Any) -> Any:
    """A record of which no more is known than its id."""
    return omise.Resource.from_data({"object": kind, "id": f"{kind}_test_1", **fields})


def customer() -> Any:
    return omise.Customer.from_data(
        {"object": "customer", "id": "cust_test_1", "cards": {"object": "list", "data": []}}
    )


def dispute() -> Any:
    return omise.Dispute.from_data({"object": "dispute", "id": "dspt_test_1", "documents": LIST})


def named(text: str) -> io.BytesIO:
    file = io.BytesIO(b"%PDF")
    file.name = text
    return file


LIST = {"object": "list", "data": [], "location": "/disputes/dspt_test_1/documents"}
SCHEDULE: Any = lambda: omise.Charge.schedule(customer="cust_1", amount=1)  # noqa: E731

SIGNED = {"Omise-Signature": "0" * 64, "Omise-Signature-Timestamp": "1767225600"}


def hook(body: str, **options: Any) -> Any:
    return omise.Webhook.construct_event(body, omise.Webhook.sign(body, HOOK), HOOK, **options)


SENT: dict[str, Place] = {
    "description": lambda text: omise.Customer.create(description=text),
    "e-mail": lambda text: omise.Customer.create({"email": text}),
    "value in metadata": lambda text: omise.Charge.create(**PRICE, metadata={"a": {"b": [text]}}),
    "name in metadata": lambda text: customer().update(metadata={text: "x"}),
    "assigned": lambda text: setattr(it := customer(), "description", text) or it.save(),
    "unknown name": lambda text: omise.Customer.create(**{text: "x"}),
    "id of a card": lambda text: omise.Charge.create(**PRICE, customer="cust_1", card=text),
    "part of a source": lambda text: omise.Charge.create(**PRICE, source={"type": "promptpay", "name": text}),
    "holder of a card": lambda text: omise.Token.create(card={**CARD, "name": text}),
    "message": lambda text: omise.Dispute.from_data({"object": "dispute", "id": "d_1"}).update(message=text),
    "request": lambda text: omise.request("POST", "/things", anything=text),
    "query": lambda text: omise.request("GET", "/things", anything=text),
    "search": lambda text: omise.Charge.search().query(text).execute(),
    "filter": lambda text: omise.Charge.search().filter(email=text).execute(),
    "order": lambda text: omise.Charge.list(order=text),
    "limit": lambda text: omise.Charge.list(limit=text),
    "file name": lambda text: dispute().documents.upload(b"%PDF", filename=text),
    "name of an open file": lambda text: dispute().documents.upload(named(text)),
    "content of a file": lambda text: dispute().documents.upload(text.encode()),
    "Idempotency-Key": lambda text: omise.Customer.create(idempotency_key=text),
    "key of the call": lambda text: omise.Customer.retrieve("cust_1", key=text),
    "key of a write": lambda text: omise.Charge.create(**PRICE, card=CARD, key=text),
    "path": lambda text: omise.request("GET", f"/customers/{text}"),
    "path, encoded": lambda text: omise.request("DELETE", f"/customers/{quote(text, safe='')}"),
}
"""Where users put what is sent."""

MISUSED: dict[str, Place] = {
    "id": lambda text: omise.Customer.retrieve(text),
    "id of a parent": lambda text: omise.Card.retrieve(text, "card_1"),
    "id in a list": lambda text: customer().cards.retrieve(text),
    "record of that id": lambda text: omise.Customer.from_data({"object": "customer", "id": text}).reload(),
    "location": lambda text: omise.Resource.from_data({"object": "odd", "location": text}).reload(),
    "dispute of": lambda text: omise.Dispute.create(text),
    "status": lambda text: omise.Dispute.list(status=text),
    "method": lambda text: omise.request(text, "/charges"),
    "host": lambda text: omise.request("GET", "/charges", host=text),
    "kind of key": lambda text: omise.request("GET", "/charges", key_kind=text),
    "timeout": lambda text: omise.Customer.retrieve("cust_1", timeout=text),
    "deadline": lambda text: omise.Customer.retrieve("cust_1", deadline=text),
    "from": lambda text: omise.Charge.list(from_=text),
    "amount": lambda text: omise.Charge.create(amount=text, currency=text),
    "two dicts": lambda text: omise.Customer.create({"description": text}, {"email": text}),
    "what cannot be sent": lambda text: omise.Customer.create(description=text, metadata={"a": {text}}),
    "half a character": lambda text: omise.Customer.create(description=text + "\ud800"),
    "phrase": lambda text: SCHEDULE().parse(text),
    "weekday": lambda text: SCHEDULE().weeks(on=text),
    "day of a month": lambda text: SCHEDULE().months(on=text),
    "end": lambda text: SCHEDULE().end_date(text),
    "schedule's own": lambda text: omise.Charge.schedule(customer=text, amount=1, currency=text).start(),
    "kind of schedule": lambda text: omise.Scheduler(text, {}),
    "scope": lambda text: omise.Search.execute(text),
    "filter's value": lambda text: omise.Charge.search().filter(**{text: {text}}),
    "filter's name": lambda text: omise.Charge.search().filter({text: text}).page(text),
    "card": lambda text: omise.Charge.create(**PRICE, card=omise.Customer.from_data({"object": "x", "id": text})),
    "setting that there is not": lambda text: setattr(omise, "secret_key", text),
    "client's attribute": lambda text: setattr(omise.Client(), "api_url", text),
    "drift": lambda text: drift.watch(text),  # type: ignore[arg-type]
    "from_data": lambda text: omise.Customer.from_data(text),  # type: ignore[arg-type]
    "missing file": lambda text: dispute().documents.upload(text),
    "dispute's file": lambda text: dispute().upload_document({text: text}),
    "webhook's body": lambda text: hook(text),
    "webhook's JSON": lambda text: hook(json.dumps({"object": "charge", "description": text})),
    "webhook's body as a dict": lambda text: omise.Webhook.construct_event({"body": text}, {}, HOOK),
    "webhook's headers": lambda text: omise.Webhook.construct_event(b"{}", [(text, text)], HOOK),
    "webhook's headers as text": lambda text: omise.Webhook.construct_event(b"{}", text, HOOK),
    "webhook's signature": lambda text: omise.Webhook.construct_event(text, {**SIGNED, "Omise-Signature": text}, HOOK),
    "webhook's time": lambda text: omise.Webhook.verify(text, {**SIGNED, "Omise-Signature-Timestamp": text}, HOOK),
    "webhook's age": lambda text: omise.Webhook.verify(text, omise.Webhook.sign(text, HOOK, timestamp=1), HOOK),
    "webhook's tolerance": lambda text: hook(text, tolerance=text),
    "webhook's secret": lambda text: omise.Webhook.verify("{}", SIGNED, text),
    "webhook's secrets": lambda text: omise.Webhook.verify("{}", SIGNED, [HOOK, text]),
    "webhook signed by": lambda text: omise.Webhook.sign(text, text),
    "webhook signed at": lambda text: omise.Webhook.sign(text, HOOK, timestamp=text),  # type: ignore[arg-type]
    "reading what was not loaded": lambda text: omise.Customer.from_data({"object": "customer", "id": text}).nothing,
}
"""Where users put what is refused before anything is sent, mostly; or what is read of what they put there."""


def walked(sinks: Sinks, places: dict[str, Place], outcome: str, server: Misbehaving, share: int = 1) -> None:
    """Put secrets into all *places*, into each one of *share* in turn."""
    texts = [*SPELLINGS]
    for number, (place, put) in enumerate(places.items()):
        for spelling in texts[number % share :: share]:
            server.answers = OUTCOMES[outcome] * 6
            sinks.call(f"{place}: {spelling}", partial(put, SPELLINGS[spelling]))


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_what_is_sent_shows_no_secret(
    server: Misbehaving, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], outcome: str
) -> None:
    """Wherever it stood, whatever became of it: in logs of every library, warnings, errors, results, or printed."""
    set_up(outcome, server.url, monkeypatch)
    with Sinks() as sinks:
        walked(sinks, SENT, outcome, server, 1 if outcome in ("success", "refused") else 4)
        sinks.take("output", "".join(capfd.readouterr()))

    assert sinks.leaks == {}


@pytest.mark.parametrize("outcome", ["success", "refused", "no JSON", "gateway"])
def test_no_recording_holds_a_secret(
    server: Misbehaving, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, outcome: str
) -> None:
    """Of what was sent and of what came back."""
    set_up(outcome, server.url, monkeypatch)
    with Sinks() as sinks, recorder(record_mode="all", sandbox_url=server.url).use_cassette(str(tmp_path / "a.yaml")):
        walked(sinks, SENT, outcome, server, share=8)

    assert kinds_in((tmp_path / "a.yaml").read_text()) == set()
    assert [*leaks_in(tmp_path / "a.yaml")] == []
    assert sinks.leaks == {}


def test_what_is_misused_shows_no_secret(
    server: Misbehaving, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What is refused before it is sent says so without it."""
    set_up("success", server.url, monkeypatch)
    with Sinks() as sinks:
        walked(sinks, MISUSED, "success", server)
        sinks.take("output", "".join(capfd.readouterr()))

    assert sinks.leaks == {}


@pytest.mark.parametrize("name", [*Config.settings])
def test_no_setting_shows_a_secret(server: Misbehaving, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Malformed keys, and secrets in the place of any other setting; what is taken is shown by no repr."""
    set_up("success", server.url, monkeypatch)
    more = {} if name in ("secret_api_key", "api_key", "api_secret") else {"secret_api_key": SECRET_KEY}
    with Sinks() as sinks:
        for number, (spelling, text) in enumerate(SPELLINGS.items()):
            shapes = (text.encode(), [text], {text: text}, f"https://{text}", f"http://{text}.example/x")
            for value in (text, shapes[number % len(shapes)]):
                sinks.call(spelling, partial(setattr, omise, name, value))
                sinks.call(spelling, lambda: omise.client.default_client)
                sinks.call(spelling, partial(omise.Client, **{**more, name: value}))
            sinks.call(spelling, lambda: omise.Customer.retrieve("cust_1"))
        monkeypatch.setenv(str(Config.settings[name].env), text)
        delattr(omise, name)
        sinks.call("environment", lambda: omise.Customer.retrieve("cust_1"))

    assert sinks.leaks == {}
