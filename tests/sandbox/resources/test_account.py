from __future__ import annotations

from typing import Any

import pytest

from omise.sandbox import Application, Store

from ..conftest import PUBLIC_KEY, Caller

FIELDS: dict[str, type] = {
    "object": str,
    "id": str,
    "team": str,
    "livemode": bool,
    "location": str,
    "country": str,
    "currency": str,
    "email": str,
    "created_at": str,
    "supported_currencies": list,
    "api_version": str,
    "auto_activate_recipients": bool,
    "chain_enabled": bool,
    "zero_interest_installments": bool,
    "chain_return_uri": str,
    "webhook_uri": str,
    "metadata_export_keys": dict,
    "chaining_allowed": bool,
    "last_updated_api_version": str,
    "transfer_config": dict,
}
NULLABLE = {"chain_return_uri", "webhook_uri"}


def test_an_account_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    With their types, and null where nothing was set.
    """
    account = api.ok("GET", "/account")

    assert list(account) == list(FIELDS)
    assert {name for name, value in account.items() if value is None} == NULLABLE
    assert all(isinstance(value, FIELDS[name]) for name, value in account.items() if name not in NULLABLE)
    assert (account["location"], account["country"], account["currency"]) == ("/account", "TH", "THB")
    assert account["supported_currencies"][0] == "THB"
    assert account["metadata_export_keys"] == {"charge": [], "transfer": [], "refund": [], "dispute": []}
    assert account["api_version"] == "2019-05-29"
    assert account["last_updated_api_version"] == account["created_at"][:10]


def test_every_secret_key_has_an_account(api: Caller) -> None:
    """
    The team's id never says that it is for tests; a public key does not see the account.
    """
    test, live = api.ok("GET", "/account"), api.ok("GET", "/account", key="skey_live")

    assert test["id"].startswith("account_test_")
    assert test["team"].startswith("acct_")
    assert "test" not in test["team"]
    assert (test["livemode"], live["livemode"], live["id"].startswith("account_test")) == (False, True, False)
    assert api.refused("GET", "/account", key=PUBLIC_KEY)[0] == 401


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("chain_enabled", True),
        ("chain_return_uri", "https://shop.example.com/chained"),
        ("webhook_uri", "https://shop.example.com/hook"),
        ("webhook_uri", "http://127.0.0.1:8000/hook"),
        ("zero_interest_installments", True),
        ("metadata_export_keys", {"charge": ["order"], "transfer": [], "refund": ["reason"], "dispute": []}),
        ("auto_activate_recipients", True),
    ],
)
def test_settings_can_be_changed(api: Caller, setting: str, value: Any) -> None:
    """
    Nothing else changes; no event tells of it.
    """
    before = api.ok("GET", "/account")
    after = api.ok("PATCH", "/account", {setting: value})

    assert after == before | {setting: value} == api.ok("GET", "/account")
    assert api.events() == []


def test_addresses_can_be_cleared(api: Caller) -> None:
    """
    By null, or by an empty string.
    """
    api.ok("PATCH", "/account", {"webhook_uri": "https://a.example", "chain_return_uri": "https://a.example"})
    cleared = api.ok("PATCH", "/account", {"webhook_uri": None, "chain_return_uri": ""})

    assert (cleared["webhook_uri"], cleared["chain_return_uri"]) == (None, None)


@pytest.mark.parametrize(
    ("setting", "value", "message"),
    [
        ("webhook_uri", "http://shop.example.com/hook", "webhook_uri must be an https URI"),
        ("chain_return_uri", "somewhere", "chain_return_uri is not a valid URI"),
        ("chain_enabled", "perhaps", "chain_enabled must be true or false"),
        ("metadata_export_keys", [], "metadata_export_keys must be an object"),
        ("metadata_export_keys", {"charge": "order"}, "metadata_export_keys must hold lists of strings"),
        ("metadata_export_keys", {"charge": [1]}, "metadata_export_keys must hold lists of strings"),
    ],
)
def test_settings_that_make_no_sense_are_refused(api: Caller, setting: str, value: Any, message: str) -> None:
    """
    All or nothing.
    """
    before = api.ok("GET", "/account")

    assert api.refused("PATCH", "/account", {"zero_interest_installments": True, setting: value}) == (
        400,
        "bad_request",
        message,
    )
    assert api.ok("GET", "/account") == before


def test_the_version_of_answers_can_be_chosen(api: Caller) -> None:
    """
    For requests that do not name one.
    """
    api.application.clock.advance(days=1)
    before = api.ok("GET", "/account")
    api.application.clock.advance(days=1)
    answer = api.ok("PATCH", "/account/api_version", {"api_version": "2017-11-02"})

    assert (answer["api_version"], answer["last_updated_api_version"] > before["created_at"][:10]) == (
        "2017-11-02",
        True,
    )
    assert "created" in api.customer()
    assert "created_at" not in api.customer()
    assert api.refused("PATCH", "/account/api_version", {"api_version": "2018-01-01"})[:2] == (400, "bad_request")
    assert api.refused("PATCH", "/account/api_version")[:2] == (400, "bad_request")


def test_the_country_is_that_of_the_store() -> None:
    """
    Once it is set, the next application on the same store keeps it, and can change it for new accounts only.
    """
    store = Store()
    keys = ("skey_test_a", "skey_test_b", "skey_test_c")
    countries = []
    for country, key in zip(("JP", None, "SG"), keys, strict=True):
        account = Caller(Application(store, country=country)).ok("GET", "/account", key=key)
        countries.append((account["country"], account["currency"]))
    first = Caller(Application(store)).ok("GET", "/account", key=keys[0])

    assert countries == [("JP", "JPY"), ("JP", "JPY"), ("SG", "SGD")]
    assert first["country"] == "JP"


OLD_FIELDS = """
object id livemode location api_version auto_activate_recipients chain_enabled chain_return_uri country created currency
email metadata_export_keys supported_currencies webhook_uri zero_interest_installments
"""


@pytest.mark.parametrize("version", ["2014-07-27", "2015-11-17", "2017-11-02"])
def test_older_versions_know_the_account_by_its_team(api: Caller, version: str) -> None:
    """
    With fewer fields, and currencies in lower case.
    """
    newest = api.ok("GET", "/account")
    old = api.ok("GET", "/account", headers={"Omise-Version": version})
    changed = api.ok("PATCH", "/account", {"chain_enabled": True}, headers={"Omise-Version": version})

    assert list(old) == OLD_FIELDS.split()
    assert (old["id"], old["created"]) == (newest["team"], newest["created_at"])
    assert (old["currency"], old["supported_currencies"][:2]) == ("thb", ["thb", "jpy"])
    assert changed == old | {"chain_enabled": True}
