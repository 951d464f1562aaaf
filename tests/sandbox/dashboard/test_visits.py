from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from werkzeug.test import TestResponse

from omise.sandbox.app import Application
from omise.sandbox.dashboard.actions import ACTIONS
from omise.sandbox.dashboard.sections import SECTIONS
from omise.sandbox.dashboard.visits import Visit, way_back

from ..conftest import Caller
from .conftest import Browser

#: The sections whose records have forms.
WITH_FORMS = {name for name, section in SECTIONS.items() if section.kind in ACTIONS} | {"events"}
#: What is picked in a form that begins with nothing.
CHOSEN = {"clock": {"step": "hour"}, "faults": {"kind": "latency", "times": "2"}}
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


def something_of_everything(browser: Browser) -> None:
    """Records with every button that there is, and a fault."""
    api = browser.api
    customer = api.customer(1)
    api.charge(1_000_000)
    api.charge(capture=False)
    api.charge(source={"type": "promptpay"})
    disputed = api.charge()
    api.ok("POST", f"/charges/{disputed['id']}/disputes")
    rhythm = {"every": 1, "period": "day", "end_date": "2200-01-01", "start_date": "2199-01-01"}
    api.ok("POST", "/schedules", rhythm | {"charge": {"customer": customer["id"], "amount": 10_000}})
    account = {"name": "Somchai", "number": "1234567890", "brand": "bbl"}
    api.ok("POST", "/recipients", {"name": "S", "type": "individual", "bank_account": account})
    api.ok("POST", "/transfers", {"amount": 4_000})
    api.ok("PATCH", "/account", {"webhook_uri": "http://127.0.0.1:9/"})
    api.customer()
    api.application.webhooks.flush()
    browser.press("faults", "Switch on", kind="latency", path="/nowhere")


def forms(browser: Browser) -> list[tuple[str, dict[str, str]]]:
    """Every form of every page, with what its first button sends, each kind of address once."""
    listed = [section.name for section in SECTIONS.values() if section.listed]
    paths = {"/", f"{browser.base}/faults", *(f"{browser.base}/{name}" for name in listed)}
    for path in sorted(paths):
        paths |= {link for link in browser.open(path).links if link.startswith(browser.base)}
    found = {}
    for path in sorted(paths):
        for action, fields, buttons in browser.open(path).forms:
            for _, name, value in buttons:
                kind = (*action.split("/")[3:4], name, value if name == "action" else "")
                found[kind] = (action, fields | ({name: value} if name else {}))
    assert {kind[0] for kind in found} == {"clock", "faults", "reset", *WITH_FORMS}
    return list(found.values())


def test_without_the_token_nothing_changes(browser: Browser) -> None:
    """
    Every form of every page is refused then, with a word on what to do.
    """
    something_of_everything(browser)
    before = browser.api.snapshot(), browser.api.application.faults.shown(), browser.api.application.requests[:]
    for action, fields in forms(browser):
        for token in (None, "", "x", "ร้าน", ["a", "b"]):
            data = {name: value for name, value in {**fields, "token": token}.items() if value}
            response = browser.api.client.post(action, data=data)

            assert response.status_code == 403, action
            assert "that page was older than the sandbox" in response.text
    application = browser.api.application
    assert (browser.api.snapshot(), application.faults.shown(), application.requests[:]) == before


def test_every_form_is_good_for_once(browser: Browser) -> None:
    """
    Pressed twice, however fast, it does what it says once, and the page says that it is done.
    """
    something_of_everything(browser)
    browser.api.charge(2_000_000)  # so that there is money for a transfer, whatever comes first
    by_address = dict(sorted(forms(browser), key=lambda form: form[0].endswith("/reset")))
    for address, sent in by_address.items():
        fields = sent | CHOSEN.get(address.rpartition("/")[2], {})
        with ThreadPoolExecutor(2) as pool:
            pressed = [pool.submit(browser.api.client.post, address, data=fields) for _ in range(2)]
        done, refused = sorted((press.result() for press in pressed), key=lambda answer: answer.status_code)

        assert (done.status_code, refused.status_code) == (303, 409), (address, done.text.partition("alert")[2][:90])
        assert "that was done already" in refused.text


@pytest.mark.parametrize("headers", [{"Origin": "https://example.com"}, {"Sec-Fetch-Site": "same-site"}])
def test_no_form_is_sent_by_a_page_of_another_site(browser: Browser, headers: dict[str, str]) -> None:
    """
    Not even with the token, whichever it is.
    """
    something_of_everything(browser)
    before = browser.api.snapshot(), browser.api.application.faults.shown()
    for action, fields in forms(browser):
        assert browser.api.client.post(action, data=fields, headers=headers).status_code == 403, action

    assert (browser.api.snapshot(), browser.api.application.faults.shown()) == before


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
