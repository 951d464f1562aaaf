from __future__ import annotations

from typing import Any

import pytest

from ..conftest import Caller

#: Name, and the type it has when it is not null; in the order of the API.
FIELDS: dict[str, type] = {
    "object": str,
    "id": str,
    "livemode": bool,
    "location": str,
    "currency": str,
    "amount": int,
    "funding_amount": int,
    "funding_currency": str,
    "metadata": dict,
    "charge": str,
    "documents": dict,
    "transactions": list,
    "admin_message": type(None),
    "message": str,
    "reason_code": str,
    "reason_message": str,
    "status": str,
    "closed_at": str,
    "created_at": str,
}
AMOUNT = 100_000
CLOSED = (400, "bad_request", "dispute is closed")
ACCEPTED = "Merchant accepts the dispute"


def charge(api: Caller, **params: Any) -> Any:
    return api.ok("POST", "/charges", {"amount": AMOUNT, "currency": "thb", "card": api.token()} | params)


def dispute(api: Caller, charged: Any = None) -> Any:
    return api.ok("POST", f"{(charged or charge(api))['location']}/disputes")


def total(api: Caller) -> int:
    return int(api.ok("GET", "/balance")["total"])


def events(api: Caller) -> list[str]:
    """Keys of the events about disputes."""
    return [key for event in api.ok("GET", "/events?limit=100")["data"] if (key := event["key"]).startswith("dispute")]


