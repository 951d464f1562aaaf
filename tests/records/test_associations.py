"""`omise.records.associations`: belongs_to and has_many, and the requests that they cost."""

from typing import Any

import pytest

import omise
from omise.records.associations import belongs_to, has_many
from omise.records.operations import Retrievable, Updatable
from omise.records.resource import Resource
from omise.sandbox import Sandbox

from ..stubs import Stub


@pytest.fixture
def customer(omise_sandbox: Sandbox) -> omise.Customer:
    """A customer with two cards."""
    customer = omise.Customer.create(email="a@b.co", card=omise_sandbox.card())
    return customer.update(card=omise_sandbox.card("5555555555554444"))


def without_cards(customer: omise.Customer) -> Any:
    """The same customer from JSON that has no list of cards, as of one with more cards than are shown."""
    data = customer.to_dict()
    del data["cards"]
    return omise.Customer.from_data(data)


# belongs_to


def test_the_record_comes_from_the_list_it_is_kept_in(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """Where the JSON holds the list, the record of the id is taken from there: no request, and the same object."""
    count = len(omise_sandbox.requests)

    assert customer.default_card.brand == "Visa"
    assert customer.default_card is customer.cards[0]
    assert customer["default_card"] == customer.default_card.id
    assert len(omise_sandbox.requests) == count


def test_a_record_of_which_only_the_id_is_known_is_fetched_once(
    omise_sandbox: Sandbox, customer: omise.Customer
) -> None:
    """`.id` costs nothing, the first other attribute one request, and the record is kept."""
    bare = without_cards(customer)
    count = len(omise_sandbox.requests)
    assert bare.default_card.id == customer["default_card"]
    assert bare.default_card == customer.default_card
    assert repr(bare.default_card) == f"<Card {bare.default_card.id} (not loaded)>"
    assert len(omise_sandbox.requests) == count

    assert (bare.default_card.brand, bare.default_card.last_digits) == ("Visa", "4242")

    sent = omise_sandbox.requests[count:]
    assert [(each.method, each.path) for each in sent] == [
        ("GET", f"/customers/{bare.id}/cards/{bare.attributes['default_card']}")
    ]
    assert bare.default_card is bare.default_card


def test_a_card_beyond_the_first_of_the_list_is_fetched(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """If the embedded list does not show it, it is fetched on its own."""
    data = customer.to_dict()
    data["cards"]["data"].pop(0)
    count = len(omise_sandbox.requests)

    assert omise.Customer.from_data(data).default_card.brand == "Visa"
    assert len(omise_sandbox.requests) == count + 1


def test_an_expanded_record_is_there(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """With expand=True the API puts the record in, and reading it costs nothing."""
    expanded = omise.Customer.retrieve(customer.id, expand=True)
    count = len(omise_sandbox.requests)
    assert omise_sandbox.requests[-1].params in ({"expand": "true"}, {"expand": True})

    assert isinstance(expanded.attributes["default_card"], dict)
    assert isinstance(expanded.default_card, omise.Card)
    assert expanded.default_card.last_digits == "4242"
    assert len(omise_sandbox.requests) == count


def test_assigning_to_an_expanded_record_what_it_has_is_no_change(
    omise_sandbox: Sandbox, customer: omise.Customer
) -> None:
    """Neither the record nor its id is a change; another one is."""
    expanded = omise.Customer.retrieve(customer.id, expand=True)
    expanded.default_card = expanded.default_card
    assert expanded.changes == {}
    expanded.default_card = expanded.default_card.id
    assert expanded.changes == {}

    expanded.default_card = customer.cards[1]

    assert expanded.changes == {"default_card": customer.cards[1]}


def test_null_is_none() -> None:
    """A field that is null gives None."""
    assert omise.Customer.from_data({"object": "customer", "id": "c_1", "default_card": None}).default_card is None


def test_a_missing_field_is_an_attribute_error(omise_sandbox: Sandbox) -> None:
    """A customer whose JSON has no default_card has no such attribute; the raw JSON never slips through."""
    customer = omise.Customer.from_data({"object": "customer", "id": "c_1"})

    with pytest.raises(AttributeError, match="no attribute 'default_card'"):
        customer.default_card  # noqa: B018
    assert omise_sandbox.requests == []


def test_assigning_a_record_or_an_id(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """Either is a change, reads as a record at once, and is sent as the id."""
    second = customer.cards[1]
    count = len(omise_sandbox.requests)
    customer.default_card = second
    assert customer.default_card is second
    assert customer["default_card"] == second.id
    customer.default_card = second.id
    assert customer.default_card is second
    assert len(omise_sandbox.requests) == count

    customer.save()

    assert omise_sandbox.requests[-1].params == {"default_card": second.id}
    assert customer.default_card == second
    assert customer.default_card is customer.cards[1]


def test_assigning_drops_what_was_fetched(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """After another id was assigned, the record read before is no longer what the attribute gives."""
    bare = without_cards(customer)
    assert bare.default_card.brand == "Visa"

    bare.default_card = customer.cards[1].id

    assert bare.default_card.brand == "MasterCard"
    bare.default_card = None
    assert bare.default_card is None
    assert bare.changes == {"default_card": None}


def test_an_update_drops_what_was_fetched(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """The association follows what the API answered."""
    first = customer.default_card
    customer.update(default_card=customer.cards[1])
    assert (customer.default_card.brand, first.brand) == ("MasterCard", "Visa")

    customer.default_card.destroy()
    customer.reload()

    assert customer.default_card == first


def test_wrong_types_are_refused(customer: omise.Customer) -> None:
    """A customer cannot be assigned as a card, and the attribute stays as it was."""
    with pytest.raises(TypeError, match="default_card must be a Card or its id, got <Customer"):
        customer.default_card = customer

    assert customer.changes == {}


def test_a_failed_fetch_can_be_tried_again(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """An unknown id is a NotFoundError at the first read, and again at the next; nothing half loaded is left."""
    lost = omise.Customer.from_data({**customer.to_dict(), "default_card": "card_test_0"}).default_card

    for _ in range(2):
        with pytest.raises(omise.errors.NotFoundError):
            lost.brand  # noqa: B018
    assert repr(lost) == "<Card card_test_0 (not loaded)>"


def test_records_with_a_path_of_their_own() -> None:
    """An id leads to the path of its class, with the account and key of the record that named it."""

    class Order(Retrievable, Updatable, Resource):
        object_name = "order"
        path = "/orders"
        customer: Any = belongs_to("Customer")
        lines: Any = has_many(path="order_lines")

    stub = Stub(
        lambda sent: (
            {"object": "list", "data": [], "total": 0, "offset": 0, "limit": 20}
            if sent.path.endswith("lines")
            else {"object": "order", "id": "order_1"}
            if sent.method == "PATCH"
            else {"object": "customer", "id": "cust_1", "email": "a@b.co"}
        )
    )
    client = stub.client()
    order: Any = client.bind(Order).from_data({"object": "order", "id": "order_1", "customer": "cust_1"})

    assert order.customer == "cust_1"
    assert order.customer.email == "a@b.co"
    assert isinstance(order.customer, client.Customer)
    assert list(order.lines) == []
    assert [sent.path for sent in stub.sent] == ["/customers/cust_1", "/orders/order_1/order_lines"]

    order.update(customer=omise.Customer.from_data({"object": "customer", "id": "cust_2"}))

    assert stub.sent[-1].params == {"customer": "cust_2"}


# has_many


def test_the_embedded_list_costs_nothing(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """What stands in the JSON is read from there, and knows its owner."""
    count = len(omise_sandbox.requests)

    assert [card.brand for card in customer.cards] == ["Visa", "MasterCard"]
    assert customer.cards is customer.cards
    assert customer.cards.parent is customer
    assert isinstance(customer.cards, omise.CardList)
    assert list(customer.linked_accounts) == []
    assert len(omise_sandbox.requests) == count


def test_a_list_that_is_not_embedded_is_fetched_when_touched(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """It costs one request when it is read, and is kept."""
    bare = without_cards(customer)
    count = len(omise_sandbox.requests)
    assert repr(bare.cards) == str(bare.cards).join("<>") == f"<CardList /customers/{bare.id}/cards (not loaded)>"
    assert len(omise_sandbox.requests) == count

    assert (len(bare.cards), bare.cards.total, bare.cards[0].brand) == (2, 2, "Visa")

    sent = omise_sandbox.requests[count:]
    assert [(each.method, each.path, each.params) for each in sent] == [("GET", f"/customers/{bare.id}/cards", {})]
    assert bare.cards.parent is bare


def test_a_list_called_with_options_is_fetched_with_them(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """It is a list of its own: the one in the record stays."""
    newest_first = customer.cards(order="reverse_chronological", limit=1)

    sent = omise_sandbox.requests[-1]
    assert (sent.method, sent.path) == ("GET", f"/customers/{customer.id}/cards")
    assert {name: str(value) for name, value in sent.params.items()} == {"order": "reverse_chronological", "limit": "1"}
    assert [card.brand for card in newest_first] == ["MasterCard", "Visa"]
    assert newest_first.parent is customer
    assert customer.cards[0].brand == "Visa"


def test_a_list_follows_reloads_and_updates_of_its_owner(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """What was read before an update is not what is read after it."""
    before = customer.cards
    customer.update(card=omise_sandbox.card("4111111111111111"))

    assert (len(before), len(customer.cards)) == (2, 3)


def test_lists_of_versions_that_tell_no_location(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """An embedded list without `location`, as the oldest versions have it, is asked for below its owner."""
    data = customer.to_dict()
    del data["cards"]["location"]
    old = omise.Customer.from_data(data)

    assert [card.brand for card in old.cards(order="reverse_chronological")] == ["MasterCard", "Visa"]
    assert old.cards.reload().total == 2


def test_the_owner_of_a_list_need_not_be_loaded(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """Going from an id to the list below it fetches the list alone."""
    owner = omise.Customer._build({"object": "customer", "id": customer.id}, None, loaded=False)
    count = len(omise_sandbox.requests)

    assert [card.brand for card in owner.cards] == ["Visa", "MasterCard"]
    assert [each.path for each in omise_sandbox.requests[count:]] == [f"/customers/{customer.id}/cards"]


def test_lists_are_not_assigned(customer: omise.Customer) -> None:
    """They change by their own verbs."""
    with pytest.raises(AttributeError, match=r"Customer\.cards is kept by the API"):
        customer.cards = []


# On the class


def test_the_class_gives_the_declaration() -> None:
    """Reached through the class it is what was declared, not something that fails."""
    assert omise.Customer.default_card.kind == "Card"
    assert omise.Customer.cards.kind == "CardList"


def test_associations_are_inherited_and_not_shared() -> None:
    """A subclass has those of its base and its own; the base does not get them."""

    class Vip(omise.Customer):
        referrer: Any = belongs_to("Customer")

    assert {*Vip._associations} == {*omise.Customer._associations, "referrer"}
    assert "referrer" not in omise.Customer._associations
    vip: Any = Vip.from_data({"object": "customer", "id": "c_1", "referrer": "c_2"})
    assert isinstance(vip.referrer, omise.Customer)


def test_a_class_that_does_not_exist_is_told_when_it_is_needed() -> None:
    """A misspelt kind is a NameError, not the raw JSON value."""

    class Order(Resource):
        object_name = "order"
        path = "/orders"
        customer: Any = belongs_to("Custmoer")
        lines: Any = has_many("LineList")

    order = Order.from_data({"object": "order", "id": "order_1", "customer": "cust_1"})

    with pytest.raises(NameError, match="Custmoer"):
        order.customer  # noqa: B018
    with pytest.raises(NameError, match="LineList"):
        order.lines  # noqa: B018


# Without a kind


@pytest.mark.parametrize(
    ("id", "cls"),
    [
        ("chrg_test_1", "Charge"),
        ("dspt_test_1", "Dispute"),
        ("rcpt_1", "Receipt"),
        ("rfnd_test_1", "Refund"),
        ("trsf_1", "Transfer"),
        ("else_1", "Resource"),
    ],
)
def test_the_beginning_of_an_id_tells_its_type(id: str, cls: str) -> None:
    """Where a field holds records of several types; nothing is fetched for it."""
    stub = Stub(lambda sent: {"object": "transaction", "id": "trxn_1", "origin": id})
    client = stub.client()
    origin = client.Transaction.retrieve("trxn_1").origin

    assert type(origin).__name__ == cls
    assert isinstance(origin, getattr(client, cls) if cls != "Resource" else omise.Resource)
    assert (origin.id, origin, len(stub.sent)) == (id, id, 1)


def test_what_is_expanded_tells_its_own_type() -> None:
    """By its `object`; and where there is nothing, there is None."""
    expanded = {"object": "occurrence", "id": "occu_1", "result": {"object": "transfer", "id": "trsf_1"}}

    assert isinstance(omise.Occurrence.from_data(expanded).result, omise.Transfer)
    assert omise.Occurrence.from_data({**expanded, "result": None}).result is None
    assert isinstance(omise.Occurrence.from_data({**expanded, "result": "chrg_1"}).result, omise.Charge)


def test_a_field_of_any_type_takes_any_record() -> None:
    """Assigned by record or id."""
    line: Any = omise.Transaction.from_data({"object": "transaction", "id": "trxn_1", "origin": "chrg_1"})
    line.origin = omise.Transfer.from_data({"object": "transfer", "id": "trsf_1"})

    assert isinstance(line.origin, omise.Transfer)
    assert line.changes == {"origin": "trsf_1"}
    line.origin = "rfnd_1"
    assert isinstance(line.origin, omise.Refund)


# Of the resources

ASSOCIATIONS = {
    omise.Charge: {
        "customer": omise.Customer,
        "link": omise.Link,
        "transaction": omise.Transaction,
        "schedule": omise.Schedule,
        "refunds": omise.RefundList,
        "events": omise.List,
    },
    omise.Customer: {
        "default_card": omise.Card,
        "cards": omise.CardList,
        "linked_accounts": omise.List,
        "schedules": omise.List,
    },
    omise.Dispute: {"charge": omise.Charge, "documents": omise.DocumentList},
    omise.Link: {"charges": omise.ChargeList},
    omise.Occurrence: {"schedule": omise.Schedule, "result": omise.Transfer},
    omise.Recipient: {"schedule": omise.Schedule, "schedules": omise.List},
    omise.Refund: {"charge": omise.Charge, "transaction": omise.Transaction},
    omise.Schedule: {"occurrences": omise.OccurrenceList},
    omise.ScheduledCharge: {"customer": omise.Customer},
    omise.ScheduledTransfer: {"recipient": omise.Recipient},
    omise.Transaction: {"origin": omise.Transfer},
    omise.Transfer: {"recipient": omise.Recipient, "schedule": omise.Schedule},
}


@pytest.mark.parametrize("cls", [*ASSOCIATIONS], ids=lambda cls: cls.__name__)
def test_associations_of_the_resources(cls: Any) -> None:
    """Each is of its type, bound to its account, and costs nothing until more than its address is read."""
    stub = Stub(lambda sent: {})
    client = stub.client()
    fields = {name: "trsf_1" for name, kind in ASSOCIATIONS[cls].items() if not issubclass(kind, omise.List)}
    record = client.bind(cls)._build({"object": cls.object_name, "id": "own_1", **fields}, None)

    for name, kind in ASSOCIATIONS[cls].items():
        found = getattr(record, name)
        assert isinstance(found, client.bind(kind)), name
        if issubclass(kind, omise.List):
            assert found.parent is record
            assert repr(found).endswith(f"/own_1/{name} (not loaded)>")
        else:
            assert found.id == "trsf_1"
    assert {*cls._associations} == {*ASSOCIATIONS[cls]}
    assert stub.sent == []
