"""
Lists: the parameters that choose a page, and the object around its records.

Source: https://docs.omise.co/api-pagination
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .clock import time_text
from .validation import check, integer, moment, one_of

__all__ = ["FIRST_PAGE", "Page"]

DEFAULT_LIMIT = 20
#: More than this is cut down to it, not refused. (inferred)
MAX_LIMIT = 100

CHRONOLOGICAL, REVERSE = "chronological", "reverse_chronological"

RULES = {
    "limit": integer(minimum=0),
    "offset": integer(minimum=0),
    "from": moment,
    "to": moment,
    "order": one_of(CHRONOLOGICAL, REVERSE),
}


@dataclass(frozen=True)
class Page:
    """
    Which part of a list is wanted. As it stands it is `FIRST_PAGE`, the one that lists within objects show.

    Attributes:
        since, until: Whole seconds of Unix time; None where the request left them out.
    """

    limit: int = DEFAULT_LIMIT
    offset: int = 0
    order: str = CHRONOLOGICAL
    since: int | None = None
    until: int | None = None

    @classmethod
    def asked_for(cls, params: Mapping[str, Any]) -> Page:
        """The page that a request's parameters choose; null and empty ones count as left out."""
        given = check({name: value for name, value in params.items() if value not in (None, "")}, RULES)
        return cls(
            limit=min(given.get("limit", DEFAULT_LIMIT), MAX_LIMIT),
            offset=given.get("offset", 0),
            order=given.get("order", CHRONOLOGICAL),
            since=given.get("from"),
            until=given.get("to"),
        )

    @property
    def reverse(self) -> bool:
        """Whether the newest come first."""
        return self.order == REVERSE

    def envelope(
        self, data: list[dict[str, Any]], total: int, *, location: str, now_ms: int, name: str = "list"
    ) -> dict[str, Any]:
        """The list object around *data*, its keys in the order of the API."""
        return {
            "object": name,
            "data": data,
            "limit": self.limit,
            "offset": self.offset,
            "total": total,
            "location": location,
            "order": self.order,
            "from": time_text((self.since or 0) * 1000),
            "to": time_text(now_ms if self.until is None else self.until * 1000),
        }


FIRST_PAGE = Page()
