"""``omise trigger``: what makes an event happen."""

import pytest

import omise
from omise.cli.trigger import FLOWS
from omise.sandbox import Sandbox

from .conftest import Typed


@pytest.mark.parametrize("event", sorted(FLOWS))
def test_each_event_happens(typed: Typed, omise_sandbox: Sandbox, event: str) -> None:
    """From nothing, and its id is told, for `omise listen --replay`."""
    said = typed("trigger", event)

    assert said.status == 0, said.err
    happened = {each.id for each in omise.Event.list() if each.key == event}
    assert said.out.splitlines()[-1].split() == [event, *happened]


def test_no_money_moves(typed: Typed, omise_sandbox: Sandbox) -> None:
    """With a live key nothing is sent."""
    omise.secret_api_key, omise.public_api_key = "skey_5example00000000live", "pkey_5example00000000live"
    said = typed("trigger", "charge.create")

    assert (said.status, omise_sandbox.requests) == (1, [])
    assert said.err.startswith("omise: the key is a live one, and money would move\n")


def test_an_event_that_is_unknown_is_refused(typed: Typed) -> None:
    """With the nearest of those that there are; the help lists them all."""
    near, far = typed("trigger", "charge.creat"), typed("trigger", "nonsense")
    listed = typed("trigger", "--help").out

    assert (near.status, far.status) == (2, 2)
    assert near.err.startswith(
        "omise: 'charge.creat' is no event that can be made to happen; did you mean charge.create?"
    )
    assert far.err == "omise: 'nonsense' is no event that can be made to happen\nSee omise trigger --help\n"
    assert all(event in listed for event in FLOWS)


def test_an_event_that_did_not_come_is_told(
    typed: Typed, omise_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rather than nothing."""
    monkeypatch.setitem(FLOWS, "charge.create", omise.Customer.create)
    said = typed("trigger", "charge.create")

    assert said.status == 1
    assert said.err.startswith("omise: no event charge.create came of it\n")


def test_an_event_from_before_is_not_taken_for_it(
    typed: Typed, omise_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what happened after the command began came of it."""
    typed("trigger", "charge.create")
    monkeypatch.setitem(FLOWS, "charge.create", omise.Customer.create)

    assert typed("trigger", "charge.create").status == 1
