"""`omise.resources.scheduler`: its steps, the days that it previews, and what it sends."""

import copy
import json
import pickle
from collections import UserString
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter

import omise
from omise.client import Client, default_client
from omise.records.casting import NAMES
from omise.records.operations import Creatable
from omise.records.resource import Resource
from omise.resources import scheduler as module
from omise.resources.phrases import ORDINALS, WEEKDAYS
from omise.resources.scheduler import Scheduler
from omise.sandbox import Sandbox

from .conftest import CHARGE, END, plan

TODAY = date(2026, 9, 2)


class Account(BaseAdapter):
    """An API that takes every schedule, and remembers what it was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[PreparedRequest] = []

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        self.requests.append(request)
        response = Response()
        response.status_code = 200
        response._content = b'{"object": "schedule", "id": "schd_test_1", "location": "/schedules/schd_test_1"}'
        return response

    def close(self) -> None:
        pass

    @property
    def sent(self) -> Any:
        """The parameters of the only request."""
        (request,) = self.requests
        return json.loads(request.body or "null")


class _Schedule(Creatable, Resource):
    """As much of a schedule as the builder needs."""

    path = "/schedules"


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    """The default account, on a known day."""
    monkeypatch.setitem(NAMES, "Schedule", _Schedule)
    monkeypatch.setattr(module, "_today", lambda: TODAY)
    account = Account()
    with default_client.replaced(account, secret_api_key="skey_test_default"):
        yield account


# Steps


def test_each_step_sets_one_thing_and_to_attributes_gives_what_was_set(scheduler):
    """to_attributes() is the charge and the steps that were taken, as JSON values."""
    built = scheduler.every(2).weeks(on=["monday", "thursday"]).start_date("2026-09-02").end_date(date(2026, 10, 20))

    assert scheduler.to_attributes() == {"charge": CHARGE}
    assert built.to_attributes() == {
        "charge": CHARGE,
        "every": 2,
        "period": "week",
        "on": {"weekdays": ["monday", "thursday"]},
        "start_date": "2026-09-02",
        "end_date": "2026-10-20",
    }


def test_a_step_leaves_the_builder_it_came_from_as_it_was(scheduler):
    """Two schedules can grow from one beginning."""
    weekly = scheduler.weeks(on="monday")
    fortnightly = weekly.every(2)
    monthly = weekly.months(on=1)

    assert plan(weekly) == {"period": "week", "on": {"weekdays": ["monday"]}}
    assert plan(fortnightly) == {"every": 2, **plan(weekly)}
    assert plan(monthly) == {"period": "month", "on": {"days_of_month": [1]}}


def test_neither_the_callers_dict_nor_what_comes_out_is_shared(scheduler):
    """Editing the fields given, or the attributes returned, changes no schedule."""
    metadata = {"tags": ["a"]}
    built = Scheduler("charge", {**CHARGE, "metadata": metadata}).weeks(on="monday")
    metadata["tags"].append("b")
    built.to_attributes()["on"]["weekdays"].append("friday")
    built.to_attributes()["charge"]["metadata"]["tags"].append("c")

    assert built.to_attributes()["charge"]["metadata"] == {"tags": ["a"]}
    assert plan(built)["on"] == {"weekdays": ["monday"]}


def test_records_are_sent_as_their_ids():
    """A customer may be given as the record."""
    customer = omise.Customer.from_data({"object": "customer", "id": "cust_test_1"})

    assert Scheduler("charge", {"customer": customer}).to_attributes() == {"charge": {"customer": "cust_test_1"}}


def test_a_transfer_is_scheduled_like_a_charge():
    """The kind is the name of the half that is repeated."""
    built = Scheduler("transfer", {"recipient": "recp_test_1", "percentage_of_balance": 75.0}).days()

    assert built.to_attributes() == {
        "transfer": {"recipient": "recp_test_1", "percentage_of_balance": 75.0},
        "period": "day",
    }


def test_only_charges_and_transfers_can_be_scheduled():
    """Another kind, or fields that are no dict, are refused at once."""
    with pytest.raises(ValueError, match="a charge or of a transfer, got 'refund'"):
        Scheduler("refund", {})
    with pytest.raises(TypeError, match="given as a dict, got str"):
        Scheduler("charge", "cust_test_1")


def test_the_singular_names_are_the_same_steps(scheduler):
    """day(), week() and month() read better after every(1)."""
    assert plan(scheduler.day()) == plan(scheduler.days()) == {"period": "day"}
    assert plan(scheduler.week(on="friday")) == plan(scheduler.weeks(on=["friday"]))
    assert plan(scheduler.month(on="1st_friday")) == plan(scheduler.months(on="1st_friday"))


def test_days_clears_the_days_of_a_week_or_month(scheduler):
    """The API takes no ``on`` for days."""
    assert plan(scheduler.weeks(on="monday").days()) == {"period": "day"}


def test_every_alone_is_every_single_one(scheduler):
    """every() is every(1), as in the gem."""
    assert plan(scheduler.every()) == {"every": 1}


@pytest.mark.parametrize(
    ("n", "error", "message"),
    [
        (0, ValueError, "every is a whole number from 1, got 0"),
        (-2, ValueError, "got -2"),
        (True, TypeError, "got bool"),
        (1.0, TypeError, "got float"),
        ("2", TypeError, "got str"),
        (None, TypeError, "got NoneType"),
    ],
)
def test_every_takes_whole_numbers_from_1(scheduler, n, error, message):
    """What the gem sends on, such as -2, is refused."""
    with pytest.raises(error, match=message):
        scheduler.every(n)


@pytest.mark.parametrize(
    ("on", "weekdays"),
    [
        ("monday", ["monday"]),
        (["monday", "friday", "monday"], ["monday", "friday"]),
        (("Monday", "MONDAY"), ["monday"]),
        (iter(["sunday"]), ["sunday"]),
    ],
)
def test_weeks_take_one_or_several_weekdays_by_name(scheduler, on, weekdays):
    """The API gets a list of lower-case names without repetitions, in the order given."""
    assert plan(scheduler.weeks(on=on)) == {"period": "week", "on": {"weekdays": weekdays}}


@pytest.mark.parametrize(
    ("on", "error", "message"),
    [
        ("mon", ValueError, "'mon' is not a weekday; there are monday, tuesday"),
        ([], ValueError, "on takes names of weekdays, at least one"),
        ([1], TypeError, "a list with int in it"),
        (1, TypeError, "on takes names of weekdays, got int"),
        (b"monday", TypeError, "got bytes"),
        ({"weekdays": ["monday"]}, TypeError, "got dict"),
        (None, TypeError, "got NoneType"),
    ],
)
def test_weeks_refuse_what_is_no_weekday(scheduler, on, error, message):
    """The error says what can be written."""
    with pytest.raises(error, match=message):
        scheduler.weeks(on=on)


@pytest.mark.parametrize("step", ["weeks", "months"])
def test_weeks_and_months_need_their_days(scheduler, step):
    """Without ``on`` the API would refuse the schedule; here Python does."""
    with pytest.raises(TypeError, match="'on'"):
        getattr(scheduler, step)()


@pytest.mark.parametrize(
    ("on", "sent"),
    [
        (15, {"days_of_month": [15]}),
        ([1, 15, 1], {"days_of_month": [1, 15]}),
        (range(1, 4), {"days_of_month": [1, 2, 3]}),
        (28, {"days_of_month": [28]}),
        ("last_friday", {"weekday_of_month": "last_friday"}),
        ("2nd Tuesday", {"weekday_of_month": "2nd_tuesday"}),
        *((on, {"weekday_of_month": on}) for on in map("_".join, product(ORDINALS, WEEKDAYS))),
    ],
)
def test_months_take_days_by_number_or_one_weekday(scheduler, on, sent):
    """A single number is sent as the list that the API wants; each of the 63 weekdays of a month is known."""
    assert plan(scheduler.months(on=on)) == {"period": "month", "on": sent}


@pytest.mark.parametrize(
    ("on", "error", "message"),
    [
        (0, ValueError, "days of a month are 1 to 28"),
        (29, ValueError, "29 is not a day to schedule"),
        ([1, 31], ValueError, "31 is not a day to schedule"),
        ([], ValueError, "at least one"),
        (["last_friday"], TypeError, "days by number, or one weekday as text, got a list with str in it"),
        (True, TypeError, "bool"),
        (1.5, TypeError, "float"),
        ("friday", ValueError, "'friday' is not a day of a month: .* such as last_friday"),
        ("fifth_monday", ValueError, "one of first, 1st, second, 2nd, third, 3rd, fourth, 4th, last"),
        ("last_day", ValueError, "'last_day'"),
        ("15", ValueError, "a number from 1 to 28"),
        ("", ValueError, "''"),
    ],
)
def test_months_refuse_days_that_not_every_month_has(scheduler, on, error, message):
    """The error says what can be written."""
    with pytest.raises(error, match=message):
        scheduler.months(on=on)


# Days


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (date(2027, 4, 3), "2027-04-03"),
        (datetime(2027, 4, 3, 23, 59, tzinfo=timezone(timedelta(hours=-12))), "2027-04-03"),
        ("2027-04-03", "2027-04-03"),
        (" 2027-04-03T23:59:59+07:00 ", "2027-04-03"),
        ("20270403", "2027-04-03"),
        ("2027/4/3", "2027-04-03"),
        ("2027-4-3", "2027-04-03"),
        ("03/04/2027", "2027-04-03"),
        ("3.4.2027", "2027-04-03"),
        ("3 April 2027", "2027-04-03"),
        ("April 3rd, 2027", "2027-04-03"),
        ("3rd of Apr 2027", "2027-04-03"),
        ("31/12/2027", "2027-12-31"),
        ("may 2027", "2027-05-01"),
        ("2027-05", "2027-05-01"),
    ],
)
def test_days_are_iso_8601_or_have_the_day_before_the_month(scheduler, value, day):
    """The same text means the same day for the start and the end."""
    assert plan(scheduler.start_date(value)) == {"start_date": day}
    assert plan(scheduler.end_date(value)) == {"end_date": day}


@pytest.mark.parametrize(
    "text",
    [
        *("04/13/2027", "2027-13-04", "2027/13/04", "2027-02-30", "30 February 2027"),
        *("tomorrow", "friday", "friday 2027", "june", "30 june", "2027", ""),
        *("30 june 27", "30/06/27", "1 may 0012", "202705"),
        *("10:30", "3:4 2027", "june 2027 10:00", "2027-06-30 2028", "t 3 2027", "9999-12-31T24:00"),
        *("\uff12\uff10\uff12\uff17-06-30", "\u0663 june 2027", "june " + "9" * 400, "june may 2027"),
    ],
)
def test_no_day_is_guessed(scheduler, text):
    """Nothing is swapped, and nothing filled in from today; the error shows the text."""
    with pytest.raises(ValueError) as refused:
        scheduler.end_date(text)

    assert repr(text) in str(refused.value)
    assert "write 2027-06-30, 30/06/2027 (the day first) or 30 June 2027" in str(refused.value)


@pytest.mark.parametrize("value", [None, 20270630, True, ["2027-06-30"]])
def test_a_day_is_a_date_or_text(scheduler, value):
    """A number could be anything."""
    with pytest.raises(TypeError, match="a day is given as a date, a datetime or text"):
        scheduler.end_date(value)


@given(st.one_of(st.text(), st.text(alphabet="0123456789 -/.,:TZW+ajunemayst", max_size=20)))
@settings(deadline=None)
def test_any_text_is_a_day_or_a_value_error(text):
    """Whatever is written, no other exception gets out."""
    try:
        day = plan(Scheduler("charge", {}).end_date(text))["end_date"]
    except ValueError:
        return

    assert date.fromisoformat(day)


@given(st.dates(min_value=date(1000, 1, 1)))
@settings(deadline=None)
def test_every_day_is_read_back_from_each_of_its_spellings(day):
    """ISO 8601, numbers with the day or the year first, and month names all come out as the day that was written."""
    year, month = f"{day.year:04}", f"{day:%B}"
    spellings = [f"{day}", f"{day.day}/{day.month}/{year}", f"{year}/{day.month}/{day.day}"]
    spellings += [f"{day.day} {month} {year}", f"{month} {day.day}, {year}"]
    read = {plan(Scheduler("charge", {}).end_date(text))["end_date"] for text in spellings}

    assert read == {str(day)}


# Preview


@pytest.mark.parametrize(
    ("phrase", "days"),
    [
        (
            "every 3 days from 2026-09-02 until 2026-09-20",
            "2026-09-02 2026-09-05 2026-09-08 2026-09-11 2026-09-14 2026-09-17 2026-09-20",
        ),
        (
            "every 2 weeks on monday and thursday from 2026-09-02 until 2026-10-20",
            "2026-09-03 2026-09-14 2026-09-17 2026-09-28 2026-10-01 2026-10-12 2026-10-15",
        ),
        (
            "every month on 15 and 1 from 2026-01-10 until 2026-04-15",
            "2026-01-15 2026-02-01 2026-02-15 2026-03-01 2026-03-15 2026-04-01 2026-04-15",
        ),
        (
            "every 2 months on the last friday from 2026-01-15 until 2026-08-31",
            "2026-01-30 2026-03-27 2026-05-29 2026-07-31",
        ),
        ("every month on the 2nd tuesday from 2026-03-10 until 2026-05-31", "2026-03-10 2026-04-14 2026-05-12"),
        (
            "every 3 weeks on saturday and monday from 2017-05-16 until 2017-06-26",
            "2017-05-20 2017-06-05 2017-06-10 2017-06-26",
        ),
        ("every 2 weeks on sunday from 2026-09-02 until 2026-09-30", "2026-09-06 2026-09-20"),
        ("every day from 9999-12-30", "9999-12-30 9999-12-31"),
        ("every week on monday and sunday from 9999-12-30", ""),
        ("every 999999999 months on the last friday from 9999-12-01", "9999-12-31"),
        ("every day from 2026-09-02 until 2026-09-01", ""),
    ],
)
def test_next_gives_the_days_on_which_the_api_would_run_it(scheduler, phrase, days):
    """Start and end count; weeks and months are counted from those of the start."""
    assert [str(day) for day in scheduler.parse(phrase).next(30)] == days.split()


def test_next_gives_as_many_days_as_asked_for(scheduler):
    """Without an end there are always more."""
    monthly = scheduler.months(on=28).start_date("2027-01-29")

    assert monthly.next() == [date(2027, 2, 28)]
    assert monthly.next(2) == [date(2027, 2, 28), date(2027, 3, 28)]


def test_next_starts_today_where_no_start_is_said(scheduler, account):
    """It asks nobody."""
    assert scheduler.days().next(2) == [date(2026, 9, 2), date(2026, 9, 3)]
    assert account.requests == []


def test_today_is_the_day_in_utc(scheduler):
    """The API's days are those of UTC, wherever the program runs."""
    before = datetime.now(timezone.utc).date()
    (day,) = scheduler.days().next()

    assert before <= day <= datetime.now(timezone.utc).date()


