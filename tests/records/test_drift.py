"""Answers that are no longer what the classes declare."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

import omise
from omise.records import drift
from omise.sandbox import Sandbox
from omise.wire import transport

from ..resources.test_fields import play
from ..stubs import Stub

CARD = {
    "object": "card",
    "id": "card_test_1",
    "livemode": False,
    "location": None,
    "deleted": False,
    **dict.fromkeys(("street1", "street2", "city", "state", "phone_number", "postal_code", "tokenization_method")),
    **dict.fromkeys(("country", "financing", "bank", "brand", "fingerprint", "last_digits", "name"), "x"),
    "first_digits": None,
    "expiration_month": 8,
    "expiration_year": 2035,
    "security_code_check": True,
    "created_at": "2026-01-01T00:00:00Z",
}


@pytest.fixture(autouse=True)
def stopped() -> Iterator[None]:
    """No test is watched by another's watcher."""
    yield
    drift.stop()


def told(body: Any) -> list[str]:
    """What is told of each object in *body*."""
    return sorted(str(each) for data in drift.objects(body) for each in drift.drifts(data))


def test_a_sandbox_does_not_drift(caplog: pytest.LogCaptureFixture) -> None:
    """Whatever is done with every resource, nothing is logged."""
    drift.watch(every=1)
    with Sandbox() as sandbox:
        for each in play(sandbox):
            assert each is not None

    assert logged(caplog) == []


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"colour": "blue"}, "card.colour is new: text"),
        ({"limits": {"a": 1}}, "card.limits is new: object"),
        ({"expiration_month": "8"}, "card.expiration_month is text, and not whole number"),
        ({"expiration_month": 8.5}, "card.expiration_month is fraction, and not whole number"),
        ({"security_code_check": 1}, "card.security_code_check is whole number, and not boolean"),
        ({"created_at": 1767225600}, "card.created_at is whole number, and not text"),
        ({"brand": None}, "card.brand is null, and not text"),
        ({"city": []}, "card.city is list, and not null or text"),
    ],
)
def test_a_field_is_told_by_its_name_and_type(change: dict[str, Any], line: str) -> None:
    """New, or of another type; nothing of its value."""
    assert told({**CARD, **change}) == [line]


def test_a_missing_field_is_told() -> None:
    """But not of a record that is gone."""
    less = {name: value for name, value in CARD.items() if name != "bank"}

    assert told(CARD) == []
    assert told(less) == ["card.bank is missing"]
    assert told({"object": "card", "id": "card_test_1", "deleted": True}) == []


@pytest.mark.parametrize(
    "name",
    [
        "authorization_type",
        "authorized_amount",
        "captured_amount",
        "authenticated_by",
        "merchant_advice_code",
        "missing_3ds_fields",
    ],
)
def test_a_field_that_not_every_charge_has_is_not_missing(omise_sandbox: Sandbox, name: str) -> None:
    """What is shown in lists, to some accounts, or of some charges alone."""
    omise.Charge.create(amount=100_00, currency="thb", card=omise_sandbox.card())
    (charge,) = omise.Charge.list().to_dicts()
    charge.pop(name, None)

    assert told(charge) == []


def test_objects_are_found_at_any_depth() -> None:
    """In lists and other objects, but not in metadata, nor in an event, whose data is of the account's version."""
    card = {**CARD, "colour": "blue"}
    page = {"object": "list", "data": [{"object": "unheard_of", "card": card}]}

    assert told(page) == ["card.colour is new: text"]
    assert told({"object": "unheard_of", "metadata": {"card": card}}) == []
    assert not any(line.startswith("card.") for line in told({"object": "event", "data": card}))


@pytest.mark.parametrize("body", [None, [], "text", {"object": 1}, {"object": ["card"]}, {"object": {}}])
def test_odd_answers_are_passed_over(body: Any) -> None:
    """Whatever the API says, comparing it raises nothing."""
    assert told(body) == []


def test_a_deep_answer_is_passed_over() -> None:
    """It goes on to whoever asked, as it is."""
    body: Any = {}
    for _ in range(5000):
        body = {"a": [body]}

    assert told(body) == []


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "omise.drift"]


def test_a_field_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    """However many answers have it; the answer is what it was."""
    answer = {**CARD, "colour": "blue"}
    client = Stub(lambda sent: answer).client()
    drift.watch(every=1)
    cards = [client.request("GET", "/anything") for _ in range(3)]

    assert logged(caplog) == ["card.colour is new: text"]
    assert [record.levelno for record in caplog.records if record.name == "omise.drift"] == [logging.WARNING]
    assert [card.colour for card in cards] == ["blue"] * 3


def test_one_of_so_many_is_compared(caplog: pytest.LogCaptureFixture) -> None:
    """The first, and then every third of its kind."""
    answers = iter([{**CARD, f"field_{place}": 1} for place in range(7)])
    client = Stub(lambda sent: next(answers)).client()
    drift.watch(every=3)
    for _ in range(7):
        client.request("GET", "/anything")

    assert logged(caplog) == [f"card.field_{place} is new: whole number" for place in (0, 3, 6)]


def test_other_versions_are_not_compared(caplog: pytest.LogCaptureFixture) -> None:
    """The classes declare the fields of the version that is asked for by default."""
    drift.watch(every=1)
    with Sandbox() as sandbox:
        omise.api_version = "2015-11-17"
        omise.Charge.create(amount=100_00, currency="thb", card=sandbox.card())

    assert logged(caplog) == []


def test_it_is_off_unless_it_is_switched_on() -> None:
    """And nothing is called then."""
    assert transport.on_answer is None
    drift.watch()
    assert transport.on_answer is not None
    drift.stop()
    assert transport.on_answer is None


@pytest.mark.parametrize("every", [0, -1, 1.5, True, "2"])
def test_nonsense_is_refused(every: Any) -> None:
    """One of how many is a whole number."""
    with pytest.raises(ValueError, match="every is a whole number"):
        drift.watch(every)
