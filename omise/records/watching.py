"""The writes that a call has under way, for a task that may be cancelled: then none is begun, and none forgotten."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

from ..errors import APIConnectionError


class Watch:
    """The writes of one piece of work, which another thread may cancel."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._cancelled = False
        self.under_way: str | None = None
        """The write that is on its way now, such as ``POST /charges``."""
        self.done: list[str] = []
        """The writes that came to an end, in order."""

    @contextmanager
    def write(self, what: str) -> Generator[None]:
        """Note that the write *what* is on its way; raises `APIConnectionError` if the work was cancelled before."""
        with self._lock:
            if self._cancelled:
                raise APIConnectionError(f"{what} was not sent: the task that asked for it was cancelled")
            self.under_way = what
        try:
            yield
        finally:
            with self._lock:
                self.under_way = None
                self.done.append(what)

    def cancel(self) -> bool:
        """Let no further write begin, and tell whether one is on its way."""
        with self._lock:
            self._cancelled = True
            return self.under_way is not None


watching: ContextVar[Watch | None] = ContextVar("omise_watch", default=None)
"""Who wants to know of the writes of this thread or task."""