def test_next_needs_a_period_and_a_number_of_days(scheduler):
    """The errors say what is missing."""
    with pytest.raises(ValueError, match=r"not said how often <Scheduler charge> runs: use days\(\), weeks\(\)"):
        scheduler.next()
    with pytest.raises(ValueError, match="n is a whole number from 1, got 0"):
        scheduler.days().next(0)
    with pytest.raises(TypeError, match="n is a whole number, got str"):
        scheduler.days().next("5")


PERIODS = st.one_of(
    st.just(("days", None)),
    st.lists(st.sampled_from(WEEKDAYS), min_size=1).map(lambda on: ("weeks", on)),
    st.lists(st.integers(1, 28), min_size=1).map(lambda on: ("months", on)),
    st.tuples(st.sampled_from([*ORDINALS]), st.sampled_from(WEEKDAYS)).map(lambda on: ("months", "_".join(on))),
)


def runs_on(day: date, start: date, every: int, period: str, on: Any) -> bool:
    """The rules once more, asked of a single day."""
    if period == "days":
        return (day - start).days % every == 0
    if period == "weeks":
        monday, first_monday = (one - timedelta(days=one.weekday()) for one in (day, start))
        return f"{day:%A}".lower() in on and (monday - first_monday).days // 7 % every == 0
    if ((day.year - start.year) * 12 + day.month - start.month) % every:
        return False
    if isinstance(on, list):
        return day.day in on
    ordinal, weekday = on.split("_")
    if f"{day:%A}".lower() != weekday:
        return False
    if ordinal == "last":
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 == ORDINALS[ordinal]


