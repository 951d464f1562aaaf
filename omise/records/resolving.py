"""
Finding out what became of a write whose answer was lost: the waiting, the search for what was made, the comparison.

How each write is found is the resources' knowledge; here is what all of them share. No answer is a guess: what could
be somebody else's is still unknown.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from ..checks import check_seconds
from ..errors import APIConnectionError, APIError, ConfigurationError, NotFoundError, OutcomeUnknown
from ..redaction import MASK, redact
from ..resolution import Done, NotDone, Resolved, StillUnknown
from ..wire.dates import parse_time
from ..wire.marks import MADE_UP
from .access import BaseClient, Options, Origin, current_client
from .casting import cast, cast_as, same
from .identity import Record
from .listing import LARGEST_PAGE
from .losses import homes
from .operations import list_at
from .resource import Resource

MARGIN, CLOCKS_APART = timedelta(seconds=10), timedelta(minutes=5)
"""How much earlier or later than by this clock a record may be dated: in the same process, and from another one."""

FIRST_PAUSE, LONGEST_PAUSE = 0.25, 4.0
"""Seconds between one look and the next, doubled each time."""

Way = Callable[..., Resolved[Any]]
"""How a write of one kind is found: given an `Inquiry` and the ids in the path."""


@dataclass
class Inquiry:
    """One question what became of a write, to the account of *origin*."""

    error: OutcomeUnknown
    origin: Origin
    settled_after: float
    apart: timedelta = CLOCKS_APART

    @property
    def params(self) -> Mapping[str, Any]:
        return self.error.params if isinstance(self.error.params, Mapping) else {}

    @property
    def known(self) -> Mapping[str, Any]:
        return self.error.known or {}

    @property
    def settled(self) -> bool:
        """Whether the API is done with it: it said itself that it failed, or has had the time."""
        error = self.error
        if error.code is not None and error.tries == 1:
            return True
        lost = error.lost_at or error.sent_at
        return lost is None or datetime.now(timezone.utc) >= lost + timedelta(seconds=self.settled_after)

    def read(self, cls: type[Resource], path: str) -> Resource | None:
        """Fetch the record at *path*; None if there is none."""
        try:
            return cast(*cls._send("GET", path, {}, self.origin, Options()))  # type: ignore[no-any-return]
        except NotFoundError:
            return None

    # What was made

    def made(
        self, cls: type[Resource], path: str, *fixed: str, same_one: Callable[[Resource], bool | None]
    ) -> Resolved[Any]:
        """
        Look for what was created in the list at *path*: what is dated so, and does not contradict what was sent.

        *fixed* are the fields that never change after the creation. *same_one* tells of a record if it surely is the
        one, or surely not; None where that cannot be told.
        """
        found = (record for record in self._dated_so(cls, path) if not self._contradicts(record, fixed))
        verdicts = [(record, self._is_it(record, same_one)) for record in self._to_the_only_one(found)]
        sure = [record for record, verdict in verdicts if verdict]
        possible = [record for record, verdict in verdicts if verdict is None]
        if len(sure) == 1:
            return Done(sure[0])
        if sure:
            return StillUnknown(NOT_ALONE, tuple(sure))
        return StillUnknown(SOMEBODY_ELSES, tuple(possible)) if possible else NotDone()

    def _to_the_only_one(self, found: Iterator[Resource]) -> Iterator[Resource]:
        """Yield what was *found*, but nothing after a record with a reference that was made up: there is no other."""
        for record in found:
            yield record
            if self.error.reference is not None and self._is_it(record, is_open) and self._is_made_up:
                return

    @property
    def _is_made_up(self) -> bool:
        return MADE_UP.fullmatch(str(self.params["metadata"][self.error.reference])) is not None

    def _is_it(self, record: Resource, same_one: Callable[[Resource], bool | None]) -> bool | None:
        name = self.error.reference
        if name is None:
            return same_one(record)
        metadata = record._attributes.get("metadata")
        return isinstance(metadata, Mapping) and str(metadata.get(name)) == str(self.params["metadata"][name])

    def _contradicts(self, record: Resource, fixed: Iterable[str]) -> bool:
        return any(name in self.params and is_alike(self.params[name], record, name) is False for name in fixed)

    def _dated_so(self, cls: type[Resource], path: str) -> Iterator[Resource]:
        """Yield the records of the list at *path* that were created when this one would have been, newest first."""
        sent, lost = self.error.sent_at, self.error.lost_at or self.error.sent_at
        params: dict[str, Any] = {"limit": LARGEST_PAGE, "order": "reverse_chronological"}
        if sent is not None and lost is not None:
            skew = self._skew(cls, path)
            end = max(lost, lost + skew) + timedelta(seconds=self.settled_after) + self.apart
            params["from"] = min(sent, sent + skew) - self.apart
            if end < datetime.now(timezone.utc) + skew:
                params["to"] = end
        return iter(list_at(cls, path, params, cls, self.origin))

    def _skew(self, cls: type[Resource], path: str) -> timedelta:
        """Return how much later it is by the API's clock, which dates the end of a list, than by this one."""
        if self._clocks is None:
            page = list_at(cls, path, {"limit": 1}, cls, self.origin)
            now = parse_time(str(page._attributes.get("to")))
            self._clocks = now - datetime.now(timezone.utc) if now else timedelta()
        return self._clocks

    _clocks: timedelta | None = field(default=None, repr=False)

    # What was changed

    def became(self, cls: type[Resource], path: str, is_so: Callable[[Resource], bool | None]) -> Resolved[Any]:
        """Read the record at *path* and see if it is now as the write was to make it."""
        record = self.read(cls, path)
        if record is None:
            return StillUnknown(f"there is no record at {path} any more")
        so = is_so(record)
        if so is None:
            return StillUnknown(CHANGED, (record,))
        return Done(record) if so else NotDone()

    def updated(self, cls: type[Resource], path: str) -> Resolved[Any]:
        """Read the record at *path* and compare the fields that were sent, also with what they were before."""
        return self.became(cls, path, self._is_updated)

    def _is_updated(self, record: Resource) -> bool | None:
        before = self.known.get("before", {})
        told = {name: is_alike(value, record, name) for name, value in self.params.items()}
        unchanged = {name: name in before and is_alike(before[name], record, name) is True for name in told}
        certain = [name for name, alike in told.items() if alike is not None]
        if certain and all(told[name] for name in certain):
            moved = any(name in before and not unchanged[name] for name in certain)
            return True if moved or len(certain) == len(told) else None
        return False if certain and all(unchanged[name] for name in certain) else None

    def gone(self, cls: type[Resource], path: str) -> Resolved[Any]:
        """See if the record at *path* was destroyed."""
        record = self.read(cls, path)
        if record is None:
            data = {"object": cls.object_name, "id": path.rsplit("/", 1)[1], "deleted": True}
            return Done(cast_as(cls, data, self.origin))
        return Done(record) if record.destroyed else NotDone()


