from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from omise.sandbox.app import Application
from omise.sandbox.dashboard.visits import Visit, way_back

from ..conftest import Caller
from .conftest import Browser

HERE = {"Host": "127.0.0.1:4010"}


def press(browser: Browser, **headers: str) -> TestResponse:
    """Turn the clock by a form, with what a browser says of where the form was."""
    token = browser.open("/", headers=HERE).forms[0][1]["token"]
    given = HERE | {name.replace("_", "-"): value for name, value in headers.items()}
    return browser.api.client.post(f"{browser.base}/clock", data={"token": token, "step": "day"}, headers=given)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://127.0.0.1:4010"},
        {"Origin": "http://127.0.0.1:4010", "Sec_Fetch_Site": "same-origin"},
    ],
)
def test_a_page_of_its_own_changes_things(browser: Browser, headers: dict[str, str]) -> None:
    """
    Whether or not the browser says where the form was.
    """
    before = browser.api.application.clock.now()

    assert press(browser, **headers).status_code == 303
    assert (browser.api.application.clock.now() - before).days == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://example.com"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:4011"},
        {"Origin": "http://localhost:4010"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
        {"Host": "rebound.example"},
    ],
)
def test_another_page_changes_nothing(browser: Browser, headers: dict[str, str]) -> None:
    """
    Not even if it knew the token.
    """
    before = browser.api.snapshot(), browser.api.application.clock.now()
    response = press(browser, **headers)

    assert response.status_code == 403
    assert browser.api.snapshot() == before[0]
    assert (browser.api.application.clock.now() - before[1]).days == 0


@pytest.mark.parametrize("token", [None, "", "x", "ร้าน", ["a", "b"]])
def test_without_the_token_nothing_changes(browser: Browser, token: str | list[str] | None) -> None:
    """
    Every form of every page is refused then, with a word on what to do.
    """
    browser.api.charge(capture=False)
    for path in ("/", "charges", "faults"):
        for action, fields, buttons in browser.open(path).forms:
            data = {**fields, "token": token, **{name: value for _, name, value in buttons[:1] if name}}
            before = browser.api.snapshot()
            response = browser.api.client.post(action, data={name: value for name, value in data.items() if value})

            assert response.status_code == 403, action
            assert "that page was older than the sandbox" in response.text
            assert browser.api.snapshot() == before
    assert browser.api.application.requests


def test_a_token_is_of_one_sandbox(browser: Browser) -> None:
    """
    Another has another.
    """
    other = Browser(Caller(Application()))

    assert browser.open("/").forms[0][1]["token"] != other.open("/").forms[0][1]["token"]


@pytest.mark.parametrize("host", ["rebound.example", "127.0.0.1.example.com", "printer.local", ""])
def test_a_foreign_host_sees_nothing(browser: Browser, host: str) -> None:
    """
    A page of the internet can give its own name this machine's address.
    """
    for path in ("/", f"{browser.base}/charges", "/dashboard/static/dashboard.css"):
        assert browser.api.client.get(path, environ_overrides={"HTTP_HOST": host}).status_code == 403


def test_whoever_has_a_key_asks_the_api(browser: Browser) -> None:
    """
    At the root there is a route of the API, too.
    """
    assert browser.api.ok("GET", "/")["object"] == "system_info"
    assert browser.api.refused("GET", "/", key="nonsense")[1] == "authentication_failure"
    assert browser.api.client.get("/", headers={"Host": "api.omise.co"}).status_code == 401


def test_the_apis_own_hosts_have_no_dashboard(browser: Browser) -> None:
    """
    There it is an unknown path like any other.
    """
    for path in ("/dashboard", f"{browser.base}/charges"):
        assert browser.api.refused("GET", path, headers={"Host": "api.omise.co"})[:2] == (404, "service_not_found")


@pytest.mark.parametrize(
    ("reach", "caller", "status"),
    [
        ("loopback", "127.0.0.1", 200),
        ("loopback", "::1", 200),
        ("loopback", "::ffff:127.0.0.1", 200),
        ("loopback", "192.0.2.7", 403),
        ("loopback", "::ffff:192.0.2.7", 403),
        ("loopback", "", 200),
        ("anywhere", "192.0.2.7", 200),
        ("off", "127.0.0.1", 404),
    ],
)
def test_it_is_for_this_machine_unless_told_otherwise(reach: str, caller: str, status: int) -> None:
    """
    By the address that a browser comes from; one without is in the process.
    """
    api = Caller(Application(dashboard=reach))
    response = api.client.get("/", environ_overrides={"REMOTE_ADDR": caller})

    assert response.status_code == status
    assert ("--dashboard anywhere" in response.text) == (status == 403)


def test_who_may_visit_is_one_of_three() -> None:
    """
    Anything else is refused when the application is made.
    """
    with pytest.raises(ValueError, match="the dashboard is for loopback, anywhere, off, not 'me'"):
        Application(dashboard="me")


@pytest.mark.parametrize(
    ("back", "page"),
    [
        ("/", "/"),
        ("/dashboard/a/charges", "/dashboard/a/charges"),
        ("/dashboard/a/charges?page=2", "/dashboard/a/charges?page=2"),
        ("https://example.com", "/"),
        ("//example.com/dashboard", "/"),
        ("/dashboard//example.com", "/"),
        ("/\\example.com", "/"),
        ("/dashboard/\r\nSet-Cookie: a", "/"),
        ("/charges", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_is_a_page_of_its_own(back: str, page: str) -> None:
    """
    Whatever a form says.
    """
    visit = Visit("POST", "/dashboard/a/clock", {"back": back}, "localhost", "http://localhost")

    assert way_back(visit) == page
