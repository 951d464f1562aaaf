"""The limits of a client: turns of its threads, over real HTTP, with a clock of the test's where time matters."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import vcr

import omise
from omise import aio
from omise.client import default_client
from omise.config import Config
from omise.errors import APIConnectionError, OutcomeUnknown, TooManyRequestsError
from omise.sandbox import Sandbox
from omise.wire.deadlines import Deadline
from omise.wire.limiting import OUTAGE, Held, Limiter, Limiters, Turn
from omise.wire.metering import Limits
from omise.wire.request import Request

from ..misbehaving import Connection, Misbehaving, answer, reset

ROOT = Path(__file__).parent.parent.parent
THING = answer(200, {"object": "thing", "id": "thing_1"})
LIMITED = answer(429, {"object": "error", "code": "too_many_requests", "message": "slow down"})


class Busy:
    """An answer that takes *seconds*, and counts how many are asked for at once and when they are."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.lock = threading.Lock()
        self.now = self.most = 0
        self.moments: list[float] = []

    def __call__(self, connection: Connection) -> bool:
        with self.lock:
            self.moments.append(time.monotonic())
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(self.seconds)
        with self.lock:
            self.now -= 1  # before the answer, since the next request may be there as soon as that is
        return THING(connection)

    def most_in(self, seconds: float) -> int:
        """How many there were in any time of so many *seconds*."""
        return max(sum(first <= moment < first + seconds for moment in self.moments) for first in self.moments)


def client_of(server: Misbehaving, **settings: Any) -> omise.Client:
    return omise.Client(secret_api_key="skey_test_x", public_api_key="pkey_test_x", api_url=server.url, **settings)


@contextmanager
def busy(count: int, seconds: float = 0.0) -> Iterator[tuple[Misbehaving, Busy]]:
    """A server that answers as often as *count* says, each time after some seconds."""
    work = Busy(seconds)
    with Misbehaving(*[work] * count) as server:
        yield server, work


def ask(client: omise.Client, count: int, threads: int = 32) -> None:
    """Make so many calls in so many threads."""
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda number: client.request("GET", "/charges"), range(count)))


# Over HTTP


def test_32_threads_are_never_more_than_the_limit_at_once() -> None:
    """And as many as the limit: nobody waits while there is a place."""
    with busy(96, 0.01) as (server, work), client_of(server, max_concurrency=4) as client:
        ask(client, 96)

        assert work.most == 4
        assert len(server.received) == 96


def test_32_threads_hold_the_rate() -> None:
    """In no second more than the rate, but for what the way there stretches and squeezes."""
    with busy(70) as (server, work), client_of(server, requests_per_second=30) as client:
        ask(client, 70)

        assert work.most_in(0.9) <= 30
        assert work.moments[-1] - work.moments[0] < 3.5


def test_without_limits_nothing_waits() -> None:
    """0 and None switch each of them off."""
    for off in (0, None):
        settings = {"max_concurrency": off, "requests_per_second": off}
        with busy(64, 0.02) as (server, work), client_of(server, **settings) as client:
            ask(client, 64)
            assert work.most > 10


def test_calls_of_asynchronous_code_are_limited_too() -> None:
    """They are made in threads."""
    import asyncio

    async def all_at_once(client: omise.Client) -> None:
        await aio.gather(*[lambda: client.request("GET", "/charges")] * 24)

    with busy(24, 0.01) as (server, work), client_of(server, max_concurrency=3) as client:
        asyncio.run(all_at_once(client))

        assert work.most == 3


def test_a_place_is_given_back_whatever_happens() -> None:
    """By calls that are refused, lost, or not understood."""
    from ..misbehaving import hang_up, html, not_found

    bad = [not_found, html, reset, hang_up] * 3
    with Misbehaving(*bad) as server, client_of(server, max_concurrency=1, max_retries=0) as client:
        for _ in bad:
            with pytest.raises(omise.Error):
                client.request("GET", "/charges")

        assert client.request("GET", "/charges")["id"] == "thing_1"


def test_a_429_slows_the_other_threads_down(server: Misbehaving) -> None:
    """Nothing goes before the API wants it, whoever asks."""
    server.answers = [answer(429, {"object": "error", "code": "too_many_requests", "message": "m"}, Retry_After="1")]
    with client_of(server, max_concurrency=4, max_retries=0) as client:
        with pytest.raises(TooManyRequestsError):
            client.request("GET", "/charges")
        began = time.monotonic()
        ask(client, 4, threads=4)

    assert 0.9 < time.monotonic() - began < 3


