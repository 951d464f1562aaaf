from __future__ import annotations

import re

from ..conftest import PUBLIC_KEY, SECRET_KEY, Caller

APP_KEY = "akey_test_app"
#: Name and type, in the order of the API. Nothing is null.
FIELDS: dict[str, type] = {
    "object": str,
    "id": str,
    "kind": str,
    "created": str,
    "public_key": str,
    "secret_key": str,
    "data": dict,
}


def test_an_integration_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    With their types; what it shows stays the same.
    """
    made = api.ok("POST", "/integrations", {"kind": "shopify"}, key=APP_KEY)

    assert {name: type(value) for name, value in made.items()} == FIELDS
    assert list(made) == list(FIELDS)
    assert (made["object"], made["kind"], made["data"]["account_id"]) == ("integration", "shopify", made["id"])
    assert re.fullmatch("[0-9a-f]{32}", made["data"]["secret"])
    assert made["id"].startswith("integration_test_")
    assert api.ok("GET", f"/integrations/{made['id']}", key=APP_KEY) == made


def test_its_keys_are_good(api: Caller) -> None:
    """
    Both of them.
    """
    made = api.ok("POST", "/integrations", {"kind": "shopify"}, key=APP_KEY)

    token = api.token(key=made["public_key"])
    assert api.ok("POST", "/customers", {"card": token}, key=made["secret_key"])["cards"]["total"] == 1


def test_only_apps_ask(api: Caller) -> None:
    """
    And only for what is theirs; with an app's key nothing else can be done.
    """
    made = api.ok("POST", "/integrations", {"kind": "shopify"}, key=APP_KEY)
    path = f"/integrations/{made['id']}"

    for key in (SECRET_KEY, PUBLIC_KEY):
        assert api.refused("GET", path, key=key)[1] == "authentication_failure"
    message = f"integration {made['id']} was not found"
    assert api.refused("GET", path, key="akey_test_other") == (404, "not_found", message)
    assert api.refused("GET", "/customers", key=APP_KEY)[1] == "authentication_failure"


def test_a_kind_is_needed(api: Caller) -> None:
    """
    Without one there is nothing to connect.
    """
    assert api.refused("POST", "/integrations", {}, key=APP_KEY) == (400, "bad_request", "kind can't be blank")
