from __future__ import annotations

from typing import Any

import pytest

from ..conftest import Caller
from .charges import ACCEPTED, HELD, HOLD, PRE_AUTH, RETURN_URI, state

#: Name, and the type it has when it is not null; in the order of the API.
FIELDS: dict[str, type] = {
    "object": str,
    "id": str,
    "location": str,
    "amount": int,
    "authorization_type": str,
    "authorized_amount": int,
    "captured_amount": int,
    "acquirer_reference_number": str,
    "net": int,
    "fee": int,
    "fee_vat": int,
    "interest": int,
    "interest_vat": int,
    "funding_amount": int,
    "refunded_amount": int,
    "transaction_fees": dict,
    "platform_fee": dict,
    "currency": str,
    "funding_currency": str,
    "ip": str,
    "refunds": dict,
    "link": str,
    "description": str,
    "metadata": dict,
    "missing_3ds_fields": list,
    "card": dict,
    "source": dict,
    "schedule": str,
    "linked_account": dict,
    "customer": str,
    "dispute": dict,
    "transaction": str,
    "failure_code": str,
    "failure_message": str,
    "merchant_advice": str,
    "merchant_advice_code": str,
    "status": str,
    "authorize_uri": str,
    "return_uri": str,
    "created_at": str,
    "paid_at": str,
    "authorized_at": str,
    "expires_at": str,
    "expired_at": str,
    "reversed_at": str,
    "multi_capture": bool,
    "zero_interest_installments": bool,
    "branch": str,
    "terminal": str,
    "device": str,
    "authorized": bool,
    "capturable": bool,
    "capture": bool,
    "disputable": bool,
    "livemode": bool,
    "refundable": bool,
    "partially_refundable": bool,
    "reversed": bool,
    "reversible": bool,
    "voided": bool,
    "paid": bool,
    "expired": bool,
    "can_perform_void": bool,
    "approval_code": str,
}


NULLABLE = {
    "authorization_type",
    "acquirer_reference_number",
    "ip",
    "link",
    "description",
    "card",
    "source",
    "schedule",
    "linked_account",
    "customer",
    "dispute",
    "transaction",
    "failure_code",
    "failure_message",
    "merchant_advice",
    "merchant_advice_code",
    "authorize_uri",
    "return_uri",
    "paid_at",
    "authorized_at",
    "expired_at",
    "reversed_at",
    "branch",
    "terminal",
    "device",
    "approval_code",
}

AUTHORIZATION = {"authorization_type", "authorized_amount", "captured_amount"}


