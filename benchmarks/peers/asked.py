"""What all peers ask for, and how those that have no lists walk over one."""

from __future__ import annotations

KEY = "skey_test_5example0000000bench"
ID = "cust_test_5k00000z001adv96ek1"
FIELDS = {"email": "arunee@example.com", "description": "Met at the fair"}

TYPE_CHECKING = False  # typing is not imported: the import of a peer is measured with this module
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def walk(fetch: Callable[[str], dict[str, Any]]) -> int:
    """Look at every record of the pages that *fetch* gets, and return how many there are."""
    seen, total = 0, 1
    while seen < total:
        page = fetch(f"/customers?limit=100&offset={seen}")
        total = page["total"]
        for _ in page["data"]:
            seen += 1
    return seen
