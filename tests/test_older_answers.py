"""Answers of 2014 to 2017 as the API recorded them then, which users still have in cassettes, events and databases."""

from __future__ import annotations

import copy
from datetime import datetime, timezone
from typing import Any

import pytest

import omise

from .stubs import Sent, Stub

CREATED = "2017-05-16T09:41:56Z"
AT = datetime(2017, 5, 16, 9, 41, 56, tzinfo=timezone.utc)

LIST = {"object": "list", "from": "1970-01-01T00:00:00+00:00", "to": "2017-05-16T10:00:00+00:00", "offset": 0}

CARD = {
    "object": "card",
    "id": "card_test_5",
    "livemode": False,
    "country": "us",
    "city": None,
    "postal_code": None,
    "financing": "",
    "last_digits": "4242",
    "brand": "Visa",
    "expiration_month": 10,
    "expiration_year": 2020,
    "fingerprint": "n7q2",
    "name": "Somchai Prasert",
    "security_code_check": True,
    "created": CREATED,
}
REFUND = {
    "object": "refund",
    "id": "rfnd_test_5",
    "location": "/charges/chrg_test_5/refunds/rfnd_test_5",
    "amount": 10000,
    "currency": "thb",
    "charge": "chrg_test_5",
    "transaction": "trxn_test_6",
    "created": CREATED,
}
CHARGE: dict[str, Any] = {
    "object": "charge",
    "id": "chrg_test_5",
    "livemode": False,
    "location": "/charges/chrg_test_5",
    "amount": 100000,
    "currency": "thb",
    "description": None,
    "metadata": {},
    "status": "successful",
    "capture": True,
    "authorized": True,
    "reversed": False,
    "paid": True,
    "transaction": "trxn_test_5",
    "source_of_fund": "card",
    "refunded": 10000,
    "refunds": {**LIST, "limit": 20, "total": 1, "data": [REFUND]},
    "return_uri": None,
    "offsite": None,
    "reference": None,
    "authorize_uri": None,
    "failure_code": None,
    "failure_message": None,
    "card": CARD,
    "customer": "cust_test_5",
    "ip": None,
    "dispute": None,
    "created": CREATED,
}
CHARGE_OF_2014 = {name: value for name, value in CHARGE.items() if name not in ("status", "paid")} | {"captured": True}
CUSTOMER: dict[str, Any] = {
    "object": "customer",
    "id": "cust_test_5",
    "livemode": False,
    "location": "/customers/cust_test_5",
    "default_card": "card_test_5",
    "email": "john@example.com",
    "description": "John",
    "created": CREATED,
    "cards": {**LIST, "limit": 20, "total": 1, "data": [CARD], "location": "/customers/cust_test_5/cards"},
}


def read(answer: dict[str, Any]) -> Any:
    """A record of *answer*, as one from the API."""
    return Stub(lambda sent: answer).client().request("GET", "/anything")


@pytest.mark.parametrize("answer", [CHARGE, CHARGE_OF_2014])
def test_charges(answer: dict[str, Any]) -> None:
    """Fields of then by their names of then; what belongs to a charge is a record as ever."""
    charge = read(answer)

    assert isinstance(charge, omise.Charge)
    assert (charge.amount, charge.currency, charge.refunded, charge.created) == (100000, "thb", 10000, AT)
    assert (charge.paid, charge.captured) == (True, True)
    assert isinstance(charge.card, omise.Card)
    assert (charge.card.last_digits, charge.card.created) == ("4242", AT)
    assert isinstance(charge.refunds, omise.RefundList)
    assert (charge.refunds[0].amount, charge.refunds[0].created, charge.refunds.page) == (10000, AT, 1)
    assert (charge.customer.id, charge.transaction.id) == ("cust_test_5", "trxn_test_5")
    assert "chrg_test_5" in repr(charge)
    assert "100000" in str(charge)
    assert charge.to_dict() == answer


