from __future__ import annotations

import re
from datetime import timedelta

import pytest

from omise.sandbox.app import Application
from omise.sandbox.dashboard.sections import SECTIONS

from ..conftest import CARD, Caller
from ..receiver import Receiver
from .conftest import Browser

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"


def hostile(api: Caller) -> None:
    """Records whose texts are markup, in every section."""
    customer = api.customer(1, email="a@example.com", description=HOSTILE, metadata={HOSTILE: HOSTILE})
    charge = api.charge(description=HOSTILE, metadata={"a": HOSTILE})
    api.ok("POST", f"/charges/{charge['id']}/refunds", {"amount": 100})
    disputed = api.charge(description=HOSTILE)
    dispute = api.ok("POST", f"/charges/{disputed['id']}/disputes")
    api.ok("PATCH", f"/disputes/{dispute['id']}", {"message": HOSTILE})
    api.ok("POST", "/links", {"amount": 10_000, "currency": "thb", "title": HOSTILE, "description": HOSTILE})
    account = {"name": HOSTILE, "number": "1234567890", "brand": "bbl"}
    recipient = api.ok("POST", "/recipients", {"name": HOSTILE, "type": "individual", "bank_account": account})
    api.ok("PATCH", f"/recipients/{recipient['id']}/verify")
    api.ok("POST", "/transfers", {"amount": 4_000, "recipient": recipient["id"]})
    half = {"customer": customer["id"], "amount": 10_000, "description": HOSTILE}
    rhythm = {"every": 1, "period": "day", "end_date": "2200-01-01"}
    api.ok("POST", "/schedules", rhythm | {"charge": half})
    api.send("POST", f"/{HOSTILE}", {HOSTILE: HOSTILE})


def test_every_page_says_what_others_wrote_as_text(browser: Browser) -> None:
    """
    Of every section the list, and of every record its page: nothing that was written by others is markup.
    """
    hostile(browser.api)
    listed = [section.name for section in SECTIONS.values() if section.listed]
    visited = {"/", f"{browser.base}/requests"} | {f"{browser.base}/{name}" for name in listed}
    for path in sorted(visited):
        visited |= {link for link in browser.open(path).links if link.startswith(browser.base)}
    pages = [browser.open(path) for path in sorted(visited)]

    assert {link.split("/")[3] for link in visited if link.count("/") == 4} >= {*listed}
    for page in pages:
        assert page.tags.count("script") == 1
        assert "<script>" not in page.response.text
        assert "onerror=" not in page.response.text.replace("onerror=alert(2)&gt;", "")
    assert sum(HOSTILE.replace(" ", "") in page.text.replace(" ", "") for page in pages) > 10


def test_no_page_runs_anything_of_others(browser: Browser) -> None:
    """
    The policy allows nothing but the sandbox's own files, no other page frames it, and nothing is kept.
    """
    for path, status in (("/", 200), ("charges", 200), ("nothing", 404)):
        headers = browser.open(path, status).response.headers
        policy = dict(each.split(" ", 1) for each in headers["Content-Security-Policy"].split("; "))

        assert policy == {
            "default-src": "'none'",
            **dict.fromkeys(("script-src", "style-src", "img-src", "connect-src", "form-action"), "'self'"),
            "base-uri": "'none'",
            "frame-ancestors": "'none'",
        }
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "same-origin"


def test_secrets_are_on_no_page(browser: Browser) -> None:
    """
    Neither keys nor card numbers: requests are shown as they are logged.
    """
    browser.api.token()
    request = browser.api.application.requests[-1]
    page = browser.open(f"requests/{request.request_id}")

    assert "POST /tokens" in page.text
    for secret in (CARD["number"], "skey_test_sandbox", "pkey_test_sandbox"):
        assert str(secret) not in page.response.text
    assert page.text.count("[redacted]") == 3


def test_requests_say_whose_they_are(browser: Browser) -> None:
    """
    In the list, at a glance, and on a page of their own, each with the way to that account.
    """
    other = browser.api.ok("GET", "/account", key="skey_test_other")["id"]
    request = browser.api.application.requests[-1]

    for path in ("requests", "/", f"requests/{request.request_id}"):
        assert f"/dashboard/{other}" in browser.open(path).links
    browser.api.refused("GET", "/account", key="nonsense")
    nobody = browser.api.application.requests[-1]
    assert re.search(r"Account \W ", browser.open(f"requests/{nobody.request_id}").text)


