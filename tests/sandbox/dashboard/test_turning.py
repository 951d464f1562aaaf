from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from omise.sandbox.dashboard.turning import month_later

from .conftest import Browser


@pytest.mark.parametrize(("label", "step"), [("+1 hour", timedelta(hours=1)), ("+1 day", timedelta(days=1))])
def test_a_button_turns_the_clock(browser: Browser, label: str, step: timedelta) -> None:
    """
    From every page, and it leads back to it.
    """
    before = browser.api.application.clock.now()
    response = browser.press("charges", label)

    assert response.headers["Location"] == f"{browser.base}/charges?done=turned"
    assert "The clock was turned." in browser.follow(response).text
    assert step <= browser.api.application.clock.now() - before < step + timedelta(seconds=9)


def test_a_month_is_one_of_the_calendar(browser: Browser) -> None:
    """
    The clock says the same day of the next month.
    """
    before = browser.api.application.clock.now()
    browser.press("/", "+1 month")

    assert browser.api.application.clock.now() - month_later(before) < timedelta(seconds=9)


@pytest.mark.parametrize(
    ("day", "later"),
    [("2026-11-27", "2026-12-27"), ("2026-12-31", "2027-01-31"), ("2027-01-31", "2027-02-28")],
)
def test_a_month_later(day: str, later: str) -> None:
    """
    The same day, or the last one of a shorter month.
    """
    assert month_later(datetime.fromisoformat(day)) == datetime.fromisoformat(later)


def test_the_next_schedule_is_run(browser: Browser) -> None:
    """
    The button says when that is, turns the clock just so far, and is there only while something is to come.
    """
    api = browser.api
    assert "To the next schedule" not in browser.open("/").buttons()
    tomorrow = api.application.clock.now() + timedelta(days=1)
    rhythm = {"every": 1, "period": "day", "start_date": f"{tomorrow:%Y-%m-%d}", "end_date": "2200-01-01"}
    half = {"customer": api.customer(1)["id"], "amount": 10_000}
    schedule = api.ok("POST", "/schedules", rhythm | {"charge": half})
    page = browser.follow(browser.press("schedules", "To the next schedule"))
    runs = api.ok("GET", f"/schedules/{schedule['id']}")["occurrences"]
    now = api.application.clock.now()
    api.ok("DELETE", f"/schedules/{schedule['id']}")

    assert "The clock was turned." in page.text
    assert [run["status"] for run in runs["data"]] == ["successful"]
    assert f"{now:%Y-%m-%d %H:%M}" == f"{tomorrow:%Y-%m-%d} 01:30"
    assert "To the next schedule" not in browser.open("/").buttons()


def test_schedules_of_others_do_not_count(browser: Browser) -> None:
    """
    Each account has its own next run.
    """
    api = browser.api
    customer = api.ok("POST", "/customers", {"card": api.token()}, key="skey_test_other")
    rhythm = {"every": 1, "period": "day", "start_date": "2199-01-01", "end_date": "2200-01-01"}
    half = {"customer": customer["id"], "amount": 10_000}
    api.ok("POST", "/schedules", rhythm | {"charge": half}, key="skey_test_other")
    other = api.ok("GET", "/account", key="skey_test_other")["id"]

    assert "To the next schedule" not in browser.open("charges").buttons()
    assert "To the next schedule" in browser.open(f"/dashboard/{other}/charges").buttons()


@pytest.mark.parametrize(
    ("step", "problem"),
    [("year", "choose one of the steps"), ("", "choose one of the steps"), ("schedule", "no schedule of this account")],
)
def test_what_is_no_step_is_refused(browser: Browser, step: str, problem: str) -> None:
    """
    And the clock stays as it is.
    """
    token = browser.open("/").forms[0][1]["token"]
    before = browser.api.application.clock.now()
    response = browser.api.client.post(f"{browser.base}/clock", data={"token": token, "step": step})

    assert response.status_code == 400
    assert problem in response.text
    assert browser.api.application.clock.now() - before < timedelta(seconds=9)


def test_the_clock_ends(browser: Browser) -> None:
    """
    A step beyond its last year is refused with a word.
    """
    browser.api.turn_to("2295-12-31")

    assert browser.press("/", "+1 month").status_code == 400
