from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omise.sandbox.refusals import ApiError
from omise.sandbox.rules.recurrence import ORDINALS, WEEKDAYS, Recurrence

SENTENCE = "on must be an object and on must contain one of these keys: "


def dates(every: int, period: str, on: dict[str, Any], start: str, end: str) -> list[str]:
    found = Recurrence.asked_for(every, period, on).dates(date.fromisoformat(start), date.fromisoformat(end))
    return [day.isoformat() for day in found]


@pytest.mark.parametrize(
    ("every", "period", "on", "start", "end", "expected"),
    [
        (3, "day", {}, "2026-09-02", "2026-09-20", "09-02 09-05 09-08 09-11 09-14 09-17 09-20"),
        (
            2,
            "week",
            {"weekdays": ["monday", "thursday"]},
            "2026-09-02",
            "2026-10-20",
            "09-03 09-14 09-17 09-28 10-01 10-12 10-15",
        ),
        (
            1,
            "month",
            {"days_of_month": [1, 15]},
            "2026-01-10",
            "2026-04-15",
            "01-15 02-01 02-15 03-01 03-15 04-01 04-15",
        ),
        (2, "month", {"weekday_of_month": "last_friday"}, "2026-01-15", "2026-08-31", "01-30 03-27 05-29 07-31"),
        (1, "month", {"weekday_of_month": "2nd_tuesday"}, "2026-03-10", "2026-05-31", "03-10 04-14 05-12"),
        (3, "week", {"weekdays": ["monday", "saturday"]}, "2017-05-16", "2017-06-30", "05-20 06-05 06-10 06-26"),
        (1, "week", {"weekdays": ["sunday", "monday"]}, "2026-11-22", "2026-11-30", "11-22 11-23 11-29 11-30"),
        (2, "week", {"weekdays": ["sunday", "monday"]}, "2026-11-22", "2026-12-07", "11-22 11-30 12-06"),
        (1, "month", {"weekday_of_month": "fourth_sunday"}, "2026-02-01", "2026-03-31", "02-22 03-22"),
        (1, "month", {"weekday_of_month": "last_sunday"}, "2026-02-01", "2026-02-28", "02-22"),
        (1, "month", {"days_of_month": [28]}, "2026-02-28", "2026-02-28", "02-28"),
        (10**29, "day", {}, "2026-02-28", "2030-02-28", "02-28"),
    ],
)
def test_the_days_of_a_schedule(
    every: int, period: str, on: dict[str, Any], start: str, end: str, expected: str
) -> None:
    """
    Start and end count; weeks and months are counted from the one that holds the start; a week begins on Monday.
    """
    assert dates(every, period, on, start, end) == [f"{start[:4]}-{day}" for day in expected.split()]


@pytest.mark.parametrize(
    ("ordinals", "day"),
    [
        ("1st first", "2026-03-02"),
        ("2nd second", "2026-03-09"),
        ("3rd third", "2026-03-16"),
        ("4th fourth", "2026-03-23"),
        ("last", "2026-03-30"),
    ],
)
def test_ordinals_can_be_written_in_two_ways(ordinals: str, day: str) -> None:
    """
    The last weekday of a month is its fourth or its fifth.
    """
    for ordinal in ordinals.split():
        on = {"weekday_of_month": f"{ordinal}_monday"}

        assert dates(1, "month", on, "2026-03-01", "2026-03-31") == [day]


def test_there_may_be_no_day_at_all() -> None:
    """
    Where the end comes before the first one, or before the start.
    """
    assert dates(1, "month", {"days_of_month": [15]}, "2026-01-16", "2026-02-14") == []
    assert dates(1, "day", {}, "2026-01-16", "2026-01-15") == []


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
ON = st.one_of(
    st.tuples(st.just("day"), st.just({})),
    st.tuples(st.just("week"), st.fixed_dictionaries({"weekdays": st.lists(st.sampled_from(WEEKDAYS), min_size=1)})),
    st.tuples(st.just("month"), st.fixed_dictionaries({"days_of_month": st.lists(st.integers(1, 28), min_size=1)})),
    st.tuples(
        st.just("month"),
        st.fixed_dictionaries(
            {"weekday_of_month": st.builds("{}_{}".format, st.sampled_from([*ORDINALS]), st.sampled_from(WEEKDAYS))}
        ),
    ),
)


@given(st.integers(1, 40), ON, DAYS, st.integers(0, 200), st.integers(-10, 250))
def test_dates_after_a_day_are_the_rest_of_the_dates(
    every: int, rhythm: tuple[str, dict[str, Any]], start: date, length: int, passed: int
) -> None:
    """
    In order, without one twice, and the same from wherever one looks.
    """
    recurrence = Recurrence.asked_for(every, *rhythm)
    end, day = start + timedelta(days=length), start + timedelta(days=passed)
    all_of_them = list(recurrence.dates(start, end))

    assert all_of_them == sorted(set(all_of_them))
    assert all(start <= found <= end for found in all_of_them)
    assert list(recurrence.dates_after(day, start, end)) == [found for found in all_of_them if found > day]