def test_nobody_has_called_yet(api: Caller) -> None:
    """
    Then the first page says how to begin, the clock can be turned, and no account is listed.
    """
    page = api.client.get("/")

    assert page.status_code == 200
    assert "curl http://localhost/customers -u skey_test_anything:" in page.text
    assert "+1 day" in page.text
    assert api.application.requests == []


def test_the_first_page_is_that_of_the_account_where_something_happened_last(browser: Browser) -> None:
    """
    Others are chosen by links that say where and when they were opened.
    """
    api = browser.api
    other = api.ok("GET", "/account", key="skey_other")["id"]
    api.charge(123_456, description="A cup")
    page = browser.open("/")

    assert "A cup" in page.text
    assert "1,234.56 THB" in page.text
    assert f"/dashboard/{other}" in page.links
    assert "TH · live · first seen" in page.text
    assert "A cup" not in browser.open(f"/dashboard/{other}").text


def test_records_of_another_account_are_not_found(browser: Browser) -> None:
    """
    Under the address of an account there is what belongs to it.
    """
    charge = browser.api.charge()
    other = browser.api.ok("GET", "/account", key="skey_test_other")["id"]

    assert "There is no such page." in browser.open(f"/dashboard/{other}/charges/{charge['id']}", 404).text
    for path in ("customers/x", f"customers/{charge['id']}", "nonsense", "static/passwd", "requests/x", "a/b/c/d"):
        browser.open(path, 404)
    browser.open("/dashboard/account_test_5nothing00000000000/charges", 404)


def test_a_list_has_pages(browser: Browser) -> None:
    """
    The newest are on the first.
    """
    for number in range(27):
        browser.api.customer(description=f"Customer {number}.")
    first, second = browser.open("customers"), browser.open("customers?page=2")

    assert "1 to 25 of 27" in first.text
    assert "Customer 26." in first.text
    assert "26 to 27 of 27" in second.text
    assert "Customer 0." in second.text
    assert "Customer 1." in second.text
    assert "Customer 2." not in second.text
    for page in ("0", "x", "-1", "9" * 30):
        browser.open(f"customers?page={page}")


def test_the_ledger_says_what_is_there(browser: Browser) -> None:
    """
    The balance, and each line with its sign.
    """
    charge = browser.api.charge(100_000)
    browser.api.ok("POST", f"/charges/{charge['id']}/refunds", {"amount": 100_000})
    text = browser.open("ledger").text

    assert "Balance \N{MINUS SIGN}39.06 THB" in text
    assert "+960.94 THB" in text
    assert "\N{MINUS SIGN}1,000.00 THB" in text


def test_a_code_to_scan_is_shown(browser: Browser) -> None:
    """
    While it is to be paid; drawn by the dashboard, so that looking at it is no request of the API.
    """
    charge = browser.api.charge(source={"type": "promptpay"})
    path = f"{browser.base}/charges/{charge['id']}"
    before = len(browser.api.application.requests)
    page, picture = browser.open(path), browser.api.client.get(f"{path}/code.svg")
    assert f'<img src="{path}/code.svg"' in page.response.text
    assert (picture.status_code, picture.content_type) == (200, "image/svg+xml")
    assert picture.text.startswith("<svg")
    assert len(browser.api.application.requests) == before
    browser.press(f"charges/{charge['id']}", "Pay")

    assert "/code.svg" not in browser.open(path).response.text
    assert browser.api.client.get(f"{path}/code.svg").status_code == 404


@pytest.fixture
def delivered(receiver: Receiver) -> Browser:
    """
    A browser at a sandbox that sends its events to *receiver*, where one has arrived.
    """
    receiver.text = "thanks for 4242 4242 4242 4242"
    application = Application(webhooks=[receiver.url])
    browser = Browser(Caller(application))
    browser.api.customer(email="a@example.com")
    application.webhooks.flush()
    return browser


def test_an_event_says_how_it_was_delivered(delivered: Browser, receiver: Receiver) -> None:
    """
    Body, signature and answer are those of the request that the endpoint received.
    """
    (event,) = delivered.api.ok("GET", "/events")["data"]
    page = delivered.open(f"events/{event['id']}")
    (received,) = receiver.received

    assert "answered 200" in page.text
    assert received.headers["Omise-Signature"] in page.text
    assert received.headers["Omise-Signature-Timestamp"] in page.text
    assert "thanks for [redacted]" in page.text
    assert received.event["key"] == "customer.create"
    assert " ".join(received.body.decode().split()) in page.text


