"""Schedules: of charges and of transfers, with the runs that they had."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

import omise
from omise.sandbox import Sandbox

from .calls import asked, last

END = date(2099, 12, 31)


@pytest.fixture
def schedule(omise_sandbox: Sandbox, customer: omise.Customer) -> omise.Schedule:
    """THB 100.00 every day, from tomorrow on."""
    build = omise.Charge.schedule(customer=customer, amount=100_00, currency="thb", metadata={"plan": "gold"})
    return build.days().start_date(tomorrow()).end_date(END).start()


def tomorrow() -> date:
    """The day after today, where the API is."""
    return datetime.now(timezone.utc).date() + timedelta(days=1)


def test_create(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """What is sent as dates comes back as `start_on` and `end_on`; records go as ids, at any depth."""
    charge = {"customer": customer, "amount": 100_00, "currency": "thb"}
    schedule = omise.Schedule.create(
        every=2, period="week", on={"weekdays": ["monday"]}, start_date=tomorrow(), end_date=END, charge=charge
    )

    assert last(omise_sandbox) == (
        "POST",
        "/schedules",
        {
            "every": 2,
            "period": "week",
            "on": {"weekdays": ["monday"]},
            "start_date": tomorrow().isoformat(),
            "end_date": "2099-12-31",
            "charge": {"customer": customer.id, "amount": 100_00, "currency": "thb"},
        },
    )
    assert isinstance(schedule, omise.Schedule)
    assert (schedule.every, schedule.period, schedule.on.weekdays) == (2, "week", ["monday"])
    assert (schedule.start_on, schedule.end_on) == (tomorrow(), END)
    assert (schedule.status, schedule.active, schedule.ended_at) == ("running", True, None)
    assert all(day.weekday() == 0 and type(day) is date for day in schedule.next_occurrences_on)
    assert repr(schedule) == (
        f"<Schedule {schedule.id} in_words='Every 2 week(s) on Monday' status='running' end_on='2099-12-31'>"
    )


def test_the_builder_sends_the_same(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """And previews the days that the API will run it on."""
    build = omise.Charge.schedule(customer=customer, amount=100_00, currency="thb")
    build = build.parse("every 2 weeks on monday and thursday until 2099-12-31").start_date(tomorrow())
    schedule = build.start()

    assert last(omise_sandbox) == ("POST", "/schedules", build.to_attributes())
    assert build.next(30) == schedule.next_occurrences_on


@pytest.mark.parametrize(
    "fields",
    [
        {"start_date": "2020-01-01"},
        {"end_date": "2020-01-01"},
        {"every": 0},
        {"every": "often"},
        {"period": "year"},
        {"period": "month", "on": {"days_of_month": [31]}},
        {"period": "week"},
        {"charge": None},
    ],
)
def test_refused_schedules(omise_sandbox: Sandbox, customer: omise.Customer, fields: dict[str, Any]) -> None:
    """In the past, without an end to come, or not a schedule: the API's refusal reaches the caller, nothing is kept."""
    charge = {"customer": customer, "amount": 100_00, "currency": "thb"}
    good = {"every": 1, "period": "day", "start_date": tomorrow(), "end_date": END, "charge": charge}
    with pytest.raises(omise.errors.BadRequestError) as refused:
        omise.Schedule.create({**good, **fields})

    assert refused.value.status == 400
    assert len(omise.Schedule.list()) == 0


def test_retrieve_list_and_reload(omise_sandbox: Sandbox, schedule: omise.Schedule) -> None:
    """By id or record."""
    assert omise.Schedule.retrieve(schedule.id) == omise.Schedule.retrieve(schedule) == schedule
    assert last(omise_sandbox) == ("GET", f"/schedules/{schedule.id}", {})
    assert list(omise.Schedule.list(limit=1)) == [schedule]
    assert schedule.reload() is schedule
    assert not hasattr(schedule, "update")


