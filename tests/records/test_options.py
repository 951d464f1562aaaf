"""What one call may say for itself; and the deadline that all its parts share."""

from __future__ import annotations

import time
from typing import Any

import pytest

import omise
from omise.errors import ConfigurationError, Error
from omise.records.options import OPTIONS, Options
from omise.sandbox import Sandbox
from omise.wire.deadlines import Deadline
from omise.wire.request import Request


@pytest.fixture
def asked(omise_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    """The requests of the default client."""
    sent: list[Request] = []
    transport = omise.client.default_client.transport
    real = transport.send
    monkeypatch.setattr(transport, "send", lambda request: sent.append(request) or real(request))
    return sent


def test_options_show_no_value() -> None:
    """They hold keys."""
    assert repr(Options("skey_test_x", 5, "order 7")) == "Options(key=…, timeout=…, idempotency_key=…)"


def test_options_are_told_from_parameters() -> None:
    """By their names; none of them is one of the API's."""
    options, rest = Options.split({**dict.fromkeys(OPTIONS), "amount": 1})
    assert (options, rest) == (Options(), {"amount": 1})

    options, rest = Options.split({"deadline": 5, "amount": 1})
    assert options.deadline is not None
    assert options.deadline.seconds == 5


@pytest.mark.parametrize("value", [0, "soon", True])
def test_a_deadline_that_is_none_is_refused_before_anything_is_sent(omise_sandbox: Sandbox, value: Any) -> None:
    """In a call, and as a setting."""
    with pytest.raises(ConfigurationError, match="deadline must be"):
        omise.Customer.create(deadline=value)
    with pytest.raises(ConfigurationError, match="deadline must be"):
        omise.deadline = value

    assert omise_sandbox.requests == []


@pytest.mark.parametrize("where", ["call", "setting"])
def test_hidden_requests_share_the_deadline(omise_sandbox: Sandbox, asked: list[Request], where: str) -> None:
    """The token of a card, and what is asked before and after, end with the call that needed them."""
    if where == "setting":
        omise.deadline = 60
    said: dict[str, Any] = {"deadline": 60} if where == "call" else {}
    customer = omise.Customer.create(card=omise_sandbox.card(), **said)
    assert [request.path for request in asked] == ["/tokens", "/customers"]
    assert len({request.deadline for request in asked}) == 1

    asked.clear()
    customer.cards.create(omise_sandbox.card("5555555555554444"), **said)
    assert len(asked) > 1
    assert len({request.deadline for request in asked}) == 1


def test_pages_share_the_deadline_of_their_list(asked: list[Request]) -> None:
    """All that is walked through ends by then; the deadline of the settings is for each page."""
    for _ in range(3):
        omise.Customer.create()
    asked.clear()
    assert len([*omise.Customer.list(limit=1, deadline=60)]) == 3
    assert len(asked) == 3
    assert len({request.deadline for request in asked}) == 1

    asked.clear()
    omise.deadline = 60
    assert len([*omise.Customer.list(limit=1)]) == 3
    assert len({request.deadline for request in asked}) == 3


def test_a_walk_ends_at_the_deadline(omise_sandbox: Sandbox) -> None:
    """It raises, and sends nothing more."""
    for _ in range(3):
        omise.Customer.create()
    page = omise.Customer.list(limit=1, deadline=60)
    page._deadline = Deadline(time.monotonic() - 1, 60)
    before = len(omise_sandbox.requests)

    with pytest.raises(Error, match="the deadline passed before it was sent"):
        list(page)
    assert len(omise_sandbox.requests) == before


def test_the_time_of_a_schedule_begins_when_it_is_started(omise_sandbox: Sandbox, asked: list[Request]) -> None:
    """Not when its builder was made."""
    customer = omise.Customer.create(card=omise_sandbox.card())
    end = omise_sandbox.clock.now().date().replace(year=omise_sandbox.clock.now().year + 1)
    builder = omise.Charge.schedule(customer=customer, amount=100_00, currency="thb", deadline=60).days().end_date(end)
    later = time.monotonic()
    builder.start()

    assert asked[-1].deadline is not None
    assert asked[-1].deadline.moment >= later + 60