@given(PERIODS, st.integers(1, 6), st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 300))
@settings(deadline=None)
def test_next_agrees_with_walking_through_the_days(period, every, start, length):
    """Every day that the rules say, and no other, in order."""
    name, on = period
    end = start + timedelta(days=length)
    steps = Scheduler("charge", {}).every(every).start_date(start).end_date(end)
    built = steps.days() if on is None else getattr(steps, name)(on=on)
    walked = [start + timedelta(days=place) for place in range(length + 1)]

    assert built.next(1000) == [day for day in walked if runs_on(day, start, every, name, on)]


# Start


def test_start_creates_the_schedule(account, scheduler):
    """What to_attributes() gives is posted to the schedules, and the schedule comes back."""
    built = scheduler.parse("every 2 weeks on monday until 2026-12-31")
    schedule = built.start()

    assert (account.requests[0].method, account.requests[0].path_url) == ("POST", "/schedules")
    assert account.sent == built.to_attributes()
    assert isinstance(schedule, _Schedule)
    assert schedule.id == "schd_test_1"


def test_start_counts_single_periods_where_nothing_else_was_said(account, scheduler):
    """The API needs ``every``; days() alone is every day."""
    scheduler.days().end_date("2026-12-31").start()

    assert account.sent == {"charge": CHARGE, "every": 1, "period": "day", **END}