def test_a_dispute_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    With their types, and null where that is allowed.
    """
    opened = dispute(api)
    accepted = api.ok("PATCH", f"{opened['location']}/accept")

    assert list(opened) == list(accepted) == list(FIELDS)
    assert {name: type(value) for name, value in accepted.items()} == FIELDS
    assert {name for name, value in opened.items() if value is None} == {"admin_message", "message", "closed_at"}
    assert opened["id"].startswith("dspt_test_")
    assert opened["location"] == f"/disputes/{opened['id']}"
    assert opened["documents"]["location"] == f"{opened['location']}/documents"


def test_opening_takes_the_money_at_once(api: Caller) -> None:
    """
    All of it, without the fee; the charge shows the dispute and cannot be refunded.
    """
    charged = charge(api)
    before = total(api)
    opened = dispute(api, charged)
    (debit,) = opened["transactions"]
    after = api.ok("GET", charged["location"])

    assert (opened["status"], opened["amount"], opened["currency"]) == ("open", AMOUNT, "THB")
    assert (opened["funding_amount"], opened["funding_currency"]) == (AMOUNT, "THB")
    assert (opened["charge"], opened["reason_code"]) == (charged["id"], "goods_or_services_not_provided")
    assert opened["reason_message"] == "Merchandise/Services Not Received"
    assert (debit["key"], debit["direction"], debit["amount"]) == ("dispute.started.debit", "debit", AMOUNT)
    assert debit["origin"] == opened["id"]
    assert api.ok("GET", f"/transactions/{debit['id']}") == debit
    assert total(api) == before - AMOUNT
    assert after["dispute"]["id"] == opened["id"]
    assert (after["disputable"], after["refundable"]) == (False, False)
    assert api.refused("POST", f"{charged['location']}/refunds", {"amount": 100})[1] == "failed_refund"
    assert events(api) == ["dispute.create"]


def test_what_was_refunded_is_not_disputed(api: Caller) -> None:
    """
    Only what the payer has not got back.
    """
    charged = charge(api)
    api.ok("POST", f"{charged['location']}/refunds", {"amount": 30_000})
    opened = dispute(api, charged)

    assert (opened["amount"], opened["funding_amount"]) == (70_000, 70_000)
    assert opened["transactions"][0]["amount"] == 70_000


def test_only_what_was_captured_is_disputed(api: Caller) -> None:
    """
    The rest was never taken.
    """
    charged = charge(api, capture=False, authorization_type="pre_auth")
    api.ok("POST", f"{charged['location']}/capture", {"capture_amount": 40_000})

    assert dispute(api, charged)["amount"] == 40_000


def test_other_currencies_are_taken_in_the_account_s(api: Caller) -> None:
    """
    As much as the charge brought, whatever its own amount.
    """
    charged = charge(api, amount=5_000, currency="usd")
    opened = dispute(api, charged)

    assert (opened["amount"], opened["currency"]) == (5_000, "USD")
    assert (opened["funding_amount"], opened["funding_currency"]) == (charged["funding_amount"], "THB")
    assert opened["transactions"][0]["amount"] == charged["funding_amount"]


@pytest.mark.parametrize(
    "params",
    [
        {"capture": False},
        {"number": "4111111111140011"},
        {"card": None, "source": {"type": "promptpay"}},
    ],
)
def test_what_was_not_paid_cannot_be_disputed(api: Caller, params: dict[str, Any]) -> None:
    """
    An authorisation, a declined charge, one that nobody has paid yet.
    """
    if "number" in params:
        params = {"card": api.token(number=params["number"])}
    charged = charge(api, **params)

    refusal = (400, "bad_request", "charge is not disputable")
    assert api.refused("POST", f"{charged['location']}/disputes") == refusal
    assert api.ok("GET", "/disputes")["total"] == 0


def test_a_charge_is_disputed_once(api: Caller) -> None:
    """
    Not again while it is open, nor after it was won; and not once all was refunded.
    """
    charged, refunded = charge(api), charge(api)
    opened = dispute(api, charged)
    refusal = (400, "bad_request", "charge is not disputable")
    assert api.refused("POST", f"{charged['location']}/disputes") == refusal
    api.ok("PATCH", f"{opened['location']}/close", {"status": "won"})
    assert api.refused("POST", f"{charged['location']}/disputes") == refusal
    api.ok("POST", f"{refunded['location']}/refunds", {"amount": AMOUNT})

    assert api.refused("POST", f"{refunded['location']}/disputes") == refusal
    assert api.ok("GET", "/disputes")["total"] == 1


def test_a_message_answers_the_dispute(api: Caller) -> None:
    """
    It is pending from then on; metadata alone, or an empty message, leaves it open.
    """
    opened = dispute(api)
    path = opened["location"]

    assert api.ok("PATCH", path, {"metadata": {"a": 1}})["status"] == "open"
    assert api.ok("PATCH", path, {"message": ""})["status"] == "open"
    pending = api.ok("PATCH", path, {"message": "It was delivered. " * 100})
    assert (pending["status"], pending["metadata"]) == ("pending", {"a": 1})
    assert pending["message"] == "It was delivered. " * 100
    again = api.ok("PATCH", path, {"metadata": {"b": 2}, "message": "Signed for."})
    assert (again["status"], again["message"], again["metadata"]) == ("pending", "Signed for.", {"b": 2})
    assert events(api) == ["dispute.create"] + ["dispute.update"] * 4


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"message": ["m"]}, "message must be a string"),
        ({"message": "x" * 10_001}, "message is too long (maximum is 10000 characters)"),
        ({"message": "good", "metadata": "m"}, "metadata must be an object"),
    ],
)
def test_bad_answers_are_refused(api: Caller, params: dict[str, Any], message: str) -> None:
    """
    And change nothing.
    """
    path = dispute(api)["location"]

    assert api.refused("PATCH", path, params) == (400, "bad_request", message)
    after = api.ok("GET", path)
    assert (after["status"], after["message"]) == ("open", None)


@pytest.mark.parametrize("answered", [False, True])
def test_accepting_gives_up_the_money(api: Caller, answered: bool) -> None:
    """
    Without another transaction; of a dispute that was answered, too.
    """
    opened = dispute(api)
    if answered:
        api.ok("PATCH", opened["location"], {"message": "m"})
    before = total(api)
    lost = api.ok("PATCH", f"{opened['location']}/accept")

    assert (lost["status"], lost["message"], lost["transactions"]) == ("lost", ACCEPTED, opened["transactions"])
    assert lost["closed_at"] is not None
    assert total(api) == before
    assert events(api)[-2:] == ["dispute.accept", "dispute.close"]


@pytest.mark.parametrize("answered", [False, True])
def test_a_won_dispute_brings_the_money_back(api: Caller, answered: bool) -> None:
    """
    The credit is shown before the debit; the charge can be refunded again.
    """
    charged = charge(api)
    before = total(api)
    opened = dispute(api, charged)
    if answered:
        api.ok("PATCH", opened["location"], {"message": "m"})
    won = api.ok("PATCH", f"{opened['location']}/close", {"status": "won"})

    assert (won["status"], won["closed_at"] is not None) == ("won", True)
    assert [booked["key"] for booked in won["transactions"]] == ["dispute.won.credit", "dispute.started.debit"]
    assert won["transactions"][0]["amount"] == AMOUNT
    assert total(api) == before
    assert events(api)[-1] == "dispute.close"
    api.ok("POST", f"{charged['location']}/refunds", {"amount": 100})


def test_a_lost_dispute_moves_nothing_more(api: Caller) -> None:
    """
    The money is gone already.
    """
    opened = dispute(api)
    before = total(api)
    lost = api.ok("PATCH", f"{opened['location']}/close", {"status": "lost"})

    assert (lost["status"], lost["message"]) == ("lost", None)
    assert (lost["transactions"], total(api)) == (opened["transactions"], before)


@pytest.mark.parametrize("status", [None, "", "open", "pending", "closed", ["won"]])
def test_a_dispute_is_won_or_lost(api: Caller, status: Any) -> None:
    """
    Any other end is refused.
    """
    opened = dispute(api)

    refusal = (400, "bad_request", "status is invalid")
    assert api.refused("PATCH", f"{opened['location']}/close", {"status": status}) == refusal
    assert api.ok("GET", opened["location"])["status"] == "open"


@pytest.mark.parametrize("end", ["accept", "won", "lost"])
def test_a_closed_dispute_stays_as_it_is(api: Caller, end: str) -> None:
    """
    Whatever is tried.
    """
    path = dispute(api)["location"]
    if end == "accept":
        api.ok("PATCH", f"{path}/accept")
    else:
        api.ok("PATCH", f"{path}/close", {"status": end})
    before = api.ok("GET", path)
    told = events(api)

    assert api.refused("PATCH", path, {"message": "m"}) == CLOSED
    assert api.refused("PATCH", path, {"metadata": {"a": 1}}) == CLOSED
    assert api.refused("PATCH", f"{path}/accept") == CLOSED
    assert api.refused("PATCH", f"{path}/close", {"status": "won"}) == CLOSED
    assert api.ok("GET", path) | {"documents": 0} == before | {"documents": 0}
    assert events(api) == told


def test_disputes_are_listed_by_state(api: Caller) -> None:
    """
    Those that were won and lost together are the closed ones; each list tells its own address.
    """
    opened, pending, won, lost = (dispute(api)["id"] for _ in range(4))
    api.ok("PATCH", f"/disputes/{pending}", {"message": "m"})
    api.ok("PATCH", f"/disputes/{won}/close", {"status": "won"})
    api.ok("PATCH", f"/disputes/{lost}/accept")

    for path, ids in [
        ("/disputes", [opened, pending, won, lost]),
        ("/disputes/open", [opened]),
        ("/disputes/pending", [pending]),
        ("/disputes/closed", [won, lost]),
    ]:
        page = api.ok("GET", path)
        assert [found["id"] for found in page["data"]] == ids
        assert (page["total"], page["location"]) == (len(ids), path)
    assert api.ok("GET", "/disputes/closed?limit=1&order=reverse_chronological")["data"][0]["id"] == lost


def test_the_charge_can_be_expanded(api: Caller) -> None:
    """
    Where a dispute is read.
    """
    opened = dispute(api)

    assert api.ok("GET", f"{opened['location']}?expand=true")["charge"]["object"] == "charge"


def test_unknown_disputes_are_not_found(api: Caller) -> None:
    """
    Under any verb, and for other accounts.
    """
    opened = dispute(api)
    for method, sub in [("GET", ""), ("PATCH", ""), ("PATCH", "/accept"), ("PATCH", "/close"), ("GET", "/documents")]:
        refusal = (404, "not_found", "dispute dspt_test_1 was not found")
        assert api.refused(method, f"/disputes/dspt_test_1{sub}") == refusal

    assert api.refused("GET", opened["location"], key="skey_test_other")[1] == "not_found"
    message = (404, "not_found", "charge chrg_test_1 was not found")
    assert api.refused("POST", "/charges/chrg_test_1/disputes") == message


def test_disputes_are_made_in_test_mode_only(api: Caller) -> None:
    """
    In live mode that is the card network's; the merchant can only answer or accept.
    """
    live = "skey_live1"
    token = api.token(key="pkey_live1")
    charged = api.ok("POST", "/charges", {"amount": AMOUNT, "currency": "thb", "card": token}, key=live)

    status, code, _ = api.refused("POST", f"{charged['location']}/disputes", key=live)
    assert (status, code) == (403, "not_authorized")
    assert api.ok("GET", "/disputes", key=live)["total"] == 0
    with api.workspace(live) as workspace:
        fields = {"amount": 1, "currency": "THB", "funding_amount": 1, "funding_currency": "THB", "metadata": {}}
        state: dict[str, Any] = {"message": None, "status": "open", "closed_at": None, "transactions": []}
        charge_document = workspace.find("charge", charged["id"])
        made = workspace.create("dispute", fields | state, parent=charge_document)
    assert api.refused("PATCH", f"/disputes/{made.id}/close", {"status": "won"}, key=live)[:2] == (
        403,
        "not_authorized",
    )
    assert api.ok("PATCH", f"/disputes/{made.id}/accept", key=live)["status"] == "lost"


def test_older_versions_show_the_newest_transaction(api: Caller) -> None:
    """
    As an id.
    """
    opened = dispute(api)
    won = api.ok("PATCH", f"{opened['location']}/close", {"status": "won"})
    old = api.ok("GET", opened["location"], headers={"Omise-Version": "2017-11-02"})

    assert old["transaction"] == won["transactions"][0]["id"]
    assert "transactions" not in old
    assert old["currency"] == "thb"
