from __future__ import annotations

import copy
from typing import Any

import pytest

from omise.sandbox.app import Application
from omise.sandbox.http.versions import ANY, LATEST, VERSIONS, Change, drop, rename, translate

from ..conftest import PUBLIC_KEY, Caller

CARD = {
    "object": "card",
    "id": "card_test_1",
    "livemode": False,
    "location": None,
    "deleted": False,
    "street1": None,
    "city": None,
    "bank": "",
    "created_at": "2025-11-03T04:10:21Z",
}


def older(version: str) -> dict[str, str]:
    return {"Omise-Version": version}


def test_the_newest_version_is_what_resources_show() -> None:
    """
    Nothing is translated.
    """
    assert translate(CARD, LATEST) is CARD


def test_translation_reaches_every_depth_and_changes_nothing_given() -> None:
    """
    Into lists, lists of lists, and objects within objects without a type; but not into metadata.
    """
    fields: dict[str, Any] = {
        "object": "thing",
        "created_at": "t",
        "currency": "THB",
        "metadata": {"object": "card", "created_at": "mine", "currency": "THB"},
        "fee": {"currency": "THB", "card": CARD},
        "cards": [[CARD]],
        "nothing": None,
    }
    before = copy.deepcopy(fields)
    old_card = {
        "object": "card",
        "id": "card_test_1",
        "livemode": False,
        "city": None,
        "bank": "",
        "created": CARD["created_at"],
    }

    assert translate(fields, "2017-11-02") == {
        "object": "thing",
        "created": "t",
        "currency": "thb",
        "metadata": before["metadata"],
        "fee": {"currency": "THB", "card": old_card},
        "cards": [[old_card]],
        "nothing": None,
    }
    assert fields == before


@pytest.mark.parametrize(
    ("version", "keys"),
    [
        ("2019-05-29", ["object", "data", "limit", "offset", "total", "location", "order", "from", "to"]),
        ("2017-11-02", ["object", "from", "to", "offset", "limit", "total", "order", "location", "data"]),
        ("2015-11-17", ["object", "from", "to", "offset", "limit", "total", "data", "location"]),
        ("2014-07-27", ["object", "from", "to", "offset", "limit", "total", "data", "location"]),
    ],
)
def test_lists_of_each_version(api: Caller, version: str, keys: list[str]) -> None:
    """
    Keys and their order; the order's value in nested lists; how times end.
    """
    api.customer()
    page = api.ok("GET", "/customers", headers=older(version))
    nested = page["data"][0]["cards"]

    assert list(page) == list(nested) == keys
    assert page.get("order") == ("chronological" if version >= "2017-11-02" else None)
    assert nested.get("order") == ("chronological" if version == LATEST else None)
    suffix = "Z" if version >= "2017-11-02" else "+00:00"
    assert page["from"] == nested["from"] == f"1970-01-01T00:00:00{suffix}"


@pytest.mark.parametrize("version", VERSIONS)
def test_customers_of_each_version(api: Caller, version: str) -> None:
    """
    Before 2019 there was `created`, and neither `deleted` nor linked accounts.
    """
    customer = api.ok("POST", "/customers", {"email": "a@example.com"}, headers=older(version))
    new = version == LATEST

    assert ("created_at" in customer, "created" in customer) == (new, not new)
    assert ("deleted" in customer, "linked_accounts" in customer) == (new, new)
    assert customer["email"] == "a@example.com"


@pytest.mark.parametrize("version", VERSIONS)
def test_cards_of_each_version(api: Caller, version: str) -> None:
    """
    Before 2019 most address fields and a token's card's location were missing, before 2015 the bank, too.
    """
    token = api.ok("GET", f"/tokens/{api.token()}", key=PUBLIC_KEY, headers=older(version))
    customer = api.ok("POST", "/customers", {"card": token["id"]}, headers=older(version))
    card = customer["cards"]["data"][0]
    new = version == LATEST

    assert ("location" in token["card"], "street1" in token["card"]) == (new, new)
    assert card["location"] == f"/customers/{customer['id']}/cards/{card['id']}"
    assert ("deleted" in card, "phone_number" in card, "bank" in card) == (new, new, version > "2014-07-27")
    assert {"city", "postal_code", "country", "fingerprint"} <= card.keys()


