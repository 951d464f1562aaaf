"""`omise.records.resource`: attributes, changes, the account that a record keeps, and records not loaded yet."""

import copy
import inspect
import json
import pickle
import threading
from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

import numpy as np
import pytest

import omise
from omise.records.associations import belongs_to, has_many
from omise.records.operations import Creatable, Listable, Retrievable
from omise.records.resource import Resource
from omise.sandbox import Sandbox

from ..stubs import Stub
from .conftest import CUSTOMER, REFUNDS

# Reading


def test_attributes_are_those_of_the_json(john: omise.Customer) -> None:
    """A field is an attribute, null is None, and a field that nobody declared is there too."""
    newer = omise.Customer.from_data({**CUSTOMER, "loyalty": "gold"})

    assert (john.email, john.description, john.livemode) == ("john@example.com", None, False)
    assert newer.loyalty == "gold"


def test_casting_waits_until_a_field_is_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is made of a field that nobody reads, and one that was read is made once."""
    touched: list[str] = []
    real = omise.records.casting.cast

    def noted(value: Any, origin: Any, name: str, part: Any) -> Any:
        touched.append(name)
        return real(value, origin, name, part)

    monkeypatch.setattr(omise.records.resource, "cast", noted)

    record = omise.Resource.from_data({"source": {"object": "unheard_of"}, "created_at": "2026-01-31T09:30:00Z"})
    assert touched == []

    assert record.source is record.source
    assert touched == ["source"]


def test_raw_values_and_attributes_cannot_be_used_to_edit(john: omise.Customer) -> None:
    """`attributes` is read-only, and what it and `to_dict` hand out is nobody else's."""
    john.attributes["metadata"]["tier"] = "lead"
    john.to_dict()["metadata"]["tier"] = "lead"
    with pytest.raises(TypeError):
        john.attributes["email"] = "x"
    with pytest.raises(AttributeError):
        john.attributes = {}

    assert john.metadata["tier"] == "gold"
    assert john.changes == {}


def test_from_data_shares_nothing_with_the_caller() -> None:
    """The dict given to from_data can be edited afterwards without changing the record, and the reverse."""
    data = copy.deepcopy(CUSTOMER)
    record = omise.Customer.from_data(data)
    data["metadata"]["tier"] = "lead"
    record.metadata["tags"].append("c")

    assert record.metadata["tier"] == "gold"
    assert data["metadata"]["tags"] == ["a", "b"]


@pytest.mark.parametrize("data", [None, "cust_test_1", ["object", "customer"], 7])
def test_from_data_takes_dicts_alone(data: Any) -> None:
    """Anything but a dict is a TypeError that says so."""
    with pytest.raises(TypeError, match="takes a dict"):
        omise.Customer.from_data(data)


def test_a_missing_field(john: omise.Customer) -> None:
    """As an attribute it is an AttributeError with a suggestion, as an item a KeyError; `in` tells beforehand."""
    with pytest.raises(AttributeError, match=r"Customer has no attribute 'emial'.*Did you mean 'email'") as missing:
        john.emial  # noqa: B018
    with pytest.raises(KeyError, match="emial"):
        john["emial"]

    assert missing.value.name == "emial"
    assert "email" in john
    assert "emial" not in john
    assert getattr(john, "zzzzzz", "none") == "none"


def test_python_keywords_take_an_underscore() -> None:
    """A field whose name Python reserves is read, assigned and offered with an underscore behind it."""
    record = omise.Resource.from_data({"from": "2026-01-01", "object": "thing", "id": "thing_1"})
    record.from_ = "2026-02-01"

    assert record.from_ == "2026-02-01"
    assert record.changes == {"from": "2026-02-01"}
    assert "from_" in dir(record)


def test_item_names_are_text(john: omise.Customer) -> None:
    """A number or None as a field's name is a TypeError, in reading and in setting; a record is no sequence."""
    with pytest.raises(TypeError, match="names"):
        john[0]
    with pytest.raises(TypeError, match="names"):
        john[0] = 1
    with pytest.raises(TypeError):
        list(john)

    assert None not in john


