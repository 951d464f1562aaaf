from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from json import loads
from typing import Any

import pytest
from werkzeug.test import Client, EnvironBuilder, TestResponse, run_wsgi_app

from omise.sandbox.app import Application
from omise.sandbox.http.keys import digest_of
from omise.sandbox.http.routing import ROUTES
from omise.sandbox.rules import ledger
from omise.sandbox.state.kinds import KINDS, LISTENERS
from omise.sandbox.state.workspace import Workspace

from .receiver import Receiver

SECRET_KEY, PUBLIC_KEY = "skey_test_sandbox", "pkey_test_sandbox"

CARD = {
    "name": "Arunee Example",
    "number": "4242424242424242",
    "expiration_month": 8,
    "expiration_year": 2040,
    "security_code": "123",
}


class Caller:
    """
    Sends requests to an application, without any client library in between.
    """

    def __init__(self, application: Application) -> None:
        self.application = application
        self.client = Client(application)

    def send(self, method: str, path: str, json: Any = None, *, key: str = SECRET_KEY, **options: Any) -> TestResponse:
        """The answer to a request; *options* are werkzeug's."""
        if json is not None:
            options["json"] = json
        return self.client.open(path, method=method, auth=(key, ""), **options)

    def at(self, host: str, method: str, path: str, json: Any = None, *, key: str = SECRET_KEY) -> tuple[int, Any]:
        """Status and body of the answer at any *host*; older clients of werkzeug cannot read each."""
        builder = EnvironBuilder(path, method=method, json=json, auth=(key, ""))
        body, status, _ = run_wsgi_app(self.application, builder.get_environ() | {"HTTP_HOST": host})
        return int(status[:3]), loads(b"".join(body))

    def ok(self, method: str, path: str, json: Any = None, **options: Any) -> Any:
        """The object that a request is answered with, which has to succeed."""
        response = self.send(method, path, json, **options)
        assert response.status_code == 200, response.text
        return response.json

    def refused(self, method: str, path: str, json: Any = None, **options: Any) -> tuple[int, str, str]:
        """Status, code and message of a request that has to fail, as the four keys of an error."""
        response = self.send(method, path, json, **options)
        assert response.json is not None
        assert list(response.json) == ["object", "location", "code", "message"]
        assert response.json["object"] == "error"
        return response.status_code, response.json["code"], response.json["message"]

    def token(self, key: str = PUBLIC_KEY, **card: Any) -> str:
        """The id of a fresh token."""
        return str(self.ok("POST", "/tokens", {"card": CARD | card}, key=key)["id"])

    def customer(self, cards: int = 0, **attributes: Any) -> Any:
        """A new customer with some cards, each attached after the one before."""
        customer = self.ok("POST", "/customers", attributes)
        for _ in range(cards):
            customer = self.ok("PATCH", f"/customers/{customer['id']}", {"card": self.token()})
        return customer

    def charge(self, amount: int = 100000, currency: str = "THB", **params: Any) -> Any:
        """A new charge, of a fresh token unless the parameters name something else to pay with."""
        if not params.keys() & {"card", "customer", "source", "linked_account"}:
            params["card"] = self.token()
        return self.ok("POST", "/charges", {"amount": amount, "currency": currency, **params})

    @contextmanager
    def workspace(self, key: str = SECRET_KEY) -> Iterator[Workspace]:
        """What a request of *key* would stand on, to do what no request can."""
        self.ok("GET", "/account", key=key)
        with self.application.store.transaction() as store:
            account = store.account_of_key(digest_of(key))
            assert account is not None
            yield Workspace(store, account, self.application.clock)

    def snapshot(self) -> list[Any]:
        """All that the sandbox remembers, to see that something changed nothing."""
        with self.application.store.transaction() as store:
            return store._connection.execute("SELECT * FROM documents ORDER BY id").fetchall()

    def fund(self, amount: int, key: str = SECRET_KEY) -> None:
        """Put so much into the balance, as if it had come back from a dispute."""
        with self.workspace(key) as workspace:
            ledger.book(workspace, "dispute.won.credit", workspace.account, amount)

    def events(self, key: str = SECRET_KEY) -> list[str]:
        """The keys of all events so far, in order."""
        page = self.ok("GET", "/events", key=key, query_string={"limit": "100"})
        assert page["total"] <= 100
        return [event["key"] for event in page["data"]]

    def turn_to(self, moment: str) -> None:
        """Turn the clock to a time to come."""
        target = datetime.fromisoformat(moment).replace(tzinfo=timezone.utc)
        self.application.clock.advance(seconds=(target - self.application.clock.now()).total_seconds())


@pytest.fixture
def application() -> Application:
    return Application()


@pytest.fixture
def api(application: Application) -> Caller:
    return Caller(application)


@pytest.fixture
def sandbox() -> Iterator[None]:
    """
    A place to add resources to: what a test adds is gone after it.
    """
    Application()  # which loads those that are always there
    routes, listeners, kinds = ROUTES[:], LISTENERS[:], dict(KINDS)
    yield
    ROUTES[:], LISTENERS[:] = routes, listeners
    KINDS.clear()
    KINDS.update(kinds)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """
    An endpoint of webhooks on this machine.
    """
    with Receiver() as receiver:
        yield receiver
