from __future__ import annotations

from typing import Any

import pytest

from omise.sandbox.dashboard.actions import ACTIONS

from ..conftest import Caller
from .conftest import Browser, Page


def waiting(api: Caller) -> Any:
    return api.charge(source={"type": "promptpay"})


def held(api: Caller) -> Any:
    return api.charge(capture=False)


def paid(api: Caller) -> Any:
    return api.charge()


def disputed(api: Caller) -> Any:
    return api.ok("POST", f"/charges/{paid(api)['id']}/disputes")


def scheduled(api: Caller) -> Any:
    rhythm = {"every": 1, "period": "day", "end_date": "2200-01-01", "start_date": "2199-01-01"}
    return api.ok("POST", "/schedules", rhythm | {"charge": {"customer": api.customer(1)["id"], "amount": 10_000}})


def recipient(api: Caller) -> Any:
    bank_account = {"name": "N.", "number": "1234567890", "brand": "bbl"}
    return api.ok("POST", "/recipients", {"name": "N.", "type": "individual", "bank_account": bank_account})


def transfer(api: Caller) -> Any:
    api.fund(100_000)
    verified = api.ok("PATCH", f"/recipients/{recipient(api)['id']}/verify")
    return api.ok("POST", "/transfers", {"amount": 50_000, "recipient": verified["id"]})


def sent(api: Caller) -> Any:
    return api.ok("POST", f"/transfers/{transfer(api)['id']}/mark_as_sent")


BUTTONS = [
    ("charge", "pay", waiting, {"status": "successful", "paid": True}),
    ("charge", "fail", waiting, {"status": "failed"}),
    ("charge", "capture", held, {"status": "successful", "captured_amount": 100_000}),
    ("charge", "reverse", held, {"status": "reversed"}),
    ("charge", "refund", paid, {"refunded_amount": 100_000}),
    ("charge", "dispute", paid, {"disputable": False}),
    ("dispute", "win", disputed, {"status": "won"}),
    ("dispute", "lose", disputed, {"status": "lost"}),
    ("dispute", "accept", disputed, {"status": "lost", "message": "Merchant accepts the dispute"}),
    ("schedule", "stop", scheduled, {"status": "deleted"}),
    ("transfer", "send", transfer, {"sent": True}),
    ("transfer", "pay_out", sent, {"paid": True}),
    ("recipient", "verify", recipient, {"verified": True}),
]


def test_every_button_is_tried() -> None:
    """
    The table above has all that there are.
    """
    there = {(kind, action.name) for kind, actions in ACTIONS.items() for action in actions}

    assert {(kind, name) for kind, name, _, _ in BUTTONS} == there


@pytest.mark.parametrize("on_page", [False, True], ids=["list", "record"])
@pytest.mark.parametrize(("kind", "name", "make", "outcome"), BUTTONS, ids=[f"{row[0]}-{row[1]}" for row in BUTTONS])
def test_a_button_does_what_a_request_would(
    browser: Browser, kind: str, name: str, make: Any, outcome: dict[str, Any], on_page: bool
) -> None:
    """
    In the list and on the record's page; it is said that it is done, and the button is gone.
    """
    record = make(browser.api)
    action = next(action for action in ACTIONS[kind] if action.name == name)
    path = f"{kind}s/{record['id']}" if on_page else f"{kind}s"
    page = browser.follow(browser.press(path, action.label, at=record["id"]))
    found = browser.api.ok("GET", f"/{kind}s", query_string={"limit": "100"})["data"]
    after = next(each for each in found if each["id"] == record["id"])

    assert {field: after[field] for field in outcome} == outcome
    assert action.done in page.text
    assert action.label not in browser.open(f"{kind}s/{record['id']}").buttons()


