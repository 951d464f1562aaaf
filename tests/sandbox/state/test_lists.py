from __future__ import annotations

from itertools import pairwise
from typing import Any

from omise.sandbox.app import Application
from omise.sandbox.state.clock import time_text

from ..conftest import Caller

LIST_KEYS = ["object", "data", "limit", "offset", "total", "location", "order", "from", "to"]


def ids(page: dict[str, Any]) -> list[str]:
    return [record["id"] for record in page["data"]]


def test_a_list_has_nine_keys_in_order(api: Caller, application: Application) -> None:
    """
    As defaults: 20 records from the beginning of time until now, oldest first.
    """
    page = api.ok("GET", "/customers")

    assert list(page) == LIST_KEYS
    assert page["to"] in [time_text(application.clock.now_ms() - ago) for ago in (0, 1000)]
    del page["to"]
    assert page == {
        "object": "list",
        "data": [],
        "limit": 20,
        "offset": 0,
        "total": 0,
        "location": "/customers",
        "order": "chronological",
        "from": "1970-01-01T00:00:00Z",
    }


def test_pages_cover_everything_once(api: Caller) -> None:
    """
    Whatever the limit, the pages together are the list; past the end there is nothing.
    """
    made = [api.customer()["id"] for _ in range(25)]

    assert ids(api.ok("GET", "/customers")) == made[:20]
    assert ids(api.ok("GET", "/customers?limit=7&offset=21")) == made[21:]
    assert ids(api.ok("GET", "/customers?limit=100")) == made
    assert ids(api.ok("GET", "/customers?offset=25")) == []
    past = api.ok("GET", "/customers?offset=99999999999999999999")
    assert (past["data"], past["total"], past["offset"]) == ([], 25, 99999999999999999999)


def test_the_newest_can_come_first(api: Caller) -> None:
    """
    The order asked for is echoed.
    """
    made = [api.customer()["id"] for _ in range(5)]
    page = api.ok("GET", "/customers?order=reverse_chronological&limit=2&offset=1")

    assert ids(page) == [made[3], made[2]]
    assert page["order"] == "reverse_chronological"


def test_dates_bound_a_list_inclusively(api: Caller, application: Application) -> None:
    """
    The time that a record shows is within its own bounds, and total counts what is between them.
    """
    customers = []
    for _ in range(3):
        customers.append(api.customer())
        application.clock.advance(days=10)
    first, second, third = (customer["created_at"] for customer in customers)

    def total(**bounds: str) -> int:
        page = api.ok("GET", "/customers", query_string=bounds)
        assert {name: page[name] for name in bounds} == bounds
        assert len(page["data"]) == page["total"]
        return int(page["total"])

    assert total(**{"from": second}) == 2
    assert total(to=second) == 2
    assert total(**{"from": second, "to": second}) == 1
    assert total(**{"from": third, "to": first}) == 0
    assert total(to="1999-01-01T00:00:00Z") == 0


def test_lists_within_objects_show_the_first_20(api: Caller) -> None:
    """
    Their own address has the rest.
    """
    customer = api.customer(cards=22)
    nested = api.ok("GET", f"/customers/{customer['id']}")["cards"]

    assert list(nested) == LIST_KEYS
    assert (nested["limit"], nested["order"], nested["total"], len(nested["data"])) == (20, "chronological", 22, 20)
    rest = api.ok("GET", f"{nested['location']}?offset=20")
    assert len(rest["data"]) == 2
    assert rest["location"] == nested["location"]
    assert all(a < b for a, b in pairwise(ids(nested) + ids(rest)))


def test_lists_do_not_show_what_was_destroyed(api: Caller) -> None:
    """
    Nor count it.
    """
    kept, gone = api.customer(), api.customer()
    api.ok("DELETE", f"/customers/{gone['id']}")
    page = api.ok("GET", "/customers")

    assert (ids(page), page["total"]) == ([kept["id"]], 1)
