"""Before the first write with a live key: a question."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from hashlib import sha256

from ..checks import is_live
from ..errors import Error
from ..wire import transport
from ..wire.request import Request


class NotSent(Error):
    """A write with a live key that was not sent: nobody said yes."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows of it: who said no knows where it comes from."""
        return [f"{type(self).__name__}: {self}"]


@contextmanager
def asking(ask: Callable[[str], bool] | None) -> Generator[None, None, None]:
    """
    Have *ask* say yes before the first write with each live key in the block, of whichever client; else it is not sent.

    None refuses all of them, where there is nobody to ask. The refused write raises `NotSent`.
    """
    allowed: set[bytes] = set()

    def look(request: Request) -> None:
        mark = sha256(request.key.encode()).digest()
        if request.is_read or not is_live(request.key) or mark in allowed:
            return
        what = f"{request.method} {request.path} with a live key, the first write of this session"
        if ask is None or not ask(what):
            raise NotSent(f"{request.method} {request.path} was not sent: the key is a live one, and nobody said yes")
        allowed.add(mark)

    before, transport.before_sending = transport.before_sending, look
    try:
        yield
    finally:
        transport.before_sending = before