def test_a_webhook_is_sent_again(delivered: Browser, receiver: Receiver) -> None:
    """
    The same body, once more, to an endpoint of the event, and to no other.
    """
    (event,) = delivered.api.ok("GET", "/events")["data"]
    path = f"events/{event['id']}"
    page = delivered.follow(delivered.press(path, "Send again"))
    first, second = receiver.received
    elsewhere = delivered.press(path, "Send again", uri="http://127.0.0.1:9/")
    (event,) = delivered.api.ok("GET", "/events")["data"]

    assert "The webhook was sent again." in page.text
    assert page.text.count("Omise-Signature-Timestamp") == 2
    assert first.body == second.body
    assert elsewhere.status_code == 400
    assert len(receiver.received) == 2
    assert [attempt["status"] for attempt in event["webhook_deliveries"]] == [200, 200]


def test_faults_are_switched_on_and_off(browser: Browser) -> None:
    """
    The next request meets them; the dashboard itself never does.
    """
    page = browser.follow(browser.press("faults", "Switch on", kind="unavailable_before", times="1", path="/acc*"))
    struck = browser.api.send("GET", "/account").status_code
    browser.press("faults", "Switch on", kind="error_after", status="502")
    after = browser.follow(browser.press("faults", "Switch all off"))

    assert "The fault is on." in page.text
    assert "unavailable_before /acc* \N{EN DASH} 1 more struck 0 Switch off" in page.text
    assert "unavailable_before" in page.text.partition("Switch one on")[0]
    assert struck == 503
    assert browser.api.ok("GET", "/account")
    assert "All is well." in after.text
    assert browser.open("requests").text.count("unavailable_before") == 1


def test_a_single_fault_is_switched_off(browser: Browser) -> None:
    """
    The others stay; a button that is pressed twice does nothing the second time, and one that is over does not count.
    """
    browser.press("faults", "Switch on", kind="latency", times="1", path="/account", seconds="0")
    browser.press("faults", "Switch on", kind="error_after", path="/x", times="", probability="0.5", status="502")
    assert "Faults 2 on" in browser.open("faults").text
    browser.api.ok("GET", "/account")
    text = browser.open("faults").text
    assert "The answer takes a while latency /account 0 s over struck 1" in text
    assert "/x probability 0.5, status 502 always struck 0" in text
    assert "Faults 1 on" in text
    (form, *_) = [form for form in browser.open("faults").forms if form[2][0][1] == "fault"]
    data = form[1] | {"fault": form[2][0][2]}
    first, second = (browser.api.client.post(form[0], data=data) for _ in range(2))

    assert "The fault is off." in browser.follow(first).text
    assert (second.status_code, "that was done already" in second.text) == (409, True)
    assert [fault["kind"] for fault in browser.api.application.faults.shown()] == ["latency"]
    (form, *_) = [form for form in browser.open("faults").forms if form[2][0][1] == "fault"]
    for gone in (data["fault"], "nonsense"):
        assert browser.api.client.post(form[0], data=form[1] | {"fault": gone}).status_code == 400


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"kind": "nothing"}, "no kind of fault"),
        ({"kind": "latency", "times": "x"}, "times is a number"),
        ({"kind": "latency", "probability": "2"}, "probability is a number from 0 to 1"),
        ({"kind": "webhook_late", "path": "/charges"}, "webhook_late takes no path"),
    ],
)
def test_what_is_no_fault_is_refused(browser: Browser, typed: dict[str, str], problem: str) -> None:
    """
    With what is wrong, on the page with the form, where all that was typed in is still there.
    """
    response = browser.press("faults", "Switch on", **typed)

    assert response.status_code == 400
    assert problem in response.text
    assert "Switch one on" in response.text
    assert all(f'value="{value}"' in response.text for name, value in typed.items() if name != "kind")
    assert browser.api.application.faults.shown() == []


def test_a_reset_forgets_everything(browser: Browser) -> None:
    """
    And leads to the beginning.
    """
    browser.api.customer()
    page = browser.follow(browser.press("/", "Forget everything"))

    assert "Everything was forgotten." in page.text
    assert "There is no account yet" in page.text
    assert browser.api.application.requests == []


def test_visits_are_no_requests_of_the_api(browser: Browser) -> None:
    """
    They are not logged, and meet no fault.
    """
    before = len(browser.api.application.requests)
    for path in ("/", "charges", "faults", "nonsense"):
        browser.open(path, 404 if path == "nonsense" else 200)

    assert len(browser.api.application.requests) == before
    assert browser.api.client.put("/dashboard").status_code == 404
    assert browser.api.client.head("/").status_code == 200


