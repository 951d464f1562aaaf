"""`Paged`: one page of a list, where it stands among the others, the way to its neighbours, and how it looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from ..importing import imported
from ..redaction import short
from .identity import LOCATION
from .resource import Resource
from .showing import HTML, telling
from .verbs import record_verb

if TYPE_CHECKING:
    from typing_extensions import Self

R = TypeVar("R", bound=Resource, covariant=True)


class Paged(Resource, Generic[R]):
    """A page of a `List`."""

    if TYPE_CHECKING:
        _address: str | None

        @property
        def data(self) -> list[R]: ...
        @property
        def total(self) -> int: ...
        @property
        def _offset(self) -> int: ...
        @property
        def _limit(self) -> int: ...
        def _fetch(self, offset: int, limit: int) -> Self: ...

    @property
    def page(self) -> int:
        """The number of this page; 1 is the first."""
        return self._offset // self._limit + 1

    @property
    def total_pages(self) -> int:
        """How many pages there are, of as many records as this one may have."""
        return -(-self.total // self._limit)

    @property
    def first_page(self) -> bool:
        """Whether this is the first page."""
        return self.page == 1

    @property
    def last_page(self) -> bool:
        """Whether no page follows."""
        return self.page >= self.total_pages

    @property
    def first(self) -> R | None:
        """The first record of this page; ``list[0]`` is the first of all."""
        return self.data[0] if self.data else None

    @property
    def last(self) -> R | None:
        """The last record of this page; ``list[-1]`` is the last of all."""
        return self.data[-1] if self.data else None

    def to_a(self) -> list[R]:
        """Return the records of this page as a list of its own."""
        return [*self.data]

    @record_verb
    def next_page(self) -> Self | None:
        """Fetch the page after this one; None if this is the last."""
        return self.jump_to_page(self.page + 1)

    @record_verb
    def previous_page(self) -> Self | None:
        """Fetch the page before this one; None if this is the first."""
        return self.jump_to_page(self.page - 1)

    @record_verb
    def jump_to_page(self, number: int) -> Self | None:
        """Fetch page *number* (1 is the first); None if there is no such page."""
        if number == self.page:
            return self
        if not 1 <= number <= self.total_pages:
            return None
        return self._fetch((number - 1) * self._limit, self._limit)

    # Showing

    def _labels(self) -> list[str]:
        location = self._attributes.get("location", self._address)
        known = isinstance(location, str) and LOCATION.fullmatch(location)
        where = [] if location is None else [str(location) if known else short(location)]
        if not self._loaded:
            return [*where, "(not loaded)"]
        data = self._attributes.get("data")  # and not as records, which would be made for it
        return [*where, f"{len(data) if isinstance(data, list) else 0} of {self.total}"]

    def _headline(self) -> str:
        """Return which list it is, how many there are, and which page."""
        page = f", page {self.page} of {self.total_pages}" if self._loaded and self.data else ""
        return repr(self)[1:-1] + page

    def _repr_html_(self) -> str:
        """Return this page as a table, for notebooks: what tells its records apart, the total and the page."""
        records = [each for each in self.data if isinstance(each, Resource)] if self._loaded else []
        rows = self._attributes["data"] if records else []
        return imported(HTML).rows_table(self._headline(), rows, telling(records))  # type: ignore[no-any-return]

    def __str__(self) -> str:
        """Return the records of this page, a line each, under a line that says how many there are."""
        records = self.data if self._loaded else []
        return "\n".join([self._headline(), *(f"  {record!r}" for record in records)])