def test_a_schedule_may_start_and_end_today(account, scheduler):
    """Both ends count."""
    scheduler.days().start_date(TODAY).end_date(TODAY).start()

    assert (account.sent["start_date"], account.sent["end_date"]) == ("2026-09-02", "2026-09-02")


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("every day", r"<Scheduler charge every day> needs an end: use end_date\(\), or 'until <date>' in a phrase"),
        ("every day from 2026-12-31 until 2026-12-30", "would end before it starts, on 2026-12-31"),
    ],
)
def test_start_refuses_what_the_api_would_refuse(account, scheduler, phrase, message):
    """Nothing is sent."""
    with pytest.raises(ValueError, match=message):
        scheduler.parse(phrase).start()

    assert account.requests == []


@pytest.mark.parametrize("phrase", ["every day from 2026-09-01 until 2026-12-31", "every day until 2026-09-01"])
def test_what_is_past_is_for_the_api_to_say(account, scheduler, phrase):
    """A recording goes on replaying when its days have passed, and a clock that was turned has its own today."""
    scheduler.parse(phrase).start()

    assert account.sent["end_date"] in phrase


def test_the_api_refuses_what_is_past_by_its_own_clock(omise_sandbox: Sandbox) -> None:
    """The sandbox's clock counts, turned or not, and its words reach the caller."""
    customer = omise.Customer.create(card=omise_sandbox.card_token())
    today = omise_sandbox.application.clock.now().date()
    builder = omise.Charge.schedule(customer=customer, amount=100_00, currency="thb").days()
    builder = builder.start_date(today).end_date(today + timedelta(days=9))
    assert builder.start().status == "running"

    omise_sandbox.application.clock.advance(days=2)
    with pytest.raises(omise.errors.BadRequestError, match="start_date must not be in the past"):
        builder.start()