SOMEBODY_ELSES = (
    "what was sent has nothing in it that no other write has, so that any of the candidates may be somebody else's; "
    "omise.reference_key makes creates recognizable"
)
NOT_ALONE = "more than one record has what no other should have"
CHANGED = "the record is neither as it was nor surely as the write was to make it"
UNTOLD = "this library does not know how to find out what became of such a request"
AT_WORK = "nothing is to be seen of it, but the API may still be at work: ask again later, or within more seconds"


def resolve(
    ways: Callable[[str, str], tuple[Way, tuple[str, ...]] | None],
    error: OutcomeUnknown,
    client: BaseClient | None,
    of: type[Record] | None,
    within: float,
    settled_after: float,
) -> Resolved[Any]:
    """Find out what became of the write of *error*, as `OutcomeUnknown.resolve` says, by one of *ways*."""
    for name, seconds in {"within": within, "settled_after": settled_after}.items():
        check_seconds(name, seconds)
    apart = MARGIN if error in homes else CLOCKS_APART
    inquiry = Inquiry(error, home(error, client), settled_after, apart)
    found = ways(str(error.method), str(error.path))
    if found is None:
        return StillUnknown(UNTOLD)
    way, ids = found
    return _of_type(_ask(inquiry, lambda: way(inquiry, *ids), within), of)


