"""Searching: `SearchScope` says what is looked for, `Search` is what was found."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, overload

from ..discretion import discreet
from ..redaction import redact_text, sealed, short
from ..wire.dates import encode_time
from ..wire.encoding import encode, json_name
from .access import OPTIONS, BaseClient, Options, Origin, current_client
from .amounts import is_money
from .casting import cast_as
from .listing import LARGEST_PAGE, List
from .resource import Resource
from .verbs import class_verb

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

    from .parameters import FilterValue, Order, SearchParameters

R = TypeVar("R", bound=Resource, covariant=True)
S = TypeVar("S", bound=Resource)

USUAL_PAGE = 30
"""How many records a page has if nothing is asked.  Source: https://docs.omise.co/search-api"""


class Search(List[R]):
    """
    What a search found: a `List` whose pages are counted, ``page`` by ``per_page``, instead of offset.

    Source: https://docs.omise.co/search-api
    """

    object_name: ClassVar[str | None] = "search"

    scope: str
    query: str
    filters: Any
    """What was filtered by, as text."""

    @property
    def per_page(self) -> int:
        """How many records a page has; 30, the API's own choice, where the answer does not tell."""
        return self._limit

    if TYPE_CHECKING:
        # A search has pages that are counted, where other lists have an offset.
        def __call__(self, **params: Unpack[SearchParameters]) -> Self: ...  # type: ignore[override]
        def reload(self, **params: Unpack[SearchParameters]) -> Self: ...  # type: ignore[override]

    @overload
    @class_verb
    def execute(cls, scope: SearchScope[S], **params: Unpack[SearchParameters]) -> Search[S]: ...
    @overload
    @class_verb
    def execute(cls, scope: str, **params: Unpack[SearchParameters]) -> Search[Any]: ...
    @class_verb
    def execute(cls, scope: str | SearchScope[Any], **params: Any) -> Search[Any]:
        """
        Search *scope* (``"charge"``, or a `SearchScope`) and return what was found.  GET /search

        *params*: ``query`` (text), ``filters`` (a dict, its values as `SearchScope.filter` takes them), ``order``,
        ``page`` and ``per_page``. Raises `InvalidScopeError`, `InvalidFiltersError`, `InvalidPageError`.
        """
        if not isinstance(scope, SearchScope):
            scope = SearchScope[Any](scope, client=cls._client)
        options = {name: params.pop(name) for name in OPTIONS if name in params}
        return scope._with(params).execute(**options)

    @property
    def _limit(self) -> int:
        return self._number("per_page", 0) or self._asked.get("per_page") or USUAL_PAGE

    @property
    def _offset(self) -> int:
        return (max(self._number("page", 1), 1) - 1) * self._limit

    @property
    def _asked_for_a_place(self) -> bool:
        return "page" in self._asked

    def _window(self, offset: int, limit: int) -> dict[str, Any]:
        return {"page": offset // limit + 1, "per_page": limit}

    def _reaching(self, place: int, hurry: bool) -> Self:
        """
        Return a page that holds the record number *place*, early in it, and goes on after it.

        Pages begin at multiples of their size, so the size is chosen for the page to begin close before that place.
        """
        least = LARGEST_PAGE // 2 if hurry else max(2, self._limit // 2)
        sizes = (size for size in range(least, LARGEST_PAGE + 1) if place % size < size - 1)
        size = min(sizes, key=lambda size: (place % size, -size))
        return self._fetch(place - place % size, size)


class SearchScope(Generic[R]):
    """
    What to look for, built step by step; each step returns a new scope. Iterating it, or `execute`, asks the API.

    ::

        omise.Charge.search().filter(status="failed", created=(date(2026, 1, 1), date(2026, 1, 31))).query("order 7")

    Source: https://docs.omise.co/search-api
    """

    def __init__(self, scope: str, *, client: BaseClient | None = None) -> None:
        self._scope = scope
        self._client = client
        self._attributes: dict[str, Any] = {}

    @property
    def scope(self) -> str:
        """What it looks among: ``"charge"``."""
        return self._scope

    @discreet
    def filter(self, filters: Mapping[str, FilterValue] | None = None, /, **more: FilterValue) -> Self:
        """
        Keep only what has these values; of one name the last counts.

        Values are text, numbers, booleans, dates, or a pair of them for all between, both included; None in a pair
        leaves that end open: ``amount=(1000, None)``. Amounts are `Money`, or in the currency's main unit, unlike
        everywhere else: ``1000`` is THB 1,000.00. ``created`` is the name for the time of creation.
        """
        given = {json_name(name): value for name, value in {**(filters or {}), **more}.items()}
        return self._with({"filters": {**self._attributes.get("filters", {}), **given}})

    def query(self, text: str | None = None) -> Self:
        """Look for *text* in ids, descriptions, names, e-mail addresses and metadata."""
        return self if text is None else self._with({"query": text})

    def order(self, order: Order) -> Self:
        """Sort by time of creation, ``"chronological"`` or ``"reverse_chronological"``."""
        return self._with({"order": order})

    def page(self, number: int) -> Self:
        """Begin with page *number*; 1 is the first."""
        return self._with({"page": number})

    def per_page(self, number: int) -> Self:
        """Have *number* records a page, 100 at the most; the API's own choice is 30."""
        return self._with({"per_page": number})

    def to_attributes(self) -> dict[str, Any]:
        """Return the parameters that `execute` sends."""
        return {"scope": self._scope, **{name: value for name, value in self._attributes.items() if value != {}}}

    def execute(self, **params: Unpack[SearchParameters]) -> Search[R]:
        """Ask the API and return what was found.  GET /search"""
        params = sealed(params)
        origin = Origin(self._client or current_client(), Options.split(params)[0].key)
        search: Search[R] = cast_as(Search, {"object": "search", "location": "/search"}, origin, loaded=False)
        asked: dict[str, Any] = sealed({**self.to_attributes(), **params})
        return search(**asked)

    def _with(self, attributes: Mapping[str, Any]) -> Self:
        twin = type(self)(self._scope, client=self._client)
        twin._attributes = {**self._attributes, **attributes}
        if attributes.get("filters"):
            filters = attributes["filters"].items()
            twin._attributes["filters"] = {name: _filter_text(value, name) for name, value in filters}
        return twin

    def __iter__(self) -> Iterator[R]:
        return iter(self.execute())

    def __repr__(self) -> str:
        steps = "".join(f" {name}={short(value, name)}" for name, value in self._attributes.items())
        return f"<SearchScope {self._scope}{steps}>"


class Searchable(Resource):
    """``search`` on the class."""

    @class_verb
    def search(cls) -> SearchScope[Self]:
        """Return a scope that looks among these records: ``search().filter(…).query(…)``. Nothing is sent yet."""
        return SearchScope[Any](str(cls.object_name), client=cls._client)


def _filter_text(value: Any, name: str) -> Any:
    """Return *value* as filters are written; raises TypeError for what cannot be one."""
    if isinstance(value, (tuple, list)):
        if len(value) != 2:
            raise TypeError(
                f"filter {redact_text(name)} takes one value or a pair of them (from, to), got {len(value)}"
            )
        return "..".join("" if end is None else str(_filter_text(end, name)) for end in value)
    if isinstance(value, date):
        return encode_time(value)[:10]  # the day in UTC, as the API counts them
    if "decimal" in sys.modules and isinstance(value, sys.modules["decimal"].Decimal):  # who has none pays nothing
        return f"{value:f}"
    if is_money(value):
        return str(value.amount)
    if value is not None and not isinstance(value, (Mapping, range)):
        with suppress(TypeError):
            return encode(value, f"filters.{name}")
    raise TypeError(
        f"filter {redact_text(name)} takes text, a number, a boolean, a date or a pair of them, "
        f"got {type(value).__name__}"
    )