def test_to_dict_and_to_json_hold_unsaved_changes(john: omise.Customer) -> None:
    """Both give the JSON as it would be, and to_json passes the options of json.dumps on."""
    john.email = "new@example.com"
    john.metadata["tier"] = "silver"
    card = omise.Card.from_data({"object": "card", "id": "card_test_1"})
    john.default_card = card
    john["renewed_at"] = datetime(2026, 1, 31, 9, 30)

    whole = john.to_dict()

    assert whole["email"] == "new@example.com"
    assert whole["metadata"]["tier"] == "silver"
    assert whole["default_card"] == "card_test_1"
    assert whole["renewed_at"] == "2026-01-31T09:30:00Z"
    assert json.loads(john.to_json(sort_keys=True, indent=2)) == whole
    assert john.attributes["email"] == "john@example.com"


# Changing


def test_assigning_marks_a_change_and_assigning_back_takes_it_away(john: omise.Customer) -> None:
    """`changes` holds what differs from what the API said, and reading gives what was assigned."""
    john.email = "new@example.com"
    john.description = "x"
    assert john.email == john["email"] == "new@example.com"
    assert john.changes == {"email": "new@example.com", "description": "x"}

    john.email = "john@example.com"
    john.description = None

    assert john.changes == {}


@pytest.mark.parametrize("name", ["metadata", "created_at", "default_card", "email", "transactions", "fees", "card"])
def test_assigning_what_was_read_is_no_change(name: str) -> None:
    """record.x = record.x changes nothing, whatever x is cast to."""
    record = omise.Customer.from_data(
        {
            **CUSTOMER,
            "created_at": "2017-01-31T16:30:00+07:00",
            "default_card": {"object": "card", "id": "card_test_1"},
            "card": {"object": "card", "id": "card_test_1"},
            "transactions": [{"object": "transaction", "id": "trxn_test_1"}],
            "fees": {"rate": "3.65", "tiers": [{"id": 1, "min": 2}]},
        }
    )
    setattr(record, name, getattr(record, name))
    assert record.changes == {}

    record[name] = record[name]

    assert record.changes == {}


def test_metadata_edited_in_place_is_a_change(john: omise.Customer) -> None:
    """Setting, deleting and appending inside metadata are noticed, and so is undoing them."""
    john.metadata["tags"].append("c")
    assert john.changes == {"metadata": {**CUSTOMER["metadata"], "tags": ["a", "b", "c"]}}
    assert john["metadata"]["tags"] == ["a", "b", "c"]

    john.metadata["tags"].pop()
    assert john.changes == {}

    del john.metadata["tier"]
    assert "tier" not in john.changes["metadata"]


def test_changes_is_a_copy(john: omise.Customer) -> None:
    """Editing what `changes` gave, or the dict that was assigned, does not change the record."""
    mine: dict[str, Any] = {"a": {"b": [1]}}
    john.metadata = mine
    mine["a"]["b"].append(2)
    john.changes["metadata"]["a"]["b"].append(3)
    assert john.changes == {"metadata": {"a": {"b": [1]}}}

    john.metadata["a"]["b"].append(4)

    assert john.changes == {"metadata": {"a": {"b": [1, 4]}}}


def test_a_field_whose_name_is_a_verb_is_set_as_an_item(john: omise.Customer) -> None:
    """Assigning to a verb, a class verb or a fact of the class is refused; the item can be set and read."""
    for name in ("update", "create", "path", "object_name", "to_dict"):
        with pytest.raises(AttributeError, match=rf"record\['{name}'\]"):
            setattr(john, name, 1)
    card = omise.Card.from_data({"object": "card", "id": "card_1"})
    with pytest.raises(AttributeError, match=r"record\['path'\]"):
        card.path = "/x"

    john["update"] = True

    assert john["update"] is True
    assert john.changes == {"update": True}
    assert callable(john.update)


@pytest.mark.parametrize("name", ["changes", "destroyed", "attributes", "cards"])
def test_what_is_worked_out_cannot_be_assigned(john: omise.Customer, name: str) -> None:
    """Properties and lists refuse assignment."""
    with pytest.raises(AttributeError):
        setattr(john, name, {})


