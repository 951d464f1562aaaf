"""
What was sent of late and what is on its way, measured against the limits: how long the next request has to wait.

Data and arithmetic alone: whoever holds it sees to it that one at a time looks at it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from typing import Any

LEAST_SHARE = 1 / 16
"""What is left of the limits at the least, however often the API says that it is too much."""

RECOVERY = 0.05
"""How much of the limits comes back in a second without a 429."""

LULL = 1.0
"""Seconds after a slowing down in which others' 429s say nothing new: their requests were on their way before."""

LONGEST_STOP = 30.0
"""Seconds that nothing is sent after a 429, at the most, whatever the API asks for."""


class Limits:
    """How many requests may be on their way at once, *most*, and how many go in a second, *rate*; 0: any number."""

    __slots__ = ("most", "period", "rate", "size")

    def __init__(self, most: int, rate: float) -> None:
        self.most: int = most
        self.rate: float = rate
        self.size: int = max(1, int(rate)) if rate else 0
        """How many moments of sending are of interest: as many go in a period, which is a second where it can be."""
        self.period: float = self.size / rate if rate else 0.0


class Meter:
    """
    The state of the limits of one host, in seconds of whatever clock its holder has.

    In any period (a second, or more where the rate is below one a second) no more go than the rate allows: the moments
    of the last ones are kept. After a 429 the limits shrink to the half, and grow back with time.
    """

    def __init__(self) -> None:
        self.running: dict[Hashable, float] = {}
        """What is on its way, and until when it is believed to be."""
        self.sent: deque[float] = deque()
        self.share: float = 1.0
        """What was left of the limits at the last 429."""
        self.slowed_at: float = float("-inf")
        self.stopped_until: float = float("-inf")

    def share_at(self, now: float) -> float:
        """Return how much of the limits is to be used, from almost 0 to 1."""
        return self.share if self.share == 1 else min(1.0, self.share + max(0.0, now - self.slowed_at) * RECOVERY)

    def is_full(self, now: float, limits: Limits) -> bool:
        """Tell whether as many requests are on their way as may be."""
        if not limits.most or len(self.running) < limits.most * self.share:
            return False
        for lost in [name for name, until in self.running.items() if until <= now]:
            del self.running[lost]
        return len(self.running) >= max(1, int(limits.most * self.share_at(now)))

    def pace(self, now: float, limits: Limits, ahead: int = 0) -> float:
        """Return the seconds until the next request may go, or the one that has as many as *ahead* before it."""
        wait = max(0.0, self.stopped_until - now)
        if not limits.rate:
            return wait
        rate, known = limits.rate * self.share_at(now), len(self.sent)
        size = max(1, int(rate))
        place = ahead - max(0, size - known)
        if place < 0:
            return wait
        periods, place = divmod(place, size)
        place += max(0, known - size)
        before = self.sent[place] if place < known else now
        return max(wait, before + (periods + 1) * size / rate - now)

    def begin(self, name: Hashable, now: float, limits: Limits, until: float = float("inf")) -> bool:
        """Note that a request is on its way from *now* on, under a *name* of its own; tell whether it may be."""
        running, sent, size = self.running, self.sent, limits.size
        if self.share == 1 and self.stopped_until <= now:  # as usual, and so without a call
            is_early = len(sent) >= size and size > 0 and sent[0] + limits.period > now
        else:
            is_early = self.pace(now, limits) > 0
        if is_early or (len(running) >= limits.most * self.share and self.is_full(now, limits)):
            return False
        if limits.most:
            running[name] = until
        if size:
            sent.append(now)
            while len(sent) > size:
                sent.popleft()
        return True

    def end(self, name: Hashable) -> None:
        """Note that the request of that *name* is over."""
        self.running.pop(name, None)

    def slow_down(self, now: float, seconds: float | None = None) -> None:
        """Heed a 429: use half of the limits from *now* on, and send nothing for as many *seconds* as it asks for."""
        if now - self.slowed_at > LULL:
            self.share, self.slowed_at = max(LEAST_SHARE, self.share_at(now) / 2), now
        if seconds:
            self.stopped_until = max(self.stopped_until, now + min(seconds, LONGEST_STOP))

    # Between processes

    def to_json(self) -> dict[str, Any]:
        """Return the state as JSON values."""
        times = {"slowed_at": self.slowed_at, "stopped_until": self.stopped_until}
        known = {name: time for name, time in times.items() if time > 0}
        return {"running": self.running, "sent": [*self.sent], "share": self.share, **known}

    @classmethod
    def from_json(cls, state: Any, now: float, longest: float) -> Meter:
        """
        Return the meter of a *state* that others wrote, whose clocks may differ: nothing in it is far from *now*.

        *longest* is how many seconds a request is believed to be on its way.
        """
        meter = cls()
        if state:
            meter.running = {name: min(until, now + longest) for name, until in state["running"].items() if until > now}
            meter.sent.extend(sorted(min(moment, now) for moment in state["sent"]))
            meter.share = min(1.0, max(LEAST_SHARE, state["share"]))
            meter.slowed_at = min(state.get("slowed_at", meter.slowed_at), now)
            meter.stopped_until = min(state.get("stopped_until", meter.stopped_until), now + LONGEST_STOP)
        return meter
