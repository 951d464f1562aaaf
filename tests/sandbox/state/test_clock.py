from __future__ import annotations

import subprocess
import sys
import time
from contextlib import closing
from datetime import date, timedelta
from datetime import time as time_of_day
from pathlib import Path

import pytest

from omise.sandbox.state.clock import Clock, day_of, parse_time, time_on, time_text
from omise.sandbox.state.store import Store


def test_the_clock_shows_the_machines_time() -> None:
    """
    Unless it is turned, the sandbox's time is the time.
    """
    clock = Clock(Store())

    assert repr(clock).startswith(f"<Clock {clock.now():%Y-%m-%d %H:}")
    assert abs(clock.now_ms() / 1000 - time.time()) < 5
    assert abs(clock.now().timestamp() - time.time()) < 5


def test_the_clock_can_be_turned_forward() -> None:
    """
    Steps add up, and the new time is returned.
    """
    clock = Clock(Store())
    before = clock.now()
    clock.advance(days=31)
    after = clock.advance(hours=1, minutes=2, seconds=3)

    assert timedelta(0) <= after - before - timedelta(days=31, hours=1, minutes=2, seconds=3) < timedelta(seconds=5)


def test_every_turn_is_told() -> None:
    """
    When the clock shows the new time already; one that is refused is not.
    """
    told: list[int] = []
    clock = Clock(Store(), on_turn=lambda turned: told.append(turned.now_ms()))
    before = clock.now_ms()
    clock.advance(hours=1)
    with pytest.raises(ValueError, match="forward"):
        clock.advance(hours=-1)

    assert [0 <= now - before - 3_600_000 < 5_000 for now in told] == [True]


def test_all_who_have_a_file_open_agree_on_the_time(tmp_path: Path) -> None:
    """
    Whoever turned the clock, and however often each of them did.
    """
    stores = [Store(tmp_path / "db") for _ in range(2)]
    one, other = map(Clock, stores)
    before = one.now()
    for clock in (one, other, one, one):
        clock.advance(days=1)

    for clock in (one, other):
        assert timedelta() <= clock.now() - before - timedelta(days=4) < timedelta(seconds=5)
    for store in stores:
        store.close()


def test_two_processes_agree_on_the_time(tmp_path: Path) -> None:
    """
    What one turns, the other sees at once.
    """
    turn = "import sys; from omise.sandbox.state.clock import Clock; from omise.sandbox.state.store import Store; "
    turn += "Clock(Store(sys.argv[1])).advance(days=3)"
    with closing(Store(tmp_path / "db")) as store:
        clock = Clock(store)
        before = clock.now()
        subprocess.run([sys.executable, "-c", turn, str(tmp_path / "db")], check=True)

        assert timedelta() <= clock.now() - before - timedelta(days=3) < timedelta(seconds=30)


@pytest.mark.parametrize("step", [{"days": -1}, {"days": 1_000_000}])
def test_the_clock_refuses_steps_that_break_ids(step: dict[str, float]) -> None:
    """
    It goes neither back nor beyond the years that ids can tell, and stays where it was.
    """
    clock = Clock(Store())
    with pytest.raises(ValueError, match="the sandbox's clock"):
        clock.advance(**step)

    assert abs(clock.now_ms() / 1000 - time.time()) < 5


def test_a_file_goes_on_at_the_time_where_it_was_left(tmp_path: Path) -> None:
    """
    The offset survives a restart.
    """
    store = Store(tmp_path / "sandbox.db")
    Clock(store).advance(days=400)
    store.close()
    clock = Clock(Store(tmp_path / "sandbox.db"))

    assert 399 < (clock.now_ms() / 1000 - time.time()) / 86400 < 401


def test_times_are_written_in_utc_and_whole_seconds() -> None:
    """
    Fractions are cut off, also before 1970, and years have four digits.
    """
    assert time_text(1_742_461_921_772) == "2025-03-20T09:12:01Z"
    assert time_text(0) == "1970-01-01T00:00:00Z"
    assert time_text(-1) == "1969-12-31T23:59:59Z"
    assert time_text(parse_time("0001-02-03") * 1000) == "0001-02-03T00:00:00Z"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2017-11-01", "2017-11-01T00:00:00Z"),
        ("2017-11-01T10:20:30Z", "2017-11-01T10:20:30Z"),
        ("2017-11-01T10:20:30", "2017-11-01T10:20:30Z"),
        ("2017-11-01T10:20:30+07:00", "2017-11-01T03:20:30Z"),
        ("2017-11-01T10:20:30.900+00:00", "2017-11-01T10:20:30Z"),
    ],
)
def test_iso_times_are_read(text: str, written: str) -> None:
    """
    A date alone is its midnight; without an offset it is UTC.
    """
    assert time_text(parse_time(text) * 1000) == written


@pytest.mark.parametrize("text", ["", "yesterday", "2017-13-01", "2017-11-01T25:00:00Z", "01/11/2017", "Z"])
def test_other_times_are_refused(text: str) -> None:
    """
    Nothing is guessed.
    """
    with pytest.raises(ValueError):
        parse_time(text)


def test_times_of_a_day() -> None:
    """
    In UTC; without one, its beginning.
    """
    assert time_text(time_on(date(2030, 1, 10))) == "2030-01-10T00:00:00Z"
    assert time_text(time_on(date(2030, 1, 10), time_of_day(1, 30))) == "2030-01-10T01:30:00Z"


def test_days_are_utc_days() -> None:
    """
    The day changes at midnight UTC.
    """
    assert day_of(parse_time("2025-03-20T23:59:59Z") * 1000 + 999) == date(2025, 3, 20)
    assert day_of(parse_time("2025-03-21T00:00:00Z") * 1000) == date(2025, 3, 21)
