"""
The limits of a client: how many of its requests are on their way at once, and how many go in a second.

Its threads wait here for their turn, in the order in which they came; other processes' requests are counted where a
file or a redis is named. A fork begins anew: the limits of the parent, and who waits for them, are its own.
"""

from __future__ import annotations

import logging
import math
import os
import random
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from ..checks import is_loopback
from ..config import Config
from ..redaction import redact_text
from .deadlines import Deadline
from .metering import Limits, Meter
from .request import Request, Watcher
from .sharing import LEASE, Shared, shared_by

T = TypeVar("T")

VAULT_SHARE = 0.25
"""What the vault gets of the limits: the API documents that it allows far fewer calls there."""

POLL = 0.02
"""Seconds until another look at whether a process has given a place back, about."""

OUTAGE = 30.0
"""Seconds until what the processes share is tried again, once it failed."""

MOST_KEPT = 16
"""How many limiters a client keeps: addresses and settings hardly ever change."""

log: logging.Logger = logging.getLogger("omise")


class Held(Exception):
    """A request is not sent, since it would have to wait for longer than its deadline leaves."""

    def __init__(self, seconds: float | None, deadline: Deadline) -> None:
        wait = "until another one is over" if seconds is None else f"{seconds:.2f} s"
        super().__init__(
            f"nothing was sent: it would have to wait {wait} for this client's limits (max_concurrency, "
            f"requests_per_second), and the deadline leaves {deadline.left:.2f} s"
        )


class Turn:
    """One try's place among the others: taken when it goes to the network, if it does, and given back after it."""

    __slots__ = ("_deadline", "_entered", "_held", "_limiter", "_watcher", "waited")

    def __init__(self, limiter: Limiter, deadline: Deadline | None, watcher: Watcher | None) -> None:
        self._limiter, self._deadline, self._watcher = limiter, deadline, watcher
        self._entered = self._held = False
        self.waited: float = 0.0
        """Seconds that were waited for it."""

    def enter(self) -> None:
        """Wait until the request may go; raises `Held` if that is later than its deadline."""
        if not self._entered:
            self._entered = True  # first: what interrupts the rest, leaves too
            self._limiter.enter(self, self._deadline)
            if self._held and self._watcher is not None:
                self._watcher.go()

    def hold(self) -> None:
        """Say that it has to wait; raises what says that it was called off."""
        self._held = True
        if self._watcher is not None:
            self._watcher.hold()

    def leave(self) -> None:
        """Let others have the place."""
        if self._entered:
            self._limiter.leave(self)


