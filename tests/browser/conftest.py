"""A sandbox with something in it, and a real browser that looks at it; `make browser` says which, in `CHROMIUM`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import omise
from omise.sandbox import Application, Server
from omise.sandbox.http.faults import plan_of

from ..sandbox.receiver import Receiver

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = os.environ.get("CHROMIUM")
collect_ignore_glob = [] if CHROMIUM else ["test_*.py"]

#: Nothing that looks beyond this machine.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: A promise of what axe-core finds, without the rest that it would describe too, which takes it half of its time.
FOUND = "axe.run({resultTypes: ['violations']}).then(found => found.violations)"
CARD = {"name": "Arunee Dee", "expiration_month": 8, "expiration_year": 2040, "security_code": "123"}
BACK = "http://127.0.0.1:9/done"
#: A text that nothing breaks.
LONG = "x" * 200


class Shop:
    """
    A sandbox over HTTP, and an account in which something happened.

    Attributes:
        pages: Addresses of pages of every kind, by name.
    """

    def __init__(self, server: Server, client: omise.Client) -> None:
        self.server = server
        self.client = client
        self.account = client.Account.retrieve().id
        self.pages: dict[str, str] = {}

    @property
    def base(self) -> str:
        """What the addresses of the account's pages begin with."""
        return f"{self.server.url}/dashboard/{self.account}"

    def charge(self, **params: Any) -> Any:
        """A new charge, of a card unless something else is given."""
        if not {*params} & {"source", "customer"}:
            params["card"] = self.client.Token.create(number="4242424242424242", **CARD).id
        return self.client.Charge.create(**{"amount": 129_900, "currency": "thb", **params})


def furnish(shop: Shop) -> None:
    """Let something of everything happen."""
    client = shop.client
    token = client.Token.create(number="4242424242424242", **CARD).id
    client.Customer.create(email=f"{'long' * 12}@example.com", description=LONG)
    shop.charge(amount=14_999_999, description=LONG)
    shop.charge(currency="jpy", description="ห้างหุ้นส่วนจำกัด พัฒนาการค้าระหว่างประเทศและการขนส่งทางทะเล")
    customer = client.Customer.create(email="mali@example.com", description="Mali from the corner shop", card=token)
    charge = shop.charge(description="Order 1001, two ceramic cups")
    charge.refund(amount=20_000)
    held = shop.charge(capture=False, description="Order 1002, held until it ships")
    code = shop.charge(source={"type": "promptpay"}, description="Order 1003")
    bank = shop.charge(source={"type": "internet_banking_bay"}, return_uri=BACK)
    client.request("POST", f"/charges/{shop.charge().id}/disputes")
    rhythm = {"every": 1, "period": "day", "end_date": "2200-01-01", "start_date": "2199-01-01"}
    schedule = client.request("POST", "/schedules", **rhythm, charge={"customer": customer.id, "amount": 10_000})
    link = client.Link.create(amount=59_900, currency="thb", title="Cup", description="One large coffee cup")
    urls = {"complete_url": BACK, "cancel_url": BACK}
    session = client.CheckoutSession.create(amount=59_900, currency="thb", redirect_urls=urls)
    shop.server.application.faults.add(plan_of({"faults": [{"kind": "reset_after", "path": "/nowhere", "times": 3}]}))
    shop.server.application.webhooks.flush()
    event = client.Event.list(limit=1)[0]
    logged = shop.server.application.requests[-1]
    lists = ("charges", "refunds", "customers", "ledger", "disputes", "schedules", "transfers", "links", "events")
    shop.pages = {
        "overview": f"{shop.server.url}/",
        **{name: f"{shop.base}/{name}" for name in (*lists, "recipients", "requests", "faults")},
        "narrowed down": f"{shop.base}/charges?status=pending",
        "nothing found": f"{shop.server.url}/dashboard/-/find?id=nothing",
        "refunded charge": f"{shop.base}/charges/{charge.id}",
        "held charge": f"{shop.base}/charges/{held.id}",
        "charge with a code": f"{shop.base}/charges/{code.id}",
        "schedule": f"{shop.base}/schedules/{schedule.id}",
        "customer": f"{shop.base}/customers/{customer.id}",
        "event": f"{shop.base}/events/{event.id}",
        "request": f"{shop.base}/requests/{logged.request_id}",
        "payment": str(bank.authorize_uri),
        "link": link.payment_uri,
        "checkout": session.redirect_url,
        "no payment": f"{shop.server.url}/payments/pay2_test_5nothing/authorize",
    }


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shop() -> Iterator[Shop]:
    with Receiver() as receiver, Server(Application(webhooks=[receiver.url])) as server:
        client = omise.Client(secret_api_key="skey_test_browser", public_api_key="pkey_test_browser")
        client.config.api_url = client.config.vault_url = client.config.checkout_url = server.url
        shop = Shop(server, client)
        furnish(shop)
        yield shop
        client.close()


@pytest.fixture
def look(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open an address in a window of its own; options are those of the window."""
    opened: list[BrowserContext] = []

    def at(address: str, **options: Any) -> Page:
        opened.append(chromium.new_context(**options))
        page = opened[-1].new_page()
        page.set_default_timeout(10_000)
        page.goto(address)
        return page

    yield at
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    return Path(os.environ["AXE"]).read_text()
