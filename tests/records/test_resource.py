"""`omise.records.resource`: attributes, changes, comparing, copying, showing, and whatever shape a record has."""

import copy
import gc
import inspect
import json
import pickle
import pprint
import pydoc
import threading
import weakref
from collections.abc import Iterator
from datetime import date, datetime, timezone
from typing import Any

import pytest

import omise
from omise.client import default_client
from omise.records.access import Origin
from omise.records.associations import belongs_to, has_many
from omise.records.casting import NAMES, REGISTRY, class_named
from omise.records.listing import List
from omise.records.operations import Creatable, Destroyable, Listable, Retrievable, Updatable
from omise.records.resource import Resource
from omise.records.verbs import class_verb
from omise.sandbox import Sandbox

from ..stubs import Stub, throw_away_classes

CUSTOMER = {
    "object": "customer",
    "id": "cust_test_1",
    "livemode": False,
    "location": "/customers/cust_test_1",
    "deleted": False,
    "metadata": {"tier": "gold", "tags": ["a", "b"], "object": "card", "seen_at": "2026-01-01T00:00:00Z"},
    "default_card": None,
    "description": None,
    "email": "john@example.com",
    "created_at": "2026-01-31T09:30:00Z",
}


@pytest.fixture
def _throw_away() -> Iterator[None]:
    with throw_away_classes():
        yield


throw_away = pytest.mark.usefixtures("_throw_away")


@pytest.fixture
def john() -> omise.Customer:
    return omise.Customer.from_data(CUSTOMER)


# Reading


def test_attributes_are_those_of_the_json(john: omise.Customer) -> None:
    """A field is an attribute, null is None, and a field that nobody declared is there too."""
    newer = omise.Customer.from_data({**CUSTOMER, "loyalty": "gold"})

    assert (john.email, john.description, john.livemode) == ("john@example.com", None, False)
    assert newer.loyalty == "gold"


def test_times_are_datetimes_and_raw_json_is_kept(john: omise.Customer) -> None:
    """`created_at` reads as a datetime with a time zone, ["created_at"] as the text that came."""
    assert john.created_at == datetime(2026, 1, 31, 9, 30, tzinfo=timezone.utc)
    assert john.created_at.tzinfo is not None
    assert john["created_at"] == "2026-01-31T09:30:00Z"


@pytest.mark.parametrize("value", ["soon", "", "2026-99-99T00:00:00Z", None, 7])
def test_what_is_no_time_stays_as_it_came(value: Any) -> None:
    """A field that ends in _at but holds no time is handed out as it is."""
    assert omise.Resource.from_data({"paid_at": value}).paid_at == value


def test_metadata_stays_a_dict_whatever_is_in_it(john: omise.Customer) -> None:
    """What looks like an object or a time inside metadata is the caller's, and not cast."""
    assert type(john.metadata) is dict
    assert john.metadata == CUSTOMER["metadata"]


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
    """`attributes` is read-only, and what it and [] hand out is nobody else's."""
    john.attributes["metadata"]["tier"] = "lead"
    john["metadata"]["tier"] = "lead"
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


def test_a_misspelt_verb_is_suggested(john: omise.Customer) -> None:
    """The suggestion knows the verbs of records too."""
    with pytest.raises(AttributeError, match="Did you mean 'destroy'"):
        john.destory()


def test_nothing_near_means_no_suggestion(john: omise.Customer) -> None:
    """Where nothing comes close there is no guess."""
    with pytest.raises(AttributeError) as missing:
        john.qqqqqqqq  # noqa: B018

    assert "Did you mean" not in str(missing.value)


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


def test_one_true_and_one_point_zero_differ() -> None:
    """Values are compared as JSON has them: 1, true and 1.0 are three values."""
    record = omise.Resource.from_data({"object": "thing", "id": "thing_1", "n": 1, "list": [1, {"a": 0}]})
    record.n = True
    assert record.changes == {"n": True}

    record.n = 1
    record.list = [1, {"a": False}]

    assert record.changes == {"list": [1, {"a": False}]}


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


# Comparing


def test_equality_goes_by_type_and_id(john: omise.Customer) -> None:
    """Records are equal by type and id, whatever else they hold, and equal their id as text."""
    again = omise.Customer.from_data({"object": "customer", "id": "cust_test_1", "email": "other"})
    card = omise.Card.from_data({"object": "card", "id": "cust_test_1"})

    assert john == again
    assert john == "cust_test_1"
    assert "cust_test_1" == john  # noqa: SIM300
    assert john != card
    assert john != "cust_test_2"
    assert john != CUSTOMER
    assert john is not None
    assert (john == 7) is False