class Limiter:
    """The limits of one host, for the threads of this process, and with *shared* for other processes too."""

    def __init__(
        self,
        limits: Limits,
        shared: Shared | None = None,
        host: str = "api",
        *,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[threading.Condition, float | None], object] = threading.Condition.wait,
    ) -> None:
        self.limits: Limits = limits
        self.meter: Meter = Meter()
        self._shared, self._host, self._mark = shared, host, os.urandom(4).hex()
        self._clock, self._pause = clock, pause
        self._lock = threading.Lock()
        self._queue: deque[threading.Condition] = deque()
        self._outage_until: float | None = None

    def turn(self, deadline: Deadline | None, watcher: Watcher | None = None) -> Turn:
        """Return a place for a request that is to end by *deadline*, which is taken by `Turn.enter`."""
        return Turn(self, deadline, watcher)

    def enter(self, turn: Turn, deadline: Deadline | None) -> None:
        """Have *turn* wait until its request may go."""
        with self._lock:
            if self._queue or not self.meter.begin(turn, self._clock(), self.limits):
                self._wait(turn, deadline)
        if self._shared is not None:
            turn.waited += self._enter_shared(turn, deadline)

    def leave(self, turn: Turn) -> None:
        """Note that the request of *turn* is over, so that the next one may go."""
        with self._lock:
            self.meter.end(turn)
            if self._queue:
                self._queue[0].notify()
        if self._shared is not None:
            self._share(lambda meter, now: meter.end(self._name(turn)))

    def slow_down(self, seconds: float | None) -> None:
        """Heed a 429, which asks for as many *seconds* without a request."""
        with self._lock:
            self.meter.slow_down(self._clock(), seconds)
        self._share(lambda meter, now: meter.slow_down(now, seconds))

    def close(self) -> None:
        """Close the connections to what the processes share."""
        if self._shared is not None:
            self._shared.close()

    def _wait(self, turn: Turn, deadline: Deadline | None) -> None:
        """Wait, at the end of the queue, until there is a place; the lock is held before and after, not meanwhile."""
        meter, limits, me = self.meter, self.limits, threading.Condition(self._lock)
        began = now = self._clock()
        _refuse_late(meter.pace(now, limits, len(self._queue)), deadline)
        turn.hold()
        self._queue.append(me)
        try:
            while self._queue[0] is not me or not meter.begin(turn, now, limits):
                is_up = self._queue[0] is me and not meter.is_full(now, limits)
                seconds = meter.pace(now, limits) if is_up else None  # None: until somebody says that it may be
                _refuse_late(seconds, deadline)
                left = None if deadline is None else deadline.left
                self._pause(me, left if seconds is None else seconds)
                now = self._clock()
                turn.hold()  # again: what was called off meanwhile uses up nothing
        finally:
            turn.waited = now - began
            self._queue.remove(me)
            if self._queue:
                self._queue[0].notify()

    # Other processes

    def _name(self, turn: Turn) -> str:
        """Return what *turn* is called among those of all processes."""
        return f"{self._mark}-{id(turn)}"

    def _enter_shared(self, turn: Turn, deadline: Deadline | None) -> float:
        """Wait until the other processes leave a place too, and return the seconds that this took."""
        name = self._name(turn)

        def take(meter: Meter, now: float) -> float:
            if meter.begin(name, now, self.limits, until=now + LEASE):
                return 0.0
            return max(meter.pace(now, self.limits), POLL * random.uniform(0.5, 1.5))

        began, waited = time.monotonic(), 0.0
        while seconds := self._share(take):
            _refuse_late(seconds, deadline)
            turn.hold()
            time.sleep(seconds)
            waited = time.monotonic() - began
        return waited

    def _share(self, work: Callable[[Meter, float], T]) -> T | None:
        """Do *work* with the meter of all processes; None while there is none, or it cannot be reached."""
        if self._shared is None or (self._outage_until is not None and time.monotonic() < self._outage_until):
            return None
        try:
            result = self._shared.change(self._host, work)
        except Exception as failure:  # whatever it is, no payment fails for it
            if self._outage_until is None:
                problem = redact_text(f"{type(failure).__name__}: {failure}")
                log.warning("limits_shared_by does not work, and this process keeps to its own limits: %s", problem)
            self._outage_until = time.monotonic() + OUTAGE
            return None
        if self._outage_until is not None:
            log.info("limits_shared_by works again")
            self._outage_until = None
        return result


def _refuse_late(seconds: float | None, deadline: Deadline | None) -> None:
    """Raise `Held` if waiting for *seconds*, or for whoever is on the way, takes longer than *deadline* leaves."""
    if deadline is not None and (seconds or 0.0) >= deadline.left:
        raise Held(seconds, deadline)


class Limiters:
    """The limiters of one client, one for each host, made when they are needed, in each process anew."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._made: dict[Any, Limiter | None] = {}

    def of(self, request: Request) -> Limiter | None:
        """Return what limits *request*; None where nothing does."""
        get = self._config.values.get  # which is None for what is not set; reading a setting itself takes longer
        most, rate, place = get("max_concurrency"), get("requests_per_second"), get("limits_shared_by")
        key = os.getpid(), request.base, request.host, most, rate, place
        try:
            return self._made[key]
        except KeyError:
            if len(self._made) >= MOST_KEPT:
                self._made.clear()
            # Not under a lock, which a fork in another thread could leave held for ever: the first one made stays.
            return self._made.setdefault(key, self._make(request))

    def close(self) -> None:
        """Close what they hold open."""
        for limiter in list(self._made.values()):
            if limiter is not None:
                limiter.close()

    def _make(self, request: Request) -> Limiter | None:
        config, address = self._config, urlsplit(request.base)
        is_api = address.scheme.lower() == "https" and not is_loopback(address.hostname or "")
        most = config.max_concurrency if is_api or "max_concurrency" in config.values else 0
        rate = config.requests_per_second if is_api or "requests_per_second" in config.values else 0.0
        if request.host == "vault":
            most, rate = math.ceil(most * VAULT_SHARE), rate * VAULT_SHARE
        if not most and not rate:
            return None
        place = config.limits_shared_by
        return Limiter(Limits(most, rate), None if place is None else shared_by(place), request.host)
