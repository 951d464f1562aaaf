"""The walk over all pages of a list, which sees each record once, whatever is created or destroyed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from ..errors import APIConnectionError

if TYPE_CHECKING:
    from typing_extensions import Self

R_co = TypeVar("R_co", covariant=True)

Item = Mapping[str, Any]
"""A record as it stands in the JSON of a page."""

ORDERS = {"chronological": False, "reverse_chronological": True}
"""The orders in which a record's time tells its place, and whether the newest come first."""

TIME = len("2026-01-31T09:30:00Z")


class Page(Protocol[R_co]):
    """What the walk asks of a page of a list."""

    @property
    def total(self) -> int: ...
    @property
    def total_pages(self) -> int: ...
    @property
    def _offset(self) -> int: ...
    @property
    def _limit(self) -> int: ...
    @property
    def _start(self) -> int: ...
    @property
    def _path(self) -> str: ...
    def _told(self, name: str) -> Any: ...
    def _items(self) -> Sequence[Item]: ...
    def _made(self, items: Sequence[Item]) -> Iterator[R_co]: ...
    def _without_data(self) -> Self: ...
    def _fetch(self, offset: int, limit: int) -> Self: ...
    def _reaching(self, place: int, hurry: bool) -> Self: ...


def walk(page: Page[R_co]) -> Iterator[R_co]:
    """
    Yield every record of the list that *page* is one of, from the offset that was asked for.

    Each page is asked for together with the last record of the one before: if that does not come back in its place,
    records were created or destroyed before it and the rest has moved, so the walk steps back to where it was. Pages
    are let go of when they were walked, and records made one at a time. It ends with what was there when the second
    page was fetched, or it might never end where others create records faster than it goes.

    Raises `APIConnectionError` if the pages repeat themselves.
    """
    guide, seen = page._without_data(), Seen(page._told("order"))
    if page._offset != page._start or (page.total and not page._items()):
        page = guide._fetch(guide._start, guide._limit)
    moved, begin, barren, horizon = False, 0, 0, ""
    while True:
        items = page._items()[begin:]
        fresh = seen.not_held(items, moved)
        seen.turn(items)
        due = seen.up_to(horizon, fresh)
        yield from guide._made(due)
        if len(due) < len(fresh):
            return
        barren = 0 if fresh else barren + 1
        end = page._offset + begin + len(items)
        if end >= page.total or not items:
            return
        if barren > page.total_pages:
            raise APIConnectionError(f"{guide._path}: asked for records from {end - 1} on, got others again and again")
        last = items[-1]
        del page, items, fresh, due  # before the next is fetched: two pages at once would be the most memory there is
        following = _following(guide, last, end, seen, hurry=barren > 0)
        if following is None:
            return
        page, moved, begin = following
        del following
        horizon = horizon or _text(page._told("to"))


def _following(guide: Page[R_co], last: Item, end: int, seen: Seen, hurry: bool) -> tuple[Page[R_co], bool, int] | None:
    """
    Return the page that goes on after *last*, which stood at *end* - 1, whether that moved, and at which place of the
    page to go on; None at the end.

    In a *hurry* to where records went that others push on faster than pages are asked for, it is as large as can be.
    """
    if last.get("id") is None:
        return guide._fetch(end, guide._limit), False, 0
    offset = end - 1
    page = guide._reaching(offset, hurry)
    place = offset - page._offset
    beyond = page._items()[place:]
    if beyond and beyond[0].get("id") == last["id"]:
        return (page, False, place + 1) if len(beyond) > 1 else None
    while offset > guide._start and not any(seen.holds(item, True) for item in page._items()):
        offset = max(guide._start, offset - guide._limit)
        page = guide._reaching(offset, hurry)
    return page, True, 0


class Seen:
    """
    The records that a walk has seen: those of the last two pages by their ids, those before them by their time.

    A time is only trusted in a list that is in the order of creation, and to the second: of the second in which the two
    pages begin, all ids are kept. In any other list all ids are.
    """

    def __init__(self, order: Any) -> None:
        self._reverse = ORDERS.get(order) if isinstance(order, str) else None
        self._times: dict[Any, Any] = {}  # as the JSON has them: few are ever looked at
        self._low = self._next_low = ""

    def holds(self, item: Item, moved: bool) -> bool:
        """
        Tell whether *item* was seen, if it has an id to tell it by.

        The time tells only where the records have *moved*: what comes after the last record in its place is new.
        """
        id = item.get("id")
        if id is None or id in self._times:
            return id is not None
        return moved and bool(self._low) and self._is_before(_time(item), self._low)

    def not_held(self, items: Sequence[Item], moved: bool) -> list[Item]:
        """Return those of *items* that were not seen; see `holds`."""
        if moved:
            return [item for item in items if not self.holds(item, moved)]
        known = self._times  # as `holds` tells it, without a call for each
        return [item for item in items if item.get("id") is None or item["id"] not in known]

    def turn(self, items: Sequence[Item]) -> None:
        """Note *items*, a page that was walked, and forget what is before the page that came before it."""
        times = self._times
        for item in items:
            if item.get("id") is not None:
                times.setdefault(item["id"], item.get("created_at") or item.get("created"))
        low, self._next_low = self._next_low, _time(items[0]) if items else ""
        if low and not self._is_before(low, self._low):  # after steps back it may be, of what was forgotten before
            self._low = low
            for id in [*takewhile(lambda id: self._is_before(_text(times[id]), low), times)]:
                del times[id]

    def up_to(self, horizon: str, items: list[Item]) -> list[Item]:
        """Return *items*, in a list whose newest records come last without those from the first after *horizon* on."""
        if not horizon or self._reverse is not False:
            return items
        if not items or self._time_of(items[-1]) <= horizon:
            return items
        after = (place for place, item in enumerate(items) if self._time_of(item) > horizon)
        return items[: next(after, len(items))]

    def _time_of(self, item: Item) -> str:
        return _text(self._times.get(item.get("id"))) or _time(item)

    def _is_before(self, time: str, other: str) -> bool:
        if not time or not other or self._reverse is None:
            return False
        return time > other if self._reverse else time < other


def _time(item: Item) -> str:
    """Return when *item* was created, as text whose order is that of time; empty if it does not say so."""
    return _text(item.get("created_at") or item.get("created"))


def _text(time: Any) -> str:
    return time if isinstance(time, str) and len(time) == TIME and time.endswith("Z") else ""