def test_records_in_sets_and_dicts(john: omise.Customer) -> None:
    """Equal records and ids are one key."""
    again = omise.Customer.from_data(CUSTOMER)

    assert {john, again, "cust_test_1"} == {john}
    assert {"cust_test_1": 1}[john] == 1
    assert {john: 1}["cust_test_1"] == 1


def test_records_without_id_compare_by_content() -> None:
    """Parts of records equal others of the same content, and dicts; they and unsaved records cannot be keys."""
    balance = {"object": "balance", "total": 1}
    plain = omise.Resource.from_data({"id": "x", "a": {"b": 1}})

    assert omise.Resource.from_data(balance) == omise.Resource.from_data(balance) == balance
    assert omise.Resource.from_data(balance) != omise.Resource.from_data({**balance, "total": 2})
    assert plain == {"id": "x", "a": {"b": 1}}
    assert plain != omise.Resource.from_data({"id": "x", "a": {"b": 2}})
    unsaved = omise.Customer(email="a")
    assert unsaved == unsaved
    assert unsaved != omise.Customer(email="a")
    for record in (unsaved, omise.Resource.from_data(balance)):
        with pytest.raises(TypeError, match="no id"):
            hash(record)


# Copying


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, lambda record: pickle.loads(pickle.dumps(record))])
def test_copies_carry_attributes_and_changes(john: omise.Customer, duplicate: Any) -> None:
    """A copy is equal, has the unsaved changes, and is changed by itself."""
    john.email = "new@example.com"
    john.metadata["tier"] = "silver"

    twin = duplicate(john)
    twin.metadata["tier"] = "lead"
    twin.description = "twin"

    assert twin == john
    assert type(twin) is omise.Customer
    assert twin.changes["email"] == "new@example.com"
    assert john.changes == {"email": "new@example.com", "metadata": {**CUSTOMER["metadata"], "tier": "silver"}}


def test_no_key_leaves_with_a_pickle(omise_sandbox: Sandbox) -> None:
    """Records and lists of every origin pickle without a key or a client, and come back as the module's classes."""
    client = omise_sandbox.client(secret_api_key="skey_test_of_a_client", public_api_key="pkey_test_of_a_client")
    one = client.Customer.create(email="a@b.co", card=omise_sandbox.card())
    two = omise.Customer.create(key="skey_test_of_a_call")
    two.default_card = one.default_card
    page = client.Customer.list(limit=1)
    things = [one, two, one.cards, one.default_card, page, page(offset=0), client.Customer(email="x"), [one, {1: two}]]

    for thing in things:
        data = pickle.dumps(thing)
        back = pickle.loads(data)
        assert b"key_test" not in data
        assert b"Client" not in data
        assert repr(back) == repr(thing)
    assert type(pickle.loads(pickle.dumps(one))) is omise.Customer


def test_an_unpickled_record_uses_the_current_account(omise_sandbox: Sandbox) -> None:
    """A pickle says nothing of an account, so that who unpickles it provides one."""
    client = omise_sandbox.client()
    data = pickle.dumps(client.Customer.create(email="a@b.co"))

    with omise.using(client):
        assert pickle.loads(data).reload().email == "a@b.co"
    with pytest.raises(omise.errors.NotFoundError):
        pickle.loads(data).reload()


def test_a_copy_stays_with_the_account_but_not_with_a_key(omise_sandbox: Sandbox) -> None:
    """A copy in memory goes to the same client, by the client's own key."""
    client = omise_sandbox.client()
    customer = client.Customer.create()
    for twin in (copy.copy(customer), copy.deepcopy([customer])[0]):
        assert twin.reload() == customer

    twin = copy.copy(omise.Customer.create(key="skey_test_of_a_call"))

    assert "of_a_call" not in repr(vars(twin))
    with pytest.raises(omise.errors.NotFoundError):
        twin.reload()


