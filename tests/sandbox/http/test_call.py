from __future__ import annotations

from ..conftest import Caller


def test_expand_replaces_ids_where_something_is_read(api: Caller) -> None:
    """
    From the query or a body, as a string or a boolean, on one object and on lists.
    """
    customer = api.customer(cards=1)
    path = f"/customers/{customer['id']}"
    card = customer["cards"]["data"][0]

    assert api.ok("GET", f"{path}?expand=true")["default_card"] == card
    assert api.ok("GET", path, {"expand": True})["default_card"] == card
    assert api.ok("GET", "/customers?expand=true")["data"][0]["default_card"] == card
    assert api.ok("GET", f"{path}?expand=false")["default_card"] == card["id"]
    assert api.refused("PATCH", path, {"expand": True}) == (400, "bad_request", "expand is not a known parameter")


def test_lists_name_the_path_that_was_asked_for(api: Caller) -> None:
    """
    Without the query.
    """
    customer = api.customer()
    for sub in ("cards", "schedules", "linked_accounts"):
        path = f"/customers/{customer['id']}/{sub}"

        assert api.ok("GET", f"{path}?limit=5")["location"] == path


def test_forms_ask_to_expand_with_a_one(api: Caller) -> None:
    """
    As PHP writes what is true.
    """
    path = f"/customers/{api.customer(cards=1)['id']}"

    assert api.ok("GET", f"{path}?expand=1")["default_card"]["object"] == "card"
    assert isinstance(api.ok("GET", f"{path}?expand=0")["default_card"], str)
