"""`omise.resources.phrases`: what the builder of schedules understands, and how it spells it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omise.resources.scheduler import Scheduler

from .conftest import END, plan

# Reading


@pytest.mark.parametrize(
    ("phrase", "attributes"),
    [
        ("every day until 2027-06-30", {"every": 1, "period": "day", "end_date": "2027-06-30"}),
        ("every 5 days until 30 June 2027", {"every": 5, "period": "day", "end_date": "2027-06-30"}),
        ("3 days until 2027-01-01", {"every": 3, "period": "day", "end_date": "2027-01-01"}),
        ("every day until 2027/4/3", {"every": 1, "period": "day", "end_date": "2027-04-03"}),
        ("every day until 03/04/2027", {"every": 1, "period": "day", "end_date": "2027-04-03"}),
        ("every day until may 2027", {"every": 1, "period": "day", "end_date": "2027-05-01"}),
        (
            "every 2 weeks on monday and thursday until 2026-12-31",
            {"every": 2, "period": "week", "on": {"weekdays": ["monday", "thursday"]}, **END},
        ),
        (
            "Every 2 Weeks on Monday,Friday until 2026-12-31",
            {"every": 2, "period": "week", "on": {"weekdays": ["monday", "friday"]}, **END},
        ),
        (
            "every week on monday, monday and friday until 2026-12-31",
            {"every": 1, "period": "week", "on": {"weekdays": ["monday", "friday"]}, **END},
        ),
        (
            "every month on the 15th until 2026-12-31",
            {"every": 1, "period": "month", "on": {"days_of_month": [15]}, **END},
        ),
        (
            "every 2 months on 1, 10 and 20 until 2026-12-31",
            {"every": 2, "period": "month", "on": {"days_of_month": [1, 10, 20]}, **END},
        ),
        (
            "every month on the 1st and the 15th until December 31st, 2026",
            {"every": 1, "period": "month", "on": {"days_of_month": [1, 15]}, **END},
        ),
        (
            "every month on the last friday until 2026-12-31",
            {"every": 1, "period": "month", "on": {"weekday_of_month": "last_friday"}, **END},
        ),
        (
            "every 3 months on the 2nd tuesday until 2026-12-31",
            {"every": 3, "period": "month", "on": {"weekday_of_month": "2nd_tuesday"}, **END},
        ),
        (
            "every month on the 3rd Wednesday until January 1st 2028",
            {"every": 1, "period": "month", "on": {"weekday_of_month": "3rd_wednesday"}, "end_date": "2028-01-01"},
        ),
    ],
)
def test_every_phrase_that_the_gem_understands_is_understood(scheduler, phrase, attributes):
    """Phrases written for the gem keep their meaning."""
    assert plan(scheduler.parse(phrase)) == attributes


@pytest.mark.parametrize(
    ("phrase", "same"),
    [
        ("every monday until 2026-12-31", "every week on monday until 2026-12-31"),
        ("every monday and thursday until 2026-12-31", "every week on monday and thursday until 2026-12-31"),
        ("every monday, tuesday, and friday", "every week on monday, tuesday and friday"),
        ("every two weeks on monday until 2026-12-31", "every 2 weeks on monday until 2026-12-31"),
        ("every other week on monday until 2026-12-31", "every 2 weeks on monday until 2026-12-31"),
        ("every one day", "every day"),
        ("every twelve months on the 1st", "every 12 months on 1"),
        ("  every\n 3\tdays ", "every 3 days"),
        ("every 1 weeks on the monday", "every week on monday"),
    ],
)
def test_phrases_that_the_gem_misreads_mean_what_they_say(scheduler, phrase, same):
    """Number words, "every other" and bare weekdays have one meaning, so that they work."""
    assert plan(scheduler.parse(phrase)) == plan(scheduler.parse(same))


@pytest.mark.parametrize(
    ("phrase", "problem"),
    [
        ("every weekday until 2026-12-31", "'weekday' is neither a number of days, weeks or months nor weekdays"),
        ("every year until 2026-12-31", "'year' is neither"),
        ("daily until 2026-12-31", "'daily' is neither"),
        ("every 3 weeks until 2026-12-31", "it does not say on which days of the week"),
        ("every month until 2026-12-31", "it does not say on which days of the month"),
        ("every month on 31 until 2026-12-31", "days of a month are 1 to 28"),
        ("every month on the 31st until 2026-12-31", "days of a month are 1 to 28"),
        ("every month on the 1st and 100th until 2026-12-31", "100 is not a day to schedule"),
        ("every month on friday until 2026-12-31", "'friday' is not a day of a month"),
        ("every month on the fifth monday until 2026-12-31", "'fifth monday' is not a day of a month"),
        ("every month on last day until 2026-12-31", "'last day' is not a day of a month"),
        (
            "every month on the first monday and third monday until 2026-12-31",
            "'first monday, third monday' is neither",
        ),
        ("every month on the 1st and last friday until 2026-12-31", "'1st, last friday' is neither"),
        ("every 0 days until 2026-12-31", "every is a whole number from 1, got 0"),
        ("every 1.5 days until 2026-12-31", "'1.5 days' is neither"),
        ("every -2 days until 2026-12-31", "'-2 days' is neither"),
        ("every 10days until 2026-12-31", "'10days' is neither"),
        ("every thirteen days until 2026-12-31", "'thirteen days' is neither"),
        ("every 2 mondays until 2026-12-31", "'2 mondays' is neither"),
        ("every week on mon until 2026-12-31", "'mon' is not a weekday"),
        ("every week on monday & friday until 2026-12-31", "'monday & friday' is not a weekday"),
        ("every week on monday, until 2026-12-31", "'' is not a weekday"),
        ("every week on the 15th", "'15th' is not a weekday"),
        ("every day on monday until 2026-12-31", "days have no 'on monday'"),
        ("every monday on tuesday until 2026-12-31", "'monday' is neither"),
        ("every day until 2027-01-01 until 2028-01-01", "'2027-01-01 until 2028-01-01' is not a date"),
        ("every day until tomorrow", "'tomorrow' is not a date"),
        ("every day until", "'day until' is neither"),
        ("every day from now until 2026-12-31", "'now' is not a date"),
        ("until 2026-12-31", "'until 2026-12-31' is neither"),
        ("every", "'every' is neither"),
        (" ", "it is empty"),
        ("", "it is empty"),
    ],
)
def test_a_phrase_that_is_not_understood_whole_is_an_error(scheduler, phrase, problem):
    """The error shows the phrase, says what is wrong with it, and what can be written."""
    with pytest.raises(ValueError) as refused:
        scheduler.parse(phrase)

    message = str(refused.value)
    assert message.startswith(f"{phrase!r} is not a schedule: ")
    assert problem in message
    assert "write, for example, 'every 3 days until 2027-01-31'" in message


def test_a_phrase_is_text(scheduler):
    """Anything else is a TypeError."""
    with pytest.raises(TypeError, match="parsed from text, got NoneType"):
        scheduler.parse(None)


def test_a_phrase_keeps_the_dates_that_it_does_not_say(scheduler):
    """The start and the end may be set beside a phrase, before it or after it."""
    before = scheduler.start_date("2026-09-02").end_date("2026-12-31").parse("every day")
    after = scheduler.parse("every day").start_date("2026-09-02").end_date("2026-12-31")

    assert plan(before) == plan(after) == {"every": 1, "period": "day", "start_date": "2026-09-02", **END}


def test_a_phrase_may_say_its_start(scheduler):
    """``from <date>`` stands before ``until``."""
    built = scheduler.parse("every 3 days from 2026-09-02 until 2026-12-31")

    assert plan(built) == {"every": 3, "period": "day", "start_date": "2026-09-02", **END}


WORDS = ["every", "the", "on", "from", "until", "and", ",", "other", "two", "3", "0", "15th", "31", "day", "weeks"]
WORDS += ["month", "monday", "friday", "last", "2nd", "first", "2027-01-01", "2027", "june", "year"]


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join)))
@settings(deadline=None, max_examples=300)
def test_any_text_is_a_schedule_or_a_value_error(text):
    """Whatever is written, no other exception gets out, and what is understood is what the API takes."""
    try:
        attributes = plan(Scheduler("charge", {}).parse(text))
    except ValueError:
        return

    keys = {"day": [], "week": ["weekdays"], "month": ["days_of_month"]}
    assert attributes["every"] >= 1
    assert list(attributes.get("on", {})) in (keys[attributes["period"]], ["weekday_of_month"])


# Writing


@pytest.mark.parametrize(
    "phrase",
    [
        "every day",
        "every 2 weeks on monday and thursday until 2026-12-31",
        "every week on monday, tuesday and friday from 2026-09-02 until 2026-12-31",
        "every 2 months on the 1st, 2nd, 3rd, 4th, 11th, 12th, 13th, 21st, 22nd and 23rd",
        "every month on the last friday",
    ],
)
def test_repr_reads_like_the_phrase(scheduler, phrase):
    """What the REPL shows can be parsed again."""
    assert repr(scheduler.parse(phrase)) == f"<Scheduler charge {phrase}>"
