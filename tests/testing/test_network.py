"""Nobody asks the API itself from a test."""

import asyncio
import os
import socket
import urllib.request
from typing import Any

import pytest
import requests

import omise
from omise.config import API_ADDRESSES
from omise.sandbox import Application, Server
from omise.testing import api_refused
from omise.testing.network import is_of_the_api

API = "api.omise.co"


@pytest.mark.parametrize(
    "host", [*(address.removeprefix("https://") for address in API_ADDRESSES.values()), "omise.co"]
)
def test_the_hosts_of_the_api_are_known(host: str) -> None:
    """All that a client asks, however a name is written."""
    assert is_of_the_api(host)
    assert is_of_the_api(f"{host.upper()}.")
    assert is_of_the_api(host.encode())


@pytest.mark.parametrize("host", [None, "", "localhost", "127.0.0.1", "example.com", "notomise.co", "omise.co.example"])
def test_other_hosts_are_not_the_apis(host: Any) -> None:
    """Names that end or begin alike, too."""
    assert not is_of_the_api(host)


def ask_with_the_client() -> None:
    omise.Client(secret_api_key="skey_test_of_a_test", max_retries=3).Account.retrieve()


def pay_with_the_client() -> None:
    client = omise.Client(secret_api_key="skey_test_of_a_test")
    client.Charge.create(amount=100_00, currency="thb", card="tokn_test_1")


def ask_in_a_thread() -> None:
    async def ask() -> None:
        await asyncio.get_running_loop().getaddrinfo(API, 443)

    asyncio.run(ask())


@pytest.mark.parametrize(
    "ask",
    [
        ask_with_the_client,
        pay_with_the_client,
        ask_in_a_thread,
        lambda: requests.get(f"https://{API}/account", timeout=1),
        lambda: urllib.request.urlopen(f"https://{API}/account", timeout=1),
        lambda: socket.create_connection((API, 443), timeout=1),
    ],
)
def test_nothing_connects_to_the_api(ask: Any) -> None:
    """Whatever it is asked with, at once, and with what to do instead."""
    with api_refused(), pytest.raises(AssertionError, match=rf"{API}, the real API: .*omise_sandbox.*--omise-live"):
        ask()


def test_other_hosts_are_reached() -> None:
    """Such as a sandbox over HTTP."""
    with api_refused(), Server(Application()) as server:
        assert requests.get(f"{server.url}/_sandbox/clock", timeout=5).ok


def test_all_is_as_before_after_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a block is in a block, and when one fails."""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.invalid:3128")
    before, environment = socket.getaddrinfo, dict(os.environ)
    with api_refused():
        with pytest.raises(ZeroDivisionError), api_refused():
            raise ZeroDivisionError
        assert socket.getaddrinfo is not before

    assert socket.getaddrinfo is before
    assert dict(os.environ) == environment


@pytest.mark.parametrize("name", ["https_proxy", "HTTPS_PROXY", "ALL_PROXY"])
@pytest.mark.parametrize("excepted", [{}, {"NO_PROXY": "localhost"}, {"no_proxy": "localhost"}])
def test_a_proxy_is_no_way_around(monkeypatch: pytest.MonkeyPatch, name: str, excepted: dict[str, str]) -> None:
    """A proxy would look the host up; what else is not to go through it stays so."""
    for each in ("https_proxy", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(each, raising=False)
    for each, value in {name: "http://127.0.0.1:9", **excepted}.items():
        monkeypatch.setenv(each, value)

    with api_refused():
        assert os.environ["no_proxy"].split(",") == [*excepted.values(), "omise.co"]
        with pytest.raises(AssertionError, match="the real API"):
            requests.get(f"https://{API}/account", timeout=1)
        with pytest.raises(AssertionError, match="the real API"):
            ask_with_the_client()