def test_a_part_of_the_whole_is_typed_in(browser: Browser) -> None:
    """
    In main units, as it reads everywhere on the page; what was typed in stays if it is refused.
    """
    charge = paid(browser.api)
    path = f"charges/{charge['id']}"
    browser.follow(browser.press(path, "Refund", amount="25"))
    refused = browser.press(path, "Refund", amount="100000.00")
    odd = browser.press(path, "Refund", amount="1.005")

    assert browser.api.ok("GET", charge["location"])["refunded_amount"] == 2500
    assert (refused.status_code, odd.status_code) == (400, 400)
    assert "be refunded" in refused.text
    assert "amount must be an amount in THB, such as 19.99" in odd.text
    assert 'value="1.005"' in odd.text
    assert "As the API shows it" in odd.text


def test_what_is_captured_as_a_whole_has_no_field(browser: Browser) -> None:
    """
    Only charges that were authorized for it are captured in part.
    """
    whole = browser.api.charge(capture=False)
    part = browser.api.charge(capture=False, authorization_type="pre_auth")

    assert "Capture, THB" not in browser.open(f"charges/{whole['id']}").text
    assert "Capture, THB" in browser.open(f"charges/{part['id']}").text
    browser.follow(browser.press(f"charges/{part['id']}", "Capture", amount="400"))
    assert browser.api.ok("GET", part["location"])["captured_amount"] == 40_000


def test_what_happened_meanwhile_is_said(browser: Browser) -> None:
    """
    A button that is pressed twice does nothing the second time.
    """
    charge = waiting(browser.api)
    (form,) = [form for form in browser.open("charges").forms if charge["id"] in form[0] and form[2][0][0] == "Pay"]
    data = form[1] | {"action": "pay"}
    first, second = (browser.api.client.post(form[0], data=data) for _ in range(2))

    assert first.status_code == 303
    assert second.status_code == 409
    assert "that was done already" in second.text
    assert browser.api.ok("GET", "/transactions")["total"] == 1


def test_a_window_that_is_behind_refunds_nothing(browser: Browser) -> None:
    """
    It is shown what was refunded meanwhile, with what was typed in, and may go on from there.
    """
    charge = paid(browser.api)
    page = f"{browser.base}/charges/{charge['id']}"
    (form,) = [form for form in browser.open(page).forms if "amount" in form[1]]
    data = form[1] | {"action": "refund", "amount": "10"}
    first, second = (browser.api.client.post(form[0], data=data) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 409)
    assert browser.api.ok("GET", charge["location"])["refunded_amount"] == 1_000

    (again,) = [form for form in Page(second).forms if "amount" in form[1]]
    assert again[1]["amount"] == "10"
    assert browser.api.client.post(again[0], data=again[1] | {"action": "refund"}).status_code == 303
    assert browser.api.ok("GET", charge["location"])["refunded_amount"] == 2_000


def test_what_was_refused_can_be_sent_again(browser: Browser) -> None:
    """
    By the same form, as it did nothing.
    """
    charge = paid(browser.api)
    (form,) = [form for form in browser.open(f"charges/{charge['id']}").forms if "amount" in form[1]]
    answers = [
        browser.api.client.post(form[0], data=form[1] | {"action": "refund", "amount": amount}).status_code
        for amount in ("1.005", "999999", "10")
    ]

    assert answers == [400, 400, 303]


@pytest.mark.parametrize("action", ["", "destroy", "win"])
def test_there_is_nothing_but_the_buttons(browser: Browser, action: str) -> None:
    """
    Any other action is refused.
    """
    charge = paid(browser.api)
    token = browser.open("/").forms[0][1]["token"]
    response = browser.api.client.post(
        f"{browser.base}/charges/{charge['id']}", data={"token": token, "action": action}
    )

    assert response.status_code == 400
    assert "choose one of the buttons on the page" in response.text


def test_events_lead_to_where_the_dashboard_is(browser: Browser) -> None:
    """
    What a button brings about tells the same addresses as what a request does.
    """
    charge = browser.api.charge(source={"type": "promptpay"})
    browser.press("charges", "Pay")
    event = browser.api.ok("GET", f"/charges/{charge['id']}/events")["data"][-1]

    assert event["key"] == "charge.complete"
    image = event["data"]["source"]["scannable_code"]["image"]
    assert image["download_uri"] == charge["source"]["scannable_code"]["image"]["download_uri"]
