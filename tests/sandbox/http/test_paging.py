from __future__ import annotations

import pytest

from ..conftest import Caller


def test_a_bare_date_is_its_midnight(api: Caller) -> None:
    """
    It is echoed as such.
    """
    page = api.ok("GET", "/customers?from=2017-11-01&to=2017-11-02T07:00:00%2B07:00")

    assert (page["from"], page["to"]) == ("2017-11-01T00:00:00Z", "2017-11-02T00:00:00Z")


def test_parameters_may_come_in_a_body(api: Caller) -> None:
    """
    Some clients send JSON or a form with their GET.
    """
    for _ in range(3):
        api.customer()

    assert api.ok("GET", "/customers", {"limit": 2, "order": None})["limit"] == 2
    assert len(api.ok("GET", "/customers", data={"limit": "1", "order": ""})["data"]) == 1


def test_a_limit_above_100_is_100(api: Caller) -> None:
    """
    It is cut, and shown as cut; zero shows nothing.
    """
    api.customer()

    assert api.ok("GET", "/customers?limit=1000")["limit"] == 100
    assert api.ok("GET", "/customers?limit=0")["data"] == []


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("limit=-1", "limit must be greater than or equal to 0"),
        ("limit=many", "limit is not a number"),
        ("limit[]=1", "limit is not a number"),
        ("offset=-1", "offset must be greater than or equal to 0"),
        ("order=random", "order is not included in the list"),
        ("from=soon", "from is not a valid time"),
        (
            "limit=x&offset=x&to=x",
            "limit is not a number, offset is not a number, and to is not a valid time",
        ),
    ],
)
def test_bad_parameters_are_refused(api: Caller, query: str, message: str) -> None:
    """
    All of them are named.
    """
    assert api.refused("GET", f"/customers?{query}") == (400, "bad_request", message)
