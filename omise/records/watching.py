"""The requests that a call makes, for a task that may be cancelled: then none is begun, and no write is forgotten."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

from ..errors import APIConnectionError


class Watch:
    """The requests of one piece of work, which another thread may cancel."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._cancelled = False
        self._may_be_left = False
        self._what, self._writes = "", False
        self.writing: str | None = None
        """The write that is on its way now, such as ``POST /charges``."""
        self.written: list[str] = []
        """The writes that came to an end, in order."""

    @contextmanager
    def request(self, what: str, *, writes: bool) -> Generator[None]:
        """Note that the request *what* is on its way; raises `APIConnectionError` if the work was cancelled before."""
        self._what, self._writes = what, writes
        self.go()
        try:
            yield
        finally:
            with self._lock:
                self.written += [what] if self.writing else []
                self._may_be_left, self.writing = False, None

    def hold(self) -> None:
        """Note that the request waits for its turn: as long as it does, a write is not on its way. Raises as `go`."""
        with self._lock:
            self._may_be_left, self.writing = True, None
            self._refuse_cancelled()

    def go(self) -> None:
        """Note that the request goes on; raises `APIConnectionError` if the work was cancelled meanwhile."""
        with self._lock:
            self._refuse_cancelled()
            self._may_be_left, self.writing = not self._writes, self._what if self._writes else None

    def _refuse_cancelled(self) -> None:
        if self._cancelled:
            raise APIConnectionError(f"{self._what} was not sent: the task that asked for it was cancelled")

    def cancel(self) -> bool:
        """Let no further request begin, and tell whether to wait for the work, since it is about to say of a write."""
        with self._lock:
            self._cancelled = True
            return self.writing is not None or (bool(self.written) and not self._may_be_left)


watching: ContextVar[Watch | None] = ContextVar("omise_watch", default=None)
"""Who wants to know of the requests of this thread or task."""