def test_a_deadline_that_the_wait_would_outlast_fails_at_once(server: Misbehaving) -> None:
    """Nothing is sent, not even after a while, and it says so."""
    with client_of(server, requests_per_second=0.1) as client:
        client.request("GET", "/charges")
        began = time.monotonic()
        with pytest.raises(
            APIConnectionError, match=r"^nothing was sent: it would have to wait (10\.00|9\.\d\d) s"
        ) as held:
            client.request("POST", "/charges", amount=1, deadline=5)

    assert time.monotonic() - began < 1
    assert len(server.received) == 1
    assert re.search(r"the deadline leaves (5\.00|4\.\d\d) s", str(held.value))


def test_waiting_for_a_place_ends_with_the_deadline() -> None:
    """Nobody knows when another call is over."""
    with busy(1, 0.6) as (server, _), client_of(server, max_concurrency=1) as client:
        first = threading.Thread(target=client.request, args=("GET", "/charges"))
        first.start()
        while not server.received:
            time.sleep(0.001)
        began = time.monotonic()
        with pytest.raises(APIConnectionError, match="nothing was sent: it would have to wait until another one"):
            client.request("POST", "/charges", amount=1, deadline=0.2)
        took = time.monotonic() - began
        first.join()

        assert 0.15 < took < 0.5
        assert [request.method for request in server.received] == ["GET"]


def test_the_answer_to_the_first_try_is_told_where_another_is_held(server: Misbehaving) -> None:
    """The API said that there were too many requests, which says more than that the next one would come too late."""
    server.answers = [answer(429, {"object": "error", "code": "too_many_requests", "message": "m"}, Retry_After="0")]
    with (
        client_of(server, requests_per_second=0.5) as client,
        pytest.raises(TooManyRequestsError),
    ):
        client.request("GET", "/charges", deadline=1.5)

    assert len(server.received) == 1


def test_waiting_is_seen(server: Misbehaving, caplog: pytest.LogCaptureFixture) -> None:
    """In the log at INFO, and by a hook; without the time of the answer."""
    seen: list[omise.RequestInfo] = []
    with client_of(server, requests_per_second=5, on_wait=seen.append) as client, caplog.at_level(logging.INFO):
        for _ in range(6):
            client.request("GET", "/customers/cust_test_1")

    [info] = seen
    assert (info.method, info.route, info.outcome) == ("GET", "/customers/{id}", "done")
    assert 0.5 < info.waiting < 2
    [line] = [record.message for record in caplog.records if "waited" in record.message]
    assert line == f"GET /customers/{{id}} waited {info.waiting:.2f} s for the limits"


# What is limited


def request_to(base: str, host: Any = "api") -> Request:
    return Request("GET", base, "/charges", "skey_test_x", host=host)


API, VAULT = "https://api.omise.co", "https://vault.omise.co"


@pytest.mark.parametrize(
    ("settings", "base", "host", "limits"),
    [
        ({}, API, "api", (10, 20)),
        ({}, VAULT, "vault", (3, 5)),
        ({}, "https://checkout-page.omise.co", "checkout", (10, 20)),
        ({}, "https://gate.example.com", "api", (10, 20)),
        ({}, "http://127.0.0.1:4010", "api", None),
        ({}, "https://localhost:4010", "api", None),
        ({}, "http://sandbox:4010", "api", None),
        ({"max_concurrency": 2}, "http://127.0.0.1:4010", "api", (2, 0)),
        ({"requests_per_second": 8}, "http://127.0.0.1:4010", "vault", (0, 2)),
        ({"max_concurrency": 1, "requests_per_second": 0.5}, VAULT, "vault", (1, 0.125)),
        ({"max_concurrency": 0}, API, "api", (0, 20)),
        ({"requests_per_second": None}, VAULT, "vault", (3, 0)),
        ({"max_concurrency": None, "requests_per_second": 0}, API, "api", None),
    ],
)
def test_which_limits_hold_where(settings: dict[str, Any], base: str, host: str, limits: Any) -> None:
    """The defaults for the API alone, the vault with a quarter; what was set on purpose for everything."""
    limiter = Limiters(Config(**settings)).of(request_to(base, host))

    assert limits == (None if limiter is None else (limiter.limits.most, limiter.limits.rate))


def test_a_limiter_stays_until_a_setting_changes() -> None:
    """It is one for all calls to a host, and there are never many of them."""
    config = Config()
    limiters = Limiters(config)
    first = limiters.of(request_to(API))

    assert limiters.of(request_to(API)) is first
    assert limiters.of(request_to(VAULT, "vault")) is not first
    config.max_concurrency = 4
    assert limiters.of(request_to(API)) is not first
    for number in range(100):
        limiters.of(request_to(f"https://{number}.example.com"))
    assert len(limiters._made) <= 16