def test_what_is_repeated(omise_sandbox: Sandbox, customer: omise.Customer, schedule: omise.Schedule) -> None:
    """A ScheduledCharge; the default card is whichever that is on the day, and there is no transfer."""
    half = schedule.charge

    assert isinstance(half, omise.ScheduledCharge)
    assert (half.amount, half.currency, half.metadata) == (100_00, "THB", {"plan": "gold"})
    assert (half.default_card, half.card) == (True, customer.default_card)
    assert half.customer == customer
    assert half.customer is not None
    assert half.customer.email == "john@example.com"
    with pytest.raises(AttributeError, match="transfer"):
        schedule.transfer  # noqa: B018 - reading it is what is tried


def test_the_card_that_is_charged(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """A Card of the customer, fetched at the customer's address when more than its id is read."""
    card = customer.cards[1]
    build = omise.Charge.schedule(customer=customer, card=card, amount=100_00, currency="thb")
    half = build.days().end_date(END).start_date(tomorrow()).start().charge

    with asked(omise_sandbox) as made:
        assert isinstance(half.card, omise.Card)
        assert half.card == card
    assert made == []

    with asked(omise_sandbox) as made:
        assert half.card.last_digits == "4444"
    assert made == [f"GET /customers/{customer.id}/cards/{card.id}"]


@pytest.mark.parametrize("expanded", [True, False])
def test_the_card_of_other_answers(expanded: bool) -> None:
    """Older versions leave it out where it is the default one; `expand` puts all of it there."""
    fields = {"card": {"object": "card", "id": "card_1", "brand": "Visa"}} if expanded else {}
    half = omise.ScheduledCharge.from_data({"object": "scheduled_charge", "customer": "cust_1", **fields})

    assert (half.card and half.card.brand) == ("Visa" if expanded else None)


def test_occurrences(omise_sandbox: Sandbox, schedule: omise.Schedule) -> None:
    """The runs so far, a list of Occurrences; `retrieve` finds them at their own address."""
    assert (len(schedule.occurrences), schedule.occurrences.data) == (0, [])
    omise_sandbox.application.clock.advance(days=3)

    assert schedule.occurrences.reload() is schedule.occurrences
    assert last(omise_sandbox) == ("GET", f"/schedules/{schedule.id}/occurrences", {})
    assert isinstance(schedule.occurrences, omise.OccurrenceList)
    assert [run.status for run in schedule.occurrences] == ["successful"] * len(schedule.occurrences)
    first = schedule.occurrences[0]
    assert isinstance(first, omise.Occurrence)
    assert first.scheduled_on == tomorrow()
    assert schedule.occurrences.retrieve(first) == first
    assert last(omise_sandbox) == ("GET", f"/occurrences/{first.id}", {})


def test_destroy(omise_sandbox: Sandbox, schedule: omise.Schedule) -> None:
    """It is stopped for good, and refuses everything from then on."""
    assert schedule.destroy() is schedule
    assert last(omise_sandbox) == ("DELETE", f"/schedules/{schedule.id}", {})
    assert (schedule.destroyed, schedule.status, schedule.next_occurrences_on) == (True, "deleted", [])

    omise_sandbox.application.clock.advance(days=3)

    assert len(omise.Charge.list()) == 0
    with pytest.raises(omise.DestroyedError):
        schedule.destroy()
    assert omise.Schedule.from_data({"object": "schedule", "status": "deleted"}).destroyed


def test_of_a_customer(omise_sandbox: Sandbox, customer: omise.Customer, schedule: omise.Schedule) -> None:
    """The customer's schedules, fetched when they are read."""
    with asked(omise_sandbox) as made:
        assert list(customer.schedules) == [schedule]
        assert isinstance(customer.schedules[0], omise.Schedule)
    assert made == [f"GET /customers/{customer.id}/schedules"]
    assert customer.schedules(order="reverse_chronological").data == [schedule]


def test_older_versions(omise_sandbox: Sandbox, schedule: omise.Schedule) -> None:
    """They call it active, and the dates otherwise; those are text there, as they come."""
    omise.api_version = "2017-11-02"
    old = omise.Schedule.retrieve(schedule)

    assert (old.status, old["start_date"], old["end_date"]) == ("active", tomorrow().isoformat(), "2099-12-31")
    assert not old.destroyed