def test_an_unloaded_record_stays_unloaded_in_a_copy(omise_sandbox: Sandbox) -> None:
    """Copying and pickling fetch nothing; what was not loaded is loaded when it is read."""
    token = omise_sandbox.card_token()
    customer = omise.Customer.create(card=token)
    card = omise.Customer.from_data({**customer.to_dict(), "cards": None}).default_card
    count = len(omise_sandbox.requests)
    copies: list[Any] = [copy.copy(card), copy.deepcopy(card), pickle.loads(pickle.dumps(card))]
    assert len(omise_sandbox.requests) == count

    assert [twin.last_digits for twin in copies] == ["4242"] * 3
    assert len(omise_sandbox.requests) == count + 3


# Accounts


def test_records_stay_with_the_key_of_the_call(omise_sandbox: Sandbox) -> None:
    """A per-call key follows to reloads, associations, pages and later updates."""
    key = "skey_test_of_a_call"
    customer = omise.Customer.create(card=omise_sandbox.card(), key=key)
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


def test_two_clients_do_not_mix(omise_sandbox: Sandbox) -> None:
    """Bound classes share no state: each account's records, lists and associations are of its own classes."""
    one, two = omise_sandbox.client(), omise_sandbox.client()
    first = one.Customer.create(card=omise_sandbox.card())
    second = two.Customer.create(card=omise_sandbox.card())

    assert one.Customer is one.Customer
    assert one.Customer is not two.Customer
    assert issubclass(one.Customer, omise.Customer)
    assert isinstance(first.default_card, one.Card)
    assert not isinstance(second.default_card, one.Card)
    assert type(first.cards[0]) is one.Card
    assert [*one.Customer.list()] == [first]
    assert one.Customer.__module__ == "omise.resources.customer"
    assert one.Customer.__doc__ == omise.Customer.__doc__


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


def test_an_origin_shows_no_key(omise_sandbox: Sandbox) -> None:
    """Where a record came from is kept in it, but neither its repr nor that of what it stands in shows a key."""
    customer = omise.Customer.create(key="skey_test_of_a_call")

    assert "of_a_call" not in repr(vars(customer))
    assert "key=…" in repr(customer._origin)
    assert repr(Origin(default_client)).startswith("Origin(Client(")


def test_clients_and_their_classes_are_collected(omise_sandbox: Sandbox) -> None:
    """A client that nobody holds any more goes, with its classes and records."""
    client = omise_sandbox.client()
    kept = [
        weakref.ref(thing) for thing in (client, client.Customer, client.Customer.create(card=omise_sandbox.card()))
    ]

    del client
    gc.collect()

    assert [ref() for ref in kept] == [None] * 3


# Class verbs


def test_class_verbs_are_no_verbs_of_records(omise_sandbox: Sandbox) -> None:
    """`customer.create()` creates nothing: a TypeError names the right call, and nothing is sent."""
    customer = omise.Customer.create()
    unloaded = omise.Customer._build({"object": "customer", "id": "cust_test_1"}, None, loaded=False)
    count = len(omise_sandbox.requests)
    for verb in ("create", "retrieve", "list"):
        for record in (customer, unloaded):
            with pytest.raises(TypeError, match=rf"omise\.Customer\.{verb}\(…\)"):
                getattr(record, verb)(email="x")

    assert len(omise_sandbox.requests) == count


@throw_away
def test_a_class_verb_reached_through_a_record_is_the_json_value_of_that_name() -> None:
    """Where the JSON has a field of the verb's name, the record gives the field, assigned or fetched."""

    class Plan(Resource):
        object_name = "plan"

        @class_verb
        def schedule(cls, **params: Any) -> str:
            """Build a schedule."""
            return f"{cls.__name__} {params}"

    plan: Any = Plan.from_data({"object": "plan", "id": "plan_1", "schedule": {"every": 2}})
    other: Any = Plan.from_data({"object": "plan", "id": "plan_2"})
    other["schedule"] = "daily"

    assert Plan.schedule(every=1) == "Plan {'every': 1}"
    assert Plan.schedule.__doc__ == "Build a schedule."
    assert plan.schedule.every == 2
    assert other.schedule == "daily"


def test_help_shows_class_verbs() -> None:
    """help() of a class lists its verbs with their docstrings."""
    text = pydoc.plain(pydoc.render_doc(omise.Customer))

    assert "create(attributes" in text
    assert "Fetch a page of the records" in text


# Shapes of records to come


