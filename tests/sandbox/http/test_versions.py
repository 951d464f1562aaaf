from __future__ import annotations

import copy
from typing import Any

import pytest

from omise.sandbox.app import Application
from omise.sandbox.http.versions import LATEST, VERSIONS, translate

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
        "street1": None,
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


@pytest.mark.parametrize("version", VERSIONS)
def test_lists_of_each_version(api: Caller, version: str) -> None:
    """
    Older ones have the keys in another order; nested lists and receipts have the same ones.
    """
    api.customer()
    page = api.ok("GET", "/customers", headers=older(version))
    nested = page["data"][0]["cards"]
    receipts = api.ok("GET", "/receipts", headers=older(version))
    newest = ["object", "data", "limit", "offset", "total", "location", "order", "from", "to"]
    old = ["object", "from", "to", "offset", "limit", "total", "order", "location", "data"]

    assert list(page) == list(nested) == list(receipts) == (newest if version == LATEST else old)
    assert page["order"] == nested["order"] == "chronological"
    assert page["from"] == nested["from"] == "1970-01-01T00:00:00Z"
    assert (page["object"], receipts["object"]) == ("list", "receipt_list")


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
    The address is whole in all of them; before 2019 a token's card had no location, before 2015 none had a bank.
    """
    token = api.ok("GET", f"/tokens/{api.token()}", key=PUBLIC_KEY, headers=older(version))
    customer = api.ok("POST", "/customers", {"card": token["id"]}, headers=older(version))
    card = customer["cards"]["data"][0]
    new = version == LATEST

    assert ("location" in token["card"], "deleted" in card) == (new, new)
    assert card["location"] == f"/customers/{customer['id']}/cards/{card['id']}"
    assert ("bank" in card) == (version > "2014-07-27")
    assert {"street1", "street2", "city", "state", "postal_code", "phone_number", "fingerprint"} <= card.keys()


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


def test_a_row_holds_for_the_versions_before_it() -> None:
    """
    Down to the next row.
    """
    card = {"object": "card", "id": "card_test_1", "bank": "x"}

    assert translate(card, "2017-11-02") == translate(card, "2015-11-17") == card
    assert translate(card, "2014-07-27") == {"object": "card", "id": "card_test_1"}


def test_what_a_merchant_wrote_is_not_translated() -> None:
    """
    Whatever it looks like.
    """
    api = Caller(Application(strict=False))
    mine = {"object": "charge", "currency": "THB", "created_at": "mine", "deleted": True}
    words = {"metadata": mine, "items": [mine], "billing": mine, "shipping": mine}
    source = {"type": "alipay", **{name: words[name] for name in ("items", "billing", "shipping")}}
    charge = {
        "amount": 100000,
        "currency": "thb",
        "source": source,
        "metadata": mine,
        "return_uri": "https://a.example",
    }
    charge = api.ok("POST", "/charges", charge, headers=older("2017-11-02"))
    source = charge["source"]

    assert {name: source.get(name, charge["metadata"]) for name in words} == words


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
            {"object": "balance", "available": 1, "reserve_amount": 2},
        ),
        (
            {
                "object": "bank_account",
                "account_number": "123",
                "type": None,
                "brand": "Test Bank",
                "bank_code": "test",
            },
            {"object": "bank_account", "account_type": None, "brand": "test", "bank_code": "test"},
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
            {"object": "link", "deleted": False, "used": False, "used_at": None, "deleted_at": None},
            {"object": "link", "deleted": False, "used": False},
        ),
        (
            {"object": "occurrence", "scheduled_on": "d", "retry_on": None},
            {"object": "occurrence", "schedule_date": "d", "retry_date": None},
        ),
        (
            {"object": "receipt", "livemode": True, "total": 1, "created_at": "t", "issued_on": "d"},
            {"object": "receipt", "total": 1, "date": "d"},
        ),
        (
            {"object": "refund", "livemode": False, "amount": 1, "metadata": {}, "status": "closed"}
            | {"funding_amount": 1, "funding_currency": "THB", "created_at": "t", "approval_code": None},
            {"object": "refund", "livemode": False, "amount": 1, "metadata": {}}
            | {"funding_amount": 1, "funding_currency": "thb", "created": "t"},
        ),
        (
            {
                "object": "schedule",
                "deleted": False,
                "status": "running",
                "active": True,
                "charge": {"object": "scheduled_charge", "id": "rchg_test_1", "amount": 1, "created_at": "t"},
                "next_occurrences_on": ["c"],
                "start_on": "a",
                "end_on": "b",
            },
            {
                "object": "schedule",
                "deleted": False,
                "status": "active",
                "active": True,
                "charge": {"object": "scheduled_charge", "id": "rchg_test_1", "amount": 1},
                "next_occurrence_dates": ["c"],
                "start_date": "a",
                "end_date": "b",
            },
        ),
        ({"object": "schedule", "status": "expired"}, {"object": "schedule", "status": "expired"}),
        (
            TRANSACTION,
            {
                "object": "transaction",
                "id": "trxn_test_1",
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
            {"object": "transfer", "deleted": False, "transactions": [], "fee_vat": 0, "net": 1, "total_fee": 0},
            {"object": "transfer", "transaction": None},
        ),
        (
            {"object": "recipient", "deleted": False, "name": "n"},
            {"object": "recipient", "name": "n"},
        ),
    ],
)
@pytest.mark.parametrize("version", VERSIONS[:-1])
def test_other_objects_of_older_versions(newest: dict[str, Any], oldest: dict[str, Any], version: str) -> None:
    """
    By their old names, without what is not shown there, in the old order.
    """
    translated = translate(newest, version)

    assert translated == oldest
    assert list(translated) == list(oldest)


@pytest.mark.parametrize("kind", ["card", "customer", "dispute", "recipient", "transfer", "something"])
@pytest.mark.parametrize("version", VERSIONS[:-1])
def test_what_is_deleted_was_a_stub(kind: str, version: str) -> None:
    """
    Of any kind, and wherever it is shown, with nothing else at hand.
    """
    gone = {"object": kind, "id": "x_test_1", "livemode": False, "deleted": True}
    shown = {"object": "list", "data": [gone | {"name": "n"}]}

    assert translate(gone | {"name": "n"}, version) == translate(gone, version) == gone
    assert translate(shown, version)["data"] == [gone]


def test_a_deleted_link_is_a_stub_only_in_the_answer_to_its_deletion() -> None:
    """
    Read later, it is whole, and says that it is deleted.
    """
    gone = {"object": "link", "id": "link_test_1", "livemode": False, "deleted": True}

    assert translate(gone | {"used": False}, "2015-11-17", destroyed=True) == gone
    assert translate(gone | {"used": False}, "2015-11-17") == gone | {"used": False}


CHARGE = """
object id livemode location amount currency description metadata status capture authorized reversed paid transaction
refunded refunds return_uri reference authorize_uri failure_code failure_message card customer ip dispute created
acquirer_reference_number approval_code branch can_perform_void capturable device disputable expired expired_at
expires_at funding_amount funding_currency link paid_at refundable reversed_at reversible schedule terminal
transaction_fees voided source_of_fund offsite offline
"""
CHARGES: dict[str, tuple[set[str], set[str]]] = {
    "2017-11-02": ({"source", "authorization_type", "authorized_amount", "captured_amount"}, set()),
    "2015-11-17": (set(), set()),
    "2014-07-27": ({"captured", "captured_at"}, {"status", "paid", "paid_at"}),
}


@pytest.mark.parametrize("version", CHARGES)
def test_charges_of_each_version(api: Caller, version: str) -> None:
    """
    With the fields of today, but for what has to do with fees; by their old names.
    """
    charge = api.charge(authorization_type="pre_auth", capture=False)
    old = api.ok("GET", charge["location"], headers=older(version))
    added, removed = CHARGES[version]

    assert old.keys() == (set(CHARGE.split()) | added) - removed
    assert list(old)[:4] == ["object", "id", "livemode", "location"]
    assert (old["currency"], old["funding_currency"], old["refunded"]) == ("thb", "thb", 0)
    assert (old["capturable"], old["expires_at"], old["card"]["object"]) == (True, charge["expires_at"], "card")


@pytest.mark.parametrize(
    ("kind", "fund", "offsite", "offline"),
    [
        (None, "card", None, None),
        ("alipay", "offsite", "alipay", None),
        ("bill_payment_tesco_lotus", "offline", None, "bill_payment_tesco_lotus"),
    ],
)
def test_charges_had_a_kind_of_money(
    api: Caller, kind: str | None, fund: str, offsite: str | None, offline: str | None
) -> None:
    """
    And the method in the field of its kind, until 2019, beside the source from 2017 on; where the payer is sent
    somewhere, a reference.
    """
    payer = {"source": {"type": kind}} if kind else {}
    charge = api.charge(**payer, return_uri="https://example.com")
    old = api.ok("GET", charge["location"], headers=older("2015-11-17"))
    newer = api.ok("GET", charge["location"], headers=older("2017-11-02"))

    for shown in (old, newer):
        assert (shown["source_of_fund"], shown["offsite"], shown["offline"]) == (fund, offsite, offline)
    assert "source" not in old
    assert not {"source_of_fund", "offsite", "offline", "reference"} & charge.keys()
    assert (newer["source"] or {}).get("type") == kind
    if kind == "alipay":
        assert old["reference"].startswith("pay2_test_")
        assert newer["reference"] == old["reference"]


def test_sources_of_2017_are_whole(api: Caller) -> None:
    """
    All the fields of today, with `created` and a currency in lower case.
    """
    source = api.ok("POST", "/sources", {"type": "alipay", "amount": 100000, "currency": "THB"})
    old = api.ok("GET", source["location"], headers=older("2017-11-02"))

    assert old == {{"created_at": "created"}.get(name, name): value for name, value in source.items()} | {
        "currency": "thb"
    }
