"""
Every route of the sandbox, at every version of the API, with a request that fits it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from werkzeug.test import TestResponse

from omise.sandbox.app import Application
from omise.sandbox.http.routing import Route
from omise.sandbox.http.shapes import ROWS
from omise.sandbox.http.versions import LATEST, VERSIONS
from omise.sandbox.resources import load

from .conftest import CARD, PUBLIC_KEY, SECRET_KEY, Caller

APP_KEY = "akey_test_app"
KEYS = {"secret": SECRET_KEY, "public": PUBLIC_KEY, "app": APP_KEY}
PAGE = "https://shop.example.com/back"
PDF = b"%PDF-1.7\n"

BANK_ACCOUNT = {"brand": "test", "number": "1234567890", "name": "Somchai Example"}
CHARGE = {"amount": 100_000, "currency": "thb"}
DAILY = {"every": 1, "period": "day", "end_date": "2040-01-01"}

#: What each route is sent; those that are not named take nothing.
PARAMETERS: dict[tuple[str, str], Any] = {
    ("PATCH", "/account/api_version"): lambda world: {"api_version": world.version},
    ("PATCH", "/account"): {"zero_interest_installments": True},
    ("PATCH", "/customers/<customer>/cards/<card>"): {"name": "Somsri Example"},
    ("POST", "/chains"): {"email": "sub@example.com"},
    ("POST", "/sources"): CHARGE | {"type": "promptpay"},
    ("POST", "/tokens"): {"card": CARD},
    ("POST", "/charges"): lambda world: CHARGE | {"card": world.token()},
    ("PATCH", "/charges/<charge>"): {"description": "new"},
    ("POST", "/customers"): lambda world: {"email": "a@example.com", "card": world.token()},
    ("PATCH", "/customers/<customer>"): {"email": "b@example.com"},
    ("PATCH", "/disputes/<dispute>"): {"message": "It was sent."},
    ("PATCH", "/disputes/<dispute>/close"): {"status": "won"},
    ("POST", "/integrations"): {"kind": "shopify"},
    ("POST", "/links"): CHARGE | {"title": "T", "description": "D"},
    ("POST", "/<string(length=19):link>"): {"number": CARD["number"]},
    ("POST", "/linked_accounts"): {"type": "direct_debit_kbank", "return_uri": PAGE},
    ("POST", "/linked_accounts/<linked_account>/pay"): {"action": "enrol"},
    ("POST", "/recipients"): {"name": "Somchai Example", "type": "individual", "bank_account": BANK_ACCOUNT},
    ("PATCH", "/recipients/<recipient>"): {"description": "new"},
    ("POST", "/transfers"): {"amount": 5_000},
    ("PATCH", "/transfers/<transfer>"): {"amount": 6_000},
    ("POST", "/payments/<payment>/authorize"): {"action": "pay"},
    ("POST", "/charges/<charge>/refunds"): {"amount": 1_000},
    ("POST", "/schedules"): lambda world: (
        DAILY | {"charge": {"amount": 100_000, "currency": "thb", "customer": world.customer()}}
    ),
    ("GET", "/search"): {"scope": "charge"},
    ("POST", "/api/sessions"): CHARGE | {"redirect_urls": {"complete_url": PAGE}},
    ("POST", "/sessions/<checkout_session>"): {"method": "promptpay"},
    ("POST", "/sessions/<checkout_session>/payments/<made>"): {"action": "pay"},
    ("POST", "/sub_merchants"): {"name": "Branch"},
}

#: What stands in a path where the usual object of that name would not fit.
SPECIAL: dict[tuple[str, str], dict[str, str]] = {
    ("GET", "/charges/<charge>/documents/<document>/downloads/<signature>"): {"charge": "promptpay"},
    ("GET", "/forex/<code>"): {"code": "usd"},
    ("GET", "/<string(length=19):link>"): {"link": "code"},
    ("POST", "/<string(length=19):link>"): {"link": "code"},
    ("GET", "/<string(length=19):link>/complete"): {"link": "code"},
    ("POST", "/charges/<charge>/capture"): {"charge": "authorized"},
    ("POST", "/charges/<charge>/reverse"): {"charge": "authorized"},
    ("POST", "/charges/<charge>/expire"): {"charge": "pending"},
    ("POST", "/charges/<charge>/mark_as_paid"): {"charge": "promptpay"},
    ("POST", "/charges/<charge>/mark_as_failed"): {"charge": "promptpay"},
    ("POST", "/transfers/<transfer>/mark_as_paid"): {"transfer": "sent"},
}

#: Names of today that no older version shows in an object of a kind; "*" stands for all kinds.
NEWER = {
    "*": {"created_at"},
    "account": {"team", "transfer_config", "last_updated_api_version", "chaining_allowed"},
    "balance": {"transferable", "reserve", "on_hold", "created"},
    "bank_account": {"account_number", "type", "livemode"},
    "capability": {"payment_methods", "country"},
    "card": {"deleted"},
    "charge": {"refunded_amount", "net", "fee", "fee_vat", "linked_account", "merchant_advice", "authorized_at"},
    "customer": {"linked_accounts", "deleted"},
    "dispute": {"transactions"},
    "event": {"webhook_deliveries"},
    "forex": {"base", "quote"},
    "link": {"used_at", "deleted_at"},
    "occurrence": {"scheduled_on", "retry_on"},
    "receipt": {"issued_on", "livemode"},
    "recipient": {"deleted"},
    "refund": {"status", "approval_code", "acquirer_reference_number"},
    "schedule": {"start_on", "end_on", "next_occurrences_on"},
    "transaction": {"direction", "origin", "transferable_at", "key", "livemode"},
    "transfer": {
        "transactions",
        "balance_hold_at",
        "fee_vat",
        "net",
        "total_fee",
        "split_transfer_group_id",
        "deleted",
    },
}
STUB = ["object", "id", "livemode", "deleted"]
#: What came with a version, by the versions that do not have it.
LATER = {
    "2015-11-17": {"charge": {"source", "authorization_type", "authorized_amount", "captured_amount"}},
    "2014-07-27": {"charge": {"source", "status", "paid", "paid_at"}, "card": {"bank"}},
}
#: What is asked beside, of the routes that take it.
MORE = {"expand": "true", "limit": "100"}
UPPER_CASE = re.compile("[A-Z]{3}")
PLACEHOLDER = re.compile(r"<(?:[^:>]*:)?(\w+)>")


class World:
    """
    Makes one of everything. It asks at the newest version, whatever that of its account is.
    """

    def __init__(self, version: str) -> None:
        self.api = Caller(Application())
        self.version = version
        self.found: dict[str, str] = {}  # what stands in a path so far, by the names of the placeholders
        self.post("/account/api_version", {"api_version": version}, method="PATCH")

    def post(self, path: str, params: Any = None, *, method: str = "POST", key: str = SECRET_KEY) -> Any:
        return self.api.ok(method, path, params, key=key, headers={"Omise-Version": LATEST})

    def get(self, path: str, key: str = SECRET_KEY) -> Any:
        return self.post(path, method="GET", key=key)

    def token(self) -> str:
        return str(self.post("/tokens", {"card": CARD}, key=PUBLIC_KEY)["id"])

    def charge(self, **params: Any) -> str:
        payer = {} if params.keys() & {"source", "customer"} else {"card": self.token()}
        return str(self.post("/charges", CHARGE | payer | params)["id"])

    def authorized(self) -> str:
        return self.charge(capture=False)

    def pending(self) -> str:
        return self.charge(source={"type": "alipay_cn"}, return_uri=PAGE)

    def promptpay(self) -> str:
        return self.charge(source={"type": "promptpay"})

    def source(self) -> str:
        return str(self.post("/sources", CHARGE | {"type": "alipay"})["id"])

    def customer(self) -> str:
        account = self.linked_account()
        self.api.client.post(f"/linked_accounts/{account}/pay", data={"action": "enrol"})
        params = {"card": self.token(), "linked_account": account, "metadata": {"created_at": "mine"}}
        return str(self.post("/customers", params)["id"])

    def card(self) -> str:
        return str(self.get(f"/customers/{self.found['customer']}")["default_card"])

    def linked_account(self) -> str:
        return str(self.post("/linked_accounts", {"type": "direct_debit_kbank", "return_uri": PAGE})["id"])

    def chain(self) -> str:
        return str(self.post("/chains", {"email": "sub@example.com"})["id"])

    def integration(self) -> str:
        return str(self.post("/integrations", {"kind": "shopify"}, key=APP_KEY)["id"])

    def webhook_secret(self) -> str:
        return str(self.post("/webhooks/secrets")["id"])

    def link(self) -> str:
        return str(self.post("/links", CHARGE | {"title": "T", "description": "D", "multiple": True})["id"])

    def code(self) -> str:
        return self.link().removeprefix("link_test_").upper()

    def payment(self) -> str:
        charge = self.charge(source={"type": "alipay"}, return_uri=PAGE)
        uri = self.get(f"/charges/{charge}")["authorize_uri"]
        return str(uri.partition("/payments/")[2].partition("/")[0])

    def checkout_session(self) -> str:
        return str(self.post("/api/sessions", CHARGE | {"redirect_urls": {"complete_url": PAGE}})["id"])

    def made(self) -> str:
        page = self.api.client.post(f"/sessions/{self.found['checkout_session']}", data={"method": "promptpay"})
        return page.headers["Location"].rpartition("/")[2]

    def refund(self) -> str:
        return str(self.post(f"/charges/{self.found['charge']}/refunds", {"amount": 1_000})["id"])

    def dispute(self) -> str:
        return str(self.post(f"/charges/{self.charge()}/disputes")["id"])

    def image(self) -> Any:
        """The code to scan of a charge by PromptPay, which is a document."""
        return self.get(f"/charges/{self.found['charge']}")["source"]["scannable_code"]["image"]

    def document(self) -> str:
        if "charge" in self.found:
            return str(self.image()["id"])
        return str(json.loads(self.upload(f"/disputes/{self.found['dispute']}/documents", LATEST).data)["id"])

    def upload(self, path: str, version: str) -> TestResponse:
        data = {"file": (BytesIO(PDF), "note.pdf", "application/pdf")}
        return self.api.send("POST", path, data=data, headers={"Omise-Version": version})

    def signature(self) -> str:
        document = f"/disputes/{self.found.get('dispute')}/documents/{self.found['document']}"
        shown = self.image() if "charge" in self.found else self.get(document)
        return str(shown["download_uri"].rpartition("/")[2])

    def usd(self) -> str:
        return "usd"

    def recipient(self) -> str:
        params = {"name": "Somchai Example", "type": "individual", "bank_account": BANK_ACCOUNT}
        return str(self.post("/recipients", params)["id"])

    def transfer(self) -> str:
        return str(self.post("/transfers", {"amount": 5_000})["id"])

    def sent(self) -> str:
        return str(self.post(f"/transfers/{self.transfer()}/mark_as_sent")["id"])

    def schedule(self) -> str:
        charge = {"amount": 100_000, "currency": "thb", "customer": self.customer()}
        return str(self.post("/schedules", DAILY | {"charge": charge})["id"])

    def occurrence(self) -> str:
        return str(self.get(f"/schedules/{self.schedule()}/occurrences")["data"][0]["id"])

    def receipt(self) -> str:
        return str(self.get("/receipts")["data"][0]["id"])

    def event(self) -> str:
        return str(self.get("/events")["data"][0]["id"])

    def transaction(self) -> str:
        return str(self.get("/transactions")["data"][0]["id"])

    def fill(self) -> None:
        """Let there be something to list and to search, some of it deleted, and a day that is over."""
        self.api.fund(10_000_000)
        self.post(f"/customers/{self.customer()}", method="DELETE")
        self.found = {"customer": self.customer(), "dispute": self.dispute(), "charge": self.charge()}
        self.charge(customer=self.found["customer"])
        self.refund()
        self.post(f"/customers/{self.found['customer']}/cards/{self.card()}", method="DELETE")
        self.upload(f"/disputes/{self.found['dispute']}/documents", LATEST)
        self.api.client.post(f"/{self.code()}", data=PARAMETERS["POST", "/<string(length=19):link>"])
        for name in ("pending", "promptpay", "recipient", "sent", "chain", "webhook_secret", "schedule"):
            getattr(self, name)()
        transfer = {"percentage_of_balance": 1, "recipient": self.recipient()}
        self.post("/schedules", DAILY | {"transfer": transfer})
        self.post("/sub_merchants", {"name": "Branch"})
        self.post(f"/transfers/{self.transfer()}", method="DELETE")
        self.api.application.clock.advance(days=1, hours=1)

    def path(self, route: Route) -> str:
        """A path of *route*, with new objects in it, each within those before it."""
        special = SPECIAL.get((route.method, route.path), {})
        self.found = {}
        for name in PLACEHOLDER.findall(route.path):
            self.found[name] = getattr(self, special.get(name, name))()
        return PLACEHOLDER.sub(lambda match: self.found[match[1]], route.path)

    def request(self, route: Route, path: str, **query: str) -> TestResponse:
        """The answer of *route* at that path, to a request that fits it."""
        if (route.method, route.path) == ("POST", "/disputes/<dispute>/documents"):
            return self.upload(path, self.version)
        params = PARAMETERS.get((route.method, route.path))
        params = params(self) if callable(params) else params
        options: dict[str, Any] = {"json" if route.keys else "data": params}
        if route.method == "GET":
            options = {"query_string": {**(params or {}), **query}}
        key = KEYS[route.keys[0]] if route.keys else ""
        return self.api.send(route.method, path, key=key, headers={"Omise-Version": self.version}, **options)


def leftovers(value: Any, version: str) -> Iterator[str]:
    """Whatever in an answer is not what *version* calls it."""
    if isinstance(value, list):
        for item in value:
            yield from leftovers(item, version)
    if not isinstance(value, dict):
        return
    kind = value.get("object", "")
    if value.get("deleted") is True and kind not in ("schedule", "link"):
        yield from () if list(value) == STUB else (f"{kind} is no stub",)
        return
    later = NEWER["*"] | NEWER.get(kind, set()) | LATER.get(version, {}).get(kind, set())
    yield from (f"{kind}.{name}" for name in value if name in later)
    for name, item in value.items():
        if name.endswith("currency") and UPPER_CASE.fullmatch(item or ""):
            yield f"{kind}.{name} is {item}"
        if name != "metadata":
            yield from leftovers(item, version)


def problems(route: Route, response: TestResponse, version: str) -> list[str]:
    """What is wrong with the answer to a request that fits *route*."""
    if version < route.since:
        code = json.loads(response.data)["code"]
        return [] if code == "service_not_found" else [code]
    if response.status_code not in (200, 302, 303):
        return [f"{response.status_code} {response.text}"]
    if not route.keys or version == LATEST:
        return []
    return sorted(set(leftovers(response.json, version)))


def kinds(value: Any) -> Iterator[str]:
    """Of what kinds the objects in an answer are."""
    if isinstance(value, dict) and "object" in value and not value.get("deleted"):
        yield value["object"]
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from kinds(item)


def walk(world: World) -> Iterator[tuple[Route, TestResponse]]:
    """The answer of every route, and where something is read also with what it refers to; then all events."""
    for route in load():
        path = world.path(route)
        yield route, world.request(route, path)
        if route.method == "GET":
            more = {name: MORE[name] for name in MORE if name in (route.takes or ())}
            yield route, world.request(route, path, **more)
    events = next(route for route in load() if route.path == "/events")
    for offset in range(0, world.get("/events")["total"], 100):
        yield events, world.request(events, "/events", offset=str(offset), limit="100")


@pytest.mark.parametrize("version", VERSIONS)
def test_every_route_answers_in_every_version(version: str) -> None:
    """
    Nothing fails, and nothing is shown by a name that its version does not have: in no answer, in no list within one,
    in nothing that an id was expanded to, and in no event.
    """
    world = World(version)
    world.fill()
    found: dict[str, list[str]] = defaultdict(list)
    met: set[str] = set()
    for route, response in walk(world):
        found[f"{route.method} {route.path}"] += problems(route, response, version)
        met |= set(kinds(response.json if route.keys else {}))

    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert met >= ROWS.keys() | {"search", "token", "linked_account", "chain"}