def test_a_charge_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    With their types, and null only where that is allowed.
    """
    source = {"type": "promptpay"}
    charges = [
        api.charge(ip="203.0.113.7", description="d", **PRE_AUTH),
        api.charge(card=api.token(number="4111111111140011")),
        api.charge(source=source),
        api.charge(customer=api.customer(cards=1)["id"], return_uri=RETURN_URI, authentication="3DS"),
    ]

    listed = {charge["id"]: charge for charge in api.ok("GET", "/charges")["data"]}

    for charge in [*charges, *listed.values()]:
        absent = set() if charge in listed.values() or charge is charges[0] else AUTHORIZATION
        absent = absent | ({"missing_3ds_fields"} if charge["source"] else set())
        assert [name for name in charge if name in FIELDS] == [name for name in FIELDS if name not in absent]
        assert {name for name, value in charge.items() if value is None} <= NULLABLE
        shown = {name: type(value) for name, value in charge.items() if value is not None and name in FIELDS}
        assert shown == {name: FIELDS[name] for name in shown}
    assert set(charges[0]) == set(FIELDS)
    assert charges[0]["transaction_fees"] == {"fee_flat": "0.0", "fee_rate": "3.65", "vat_rate": "7.0"}
    assert charges[0]["platform_fee"] == {"fixed": None, "amount": None, "percentage": None}
    assert charges[0]["refunds"]["location"] == f"/charges/{charges[0]['id']}/refunds"


def test_references_expand(api: Caller) -> None:
    """
    By one level, where something is read.
    """
    customer = api.customer(cards=1)
    charge = api.charge(customer=customer["id"])
    expanded = api.ok("GET", f"/charges/{charge['id']}?expand=true")

    assert expanded["customer"]["id"] == charge["customer"] == customer["id"]
    assert expanded["transaction"]["origin"] == charge["id"]
    assert expanded["customer"]["default_card"] == customer["default_card"]


def test_a_charge_can_be_held_and_captured(api: Caller) -> None:
    """
    The request's flag stays as it was; the money comes with the capture.
    """
    held = api.charge(**HOLD)
    balance = api.ok("GET", "/balance")["total"]
    api.application.clock.advance(days=1)
    captured = api.ok("POST", f"/charges/{held['id']}/capture")

    assert state(held) == ("pending", HELD)
    assert (held["paid_at"], held["transaction"], balance) == (None, None, 0)
    assert state(captured) == ("successful", ACCEPTED)
    assert captured["capture"] is False
    assert captured["paid_at"] > captured["authorized_at"] == held["authorized_at"]
    assert api.ok("GET", "/balance")["total"] == captured["net"] == 96094
    assert api.events() == ["charge.create", "charge.capture"]


def test_a_pre_authorised_charge_can_be_captured_in_part(api: Caller) -> None:
    """
    Fees are those of the part; the amount stays; the rest is gone.
    """
    held = api.charge(**PRE_AUTH)
    captured = api.ok("POST", f"/charges/{held['id']}/capture", {"capture_amount": "50000"})

    assert (held["captured_amount"], held["authorized_amount"], held["authorization_type"]) == (0, 100000, "pre_auth")
    assert (captured["amount"], captured["authorized_amount"]) == (100000, 100000)
    assert (captured["captured_amount"], captured["funding_amount"]) == (50000, 50000)
    assert (captured["fee"], captured["fee_vat"], captured["net"]) == (1825, 128, 48047)
    assert api.ok("GET", "/balance")["total"] == 48047
    assert api.refused("POST", f"/charges/{held['id']}/capture", {"capture_amount": 1})[1] == "failed_capture"


@pytest.mark.parametrize(
    ("params", "capture", "message"),
    [
        (PRE_AUTH, {"capture_amount": 100001}, "capture_amount must be less than or equal to 100000"),
        (PRE_AUTH, {"capture_amount": 0}, "capture_amount must be greater than or equal to 1"),
        (PRE_AUTH, {"capture_amount": "half"}, "capture_amount is not a number"),
        (PRE_AUTH, {"capture_amount": 10.5}, "capture_amount must be an integer"),
        (
            HOLD,
            {"capture_amount": 50000},
            "only charges with the authorization type pre_auth can be captured in part",
        ),
        ({}, {}, "charge was already captured"),
        ({"source": {"type": "promptpay"}}, {}, "Charge is not authorized"),
    ],
)
def test_captures_that_are_refused(api: Caller, params: Any, capture: Any, message: str) -> None:
    """
    They change nothing.
    """
    charge = api.charge(**params)
    before = api.snapshot()

    assert api.refused("POST", f"/charges/{charge['id']}/capture", capture) == (400, "failed_capture", message)
    assert api.snapshot() == before


def test_a_part_that_is_worth_nothing_cannot_be_captured(api: Caller) -> None:
    """
    There are currencies with a very small smallest unit.
    """
    charge = api.charge(50000000, "IDR", **PRE_AUTH)
    refusal = (400, "failed_capture", "the currency conversion could not be completed")

    assert api.refused("POST", f"/charges/{charge['id']}/capture", {"capture_amount": 1}) == refusal


def test_the_whole_can_be_captured_by_its_amount(api: Caller) -> None:
    """
    Without a pre-authorisation, too.
    """
    charge = api.charge(**HOLD)

    assert api.ok("POST", f"/charges/{charge['id']}/capture", {"capture_amount": 100000})["paid"] is True


def test_a_held_charge_can_be_reversed(api: Caller) -> None:
    """
    Once; it stays authorised, and no money moved.
    """
    charge = api.charge(**HOLD)
    path = f"/charges/{charge['id']}"
    gone = api.ok("POST", f"{path}/reverse")
    refusal = (400, "failed_reverse", "only uncaptured authorized charges can be reversed")

    assert state(gone) == ("reversed", {"authorized"})
    assert (gone["reversed"], gone["reversed_at"] is None, gone["transaction"]) == (True, False, None)
    assert api.refused("POST", f"{path}/reverse") == refusal
    assert api.refused("POST", f"{path}/capture") == (400, "failed_capture", "charge was already reversed")
    assert api.ok("GET", "/balance")["total"] == 0
    assert api.events() == ["charge.create", "charge.reverse"]


@pytest.mark.parametrize(
    "params", [{}, {"source": {"type": "promptpay"}}, {"amount": 50000, "number": "4111111111140011"}]
)
def test_only_held_charges_can_be_reversed(api: Caller, params: dict[str, Any]) -> None:
    """
    Not those that are paid, unpaid, or declined.
    """
    number = params.pop("number", None)
    charge = api.charge(**params | ({"card": api.token(number=number)} if number else {}))

    assert api.refused("POST", f"/charges/{charge['id']}/reverse") == (
        400,
        "failed_reverse",
        "only uncaptured authorized charges can be reversed",
    )


def test_a_pending_charge_of_some_methods_can_be_expired(api: Caller) -> None:
    """
    Its time is over then, and its source says so.
    """
    charge = api.charge(source={"type": "alipay_cn"}, return_uri=RETURN_URI)
    api.application.clock.advance(hours=1)
    gone = api.ok("POST", f"/charges/{charge['id']}/expire")

    assert state(gone) == ("expired", {"expired"})
    assert charge["created_at"] < gone["expired_at"] == gone["expires_at"] < charge["expires_at"]
    assert gone["source"]["charge_status"] == "expired"
    assert api.refused("POST", f"/charges/{charge['id']}/expire") == (400, "failed_expire", "expire failed")
    assert api.events() == ["charge.create", "charge.expire"]


@pytest.mark.parametrize("params", [{}, HOLD, {"source": {"type": "promptpay"}}])
def test_no_other_charge_can_be_expired(api: Caller, params: dict[str, Any]) -> None:
    """
    Not those of cards, nor of the other methods.
    """
    charge = api.charge(**params)

    assert api.refused("POST", f"/charges/{charge['id']}/expire") == (400, "failed_expire", "expire failed")


def test_a_pending_charge_can_be_marked_as_paid(api: Caller) -> None:
    """
    It has succeeded then, with all that belongs to it.
    """
    charge = api.charge(source={"type": "promptpay"})
    paid = api.ok("POST", f"/charges/{charge['id']}/mark_as_paid")

    assert state(charge) == ("pending", set())
    assert state(paid) == ("successful", {"authorized", "paid"})
    assert (paid["source"]["charge_status"], paid["card"]) == ("successful", None)
    assert api.ok("GET", f"/transactions/{paid['transaction']}")["amount"] == paid["net"]
    assert api.events() == ["charge.create", "charge.complete"]


def test_a_pending_charge_can_be_marked_as_failed(api: Caller) -> None:
    """
    No money has moved then.
    """
    charge = api.charge(source={"type": "promptpay"})
    failed = api.ok("POST", f"/charges/{charge['id']}/mark_as_failed")

    assert state(failed) == ("failed", set())
    assert (failed["failure_code"], failed["failure_message"]) == ("payment_rejected", "payment rejected by issuer")
    assert (failed["source"]["charge_status"], failed["transaction"]) == ("failed", None)
    assert api.ok("GET", "/balance")["total"] == 0
    assert api.events() == ["charge.create", "charge.complete"]


@pytest.mark.parametrize("verb", ["mark_as_paid", "mark_as_failed"])
def test_only_charges_that_wait_for_a_payer_can_be_marked(api: Caller, verb: str) -> None:
    """
    Not those that are done, held, or expired, and none in live mode.
    """
    done, held, late = api.charge(), api.charge(**HOLD), api.charge(source={"type": "bill_payment_tesco_lotus"})
    live = {"key": "skey_live"}
    alive = api.ok("POST", "/charges", {"amount": 100000, "currency": "THB", "source": {"type": "promptpay"}}, **live)
    api.application.clock.advance(days=1)

    for charge in (done, held):
        assert api.refused("POST", f"/charges/{charge['id']}/{verb}") == (
            400,
            "processed_charge",
            "charge is not awaiting payment",
        )
    assert api.refused("POST", f"/charges/{late['id']}/{verb}") == (400, "expired_charge", "charge expired")
    assert api.refused("POST", f"/charges/{alive['id']}/{verb}", **live) == (
        403,
        "not_authorized",
        "charges can only be marked in test mode",
    )


def test_description_and_metadata_can_be_changed(api: Caller) -> None:
    """
    Nothing else can.
    """
    charge = api.charge(description="a", metadata={"a": 1})
    path = f"/charges/{charge['id']}"
    changed = api.ok("PATCH", path, {"description": "b", "metadata": {"b": 2}})

    assert changed == charge | {"description": "b", "metadata": {"b": 2}, "refunds": changed["refunds"]}
    assert api.ok("PATCH", path, {"metadata": None})["metadata"] == {}
    assert api.refused("PATCH", path, {"metadata": "x", "description": "c"}) == (
        400,
        "invalid_charge",
        "metadata must be an object",
    )
    assert api.ok("GET", path)["description"] == "b"
    assert api.events() == ["charge.create", "charge.update", "charge.update"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("PATCH", ""),
        ("POST", "/capture"),
        ("POST", "/reverse"),
        ("POST", "/expire"),
        ("POST", "/mark_as_paid"),
        ("POST", "/mark_as_failed"),
        ("GET", "/refunds"),
    ],
)
def test_unknown_charges_are_not_found(api: Caller, method: str, path: str) -> None:
    """
    Nor are those of other accounts.
    """
    charge = api.charge()

    assert api.refused(method, f"/charges/chrg_test_1{path}") == (
        404,
        "not_found",
        "charge chrg_test_1 was not found",
    )
    assert api.refused(method, f"/charges/{charge['id']}{path}", key="skey_test_other")[0] == 404


def test_the_list_of_schedules_is_no_charge(api: Caller) -> None:
    """
    Though its path reads like one.
    """
    assert api.ok("GET", "/charges/schedules")["location"] == "/charges/schedules"


def test_a_charge_belongs_to_its_link(api: Caller) -> None:
    """
    Which can be had in its place.
    """
    link = api.ok("POST", "/links", {"amount": 100000, "currency": "THB", "title": "t", "description": "d"})
    code = link["payment_uri"].rpartition("/")[2]
    api.client.post(f"/{code}", data={"number": "4242424242424242"})
    (charge,) = api.ok("GET", "/charges")["data"]

    assert charge["link"] == link["id"]
    assert api.ok("GET", f"/charges/{charge['id']}?expand=true")["link"]["id"] == link["id"]


def test_what_was_authorised_is_not_in_every_answer(api: Caller) -> None:
    """
    Lists, searches, events and other objects say it of all charges, a single answer only of pre-authorised ones.
    """
    plain, pre = api.charge(capture=False), api.charge(**PRE_AUTH)
    link = api.ok("POST", "/links", {"amount": 100000, "currency": "THB", "title": "t", "description": "d"})
    api.client.post(f"/{link['payment_uri'].rpartition('/')[2]}", data={"number": "4242424242424242"})
    charged = api.charge()
    refund = api.ok("POST", f"/charges/{charged['id']}/refunds", {"amount": 100000})
    within = [
        *api.ok("GET", "/charges")["data"],
        *api.ok("GET", "/search?scope=charge")["data"],
        *(event["data"] for event in api.ok("GET", "/events")["data"] if event["key"].startswith("charge.")),
        *api.ok("GET", link["location"])["charges"]["data"],
        *api.ok("GET", link["location"] + "/charges")["data"],
        api.ok("GET", f"{refund['location']}?expand=true")["charge"],
    ]
    path = f"/charges/{plain['id']}"

    assert {*map(frozenset, (AUTHORIZATION & charge.keys() for charge in within))} == {frozenset(AUTHORIZATION)}
    for charge in (plain, api.ok("GET", path), api.ok("POST", f"{path}/capture")):
        assert not AUTHORIZATION & charge.keys()
    assert (pre["authorization_type"], pre["authorized_amount"], pre["captured_amount"]) == ("pre_auth", 100000, 0)


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({}, (400, "invalid_amount", "amount is not a number")),
        ({"currency": "THB"}, (400, "invalid_amount", "amount is not a number")),
        ({"amount": "", "card": "tokn_test_1"}, (400, "invalid_amount", "amount is not a number")),
        ({"amount": 100000}, (400, "invalid_charge", "currency is currently not supported")),
        (
            {"amount": 100000, "currency": "THB"},
            (404, "not_found", "one of card, customer, source, or linked_account must be given"),
        ),
        (
            {"amount": 1, "currency": "THB", "customer": "cust_test_1"},
            (400, "invalid_charge", "amount must be greater than or equal to 2000 (thb subunits)"),
        ),
        (
            {"amount": 100000, "currency": "THB", "customer": "cust_test_1"},
            (404, "not_found", "customer cust_test_1 was not found"),
        ),
    ],
)
def test_the_amount_is_looked_at_first(api: Caller, params: Any, refusal: tuple[int, str, str]) -> None:
    """
    Then the currency, then who pays.
    """
    assert api.refused("POST", "/charges", params) == refusal


@pytest.mark.parametrize(("amount", "code"), [(9101, "9101"), (100000, "100000")])
def test_a_decline_can_come_with_advice(api: Caller, amount: int, code: str) -> None:
    """
    Of the card that is for that; the amount says which.
    """
    charge = api.charge(amount, card=api.token(number="4111111111170018"))
    other = api.charge(amount, card=api.token(number="4111111111110014"))

    assert (charge["status"], charge["failure_code"]) == ("failed", "payment_rejected")
    assert (charge["merchant_advice"], charge["merchant_advice_code"]) == ("Issuer Declined: By Issuing Bank", code)
    assert (other["merchant_advice"], other["merchant_advice_code"]) == (None, None)


@pytest.mark.parametrize(
    ("known", "missing"),
    [
        ({}, ["email", "phone_number"]),
        ({"email": "payer@example.com"}, ["phone_number"]),
        ({"email": "payer@example.com", "phone_number": "0812345678"}, []),
    ],
)
def test_3d_secure_tells_what_it_missed(api: Caller, known: dict[str, str], missing: list[str]) -> None:
    """
    In the card of the token; where nobody asked for it, nothing is missed.
    """
    secure = api.charge(card=api.token(**known), authentication="3DS", return_uri=RETURN_URI)

    assert secure["missing_3ds_fields"] == missing
    assert api.charge(card=api.token(**known))["missing_3ds_fields"] == []


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"capture": False},
        {"number": "4111111111140011"},
        {"number": "4111111111150002", "authentication": "3DS"},
        {"source": {"type": "promptpay"}},
        {"source": {"type": "truemoney_qr"}},
        {"source": {"type": "alipay"}},
    ],
)
def test_who_can_come_back_has_a_page_to_come_from(api: Caller, params: dict[str, Any]) -> None:
    """
    Even if nobody has to go there; the page then says what became of the payment.
    """
    number = params.get("number", "4242424242424242")
    given = {name: value for name, value in params.items() if name != "number"}
    if "source" not in given:
        given["card"] = api.token(number=number)
    charge = api.charge(return_uri=RETURN_URI, **given)
    page = api.client.get(charge["authorize_uri"].removeprefix("http://localhost"))

    assert page.status_code == 200
    assert api.ok("GET", f"/charges/{charge['id']}")["status"] == charge["status"]


def test_yen_are_worth_what_they_were(api: Caller) -> None:
    """
    At the rate of a recorded charge, whose fees are of the funding amount.
    """
    charge = api.charge(100000, "JPY")

    assert (charge["funding_amount"], charge["fee"]) == (2526334, 92211)


@pytest.mark.parametrize(("spelt", "meant"), [("0", False), ("1", True), ("false", False), ("true", True)])
def test_forms_spell_booleans_as_numbers_too(api: Caller, spelt: str, meant: bool) -> None:
    """
    As PHP writes them; in JSON a number is none.
    """
    form = {"amount": "100000", "currency": "THB", "card": api.token(), "capture": spelt}
    number = {"amount": 100000, "currency": "THB", "card": api.token(), "capture": int(meant)}

    assert api.ok("POST", "/charges", data=form)["capture"] is meant
    assert api.refused("POST", "/charges", number) == (400, "invalid_charge", "capture must be true or false")
