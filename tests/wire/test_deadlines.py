"""The moment by which a call has to end."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from omise.errors import ConfigurationError
from omise.wire.deadlines import Deadline


def test_it_begins_with_the_call() -> None:
    """Seconds become a moment; what was begun before is kept."""
    deadline = Deadline.of(60)

    assert deadline is not None
    assert 59 < deadline.left <= 60
    assert Deadline.of(deadline) is deadline
    assert Deadline.of(None) is None
    assert Deadline(time.monotonic() - 9, 1).left == 0


@pytest.mark.parametrize("value", [0, -1, True, "5", float("nan"), float("inf"), (1, 2)])
def test_what_is_no_time_is_refused(value: Any) -> None:
    """Before anything is sent, and with its name."""
    with pytest.raises(ConfigurationError, match="deadline must be seconds above 0, or None"):
        Deadline.of(value)


def test_work_in_time_is_done_or_fails_as_it_would() -> None:
    """With its own exception."""
    done: list[str] = []
    Deadline(time.monotonic() + 5, 5).do(lambda: done.append("work"), lambda: done.append("given up"))
    assert done == ["work"]

    with pytest.raises(ZeroDivisionError):
        Deadline(time.monotonic() + 5, 5).do(lambda: 1 / 0, lambda: None)


def test_work_that_takes_too_long_is_undone_when_it_ends() -> None:
    """It is not waited for."""
    end, undone = threading.Event(), threading.Event()

    with pytest.raises(TimeoutError):
        Deadline(time.monotonic() + 0.05, 0.05).do(lambda: end.wait(5), undone.set)
    assert not undone.is_set()

    end.set()
    assert undone.wait(5)