def test_start_refuses_a_schedule_without_a_period(account, scheduler):
    """Nothing is sent."""
    with pytest.raises(ValueError, match="not said how often <Scheduler charge every 2 until 2026-12-31> runs"):
        scheduler.every(2).end_date("2026-12-31").start()

    assert account.requests == []


def test_start_takes_options_only(account, scheduler):
    """Fields of the schedule are the builder's."""
    with pytest.raises(TypeError, match="start\\(\\) takes key, timeout, idempotency_key and deadline, got every"):
        scheduler.days().end_date("2026-12-31").start(every=2)

    assert account.requests == []


def authorization(key: str) -> str:
    request = PreparedRequest()
    request.prepare(method="GET", url="https://example.com", auth=(key, ""))
    return request.headers["Authorization"]


def test_options_of_the_beginning_are_kept_to_the_start(account):
    """A key given with the charge is used for the schedule, and is no field of the charge."""
    built = Scheduler("charge", {**CHARGE, "key": "skey_test_other", "idempotency_key": "once"})
    built.days().end_date("2026-12-31").start()

    assert account.requests[0].headers["Authorization"] == authorization("skey_test_other")
    assert account.requests[0].headers["Idempotency-Key"] == "once"
    assert account.sent["charge"] == CHARGE


def test_options_of_the_start_come_first(account):
    """start(key=…) is a key for this call."""
    built = Scheduler("charge", {**CHARGE, "key": "skey_test_other", "idempotency_key": "once"})
    built.days().end_date("2026-12-31").start(key="skey_test_third")

    assert account.requests[0].headers["Authorization"] == authorization("skey_test_third")
    assert account.requests[0].headers["Idempotency-Key"] == "once"