def _ask(inquiry: Inquiry, look: Callable[[], Resolved[Any]], within: float) -> Resolved[Any]:
    """Look until there is an answer, for as many seconds at most."""
    end, pause = time.monotonic() + within, FIRST_PAUSE
    while True:
        settled = inquiry.settled  # before the look, so that what is done after it is not taken for never done
        answer, final = _look(look, settled)
        left = end - time.monotonic()
        if final or left <= 0:
            return answer
        time.sleep(min(pause, left))
        pause = min(2 * pause, LONGEST_PAUSE)


def _look(look: Callable[[], Resolved[Any]], settled: bool) -> tuple[Resolved[Any], bool]:
    """Return what is seen now, and whether there is no use in looking again."""
    try:
        answer = look()
    except APIConnectionError as failure:
        return StillUnknown(f"the API could not be asked: {failure}"), False
    except APIError as refusal:
        if refusal.status is None or (refusal.status < 500 and refusal.status != 429):
            raise
        return StillUnknown(f"the API could not be asked: {refusal}"), False
    if isinstance(answer, NotDone) and not settled:
        return StillUnknown(AT_WORK), False
    return answer, settled or isinstance(answer, Done)


def home(error: OutcomeUnknown, client: BaseClient | None) -> Origin:
    """
    Return the account of *error*: its own, or *client*, by default the current one, if the error was pickled.

    Raises `ConfigurationError` if that is another one, where nothing would be found, and paid again.
    """
    if client is not None and not isinstance(client, BaseClient):
        raise TypeError(f"resolve() takes an omise.Client, got {type(client).__name__}")
    own: Origin | None = homes.get(error)
    if own is not None and client in (None, own.client):
        return own
    origin = Origin(client or current_client())
    if error.account not in (None, origin.mark):
        raise ConfigurationError(
            "the write was sent with another key than that of this account: give the omise.Client of the account to "
            "error.resolve(client). If the account's key was replaced meanwhile, set error.account = None before"
        )
    return origin


def _of_type(answer: Resolved[Any], of: type[Record] | None) -> Resolved[Any]:
    wanted: Any = getattr(of, "_unbound", None) or of
    if wanted is not None and isinstance(answer, Done) and not isinstance(answer.record, wanted):
        raise TypeError(f"the write was of {answer.record!r}, which is no {wanted.__name__}")
    return answer


# Comparing


def is_open(record: Resource) -> None:
    """Tell of no record whether it is the one: anybody could have made it."""


def is_alike(sent: Any, record: Resource, name: str) -> bool | None:
    """Tell whether the field *name* of *record* is what was *sent*; None where the API may write it otherwise."""
    if name not in record._attributes:
        return None
    return _alike(sent, redact(record._attributes[name], name), name)


def _alike(sent: Any, seen: Any, name: str) -> bool | None:
    if _is_empty(sent) or _is_empty(seen):
        return _is_empty(sent) and _is_empty(seen)
    if MASK in str(sent) or MASK in str(seen):
        return None
    if isinstance(sent, str) and isinstance(seen, Mapping) and "id" in seen:
        return bool(sent == seen["id"])
    if isinstance(sent, Mapping) and isinstance(seen, Mapping):
        return _alike_in_parts(sent, seen, name)
    if same(sent, seen) or (_is_number(sent) and _is_number(seen) and sent == seen):
        return True
    # The API may write what was sent in another way: other zones, letters, types, a slash at the end.
    if name.endswith(("_at", "_on", "_date")) or _written(sent) == _written(seen):
        return None
    return False


def _alike_in_parts(sent: Mapping[str, Any], seen: Mapping[str, Any], name: str) -> bool | None:
    if name == "metadata" and sent.keys() != seen.keys():
        return False
    parts = [_alike(value, seen[part], part) if part in seen else None for part, value in sent.items()]
    if False in parts:
        return False
    return None if None in parts else True


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value == {}


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _written(value: Any) -> str:
    return " ".join(str(value).split()).casefold().rstrip("/").removesuffix(".0")
