"""`omise.records.casting`: what JSON is in Python, which class an object becomes, and what differs from what came."""

from datetime import date, datetime, timezone
from typing import Any

import pytest

import omise
from omise.records.associations import belongs_to
from omise.records.casting import NAMES, REGISTRY, class_named
from omise.records.resource import Resource
from omise.resources.capability import AmountLimits, Limits
from omise.resources.charge import TransactionFees
from omise.sandbox import Sandbox

from .conftest import CUSTOMER, REFUNDS

# Reading


def test_times_are_datetimes_and_raw_json_is_kept(john: omise.Customer) -> None:
    """`created_at` reads as a datetime with a time zone, as an item too; `attributes` has the text that came."""
    assert john.created_at == datetime(2026, 1, 31, 9, 30, tzinfo=timezone.utc)
    assert john.created_at.tzinfo is not None
    assert john["created_at"] is john.created_at
    assert john.attributes["created_at"] == "2026-01-31T09:30:00Z"


@pytest.mark.parametrize("value", ["soon", "", "2026-99-99T00:00:00Z", None, 7])
def test_what_is_no_time_stays_as_it_came(value: Any) -> None:
    """A field that ends in _at but holds no time is handed out as it is."""
    assert omise.Resource.from_data({"paid_at": value}).paid_at == value


def test_metadata_stays_a_dict_whatever_is_in_it(john: omise.Customer) -> None:
    """What looks like an object or a time inside metadata is the caller's, and not cast."""
    assert isinstance(john.metadata, dict)
    assert john.metadata == CUSTOMER["metadata"]


def test_parts_are_of_the_classes_that_are_declared_for_them(omise_sandbox: Sandbox) -> None:
    """An object without a type of its own is what its record says that the field holds, in lists and parts too."""
    charge = omise.Charge.create(amount=5000_00, currency="thb", source={"type": "promptpay"})
    limits = omise.Capability.retrieve().limits

    assert type(charge.transaction_fees) is TransactionFees
    assert (type(limits), type(limits.charge_amount)) == (Limits, AmountLimits)
    assert type(charge.source.scannable_code.image) is omise.Document
    assert type(omise.Resource.from_data({"limits": {"min": 1}}).limits) is Resource


def test_parts_are_edited_in_place_and_have_no_id(omise_sandbox: Sandbox) -> None:
    """They are sent with the record that they are parts of."""
    account = omise.Account.retrieve()
    account.metadata_export_keys.charge = ["order"]

    assert repr(account.metadata_export_keys).startswith("<MetadataExportKeys charge=")
    assert account.save().metadata_export_keys.charge == ["order"]
    assert account.changes == {}


# Comparing


def test_one_true_and_one_point_zero_differ() -> None:
    """Values are compared as JSON has them: 1, true and 1.0 are three values."""
    record = omise.Resource.from_data({"object": "thing", "id": "thing_1", "n": 1, "list": [1, {"a": 0}]})
    record.n = True
    assert record.changes == {"n": True}

    record.n = 1
    record.list = [1, {"a": False}]

    assert record.changes == {"list": [1, {"a": False}]}


def test_plain_objects_inside_a_record_are_editable() -> None:
    """An object without "object" is a plain Resource; editing it, at any depth and in lists, marks its field."""
    data = {
        "object": "account",
        "id": "account_1",
        "limits": {"charge": {"min": 1, "max": 2}},
        "banks": [{"id": "b1", "code": "fpx", "active": True}],
        "names": ["a"],
    }
    account: Any = omise.Resource.from_data(data)
    assert type(account.limits) is type(account.banks[0]) is Resource
    assert (account.limits.charge.min, account.banks[0].code) == (1, "fpx")
    assert account.changes == {}, "reading is no change"

    account.limits.charge.min = 5
    account.banks[0].active = False
    account.names.append("b")

    assert account.changes == {
        "limits": {"charge": {"min": 5, "max": 2}},
        "banks": [{"id": "b1", "code": "fpx", "active": False}],
        "names": ["a", "b"],
    }
    assert account.to_dict()["limits"] == {"charge": {"min": 5, "max": 2}}


def test_records_inside_a_record_are_not_part_of_its_changes() -> None:
    """Changing an embedded record is a change of that record alone."""
    token: Any = omise.Token.from_data(
        {"object": "token", "id": "tokn_1", "card": {"object": "card", "id": "card_1", "name": "A"}}
    )
    token.card.name = "B"

    assert token.changes == {}
    assert token.card.changes == {"name": "B"}


# What objects become


def test_kinds_that_nobody_declared() -> None:
    """An unknown object becomes a plain Resource that keeps everything, also a search's envelope with its records."""
    search: Any = omise.Resource.from_data(
        {
            "object": "search",
            "data": [CUSTOMER, {"object": "brand_new", "id": "new_1", "livemode": True}],
            "filters": {"captured": "true"},
            "total_pages": 0,
        }
    )

    assert type(search.data[0]) is omise.Customer
    assert type(search.data[1]) is Resource
    assert search.data[1].livemode is True
    assert search.filters == {"captured": "true"}
    assert omise.Resource.from_data({"object": {"odd": 1}, "a": 1})["a"] == 1


