"""The state of limits that processes share: in a file, and in redis."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fakeredis
import pytest
import redis

import omise
from omise.wire import sharing
from omise.wire.metering import Limits, Meter
from omise.wire.sharing import HEADER, Shared, SharedFile, SharedRedis, shared_by

from ..misbehaving import Misbehaving

LIMITS = Limits(3, 1000)
REDIS = os.environ.get("TEST_REDIS_URL")
"""A real redis to test against, where there is one; else one that is made up."""


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A redis for every address."""
    if REDIS:
        client = redis.Redis.from_url(REDIS)
        client.delete("omise:limits:api", "omise:limits:vault")
        yield client
        client.close()
        return
    server = fakeredis.FakeServer()

    def connect(url: str, **options: Any) -> Any:
        options.pop("retry")
        return fakeredis.FakeRedis(server=server, **options)

    monkeypatch.setattr(redis.Redis, "from_url", connect)
    yield fakeredis.FakeRedis(server=server)


@pytest.fixture(params=["file", "redis"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """What the state is kept in."""
    if request.param == "file":
        return str(tmp_path / "limits")
    request.getfixturevalue("made_up")
    return REDIS or "redis://somewhere/0"


def begin(name: str) -> Callable[[Meter, float], bool]:
    return lambda meter, now: meter.begin(name, now, LIMITS, until=now + 60)


def end(name: str) -> Callable[[Meter, float], None]:
    return lambda meter, now: meter.end(name)


def test_what_one_begins_others_see(place: str) -> None:
    """Until it is over; each host by itself."""
    one, other = shared_by(place), shared_by(place)
    assert [one.change("api", begin(name)) for name in "abc"] == [True] * 3
    assert other.change("api", begin("d")) is False
    assert other.change("vault", begin("d")) is True

    one.change("api", end("b"))
    assert other.change("api", begin("d")) is True
    for shared in (one, other):
        shared.close()


def test_a_429_slows_all_of_them_down(place: str) -> None:
    """What the API said to one is heeded by all."""
    one, other = shared_by(place), shared_by(place)
    one.change("api", lambda meter, now: meter.slow_down(now, 5))

    assert other.change("api", lambda meter, now: meter.share_at(now)) == pytest.approx(0.5, abs=0.1)
    assert 4 < other.change("api", lambda meter, now: meter.pace(now, LIMITS)) <= 5


def test_many_threads_lose_nothing(place: str) -> None:
    """Each change is made on top of the one before."""
    shared: Shared = shared_by(place)
    names = [f"{number}" for number in range(64)]
    most = Limits(1000, 0)

    def join(name: str) -> None:
        shared.change("api", lambda meter, now: meter.begin(name, now, most, until=now + 60))

    def work(some: list[str]) -> None:
        for name in some:
            join(name)

    threads = [threading.Thread(target=work, args=(names[first::4],)) for first in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert shared.change("api", lambda meter, now: sorted(meter.running)) == sorted(names)


@pytest.mark.parametrize("nonsense", ["[", "[]", '{"api": 7}', '{"api": {"running": []}}', '{"api": {"sent": 1}}'])
def test_a_file_that_makes_no_sense_begins_anew(tmp_path: Path, nonsense: str) -> None:
    """Somebody may have died while writing it."""
    path = tmp_path / "limits"
    path.write_bytes(HEADER + nonsense.encode())

    assert SharedFile(str(path)).change("api", begin("a")) is True
    assert "a" in json.loads(path.read_bytes()[len(HEADER) :])["api"]["running"]


def test_a_file_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """A path that was mistyped costs nobody a database."""
    path = tmp_path / "shop.db"
    path.write_text("SQLite format 3")
    with pytest.raises(OSError, match="holds something else"):
        SharedFile(str(path)).change("api", begin("a"))

    assert path.read_text() == "SQLite format 3"


def test_a_lock_that_nobody_gives_back_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody was stopped while holding it; payments go on."""
    import fcntl

    monkeypatch.setattr(sharing, "PATIENCE", 0.05)
    path = tmp_path / "limits"
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        began = time.monotonic()
        with pytest.raises(TimeoutError, match="locked for too long"):
            SharedFile(str(path)).change("api", begin("a"))

    assert 0.05 < time.monotonic() - began < 2
    assert SharedFile(str(path)).change("api", begin("a")) is True


def test_a_state_in_redis_is_gone_with_time(made_up: Any) -> None:
    """Nothing stays there for ever."""
    SharedRedis(REDIS or "redis://somewhere/0").change("api", begin("a"))

    assert 0 < made_up.ttl("omise:limits:api") <= 240


def test_nonsense_in_redis_begins_anew(made_up: Any) -> None:
    """As in a file."""
    for nonsense in ('{"running": 7}', "[", "7"):
        made_up.set("omise:limits:api", nonsense)
        assert SharedRedis(REDIS or "redis://somewhere/0").change("api", begin("a")) is True


def test_calls_go_through_redis(server: Misbehaving, made_up: Any) -> None:
    """Named by an address, for a client or the module."""
    with omise.Client(
        secret_api_key="skey_test_x",
        api_url=server.url,
        max_concurrency=2,
        limits_shared_by=REDIS or "redis://somewhere/0",
    ) as client:
        client.request("GET", "/charges")

    assert len(server.received) == 1
    assert json.loads(made_up.get("omise:limits:api"))["running"] == {}


def test_a_redis_that_is_down_hurts_no_call(server: Misbehaving, caplog: pytest.LogCaptureFixture) -> None:
    """It is said once, without the password, and takes hardly any time."""
    with omise.Client(
        secret_api_key="skey_test_x",
        api_url=server.url,
        max_concurrency=2,
        limits_shared_by="redis://:pass-word-1@127.0.0.1:1/0",
    ) as client:
        began = time.monotonic()
        for _ in range(3):
            client.request("POST", "/charges", amount=1)
        assert "pass-word-1" not in repr(client)

    assert time.monotonic() - began < 1
    [line] = [record.message for record in caplog.records if record.levelname == "WARNING"]
    assert line.startswith("limits_shared_by does not work, and this process keeps to its own limits: ConnectionError")
    assert "pass-word-1" not in caplog.text