def test_lists_in_objects_know_where_they_are() -> None:
    """Without a location in any answer they are fetched below their record, again and again, to the last page."""
    second = {**REFUND, "id": "rfnd_test_6"}

    def answer(sent: Sent) -> dict[str, Any]:
        if sent.path == "/charges/chrg_test_5":
            return CHARGE
        offset, limit = (int(sent.params.get(name, least)) for name, least in (("offset", 0), ("limit", 1)))
        page = [REFUND, second][offset : offset + limit]
        return {**LIST, "offset": offset, "limit": limit, "total": 2, "data": page}

    stub = Stub(answer)
    charge = stub.client().Charge.retrieve("chrg_test_5")
    refunds = charge.refunds.reload().reload()

    assert [refund.id for refund in refunds(limit=1)] == ["rfnd_test_5", "rfnd_test_6"]
    assert [refunds.next_page().data[0].id, refunds[1].id] == ["rfnd_test_6", "rfnd_test_6"]
    assert refunds["from"] == "1970-01-01T00:00:00+00:00"
    assert {sent.path for sent in stub.sent[1:]} == {"/charges/chrg_test_5/refunds"}


@pytest.mark.parametrize("order", [{}, {"order": None}])
def test_customers_and_their_cards(order: dict[str, Any]) -> None:
    """Neither `deleted` nor linked accounts nor metadata, and lists whose order is null; they are not deleted."""
    answer = copy.deepcopy(CUSTOMER)
    answer["cards"] |= order
    customer = read(answer)

    assert isinstance(customer, omise.Customer)
    assert (customer.created, customer.destroyed, customer.email) == (AT, False, "john@example.com")
    assert (customer.default_card.last_digits, customer.default_card) == ("4242", customer.cards[0])
    assert [card.brand for card in customer.cards] == ["Visa"]


@pytest.mark.parametrize(
    ("answer", "cls", "fields"),
    [
        (
            {"object": "balance", "livemode": False, "available": 9, "total": 10, "currency": "thb"},
            omise.Balance,
            {"available": 9, "total": 10},
        ),
        (
            {"object": "account", "id": "acct_5", "email": "a@b.co", "currency": "thb", "created": CREATED},
            omise.Account,
            {"id": "acct_5", "created": AT},
        ),
        (
            {
                "object": "token",
                "id": "tokn_test_5",
                "livemode": False,
                "used": False,
                "card": CARD,
                "created": CREATED,
            },
            omise.Token,
            {"used": False, "created": AT},
        ),
        (
            {"object": "transaction", "id": "trxn_test_5", "type": "credit", "amount": 1, "currency": "thb"}
            | {"source": "chrg_test_5", "transferable": "2017-05-23T09:41:56Z", "created": CREATED},
            omise.Transaction,
            {"type": "credit", "source": "chrg_test_5", "transferable": "2017-05-23T09:41:56Z", "created": AT},
        ),
        (
            {"object": "transfer", "id": "trsf_test_5", "sent": True, "paid": False, "amount": 5000, "fee": 3000}
            | {"transaction": "trxn_test_7", "currency": "thb", "recipient": "recp_test_5", "created": CREATED}
            | {"bank_account": {"object": "bank_account", "brand": "test", "number": "123", "last_digits": "123"}},
            omise.Transfer,
            {"transaction": "trxn_test_7", "fee": 3000, "destroyed": False, "created": AT},
        ),
        (
            {"object": "dispute", "id": "dspt_test_5", "amount": 1, "currency": "thb", "status": "open"}
            | {"transaction": "trxn_test_8", "charge": "chrg_test_5", "message": None, "created": CREATED},
            omise.Dispute,
            {"transaction": "trxn_test_8", "status": "open", "created": AT},
        ),
        (
            {"object": "source", "id": "src_test_5", "type": "alipay", "flow": "redirect", "amount": 1}
            | {"currency": "thb"},
            omise.Source,
            {"type": "alipay", "flow": "redirect"},
        ),
        (
            {"object": "occurrence", "id": "occu_test_5", "schedule": "schd_test_5", "schedule_date": "2017-05-16"}
            | {"retry_date": None, "result": "chrg_test_5", "status": "successful", "created": CREATED},
            omise.Occurrence,
            {"schedule_date": "2017-05-16", "retry_date": None, "created": AT},
        ),
        (
            {"object": "receipt", "id": "rcpt_test_5", "date": "2017-05-16", "total": 107, "currency": "thb"},
            omise.Receipt,
            {"date": "2017-05-16", "total": 107},
        ),
        (
            {"object": "forex", "from": "usd", "to": "thb", "rate": 32.7, "location": "/forex/usd"},
            omise.Forex,
            {"to": "thb", "rate": 32.7},
        ),
        (
            {"object": "link", "id": "link_test_5", "used": True, "multiple": False, "amount": 1, "currency": "thb"}
            | {"used_at": CREATED, "created": CREATED, "charges": {**LIST, "limit": 20, "total": 0, "data": []}},
            omise.Link,
            {"used": True, "used_at": AT, "destroyed": False, "created": AT},
        ),
    ],
)
def test_other_objects(answer: dict[str, Any], cls: type[Any], fields: dict[str, Any]) -> None:
    """Records of the same classes, with the fields that are there; a time is one where its name says so."""
    record = read(answer)

    assert isinstance(record, cls)
    assert {name: getattr(record, name) for name in fields} == fields
    assert record.to_dict() == answer
    assert repr(record).startswith(f"<{cls.__name__} ")
    assert cls.from_data(answer).to_dict() == answer


