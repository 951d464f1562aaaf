"""Dates and times, in both directions."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omise.wire.dates import encode_time, last_moment, parse_date, parse_time

BANGKOK = timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-31T09:30:00Z", datetime(2026, 1, 31, 9, 30, tzinfo=timezone.utc)),
        ("2017-11-02T10:00:00+00:00", datetime(2017, 11, 2, 10, tzinfo=timezone.utc)),
        ("2017-11-02T10:00:00+07:00", datetime(2017, 11, 2, 10, tzinfo=BANGKOK)),
        ("2026-01-01 10:27:09 UTC", datetime(2026, 1, 1, 10, 27, 9, tzinfo=timezone.utc)),
        ("2026-01-01T10:27:09.123456Z", datetime(2026, 1, 1, 10, 27, 9, 123456, tzinfo=timezone.utc)),
        ("2026-01-31", datetime(2026, 1, 31, tzinfo=timezone.utc)),
    ],
)
def test_the_texts_of_the_api_become_moments(text: str, moment: datetime) -> None:
    """Every form that the API has used is read, with its time zone, UTC where it has none."""
    parsed = parse_time(text)

    assert parsed == moment
    assert parsed is not None
    assert parsed.utcoffset() == moment.utcoffset()


@pytest.mark.parametrize("text", ["", "soon", "03/04/2018", "2026-02-30T00:00:00Z", "\uff12026-01-01", "\ud800"])
def test_what_is_no_time_is_none(text: str) -> None:
    """A text that names no moment is None, never a guess and never an exception."""
    assert parse_time(text) is None


@given(st.text(max_size=30))
def test_no_text_raises(text: str) -> None:
    """Whatever the server puts there can be looked at."""
    moment = parse_time(text)

    assert moment is None or moment.tzinfo is not None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 1, 31), "2026-01-31"),
        (datetime(2026, 1, 31, 9, 30), "2026-01-31T09:30:00Z"),
        (datetime(2026, 1, 31, 9, 30, tzinfo=BANGKOK), "2026-01-31T02:30:00Z"),
        (datetime(2026, 1, 31, 9, 30, 1, 999999, tzinfo=timezone.utc), "2026-01-31T09:30:01Z"),
    ],
)
def test_dates_and_times_are_sent_in_utc(value: date, text: str) -> None:
    """A date stays a date; a time is sent in UTC to the second, and taken to be UTC where it has no zone."""
    assert encode_time(value) == text


@given(st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30), timezones=st.sampled_from([BANGKOK, timezone.utc])))
def test_what_is_sent_reads_the_same(moment: datetime) -> None:
    """A moment survives the way out and back, to the second."""
    assert parse_time(encode_time(moment)) == moment.replace(microsecond=0)


DAY = date(2027, 6, 3)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (DAY, DAY),
        (datetime(2027, 6, 3, 23, 59, tzinfo=BANGKOK), DAY),
        ("2027-06-03", DAY),
        ("2027-06-03T23:59:00Z", DAY),
        ("03/06/2027", DAY),
        ("3.6.2027", DAY),
        ("2027/6/3", DAY),
        ("3 June 2027", DAY),
        (" June 3rd, 2027 ", DAY),
        ("3rd of June 2027", DAY),
        ("June 2027", date(2027, 6, 1)),
    ],
)
def test_a_day_is_read_in_every_spelling(value: date | str, day: date) -> None:
    """ISO first, then with the day before the month; the day of a datetime is that of its own zone."""
    assert parse_date(value) == day
    assert type(parse_date(value)) is date


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2027",
        "06/2027x",
        "31/02/2027",
        "12/31/2027",
        "2027-13-01",
        "3 June",
        "Monday",
        "3 Juno 2027",
        "٣/٦/2027",
        "1" * 400,
    ],
)
def test_what_is_no_day_is_a_value_error_that_shows_it(text: str) -> None:
    """Nothing is swapped to make it fit, and nothing is filled in from today."""
    with pytest.raises(ValueError) as refused:
        parse_date(text)

    assert str(refused.value).startswith(f"{text!r} is not a date; ")


def test_a_day_is_no_number() -> None:
    """A timestamp is not guessed at."""
    with pytest.raises(TypeError, match="a day is given as a date, a datetime or text, got int"):
        parse_date(20270603)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "end"),
    [
        (date(2026, 1, 31), datetime(2026, 1, 31, 23, 59, 59, tzinfo=timezone.utc)),
        (datetime(2026, 1, 31), datetime(2026, 1, 31)),
        ("2026-01-31", "2026-01-31"),
        (None, None),
    ],
)
def test_the_last_moment_of_a_day(value: object, end: object) -> None:
    """Of a day it is that in UTC; what is no day is left to be what it is."""
    assert last_moment(value) == end