@pytest.mark.parametrize("kind", ["string", "resource", "Resource", "None", "object", "error", None, 7, ["list"]])
def test_text_from_the_server_never_names_a_class(kind: Any) -> None:
    """An `object` that happens to be the name of something in Python is nothing but text."""
    record: Any = omise.Resource.from_data({"part": {"object": kind, "id": "x_1"}})

    assert type(record.part) is Resource
    assert record.part.id == "x_1"


def test_receipt_lists_are_lists() -> None:
    """The envelope named receipt_list is a List like the others, also inside another record."""
    receipts: Any = omise.Resource.from_data({"all": {**REFUNDS, "object": "receipt_list"}})

    assert isinstance(receipts.all, omise.List)
    assert [each.id for each in receipts.all] == ["rfnd_1"]


def test_events_keep_the_fields_of_their_time() -> None:
    """The data of an event is of its class even if it has the fields of an old version, or hardly any."""
    old: Any = omise.Resource.from_data(
        {
            "object": "event",
            "id": "evnt_1",
            "key": "customer.destroy",
            "data": {"object": "customer", "id": "cust_test_1", "livemode": False, "deleted": True},
            "created": "2016-01-31T09:30:00+00:00",
            "webhook_deliveries": [{"object": "webhook_delivery", "created_at": "2026-01-01 10:27:09 UTC"}],
        }
    )

    assert isinstance(old.data, omise.Customer)
    assert old.data.destroyed
    assert old.created.year == 2016
    assert old.webhook_deliveries[0].created_at == datetime(2026, 1, 1, 10, 27, 9, tzinfo=timezone.utc)


# The registry


def test_a_declared_class_is_used_from_then_on() -> None:
    """A subclass with an object_name is what JSON objects of that name become, and associations use it."""

    class VipCustomer(omise.Customer):
        object_name = "customer"

        @property
        def shouted(self) -> str:
            return str(self.email).upper()

    class Order(Resource):
        object_name = "order"
        customer: Any = belongs_to("Customer")

    order: Any = Order.from_data({"object": "order", "customer": CUSTOMER, "buyer": CUSTOMER})
    assert order.customer.shouted == order.buyer.shouted == "JOHN@EXAMPLE.COM"

    assert type(Order.from_data({"object": "order", "customer": "cust_test_1"}).customer) is VipCustomer
    order.customer = omise.Customer.from_data(CUSTOMER)
    assert order.changes == {}
    assert omise.records.identity.check_id(omise.Customer.from_data(CUSTOMER), VipCustomer) == "cust_test_1"


def test_a_class_of_the_same_name_elsewhere_takes_no_place() -> None:
    """A user's own Card does not become what `default_card` is; a class that is declared again replaces itself."""

    class Card(Resource):
        object_name = "loyalty_card"

    class Payout(Resource):
        path = "/payouts"

    first = Payout

    class Payout(Resource):
        path = "/payouts/v2"

    assert class_named("Card") is omise.Card
    assert REGISTRY["card"] is omise.Card
    assert type(omise.Customer.from_data({**CUSTOMER, "default_card": "card_1"}).default_card) is omise.Card
    assert class_named("Payout") is Payout
    assert class_named("Payout") is not first


def test_subclasses_of_one_accounts_class_are_not_registered(omise_sandbox: Sandbox) -> None:
    """Otherwise the records of every account would go to that one."""
    client = omise_sandbox.client()
    before = dict(REGISTRY), dict(NAMES)

    class Vip(client.Customer):
        object_name = "customer"

    assert before == (REGISTRY, NAMES)
    assert Vip.create().reload() in client.Customer.list()


def test_unknown_classes() -> None:
    """A name that no class has is a NameError, which no attribute access swallows, or what the caller asked for."""
    with pytest.raises(NameError, match="no resource 'Chrage'"):
        class_named("Chrage")
    with pytest.raises(AttributeError, match="nope"):
        class_named("Chrage", "nope")


# Dates


def test_dates_are_sent_as_dates() -> None:
    """A date or datetime that was assigned reads as it is and is sent as the API writes it."""
    record: Any = omise.Resource.from_data({"object": "thing", "id": "thing_1", "start_on": "2026-01-31"})
    record.start_on = date(2026, 1, 31)
    assert record.changes == {}

    record.start_on = date(2026, 2, 1)

    assert record["start_on"] == date(2026, 2, 1)
    assert record.to_dict()["start_on"] == "2026-02-01"


def test_days_are_dates() -> None:
    """A field that ends in ``_on`` reads as a date, alone or in a list; what is no day stays as it came."""
    schedule = omise.Resource.from_data(
        {"start_on": "2027-01-31", "next_occurrences_on": ["2027-02-01"], "end_on": "some day", "ended_on": None}
    )

    assert schedule.attributes["start_on"] == "2027-01-31"
    read = {name: getattr(schedule, name) for name in ("start_on", "next_occurrences_on", "end_on", "ended_on")}
    assert read == {
        "start_on": date(2027, 1, 31),
        "next_occurrences_on": [date(2027, 2, 1)],
        "end_on": "some day",
        "ended_on": None,
    }
