"""
An export of many records: each once, oldest first, in constant memory; interrupted, it goes on where it was.

Records are collected in FILE.part, a line of JSON each, and FILE.part.json says how far that is. At the end the file
is written in its format beside the others, and takes its name in one step.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

from ..errors import Error
from ..records.access import Origin, current_client
from ..records.flat import MAIN
from ..records.frames import declared
from ..wire.dates import encode_time
from .formats import READINGS, WRITERS

STRETCH = 5_000
"""Records after which a list is asked for anew, from the time of the last one on: pages far from the start are slow."""

PAGE = 100
SAVED_EVERY = 1_000
"""Records after which the place is saved."""


class ExportError(Error):
    """An export that cannot be made, or gone on with."""


@dataclass(frozen=True)
class Span:
    """A stretch of time: *start* is in it, *end* is not; None leaves an end open."""

    start: datetime | None = None
    end: datetime | None = None

    def part(self, number: int, count: int) -> Span:
        """Return part *number*, counted from 1, of *count* equal ones, to the second; together they are the whole."""
        if self.start is None or self.end is None:
            raise ExportError("parts are parts of a time that is known: give --from and --to, the same for each part")
        if not 1 <= number <= count:
            raise ExportError(f"part {number} of {count} is none; the first is 1/{count}, the last {count}/{count}")
        seconds = int((self.end - self.start).total_seconds())
        first, last = (self.start + timedelta(seconds=seconds * place // count) for place in (number - 1, number))
        return Span(first, last if number < count else self.end)


def moment(value: Any, *, ends: bool = False) -> datetime | None:
    """Return the moment that *value* is, or that a day begins with, or *ends* before; in UTC where it names no zone."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=timezone.utc)
    if isinstance(value, date):
        return datetime.combine(value, time(), timezone.utc) + timedelta(days=ends)
    return None


@dataclass
class Place:
    """How far an export is: the time of the last record, the ids of all that have this time, and what was written."""

    at: str = ""
    ids: set[str] = field(default_factory=set)
    count: int = 0
    size: int = 0

    def has(self, data: Mapping[str, Any]) -> bool:
        """Tell whether the record *data* was passed already."""
        return data["created_at"] == self.at and data["id"] in self.ids

    def note(self, data: Mapping[str, Any]) -> None:
        """Go on to *data*; raises `ExportError` if it is older than the last."""
        if data["created_at"] < self.at:
            raise ExportError(f"{data['id']} is older than the record before it: the list is not in the order of time")
        if data["created_at"] > self.at:
            self.at, self.ids = data["created_at"], set()
        self.ids.add(data["id"])
        self.count += 1


def records(
    cls: Any, span: Span, place: Place, tell: Callable[[int], object] = lambda total: None
) -> Iterator[Mapping[str, Any]]:
    """
    Yield the JSON of each record of *cls* in *span* after *place*, oldest first, and move *place* on with it.

    A record that exists all the while is yielded once, whatever is created or destroyed meanwhile. *tell* is called
    with the number of records that there are in all, as far as that is known.
    """
    last = encode_time(span.end) if span.end else None
    while True:
        fresh = 0
        page = cls.list(**_window(span, place))
        tell(page.total + place.count - len(place.ids))
        for record in page:
            data = record.to_dict()
            if last is not None and data["created_at"] >= last:
                return
            if fresh >= STRETCH and data["created_at"] > place.at:
                break  # no other record has the time of the last one, or it is found again from there on
            if not place.has(data):
                place.note(data)
                fresh += 1
                yield data
        else:
            return


def _window(span: Span, place: Place) -> dict[str, Any]:
    window: dict[str, Any] = {"limit": PAGE, "order": "chronological"}
    if place.at or span.start:
        window["from"] = place.at or span.start
    if span.end:
        window["to"] = span.end
    return window