@pytest.mark.parametrize("version", VERSIONS)
def test_answers_to_delete_of_each_version(api: Caller, version: str) -> None:
    """
    Once a stub of four keys, now the whole object.
    """
    customer = api.customer(cards=1)
    path = f"/customers/{customer['id']}"
    card = api.ok("DELETE", f"{path}/cards/{customer['default_card']}", headers=older(version))
    gone = api.ok("DELETE", path, headers=older(version))

    for record, kind in ((card, "card"), (gone, "customer")):
        assert (record["object"], record["deleted"]) == (kind, True)
        assert (list(record) == ["object", "id", "livemode", "deleted"]) == (version != LATEST)


def test_a_deleted_schedule_always_came_back_whole() -> None:
    """
    The one exception.
    """
    schedule = {"object": "schedule", "id": "schd_test_1", "deleted": True, "every": 1}

    assert translate(schedule, "2017-11-02") == schedule


def test_the_answer_names_its_version(api: Caller) -> None:
    """
    The one asked for, else the account's; errors name none.
    """
    assert api.send("GET", "/customers").headers["Omise-Version"] == LATEST
    assert api.send("GET", "/customers", headers=older("")).headers["Omise-Version"] == LATEST
    assert api.send("GET", "/customers", headers=older("2015-11-17")).headers["Omise-Version"] == "2015-11-17"
    assert "Omise-Version" not in api.send("GET", "/customers/1").headers


@pytest.mark.parametrize("version", ["2018-01-01", "Aitne", "2019-05-29x", "latest"])
def test_an_unknown_version_is_refused(api: Caller, version: str) -> None:
    """
    Before anything is done.
    """
    message = "Omise-Version is not a known version"

    assert api.refused("POST", "/customers", {}, headers=older(version)) == (400, "bad_request", message)
    assert api.ok("GET", "/customers")["total"] == 0


def test_the_accounts_version_counts_without_a_header(api: Caller, application: Application) -> None:
    """
    An account that stayed behind gets what it is used to.
    """
    customer_id = api.customer()["id"]
    with application.store.transaction() as transaction:
        customer = transaction.get(customer_id)
        assert customer is not None
        assert customer.account is not None
        account = transaction.get(customer.account)
        assert account is not None
        account.body["api_version"] = "2017-11-02"
        transaction.save(account)

    response = api.send("GET", "/customers")

    assert response.headers["Omise-Version"] == "2017-11-02"
    assert "created" in (response.json or {})["data"][0]


def test_changes_are_undone_from_the_newest_version_back() -> None:
    """
    A row says what one version changed; rows of all newer versions apply, those of older ones do not.
    """
    changes = (
        Change("2019-05-29", ANY, rename("made", "created_at")),
        Change("2017-11-02", "card", rename("built", "made")),
        Change("2015-11-17", "card", drop("built"), nested=True),
    )
    card = {"object": "card", "created_at": 1}
    other = {"object": "other", "created_at": 1, "card": card}

    assert translate(card, "2017-11-02", changes) == {"object": "card", "made": 1}
    assert translate(card, "2015-11-17", changes) == {"object": "card", "built": 1}
    assert translate(other, "2014-07-27", changes) == {"object": "other", "made": 1, "card": {"object": "card"}}


TRANSACTION = {
    "object": "transaction",
    "id": "trxn_test_1",
    "livemode": False,
    "currency": "THB",
    "amount": 1,
    "location": "/transactions/trxn_test_1",
    "direction": "credit",
    "key": "charge.captured.net",
    "origin": "chrg_test_1",
    "transferable_at": "t",
    "created_at": "t",
}


