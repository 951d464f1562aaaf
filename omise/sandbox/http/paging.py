"""
The parameters that choose a page of a list.

Source: https://docs.omise.co/api-pagination
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..rules.provenance import INFERRED, fact
from ..rules.validation import Rule, check, integer, moment, one_of
from ..state.lists import CHRONOLOGICAL, DEFAULT_LIMIT, REVERSE, Page

__all__ = ["PAGING", "page_of"]

#: More than this is cut down to it, not refused.
MAX_LIMIT = fact(100, INFERRED, "how many a page of a list can have")

PAGING: dict[str, Rule] = {
    "limit": integer(minimum=0),
    "offset": integer(minimum=0),
    "from": moment,
    "to": moment,
    "order": one_of(CHRONOLOGICAL, REVERSE),
}


def page_of(params: Mapping[str, Any]) -> Page:
    """The page that a request's parameters choose; null and empty ones count as left out."""
    given = check({name: value for name, value in params.items() if value not in (None, "")}, PAGING)
    return Page(
        limit=min(given.get("limit", DEFAULT_LIMIT), MAX_LIMIT),
        offset=given.get("offset", 0),
        order=given.get("order", CHRONOLOGICAL),
        since=given.get("from"),
        until=given.get("to"),
    )