@dataclass(frozen=True)
class Export:
    """What is exported, and where to: the records of *cls* in *span*, into the file *out*, in *style*."""

    cls: Any
    span: Span
    out: Path
    style: str

    @property
    def part(self) -> Path:
        """Where records are collected."""
        return self.out.with_name(f"{self.out.name}.part")

    @property
    def state(self) -> Path:
        """Where it stands how far that is."""
        return self.out.with_name(f"{self.out.name}.part.json")

    def run(
        self,
        tell: Callable[[int], object] = lambda total: None,
        advance: Callable[[int], object] = lambda count: None,
    ) -> int:
        """Write the file and return the number of records in it: `collect` and `finish` are its two halves."""
        count = self.collect(tell, advance)
        self.finish(count)
        return count

    def collect(
        self,
        tell: Callable[[int], object] = lambda total: None,
        advance: Callable[[int], object] = lambda count: None,
    ) -> int:
        """
        Collect the records, going on where an earlier run was interrupted, and return how many there are.

        *tell* hears how many there are in all, *advance* how many were written so far. Raises `ExportError` if there
        is another export's part in the way.
        """
        place = self._resumed()
        with self.part.open("ab") as file:
            file.truncate(place.size)
            file.seek(place.size)
            try:
                self._collect(file, place, tell, advance)
            finally:
                self._save(file, place)
        return place.count

    def _collect(self, file: Any, place: Place, tell: Any, advance: Any) -> None:
        advance(place.count)
        for data in records(self.cls, self.span, place, tell):
            place.size += file.write(json.dumps(data, ensure_ascii=False).encode() + b"\n")
            if not place.count % PAGE:
                advance(place.count)
            if not place.count % SAVED_EVERY:
                self._save(file, place)
        advance(place.count)

    def finish(
        self,
        count: int,
        tell: Callable[[int], object] = lambda total: None,
        advance: Callable[[int], object] = lambda count: None,
    ) -> None:
        """Write what was collected, *count* records, in its format, and give the file its name; told as `collect`."""
        written = self.out.with_name(f"{self.out.name}.part.out")
        readings = READINGS[self.style] or 1
        tell(count)
        read = 0

        def seen(more: int) -> None:
            nonlocal read
            read += more
            advance(read // readings)

        known = {name: kind for name, kind in declared(self.cls) if not name.endswith(MAIN)}
        WRITERS[self.style](self.part, written, seen, known)
        advance(count)
        os.replace(written, self.out)
        for path in (self.part, self.state):
            with suppress(FileNotFoundError):
                path.unlink()

    # How far it is

    @property
    def _asked(self) -> dict[str, Any]:
        """What tells this export from another one; the account by what does not tell its key."""
        start, end = (encode_time(one) if one else None for one in (self.span.start, self.span.end))
        mark = Origin(self.cls._client or current_client()).mark
        return {"records": self.cls.object_name, "from": start, "to": end, "account": mark}

    def _save(self, file: Any, place: Place) -> None:
        file.flush()
        os.fsync(file.fileno())
        fresh = self.state.with_name(f"{self.state.name}.new")
        fresh.write_text(json.dumps({"asked": self._asked, "place": {**asdict(place), "ids": sorted(place.ids)}}))
        os.replace(fresh, self.state)

    def _resumed(self) -> Place:
        """Return where an earlier run was, or the beginning."""
        try:
            kept = json.loads(self.state.read_text())
            asked, place = kept["asked"], Place(**kept["place"])
            place.ids = {*place.ids}
        except FileNotFoundError:
            return Place()
        except (ValueError, TypeError, KeyError) as error:
            raise ExportError(f"{self.state} is not that of an export; delete it to begin anew") from error
        if asked != self._asked:
            raise ExportError(
                f"{self.part} is of another export than this one; delete it and {self.state} to begin anew"
            )
        if not self.part.exists() or self.part.stat().st_size < place.size:
            raise ExportError(f"{self.part} has less in it than {self.state} says; delete both to begin anew")
        return place
