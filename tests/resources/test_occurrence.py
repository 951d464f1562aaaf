"""Occurrences: the runs of a schedule."""

from datetime import datetime, timezone

import pytest

import omise
from omise.sandbox import Sandbox

from .calls import asked, last


@pytest.fixture
def occurrence(omise_sandbox: Sandbox, customer: omise.Customer) -> omise.Occurrence:
    """The first run of a daily schedule, which is made at once."""
    build = omise.Charge.schedule(customer=customer, amount=100_00, currency="thb").days().end_date("2099-12-31")
    return build.start().occurrences[0]  # type: ignore[no-any-return]


def test_retrieve_and_reload(omise_sandbox: Sandbox, occurrence: omise.Occurrence) -> None:
    """By id or record; there is no list of all of them."""
    assert omise.Occurrence.retrieve(occurrence.id) == omise.Occurrence.retrieve(occurrence) == occurrence
    assert last(omise_sandbox) == ("GET", f"/occurrences/{occurrence.id}", {})
    assert occurrence.reload() is occurrence

    assert (occurrence.status, occurrence.message, occurrence.retry_on) == ("successful", None, None)
    assert occurrence.scheduled_on == datetime.now(timezone.utc).date()
    assert isinstance(occurrence.processed_at, datetime)
    assert repr(occurrence).startswith(f"<Occurrence {occurrence.id} scheduled_on='20")
    assert not hasattr(omise.Occurrence, "list")
    with pytest.raises(TypeError, match="takes the id of the occurrence"):
        omise.Occurrence.retrieve()


def test_schedule_and_result(omise_sandbox: Sandbox, occurrence: omise.Occurrence) -> None:
    """Records of their types, fetched once when more than the id is read."""
    with asked(omise_sandbox) as made:
        assert isinstance(occurrence.schedule, omise.Schedule)
        assert isinstance(occurrence.result, omise.Charge)
        assert occurrence.result == occurrence["result"]
    assert made == []

    with asked(omise_sandbox) as made:
        assert occurrence.schedule.period == "day"
        assert (occurrence.result.amount, occurrence.result.paid) == (100_00, True)
        assert occurrence.result.schedule == occurrence.schedule
    assert made == [
        f"GET /schedules/{occurrence.attributes['schedule']}",
        f"GET /charges/{occurrence.attributes['result']}",
    ]


def test_a_run_that_failed(omise_sandbox: Sandbox) -> None:
    """It says why, and when it is tried again."""
    card = omise_sandbox.card_token("4111111111140011")
    customer = omise.Customer.create(card=card)
    build = omise.Charge.schedule(customer=customer, amount=100_00, currency="thb").days().end_date("2099-12-31")
    run = build.start().occurrences[0]

    assert run.status == "failed"
    assert run.message
    assert run.retry_on > run.scheduled_on


def test_expand(omise_sandbox: Sandbox, occurrence: omise.Occurrence) -> None:
    """With `expand` schedule and result come along."""
    found = omise.Occurrence.retrieve(occurrence, expand=True)
    with asked(omise_sandbox) as made:
        assert found.schedule is not None
        assert found.schedule.period == "day"
        assert found.result.amount == 100_00

    assert made == []
