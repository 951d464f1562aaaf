from __future__ import annotations

from typing import Any

import pytest

from ..conftest import Caller

FIELDS: dict[str, type] = {
    "object": str,
    "id": str,
    "location": str,
    "livemode": bool,
    "voided": bool,
    "currency": str,
    "amount": int,
    "metadata": dict,
    "charge": str,
    "capture": str,
    "terminal": str,
    "transaction": str,
    "status": str,
    "funding_amount": int,
    "funding_currency": str,
    "created_at": str,
    "acquirer_reference_number": str,
    "approval_code": str,
}
NULLABLE = {"capture", "terminal", "acquirer_reference_number", "approval_code"}
NOT_REFUNDABLE = (400, "failed_refund", "charge can't be refunded")
RETURN_URI = "https://shop.example.com/orders/1"


def path_of(charge: dict[str, Any]) -> str:
    """Where a charge's refunds are."""
    return f"/charges/{charge['id']}/refunds"


def refund(api: Caller, charge: dict[str, Any], amount: int, **params: Any) -> Any:
    """Give back so much."""
    return api.ok("POST", path_of(charge), {"amount": amount, **params})


def refused(api: Caller, charge: dict[str, Any], amount: Any, **params: Any) -> tuple[int, str, str]:
    """How a refund is refused, after looking that nothing changed."""
    before = api.snapshot()
    refusal = api.refused("POST", path_of(charge), {"amount": amount, **params})
    assert api.snapshot() == before
    return refusal


def reloaded(api: Caller, charge: dict[str, Any]) -> Any:
    """The charge as it is now."""
    return api.ok("GET", f"/charges/{charge['id']}")


