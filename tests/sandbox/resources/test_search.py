from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from ..conftest import Caller

#: In the order of the API.
FIELDS = [
    "object",
    "export",
    "data",
    "page",
    "per_page",
    "total",
    "total_pages",
    "filters",
    "location",
    "order",
    "query",
    "scope",
    "aggregate_level",
]


def search(api: Caller, scope: str | None = None, path: str = "/search", **params: Any) -> Any:
    return api.ok("GET", f"{path}?{query(scope, params)}")


def query(scope: str | None, params: dict[str, Any]) -> str:
    filters = params.pop("filters", {})
    given = {"scope": scope} if scope else {}
    return urlencode({**given, **params, **{f"filters[{name}]": value for name, value in filters.items()}})


def ids(api: Caller, scope: str, **filters: Any) -> list[str]:
    found = search(api, scope, filters=filters, order="chronological")
    return [one["id"] for one in found["data"]]


def charge(api: Caller, amount: int = 100_000, **params: Any) -> Any:
    payer = {} if "source" in params or "customer" in params else {"card": api.token()}
    return api.ok("POST", "/charges", {"amount": amount, "currency": "thb"} | payer | params)


def test_a_search_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    With what was asked for, and whole objects.
    """
    customer = api.customer(email="a@example.com")
    found = search(api, "customer", query="example", filters={"created": "today"}, order="reverse_chronological")

    assert list(found) == FIELDS
    (data,) = found.pop("data")
    assert data["id"] == customer["id"]
    assert found == {
        "object": "search",
        "export": None,
        "page": 1,
        "per_page": 30,
        "total": 1,
        "total_pages": 1,
        "filters": {"created": "today"},
        "location": "/search",
        "order": "reverse_chronological",
        "query": "example",
        "scope": "customer",
        "aggregate_level": None,
    }


def test_without_anything_everything_is_found(api: Caller) -> None:
    """
    Newest first, unless the other order is asked for; only what is the account's.
    """
    customers = [api.customer()["id"] for _ in range(3)]
    api.ok("POST", "/customers", key="skey_test_other")
    found = search(api, "customer")

    assert [customer["id"] for customer in found["data"]] == customers[::-1]
    assert (found["filters"], found["query"], found["order"]) == ({}, "", "reverse_chronological")
    oldest = search(api, "customer", order="chronological")["data"]
    assert [customer["id"] for customer in oldest] == customers


def test_pages_follow_each_other(api: Caller) -> None:
    """
    The last is short, one past the end is empty, and all know how many there are.
    """
    customers = [api.customer()["id"] for _ in range(5)][::-1]
    pages = [search(api, "customer", page=page, per_page=2) for page in (1, 2, 3, 4)]

    assert [[found["id"] for found in page["data"]] for page in pages] == [
        customers[:2],
        customers[2:4],
        customers[4:],
        [],
    ]
    assert {(page["total"], page["total_pages"], page["per_page"]) for page in pages} == {(5, 3, 2)}
    assert [page["page"] for page in pages] == [1, 2, 3, 4]
    nothing = search(api, "link")
    assert (nothing["data"], nothing["total"], nothing["total_pages"]) == ([], 0, 0)


def test_a_page_has_thirty_and_at_most_a_hundred(api: Caller) -> None:
    """
    More is cut down.
    """
    for _ in range(31):
        api.customer()

    assert [len(search(api, "customer")["data"]), search(api, "customer")["total_pages"]] == [30, 2]
    assert search(api, "customer", per_page=1000)["per_page"] == 100


@pytest.mark.parametrize(
    ("scope", "params", "code"),
    [
        (None, {}, "invalid_scope"),
        ("", {}, "invalid_scope"),
        ("nothing", {}, "invalid_scope"),
        ("customers", {}, "invalid_scope"),
        ("customer", {"filters": {"email": "a"}}, "invalid_filters"),
        ("customer", {"filters": {"created": "someday"}}, "invalid_filters"),
        ("event", {"filters": {"created": "today"}}, "invalid_filters"),
        ("charge", {"filters": {"status": "sucessful"}}, "invalid_filters"),
        ("charge", {"filters": {"captured": "maybe"}}, "invalid_filters"),
        ("charge", {"filters": {"amount": "1,000"}}, "invalid_filters"),
        ("customer", {"page": 0}, "invalid_page"),
        ("customer", {"page": -1}, "invalid_page"),
        ("customer", {"page": "two"}, "invalid_page"),
        ("customer", {"per_page": 0}, "bad_request"),
        ("customer", {"order": "newest"}, "bad_request"),
    ],
)
def test_bad_searches_are_refused(api: Caller, scope: str | None, params: dict[str, Any], code: str) -> None:
    """
    Each with the code of what is wrong, also where there is nothing to find.
    """
    asked = query(scope, dict(params))
    assert api.refused("GET", f"/search?{asked}")[:2] == (400, code)


def test_all_that_is_wrong_with_filters_is_said(api: Caller) -> None:
    """
    In one sentence.
    """
    asked = query("charge", {"filters": {"nothing": "1", "captured": "maybe", "amount": "x"}})

    message = "nothing is not a filter of this scope, captured is invalid, and amount is invalid"
    assert api.refused("GET", f"/search?{asked}") == (400, "invalid_filters", message)


@pytest.mark.parametrize(
    "filters", ["today", ["today"], {"created": ["today"]}, {"created": {"a": "b"}}, {"created": None}]
)
def test_filters_are_texts_by_name(api: Caller, filters: Any) -> None:
    """
    Other shapes are refused.
    """
    assert api.refused("GET", "/search", {"scope": "customer", "filters": filters})[1] == "invalid_filters"


def test_filters_are_echoed_as_texts(api: Caller) -> None:
    """
    Also those that came as something else, in a JSON body.
    """
    charge(api)
    filters = {"captured": True, "amount": 1000, "refunded": 0.0}
    found = api.ok("GET", "/search", {"scope": "charge", "filters": filters})

    assert found["filters"] == {"captured": "true", "amount": "1000", "refunded": "0.0"}
    assert found["total"] == 1


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("/charges/search", "charge"),
        ("/customers/search", "customer"),
        ("/disputes/search", "dispute"),
        ("/links/search", "link"),
        ("/recipients/search", "recipient"),
        ("/refunds/search", "refund"),
        ("/transfers/search", "transfer"),
        ("/linked_accounts/search", "linked_account"),
        ("/sub_merchants/search", "sub_merchant"),
        ("/audits/search", "audit"),
        ("/charges/schedules/search", "charge_schedule"),
        ("/transfers/schedules/search", "transfer_schedule"),
        ("/receipts/receipts/search", "receipt"),
    ],
)
def test_resources_have_a_search_of_their_own(api: Caller, path: str, scope: str) -> None:
    """
    Which says the scope, so that no request has to.
    """
    found = api.ok("GET", path)

    assert (found["scope"], found["location"]) == (scope, "/search")


def test_charges_are_found_by_what_they_are(api: Caller) -> None:
    """
    Each filter alone tells one charge from the others.
    """
    api.application.clock.advance(days=1)
    paid = charge(api, 409_669, description="first")["id"]
    declined = charge(api, card=api.token(number="4111111111140011"))["id"]
    reversed_ = charge(api, capture=False)["id"]
    api.ok("POST", f"/charges/{reversed_}/reverse")
    disputed = charge(api)["id"]
    api.ok("POST", f"/charges/{disputed}/disputes")
    refunded = charge(api, card=api.token(number="5555555555554444"))["id"]
    api.ok("POST", f"/charges/{refunded}/refunds", {"amount": 100_000})
    offline = charge(api, source={"type": "promptpay"})["id"]
    offsite = charge(api, source={"type": "alipay"}, return_uri="https://example.com")["id"]
    foreign = charge(api, 200_000, currency="jpy")["id"]
    fraud = charge(api, card=api.token(number="4111111111190016"))["id"]
    cards = [paid, declined, reversed_, disputed, refunded, foreign, fraud]
    everything = sorted([*cards, offline, offsite])

    for filters, expected in [
        ({"amount": "4096.69"}, [paid]),
        ({"amount": "200000", "currency": "jpy"}, [foreign]),
        ({"authorized": "no", "source_of_fund": "card"}, [declined, fraud]),
        ({"capture": "false"}, [reversed_]),
        ({"capture_id": "1"}, []),
        ({"captured": "true"}, [paid, disputed, refunded, foreign]),
        ({"card_last_digits": "4444"}, [refunded]),
        ({"created": "today"}, everything),
        ({"created": "yesterday"}, []),
        ({"currency": "JPY"}, [foreign]),
        ({"customer_present": "yes"}, everything),
        ({"disputed": "true"}, [disputed]),
        ({"failure_code": "insufficient_fund"}, [declined]),
        ({"installment_terms": "3"}, []),
        ({"is_installment": "true"}, []),
        ({"refund_amount": "1000"}, [refunded]),
        ({"refunded": "0.01.."}, [refunded]),
        ({"reversed": "on"}, [reversed_]),
        ({"safe": "false"}, [fraud]),
        ({"scheduled": "true"}, []),
        ({"source_of_fund": "card"}, cards),
        ({"source_of_fund": "offline"}, [offline]),
        ({"source_of_fund": "offsite"}, [offsite]),
        ({"source_type": "promptpay"}, [offline]),
        ({"status": "failed"}, [declined, fraud]),
        ({"status": "pending"}, [offline, offsite]),
        ({"status": "reversed"}, [reversed_]),
        ({"voided": "true"}, [refunded]),
        ({"acquirer_reference_number": "1"}, []),
    ]:
        assert (filters, sorted(ids(api, "charge", **filters))) == (filters, sorted(expected))
    assert [found["id"] for found in search(api, "charge", query="FIRST")["data"]] == [paid]
    assert [found["id"] for found in search(api, "charge", query="amount:4096.69 fir")["data"]] == [paid]
    assert [found["id"] for found in search(api, "charge", query=declined)["data"]] == [declined]


def test_instalments_are_found_by_their_terms(api: Caller) -> None:
    """
    And by being instalments.
    """
    source = {"type": "installment_kbank", "installment_term": 6}
    made = charge(api, 500_000, source=source, return_uri="https://example.com")["id"]
    charge(api)

    assert ids(api, "charge", is_installment="true") == ids(api, "charge", installment_terms="3..6") == [made]


def test_disputes_and_refunds_are_found_by_their_charge(api: Caller) -> None:
    """
    By its id and its card.
    """
    one, other = charge(api), charge(api, card=api.token(number="5555555555554444"))
    disputes = [api.ok("POST", f"{made['location']}/disputes")["id"] for made in (one, other)]
    api.ok("PATCH", f"/disputes/{disputes[1]}/accept")
    charges = [charge(api), charge(api, card=api.token(number="5555555555554444"))]
    refunds = [api.ok("POST", f"{made['location']}/refunds", {"amount": 5000})["id"] for made in charges]

    assert ids(api, "dispute", charge_id=one["id"]) == disputes[:1]
    assert ids(api, "dispute", card_last_digits="4444") == disputes[1:]
    assert ids(api, "dispute", status="lost") == ids(api, "dispute", closed_at="today") == disputes[1:]
    assert ids(api, "dispute", amount="1000", currency="thb", delayed="no", created="today") == disputes
    assert ids(api, "dispute", card_first_digits="424242") == []
    assert ids(api, "refund", charge_id=charges[0]["id"]) == refunds[:1]
    assert ids(api, "refund", card_last_digits="4444") == refunds[1:]
    assert ids(api, "refund", amount="50", status="closed", voided="false") == refunds
    assert search(api, "refund")["data"][0]["charge"] == charges[1]["id"]


def test_recipients_and_transfers_may_be_deleted(api: Caller) -> None:
    """
    Those are found only where a filter speaks of deletion.
    """
    bank = {"name": "Arun Dee", "number": "1234567890", "brand": "scb"}
    kept, gone = (
        api.ok("POST", "/recipients", {"name": name, "type": "individual", "bank_account": bank})["id"] for name in "ab"
    )
    api.ok("DELETE", f"/recipients/{gone}")
    (default,) = ids(api, "recipient", active="true")

    assert ids(api, "recipient", type="individual") == ids(api, "recipient", deleted="no", type="individual") == [kept]
    assert ids(api, "recipient", deleted="yes") == [gone]
    assert ids(api, "recipient", bank_last_digits="6789", verified="yes", activated_at="today") == [default]
    assert ids(api, "recipient", verified="false") == [kept]


def test_transfers_are_found_by_what_became_of_them(api: Caller) -> None:
    """
    Sent, paid, deleted, or waiting.
    """
    charge(api, 10_000_000)
    waiting, sent, paid, gone = (api.ok("POST", "/transfers", {"amount": 100_000})["id"] for _ in range(4))
    for transfer in (sent, paid):
        api.ok("POST", f"/transfers/{transfer}/mark_as_sent")
    api.ok("POST", f"/transfers/{paid}/mark_as_paid")
    api.ok("DELETE", f"/transfers/{gone}")

    assert ids(api, "transfer", sent="false") == [waiting]
    assert ids(api, "transfer", sent="true", paid="false") == [sent]
    assert ids(api, "transfer", paid_at="today") == [paid]
    assert ids(api, "transfer", sent_at="today", fee="28.04", amount="1000", currency="thb") == [sent, paid]
    assert ids(api, "transfer", deleted="true") == [gone]


def test_links_are_found_by_their_use(api: Caller) -> None:
    """
    None is used before somebody pays.
    """
    link = {"amount": 59_900, "currency": "thb", "title": "Cup", "description": "One large cup"}
    once, often = (api.ok("POST", "/links", link | {"multiple": multiple})["id"] for multiple in (False, True))

    assert ids(api, "link", multiple="true") == [often]
    assert ids(api, "link", pending="yes", used="no", amount="599", currency="THB") == [once, often]
    assert ids(api, "link", used_at="today") == []
    assert [found["id"] for found in search(api, "link", query="large CUP")["data"]] == [often, once]


def test_schedules_are_found_by_kind_and_status(api: Caller) -> None:
    """
    A running one is called active; a deleted one is still there.
    """
    customer = api.customer(cards=1)
    terms = {"every": 1, "period": "day", "start_date": "2090-01-01", "end_date": "2090-01-09"}
    half = {"customer": customer["id"], "amount": 100_000}
    kept, gone = (api.ok("POST", "/schedules", terms | {"charge": half})["id"] for _ in range(2))
    with_card = half | {"card": customer["default_card"]}
    chosen = api.ok("POST", "/schedules", terms | {"charge": with_card})["id"]
    recipient = ids(api, "recipient")[0]
    transfer = api.ok("POST", "/schedules", terms | {"transfer": {"recipient": recipient, "amount": 5000}})["id"]
    api.ok("DELETE", f"/schedules/{gone}")

    assert ids(api, "charge_schedule") == [kept, gone, chosen]
    assert ids(api, "charge_schedule", active="true") == [kept, chosen]
    assert ids(api, "charge_schedule", status="active", amount="1000") == [kept, chosen]
    assert ids(api, "charge_schedule", status="deleted") == [gone]
    assert chosen in ids(api, "charge_schedule", card_last_digits="4242")
    assert ids(api, "transfer_schedule", status="running", active="yes", created="today") == [transfer]


def test_what_has_no_filters_is_found_by_text(api: Caller) -> None:
    """
    Events by key and by what they hold, transactions by origin; of audits and log entries there are none.
    """
    made = charge(api, description="cup")

    assert [event["key"] for event in search(api, "event", query="charge.create cup")["data"]] == ["charge.create"]
    assert search(api, "transaction", query=made["id"])["total"] == 1
    assert search(api, "audit", filters={"actor_email": "a@example.com", "verb": "update"})["total"] == 0
    assert search(api, "log_entry")["total"] == 0


def test_sub_merchants_and_linked_accounts_are_found(api: Caller) -> None:
    """
    By their states.
    """
    merchant = api.ok("POST", "/sub_merchants", {"name": "Cup"})
    account = api.ok("POST", "/linked_accounts", {"type": "direct_debit_bay", "return_uri": "https://example.com"})

    owner = merchant["parent_team_id"]
    assert ids(api, "sub_merchant", registration_status="unsubmitted", owner_uid=owner) == [merchant["id"]]
    assert ids(api, "sub_merchant", live_activated="true") == ids(api, "sub_merchant", agreement_accepted="true") == []
    assert ids(api, "linked_account", status="pending", type="direct_debit_bay") == [account["id"]]
    assert ids(api, "linked_account", status="successful") == []


def test_results_can_be_expanded(api: Caller) -> None:
    """
    As lists can.
    """
    charge(api, customer=api.customer(cards=1)["id"])

    assert search(api, "charge", expand="true")["data"][0]["customer"]["object"] == "customer"
    assert isinstance(search(api, "charge")["data"][0]["customer"], str)
