"""The types of what calls of any resource take: options, pages, searches. Made when somebody asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict

from ..checks import Timeout
from ..wire.deadlines import Deadline

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from ..money import Money
    from .identity import Record

Order = Literal["chronological", "reverse_chronological"] | str
"""How records are sorted, by time of creation."""

FilterBound: TypeAlias = "str | int | float | Decimal | Money | date | Record"
FilterValue: TypeAlias = "FilterBound | tuple[FilterBound | None, FilterBound | None] | list[FilterBound | None]"
"""What records are filtered by: a value, or a pair of them for all between, where None leaves an end open."""


class CallOptions(TypedDict, total=False):
    """What every call takes beside the API's own parameters."""

    key: str | None
    """Another key for this call, kept by what it returns."""
    timeout: Timeout | None
    """Seconds to wait for the answer, or a pair: for the connection, and for the answer."""
    idempotency_key: str | None
    """Sent as the ``Idempotency-Key`` header."""
    deadline: float | Deadline | None
    """Seconds in which all of it ends, the further pages of a list included; or the deadline of another call."""


class RetrieveParameters(CallOptions, total=False):
    """What fetching a record takes."""

    expand: bool
    """Whether whole records stand where ids do otherwise."""


class ListParameters(CallOptions, total=False):
    """
    What fetching a list takes.

    Source: https://docs.omise.co/pagination
    """

    limit: int | None
    """Records a page, 1 to 100; 20 if not given."""
    offset: int | None
    """How many records to skip."""
    order: Order | None
    """``"chronological"`` if not given."""
    from_: date | str | None
    """The earliest time of creation, included: a datetime, a date, or ISO 8601 text."""
    to: date | str | None
    """The latest time of creation, included; the present if not given."""
    expand: bool
    """Whether whole records stand where ids do otherwise.  (inferred)"""


class SearchParameters(CallOptions, total=False):
    """
    What a search takes.

    Source: https://docs.omise.co/search-api
    """

    query: str | None
    """Text to look for in ids, descriptions, names, e-mail addresses and metadata."""
    filters: Mapping[str, FilterValue] | None
    """What records must have, as `SearchScope.filter` takes it."""
    order: Order | None
    """``"reverse_chronological"`` if not given."""
    page: int | None
    """The number of the page; 1 is the first."""
    per_page: int | None
    """Records a page, 1 to 100; 30 if not given."""
