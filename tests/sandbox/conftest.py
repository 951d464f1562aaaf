from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from omise.sandbox.app import Application

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


@pytest.fixture
def application() -> Application:
    return Application()


@pytest.fixture
def api(application: Application) -> Caller:
    return Caller(application)