def test_a_sandbox_in_the_process_is_not_limited(omise_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor what was mounted in place of the network, though the address is the API's."""
    monkeypatch.setattr(Turn, "enter", lambda turn: pytest.fail("waits for a turn"))

    assert omise.api_url == API
    assert omise.Customer.create(email="a@b.co").reload().email == "a@b.co"


def test_a_recording_is_not_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Misbehaving) -> None:
    """What vcrpy plays goes to nobody; what it records does."""
    entered: list[Turn] = []
    monkeypatch.setattr(Turn, "enter", lambda turn: entered.append(turn))
    for mode in ("once", "none"):
        cassette = vcr.VCR(record_mode=mode).use_cassette(str(tmp_path / "one.yaml"))
        with client_of(server, max_concurrency=2) as client, cassette:
            assert client.request("GET", "/charges")["id"] == "thing_1"

    assert len(entered) == len(server.received) == 1


# One after the other, by a clock of the test's


class Clock:
    """A clock that stands, and turns as far as somebody waits."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.pauses: list[float | None] = []

    def __call__(self) -> float:
        return self.now

    def pause(self, condition: threading.Condition, seconds: float | None) -> None:
        """Wait, as time goes."""
        assert seconds is not None, "nobody is there to wait for"
        self.pauses.append(round(seconds, 6))
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def go(limiter: Limiter, count: int = 1, deadline: float | None = None) -> float:
    """Make so many requests one after the other, and return how long they waited."""
    waited = 0.0
    for _ in range(count):
        turn = limiter.turn(Deadline.of(deadline))
        try:
            turn.enter()
        finally:
            turn.leave()
        waited += turn.waited
    return waited


def test_429s_slow_down_and_recovery_follows(clock: Clock) -> None:
    """To the half, to a quarter, and back with time."""
    limiter = Limiter(Limits(0, 20), clock=clock, pause=clock.pause)
    assert go(limiter, 20) == 0
    assert go(limiter, 20) == pytest.approx(1)

    limiter.slow_down(None)
    took = go(limiter, 20)
    assert 1.5 < took < 2.1
    limiter.slow_down(None)
    assert go(limiter, 20) > took
    clock.now += 30
    assert go(limiter, 20) == 0
    assert go(limiter, 20) == pytest.approx(1)


def test_nothing_goes_until_the_api_wants_it(clock: Clock) -> None:
    """What it asks for is waited for once, and by all."""
    limiter = Limiter(Limits(10, 0), clock=clock, pause=clock.pause)
    limiter.slow_down(7)

    assert go(limiter) == 7
    assert go(limiter) == 0


def test_a_turn_that_comes_too_late_is_not_taken(clock: Clock) -> None:
    """It is known at once, and nobody waits; a later one with more time is not hindered by it."""
    limiter = Limiter(Limits(1, 1), clock=clock, pause=clock.pause)
    go(limiter)
    with pytest.raises(Held, match=r"it would have to wait 1\.00 s"):
        go(limiter, deadline=0.5)

    assert clock.pauses == []
    assert go(limiter, deadline=5) == 1
    assert limiter.meter.running == {}


def test_turns_are_taken_in_order() -> None:
    """Who came first goes first, and one that gives up lets the next ones pass."""
    limiter, order = Limiter(Limits(1, 0)), list[int]()
    first = limiter.turn(None)
    first.enter()

    def wait(number: int) -> None:
        turn = limiter.turn(Deadline.of(0.05 if number == 1 else None))
        try:
            turn.enter()
            order.append(number)
        except Held:
            order.append(-number)
        finally:
            turn.leave()

    threads = []
    for number in range(5):
        threads.append(threading.Thread(target=wait, args=(number,)))
        threads[-1].start()
        while len(limiter._queue) <= number:
            time.sleep(0.001)
    while -1 not in order:
        time.sleep(0.001)
    first.leave()
    for thread in threads:
        thread.join(5)

    assert order == [-1, 0, 2, 3, 4]


def test_a_turn_is_taken_and_left_once() -> None:
    """However often it is asked for."""
    limiter = Limiter(Limits(2, 0))
    turn = limiter.turn(None)
    turn.leave()
    turn.enter()
    turn.enter()
    assert len(limiter.meter.running) == 1

    turn.leave()
    turn.leave()
    assert limiter.meter.running == {}


class CalledOff:
    """A watcher whose work was called off while it waits for its turn."""

    def __init__(self) -> None:
        self.held = 0

    def hold(self) -> None:
        """Raise, but for the first time."""
        self.held += 1
        if self.held > 1:
            self.go()

    def go(self) -> None:
        """Raise."""
        raise ZeroDivisionError("called off")


def test_what_was_called_off_uses_up_nothing(clock: Clock) -> None:
    """Neither of the rate nor of the places: what comes after it need not wait for it."""
    limiter = Limiter(Limits(1, 1), clock=clock, pause=clock.pause)
    go(limiter)
    clock.now += 0.5
    with pytest.raises(ZeroDivisionError):
        limiter.turn(None, CalledOff()).enter()

    assert (limiter.meter.running, len(limiter._queue)) == ({}, 0)
    assert clock.pauses == [0.5]
    assert go(limiter) == 0


def test_the_time_of_sending_is_after_the_wait(server: Misbehaving) -> None:
    """Who looks for what was created looks from the right moment on, and the message says when it was."""
    server.answers = [THING, reset]
    client = client_of(server, requests_per_second=1)
    client.request("GET", "/things")
    began = datetime.now(timezone.utc)
    with pytest.raises(OutcomeUnknown) as lost:
        client.request("POST", "/things")

    assert lost.value.sent_at is not None
    assert timedelta(seconds=0.8) < lost.value.sent_at - began < timedelta(seconds=2)


# Other processes


class Broken:
    """What processes share, and cannot be reached."""

    def __init__(self) -> None:
        self.asked = 0
        self.failure: Exception | None = OSError("no redis://:pass-word-1@host")

    def change(self, host: str, work: Any) -> Any:
        self.asked += 1
        if self.failure is not None:
            raise self.failure
        from omise.wire.metering import Meter

        return work(Meter(), time.time())

    def close(self) -> None:
        """Nothing is open."""


def test_what_cannot_be_reached_hurts_no_call(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is logged once, without what is secret, and tried again after a while; the own limits hold meanwhile."""
    shared = Broken()
    limiter = Limiter(Limits(1, 0), shared)
    with caplog.at_level(logging.INFO):
        go(limiter, 5)
        assert shared.asked == 1
        taken = limiter.turn(None)
        taken.enter()
        with pytest.raises(Held):
            go(limiter, deadline=0.02)
        taken.leave()

        later = time.monotonic() + OUTAGE
        monkeypatch.setattr("omise.wire.limiting.time.monotonic", lambda: later)
        go(limiter)
        assert shared.asked == 2
        shared.failure, later = None, later + OUTAGE
        go(limiter)

    logged = [(record.levelname, record.message) for record in caplog.records]
    assert [level for level, _ in logged] == ["WARNING", "INFO"]
    assert "keeps to its own limits: OSError: no redis://" in logged[0][1]
    assert "pass-word-1" not in logged[0][1]
    assert logged[1][1] == "limits_shared_by works again"


