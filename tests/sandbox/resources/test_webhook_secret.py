from __future__ import annotations

import base64

from ..conftest import Caller

#: Name, and the type it has when it is not null; in the order of the API.
FIELDS: dict[str, type] = {
    "object": str,
    "id": str,
    "key": str,
    "livemode": bool,
    "created_at": str,
    "expires_at": str,
    "expiring": bool,
    "revoked_at": str,
    "usable": bool,
}
PATH = "/webhooks/secrets"


def states(api: Caller) -> list[tuple[bool, bool, bool, bool]]:
    """Of all secrets, oldest first: usable, expiring, expires some time, was revoked."""
    return [
        (secret["usable"], secret["expiring"], secret["expires_at"] is not None, secret["revoked_at"] is not None)
        for secret in api.ok("GET", PATH)["data"]
    ]


def test_a_secret_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    With their types; only the times can be null.
    """
    api.ok("POST", PATH)
    replaced, _ = api.ok("POST", PATH), api.ok("POST", PATH)
    replaced = api.ok("GET", f"{PATH}/{replaced['id']}")
    revoked = api.ok("DELETE", f"{PATH}/{replaced['id']}")

    assert list(replaced) == list(revoked) == list(FIELDS)
    assert {name: type(value) for name, value in (replaced | {"revoked_at": ""}).items()} == FIELDS
    assert {name: type(value) for name, value in (revoked | {"expires_at": ""}).items()} == FIELDS
    assert replaced["object"] == "webhook_secret"
    assert replaced["id"].startswith("whsec_test_")


def test_the_key_is_32_bytes_and_stays(api: Caller) -> None:
    """
    Every secret has another, and it is shown whenever the secret is.
    """
    first, second = api.ok("POST", PATH), api.ok("POST", PATH)

    assert len(base64.b64decode(first["key"], validate=True)) == 32
    assert first["key"] != second["key"]
    assert api.ok("GET", f"{PATH}/{first['id']}")["key"] == first["key"]


def test_a_secret_replaces_the_one_before(api: Caller) -> None:
    """
    Which is good for another day; those before it keep the end that they have.
    """
    api.ok("POST", PATH)
    assert states(api) == [(True, False, False, False)]
    api.ok("POST", PATH)
    assert states(api) == [(True, True, True, False), (True, False, False, False)]
    api.application.clock.advance(hours=23)
    api.ok("POST", PATH)
    assert states(api) == [(True, True, True, False), (True, True, True, False), (True, False, False, False)]
    api.application.clock.advance(hours=1)
    assert states(api) == [(False, False, True, False), (True, True, True, False), (True, False, False, False)]


def test_a_secret_can_be_revoked_once(api: Caller) -> None:
    """
    It no longer signs, but can still be looked at.
    """
    secret = api.ok("POST", PATH)
    path = f"{PATH}/{secret['id']}"
    revoked = api.ok("DELETE", path)

    assert (revoked["usable"], revoked["expiring"], revoked["expires_at"]) == (False, False, None)
    assert revoked["revoked_at"] is not None
    assert api.ok("GET", path) == revoked
    assert api.refused("DELETE", path) == (400, "bad_request", "webhook_secret was already revoked")


def test_secrets_belong_to_an_account(api: Caller) -> None:
    """
    No other one finds them.
    """
    secret = api.ok("POST", PATH)

    message = f"webhook_secret {secret['id']} was not found"
    assert api.refused("GET", f"{PATH}/{secret['id']}", key="skey_test_other") == (404, "not_found", message)
    assert api.ok("GET", PATH, key="skey_test_other")["total"] == 0


def test_no_secret_is_logged_or_kept(api: Caller) -> None:
    """
    The key is worked out whenever it is needed.
    """
    secret = api.ok("POST", PATH)
    api.ok("GET", f"{PATH}/{secret['id']}")

    assert secret["key"] not in repr(api.application.requests)
    assert secret["key"] not in "\n".join(api.application.store._connection.iterdump())
    assert [event["key"] for event in api.ok("GET", "/events")["data"]] == []