def test_unsaved_records() -> None:
    """A record made with its class is not known to the API; an id cannot be given, and a keyword field can."""
    customer = omise.Customer(email="john@example.com", metadata={"a": 1})
    with pytest.raises(TypeError, match=r"omise.Customer.retrieve\(id\)"):
        omise.Customer(id="cust_test_1")

    assert customer.changes == {"email": "john@example.com", "metadata": {"a": 1}}
    assert repr(customer) == "<Customer (not saved) email='john@example.com'>"
    assert omise.Resource(from_=1).changes == {"from": 1}
    assert not customer.destroyed
    with pytest.raises(AttributeError):
        customer.cards  # noqa: B018
    with pytest.raises(AttributeError):
        customer.id  # noqa: B018


def test_unserialisable_values_can_be_held_and_are_refused_by_name(omise_sandbox: Sandbox) -> None:
    """A set or an open file in metadata is a TypeError with its path when it is sent; nothing is sent."""
    customer = omise.Customer.create()
    count = len(omise_sandbox.requests)
    with open(__file__) as file:
        for value in ({1}, file):
            customer.metadata = {"tags": value}
            with pytest.raises(TypeError, match=r"metadata\.tags"):
                customer.save()

    assert len(omise_sandbox.requests) == count


# Accounts


def test_records_stay_with_the_key_of_the_call(omise_sandbox: Sandbox) -> None:
    """A per-call key follows to reloads, associations, pages and later updates."""
    key = "skey_test_of_a_call"
    customer = omise.Customer.create(card=omise_sandbox.card_token(), key=key)
    omise.Customer.create(key=key)
    count = len(omise_sandbox.requests)

    customer.reload()
    customer.cards.reload()
    customer.cards[0].reload()
    customer.default_card.update(name="B")
    customer.update(email="a@b.co")
    for each in omise.Customer.list(limit=1, key=key):
        each.reload()

    sent = omise_sandbox.requests[count:]
    assert len(sent) == 9
    assert all(request.used_key(key) for request in sent)


def test_a_key_given_to_a_record_is_kept_by_it_and_by_nothing_else(omise_sandbox: Sandbox) -> None:
    """`list(key=…)` and `cards.retrieve(key=…)` leave the list on which they were called with its own key."""
    customer = omise.Customer.create(card=omise_sandbox.card())
    cards = customer.cards
    with pytest.raises(omise.errors.NotFoundError):
        cards(key="skey_test_another")
    with pytest.raises(omise.errors.NotFoundError):
        cards.retrieve(cards[0], key="skey_test_another")
    with pytest.raises(omise.errors.NotFoundError):
        customer.update(email="a@b.co", key="skey_test_another")

    cards.reload()
    customer.reload()

    assert not omise_sandbox.requests[-1].used_key("skey_test_another")


def test_a_key_that_worked_does_not_stick_to_the_list_it_was_given_to(omise_sandbox: Sandbox) -> None:
    """The list fetched with a key keeps it; the list that was called does not take it over."""
    one, other = "skey_test_one", "skey_test_other"
    every = omise.Customer.list(key=one)
    theirs = every(key=other)
    every.reload()
    assert omise_sandbox.requests[-1].used_key(one)

    theirs.reload()

    assert omise_sandbox.requests[-1].used_key(other)


def test_an_empty_key_is_an_error_and_not_the_default_one(omise_sandbox: Sandbox) -> None:
    """key="" is a variable that nobody set: nothing is sent, by a class or by a record."""
    customer = omise.Customer.create()
    count = len(omise_sandbox.requests)
    for call in (customer.reload, omise.Customer.list, lambda key: customer.update(email="x", key=key)):
        with pytest.raises(omise.ConfigurationError):
            call(key="")

    assert len(omise_sandbox.requests) == count


def test_records_stay_with_the_account_after_using_and_across_threads(omise_sandbox: Sandbox) -> None:
    """What was fetched in a `using` block goes to that account after the block, and from another thread."""
    client = omise_sandbox.client()
    with omise.using(client):
        inside = omise.Customer.create(email="inside@example.com")
    outside = omise.Customer.create()
    found: list[str | None] = []

    thread = threading.Thread(target=lambda: found.append(inside.reload().email))
    thread.start()
    thread.join()
    with omise.using(client):
        outside.reload()

    assert found == ["inside@example.com"]
    assert len(client.Customer.list()) == len(omise.Customer.list()) == 1


