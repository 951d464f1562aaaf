from __future__ import annotations

from typing import Any

import pytest

from ..conftest import Caller

FIELDS: dict[str, type] = {
    "object": str,
    "id": str,
    "livemode": bool,
    "location": str,
    "credit_note": bool,
    "charge_fee": int,
    "transaction_fee": int,
    "subtotal": int,
    "transfer_fee": int,
    "voided_fee": int,
    "vat": int,
    "wht": int,
    "total": int,
    "company_address": str,
    "company_name": str,
    "company_tax_id": str,
    "currency": str,
    "customer_address": str,
    "customer_email": str,
    "customer_name": str,
    "customer_statement_name": str,
    "customer_tax_id": str,
    "number": str,
    "created_at": str,
    "issued_on": str,
    "adjustment_transaction": dict,
}


@pytest.fixture(autouse=True)
def morning(api: Caller) -> None:
    """
    A morning in Bangkok.
    """
    api.turn_to("2030-01-20T03:00:00")


def charge(api: Caller, amount: int = 100_000, **params: Any) -> Any:
    return api.ok("POST", "/charges", {"amount": amount, "currency": "thb", "card": api.token(), **params})


def receipts(api: Caller) -> list[Any]:
    data: list[Any] = api.ok("GET", "/receipts")["data"]
    return data


def balance(api: Caller) -> int:
    return int(api.ok("GET", "/balance")["total"])


def test_a_receipt_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    With their types, once the day is over in Bangkok; by itself as in the list.
    """
    charge(api)
    api.turn_to("2030-01-20T18:00:01")
    (receipt,) = receipts(api)

    assert list(receipt) == list(FIELDS)
    assert {name for name, value in receipt.items() if value is None} == {"customer_tax_id"}
    assert all(type(value) is FIELDS[name] for name, value in receipt.items() if value is not None)
    assert receipt["id"].startswith("rcpt_test_")
    assert (receipt["issued_on"], receipt["created_at"]) == ("2030-01-20", "2030-01-20T18:00:00Z")
    assert (receipt["number"], receipt["currency"], receipt["credit_note"]) == ("OMTH203001200001", "THB", False)
    assert api.ok("GET", receipt["location"]) == receipt


def test_the_fees_of_a_day_add_up(api: Caller) -> None:
    """
    Those of charges and of transfers, with the tax on them.
    """
    charge(api)
    transfer = api.ok("POST", "/transfers", {"amount": 50_000})["id"]
    api.ok("POST", f"/transfers/{transfer}/mark_as_sent")
    api.turn_to("2030-01-20T18:00:01")
    (receipt,) = receipts(api)

    assert (receipt["charge_fee"], receipt["transaction_fee"], receipt["transfer_fee"]) == (3_650, 3_650, 2_804)
    assert (receipt["subtotal"], receipt["vat"], receipt["wht"], receipt["total"]) == (6_454, 452, 0, 6_906)
    adjustment = receipt["adjustment_transaction"]
    assert (adjustment["key"], adjustment["amount"], adjustment["origin"]) == (
        "receipt.vat_adjustment.credit",
        0,
        receipt["id"],
    )


def test_what_rounding_took_is_given_back(api: Caller) -> None:
    """
    The tax of each fee is rounded by itself; the receipt has the tax on their sum, and the ledger the difference.
    """
    for _ in range(2):
        charge(api)  # 255.5 each, rounded up
    before = balance(api)
    api.turn_to("2030-01-20T18:00:01")
    (receipt,) = receipts(api)

    assert (receipt["charge_fee"], receipt["vat"], receipt["total"]) == (7_300, 511, 7_811)
    assert receipt["adjustment_transaction"]["amount"] == 1
    assert balance(api) == before + 1
    assert 200_000 - balance(api) == receipt["total"]


def test_there_is_one_for_each_day_with_fees(api: Caller) -> None:
    """
    A day ends at five in the afternoon, in UTC; days without fees have none.
    """
    charge(api)
    api.turn_to("2030-01-20T16:59:58")
    charge(api, 40_000)
    api.turn_to("2030-01-20T17:00:00")
    charge(api, 50_000)
    assert receipts(api) == []
    api.turn_to("2030-01-20T23:00:00")
    charge(api)
    api.turn_to("2030-01-22T10:00:00")
    charge(api)
    api.turn_to("2030-01-30T00:00:00")

    assert [(receipt["issued_on"], receipt["charge_fee"]) for receipt in receipts(api)] == [
        ("2030-01-20", 3_650 + 1_460),
        ("2030-01-21", 1_825 + 3_650),
        ("2030-01-22", 3_650),
    ]


def test_a_charge_costs_on_the_day_on_which_it_is_captured(api: Caller) -> None:
    """
    One that was declined, or only authorised, costs nothing.
    """
    authorised = charge(api, capture=False)
    api.ok("POST", "/charges", {"amount": 5_000, "currency": "thb", "card": api.token(number="4111111111140011")})
    api.turn_to("2030-01-22T03:00:00")
    assert receipts(api) == []

    api.ok("POST", f"/charges/{authorised['id']}/capture")
    api.turn_to("2030-01-24T00:00:00")
    (receipt,) = receipts(api)
    assert (receipt["issued_on"], receipt["charge_fee"]) == ("2030-01-22", 3_650)


def test_the_fee_of_a_transfer_that_failed_is_given_back(api: Caller) -> None:
    """
    If that is all there was in a day, the receipt is a credit note.
    """
    api.fund(100_000)
    bank = {"name": "A", "number": "0000000022", "brand": "scb"}
    recipient = api.ok("POST", "/recipients", {"name": "A", "type": "individual", "bank_account": bank})["id"]
    api.ok("PATCH", f"/recipients/{recipient}/verify")
    transfer = api.ok("POST", "/transfers", {"amount": 100_000, "recipient": recipient})["id"]
    api.ok("POST", f"/transfers/{transfer}/mark_as_sent")
    api.application.clock.advance(days=1)
    api.ok("POST", f"/transfers/{transfer}/mark_as_paid")
    api.application.clock.advance(days=1)
    first, second = receipts(api)

    assert (first["transfer_fee"], first["subtotal"], first["vat"], first["total"]) == (2_804, 2_804, 196, 3_000)
    assert (second["voided_fee"], second["subtotal"], second["credit_note"]) == (2_804, -2_804, True)
    assert (second["vat"], second["total"]) == (-196, -3_000)
    assert balance(api) == 100_000


def test_the_list_has_a_name_of_its_own(api: Caller) -> None:
    """
    And ends with the day, unless another end is asked for.
    """
    page = api.ok("GET", "/receipts")
    asked = api.ok("GET", "/receipts", query_string={"to": "2030-01-01", "limit": "5"})

    assert (page["object"], page["data"], page["total"], page["location"]) == ("receipt_list", [], 0, "/receipts")
    assert page["to"] == "2030-01-20T23:59:59Z"
    assert (asked["to"], asked["limit"]) == ("2030-01-01T00:00:00Z", 5)


def test_an_unknown_receipt_is_not_found(api: Caller) -> None:
    """
    Nor is another account's.
    """
    charge(api)
    api.application.clock.advance(days=1)
    (receipt,) = receipts(api)

    for path in ("/receipts/rcpt_test_1", receipt["location"]):
        key = "skey_test_other"
        refusal = (404, "not_found", f"receipt {path.removeprefix('/receipts/')} was not found")
        assert api.refused("GET", path, key=key) == refusal
