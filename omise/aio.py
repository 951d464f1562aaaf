"""
Asynchronous code: calls run in threads of a bounded pool, with the context of the task that awaits them.

::

    from omise import aio

    customer = await aio(omise.Customer.retrieve, customer_id)
    await aio(customer.update, description="…")
    async for charge in aio.each(omise.Charge.list(from_=yesterday)):
        …
    charges = await aio.gather(*(partial(omise.Charge.retrieve, id) for id in ids))
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import Context, copy_context
from functools import partial
from itertools import islice
from types import ModuleType
from typing import Any, Literal, ParamSpec, TypeVar, overload

from .records.listing import USUAL_PAGE, List
from .records.watching import Watch, watching

P = ParamSpec("P")
T = TypeVar("T")

MOST_AT_ONCE = 10
"""Calls at once, the most that the API recommends.  Source: https://docs.omise.co/api-rate-limits (inferred)"""

log: logging.Logger = logging.getLogger("omise")


class Aio:
    """
    Awaits calls that run in at most *most* threads; ``omise.aio`` is one, with ten, that all tasks of a process share.

    A task that is cancelled lets go of a read. A write that is on its way is finished first, and what became of it is
    in the notes of the `asyncio.CancelledError` and in the log; one that was not sent yet is not sent any more.
    """

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self._most = most
        self._pool: ThreadPoolExecutor | None = None
        self._process = 0

    async def __call__(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """
        Call *function* in a thread, and return what it returns or raise what it raises.

        The task's context goes along, so that a block of `omise.using` holds.
        """
        return await self._run(copy_context(), partial(function, *args, **kwargs))

    async def each(self, records: Iterable[T]) -> AsyncIterator[T]:
        """Yield the records of a list or search, all pages of it; they are fetched in a thread as they are needed."""
        context = copy_context()
        iterator = await self._run(context, lambda: iter(records))
        size = records.limit if isinstance(records, List) else USUAL_PAGE
        while page := await self._run(context, lambda: [*islice(iterator, size)]):
            for record in page:
                yield record

    @overload
    async def gather(self, *calls: Callable[[], T], return_exceptions: Literal[False] = False) -> list[T]: ...
    @overload
    async def gather(self, *calls: Callable[[], T], return_exceptions: Literal[True]) -> list[T | BaseException]: ...
    async def gather(self, *calls: Callable[[], Any], return_exceptions: bool = False) -> list[Any]:
        """
        Make *calls*, which take nothing, at once, as many as there are threads; return what each returned, in order.

        *return_exceptions* gives what a call raised in its place, as `asyncio.gather` does; otherwise the first of them
        is raised, and the others go on.
        """
        return await asyncio.gather(*map(self, calls), return_exceptions=return_exceptions)

    async def _run(self, context: Context, work: Callable[[], T]) -> T:
        watch = Watch()
        # A future of our own, not the loop's: cancelling that one would leave nobody to say what became of the work.
        running = self._threads().submit(context.run, _watched, watch, work)
        awaited = asyncio.wrap_future(running)
        try:
            return await asyncio.shield(awaited)
        except asyncio.CancelledError as cancelled:
            if running.cancelled() or running.cancel():
                _note(cancelled, "The call was not made.")
            elif not awaited.done() or awaited.cancelled():
                await self._let_go(cancelled, watch, running, awaited)
            raise

    async def _let_go(
        self, cancelled: asyncio.CancelledError, watch: Watch, running: Future[Any], awaited: asyncio.Future[Any]
    ) -> None:
        """Leave the work to itself, but for a write that is on its way, which is waited for."""
        if watch.cancel():
            while not awaited.done():
                try:
                    await asyncio.wait([awaited])
                except asyncio.CancelledError:
                    continue  # still on its way: to leave now would lose it
            error = awaited.exception()
            became = f"raised {type(error).__name__}: {error}" if error else f"returned {awaited.result()!r}"
            _note(cancelled, f"{', '.join(watch.written)} was on its way, and was finished: the call {became}")
        else:
            awaited.add_done_callback(_take_exception)
            for what in watch.written:
                _note(cancelled, f"{what} had been carried out before.")

    def _threads(self) -> ThreadPoolExecutor:
        if self._pool is None or self._process != os.getpid():  # threads do not survive a fork
            self._pool, self._process = ThreadPoolExecutor(self._most, thread_name_prefix="omise"), os.getpid()
        return self._pool


def _watched(watch: Watch, work: Callable[[], T]) -> T:
    token = watching.set(watch)
    try:
        return work()
    finally:
        watching.reset(token)


def _take_exception(future: asyncio.Future[Any]) -> None:
    """Look at what a call that nobody waits for any more raised, or asyncio would complain of it."""
    if not future.cancelled():
        future.exception()


def _note(error: BaseException, text: str) -> None:
    log.warning("cancelled: %s", text)
    if sys.version_info >= (3, 11):
        error.add_note(text)
    else:
        vars(error).setdefault("__notes__", []).append(text)


aio: Aio = Aio()
each, gather = aio.each, aio.gather


class _Callable(ModuleType):
    """A module that is called as its `aio` is, so that ``await aio(…)`` reads the same however it was imported."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return aio(*args, **kwargs)


sys.modules[__name__].__class__ = _Callable