@throw_away
def test_a_singleton_has_no_id() -> None:
    """A record without id is fetched and reloaded by its own path, and its place is known."""

    class Balance(Retrievable, Resource):
        object_name = "balance"
        path = "/balance"
        key_kind = "public"

        @property
        def _path(self) -> str:
            return "/balance"

    stub = Stub(lambda sent: {"object": "balance", "total": len(stub.sent)})
    balance: Any = (
        stub.client()
        .bind(Balance)
        ._build(*stub.client().bind(Balance)._class_call("GET", "/balance", {}, omise.records.access.Options()))
    )

    assert balance.total == 1
    assert balance.reload().total == 2
    assert [sent.path for sent in stub.sent] == ["/balance", "/balance"]
    assert repr(balance) == "<Balance>"


@throw_away
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


REFUNDS = {
    "object": "list",
    "data": [{"object": "refund", "id": "rfnd_1", "location": "/charges/chrg_1/refunds/rfnd_1", "charge": "chrg_1"}],
    "limit": 20,
    "offset": 0,
    "total": 1,
    "location": "/charges/chrg_1/refunds",
}


@throw_away
def test_records_under_another_one() -> None:
    """A record without a collection of its own goes by its location, and one without both says so."""

    class Refund(Updatable, Resource):
        object_name = "refund"
        under = ("Customer", "refunds")
        charge: Any = belongs_to("Chrage")

    stub = Stub(lambda sent: REFUNDS["data"][0])
    refund: Any = stub.client().bind(Refund).from_data(REFUNDS["data"][0])
    refund.update(metadata={"a": 1})
    assert stub.sent[-1][:2] == ("PATCH", "/charges/chrg_1/refunds/rfnd_1")

    for location in (None, "", "//evil.example", "/../x", "https://evil.example/x", "/a b", "/a?b=c", 7):
        with pytest.raises(ValueError, match="no address of its own"):
            Refund.from_data({"object": "refund", "id": "rfnd_1", "location": location}).update(a=1)
    with pytest.raises(NameError, match="Chrage"):
        refund.charge  # noqa: B018


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


def test_bank_accounts_show_no_number() -> None:
    """The complete number that the API gives is neither in repr nor in print; the field itself has it."""
    recipient: Any = omise.Resource.from_data(
        {
            "object": "recipient",
            "id": "recp_1",
            "bank_account": {"object": "bank_account", "account_number": "1234567890", "name": "JOHN"},
        }
    )

    assert recipient.bank_account.account_number == "1234567890"
    assert "1234567890" not in repr(recipient) + str(recipient) + repr(recipient.bank_account)
    assert "1234567890" not in str(recipient.bank_account)


# The registry


@throw_away
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


@throw_away
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


@throw_away
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


# Ids


BAD_IDS = [
    "",
    "a/b",
    "a?b",
    "..",
    ".",
    "a b",
    "a\nb",
    "cust_1\n",
    "%2e",
    "a%2Fb",
    "a#b",
    "\u0663",
    "\uff11",
    "é",
    "\x00",
    "a\\b",
]


@pytest.mark.parametrize("id", BAD_IDS)
def test_what_is_no_id_is_refused_before_anything_is_sent(omise_sandbox: Sandbox, id: str) -> None:
    """The ValueError shows the id, by every way that an id can take."""
    customer = omise.Customer.from_data(CUSTOMER)
    for call in (
        lambda: omise.Customer.retrieve(id),
        lambda: omise.Token.retrieve(id),
        lambda: omise.Card.retrieve("cust_test_1", id),
        lambda: omise.Card.retrieve(id, "card_test_1"),
        lambda: customer.cards.retrieve(id),
        lambda: customer.cards.create(id),
        lambda: omise.Customer.from_data({"object": "customer", "id": id}).reload(),
        lambda: omise.Customer.from_data({"object": "customer", "id": id}).update(email="x"),
        lambda: omise.Customer.from_data({**CUSTOMER, "default_card": id}).default_card,
    ):
        with pytest.raises(ValueError, match="an id has letters, digits") as refused:
            call()
        assert repr(id) in str(refused.value)

    assert omise_sandbox.requests == []


@pytest.mark.parametrize("id", [None, 7, b"cust_test_1", ["cust_test_1"], True])
def test_what_is_not_even_text(omise_sandbox: Sandbox, id: Any) -> None:
    """None is a ValueError, since it is a variable that nobody set; other types are TypeErrors that show the value."""
    with pytest.raises(ValueError if id is None else TypeError) as refused:
        omise.Customer.retrieve(id)

    assert repr(id) in str(refused.value)
    assert omise_sandbox.requests == []