def test_schedules() -> None:
    """Running ones were active; their halves had no type and no id."""
    half = {"amount": 100000, "currency": "thb", "customer": "cust_test_5", "card": None}
    schedule = read(
        {"object": "schedule", "id": "schd_test_5", "status": "active", "every": 1, "period": "day", "on": {}}
        | {"start_date": "2017-05-16", "end_date": "2018-05-15", "next_occurrence_dates": ["2017-05-17"]}
        | {"charge": half, "occurrences": {**LIST, "limit": 20, "total": 0, "data": []}, "created": CREATED}
    )

    assert isinstance(schedule, omise.Schedule)
    assert (schedule.status, schedule.destroyed, schedule.start_date) == ("active", False, "2017-05-16")
    assert schedule.next_occurrence_dates == ["2017-05-17"]
    assert (schedule.charge.amount, schedule.charge.customer) == (100000, "cust_test_5")
    assert list(schedule.occurrences) == []


def test_what_is_left_of_deleted_objects() -> None:
    """Four fields, alone, in a charge, and in an event."""
    stub = {"object": "card", "id": "card_test_5", "livemode": False, "deleted": True}
    event = {"object": "event", "id": "evnt_test_5", "key": "card.destroy", "data": stub, "created": CREATED}

    for card in (read(stub), read({**CHARGE, "card": stub}).card, read(event).data):
        assert isinstance(card, omise.Card)
        assert (card.id, card.destroyed, "last_digits" in card) == ("card_test_5", True, False)
    assert read(event).created == AT


@pytest.mark.parametrize(
    "backends",
    [
        {"credit_card": {"type": "card", "currencies": ["thb"], "brands": ["Visa"]}},
        [{"credit_card": {"type": "card", "currencies": ["thb"], "brands": ["Visa"]}}, {"alipay": {"type": "alipay"}}],
    ],
)
def test_capabilities(backends: Any) -> None:
    """Payment methods by their names, in an object or in a list of objects."""
    capability = read({"object": "capability", "location": "/capability", "banks": [], "payment_backends": backends})
    found = capability.payment_backends if isinstance(backends, dict) else capability.payment_backends[0]

    assert isinstance(capability, omise.Capability)
    assert (found.credit_card.currencies, found["credit_card"]["brands"]) == (["thb"], ["Visa"])


@pytest.mark.parametrize("suffix", ["Z", "+00:00"])
def test_times(suffix: str) -> None:
    """However they end."""
    assert read({"object": "charge", "id": "chrg_test_5", "created": f"2017-05-16T09:41:56{suffix}"}).created == AT
    assert (
        read({"object": "charge", "id": "chrg_test_5", "captured_at": f"2017-05-16T09:41:56{suffix}"}).captured_at == AT
    )
