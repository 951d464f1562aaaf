"""`List`: one page of records, its neighbours, and iteration over all pages."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, overload

from ..checks import Timeout
from ..errors import APIConnectionError
from ..importing import imported
from ..wire.dates import last_moment
from ..wire.deadlines import Deadline
from ..wire.encoding import encode
from .access import Home, Options, merge_attributes
from .blocking import warn_of_blocking
from .casting import REGISTRY, cast, cast_each
from .identity import check_id
from .offset import Offset
from .paged import Paged
from .resource import Resource
from .verbs import record_verb
from .walking import walk

if TYPE_CHECKING:
    from builtins import list as pylist

    import pandas
    import polars
    from typing_extensions import Self, Unpack

    from .parameters import ListParameters, Order, RetrieveParameters

R = TypeVar("R", bound=Resource, covariant=True)

EVERY: Any = object()
"""Stands for an id that was not given."""

FRAMES = f"{__package__}.frames"
"""What makes frames; loaded where one is asked for."""

LARGEST_PAGE = 100
USUAL_PAGE = 20
"""How many records a page the API allows, and gives if nothing is asked.  Source: https://docs.omise.co/pagination"""


class List(Paged[R], Sequence[R]):
    """
    A sequence of every record that matches, of which one page is at hand.

    ``len(list)`` is the number of all of them, `data` the records of this page. Indexing fetches the page that holds
    the record, iteration goes on through the pages to the end: a record that exists all the while is seen exactly
    once, whatever is created or destroyed meanwhile. Calling the list fetches it with other parameters.

    Source: https://docs.omise.co/pagination
    """

    object_name: ClassVar[str | None] = "list"
    _kept = ("_address", "_asked", "_timeout", "_start", "_holds")

    _address: str | None = None
    """Where this list was asked for, which some versions of the API tell wrongly in ``location``."""
    _asked: dict[str, Any] = {}
    """The parameters that this list was asked for with; its other pages are asked for with them too."""
    _timeout: Timeout | None = None
    """What the call that asked for this list said of its time, if it did; its other pages keep to it too."""
    _deadline: Deadline | None = None
    """The deadline of that call, if it named one."""
    _start: int = 0
    """The offset at which iteration begins: the one that was asked for by who fetched the first page."""
    _holds: type[Resource] = Resource
    """The type of its records, where that is known."""
    _parent: Resource | None = None
    _page_at_hand: Self | None = None

    do_not_call_in_templates = True
    """Django's templates call what can be called, and calling a list fetches it anew."""

    location: str
    limit: int
    order: Order | None
    to: str

    @property
    def data(self) -> pylist[R]:
        """The records of this page."""
        if "data" in self._apart:
            data = self._apart["data"]
        elif type(self._attributes.get("data")) is list and "data" not in self._changes:
            # What `_read` would come to, which takes as long again to find that out.
            data = [*cast_each(self._attributes["data"], self._origin)]
            object.__setattr__(self, "_apart", {"data": data} if not self._apart else {**self._apart, "data": data})
        else:
            data = self._read("data") if "data" in self._known() else None
        return data if isinstance(data, list) else []

    _whole: pylist[R] | None = None
    """The records, where they are known to be all there are."""

    def _items(self) -> pylist[Mapping[str, Any]]:
        """Return the records of this page as they stand in the JSON."""
        data = self._told("data")
        return [item for item in data if isinstance(item, (dict, Mapping))] if isinstance(data, list) else []

    def _told(self, name: str) -> Any:
        return self._known().get(name)

    def _made(self, items: Sequence[Mapping[str, Any]]) -> Iterator[R]:
        return cast_each(items, self._origin)

    def _without_data(self) -> Self:
        """Return this page without its records, to ask for others as it was asked for."""
        twin = type(self)._build({**self._known(), "data": []}, self._origin)
        twin._holds, twin._parent, twin._start, twin._timeout = self._holds, self._parent, self._start, self._timeout
        twin._address, twin._asked, twin._deadline = self._path, self._asked, self._deadline
        return twin

    @property
    def total(self) -> int:
        """How many records match, on all pages together."""
        total = self._number("total", -1)
        return total if total >= 0 else self._offset + len(self._items())

    @property
    def parent(self) -> Resource | None:
        """The record whose list this is; None for a list of the whole account."""
        return self._parent

    @parent.setter
    def parent(self, record: Resource | None) -> None:
        self._parent = record

    def to_dicts(self) -> pylist[dict[str, Any]]:
        """Return the JSON of every record, from the first to the last page, each as `to_dict` gives it."""
        return [record.to_dict() for record in self]

    def to_dataframe(self, *, progress: bool = True) -> pandas.DataFrame:
        """
        Return every record, from the first to the last page, as a row of a pandas frame; see docs/repl.md.

        Nested parts have columns of their own (``card.brand``), amounts two: the integer, and beside it a Decimal in
        the main unit (``amount_main``). *progress* shows a bar on a terminal or in a notebook, where pages are fetched.
        """
        return imported(FRAMES).to_pandas(self, progress)

    def to_polars(self, *, progress: bool = True) -> polars.DataFrame:
        """Return the same as `to_dataframe`, as a frame of polars."""
        return imported(FRAMES).to_polars(self, progress)

    @property
    def offset(self) -> Offset:
        """The place of this page's first record, counted from 0; called, it fetches the records from another place."""
        return Offset(self._offset)._of(self)

    # One page and its neighbours

    @record_verb
    def reload(self, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[ListParameters]) -> Self:
        """Fetch this page again and return it."""
        options, fields = Options.split(params, attributes)
        asked, address = {**self._asked, **encode(_to_the_end(fields))}, self._path
        self._fill(*self._call("GET", params=asked, options=options))
        self._asked, self._address = asked, address
        return self

    @overload
    def retrieve(self) -> pylist[R]: ...
    @overload
    def retrieve(
        self, id: str | Resource, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[RetrieveParameters]
    ) -> R: ...
    @record_verb
    def retrieve(self, id: Any = EVERY, *attributes: Any, **params: Unpack[RetrieveParameters]) -> R | pylist[R]:
        """
        Fetch the record of *id*, at the address of its type where that has one, else below this list's.

        Without *id* that is every record, as a list of Python's.  GET /charges/<id>, GET <location>/<id>
        """
        if id is EVERY:
            return [*self]
        options, fields = Options.split(params, *attributes)
        holds, own = self._holds, check_id(id, self._holds)
        if holds.path is None:
            return cast(*self._call("GET", own, fields, options, wanted=holds.object_name, with_id=True))  # type: ignore[no-any-return]
        found = holds._send("GET", f"{holds.path}/{own}", fields, self._use(options), options)
        return cast(*found)  # type: ignore[no-any-return]

    def _add(self, params: Mapping[str, Any], **extra: Any) -> R:
        """Create a record in this list, which is fetched again when it is next read.  POST <location>"""
        options, params = Options.split(params)
        asked: dict[str, Any] = {"wanted": self._holds.object_name, "with_id": True, **extra}
        made = cast(*self._call("POST", params=params, options=options, **asked))
        self._fill({"object": self.object_name, "location": self._path}, self._origin, loaded=False)
        return made  # type: ignore[no-any-return]

    def _load(self) -> None:
        if not self._loaded:
            warn_of_blocking(f"{self._path} was fetched", "call it in a thread, `await aio(record.list, limit=20)`")
            self.reload()

    def _currency(self) -> str:
        return self._parent._currency() if self._parent is not None else super()._currency()

    @record_verb
    def __call__(self, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[ListParameters]) -> Self:
        """Fetch the list at the same address with the parameters of `Listable.list`."""
        return self._ask(merge_attributes(attributes, params))

    # The sequence of all

    def __len__(self) -> int:
        return self.total

    def __bool__(self) -> bool:
        return self.total > 0

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> pylist[R]: ...
    @overload
    def __getitem__(self, index: str) -> Any: ...
    def __getitem__(self, index: int | slice | str) -> Any:
        whole = self._whole
        if whole is None and self._is_sure_to_be_whole():
            whole = self.data
            object.__setattr__(self, "_whole", whole)  # around what assignments are checked by, which takes its time
        if whole is not None:
            try:
                return whole[index]  # type: ignore[index]
            except (IndexError, TypeError):
                pass  # a name, or out of range, as is said below
        if isinstance(index, str):
            return super().__getitem__(index)
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        index = operator.index(index)
        place = index + self.total if index < 0 else index
        if not 0 <= place < self.total:
            raise IndexError(f"{index} is out of range: the list's total is {self.total}")
        page = self._holding(place)
        try:
            return page.data[place - page._offset]
        except IndexError:
            raise IndexError(f"{index} is out of range: records were destroyed meanwhile") from None

    def __contains__(self, item: object) -> bool:
        return Resource.__contains__(self, item) if self._is_field(item) else any(item == record for record in self)

    def _is_field(self, item: object) -> bool:
        return isinstance(item, str) and item in self._known()

    def __iter__(self) -> Iterator[R]:
        """
        Yield every record, from the offset that was asked for; pages are fetched as they are needed.

        Raises `APIConnectionError` if the pages repeat themselves.
        """
        return iter(self.data) if self._is_all() else walk(self)

    def _is_all(self) -> bool:
        """Tell whether this page is the whole list."""
        return self._offset == self._start and self._offset + len(self._items()) >= self.total

    def _is_sure_to_be_whole(self) -> bool:
        data, known = self._attributes.get("data"), self._attributes
        return type(data) is list and len(data) == known.get("total") and known.get("offset") == 0

    def _reaching(self, place: int, hurry: bool) -> Self:
        """Fetch a page that holds the record number *place*, counted from 0, and goes on after it, far in a *hurry*."""
        return self._fetch(place, LARGEST_PAGE if hurry else min(self._limit + 1, LARGEST_PAGE))

    def _holding(self, place: int) -> Self:
        """Return the page that holds the record number *place*, counted from 0."""
        for page in (self, self._page_at_hand):
            if page is not None and page._offset <= place < page._offset + len(page.data):
                return page
        page = self._page_at_hand = self._fetch(place - place % self._limit, self._limit)
        return page

    # Fetching

    @property
    def _limit(self) -> int:
        return self._number("limit", 0) or USUAL_PAGE

    @property
    def _offset(self) -> int:
        return self._number("offset", 0)

    def _number(self, name: str, otherwise: int) -> int:
        """Return the number of that *name*, which a list that was recorded, or written by hand, may not have."""
        known = self._known().get(name)
        if type(known) is int and known >= 0:
            return known
        try:
            number = int(known)  # type: ignore[arg-type]
        except (TypeError, ValueError, OverflowError):
            return otherwise
        return number if number >= 0 else otherwise

    def _fetch(self, offset: int, limit: int) -> Self:
        """Fetch the page that begins at *offset*, asked for as this one was."""
        warn_of_blocking(f"a page of {self._path} was fetched", "use `async for record in aio.each(list)`")
        times = {"timeout": self._timeout, "deadline": self._deadline}
        page = self._ask({**self._asked, **self._window(offset, limit), **times})
        if page._offset != offset:
            raise APIConnectionError(f"{self._path}: asked for records from {offset} on, got those from {page._offset}")
        page._start = self._start
        return page

    def _window(self, offset: int, limit: int) -> dict[str, Any]:
        """Return the parameters that ask for *limit* records from *offset* on."""
        return {"offset": offset, "limit": limit}

    @property
    def _asked_for_a_place(self) -> bool:
        """Whether it was asked for with a place to begin at."""
        return "offset" in self._asked

    def _ask(self, params: Mapping[str, Any]) -> Self:
        options, params = Options.split(params)
        params = _to_the_end(params)
        page = type(self)._build(*self._call("GET", params=params, options=options))
        page._holds, page._parent = self._holds, self._parent
        page._remember(self._path, params, options)
        return page

    def _remember(self, address: str, params: Mapping[str, Any], options: Options) -> None:
        """Keep where, and with what, this page was asked for: that is how its neighbours are."""
        self._address, self._asked = address, encode(params)
        self._timeout, self._deadline = options.timeout, options.deadline
        self._start = self._offset if self._asked_for_a_place else 0

    @property
    def _path(self) -> str:
        return self._address or super()._path

    def _raw(self, name: str) -> Any:
        # There is one address, whether or not the JSON tells it.
        untold = name == "location" and name not in self._attributes
        return self._address if untold and self._address else super()._raw(name)

    def _fill(self, data: dict[str, Any], origin: Home, loaded: bool = True) -> None:
        super()._fill(data, origin, loaded)
        self._page_at_hand = self._whole = None


def _to_the_end(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return *params*, where a day as ``to`` is all of that day, as it is in every other range."""
    return {**params, "to": last_moment(params["to"])} if "to" in params else {**params}


REGISTRY["receipt_list"] = List