def test_a_refund_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    With their types, and null where that is allowed.
    """
    charge = api.charge()
    made = refund(api, charge, 50000, metadata={"reason": "damaged"})

    assert list(made) == list(FIELDS)
    assert {name for name, value in made.items() if value is None} == NULLABLE
    assert all(isinstance(value, FIELDS[name]) for name, value in made.items() if value is not None)
    assert (made["charge"], made["status"], made["metadata"]) == (charge["id"], "closed", {"reason": "damaged"})
    assert made["location"] == f"{path_of(charge)}/{made['id']}"


def test_a_part_is_given_back(api: Caller) -> None:
    """
    The charge says how much, and stays paid; fees are kept; the ledger has a line for it.
    """
    charge = api.charge()
    made = refund(api, charge, 50000)
    after = reloaded(api, charge)
    line = api.ok("GET", f"/transactions/{made['transaction']}")

    assert made["voided"] is False
    assert (after["status"], after["paid"], after["refunded_amount"]) == ("successful", True, 50000)
    assert (after["refundable"], after["disputable"], after["can_perform_void"]) == (True, True, False)
    assert (after["fee"], after["fee_vat"], after["net"]) == (charge["fee"], charge["fee_vat"], charge["net"])
    assert (after["refunds"]["total"], after["refunds"]["data"]) == (1, [made])
    assert (line["key"], line["direction"], line["amount"]) == ("refund.created.debit", "debit", 50000)
    assert (line["origin"], api.ok("GET", "/balance")["total"]) == (made["id"], charge["net"] - 50000)
    assert api.events() == ["charge.create", "refund.create"]


def test_the_whole_is_a_void(api: Caller) -> None:
    """
    Of a card's charge that nothing was refunded of; in test mode even two months later.
    """
    charge = api.charge()
    api.application.clock.advance(days=60)
    before = reloaded(api, charge)
    made = refund(api, charge, 100000, void=True)
    after = reloaded(api, charge)

    assert before["can_perform_void"] is True
    assert (made["voided"], after["voided"], after["status"]) == (True, True, "successful")
    flags = ("refundable", "partially_refundable", "disputable", "can_perform_void")
    assert not any(after[flag] for flag in flags)
    assert api.ok("GET", "/balance")["total"] == charge["net"] - 100000
    assert refused(api, charge, 1) == NOT_REFUNDABLE


def test_what_is_left_after_a_part_is_no_void(api: Caller) -> None:
    """
    Nor is a part; with ``void`` neither happens.
    """
    charge = api.charge()
    failed = (400, "failed_void", "charge can't be voided")

    assert refused(api, charge, 40000, void=True) == failed
    refund(api, charge, 40000)
    assert refused(api, charge, 60000, void="true") == failed
    assert refund(api, charge, 60000, void=False)["voided"] is False
    after = reloaded(api, charge)
    assert (after["refunded_amount"], after["refundable"], after["voided"]) == (100000, False, False)


def test_live_charges_can_be_voided_until_they_are_settled(api: Caller) -> None:
    """
    That takes a day.
    """
    early, late = (
        api.ok(
            "POST",
            "/charges",
            {"amount": 100000, "currency": "THB", "card": api.token(key="pkey_live")},
            key="skey_live",
        )
        for _ in range(2)
    )
    first = api.ok("POST", path_of(early), {"amount": 100000}, key="skey_live")
    api.application.clock.advance(days=1, seconds=1)
    second = api.ok("POST", path_of(late), {"amount": 100000}, key="skey_live")

    assert (first["voided"], second["voided"]) == (True, False)


@pytest.mark.parametrize(
    ("amount", "problem"),
    [
        (None, "is not a number"),
        ("all", "is not a number"),
        (True, "is not a number"),
        (10.5, "must be an integer"),
        ("10.00", "must be an integer"),
    ],
)
def test_the_amount_has_to_be_a_number(api: Caller, amount: Any, problem: str) -> None:
    """
    A whole one.
    """
    assert refused(api, api.charge(), amount) == (400, "failed_refund", f"amount {problem}")


@pytest.mark.parametrize("amount", [0, -1, 100001])
def test_not_more_than_is_left_and_not_nothing(api: Caller, amount: int) -> None:
    """
    The API has the same words for all of it.
    """
    charge = api.charge()

    assert refused(api, charge, amount) == NOT_REFUNDABLE
    refund(api, charge, 99999)
    assert refused(api, charge, 2) == NOT_REFUNDABLE
    assert refund(api, charge, 1)["amount"] == 1


def test_not_more_than_was_captured(api: Caller) -> None:
    """
    The whole of a part is a whole.
    """
    charge = api.charge(capture=False, authorization_type="pre_auth")
    api.ok("POST", f"/charges/{charge['id']}/capture", {"capture_amount": 30000})

    assert refused(api, charge, 30001) == NOT_REFUNDABLE
    assert refund(api, charge, 30000)["voided"] is True


def test_only_paid_charges_can_be_refunded(api: Caller) -> None:
    """
    Not those that are held, reversed, declined, or not paid yet.
    """
    held, gone = api.charge(capture=False), api.charge(capture=False)
    api.ok("POST", f"/charges/{gone['id']}/reverse")
    declined = api.charge(card=api.token(number="4111111111140011"))
    waiting = api.charge(source={"type": "alipay"}, return_uri=RETURN_URI)

    for charge in (held, gone, declined, waiting):
        assert refused(api, charge, 100000) == NOT_REFUNDABLE


@pytest.mark.parametrize(
    ("source", "part", "whole"),
    [
        ({"type": "promptpay"}, False, False),
        ({"type": "internet_banking_bbl"}, False, False),
        ({"type": "mobile_banking_kbank"}, False, False),
        ({"type": "wechat_pay"}, False, False),
        ({"type": "installment_kbank", "installment_term": 3}, False, True),
        ({"type": "alipay"}, True, True),
    ],
)
def test_methods_differ_in_what_can_be_given_back(api: Caller, source: Any, part: bool, whole: bool) -> None:
    """
    Any part, only the whole, or nothing; and it is no void.
    """
    charge = api.charge(300000, source=source, return_uri=RETURN_URI)
    paid = api.ok("POST", f"/charges/{charge['id']}/mark_as_paid")

    assert (paid["refundable"], paid["partially_refundable"]) == (whole, part)
    if not part:
        assert refused(api, charge, 100000) == NOT_REFUNDABLE
    if whole:
        assert refund(api, charge, 300000)["voided"] is False
    else:
        assert refused(api, charge, 300000) == NOT_REFUNDABLE


def test_a_charge_has_fifteen_refunds_at_most(api: Caller) -> None:
    """
    Whatever is left.
    """
    charge = api.charge()
    for _ in range(15):
        refund(api, charge, 1000)

    assert refused(api, charge, 1000) == refused(api, charge, 85000) == NOT_REFUNDABLE
    assert reloaded(api, charge)["refundable"] is False
    assert reloaded(api, charge)["refunds"]["total"] == 15


def test_a_charge_can_be_refunded_for_a_year(api: Caller) -> None:
    """
    To the day.
    """
    charge = api.charge()
    api.application.clock.advance(days=365, seconds=-5)
    refund(api, charge, 1000)
    api.application.clock.advance(seconds=6)

    assert refused(api, charge, 1000) == NOT_REFUNDABLE
    assert reloaded(api, charge)["refundable"] is False


def test_a_disputed_charge_cannot_be_refunded(api: Caller) -> None:
    """
    Unless the merchant has won.
    """
    won, lost = api.charge(), api.charge()
    disputes = {}
    for charge in (won, lost):
        disputes[charge["id"]] = api.ok("POST", f"/charges/{charge['id']}/disputes")["id"]
        assert refused(api, charge, 1000) == NOT_REFUNDABLE
        shown = reloaded(api, charge)
        assert (shown["refundable"], shown["disputable"]) == (False, False)
    api.ok("PATCH", f"/disputes/{disputes[won['id']]}/close", {"status": "won"})
    api.ok("PATCH", f"/disputes/{disputes[lost['id']]}/close", {"status": "lost"})

    assert refused(api, lost, 1000) == NOT_REFUNDABLE
    assert refund(api, won, 1000)["amount"] == 1000
    assert reloaded(api, lost)["dispute"]["status"] == "lost"


def test_refunds_of_foreign_charges_add_up(api: Caller) -> None:
    """
    In the account's currency exactly what was paid is given back, however it is cut.
    """
    charge = api.charge(9999, "USD")
    parts = [refund(api, charge, amount) for amount in (3333, 3333, 1, 3332)]

    assert sum(part["funding_amount"] for part in parts) == charge["funding_amount"]
    assert {part["funding_currency"] for part in parts} == {"THB"}
    assert api.ok("GET", "/balance")["total"] == charge["net"] - charge["funding_amount"]


def test_a_part_that_is_worth_nothing_has_no_line_in_the_ledger(api: Caller) -> None:
    """
    There are currencies with a very small smallest unit.
    """
    charge = api.charge(10_000_000, "IDR")
    made = refund(api, charge, 1)

    assert (made["amount"], made["funding_amount"], made["transaction"]) == (1, 0, None)


def test_refunds_are_listed_by_charge_and_by_account(api: Caller) -> None:
    """
    And retrieved under their charge only; charge and transaction expand.
    """
    first, second = api.charge(), api.charge()
    made = [refund(api, charge, 1000) for charge in (first, second, first)]
    found = api.ok("GET", f"{made[0]['location']}?expand=true")

    assert [item["id"] for item in api.ok("GET", path_of(first))["data"]] == [made[0]["id"], made[2]["id"]]
    assert [item["id"] for item in api.ok("GET", "/refunds")["data"]] == [item["id"] for item in made]
    assert api.ok("GET", made[0]["location"]) == made[0]
    assert (found["charge"]["id"], found["transaction"]["origin"]) == (first["id"], made[0]["id"])
    assert api.refused("GET", f"/refunds/{made[0]['id']}")[:2] == (404, "service_not_found")
    for path in (f"{path_of(second)}/{made[0]['id']}", f"{path_of(first)}/404"):
        number = path.rpartition("/")[2]
        assert api.refused("GET", path) == (404, "not_found", f"refund {number} was not found")
