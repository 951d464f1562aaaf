"""What a sandbox keeps, logs and shows has no secret in it, whatever was sent to it in whichever form."""

from __future__ import annotations

import json
import re
from contextlib import closing, suppress
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from omise.sandbox import Application, Store
from omise.sandbox.http.faults import KINDS, Broken, plan_of
from omise.sandbox.http.routing import ROUTES

from ..canaries import ACCOUNT, BANK, CALL_KEY, CARD, CITIZEN, CODE, HOOK, NUMBER, SPELLINGS, WALLET, Sinks, kinds_in
from .conftest import Caller

NAMED: dict[str, Any] = {
    "card": CARD,
    "bank_account": BANK,
    "citizen_id": CITIZEN,
    "tokenization": {"method": "googlepay", "data": WALLET},
    "webhook_secret": HOOK,
    "key": HOOK,
    "number": NUMBER,
    "security_code": CODE,
    "tax_id": CITIZEN,
    "account_number": int(ACCOUNT),
}
"""Secrets that are known by the names that they have in the API."""


def flat(value: Any, name: str = "") -> list[tuple[str, str]]:
    """The pairs of a form."""
    if not isinstance(value, dict):
        return [(name, str(value))]
    return [pair for inner, item in value.items() for pair in flat(item, f"{name}[{inner}]" if name else inner)]


FORMS: dict[str, Any] = {
    "JSON": lambda params: {"json": params},
    "form": lambda params: {"data": dict(flat(params))},
    "query": lambda params: {"query_string": dict(flat(params))},
    "multipart": lambda params: {"data": {**dict(flat(params)), "file": (BytesIO(NUMBER.encode()), f"{NUMBER}.png")}},
    "JSON in a form": lambda params: {"data": {json.dumps(params): ""}},
    "JSON in a value": lambda params: {"data": {"params": json.dumps(params)}},
    "not what it says": lambda params: {"data": json.dumps(params), "content_type": "text/plain"},
    "no JSON": lambda params: {"data": json.dumps(params)[:-1], "content_type": "application/json"},
}
"""Ways of sending parameters, right and wrong."""


def shown(api: Caller) -> str:
    """All that the sandbox shows of what it received: its log, the route for that, and the pages of the dashboard."""
    client = api.client
    local = {"base_url": "http://127.0.0.1:4010", "headers": {"Accept": "text/html"}}
    pages = [client.get("/_sandbox/requests", **local).text, client.get("/", **local).text]
    found = re.findall(r'href="(/_sandbox[^"]*|/[^"]*requests[^"]*)"', pages[-1])
    pages += [client.get(path, **local).text for path in dict.fromkeys(found)]
    return "\n".join([repr([*api.application.requests]), *pages])


@pytest.mark.parametrize("form", FORMS)
def test_no_request_is_remembered_with_a_secret(api: Caller, form: str, capfd: pytest.CaptureFixture[str]) -> None:
    """To any route, by its names or its looks, in parameters, names, headers, paths and hosts."""
    texts = [*SPELLINGS.values()]
    with Sinks() as sinks:
        for number, route in enumerate(ROUTES):
            text = texts[number % len(texts)]
            path = re.sub("<.*?>", quote(text, safe=""), route.path)
            params = {**NAMED, "metadata": {"note": text, text: 1}, text: text, "description": text}
            headers = {"User-Agent": text.replace("\n", ""), "Idempotency-Key": text, "X-Note": HOOK}
            api.send(route.method, path, key=CALL_KEY, headers=headers, **FORMS[form](params))
        sinks.take("output", "".join(capfd.readouterr()))

    assert sinks.leaks == {}
    assert len(api.application.requests) == len(ROUTES)
    assert kinds_in(shown(api)) == set()