def test_what_a_bound_class_builds_is_bound(omise_sandbox: Sandbox) -> None:
    """from_data and unsaved records of a client's class go to that account, their associations too."""
    client = omise_sandbox.client()
    data = client.Customer.create(card=omise_sandbox.card()).to_dict()
    built = client.Customer.from_data({**data, "cards": None})

    assert built.default_card is not None
    assert built.default_card.last_digits == "4242"
    assert built.cards.reload()[0] == built.default_card
    assert client.Customer(email="x@y.co").save() in client.Customer.list()
    assert pickle.loads(pickle.dumps(built)) == built


def test_plain_objects_of_a_client_can_be_sent(omise_sandbox: Sandbox) -> None:
    """An object that is no record is sent as an object, with whichever account it came."""
    client = omise_sandbox.client()
    customer = client.Customer.create(metadata={"a": 1})
    part = client.bind(Resource).from_data({"a": 1, "b": {"c": 2}})

    customer.update(metadata=part)

    assert omise_sandbox.requests[-1].params == {"metadata": {"a": 1, "b": {"c": 2}}}


# Shapes of records to come


def test_a_verb_may_hide_a_field() -> None:
    """`charge.capture()` is a verb, `charge["capture"]` the JSON value, and a new charge can be given it."""

    class Charge(Creatable, Retrievable, Listable, Resource):
        object_name = "charge"
        path = "/charges"
        refunds: Any = has_many("List")

        def capture(self, **params: Any) -> Any:
            self._fill(*self._call("POST", "capture", params))
            return self

    stub = Stub(lambda sent: {"object": "charge", "id": "chrg_1", "capture": False, "refunds": REFUNDS})
    charge: Any = stub.client().bind(Charge)(amount=1, capture=False)
    assert charge.save() is charge
    assert stub.sent[-1].params == {"amount": 1, "capture": False}

    assert charge.capture(capture_amount=3000) is charge
    assert stub.sent[-1][:3] == ("POST", "/charges/chrg_1/capture", {"capture_amount": 3000})
    assert charge["capture"] is False
    assert charge.refunds[0]["charge"] == "chrg_1"
    assert charge.refunds.parent is charge


# Half-made objects


def test_a_half_made_object_does_not_recurse() -> None:
    """copy and pickle make objects without __init__ and look at them; that is an AttributeError, not a recursion."""
    bare = omise.Customer.__new__(omise.Customer)

    for name in ("_attributes", "_cast", "__setstate__", "__deepcopy__x", "email"):
        with pytest.raises(AttributeError):
            getattr(bare, name)


# Records that are not loaded


def test_assigning_to_an_unloaded_record_outlives_its_loading(omise_sandbox: Sandbox) -> None:
    """What was assigned before the first read is there after it, and is sent."""
    customer = omise.Customer.create(card=omise_sandbox.card())
    card: Any = omise.Customer.from_data({**customer.to_dict(), "cards": None}).default_card
    card.name = "New Name"
    assert card.last_digits == "4242"
    assert card.changes == {"name": "New Name"}

    card.save()

    assert omise_sandbox.requests[-1].params == {"name": "New Name"}
    assert card.name == "New Name"


def test_an_unloaded_record_can_be_updated_and_destroyed_without_reading_it(omise_sandbox: Sandbox) -> None:
    """Its address is enough."""
    customer = omise.Customer.create(card=omise_sandbox.card())
    data = {**customer.to_dict(), "cards": None}
    count = len(omise_sandbox.requests)

    updated = omise.Customer.from_data(data).default_card.update(name="B")
    destroyed = omise.Customer.from_data(data).default_card.destroy()

    assert (updated.name, destroyed.destroyed, destroyed.name) == ("B", True, "B")
    assert [request.method for request in omise_sandbox.requests[count:]] == ["PATCH", "DELETE"]


