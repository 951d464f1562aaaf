"""`Scheduler`: builds a schedule step by step or from a phrase, such as "every 2 weeks on monday"."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timezone
from itertools import islice
from typing import TYPE_CHECKING, Any, NoReturn

from ..discretion import discreet
from ..records.access import OPTIONS, BaseClient, Options, current_client, using
from ..records.amounts import settled
from ..records.casting import class_named, plain
from ..records.verbs import writes
from ..redaction import redact, sealed, short
from ..wire.dates import parse_date
from ..wire.encoding import encode
from .phrases import EXAMPLES, ORDINALS, WEEKDAYS, spell_days, steps

if TYPE_CHECKING:
    from typing_extensions import Self

    from .schedule import Schedule

KINDS = ("charge", "transfer")
DAYS_OF_MONTH = range(1, 29)
"""Days that every month has; the API takes no others.  Source: https://docs.omise.co/charge-schedules-api"""


class Scheduler:
    """
    A charge or a transfer to repeat, and when. `Charge.schedule` and `Transfer.schedule` make one.

    Every step returns a new one and leaves this as it was; nothing is sent before `start`::

        omise.Charge.schedule(customer=customer, amount=100_00).every(2).weeks(on=["monday"]).end_date("2027-01-31")
        omise.Charge.schedule(customer=customer, amount=100_00).parse("every 2 weeks on monday until 2027-01-31")

    A day is given as a date, a datetime or text (``2027-01-31``, ``31/01/2027``, ``31 January 2027``).

    *kind* is ``"charge"`` or ``"transfer"``, *attributes* its fields and the options of the call (``key``, ``timeout``,
    ``idempotency_key``), *client* the account, by default the one that is current now.

    Source: https://docs.omise.co/schedules-api
    """

    _kind = ""
    _plan: dict[str, Any] = {}

    @discreet
    def __init__(self, kind: str, attributes: Mapping[str, Any], *, client: BaseClient | None = None) -> None:
        attributes = sealed(attributes)
        if kind not in KINDS:
            raise ValueError(f"a schedule is one of a {' or of a '.join(KINDS)}, got {short(kind)}")
        if not isinstance(attributes, Mapping):
            raise TypeError(f"the {kind} to repeat is given as a dict, got {type(attributes).__name__}")
        self._options, fields = Options.split(attributes)
        self._kind = kind
        self._repeated = encode(dict(settled({kind: fields}, lambda: None)))[kind]
        self._client = client or current_client()

    @property
    def type(self) -> str:
        """What it repeats: ``"charge"`` or ``"transfer"``."""
        return self._kind

    def _with(self, **steps: Any) -> Self:
        """Return another with *steps* in the plan; None takes a step out of it."""
        twin = type(self).__new__(type(self))
        vars(twin).update(vars(self))
        twin._plan = {name: value for name, value in {**self._plan, **steps}.items() if value is not None}
        return twin

    # How often

    @discreet
    def every(self, n: int = 1) -> Self:
        """Repeat in every *n*-th day, week or month; raises ValueError or TypeError if *n* is not 1 or more."""
        return self._with(every=_check_count("every", n))

    def days(self) -> Self:
        """Count in days: ``every(3).days()``."""
        return self._with(period="day", on=None)

    @discreet
    def weeks(self, on: str | Iterable[str]) -> Self:
        """
        Count in weeks, and run on the weekdays *on*: one or several English names, ``["monday", "thursday"]``.

        Weeks start on Monday. Raises ValueError for anything but full names.
        """
        on = plain(on)
        names = _check_each([on] if isinstance(on, str) else on, str, "names of weekdays", _check_weekday)
        return self._with(period="week", on={"weekdays": names})

    @discreet
    def months(self, on: int | str | Iterable[int]) -> Self:
        """
        Count in months, and run on the days *on*: one or several numbers from 1 to 28, or one weekday as text.

        Such as ``on=15``, ``on=[1, 15]``, ``on="2nd_tuesday"``, ``on="last_friday"``; the ordinals are ``first`` or
        ``1st``, ``second`` or ``2nd``, ``third`` or ``3rd``, ``fourth`` or ``4th``, and ``last``. Raises ValueError or
        TypeError for anything else.
        """
        on = plain(on)
        if isinstance(on, str):
            return self._with(period="month", on={"weekday_of_month": _check_weekday_of_month(on)})
        noun = "days by number, or one weekday as text"
        days = _check_each([on] if isinstance(on, int) else on, int, noun, _check_day_of_month)
        return self._with(period="month", on={"days_of_month": days})

    day, week, month = days, weeks, months

    # From when, until when

    @discreet
    def start_date(self, day: date | str) -> Self:
        """Let *day* be the first on which it may run; without it that is the day of `start`, in UTC."""
        return self._with(start_date=parse_date(day))

    @discreet
    def end_date(self, day: date | str) -> Self:
        """Let *day* be the last on which it may run."""
        return self._with(end_date=parse_date(day))

    @discreet
    def parse(self, text: str) -> Self:
        """
        Take the steps that an English phrase says; what it does not say stays as it was.

        ``[every] [<count>|other] days|weeks|months [on <days>] [from <date>] [until <date>]``, or ``every <weekdays>``:
        "every 2 weeks on monday and thursday until 2027-01-31", "every month on the 1st and the 15th", "every other
        month on the last friday", "every monday until 31 January 2027". A count is a number, or a word up to twelve.

        Raises ValueError for what it does not understand to the last word, saying what can be written.
        """
        if not isinstance(text, str):
            raise TypeError(f"a schedule is parsed from text, got {type(text).__name__}")
        try:
            scheduler = self
            for verb, value in steps(text):
                scheduler = getattr(scheduler, verb)(*value)
            return scheduler
        except ValueError as error:
            raise ValueError(f"{redact(text)!r} is not a schedule: {error}; {EXAMPLES}") from error

    # What comes of it

    def to_attributes(self) -> dict[str, Any]:
        """Return what was set, as `Schedule.create` takes it: ``{"charge": {…}, "every": 2, "period": "day", …}``."""
        attributes: dict[str, Any] = encode({self._kind: self._repeated, **self._plan})
        return attributes

    @writes
    def start(self, **options: Any) -> Schedule:
        """
        Create the schedule and return it; it counts from every single day, week or month where no `every` was said.

        *options* are ``key``, ``timeout``, ``deadline`` and ``idempotency_key``. Raises ValueError, before anything is
        sent, if it is not said how often or until when, or if it would end before it starts; `BadRequestError` if it
        is past.

        POST /schedules
        """
        options = sealed(options)
        given, unknown = Options.split(options)
        if unknown:
            known = f"{', '.join(OPTIONS[:-1])} and {OPTIONS[-1]}"
            raise TypeError(f"start() takes {known}, got {', '.join(unknown)}")
        self._refuse_if_incomplete()
        said = sealed({name: value for name, value in given._asdict().items() if value is not None})
        early = self._options.deadline  # of which the time begins now
        chosen = {**sealed(self._options._asdict()), "deadline": early and early.seconds, **said}
        schedule: Any = self._client.bind(class_named("Schedule"))
        with using(self._client):  # the classes of the default account are not bound: they follow the block
            return schedule.create({"every": 1, **self.to_attributes()}, **chosen)  # type: ignore[no-any-return]

    def next(self, n: int = 1) -> list[date]:
        """
        Return the first *n* days on which it would run, or fewer if it ends before. Nothing is sent.

        Start and end count. Without a start date it is today's, in UTC; the days themselves are the API's, thus UTC's.
        """
        self._refuse_without_period()
        start, end = self._first_day.toordinal(), self._plan.get("end_date", date.max).toordinal()
        days = (day for day in self._run_days(start, end) if start <= day <= end)
        return [date.fromordinal(day) for day in islice(days, _check_count("n", n))]

    @property
    def _first_day(self) -> date:
        day: date = self._plan.get("start_date") or _today()
        return day

    def _refuse_without_period(self) -> None:
        if "period" not in self._plan:
            raise ValueError(f"it is not said how often {self!r} runs: use days(), weeks(), months() or parse()")

    def _refuse_if_incomplete(self) -> None:
        """Refuse what says too little, whatever day it is: what is past is for the API to say, by its own clock."""
        self._refuse_without_period()
        start, end = self._plan.get("start_date"), self._plan.get("end_date")
        if end is None:
            raise ValueError(f"{self!r} needs an end: use end_date(), or 'until <date>' in a phrase")
        if start is not None and end < start:
            raise ValueError(f"{self!r} would end before it starts, on {start}")

    def _run_days(self, start: int, end: int) -> Iterator[int]:
        """Yield the days of the periods from the one of *start* to the one of *end*, as ordinals of `date`."""
        every, period, on = self._plan.get("every", 1), self._plan["period"], self._plan.get("on", {})
        if period == "day":
            yield from range(start, end + 1, every)
        elif period == "week":
            places = sorted(WEEKDAYS.index(name) for name in on["weekdays"])
            # Inferred: weeks start on Monday. It matters to every second week and rarer, if Sunday is a day to run on.
            for monday in range(start - date.fromordinal(start).weekday(), end + 1, 7 * every):
                yield from (monday + place for place in places)
        else:
            first, last = (_month_number(date.fromordinal(day)) for day in (start, end))
            # Inferred: every second month and rarer is counted from the month of the start.
            for month in range(first, last + 1, every):
                yield from _run_days_of_month(month // 12, month % 12 + 1, on)

    # Showing and copying

    def __repr__(self) -> str:
        return f"<{' '.join([type(self).__name__, self._kind, *self._words()])}>"

    def _words(self) -> Iterator[str]:
        every, period, on = self._plan.get("every"), self._plan.get("period"), self._plan.get("on", {})
        if every or period:
            yield "every"
        if every and (every > 1 or not period):
            yield str(every)
        if period:
            yield period if (every or 1) == 1 else f"{period}s"
        if on:
            yield f"on {spell_days(on)}"
        for word, name in (("from", "start_date"), ("until", "end_date")):
            if name in self._plan:
                yield f"{word} {self._plan[name]}"

    def __copy__(self) -> Self:
        return self  # it never changes

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Scheduler may hold a key, and cannot be pickled; keep its to_attributes()")


def _check_count(name: str, value: Any) -> int:
    value = plain(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} is a whole number, got {type(value).__name__}")
    if value < 1:
        raise ValueError(f"{name} is a whole number from 1, got {value}")
    return value


def _check_each(values: Any, kind: type, noun: str, check: Callable[[Any], Any]) -> list[Any]:
    """Return what *check* makes of each of *values*, without repetitions; they must be some, and all of *kind*."""
    if not isinstance(values, Iterable) or isinstance(values, (bytes, Mapping)):
        raise TypeError(f"on takes {noun}, got {type(values).__name__}")
    items = list(values)
    for item in items:
        if not isinstance(item, kind) or isinstance(item, bool):
            raise TypeError(f"on takes {noun}, got a list with {type(item).__name__} in it")
    if not items:
        raise ValueError(f"on takes {noun}, at least one")
    return list(dict.fromkeys(map(check, items)))


def _check_weekday(name: str) -> str:
    if name.lower() not in WEEKDAYS:
        raise ValueError(f"{redact(name)!r} is not a weekday; there are {', '.join(WEEKDAYS)}")
    return name.lower()


def _check_day_of_month(day: int) -> int:
    if day not in DAYS_OF_MONTH:
        raise ValueError(f"{day} is not a day to schedule: days of a month are 1 to 28, which every month has")
    return day


def _check_weekday_of_month(text: str) -> str:
    ordinal, _, weekday = text.lower().replace("_", " ").partition(" ")
    if ordinal not in ORDINALS or weekday not in WEEKDAYS:
        raise ValueError(
            f"{redact(text)!r} is not a day of a month: that is a number from 1 to 28, or one weekday such as "
            f"last_friday, which is one of {', '.join(ORDINALS)} and one of {', '.join(WEEKDAYS)}"
        )
    return f"{ordinal}_{weekday}"


def _today() -> date:
    """Return the day it is for the API.  Inferred: schedules are in days of UTC, whatever the account's country."""
    return datetime.now(timezone.utc).date()


def _month_number(day: date) -> int:
    """Return *day*'s month, counted from the beginning of the calendar."""
    return day.year * 12 + day.month - 1


def _run_days_of_month(year: int, month: int, on: Mapping[str, Any]) -> Iterator[int]:
    """Yield the days of one month on which *on* has a schedule run, as ordinals of `date`."""
    first = date(year, month, 1).toordinal()
    if "days_of_month" in on:
        yield from (first + day - 1 for day in sorted(on["days_of_month"]))
    else:
        ordinal, weekday = on["weekday_of_month"].split("_")
        before, length = monthrange(year, month)
        yield range(first + (WEEKDAYS.index(weekday) - before) % 7, first + length, 7)[ORDINALS[ordinal]]