@pytest.mark.parametrize(
    ("newest", "oldest"),
    [
        (
            {"object": "balance", "transferable": 1, "reserve": 2, "on_hold": 3, "created_at": "t"},
            {"object": "balance", "available": 1, "reserve_amount": 2, "created": "t"},
        ),
        (
            {"object": "bank_account", "account_number": "123", "brand": "Test Bank", "bank_code": "test"},
            {"object": "bank_account", "number": "123", "brand": "test"},
        ),
        (
            {
                "object": "capability",
                "payment_methods": [{"object": "payment_method", "name": "card", "currencies": ["THB"]}],
            },
            {"object": "capability", "payment_backends": {"card": {"currencies": ["THB"]}}},
        ),
        (
            {"object": "dispute", "currency": "THB", "transactions": [TRANSACTION, {"id": "older"}]},
            {"object": "dispute", "currency": "thb", "transaction": "trxn_test_1"},
        ),
        (
            {"object": "event", "webhook_deliveries": [], "data": {"object": "link", "created_at": "t"}, "key": "k"},
            {"object": "event", "data": {"object": "link", "created_at": "t"}, "key": "k"},
        ),
        (
            {"object": "forex", "rate": 1.5, "base": "USD", "quote": "THB"},
            {"object": "forex", "rate": 1.5, "from": "usd", "to": "thb"},
        ),
        (
            {"object": "link", "deleted": False, "used_at": None},
            {"object": "link", "used_at": None},
        ),
        (
            {"object": "occurrence", "scheduled_on": "d", "retry_on": None},
            {"object": "occurrence", "schedule_date": "d", "retry_date": None},
        ),
        (
            {"object": "receipt", "livemode": True, "issued_on": "d", "created_at": "t", "total": 1},
            {"object": "receipt", "date": "d", "total": 1},
        ),
        (
            {"object": "refund", "livemode": False, "amount": 1, "metadata": {}, "status": "closed"},
            {"object": "refund", "amount": 1},
        ),
        (
            {
                "object": "schedule",
                "deleted": False,
                "status": "running",
                "active": True,
                "start_on": "a",
                "end_on": "b",
                "next_occurrences_on": ["c"],
                "charge": {"object": "scheduled_charge", "id": "rchg_test_1", "livemode": False, "amount": 1},
            },
            {
                "object": "schedule",
                "deleted": False,
                "status": "active",
                "start_date": "a",
                "end_date": "b",
                "next_occurrence_dates": ["c"],
                "charge": {"amount": 1},
            },
        ),
        ({"object": "schedule", "status": "expired"}, {"object": "schedule", "status": "expired"}),
        (
            TRANSACTION,
            {
                "object": "transaction",
                "id": "trxn_test_1",
                "livemode": False,
                "currency": "thb",
                "amount": 1,
                "location": "/transactions/trxn_test_1",
                "type": "credit",
                "source": "chrg_test_1",
                "transferable": "t",
                "created": "t",
            },
        ),
        (
            {"object": "transfer", "deleted": False, "transactions": []},
            {"object": "transfer", "transaction": None},
        ),
        (
            {"object": "recipient", "deleted": False, "name": "n"},
            {"object": "recipient", "name": "n"},
        ),
    ],
)
def test_other_objects_of_2017(newest: dict[str, Any], oldest: dict[str, Any]) -> None:
    """
    By their old names, without what came later, in the old order.
    """
    translated = translate(newest, "2017-11-02")

    assert translated == oldest
    assert list(translated) == list(oldest)


def test_what_is_deleted_was_a_stub() -> None:
    """
    Of any kind but schedules.
    """
    gone = {"object": "link", "id": "link_test_1", "livemode": False, "deleted": True, "used": False}

    assert translate(gone, "2017-11-02") == {
        "object": "link",
        "id": "link_test_1",
        "livemode": False,
        "deleted": True,
    }


CHARGE_OF_2017 = """
object id livemode location amount currency description metadata status capture authorized reversed paid transaction
refunded refunds return_uri reference authorize_uri failure_code failure_message card customer ip dispute created source
"""


def test_charges_of_each_version(api: Caller) -> None:
    """
    In 2017 with fewer fields, in 2015 without sources, in 2014 without a status, and "captured" for "paid".
    """
    by_card = api.ok("POST", "/charges", {"amount": 100000, "currency": "thb", "card": api.token()})
    source = {"type": "alipay"}
    offsite = api.ok(
        "POST", "/charges", {"amount": 100000, "currency": "thb", "source": source, "return_uri": "https://example.com"}
    )

    def shown(charge: Any, version: str) -> Any:
        return api.ok("GET", charge["location"], headers=older(version))

    newer = shown(by_card, "2017-11-02")
    assert list(newer) == CHARGE_OF_2017.split()
    assert (newer["refunded"], newer["reference"], newer["currency"], newer["paid"]) == (0, None, "thb", True)
    newer = shown(offsite, "2017-11-02")
    assert list(newer["source"]) == ["object", "id", "type", "flow", "amount", "currency"]
    assert newer["reference"].startswith("pay2_test_")

    funds = [(shown(charge, "2015-11-17")["source_of_fund"], charge) for charge in (by_card, offsite)]
    assert [fund for fund, _ in funds] == ["card", "offsite"]
    assert shown(offsite, "2015-11-17")["offsite"] == "alipay"
    assert "source" not in shown(offsite, "2015-11-17")
    oldest = shown(by_card, "2014-07-27")
    assert (oldest["captured"], "paid" in oldest, "status" in oldest) == (True, False, False)


def test_receipt_lists_are_lists(api: Caller) -> None:
    """
    Their keys come in the order of a list's.
    """
    page = api.ok("GET", "/receipts", headers=older("2017-11-02"))

    assert list(page) == ["object", "from", "to", "offset", "limit", "total", "order", "location", "data"]
    assert page["object"] == "receipt_list"
