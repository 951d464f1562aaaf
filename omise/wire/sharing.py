"""Limits that processes share: the state of their meter in a file, or in redis, changed by one at a time."""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from ..checks import REDIS
from ..importing import imported
from .metering import Meter

T = TypeVar("T")

LEASE = 120.0
"""Seconds that a request is believed to be on its way at the most: a process that died takes no place for ever."""

PATIENCE = 0.5
"""Seconds to wait for the file's lock, or for redis."""

HEADER = b"omise limits 1\n"
"""What the file begins with: another one is not overwritten."""

SWAP = """
if (redis.call('get', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('set', KEYS[1], ARGV[2], 'px', ARGV[3])
return 1
"""
"""Writes a state where it is still what it was when it was read."""


class Shared(Protocol):
    """The state of the meters of several processes, one for each host."""

    def change(self, host: str, work: Callable[[Meter, float], T]) -> T:
        """Return what *work* does with the meter of *host*, as it is now, and keep what became of that."""
        ...

    def close(self) -> None:
        """Close the connections."""
        ...


def shared_by(place: str) -> Shared:
    """Return the state that is kept in *place*: the address of a redis, or a file."""
    return SharedRedis(place) if place.startswith(REDIS) else SharedFile(place)


def measured(state: Any, now: float) -> Meter:
    """Return the meter of *state*; a new one where that is none."""
    try:
        return Meter.from_json(state, now, LEASE)
    except (KeyError, TypeError, ValueError, AttributeError):
        return Meter()


def _object_in(text: bytes) -> dict[str, Any]:
    """Return the JSON object that *text* is; an empty one where it is none: it is new, or somebody died meanwhile."""
    try:
        found: Any = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


class SharedFile:
    """A state in a file, under a lock of its own while it is changed; it is opened each time, and so survives forks."""

    def __init__(self, path: str) -> None:
        self.path = path

    def change(self, host: str, work: Callable[[Meter, float], T]) -> T:
        import fcntl

        file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            self._lock(file)
            try:
                return self._change(file, host, work)
            finally:
                fcntl.flock(file, fcntl.LOCK_UN)  # closing is not enough: a child of a fork may have it too
        finally:
            os.close(file)

    def _lock(self, file: int) -> None:
        import fcntl

        give_up = time.monotonic() + PATIENCE
        while True:
            try:
                return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > give_up:
                    raise TimeoutError(f"{self.path} was locked for too long") from None
            time.sleep(random.uniform(0, 0.002))

    def _change(self, file: int, host: str, work: Callable[[Meter, float], T]) -> T:
        before = os.pread(file, os.fstat(file).st_size, 0)
        if before and not before.startswith(HEADER):
            raise FileExistsError(f"{self.path} holds something else, and is left as it is")
        states, now = _object_in(before[len(HEADER) :]), time.time()
        meter = measured(states.get(host), now)
        result = work(meter, now)
        after = HEADER + json.dumps({**states, host: meter.to_json()}).encode()
        if after != before:
            os.pwrite(file, after, 0)
            os.ftruncate(file, len(after))
        return result

    def close(self) -> None:
        """Nothing is held open."""


class SharedRedis:
    """A state in redis, by whose clock it goes; it is written if nobody was faster, and else made anew."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client: Any = None

    def _connect(self) -> Any:
        """Return what talks to redis. It is made with the first change, which may fail as any other."""
        redis: Any = imported("redis")
        once = imported("redis.retry").Retry(imported("redis.backoff").NoBackoff(), 0)
        options: Any = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, "retry": once}
        return redis.Redis.from_url(self._url, **options)

    def change(self, host: str, work: Callable[[Meter, float], T]) -> T:
        if self._client is None:
            self._client = self._connect()
        swap = self._client.register_script(SWAP)
        key, give_up = f"omise:limits:{host}", time.monotonic() + PATIENCE
        while True:
            with self._client.pipeline(transaction=False) as both:
                (seconds, microseconds), before = both.time().get(key).execute()
            now, before = seconds + microseconds / 1e6, before or b""
            meter = measured(_object_in(before), now)
            result = work(meter, now)
            after = json.dumps(meter.to_json()).encode()
            if after == before or swap(keys=[key], args=[before, after, int(2000 * LEASE)]):
                return result
            if time.monotonic() > give_up:
                raise TimeoutError("too many others changed the limits in redis")
            time.sleep(random.uniform(0, 0.005))

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
