"""The moment by which all that a call does has to end: its tries, pauses, hidden requests and slow answers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from ..checks import check_deadline
from ..discretion import checked, hidden


class Deadline(NamedTuple):
    """A moment of `time.monotonic`, and how many seconds it was away when the call began."""

    moment: float
    seconds: float

    @classmethod
    def of(cls, value: Any) -> Deadline | None:
        """Return the deadline that is *value* seconds from now; one that began before is kept, and None is none."""
        if value is None or isinstance(value, cls):
            return value
        value = hidden(value)
        seconds = checked(check_deadline, "deadline", value)
        return None if seconds is None else cls(time.monotonic() + seconds, seconds)

    @property
    def left(self) -> float:
        """The seconds that are left, 0 or more."""
        return max(0.0, self.moment - time.monotonic())

    def do(self, work: Callable[[], object], give_up: Callable[[], object]) -> None:
        """
        Do *work*; if it is not done by then, raise TimeoutError, and call *give_up* when it is.

        It is done in a thread: a name that is looked up, or one address tried after another, cannot be interrupted.
        """
        lock, failures, state = threading.Lock(), [], {"done": False, "late": False}

        def run() -> None:
            try:
                work()
            except Exception as failure:
                failures.append(failure)
            with lock:
                state["done"] = True
            if state["late"]:
                give_up()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        thread.join(self.left)
        with lock:
            state["late"] = not state["done"]
        if state["late"]:
            raise TimeoutError("timed out: the deadline passed")
        if failures:
            raise failures[0]
