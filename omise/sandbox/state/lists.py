"""
Lists: which page of one is wanted, and the object around its records.

Source: https://docs.omise.co/api-pagination
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .clock import time_text

__all__ = ["FIRST_PAGE", "Page"]

DEFAULT_LIMIT = 20

CHRONOLOGICAL, REVERSE = "chronological", "reverse_chronological"


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