@pytest.mark.parametrize(
    "read",
    [
        lambda card: card.brand,
        lambda card: card["brand"],
        lambda card: "brand" in card,
        lambda card: card.attributes,
        lambda card: card.to_dict(),
        lambda card: card.to_json(),
        lambda card: getattr(card, "no_such", None),
    ],
)
def test_reading_an_unloaded_record_fetches_it_once(omise_sandbox: Sandbox, read: Any) -> None:
    """The first read of what is not known costs one request, the next ones none."""
    customer = omise.Customer.create(card=omise_sandbox.card())
    card: Any = omise.Customer.from_data({**customer.to_dict(), "cards": None}).default_card
    count = len(omise_sandbox.requests)
    assert (card.id, card.object, card.location) == (customer["default_card"], "card", card["location"])
    assert len(omise_sandbox.requests) == count

    read(card)
    read(card)
    assert card.last_digits == "4242"

    assert len(omise_sandbox.requests) == count + 1


def test_items_read_as_attributes_do(omise_sandbox: Sandbox) -> None:
    """For every field of every kind: templates ask for items first. Where a verb hides a field it is the field."""
    customer = omise.Customer.create(card=omise_sandbox.card(), metadata={"a": 1})
    charge = omise.Charge.create(amount=1000_00, currency="thb", customer=customer, capture=False)
    account = omise.Account.retrieve()

    for record in (
        customer,
        customer.default_card,
        customer.cards,
        charge,
        charge.refunds,
        account,
        omise.Charge.list(),
    ):
        for name in record.to_dict():
            if not callable(inspect.getattr_static(type(record), name, None)):
                value = getattr(record, name)
                assert record[name] is value or name == "offset", name  # which can be called, too
    assert isinstance(charge["customer"], omise.Customer)
    assert charge["capture"] is charge.attributes["capture"] is False


@pytest.mark.parametrize("card", [None, "card_test_1", {"object": "card", "id": "card_test_1"}])
def test_the_card_of_a_schedule_as_an_item(card: Any) -> None:
    """What its class makes of a field is read as an item too."""
    data = {"object": "scheduled_charge", "customer": "cust_test_1", "card": card}
    scheduled = omise.ScheduledCharge.from_data(data)

    assert scheduled["card"] == scheduled.card == (card and "card_test_1")
    assert scheduled.card is None or isinstance(scheduled["card"], omise.Card)


def test_an_item_edited_in_place_is_a_change(john: omise.Customer) -> None:
    """As the attribute is, since it is the same."""
    john["metadata"]["tier"] = "silver"

    assert john.changes["metadata"]["tier"] == "silver"


@pytest.mark.parametrize("name", ["emial", "changes", "attributes", "update", "default_source"])
def test_a_missing_item_is_a_key_error(john: omise.Customer, name: str) -> None:
    """Also where the class has something of that name which is no field."""
    with pytest.raises(KeyError, match=name):
        john[name]


def test_a_missing_association_as_an_item() -> None:
    """A KeyError as well, while the attribute is an AttributeError."""

    class Order(Resource):
        object_name = "order"
        customer: Any = belongs_to("Customer")

    with pytest.raises(KeyError, match="customer"):
        Order.from_data({"object": "order", "id": "ordr_1"})["customer"]


@pytest.mark.parametrize(
    "use", [dict, list, set, lambda record: [*record], lambda record: [each.id for each in record]]
)
def test_a_record_is_no_sequence_and_no_mapping(john: omise.Customer, use: Any) -> None:
    """Who takes it for one is told of `to_dict`; nothing believes that it could be iterated."""
    with pytest.raises(TypeError, match=r"to_dict\(\)"):
        use(john)

    assert not isinstance(john, Iterable)


