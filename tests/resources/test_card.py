"""Cards of a customer: list, retrieve, create, update, destroy, and what becomes of the default one."""

import copy
from typing import Any

import pytest

import omise
from omise.sandbox import Sandbox

from ..stubs import Stub


@pytest.fixture
def customer(omise_sandbox: Sandbox) -> omise.Customer:
    """A customer with a Visa, the default, and a MasterCard."""
    customer = omise.Customer.create(card=omise_sandbox.card_token())
    return customer.update(card=omise_sandbox.card_token("5555555555554444"))


def since(sandbox: Sandbox, count: int) -> list[tuple[str, str]]:
    """The requests after the first *count*."""
    return [(each.method, each.path) for each in sandbox.requests[count:]]


def test_the_cards_are_listed_oldest_first(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """They come with the customer, and can be fetched in another order."""
    assert [card.brand for card in customer.cards] == ["Visa", "MasterCard"]
    newest_first = customer.cards(order="reverse_chronological")

    assert since(omise_sandbox, -1 + len(omise_sandbox.requests)) == [("GET", f"/customers/{customer.id}/cards")]
    assert newest_first.data == customer.cards[::-1]
    assert newest_first.reload().data == customer.cards[::-1]


def test_the_fields_of_a_card(customer: omise.Customer) -> None:
    """Never the number."""
    card = customer.cards[0]

    assert card.location == f"/customers/{customer.id}/cards/{card.id}"
    assert (card.last_digits, card.brand, card.name, card.expiration_month) == ("4242", "Visa", "Somchai Prasert", 10)
    assert card.fingerprint
    assert card.security_code_check is True
    assert repr(card).startswith(f"<Card {card.id} brand='Visa' last_digits='4242' expiration_month=10")
    assert "42424242" not in card.to_json()


def test_retrieve_a_card(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """Through the customer's list, or by both ids; ids and records do."""
    card = customer.cards[1]
    count = len(omise_sandbox.requests)
    found = [
        customer.cards.retrieve(card.id),
        customer.cards.retrieve(card),
        omise.Card.retrieve(customer.id, card.id),
        omise.Card.retrieve(customer, card),
    ]

    assert found == [card] * 4
    assert since(omise_sandbox, count) == [("GET", f"/customers/{customer.id}/cards/{card.id}")] * 4
    with pytest.raises(omise.errors.NotFoundError, match="card_test_0 was not found"):
        customer.cards.retrieve("card_test_0")


def test_update_a_card(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """Name, expiry and address; by parameters or by assignment."""
    card = customer.cards[0]
    facts = {"name": "New Name", "expiration_month": 1, "expiration_year": 2040, "city": "X", "postal_code": "10240"}
    assert card.update(**facts) is card
    assert dict(omise_sandbox.requests[-1].params) == facts
    assert {name: card[name] for name in facts} == facts

    card.city = "Y"
    card.save()

    assert since(omise_sandbox, len(omise_sandbox.requests) - 1) == [("PATCH", card.location)]
    assert dict(omise_sandbox.requests[-1].params) == {"city": "Y"}
    with pytest.raises(omise.errors.InvalidCardError):
        card.update(expiration_year=2001)
    assert customer.reload().cards[0].city == "Y"


def test_destroying_the_default_card(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """The default moves to the card added last, and with the last card there is none."""
    visa, mastercard = customer.cards
    assert visa.destroy().destroyed
    assert since(omise_sandbox, len(omise_sandbox.requests) - 1) == [("DELETE", visa.location)]
    assert (visa.last_digits, visa.deleted) == ("4242", True)
    assert customer.reload().default_card == mastercard

    customer.default_card.destroy()

    assert customer.reload().default_card is None
    assert len(customer.cards) == 0
    for refused in (visa.update, visa.reload, visa.destroy, lambda: visa.update(name="x")):
        with pytest.raises(omise.DestroyedError):
            refused()


def test_the_card_of_a_token_has_no_address(omise_sandbox: Sandbox) -> None:
    """It cannot be reloaded or changed: the error says why, and nothing is sent."""
    card = omise.Token.create(omise_sandbox.card()).card
    count = len(omise_sandbox.requests)

    for refused in (card.reload, card.destroy, lambda: card.update(name="x")):
        with pytest.raises(ValueError, match="no address of its own"):
            refused()
    assert card.location is None
    assert since(omise_sandbox, count) == []


# cards.create


def test_create_from_a_dict(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """A token is made and given to the customer; the new card comes back, and customer and list hold it."""
    data = omise_sandbox.card("4111111111111111", name="Third")
    before = copy.deepcopy(data)
    cards = customer.cards
    count = len(omise_sandbox.requests)

    card = cards.create(data)

    assert since(omise_sandbox, count) == [("POST", "/tokens"), ("PATCH", f"/customers/{customer.id}")]
    assert data == before
    assert (card.last_digits, card.name) == ("1111", "Third")
    assert card.location == f"/customers/{customer.id}/cards/{card.id}"
    assert cards[-1] is card
    assert [each.last_digits for each in customer.cards] == ["4242", "4444", "1111"]
    assert customer.default_card.last_digits == "4242"
    assert customer.cards.parent is cards.parent is customer


@pytest.mark.parametrize("public_key", [True, False])
@pytest.mark.parametrize("kind", ["token", "id"])
def test_create_from_a_token(omise_sandbox: Sandbox, customer: omise.Customer, kind: str, public_key: bool) -> None:
    """A Token or its id does the same, with a public key and without one."""
    token = omise.Token.create(omise_sandbox.card("4111111111111111"))
    if not public_key:
        omise.public_api_key = None
    count = len(omise_sandbox.requests)

    card = customer.cards.create(token if kind == "token" else token.id)

    assert ("PATCH", f"/customers/{customer.id}") in since(omise_sandbox, count)
    assert ("POST", "/tokens") not in since(omise_sandbox, count)
    assert card.last_digits == "1111"
    assert card == customer.reload().cards[2]


def test_the_first_card_becomes_the_default(omise_sandbox: Sandbox) -> None:
    """Where there was none."""
    customer = omise.Customer.create()
    card = customer.cards.create(omise_sandbox.card())

    assert customer.default_card == card
    assert customer.default_card is customer.cards[0]


@pytest.mark.parametrize("public_key", [True, False])
def test_more_cards_than_are_shown(omise_sandbox: Sandbox, public_key: bool) -> None:
    """The twenty-first card comes back too, though the customer shows twenty."""
    customer = omise.Customer.create()
    tokens = [omise_sandbox.card_token() for _ in range(20)] + [omise_sandbox.card_token("4111111111111111")]
    for token in tokens[:20]:
        customer.update(card=token)
    if not public_key:
        omise.public_api_key = None

    assert customer.cards.create(tokens[20]).last_digits == "1111"
    assert (len(customer.cards), len(customer.cards.data)) == (21, 20)
    assert customer.cards[20].last_digits == "1111"


def test_unsaved_changes_of_the_customer_survive(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """Adding a card neither sends nor drops them."""
    customer.description = "unsaved"
    customer.metadata["a"] = 1
    customer.cards.create(omise_sandbox.card())
    assert [*omise_sandbox.requests[-1].params] == ["card"]
    assert customer.changes == {"description": "unsaved", "metadata": {"a": 1}}

    customer.save()

    assert dict(omise_sandbox.requests[-1].params) == {"description": "unsaved", "metadata": {"a": 1}}


def test_further_parameters_go_to_the_customer(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """In the same call."""
    customer.cards.create(omise_sandbox.card(), description="with a card")

    assert {*omise_sandbox.requests[-1].params} == {"card", "description"}
    assert customer.description == "with a card"


def test_create_in_a_list_with_parameters_or_without_owner(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """A list that was fetched on its own, in another order, or unpickled, finds its customer by its address."""
    newest_first = customer.cards(order="reverse_chronological")
    card = newest_first.create(omise_sandbox.card("4111111111111111"))
    assert newest_first[0] == card
    assert customer.cards[-1] == card

    orphan = copy.copy(customer.cards)
    assert orphan.parent is None
    another = orphan.create(omise_sandbox.card("4111111111111111"))

    assert orphan[-1] == another
    assert len(customer.reload().cards) == 4


def test_create_by_another_key(omise_sandbox: Sandbox) -> None:
    """A per-call key is used for every request of it."""
    key = "skey_test_of_a_call"
    customer = omise.Customer.from_data(omise.Customer.create(key=key).to_dict())
    omise_token = omise_sandbox.card_token()
    omise.public_api_key = None
    count = len(omise_sandbox.requests)

    card = customer.cards.create(omise_token, key=key)

    assert card.last_digits == "4242"
    assert all(request.used_key(key) for request in omise_sandbox.requests[count:])


@pytest.mark.parametrize(
    ("card", "error"),
    [
        (None, ValueError),
        ("", ValueError),
        ("tokn/1", ValueError),
        (7, TypeError),
        (omise.Card.from_data({"object": "card", "id": "card_1"}), TypeError),
    ],
)
def test_what_is_no_card(omise_sandbox: Sandbox, customer: omise.Customer, card: Any, error: type[Exception]) -> None:
    """Refused before anything is sent."""
    count = len(omise_sandbox.requests)

    with pytest.raises(error, match="card"):
        customer.cards.create(card)
    assert since(omise_sandbox, count) == []


def test_a_token_of_which_only_the_id_is_known(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """A Token that was stored without its card does as well as its id."""
    stored = omise.Token.from_data({"object": "token", "id": omise_sandbox.card_token("4111111111111111")})

    assert customer.cards.create(stored).last_digits == "1111"


def test_a_card_that_does_not_turn_up() -> None:
    """If the API took the token and shows no card for it, the error says so."""
    nothing = {
        "object": "list",
        "data": [],
        "total": 0,
        "limit": 20,
        "offset": 0,
        "location": "/customers/cust_1/cards",
    }
    stub = Stub(
        lambda sent: nothing if sent.method == "GET" else {"object": "customer", "id": "cust_1", "cards": nothing}
    )
    customer = stub.client(public_api_key=None).Customer.from_data({"object": "customer", "id": "cust_1"})

    with pytest.raises(omise.Error, match=r"cust_1.* took the card"):
        customer.cards.create("tokn_1")


def test_a_used_token(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """The API refuses it, and customer and list stay as they were."""
    used = omise.Token.retrieve(omise_sandbox.card_token())
    omise.Customer.create(card=used)
    for token in (used, used.id, used.reload()):
        with pytest.raises(omise.errors.UsedTokenError):
            customer.cards.create(token)

    assert len(customer.cards) == len(customer.reload().cards) == 2
