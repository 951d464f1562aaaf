"""The walk over all pages of a list, which sees each record once, whatever is created or destroyed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from ..errors import APIConnectionError
from .identity import Record

if TYPE_CHECKING:
    from typing_extensions import Self

R_co = TypeVar("R_co", bound=Record, covariant=True)


class Page(Protocol[R_co]):
    """What the walk asks of a page of a list."""

    @property
    def data(self) -> Sequence[R_co]: ...
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
    def _fetch(self, offset: int, limit: int) -> Self: ...
    def _reaching(self, place: int) -> Self: ...


def walk(first: Page[R_co]) -> Iterator[R_co]:
    """
    Yield every record of the list that *first* is a page of, from the offset that was asked for.

    Each page is asked for together with the last record of the one before: if that does not come back in its place,
    records were destroyed before it and the rest has moved up, so the walk steps back to where it was.

    Raises `APIConnectionError` if the pages repeat themselves.
    """
    at_start = first._offset == first._start and (first.data or not first.total)
    page = first if at_start else first._fetch(first._start, first._limit)
    seen: set[Any] = set()
    barren = 0
    while True:
        barren += 1
        for record in page.data:
            known = record._attributes.get("id")
            if known is None or known not in seen:
                barren = 0
                seen.add(known)
                yield record
        end = page._offset + len(page.data)
        if end >= page.total or not page.data:
            return
        if barren > page.total_pages:
            raise APIConnectionError(f"{first._path}: asked for records from {end - 1} on, got others again and again")
        following = _following(first, page.data[-1], end, seen)
        if following is None:
            return
        page = following


def _following(first: Page[R_co], record: Record, end: int, seen: set[Any]) -> Page[R_co] | None:
    """Return the page that goes on after *record*, which stood at *end* - 1; None if nothing does."""
    last = record._attributes.get("id")
    if last is None:
        return first._fetch(end, first._limit)
    offset = end - 1
    following = first._reaching(offset)
    beyond = following.data[offset - following._offset :]
    if beyond and beyond[0]._attributes.get("id") == last:
        return following if len(beyond) > 1 else None
    while offset > first._start and not any(record._attributes.get("id") in seen for record in following.data):
        offset = max(first._start, offset - first._limit)
        following = first._reaching(offset)
    return following
