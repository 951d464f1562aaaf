"""How long the next request has to wait, by what was sent of late and by what is on its way."""

import json
from typing import Any

import pytest

from omise.wire.metering import LEAST_SHARE, LONGEST_STOP, LULL, RECOVERY, Limits, Meter

TWENTY = Limits(10, 20)


def sent(meter: Meter, limits: Limits, seconds: float, step: float = 0.01) -> list[float]:
    """The moments, counted in steps, at which requests go that are over at once, if there is always another one."""
    moments, number = [], 0
    for tick in range(round(seconds / step)):
        while meter.begin(number, tick * step, limits):
            meter.end(number)
            moments.append(tick * step)
            number += 1
    return moments


def most_in(moments: list[float], period: float) -> int:
    return max(sum(first <= moment < first + period - 1e-9 for moment in moments) for first in moments)


@pytest.mark.parametrize(
    ("rate", "size", "period"), [(20, 20, 1), (5, 5, 1), (2.5, 2, 0.8), (1, 1, 1), (0.5, 1, 2), (0.1, 1, 10)]
)
def test_the_rate_is_held_in_any_period(rate: float, size: int, period: float) -> None:
    """A burst of as many as go in a second, and no more than that in any second; slower ones have longer periods."""
    moments = sent(Meter(), Limits(0, rate), seconds=4 * period)

    assert most_in(moments, period) == size
    assert len(moments) == 4 * size


def test_no_more_are_on_their_way_than_may_be() -> None:
    """The next one goes when one is over."""
    meter = Meter()
    assert [meter.begin(number, 0, Limits(3, 0)) for number in range(4)] == [True, True, True, False]
    assert meter.is_full(0, Limits(3, 0))
    assert not meter.is_full(0, Limits(0, 20))

    meter.end(1)
    meter.end("nobody")
    assert meter.begin(4, 0, Limits(3, 0))


def test_a_lost_place_is_given_back_with_time() -> None:
    """Of a process that died nobody says that it is over."""
    meter = Meter()
    assert meter.begin("dead", 0, Limits(1, 0), until=60)
    assert not meter.begin("next", 59, Limits(1, 0))
    assert meter.begin("next", 60, Limits(1, 0))


@pytest.mark.parametrize(("before", "ahead", "wait"), [(0, 0, 0), (19, 0, 0), (20, 0, 1), (20, 19, 1), (20, 20, 2)])
def test_who_waits_behind_others_waits_for_them_too(before: int, ahead: int, wait: float) -> None:
    """The wait is known at once, so that nobody waits in vain."""
    meter = Meter()
    for number in range(before):
        meter.begin(number, 100, Limits(0, 20))

    assert meter.pace(100, Limits(0, 20), ahead) == wait


def test_who_waits_behind_others_on_an_empty_road() -> None:
    """As many as go in a period go at once, the next ones in the periods after it."""
    assert [Meter().pace(0, Limits(0, 2), ahead) for ahead in range(5)] == [0, 0, 1, 1, 2]


def test_a_429_halves_the_limits_which_come_back_with_time() -> None:
    """Both limits, and more with every further 429, but for those that were on their way already."""
    meter = Meter()
    meter.slow_down(100)
    meter.slow_down(100 + LULL / 2)
    assert meter.share_at(100) == 0.5

    shrunk = sent(Meter(), TWENTY, 1)
    slow = Meter()
    slow.slow_down(0)
    assert (len(shrunk), len([moment for moment in sent(slow, TWENTY, 1) if moment < 0.5])) == (20, 10)
    slow = Meter()
    slow.slow_down(0)
    assert [slow.begin(number, 0, TWENTY) for number in range(6)] == [True] * 5 + [False]

    assert meter.share_at(100 + 0.25 / RECOVERY) == pytest.approx(0.75)
    assert meter.share_at(100 + 0.5 / RECOVERY) == 1
    for second in range(100, 200):
        meter.slow_down(second * 2 * LULL)
    assert meter.share_at(200 * LULL * 2) >= LEAST_SHARE
    assert meter.begin("one still goes", 1e6, Limits(1, 1))


def test_it_recovers_to_the_whole_rate() -> None:
    """Within half a minute after any number of 429s."""
    meter = Meter()
    for second in range(20):
        meter.slow_down(second * 2.0)
    healed = 40 + 1 / RECOVERY

    assert meter.share_at(healed) == 1
    for number in range(20):
        assert meter.begin(number, healed, Limits(0, 20))
    assert not meter.begin(20, healed, Limits(0, 20))


@pytest.mark.parametrize(("asked", "stopped"), [(None, 0), (0, 0), (3, 3), (9999, LONGEST_STOP)])
def test_nothing_goes_before_the_api_wants_it(asked: float | None, stopped: float) -> None:
    """After a 429 with ``Retry-After``, within reason."""
    meter = Meter()
    meter.slow_down(100, asked)

    assert meter.pace(100, TWENTY) == stopped
    assert meter.begin("x", 100, TWENTY) is (stopped == 0)
    assert meter.begin("y", 100 + stopped, TWENTY)


def test_the_state_travels_as_json() -> None:
    """What another process makes of it is the same."""
    meter = Meter()
    meter.begin("mine", 1000, TWENTY, until=1060)
    meter.slow_down(1000, 5)
    read = Meter.from_json(json.loads(json.dumps(meter.to_json())), 1001, 120)

    assert read.to_json() == meter.to_json()
    assert Meter.from_json(json.loads(json.dumps(Meter().to_json())), 1001, 120).to_json() == Meter().to_json()
    assert Meter.from_json(None, 0, 120).to_json() == Meter().to_json()


def test_clocks_that_are_wrong_hold_up_nobody_for_long() -> None:
    """A state out of the future, or of the past, is one of now."""
    state: Any = {"running": {"a": 9e9, "b": 5}, "sent": [9e9], "share": 0, "slowed_at": 9e9, "stopped_until": 9e9}
    meter = Meter.from_json(state, 1000, 120)

    assert meter.running == {"a": 1120}
    assert [*meter.sent] == [1000]
    assert meter.share_at(1000) == LEAST_SHARE
    assert meter.pace(1000, Limits(0, 20)) == LONGEST_STOP