class Level(Enum):
    GOLD = "gold"


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (UUID(int=7), str(UUID(int=7))),
        (Level.GOLD, "gold"),
        (date(2026, 1, 31), "2026-01-31"),
        (datetime(2026, 1, 31, 9, 30), "2026-01-31T09:30:00Z"),
        (np.int64(7), 7),
        (np.bool_(True), True),
        (range(2), [0, 1]),
        ((1, Level.GOLD), [1, "gold"]),
        ({"deep": [UUID(int=7)]}, {"deep": [str(UUID(int=7))]}),
    ],
)
def test_values_are_sent_shown_and_compared_alike(omise_sandbox: Sandbox, value: Any, sent: Any) -> None:
    """What can be sent can be shown, and is no change once the API has it: assigned, or edited in place."""
    customer = omise.Customer.create(metadata={"value": 0})
    customer.metadata["value"] = value
    assert json.loads(customer.to_json())["metadata"] == {"value": sent}
    assert customer.changes == {"metadata": {"value": sent}}

    customer.save()
    assert omise_sandbox.requests[-1].params == {"metadata": {"value": sent}}

    customer.metadata["value"] = value
    assert customer.changes == {}
    customer.metadata = {"value": value}
    assert customer.changes == {}
    assert json.loads(customer.to_json())["metadata"] == {"value": sent}


def test_a_record_shows_itself_as_a_table(omise_sandbox: Sandbox) -> None:
    """For notebooks: a field a row, escaped, without secrets; nothing is fetched for it."""
    customer = omise.Customer.create(
        email="a@b.co", description="<b>4242 4242 4242 4242</b>", card=omise_sandbox.card()
    )
    customer["<i>"] = "<u>"
    customer["secret_key"] = "skey_test_5xyz"
    count = len(omise_sandbox.requests)
    html = customer._repr_html_()

    assert f"<caption>Customer {customer.id} (not saved: &lt;i&gt;, secret_key)</caption>" in html
    assert '<tr><th scope="row">email</th><td>a@b.co</td></tr>' in html
    assert "&lt;i&gt;" in html
    assert not any(bad in html for bad in ("<b>", "<i>", "<u>", "5xyz", "4242 4242"))
    assert len(omise_sandbox.requests) == count


def test_what_was_read_hides_nothing_of_the_class() -> None:
    """A field with the name of a verb or a property is an item, read as often as one likes; the class's own stays."""
    charge: Any = omise.Charge.from_data(
        {"object": "charge", "id": "chrg_1", "capture": True, "_apart": 1, "refund": {}}
    )
    for _ in range(2):
        assert (charge["capture"], charge["_apart"], charge["refund"]) == (True, 1, {})
        assert callable(charge.capture)
        assert callable(charge.refund)
    charge["capture"] = False

    assert (charge["capture"], callable(charge.capture)) == (False, True)
    assert charge.changes == {"capture": False}


def test_a_record_filled_anew_forgets_what_was_read(omise_sandbox: Sandbox) -> None:
    """All that was made of the JSON before is made again: fields, metadata, associations."""
    customer = omise.Customer.create(description="one", metadata={"tags": ["a"]})
    before = (customer.description, customer.metadata, customer.cards)
    other = omise.Customer.retrieve(customer.id)
    other.update(description="two", metadata={"tags": ["b"]})
    customer.reload()

    assert before[0] == "one"
    assert (customer.description, customer.metadata) == ("two", {"tags": ["b"]})
    assert customer.metadata is not before[1]
    assert customer.cards is not before[2]


def test_records_without_changes_share_none() -> None:
    """Assigning to one record, or editing what it holds, changes no other one, nor the page they came from."""
    data = [{"object": "customer", "id": f"cust_{number}", "metadata": {"a": [1]}} for number in (1, 2)]
    page: Any = omise.List.from_data({"object": "list", "data": data, "total": 2, "offset": 0})
    one, two = page
    one.email = "john@example.com"
    one.metadata["a"].append(2)

    assert one.changes == {"email": "john@example.com", "metadata": {"a": [1, 2]}}
    assert two.changes == {}
    assert page.to_dict()["data"] == data


def test_a_field_cannot_be_deleted() -> None:
    """Neither before nor after it was read."""
    customer: Any = omise.Customer.from_data({"object": "customer", "id": "cust_1", "email": None, "newer": 1})
    for _ in range(2):
        for name in ("email", "newer", "cards"):
            with pytest.raises(AttributeError, match=name):
                delattr(customer, name)
        assert (customer.email, customer.newer) == (None, 1)