def test_a_card_number_in_the_place_of_an_id_is_not_shown() -> None:
    """The error shows what was given, but no card number, and not all of a long text."""
    with pytest.raises(ValueError) as refused:
        omise.Customer.retrieve("4242 4242 4242 4242")
    assert "4242 4242" not in str(refused.value)

    with pytest.raises(TypeError) as refused_type:
        omise.Customer.retrieve({"number": "4242424242424242"})
    with pytest.raises(ValueError) as refused_long:
        omise.Customer.retrieve("/" * 10_000)

    assert "42424242" not in str(refused_type.value)
    assert len(str(refused_long.value)) < 200


def test_records_of_the_wrong_type_are_no_ids(omise_sandbox: Sandbox, john: omise.Customer) -> None:
    """A card is no customer: TypeError, before anything is sent."""
    card = omise.Card.from_data({"object": "card", "id": "card_test_1"})
    for call in (
        lambda: omise.Customer.retrieve(card),
        lambda: omise.Token.retrieve(john),
        lambda: omise.Card.retrieve(card, card),
        lambda: john.cards.retrieve(john),
        lambda: john.update(default_card=john),
        lambda: setattr(john, "default_card", john),
        lambda: omise.Customer.create(default_card=john),
        lambda: omise.Customer.retrieve(omise.Resource.from_data({"id": "cust_test_1"})),
        lambda: omise.Customer.retrieve(john.cards),
    ):
        with pytest.raises(TypeError, match=r"must be an? .* or its id"):
            call()

    assert omise_sandbox.requests == []


def test_an_unsaved_record_is_no_id(omise_sandbox: Sandbox) -> None:
    """It has none yet: ValueError, whether it is retrieved by or sent, and nothing is sent."""
    unsaved = omise.Customer(email="a@b.co")
    for call in (
        lambda: omise.Customer.retrieve(unsaved),
        lambda: unsaved.reload(),
        lambda: unsaved.destroy(),
        lambda: omise.Customer.create(metadata={"of": unsaved}),
    ):
        with pytest.raises(ValueError, match="None"):
            call()

    assert omise_sandbox.requests == []


# In the REPL


def test_repr_is_one_line_without_secrets(john: omise.Customer) -> None:
    """Type, id, and what tells records apart, escaped, shortened and redacted."""
    john.description = "two\nlines 4242 4242 4242 4242 " + "x" * 100
    odd = omise.Customer.from_data({"object": "customer", "id": "a\nb"})

    assert repr(john).startswith("<Customer cust_test_1 email='john@example.com' description='two\\nlines ")
    assert "\n" not in repr(john) + repr(odd)
    assert "4242 4242" not in repr(john)
    assert len(repr(john)) < 150
    assert "…" in repr(john)


def test_repr_of_parts_shows_their_first_fields() -> None:
    """An object that is no record shows a few of its fields, since it has no id to go by."""
    part = omise.Resource.from_data({"fee_flat": "0.0", "fee_rate": "3.65", "vat_rate": "7.0", "other": 1})

    assert repr(part) == "<Resource fee_flat='0.0' fee_rate='3.65' vat_rate='7.0'>"
    assert repr(omise.Resource.from_data({})) == "<Resource>"
    assert repr(omise.Resource.from_data({"deleted": True, "object": "x", "id": "x_1"})) == "<Resource x_1 destroyed>"


def test_print_shows_a_field_a_line(omise_sandbox: Sandbox) -> None:
    """Fields with their values, changes included, secrets left out; objects in one line each; nothing is fetched."""
    customer = omise.Customer.create(email="a@b.co", card=omise_sandbox.card())
    customer.description = "line\nbreak"
    customer["secret_key"] = "skey_test_5xyz"
    customer["keys"] = ["skey_test_5xyz"]
    count = len(omise_sandbox.requests)

    lines = str(customer).splitlines()

    assert lines[0] == f"Customer {customer.id}"
    assert len(lines) == len(customer.to_dict()) - 1
    assert "  email            'a@b.co'" in lines
    assert "  description      'line\\nbreak'" in lines
    assert any(line.startswith("  default_card     <Card card_test_") for line in lines)
    assert "5xyz" not in str(customer)
    assert f"  created_at       {customer.created_at}" in lines
    assert str(omise.Customer(email="x")).splitlines() == ["Customer", "  email  'x'"]
    assert len(omise_sandbox.requests) == count


