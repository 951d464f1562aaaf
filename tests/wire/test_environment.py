"""What the session and the environment say of proxies and certificates, and that it is noticed when they change."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
import requests

from omise.wire.environment import Environment
from omise.wire.pooling import Session

BASE, VAULT = "https://api.omise.co", "https://vault.omise.co"
PROXY = "http://proxy.example:3128"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy and no bundle, but those that a test sets."""
    for name in [*os.environ]:
        if name.lower().endswith("_proxy") or name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "REQUEST_METHOD"):
            monkeypatch.delenv(name)


def worked_out_anew(session: requests.Session, base: str) -> dict[str, Any]:
    return session.merge_environment_settings(base, dict(session.proxies), None, session.verify, None)  # type: ignore[return-value]


VARIABLES = {
    "https_proxy": PROXY,
    "HTTPS_PROXY": PROXY,
    "Https_Proxy": PROXY,
    "all_proxy": PROXY,
    "ALL_PROXY": PROXY,
    "no_proxy": "omise.co",
    "NO_PROXY": "omise.co",
    "REQUESTS_CA_BUNDLE": "/bundle.pem",
    "CURL_CA_BUNDLE": "/bundle.pem",
}


@pytest.mark.parametrize("name", VARIABLES)
def test_a_variable_counts_as_soon_as_it_is_there_and_no_longer(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is as if it were looked at for each request; the other host has its own settings."""
    session = Session()
    environment = Environment(session)
    if "no_proxy" in name.lower():
        monkeypatch.setenv("https_proxy", PROXY)
    before = environment.settings_of(BASE)

    monkeypatch.setenv(name, VARIABLES[name])
    during = environment.settings_of(BASE)
    assert during == worked_out_anew(session, BASE) == worked_out_anew(session, VAULT) != before
    assert environment.settings_of(VAULT) == during

    monkeypatch.delenv(name)
    assert environment.settings_of(BASE) == before


SETTINGS: dict[str, Callable[[requests.Session], object]] = {
    "verify": lambda session: setattr(session, "verify", "/company.pem"),
    "cert": lambda session: setattr(session, "cert", ("/c.pem", "/k.pem")),
    "trust_env": lambda session: setattr(session, "trust_env", False),
    "stream": lambda session: setattr(session, "stream", True),
    "proxies": lambda session: session.proxies.update({"https": "http://other.example:1"}),
    "proxies replaced": lambda session: setattr(session, "proxies", {"https": "http://other.example:1"}),
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_what_is_set_on_the_session_counts_at_once(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it was edited in place."""
    monkeypatch.setenv("https_proxy", PROXY)
    session = Session()
    environment = Environment(session)
    before = environment.settings_of(BASE)
    SETTINGS[setting](session)

    assert environment.settings_of(BASE) == worked_out_anew(session, BASE) != before


def test_nothing_is_worked_out_again_while_nothing_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second request finds what the first one did."""
    session = Session()
    environment = Environment(session)
    first = environment.settings_of(BASE)

    assert environment.settings_of(BASE) is first

    monkeypatch.setattr("requests.compat.getproxies", dict)
    assert environment.settings_of(BASE) is not first


def test_no_proxy_is_used_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key on its way to this machine has no business in a proxy."""
    monkeypatch.setenv("http_proxy", PROXY)

    assert Environment(Session()).settings_of("http://127.0.0.1:4010")["proxies"] == {}


def test_an_environment_that_was_put_in_another_ones_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests put a dict there."""
    session = Session()
    environment = Environment(session)
    environment.settings_of(BASE)
    monkeypatch.setattr(os, "environ", {"REQUESTS_CA_BUNDLE": "/bundle.pem"})

    assert environment.settings_of(BASE)["verify"] == "/bundle.pem"
