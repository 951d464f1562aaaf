"""`omise.records.watching`: which writes are on their way, and that none begins after a cancellation."""

from collections.abc import Iterator
from contextlib import suppress

import pytest

import omise
from omise.records.watching import Watch, watching


@pytest.fixture
def watch() -> Iterator[Watch]:
    """A watch over this thread."""
    watch = Watch()
    token = watching.set(watch)
    yield watch
    watching.reset(token)


def test_writes_are_noted_and_reads_are_not(omise_sandbox: omise.sandbox.Sandbox, watch: Watch) -> None:
    """Each write by method and path, once it came to an end; a token, which nobody can use unseen, is no write."""
    customer = omise.Customer.create(card=omise_sandbox.card())
    customer.reload().update(email="a@b.co")
    [*omise.Customer.list()]
    customer.destroy()

    path = f"/customers/{customer.id}"
    assert watch.written == ["POST /customers", f"PATCH {path}", f"DELETE {path}"]
    assert watch.writing is None


def test_nothing_begins_after_a_cancellation(omise_sandbox: omise.sandbox.Sandbox, watch: Watch) -> None:
    """It is refused before it is sent, and so is what would only be read: nobody waits for it."""
    assert watch.cancel() is False
    count = len(omise_sandbox.requests)

    with pytest.raises(omise.APIConnectionError, match="POST /customers was not sent: the task"):
        omise.Customer.create()
    with pytest.raises(omise.APIConnectionError, match="GET /balance was not sent"):
        omise.Balance.retrieve()
    assert len(omise_sandbox.requests) == count


def test_a_write_that_fails_came_to_an_end_too(omise_sandbox: omise.sandbox.Sandbox, watch: Watch) -> None:
    """Whether it was carried out is what the error says."""
    with pytest.raises(omise.APIError):
        omise.Customer.create(card="tokn_test_0")

    assert watch.written == ["POST /customers"]
    with watch.request("POST /charges", writes=True):
        assert watch.cancel() is True
        assert watch.writing == "POST /charges"


def test_a_cancelled_work_is_waited_for_if_it_wrote(watch: Watch) -> None:
    """While a write is on its way, and after it until it said what came of it; not while something is only read."""
    assert watch.cancel() is False
    for writes, expected in ((True, True), (False, False)):
        other = Watch()
        with other.request("POST /charges", writes=writes):
            assert other.cancel() is expected
    wrote = Watch()
    with wrote.request("POST /charges", writes=True):
        pass
    with wrote.request("GET /charges", writes=False):
        assert wrote.cancel() is False
    assert wrote.cancel() is True


def test_a_write_that_waits_for_its_turn_can_be_called_off() -> None:
    """It is not on its way until it goes on, and was none if it did not."""
    watch = Watch()
    with suppress(ZeroDivisionError), watch.request("POST /charges", writes=True):
        watch.hold()
        assert watch.cancel() is False
        with pytest.raises(omise.APIConnectionError, match="POST /charges was not sent: the task"):
            watch.go()
        raise ZeroDivisionError
    assert watch.written == []

    other = Watch()
    with other.request("POST /charges", writes=True):
        other.hold()
        other.go()
        assert other.cancel() is True
    assert other.written == ["POST /charges"]


def test_what_waits_for_its_turn_is_called_off_while_it_waits() -> None:
    """The next look says so; what was carried out before need not be waited for."""
    watch = Watch()
    with watch.request("POST /customers", writes=True):
        pass
    with suppress(ZeroDivisionError), watch.request("POST /charges", writes=True):
        watch.hold()
        assert watch.cancel() is False
        with pytest.raises(omise.APIConnectionError, match="POST /charges was not sent: the task"):
            watch.hold()
        raise ZeroDivisionError
    assert watch.written == ["POST /customers"]