def carry_out(api: Caller) -> None:
    """Do all for which the API takes a number that it never shows again, and what follows from it."""
    free = {"description": "an order", "metadata": {"order": "7"}}
    api.ok("POST", "/customers", {"email": "a@example.com", "card": api.token(**CARD), **free})
    api.ok("POST", "/charges", {"amount": 100_000, "currency": "thb", "card": api.token(**CARD), **free})
    wallet = api.ok("POST", "/tokens", {"tokenization": NAMED["tokenization"]}, key="pkey_test_sandbox")
    api.ok("POST", "/charges", {"amount": 100_000, "currency": "thb", "card": wallet["id"]})
    api.send("POST", "/tokens", {"card": CARD | {"expiration_year": 2001}}, key="pkey_test_sandbox")
    api.send("POST", "/tokens", {"card": CARD | {"number": NUMBER[:-1] + "5"}}, key="pkey_test_sandbox")
    recipient = api.ok("POST", "/recipients", {"name": "M", "type": "individual", "bank_account": BANK})
    api.ok("PATCH", f"/recipients/{recipient['id']}/verify")
    transfer = api.ok("POST", "/transfers", {"amount": 4_000, "recipient": recipient["id"]})
    api.ok("POST", f"/transfers/{transfer['id']}/mark_as_sent")
    linked = {"type": "direct_debit_bay", "return_uri": "https://shop.example.com", "citizen_id": CITIZEN}
    api.ok("POST", "/linked_accounts", linked)
    api.ok("GET", "/account", key=CALL_KEY)
    api.ok("POST", "/chains", {"email": "b@example.com"})
    pay(api)


def pay(api: Caller) -> None:
    """Have a payer type a card into the page of a link."""
    link = api.ok("POST", "/links", {"amount": 10_000, "currency": "thb", "title": "t", "description": "d"})
    path = link["payment_uri"].removeprefix("https://link.omise.co")
    typed = {"action": "card", **{name: str(value) for name, value in CARD.items()}}
    assert api.client.post(path, data=typed, base_url="https://link.omise.co").status_code == 303


READ_AGAIN = {"recipient", "transfer", "event", "letter"}
"""Kinds of documents with the number of a bank account, which the API shows in full for as long as they exist."""


def test_a_database_has_no_number_that_is_never_read_again(tmp_path: Path) -> None:
    """Neither in its documents, of any kind, nor in what is left of them in the file, after a restart too."""
    with closing(Store(str(tmp_path / "state.db"))) as store:
        api = Caller(Application(store, webhooks=["http://127.0.0.1:9/"]))
        carry_out(api)
        api.application.webhooks.flush()
        with store.transaction() as transaction:
            rows = transaction._connection.execute("SELECT kind, body FROM documents").fetchall()
            rest = transaction._connection.iterdump()
            dumped = "\n".join(rest)
        api.application.webhooks.stop()
    files = "".join(path.read_bytes().decode("latin-1") for path in tmp_path.iterdir())

    found = {(kind, secret) for kind, body in rows for secret in kinds_in(body)}
    assert {kind for kind, _ in found} <= READ_AGAIN
    assert {secret for _, secret in found} == {"account number"}
    assert kinds_in(dumped) | kinds_in(files) == {"account number"}
    assert {kind for kind, _ in rows} >= {"card", "token", "charge", "customer", "linked_account", "link", "chain"}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "event" not in KINDS[kind]])
def test_no_fault_brings_a_secret_out(api: Caller, kind: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever goes wrong on purpose with a request that has some."""
    api.application.faults.add(
        plan_of({"faults": [{"kind": kind} | ({"seconds": 0} if "seconds" in KINDS[kind] else {})]})
    )
    with Sinks() as sinks:
        for text in SPELLINGS.values():
            with suppress(Broken):  # which a server takes for a connection to break
                api.send("POST", "/tokens", {**NAMED, "note": text}, key=CALL_KEY)
        sinks.take("output", "".join(capfd.readouterr()))

    assert sinks.leaks == {}
    assert kinds_in(repr(api.application.requests)) == set()


@pytest.mark.parametrize("path", ["clock", "requests", "faults", "reset", NUMBER, CALL_KEY])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_the_sandboxs_own_routes_tell_no_secret(api: Caller, method: str, path: str) -> None:
    """What they refuse they do not repeat, and what they are told is in no log."""
    local = {"base_url": "http://127.0.0.1:4010", "headers": {"Origin": f"https://{NUMBER}.example"}}
    with Sinks() as sinks:
        for text in SPELLINGS.values():
            for options in ({"base_url": local["base_url"]}, local, {"base_url": f"http://{NUMBER}.example"}):
                for body in ({text: text}, {"faults": [{"kind": text}], "seed": text}, {"days": text}):
                    response = api.client.open(f"/_sandbox/{path}", method=method, json=body, **options)
                    sinks.place = text
                    sinks.take("answer", response.text)

    assert sinks.leaks == {}
