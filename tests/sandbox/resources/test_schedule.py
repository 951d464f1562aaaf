from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from ..conftest import Caller
from .schedules import DAILY, DECLINED, TODAY, TOMORROW, charging, create, reload, runs, transferring

pytestmark = pytest.mark.usefixtures("noon")

FIELDS: dict[str, type] = {
    "object": str,
    "id": str,
    "deleted": bool,
    "livemode": bool,
    "location": str,
    "every": int,
    "occurrences": dict,
    "on": dict,
    "in_words": str,
    "period": str,
    "status": str,
    "active": bool,
    "state": str,
    "charge": dict,
    "next_occurrences_on": list,
    "ended_at": str,
    "start_on": str,
    "end_on": str,
    "created_at": str,
    "execute_time": str,
    "deleted_by": str,
}
NULLABLE = {"ended_at", "execute_time", "deleted_by"}


def test_a_schedule_of_charges_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    With their types; what it charges stands in the middle.
    """
    half = charging(api, description="Membership", metadata={"a": 1})
    weekly = {"period": "week", "every": 2, "on": {"weekdays": ["monday", "thursday"]}, "start_date": TOMORROW}
    schedule = create(api, half, **weekly, end_date="2030-03-01")

    assert list(schedule) == list(FIELDS)
    assert {name for name, value in schedule.items() if value is None} == NULLABLE
    assert all(type(value) is FIELDS[name] for name, value in schedule.items() if value is not None)
    assert (schedule["status"], schedule["active"], schedule["state"]) == ("running", True, "Active")
    assert schedule["in_words"] == "Every 2 week(s) on Monday and Thursday"
    assert schedule["on"] == {"weekdays": ["monday", "thursday"]}
    assert (schedule["start_on"], schedule["end_on"]) == (TOMORROW, "2030-03-01")
    assert (schedule["occurrences"]["total"], schedule["occurrences"]["location"]) == (
        0,
        f"/schedules/{schedule['id']}/occurrences",
    )
    assert schedule["next_occurrences_on"] == [
        "2030-01-21", "2030-01-24", "2030-02-04", "2030-02-07", "2030-02-18", "2030-02-21"
    ]  # fmt: skip
    assert schedule["charge"].pop("id").startswith("rchg_test_")
    assert list(schedule["charge"].items()) == [
        ("object", "scheduled_charge"),
        ("livemode", False),
        ("currency", "THB"),
        ("amount", 100_000),
        ("default_card", True),
        ("card", api.ok("GET", f"/customers/{half['charge']['customer']}")["default_card"]),
        ("customer", half["charge"]["customer"]),
        ("linked_account", None),
        ("description", "Membership"),
        ("metadata", {"a": 1}),
        ("created_at", schedule["created_at"]),
    ]


def test_a_schedule_of_transfers_shows_a_transfer(api: Caller) -> None:
    """
    An amount, or a share of the balance; the recipient knows of it.
    """
    half = transferring(api, percentage_of_balance=75)
    schedule = create(api, half, start_date=TOMORROW)
    fixed = create(api, transferring(api, amount="5000"), start_date=TOMORROW)
    recipient = api.ok("GET", f"/recipients/{half['transfer']['recipient']}")

    assert list(schedule) == [name if name != "charge" else "transfer" for name in FIELDS]
    assert schedule["transfer"].pop("id").startswith("rtrf_test_")
    assert list(schedule["transfer"].items()) == [
        ("object", "scheduled_transfer"),
        ("livemode", False),
        ("amount", None),
        ("currency", "THB"),
        ("percentage_of_balance", 75.0),
        ("recipient", recipient["id"]),
        ("created_at", schedule["created_at"]),
    ]
    assert (fixed["transfer"]["amount"], fixed["transfer"]["percentage_of_balance"]) == (5_000, None)
    assert recipient["schedule"] == schedule["id"]


def test_the_first_run_is_now_if_today_is_its_day(api: Caller) -> None:
    """
    The answer to the creation holds it already; the charge carries the schedule, and the description.
    """
    schedule = create(api, charging(api, description="Membership", metadata={"a": 1}))
    (run,) = schedule["occurrences"]["data"]
    charge = api.ok("GET", f"/charges/{run['result']}")

    assert (run["status"], run["scheduled_on"], run["created_at"]) == ("successful", TODAY, schedule["created_at"])
    assert schedule["next_occurrences_on"][0] == TOMORROW
    assert (charge["amount"], charge["currency"], charge["status"]) == (100_000, "THB", "successful")
    assert (charge["schedule"], charge["description"], charge["metadata"]) == (
        schedule["id"],
        "Membership",
        {"a": 1},
    )
    assert api.events() == ["customer.create", "schedule.create", "charge.create"]


def test_later_runs_come_with_the_daily_batch(api: Caller) -> None:
    """
    Charges at half past one, each with the time at which it was made, however far the clock is turned.
    """
    schedule = create(api, charging(api), start_date=TOMORROW, every=2)
    api.turn_to("2030-01-11T01:29:00")
    assert runs(api, schedule) == []

    api.turn_to("2030-01-16T00:00:00")
    assert runs(api, schedule) == [
        ("2030-01-11", "successful"),
        ("2030-01-13", "successful"),
        ("2030-01-15", "successful"),
    ]
    data = reload(api, schedule)["occurrences"]["data"]
    assert [run["processed_at"] for run in data] == [
        "2030-01-11T01:30:00Z", "2030-01-13T01:30:00Z", "2030-01-15T01:30:00Z"
    ]  # fmt: skip
    assert [run["created_at"] for run in data] == [
        schedule["created_at"], "2030-01-11T01:30:00Z", "2030-01-13T01:30:00Z"
    ]  # fmt: skip
    charges = api.ok("GET", "/charges")["data"]
    assert [charge["created_at"] for charge in charges] == [run["processed_at"] for run in data]
    assert reload(api, schedule)["next_occurrences_on"][:2] == ["2030-01-17", "2030-01-19"]


def test_at_most_thirty_coming_days_are_shown(api: Caller) -> None:
    """
    A schedule may end as late as the next century.
    """
    schedule = create(api, charging(api), end_date="2129-01-10")

    assert len(schedule["next_occurrences_on"]) == 30
    assert (schedule["next_occurrences_on"][0], schedule["next_occurrences_on"][-1]) == (TOMORROW, "2030-02-09")


def test_every_day_of_a_month_is_run(api: Caller) -> None:
    """
    The clock can be turned far: what is due on the way happens, each on its day.
    """
    schedule = create(api, charging(api))
    api.application.clock.advance(days=31)

    assert len(runs(api, schedule)) == 32


def test_a_run_that_fails_is_tried_again_two_days_later(api: Caller) -> None:
    """
    If the customer has a better card by then, it succeeds after all.
    """
    half = charging(api, DECLINED)
    schedule = create(api, half, every=10)
    (run,) = schedule["occurrences"]["data"]
    path = f"/occurrences/{run['id']}"
    assert (run["status"], run["retry_on"]) == ("failed", "2030-01-12")
    assert run["message"] == "insufficient funds in the account or the card has reached the credit limit"
    assert api.ok("GET", f"/charges/{run['result']}")["status"] == "failed"

    customer = f"/customers/{half['charge']['customer']}"
    changed = api.ok("PATCH", customer, {"card": api.token()})
    api.ok("PATCH", customer, {"default_card": changed["cards"]["data"][-1]["id"]})
    api.turn_to("2030-01-12T02:00:00")
    again = api.ok("GET", path)
    assert (again["status"], again["message"], again["processed_at"]) == ("successful", None, "2030-01-12T01:30:00Z")
    assert again["result"] != run["result"]
    assert again["retry_on"] == "2030-01-12"
    assert runs(api, schedule) == [(TODAY, "successful")]


def test_a_run_that_fails_again_stays_failed(api: Caller) -> None:
    """
    There is no third try.
    """
    schedule = create(api, charging(api, DECLINED), every=10)
    api.turn_to("2030-01-19T00:00:00")

    assert runs(api, schedule) == [(TODAY, "failed")]
    assert api.ok("GET", "/charges")["total"] == 2


def test_three_failures_in_a_row_suspend_a_schedule(api: Caller) -> None:
    """
    Each of them at both tries.
    """
    schedule = create(api, charging(api, DECLINED), every=10)
    api.turn_to("2030-01-31T00:00:00")
    assert reload(api, schedule)["status"] == "running"

    api.turn_to("2030-02-02T00:00:00")
    suspended = reload(api, schedule)
    assert (suspended["status"], suspended["active"], suspended["next_occurrences_on"]) == ("suspended", False, [])
    assert api.events()[-1] == "schedule.suspend"
    api.turn_to("2031-02-01T00:00:00")
    assert len(runs(api, schedule)) == 3
    assert reload(api, schedule)["status"] == "suspended"


def test_a_success_forgets_the_failures_before(api: Caller) -> None:
    """
    Only failures in a row count.
    """
    half = charging(api, DECLINED)
    customer = f"/customers/{half['charge']['customer']}"
    bad = api.ok("GET", customer)["default_card"]
    schedule = create(api, half, every=10)
    api.turn_to("2030-01-29T00:00:00")
    good = api.ok("PATCH", customer, {"card": api.token()})["cards"]["data"][-1]["id"]
    api.ok("PATCH", customer, {"default_card": good})
    api.turn_to("2030-02-01T00:00:00")
    api.ok("PATCH", customer, {"default_card": bad})
    api.turn_to("2030-02-25T00:00:00")

    assert [status for _, status in runs(api, schedule)] == ["failed", "failed", "successful", "failed", "failed"]
    assert reload(api, schedule)["status"] == "running"


@pytest.mark.parametrize("gone", ["customer", "card"])
def test_a_schedule_without_its_customer_or_card_is_suspended(api: Caller, gone: str) -> None:
    """
    At the next run, which is skipped and says what is missing.
    """
    customer = api.customer(cards=1)
    card = customer["default_card"]
    half = {"charge": {"customer": customer["id"], "amount": 5_000, "card": card}}
    schedule = create(api, half, start_date=TOMORROW)
    path = f"/customers/{customer['id']}" + (f"/cards/{card}" if gone == "card" else "")
    api.ok("DELETE", path)
    api.application.clock.advance(days=3)
    after = reload(api, schedule)
    (run,) = after["occurrences"]["data"]

    assert (after["status"], after["next_occurrences_on"]) == ("suspended", [])
    assert (run["status"], run["result"]) == ("skipped", None)
    assert run["message"] == f"{gone} {customer['id'] if gone == 'customer' else card} was not found"
    assert api.ok("GET", "/charges")["total"] == 0


def test_a_schedule_without_its_recipient_is_suspended(api: Caller) -> None:
    """
    As one without its customer.
    """
    api.fund(100_000)
    half = transferring(api, amount=5_000)
    schedule = create(api, half, start_date=TOMORROW)
    api.ok("DELETE", f"/recipients/{half['transfer']['recipient']}")
    api.application.clock.advance(days=1)

    assert reload(api, schedule)["status"] == "suspended"
    assert api.ok("GET", "/transfers")["total"] == 0


def test_the_end_comes_in_two_steps(api: Caller) -> None:
    """
    It is expiring once at most one run is left, and expired when the last day is over.
    """
    schedule = create(api, charging(api), end_date="2030-01-12")
    assert (schedule["status"], schedule["next_occurrences_on"]) == ("running", ["2030-01-11", "2030-01-12"])

    api.turn_to("2030-01-11T02:00:00")
    expiring = reload(api, schedule)
    assert (expiring["status"], expiring["active"]) == ("expiring", True)
    assert expiring["next_occurrences_on"] == ["2030-01-12"]
    api.turn_to("2030-01-12T23:59:00")
    assert reload(api, schedule)["status"] == "expiring"
    api.turn_to("2030-01-13T00:01:00")
    expired = reload(api, schedule)
    assert (expired["status"], expired["active"], expired["next_occurrences_on"]) == ("expired", False, [])
    assert expired["ended_at"] == "2030-01-13T00:00:00Z"
    assert runs(api, schedule) == [(day, "successful") for day in (TODAY, TOMORROW, "2030-01-12")]
    assert [key for key in api.events() if key.startswith("schedule")] == [
        "schedule.create", "schedule.expiring", "schedule.expire"
    ]  # fmt: skip


def test_a_schedule_of_one_day_expires_at_once(api: Caller) -> None:
    """
    After its only run, and is over the next day; a failure on the last day is not tried again.
    """
    schedule = create(api, charging(api, DECLINED), end_date=TODAY)
    assert (schedule["status"], schedule["next_occurrences_on"]) == ("expiring", [])
    assert schedule["occurrences"]["data"][0]["retry_on"] is None

    api.turn_to("2030-01-20T00:00:00")
    assert reload(api, schedule)["status"] == "expired"
    assert api.ok("GET", "/charges")["total"] == 1


def test_the_second_try_may_be_on_the_last_day(api: Caller) -> None:
    """
    But not after it.
    """
    (tried,) = create(api, charging(api, DECLINED), every=9, end_date="2030-01-12")["occurrences"]["data"]
    (over,) = create(api, charging(api, DECLINED), every=9, end_date="2030-01-11")["occurrences"]["data"]

    assert (tried["retry_on"], over["retry_on"]) == ("2030-01-12", None)


def test_deleting_stops_a_schedule_for_good(api: Caller) -> None:
    """
    It can still be seen, with its runs; deleting it again changes nothing.
    """
    schedule = create(api, charging(api))
    gone = api.ok("DELETE", schedule["location"])
    changes = {"deleted": True, "status": "deleted", "active": False, "next_occurrences_on": []}
    assert gone["ended_at"] is not None
    assert gone | {"occurrences": 0} == schedule | changes | {"ended_at": gone["ended_at"], "occurrences": 0}
    assert gone["occurrences"]["data"] == schedule["occurrences"]["data"]

    api.application.clock.advance(days=3)
    again = api.ok("DELETE", schedule["location"])
    assert again | {"occurrences": 0} == gone | {"occurrences": 0}
    assert runs(api, schedule) == [(TODAY, "successful")]
    assert api.events().count("schedule.destroy") == 1
    assert api.ok("GET", "/schedules")["data"][0]["status"] == "deleted"
    api.turn_to("2031-02-01T00:00:00")
    assert reload(api, schedule)["status"] == "deleted"


def test_a_suspended_schedule_can_be_deleted(api: Caller) -> None:
    """
    So can one that is over.
    """
    half = charging(api)
    schedule = create(api, half, start_date=TOMORROW)
    api.ok("DELETE", f"/customers/{half['charge']['customer']}")
    api.application.clock.advance(days=1)

    assert api.ok("DELETE", schedule["location"])["status"] == "deleted"


def test_schedules_are_listed_in_five_places(api: Caller) -> None:
    """
    All of them, those of charges and of transfers, those of a customer and of a recipient.
    """
    api.fund(100_000)
    charges, transfers = charging(api), transferring(api, amount=5_000)
    charge, transfer = create(api, charges)["id"], create(api, transfers)["id"]
    other = create(api, charging(api))["id"]

    for path, expected in {
        "/schedules": [charge, transfer, other],
        "/charges/schedules": [charge, other],
        "/transfers/schedules": [transfer],
        f"/customers/{charges['charge']['customer']}/schedules": [charge],
        f"/recipients/{transfers['transfer']['recipient']}/schedules": [transfer],
    }.items():
        page = api.ok("GET", path)
        assert (page["location"], page["total"]) == (path, len(expected))
        assert [schedule["id"] for schedule in page["data"]] == expected


@pytest.mark.parametrize(
    ("rhythm", "message"),
    [
        ({"every": None}, "every can't be blank"),
        ({"every": 0}, "every must be greater than or equal to 1"),
        ({"every": "two"}, "every is not a number"),
        ({"period": "year"}, "period is not included in the list"),
        ({"end_date": ""}, "end_date can't be blank"),
        ({"end_date": "2030-02-30"}, "end_date is not a valid date"),
        ({"end_date": "31/12/2030"}, "end_date is not a valid date"),
        ({"end_date": "9999-12-31"}, "end_date is not a valid date"),
        ({"start_date": 20300110}, "start_date is not a valid date"),
        ({"start_date": "2030-01-09"}, "start_date must not be in the past"),
        ({"start_date": "2031-01-01"}, "end_date must not be before start_date"),
        ({"every": "x", "period": "x", "end_date": "x"}, None),
        (
            {"period": "week"},
            "on must be an object and on must contain one of these keys: weekdays",
        ),
        (
            {"period": "month", "on": {"days_of_month": 1}},
            "on must be an object and on must contain one of these keys: days_of_month, weekday_of_month",
        ),
        ({"period": "month", "on": {"days_of_month": [31]}}, "days_of_month must be between 1 and 28"),
    ],
)
def test_a_bad_rhythm_is_refused(api: Caller, rhythm: dict[str, Any], message: str | None) -> None:
    """
    With everything that is wrong about it, and nothing is left behind.
    """
    expected = message or (
        "every is not a number, period is not included in the list, and end_date is not a valid date"
    )

    assert api.refused("POST", "/schedules", DAILY | rhythm | charging(api)) == (400, "bad_request", expected)
    assert api.ok("GET", "/schedules")["total"] == api.ok("GET", "/charges")["total"] == 0


@pytest.mark.parametrize(
    "half", [{}, {"charge": {}}, {"charge": "x"}, {"charge": {"amount": 1}, "transfer": {"amount": 1}}]
)
def test_exactly_one_half_is_needed(api: Caller, half: dict[str, Any]) -> None:
    """
    A charge or a transfer.
    """
    message = "either charge or transfer must be given"

    assert api.refused("POST", "/schedules", DAILY | half) == (400, "bad_request", message)


def test_a_form_says_the_same(api: Caller) -> None:
    """
    With brackets, and numbers in digits.
    """
    half = charging(api)
    form = {
        "every": "1",
        "period": "month",
        "on[days_of_month][]": ["1", "15"],
        "end_date": "2030-04-15",
        "charge[customer]": half["charge"]["customer"],
        "charge[amount]": "100000",
        "charge[currency]": "thb",
    }
    schedule = api.ok("POST", "/schedules", data=form)

    assert (schedule["start_on"], schedule["on"]) == (TODAY, {"days_of_month": [1, 15]})
    assert schedule["in_words"] == "Every 1 month(s) on the 1st and 15th"
    assert schedule["next_occurrences_on"][:3] == ["2030-01-15", "2030-02-01", "2030-02-15"]
    assert (schedule["charge"]["amount"], schedule["charge"]["currency"]) == (100_000, "THB")


def test_an_unknown_schedule_is_not_found(api: Caller) -> None:
    """
    Nor are its occurrences.
    """
    refusal = (404, "not_found", "schedule missing was not found")

    for method, sub in [("GET", ""), ("DELETE", ""), ("GET", "/occurrences")]:
        assert api.refused(method, f"/schedules/missing{sub}") == refusal


def test_the_default_card_is_the_one_of_the_day(api: Caller) -> None:
    """
    It is shown with its id, another one as soon as it is chosen.
    """
    customer = api.customer(cards=2)
    half = {"charge": {"customer": customer["id"], "amount": 100_000}}
    schedule = create(api, half, every=1, period="day", start_date="2099-01-01", end_date="2099-02-01")
    first, second = (card["id"] for card in customer["cards"]["data"])
    api.ok("PATCH", f"/customers/{customer['id']}", {"default_card": second})
    later = api.ok("GET", f"/schedules/{schedule['id']}")

    assert [(shown["charge"]["default_card"], shown["charge"]["card"]) for shown in (schedule, later)] == [
        (True, first),
        (True, second),
    ]


def test_the_event_of_a_new_schedule_is_written_in_bangkok(api: Caller) -> None:
    """
    Its times are seven hours ahead, and today is still to come.
    """
    customer = api.customer(cards=1)
    half = {"charge": {"customer": customer["id"], "amount": 100_000, "metadata": {"at": "2026-01-01T00:00:00Z"}}}
    today = api.application.clock.now().date().isoformat()
    schedule = create(api, half, every=1, period="day", start_date=today, end_date="2099-02-01")
    (event,) = [event for event in api.ok("GET", "/events")["data"] if event["key"] == "schedule.create"]

    assert event["data"]["created_at"].endswith("+07:00")
    assert datetime.fromisoformat(event["data"]["created_at"]) == datetime.fromisoformat(
        schedule["created_at"].replace("Z", "+00:00")
    )
    assert event["data"]["next_occurrences_on"][0] == today
    assert event["data"]["charge"]["metadata"] == {"at": "2026-01-01T00:00:00Z"}
    assert event["created_at"].endswith("Z")