def test_a_builder_stays_with_its_account(account):
    """The schedule of a client's charge is created in that client's account, and belongs to it."""
    client, own = Client(secret_api_key="skey_test_client"), Account()
    client.transport.mount(own)
    schedule = Scheduler("charge", CHARGE, client=client).days().end_date("2026-12-31").start()

    assert own.requests[0].headers["Authorization"] == authorization("skey_test_client")
    assert account.requests == []
    assert isinstance(schedule, client.bind(_Schedule))


def test_the_account_is_the_one_that_was_current_when_the_builder_was_made(account):
    """Crossing the end of a using() block, or its beginning, does not move a schedule to another account."""
    client, own = Client(secret_api_key="skey_test_client"), Account()
    client.transport.mount(own)
    of_default = Scheduler("charge", CHARGE).days().end_date("2026-12-31")
    with omise.using(client):
        of_client = Scheduler("charge", CHARGE).days().end_date("2026-12-31")
        of_default.start()
    of_client.start()

    assert [len(account.requests), len(own.requests)] == [1, 1]
    assert account.requests[0].headers["Authorization"] == authorization("skey_test_default")


# Showing and copying


def test_repr_shows_a_beginning_too(scheduler):
    """Nothing set, and little set."""
    assert repr(scheduler) == "<Scheduler charge>"
    assert repr(scheduler.every(2).end_date("2026-12-31")) == "<Scheduler charge every 2 until 2026-12-31>"
    assert repr(scheduler.every()) == "<Scheduler charge every 1>"
    assert repr(scheduler.days()) == "<Scheduler charge every day>"


def test_no_key_is_shown_or_pickled():
    """A builder may hold a key, so that it stays in its process."""
    built = Scheduler("charge", {**CHARGE, "key": "skey_test_other"})

    assert "skey" not in repr(built)
    assert "skey" not in str(built.to_attributes())
    with pytest.raises(TypeError, match="may hold a key, and cannot be pickled"):
        pickle.dumps(built)


def test_a_copy_is_the_same_object(scheduler):
    """It never changes, so that a copy of it, with account and key, is itself."""
    assert copy.copy(scheduler) is scheduler
    assert copy.deepcopy([scheduler])[0] is scheduler


class Weekday(str, Enum):
    MONDAY = "monday"


def test_steps_take_what_is_a_number_or_a_text_without_loss() -> None:
    """Of whichever class it is, as parameters do."""
    scheduler = Scheduler("charge", {"amount": np.int64(100_00)})

    assert plan(scheduler.every(np.int64(2)).months(on=np.int64(15))) == {
        "every": 2,
        "period": "month",
        "on": {"days_of_month": [15]},
    }
    assert plan(scheduler.weeks(on=[Weekday.MONDAY, UserString("friday")])) == {
        "period": "week",
        "on": {"weekdays": ["monday", "friday"]},
    }
    assert scheduler.to_attributes() == {"charge": {"amount": 100_00}}


def test_the_type_is_what_it_repeats() -> None:
    """In every step."""
    assert omise.Charge.schedule(customer="cust_test_1", amount=1).every(2).days().type == "charge"
    assert omise.Transfer.schedule(recipient="recp_test_1").type == "transfer"