def test_print_of_what_is_not_loaded_fetches_nothing(omise_sandbox: Sandbox) -> None:
    """A line in a log must not send a request: what is not loaded says so."""
    card = omise.Customer.from_data({**CUSTOMER, "default_card": "card_test_1"}).default_card

    assert str(card) == "Card card_test_1 (not loaded)"
    assert omise_sandbox.requests == []


def test_dir_offers_fields_and_verbs_of_records(john: omise.Customer) -> None:
    """Fields of the JSON, assigned ones, verbs and lists; no class verbs, no machinery, no fact of the class."""
    john["newsletter"] = True
    john["not an identifier"] = True
    names = dir(john)

    assert {"email", "created_at", "newsletter", "update", "save", "destroy", "reload", "cards", "to_dict"} <= {*names}
    assert not {"create", "retrieve", "list", "from_data", "path", "object_name", "summary", "host"} & {*names}
    assert not [name for name in names if name.startswith("_") or " " in name]
    assert names == sorted({*names})


def _samples(customer: omise.Customer) -> dict[str, Any]:
    """Records in every state."""
    unloaded = omise.Customer.from_data({**customer.to_dict(), "cards": None})
    return {
        "loaded": customer,
        "list": customer.cards,
        "unloaded record": unloaded.default_card,
        "unloaded list": unloaded.cards,
        "unloaded owner": omise.Customer._build({"object": "customer", "id": customer.id}, None, loaded=False),
        "unsaved": omise.Customer(email="x"),
        "part": omise.Resource.from_data({"a": 1}),
        "class": omise.Customer,
        "client": default_client,
    }


def test_looking_around_sends_nothing(omise_sandbox: Sandbox) -> None:
    """What shells, debuggers, doctest and test tools do to objects sends no request and raises nothing odd."""
    samples = _samples(omise.Customer.create(email="a@b.co", card=omise_sandbox.card()))
    count = len(omise_sandbox.requests)
    probes = ["_repr_html_", "_ipython_display_", "_ipython_canary_method_should_not_exist_", "__wrapped__", "__html__"]

    for state, sample in samples.items():
        for probe in probes:
            assert not hasattr(sample, probe), (state, probe)
        names = [name for name, _ in inspect.getmembers(sample)]
        assert pprint.pformat(sample)
        assert repr(sample)
        assert str(sample)
        assert inspect.unwrap(sample) is sample
        assert not inspect.isawaitable(sample)
        for name in dir(sample):
            getattr(sample, name)
        if isinstance(sample, Resource):
            assert {*dir(sample)} <= {*names}
            copy.copy(sample)
            copy.deepcopy(sample)
            pickle.dumps(sample)
        pydoc.plain(pydoc.render_doc(sample)) if isinstance(sample, type) else None
        bool(state.startswith("un") and isinstance(sample, List)) or bool(sample)

    assert len(omise_sandbox.requests) == count


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


def test_dates_are_sent_as_dates() -> None:
    """A date or datetime that was assigned reads as it is and is sent as the API writes it."""
    record: Any = omise.Resource.from_data({"object": "thing", "id": "thing_1", "start_on": "2026-01-31"})
    record.start_on = date(2026, 1, 31)
    assert record.changes == {}

    record.start_on = date(2026, 2, 1)

    assert record.to_dict()["start_on"] == record["start_on"] == "2026-02-01"


def test_destroyed_goes_by_the_json() -> None:
    """A record is destroyed if its JSON says so, and not if the field is missing or false."""
    assert omise.Customer.from_data({**CUSTOMER, "deleted": True}).destroyed
    assert not omise.Customer.from_data(CUSTOMER).destroyed
    assert not omise.Customer.from_data({"object": "customer", "id": "c"}).destroyed
    assert not issubclass(omise.Token, Destroyable)


def test_days_are_dates() -> None:
    """A field that ends in ``_on`` reads as a date, alone or in a list; what is no day stays as it came."""
    schedule = omise.Resource.from_data(
        {"start_on": "2027-01-31", "next_occurrences_on": ["2027-02-01"], "end_on": "some day", "ended_on": None}
    )

    assert schedule["start_on"] == "2027-01-31"
    read = {name: getattr(schedule, name) for name in ("start_on", "next_occurrences_on", "end_on", "ended_on")}
    assert read == {
        "start_on": date(2027, 1, 31),
        "next_occurrences_on": [date(2027, 2, 1)],
        "end_on": "some day",
        "ended_on": None,
    }
