"""`omise.records.identity`: comparing, copying, ids, and where a record has its address."""

import copy
import pickle
from typing import Any

import pytest

import omise
from omise.records.associations import belongs_to
from omise.records.operations import Destroyable, Retrievable, Updatable
from omise.records.resource import Resource
from omise.sandbox import Sandbox

from ..stubs import Stub
from .conftest import CUSTOMER, REFUNDS

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


def test_an_unpickled_record_uses_the_current_account_if_that_is_its_own(omise_sandbox: Sandbox) -> None:
    """A pickle holds no key, so that who unpickles it provides one; that of another account is not asked."""
    client = omise_sandbox.client()
    data = pickle.dumps(client.Customer.create(email="a@b.co"))
    mine = pickle.dumps(omise.Customer.create(email="c@d.co"))

    assert pickle.loads(mine).reload().email == "c@d.co"
    with omise.using(client):
        assert pickle.loads(data).reload().email == "a@b.co"
        with pytest.raises(omise.ConfigurationError, match=r"record\.using\(client\)"):
            pickle.loads(mine).reload()
    count = len(omise_sandbox.requests)
    with pytest.raises(omise.ConfigurationError, match="another account"):
        pickle.loads(data).reload()
    assert len(omise_sandbox.requests) == count


def test_what_belongs_to_an_unpickled_record_asks_no_other_account(omise_sandbox: Sandbox) -> None:
    """Neither its associations, nor its lists, nor records of a list, nor what was unpickled twice."""
    client = omise_sandbox.client()
    customer = client.Customer.create(card=omise_sandbox.card())
    back = pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(customer))))
    page = pickle.loads(pickle.dumps(client.Customer.list(limit=1)))
    count = len(omise_sandbox.requests)

    for ask in (
        back.cards.reload,
        back.cards[0].reload,
        back.default_card.reload,
        copy.copy(back).reload,
        page.reload,
        page[0].reload,
        lambda: back.update(email="x@y.co"),
        lambda: back.charge(amount=100_00, currency="thb"),
    ):
        with pytest.raises(omise.ConfigurationError, match="another account"):
            ask()
    assert len(omise_sandbox.requests) == count


def test_a_record_can_be_tied_to_a_client(omise_sandbox: Sandbox) -> None:
    """`using` gives a copy that goes to the client, changes and all, with what belongs to it."""
    client = omise_sandbox.client()
    customer = client.Customer.create(email="a@b.co", card=omise_sandbox.card())
    customer.email = "new@b.co"
    back = pickle.loads(pickle.dumps(customer))

    for stray in (back, omise.Customer.from_data(customer.to_dict())):
        tied = stray.using(client)
        assert type(tied) is client.Customer
        assert tied.cards.reload()[0].last_digits == "4242"
    assert back.using(client).save().reload().email == "new@b.co"
    assert back.changes == {"email": "new@b.co"}


def test_a_copy_stays_with_the_account_and_the_key(omise_sandbox: Sandbox) -> None:
    """A copy in memory goes to the same client, by the key of the call that it came from; neither is shown."""
    client = omise_sandbox.client()
    customer = client.Customer.create()
    for twin in (copy.copy(customer), copy.deepcopy([customer])[0]):
        assert twin.reload() == customer

    for duplicate in (copy.copy, copy.deepcopy):
        twin = duplicate(omise.Customer.create(key="skey_test_of_a_call"))
        twin.reload()
        assert omise_sandbox.requests[-1].used_key("skey_test_of_a_call")
        assert "of_a_call" not in repr(vars(twin))


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


# Addresses


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


# Destroyed


def test_destroyed_goes_by_the_json() -> None:
    """A record is destroyed if its JSON says so, and not if the field is missing or false."""
    assert omise.Customer.from_data({**CUSTOMER, "deleted": True}).destroyed
    assert not omise.Customer.from_data(CUSTOMER).destroyed
    assert not omise.Customer.from_data({"object": "customer", "id": "c"}).destroyed
    assert not issubclass(omise.Token, Destroyable)
