from __future__ import annotations

from typing import Any

import pytest

from omise.sandbox.app import Application

from ..conftest import SECRET_KEY, Caller

#: Name and type, in the order of the API. Nothing is null.
FIELDS: dict[str, type] = {
    "object": str,
    "id": str,
    "livemode": bool,
    "location": str,
    "revoked": bool,
    "email": str,
    "master_team": str,
    "key": str,
    "created_at": str,
}
REFUSED = (401, "authentication_failure", "authentication failed")


def chain(api: Caller, **options: Any) -> Any:
    return api.ok("POST", "/chains", {"email": "sub@example.com"}, **options)


def test_a_chain_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    With their types.
    """
    made = chain(api)

    assert {name: type(value) for name, value in made.items()} == FIELDS
    assert list(made) == list(FIELDS)
    assert (made["object"], made["revoked"], made["email"]) == ("chain", False, "sub@example.com")
    assert made["location"] == f"/chains/{made['id']}"
    assert made["master_team"] == api.ok("GET", "/account")["team"]
    assert made["id"].startswith("acch_test_")
    assert made["key"].startswith("ckey_test_")
    assert api.ok("GET", made["location"]) == made
    assert api.ok("GET", "/chains")["data"] == [made]


def test_the_key_opens_the_sub_merchant_s_account(api: Caller) -> None:
    """
    One of its own, in the same mode, which is complete; the master's stays apart.
    """
    made = chain(api)
    customer = api.ok("POST", "/customers", key=made["key"])
    account = api.ok("GET", f"{made['location']}/account")

    assert account == api.ok("GET", "/account", key=made["key"])
    assert account["id"] != api.ok("GET", "/account")["id"]
    assert api.ok("GET", "/recipients", key=made["key"])["total"] == 1
    assert api.ok("GET", "/customers")["total"] == 0
    assert api.ok("GET", f"/customers/{customer['id']}", key=made["key"]) == customer | {
        name: api.ok("GET", f"/customers/{customer['id']}", key=made["key"])[name]
        for name in ("cards", "linked_accounts")
    }


def test_live_chains_have_live_keys(api: Caller) -> None:
    """
    As live accounts do.
    """
    made = chain(api, key="skey_live1")

    assert (made["livemode"], made["key"].startswith("ckey_test_")) == (True, False)
    assert api.ok("GET", "/account", key=made["key"])["livemode"] is True


def test_a_revoked_chain_opens_nothing(api: Caller) -> None:
    """
    For good; the chain is still listed, and revoked only once.
    """
    made = chain(api)
    revoked = api.ok("POST", f"{made['location']}/revoke")

    assert revoked == made | {"revoked": True}
    assert api.refused("GET", "/account", key=made["key"]) == REFUSED
    assert api.ok("GET", made["location"]) == revoked
    assert api.refused("POST", f"{made['location']}/revoke") == (400, "bad_request", "chain was already revoked")


def test_a_chain_key_that_nobody_made_opens_nothing(api: Caller) -> None:
    """
    Unlike a secret key.
    """
    assert api.refused("GET", "/account", key="ckey_test_1") == REFUSED
    assert api.refused("GET", "/account", key="ckey_1") == REFUSED


def test_chain_keys_are_good_where_only_some_keys_are() -> None:
    """
    They come from an account whose key is good.
    """
    api = Caller(Application(secret_keys=[SECRET_KEY]))
    made = chain(api)

    assert api.ok("GET", "/account", key=made["key"])["object"] == "account"
    assert api.refused("GET", "/account", key="skey_test_other") == REFUSED


def test_a_key_is_not_kept(api: Caller) -> None:
    """
    Nor logged.
    """
    made = chain(api)
    api.ok("GET", "/account", key=made["key"])

    assert made["key"] not in "\n".join(api.application.store._connection.iterdump())
    assert made["key"] not in repr(api.application.requests)


@pytest.mark.parametrize(
    ("params", "message"), [({}, "email can't be blank"), ({"email": "nobody"}, "email is invalid")]
)
def test_an_address_is_needed(api: Caller, params: dict[str, Any], message: str) -> None:
    """
    Without one there is no chain.
    """
    assert api.refused("POST", "/chains", params) == (400, "bad_request", message)
    assert api.ok("GET", "/chains")["total"] == 0