def test_what_is_due_has_happened(browser: Browser) -> None:
    """
    A page looks at things as they are by the clock.
    """
    charge = browser.api.charge(source={"type": "promptpay"})
    browser.follow(browser.press("charges", "+1 day"))
    browser.follow(browser.press("charges", "+1 hour"))

    assert "expired" in browser.open(f"charges/{charge['id']}").text


def test_a_button_leads_back_to_its_row(browser: Browser) -> None:
    """
    On the page of the list that it was on, narrowed down as it was.
    """
    charges = [browser.api.charge(capture=False) for _ in range(27)]
    path = "charges?status=pending&page=2"
    (form, *_) = [form for form in browser.open(path).forms if charges[0]["id"] in form[0]]
    response = browser.api.client.post(form[0], data=form[1] | {"action": "capture"})
    page = browser.follow(response)

    assert response.headers["Location"] == f"{browser.base}/{path}&done=capture#{charges[0]['id']}"
    assert "The charge was captured." in page.text
    assert "26 to 26 of 26" in page.text
    assert f'id="{charges[1]["id"]}"' in page.response.text


def test_a_list_is_narrowed_down(browser: Browser) -> None:
    """
    To those in a state; what is no state shows all.
    """
    browser.api.charge(capture=False, description="Held")
    browser.api.charge(description="Paid")

    assert "Held" in browser.open("charges?status=pending").text
    assert "Paid with" in browser.open("charges?status=pending").text
    assert "Paid Visa" not in browser.open("charges?status=pending").text
    assert "None is failed." in browser.open("charges?status=failed").text
    assert "Held" in browser.open("charges?status=nonsense").text
    assert "There are no more." in browser.open("charges?page=9").text


def test_requests_have_pages_and_times(browser: Browser) -> None:
    """
    The newest are on the first.
    """
    for number in range(30):
        browser.api.send("GET", f"/charges/chrg_test_{number}")
    first, second = browser.open("requests"), browser.open("requests?page=2")
    now = browser.api.application.clock.now()

    assert "/charges/chrg_test_29" in first.text
    assert "1 to 25 of 32" in first.text
    assert "/charges/chrg_test_0" in second.text
    assert f"{now.day} {now:%b}" in second.text


@pytest.mark.parametrize("kind", ["charge", "card", "account", "refund"])
def test_an_id_is_found(browser: Browser, kind: str) -> None:
    """
    Of whichever account: its page, or that of what it belongs to.
    """
    customer = browser.api.customer(1)
    charge = browser.api.charge()
    refund = browser.api.ok("POST", f"/charges/{charge['id']}/refunds", {"amount": 100})
    ids = {"charge": charge, "card": customer["cards"]["data"][0], "refund": refund, "account": {"id": browser.account}}
    pages = {"charge": f"/charges/{charge['id']}", "card": f"/customers/{customer['id']}", "account": ""}
    found = browser.api.client.get("/dashboard/-/find", query_string={"id": f" {ids[kind]['id']} "})

    assert found.headers["Location"] == browser.base + pages.get(kind, f"/refunds/{refund['id']}")


@pytest.mark.parametrize("document_id", ["", "chrg_test_5nothing", "//example.com", "<b>"])
def test_what_is_not_found_is_said(browser: Browser, document_id: str) -> None:
    """
    And leads nowhere.
    """
    response = browser.api.client.get("/dashboard/-/find", query_string={"id": document_id})

    assert response.status_code == 404
    assert "No record here has that id." in response.text


def test_a_stranger_with_a_browser_reads_why(api: Caller) -> None:
    """
    In a page, such as at a container's address, where the dashboard has to be opened first.
    """
    response = api.client.get("/", headers={"Accept": "text/html"}, environ_overrides={"REMOTE_ADDR": "192.0.2.7"})

    assert (response.status_code, response.content_type) == (403, "text/html; charset=utf-8")
    assert "--dashboard anywhere" in response.text


def test_a_webhook_that_nobody_took_is_tried_again() -> None:
    """
    The page says when, by the clock of the sandbox, and the overview where webhooks go.
    """
    uri = "http://127.0.0.1:9/nobody"
    browser = Browser(Caller(Application(webhooks=[uri])))
    customer = browser.api.customer()
    browser.api.application.webhooks.flush()
    (event,) = browser.api.ok("GET", "/events")["data"]
    at = browser.api.application.clock.now() + timedelta(minutes=1)
    text = browser.open(f"events/{event['id']}").text

    assert customer["id"] in text
    assert any(f"{uri} tried again {each.day} {each:%b %Y %H:%M}" in text for each in (at, at - timedelta(seconds=9)))
    assert f"Webhooks go to {uri}" in browser.open("/").text
