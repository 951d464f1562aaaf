from __future__ import annotations

import pytest

from ..conftest import Caller

#: Name, and the type it has when it is not null; in the order of the API.
FIELDS: dict[str, type] = {
    "object": str,
    "id": str,
    "name": str,
    "live_account_status": str,
    "live_account_registration_id": type(None),
    "default_mid": type(None),
    "parent_team_id": str,
    "direct_children_count": int,
    "level": int,
    "created_at": str,
}


def test_a_sub_merchant_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    It has applied for nothing yet, and is below the account's team.
    """
    merchant = api.ok("POST", "/sub_merchants", {"name": "Cup & Co"})

    assert {name: type(value) for name, value in merchant.items()} == FIELDS
    assert list(merchant) == list(FIELDS)
    assert (merchant["name"], merchant["live_account_status"]) == ("Cup & Co", "unsubmitted")
    assert merchant["parent_team_id"] == api.ok("GET", "/account")["team"]
    assert api.ok("GET", "/sub_merchants")["data"] == [merchant]


@pytest.mark.parametrize("params", [{}, {"name": ""}, {"name": None}])
def test_a_name_is_needed(api: Caller, params: dict[str, str]) -> None:
    """
    And nothing is made without it.
    """
    assert api.refused("POST", "/sub_merchants", params) == (400, "bad_request", "name can't be blank")
    assert api.ok("GET", "/sub_merchants")["total"] == 0
