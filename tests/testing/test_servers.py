"""A sandbox over HTTP for the time of a block."""

import subprocess
import sys

import pytest
import requests

import omise
from omise.sandbox import Application
from omise.testing import sandbox_server

ELSEWHERE = """
import omise
print(omise.Customer.create(email="mali@example.com").email)
"""


def test_the_default_client_uses_it() -> None:
    """At each of the API's hosts, and only in the block."""
    with sandbox_server() as server:
        card = {"name": "Mali", "number": "4242424242424242", "expiration_month": 8, "expiration_year": 2035}
        charge = omise.Charge.create(amount=100_00, currency="thb", card={**card, "security_code": "123"})
        session = omise.CheckoutSession.create(
            amount=100_00, currency="thb", redirect_urls={"complete_url": "https://shop.example.com/done"}
        )

        assert requests.get(session.redirect_url, timeout=5).ok
        assert [request.path for request in server.application.requests[:2]] == ["/tokens", "/charges"]
        assert charge.paid

    assert omise.secret_api_key is None
    assert omise.api_url == "https://api.omise.co"


def test_another_process_uses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the settings in its environment."""
    with sandbox_server() as server:
        monkeypatch.setenv("OMISE_API_URL", server.url)
        monkeypatch.setenv("OMISE_SECRET_KEY", str(omise.secret_api_key))
        said = subprocess.run([sys.executable, "-c", ELSEWHERE], capture_output=True, text=True, timeout=30, check=True)

        assert said.stdout == "mali@example.com\n"
        assert [customer.email for customer in omise.Customer.list()] == ["mali@example.com"]


def test_an_application_of_ones_own_is_served() -> None:
    """Such as one of another country."""
    with sandbox_server(Application(country="JP")):
        assert omise.Account.retrieve().country == "JP"