ASK = """
import sys
from concurrent.futures import ThreadPoolExecutor
import omise

url, place, count = sys.argv[1:]
client = omise.Client(secret_api_key="skey_test_x", api_url=url, max_concurrency=3, limits_shared_by=place,
                      requests_per_second=40)
with ThreadPoolExecutor(8) as pool:
    list(pool.map(lambda number: client.request("GET", "/charges"), range(int(count))))
"""


def test_two_processes_that_share_a_file_hold_the_sum(tmp_path: Path) -> None:
    """Together they are no more at once, and no faster, than one alone would be."""
    with busy(90, 0.01) as (server, work):
        command = [sys.executable, "-c", ASK, server.url, str(tmp_path / "limits"), "45"]
        processes = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]

        assert [process.wait(60) for process in processes] == [0, 0]
        assert len(server.received) == 90
        assert work.most <= 3
        assert work.most_in(0.9) <= 40


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_child_of_a_fork_begins_its_own(server: Misbehaving) -> None:
    """It does not wait for the parent's threads, which it does not have, nor for a lock that one of them held."""
    with client_of(server, max_concurrency=1) as client:
        client.request("GET", "/charges")
        limiter = client.transport.limiters.of(request_to(server.url))
        assert limiter is not None
        limiter.turn(None).enter()
        with limiter._lock:
            child = os.fork()
            if child == 0:
                code = 1
                try:
                    code = 0 if client.request("GET", "/charges", deadline=5)["id"] == "thing_1" else 2
                finally:
                    os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

        with pytest.raises(APIConnectionError, match="nothing was sent"):
            client.request("GET", "/charges", deadline=0.05)


def test_settings_of_the_module_limit_the_default_client(server: Misbehaving) -> None:
    """As attributes of `omise`, taken heed of from the next call on."""
    omise.secret_api_key, omise.api_url = "skey_test_x", server.url
    default_client.request("GET", "/charges")
    omise.requests_per_second = 0.1
    default_client.request("GET", "/charges")
    with pytest.raises(APIConnectionError, match="nothing was sent"):
        default_client.request("GET", "/charges", deadline=1)

    omise.requests_per_second = None
    default_client.request("GET", "/charges", deadline=1)
    assert len(server.received) == 3
