"""What a schedule can repeat: the builder on the class, the schedule on the record."""

from typing import Any

import pytest

import omise
from omise.sandbox import Sandbox

from ..stubs import Stub

FIELDS = {"customer": "cust_1", "amount": 100_00, "currency": "thb"}


@pytest.mark.parametrize("build", [lambda: omise.Charge.schedule(**FIELDS), lambda: omise.Charge.schedule(FIELDS | {})])
def test_the_class_gives_a_builder(build: Any) -> None:
    """Of what `create` takes, as keyword arguments or a dict; nothing is sent."""
    assert isinstance(build(), omise.Scheduler)
    assert build().to_attributes() == {"charge": FIELDS}
    assert omise.Transfer.schedule({"recipient": "recp_1"}, amount=5).to_attributes() == {
        "transfer": {"recipient": "recp_1", "amount": 5}
    }


def test_the_builder_of_a_client_uses_its_account(omise_sandbox: Sandbox) -> None:
    """The schedule is made there, and stays there."""
    shop = omise_sandbox.client()
    customer = shop.Customer.create(card=omise_sandbox.card())
    build = shop.Charge.schedule(customer=customer, amount=100_00, currency="thb")
    schedule = build.days().end_date("2099-12-31").start()

    assert omise_sandbox.requests[-1].used_key(str(shop.config.secret_api_key))
    assert isinstance(schedule, shop.Schedule)
    assert list(shop.Charge.list_schedules()) == [schedule]
    assert len(omise.Charge.list_schedules()) == 0


def test_the_record_gives_its_schedule() -> None:
    """A Schedule that is fetched when more than its id is read; None where there is none."""
    answers = {
        "/charges/chrg_1": {"object": "charge", "id": "chrg_1", "schedule": "schd_1"},
        "/charges/chrg_2": {"object": "charge", "id": "chrg_2", "schedule": None},
        "/schedules/schd_1": {"object": "schedule", "id": "schd_1", "period": "day"},
    }
    stub = Stub(lambda sent: answers[sent.path])
    charge = stub.client().Charge.retrieve("chrg_1")

    assert isinstance(charge.schedule, omise.Schedule)
    assert (charge.schedule.id, len(stub.sent)) == ("schd_1", 1)
    assert (charge.schedule.period, len(stub.sent)) == ("day", 2)
    assert stub.client().Charge.retrieve("chrg_2").schedule is None


def test_an_answer_without_a_schedule() -> None:
    """Older versions know none: an AttributeError, as of any field that is not there."""
    charge = omise.Charge.from_data({"object": "charge", "id": "chrg_1"})
    stub = Stub(lambda sent: {"object": "charge", "id": "chrg_1"})

    with pytest.raises(AttributeError, match="no attribute 'schedule'"):
        charge.schedule  # noqa: B018 - reading it is what is tried
    with pytest.raises(AttributeError, match="no attribute 'schedule'"):
        stub.client().Charge.retrieve("chrg_1").schedule  # noqa: B018


def test_list_schedules_passes_its_parameters_on(omise_sandbox: Sandbox) -> None:
    """As every list; the pages that follow are asked for in the same place."""
    customer = omise.Customer.create(card=omise_sandbox.card())
    build = omise.Charge.schedule(customer=customer, amount=100_00, currency="thb").end_date("2099-12-31")
    schedules = [build.months(on=day).start() for day in (1, 2, 3)]
    page = omise.Charge.list_schedules(limit=2, order="reverse_chronological")

    assert list(page) == schedules[::-1]
    assert {request.path for request in omise_sandbox.requests[-2:]} == {"/charges/schedules"}
    assert omise_sandbox.requests[-1].params["order"] == "reverse_chronological"
    assert len(omise.Transfer.list_schedules()) == 0