@pytest.mark.parametrize(
    ("every", "period", "on", "words"),
    [
        (2, "day", {}, "Every 2 day(s)"),
        (1, "week", {"weekdays": ["friday"]}, "Every 1 week(s) on Friday"),
        (3, "week", {"weekdays": ["monday", "saturday"]}, "Every 3 week(s) on Monday and Saturday"),
        (1, "week", {"weekdays": [*WEEKDAYS[:3]]}, "Every 1 week(s) on Monday, Tuesday, and Wednesday"),
        (1, "month", {"days_of_month": [1]}, "Every 1 month(s) on the 1st"),
        (1, "month", {"days_of_month": [1, 16]}, "Every 1 month(s) on the 1st and 16th"),
        (1, "month", {"days_of_month": [25]}, "Every 1 month(s) on the 25th"),
        (
            1,
            "month",
            {"days_of_month": [2, 3, 11, 12, 13, 21, 22, 23]},
            "Every 1 month(s) on the 2nd, 3rd, 11th, 12th, 13th, 21st, 22nd, and 23rd",
        ),
        (1, "month", {"weekday_of_month": "1st_monday"}, "Every 1 month(s) on the 1st Monday"),
        (1, "month", {"weekday_of_month": "first_monday"}, "Every 1 month(s) on the first Monday"),
        (1, "month", {"weekday_of_month": "last_friday"}, "Every 1 month(s) on the last Friday"),
    ],
)
def test_schedules_in_words(every: int, period: str, on: dict[str, Any], words: str) -> None:
    """
    As the API puts them; an ordinal stays as it was written.
    """
    assert Recurrence.asked_for(every, period, on).in_words() == words


@pytest.mark.parametrize(
    ("period", "on", "message"),
    [
        ("week", None, SENTENCE + "weekdays"),
        ("week", "monday", SENTENCE + "weekdays"),
        ("week", {}, SENTENCE + "weekdays"),
        ("week", {"weekdays": []}, SENTENCE + "weekdays"),
        ("week", {"weekdays": "monday"}, SENTENCE + "weekdays"),
        ("week", {"days_of_month": [1]}, SENTENCE + "weekdays"),
        ("week", {"weekdays": ["Monday"]}, "weekdays is not included in the list"),
        ("week", {"weekdays": ["monday", 1]}, "weekdays is not included in the list"),
        ("month", None, SENTENCE + "days_of_month, weekday_of_month"),
        ("month", {"days_of_month": 1}, SENTENCE + "days_of_month, weekday_of_month"),
        ("month", {"days_of_month": []}, SENTENCE + "days_of_month, weekday_of_month"),
        (
            "month",
            {"days_of_month": [1], "weekday_of_month": "1st_monday"},
            SENTENCE + "days_of_month, weekday_of_month",
        ),
        ("month", {"days_of_month": [0]}, "days_of_month must be between 1 and 28"),
        ("month", {"days_of_month": [1, 29]}, "days_of_month must be between 1 and 28"),
        ("month", {"days_of_month": ["x"]}, "days_of_month must be between 1 and 28"),
        ("month", {"days_of_month": [True]}, "days_of_month must be between 1 and 28"),
        ("month", {"weekday_of_month": "5th_monday"}, "weekday_of_month is not included in the list"),
        ("month", {"weekday_of_month": "1st_payday"}, "weekday_of_month is not included in the list"),
        ("month", {"weekday_of_month": ["1st_monday"]}, "weekday_of_month is not included in the list"),
    ],
)
def test_what_cannot_be_meant_is_refused(period: str, on: Any, message: str) -> None:
    """
    With the API's sentence where the right key is missing.
    """
    with pytest.raises(ApiError) as refused:
        Recurrence.asked_for(1, period, on)

    assert (refused.value.code, refused.value.message) == ("bad_request", message)


def test_what_is_said_twice_counts_once() -> None:
    """
    Digits from a form are numbers, and nothing is said of days.
    """
    assert Recurrence.asked_for(1, "week", {"weekdays": ["friday", "monday", "friday"]}).on == {
        "weekdays": ["friday", "monday"]
    }
    assert Recurrence.asked_for(1, "month", {"days_of_month": ["16", "1", "16"]}).on == {"days_of_month": [16, 1]}
    assert Recurrence.asked_for(1, "day", {"weekdays": ["monday"]}).on == {}
