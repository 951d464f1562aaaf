from __future__ import annotations

import pytest

from omise.sandbox.http.hosts import API, CHECKOUT, VAULT, host_of, is_api_host, is_private_name, is_same_origin

from ..conftest import PUBLIC_KEY, Caller


@pytest.mark.parametrize(
    ("header", "host"),
    [
        ("api.omise.co", API),
        ("Vault.Omise.co:443", VAULT),
        ("checkout-page.omise.co", CHECKOUT),
        ("pay.omise.co", None),
        ("api.omise.co.example.com", None),
        ("", None),
    ],
)
def test_the_apis_own_hosts_are_told_apart(header: str, host: str | None) -> None:
    """
    By name, whatever the port.
    """
    assert host_of(header) == host
    assert is_api_host(header) is (host is not None)


@pytest.mark.parametrize(
    ("header", "private"),
    [
        ("127.0.0.1", True),
        ("203.0.113.7:80", True),
        ("[2001:db8::1]:80", True),
        ("localhost", True),
        ("shop.localhost:4010", True),
        ("host.docker.internal", True),
        ("omise.test", True),
        ("example.com", False),
        ("300.0.0.1", False),
        ("[1.2.3]", False),
        ("localhost:", False),
        ("local host", False),
    ],
)
def test_some_names_can_be_no_strangers(header: str, private: bool) -> None:
    """
    Addresses, and names that nobody can have on the internet.
    """
    assert is_private_name(header) is private


@pytest.mark.parametrize(
    ("origin", "same"),
    [
        (None, True),
        ("http://127.0.0.1:4010", True),
        ("HTTPS://127.0.0.1:4010", True),
        ("http://127.0.0.1", False),
        ("127.0.0.1:4010", False),
        ("null", False),
    ],
)
def test_an_origin_is_its_own_or_another(origin: str | None, same: bool) -> None:
    """
    Name and port; what stands before the sandbox may speak TLS for it.
    """
    assert is_same_origin(origin, "127.0.0.1:4010") is same


@pytest.mark.parametrize(
    ("host", "api_status", "vault_status", "checkout_status"),
    [
        ("api.omise.co", 200, 404, 404),
        ("API.OMISE.CO:443", 200, 404, 404),
        ("vault.omise.co", 404, 200, 404),
        ("checkout-page.omise.co", 404, 404, 200),
        ("localhost:4010", 200, 200, 200),
        ("", 200, 200, 200),
        ("something [odd]", 200, 200, 200),
    ],
)
def test_each_host_serves_its_routes(
    api: Caller, host: str, api_status: int, vault_status: int, checkout_status: int
) -> None:
    """
    The API's own names keep them apart; under any other name all are there.
    """
    token = api.token()
    order = {"amount": 10_000, "currency": "thb", "redirect_urls": {"complete_url": "https://shop.example.com"}}

    assert api.at(host, "GET", "/customers")[0] == api_status
    assert api.at(host, "GET", f"/tokens/{token}", key=PUBLIC_KEY)[0] == vault_status
    assert api.at(host, "POST", "/api/sessions", order)[0] == checkout_status
