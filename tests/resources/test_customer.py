"""The customer guide: each call of it, what was sent, and what came back."""

from typing import Any

import pytest

import omise
from omise.sandbox import Sandbox


@pytest.fixture
def customer(omise_sandbox: Sandbox) -> omise.Customer:
    """A customer with a Visa, the default, and a MasterCard."""
    customer = omise.Customer.create(email="john@example.com", metadata={"visits": 1, "level": "silver"})
    customer.update(card=omise_sandbox.card_token())
    return customer.update(card=omise_sandbox.card_token("5555555555554444"))


def sent(sandbox: Sandbox) -> tuple[str, str, dict[str, Any]]:
    """The last request."""
    last = sandbox.requests[-1]
    return last.method, last.path, dict(last.params)


# Create


def test_create_with_nothing(omise_sandbox: Sandbox) -> None:
    """Nothing is required."""
    customer = omise.Customer.create()

    assert sent(omise_sandbox) == ("POST", "/customers", {})
    assert customer.id.startswith("cust_test_")
    assert (customer.email, customer.description, customer.metadata, customer.default_card) == (None, None, {}, None)
    assert (len(customer.cards), customer.livemode, customer.deleted) == (0, False, False)
    assert customer.location == f"/customers/{customer.id}"


def test_create_with_email_description_and_metadata(omise_sandbox: Sandbox) -> None:
    """They are sent as given and come back."""
    facts: dict[str, Any] = {"email": "john@example.com", "description": "John", "metadata": {"a": {"b": [1, None]}}}
    customer = omise.Customer.create(**facts)

    assert sent(omise_sandbox) == ("POST", "/customers", facts)
    assert {name: customer[name] for name in facts} == facts


def test_create_with_a_token(omise_sandbox: Sandbox) -> None:
    """The card of the token becomes the default, and the token is used."""
    token = omise.Token.create(omise_sandbox.card())
    card_id = token.card.id
    customer = omise.Customer.create(card=token.id)

    assert sent(omise_sandbox) == ("POST", "/customers", {"card": token.id})
    assert customer.default_card == card_id
    assert customer.default_card.last_digits == "4242"
    assert token.reload().used
    with pytest.raises(omise.errors.UsedTokenError, match="token was already used"):
        omise.Customer.create(card=token)
    assert len(omise.Customer.list()) == 1


def test_create_with_a_card_dict(omise_sandbox: Sandbox) -> None:
    """Strings or integers: the vault gets the card, the API the token."""
    for card in (omise_sandbox.card(), {name: str(value) for name, value in omise_sandbox.card().items()}):
        customer = omise.Customer.create(email="john@example.com", card=card)
        method, path, params = sent(omise_sandbox)

        assert (method, path, params["email"]) == ("POST", "/customers", "john@example.com")
        assert params["card"].startswith("tokn_test_")
        assert (customer.default_card.brand, customer.default_card.expiration_month) == ("Visa", 10)


@pytest.mark.parametrize(
    ("fields", "error", "message"),
    [
        ({"expiration_year": 2001}, omise.errors.InvalidCardError, "in the past"),
        ({"number": "4242424242424241"}, omise.errors.InvalidCardError, "number is invalid"),
        ({"name": ""}, omise.errors.InvalidCardError, "name can't be blank"),
    ],
)
def test_a_bad_card_creates_no_customer(
    omise_sandbox: Sandbox, fields: dict[str, Any], error: type[Exception], message: str
) -> None:
    """The API's message reaches the caller."""
    with pytest.raises(error, match=message):
        omise.Customer.create(card={**omise_sandbox.card(), **fields})

    assert len(omise.Customer.list()) == 0


# Retrieve


def test_retrieve(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """By id or by a record."""
    assert omise.Customer.retrieve(customer.id).email == "john@example.com"
    assert sent(omise_sandbox) == ("GET", f"/customers/{customer.id}", {})
    assert omise.Customer.retrieve(customer) == customer


# Update


def test_update(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """Email, description and metadata in one call; metadata is replaced."""
    facts: dict[str, Any] = {"email": "new@example.com", "description": "x", "metadata": {"visits": 2}}
    assert customer.update(**facts) is customer

    assert sent(omise_sandbox) == ("PATCH", f"/customers/{customer.id}", facts)
    assert {name: omise.Customer.retrieve(customer)[name] for name in facts} == facts


@pytest.mark.parametrize("as_dict", [False, True])
def test_add_a_card_and_choose_the_default_in_one_call(
    omise_sandbox: Sandbox, customer: omise.Customer, as_dict: bool
) -> None:
    """A token or a dict is added, and another card of the customer becomes the default."""
    data = omise_sandbox.card("4111111111111111")
    mastercard = customer.cards[1]
    customer.update(
        description="three",
        card=data if as_dict else omise.Token.create(data),
        default_card=mastercard if as_dict else mastercard.id,
    )

    method, path, params = sent(omise_sandbox)
    assert (method, path, {*params}) == ("PATCH", f"/customers/{customer.id}", {"description", "card", "default_card"})
    assert params["default_card"] == mastercard.id
    assert [card.last_digits for card in customer.cards] == ["4242", "4444", "1111"]
    assert (customer.default_card.brand, customer.description) == ("MasterCard", "three")


def test_an_unknown_default_card_changes_nothing(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """The good token of the same call stays unused."""
    token = omise_sandbox.card_token()
    with pytest.raises(omise.errors.NotFoundError, match="card_test_0"):
        customer.update(card=token, default_card="card_test_0")

    assert not omise.Token.retrieve(token).used
    assert len(customer.reload().cards) == 2


def test_assign_and_save(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """Only what changed is sent."""
    customer.email = "new@example.com"
    customer.default_card = customer.cards[1]
    customer.save()

    changed = {"email": "new@example.com", "default_card": customer.cards[1].id}
    assert sent(omise_sandbox) == ("PATCH", f"/customers/{customer.id}", changed)
    assert (customer.email, customer.default_card.brand) == ("new@example.com", "MasterCard")


def test_metadata_edited_in_place_is_saved(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """A key that was set, and one that was deleted."""
    customer.metadata["visits"] += 1
    customer.save()
    assert sent(omise_sandbox)[2] == {"metadata": {"visits": 2, "level": "silver"}}

    del customer.metadata["level"]
    customer.save()

    assert sent(omise_sandbox)[2] == {"metadata": {"visits": 2}}
    assert omise.Customer.retrieve(customer).metadata == {"visits": 2}


# List


def test_list(omise_sandbox: Sandbox) -> None:
    """Pages, totals and order; the loop goes through all of them."""
    made = [omise.Customer.create() for _ in range(5)]
    page = omise.Customer.list(limit=2, order="reverse_chronological")

    assert page.data == made[:2:-1]
    assert (page.total, page.total_pages) == (5, 3)
    assert list(page) == made[::-1]


# Destroy


def test_destroy(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """The customer says so, is not found and not listed any more, and keeps what was known of it."""
    assert customer.destroy() is customer
    assert sent(omise_sandbox) == ("DELETE", f"/customers/{customer.id}", {})

    assert customer.destroyed
    assert (customer.email, customer.default_card.brand, len(customer.cards)) == ("john@example.com", "Visa", 2)
    assert customer not in omise.Customer.list()
    with pytest.raises(omise.errors.NotFoundError):
        omise.Customer.retrieve(customer)
    for refused in (customer.reload, customer.destroy, customer.save, lambda: customer.update(email="x")):
        with pytest.raises(omise.DestroyedError):
            refused()


# Two accounts


def test_two_accounts_at_once(omise_sandbox: Sandbox) -> None:
    """Each client has its own customers, cards and keys, side by side with the module's account."""
    shop, branch = omise_sandbox.client(), omise_sandbox.client()
    ours = shop.Customer.create(email="shop@example.com", card=omise_sandbox.card())
    theirs = branch.Customer.create(email="branch@example.com", card=omise_sandbox.card("5555555555554444"))
    ours.update(description="ours")
    theirs.default_card.update(name="Theirs")
    theirs.cards.create(omise_sandbox.card())

    assert list(shop.Customer.list()) == [ours]
    assert list(branch.Customer.list()) == [theirs]
    assert len(omise.Customer.list()) == 0
    assert shop.Customer.retrieve(ours.id).description == "ours"
    assert [card.name for card in theirs.cards] == ["Theirs", "Somchai Prasert"]
    with pytest.raises(omise.errors.NotFoundError):
        shop.Customer.retrieve(theirs)


def test_using_an_account(omise_sandbox: Sandbox) -> None:
    """In the block the module's classes use that account."""
    shop = omise_sandbox.client()
    with omise.using(shop):
        customer = omise.Customer.create(email="shop@example.com", card=omise_sandbox.card())
        assert list(omise.Customer.list()) == [customer]

    assert len(omise.Customer.list()) == 0
    assert customer.cards.reload()[0].reload() == customer.default_card
    assert shop.Customer.retrieve(customer).email == "shop@example.com"


def test_over_http(sandbox_server: object) -> None:
    """The whole of it through a socket."""
    card = {"number": "4242424242424242", "name": "J", "expiration_month": 10, "expiration_year": 2040}
    customer = omise.Customer.create(email="john@example.com", card={**card, "security_code": "123"})
    customer.metadata["a"] = 1
    customer.save()

    assert omise.Customer.retrieve(customer).metadata == {"a": 1}
    assert [each.default_card.brand for each in omise.Customer.list(limit=1)] == ["Visa"]
    assert customer.destroy().destroyed


@pytest.mark.parametrize("version", ["2014-07-27", "2015-11-17", "2017-11-02"])
def test_older_versions(omise_sandbox: Sandbox, version: str) -> None:
    """Customers, their cards and lists work with the fields of older versions."""
    omise.api_version = version
    customer = omise.Customer.create(email="john@example.com", card=omise_sandbox.card())
    second = customer.cards.create(omise_sandbox.card("5555555555554444"))
    customer.update(default_card=second)

    assert customer.created.tzinfo is not None
    assert customer.default_card is customer.cards[1]
    assert [card.last_digits for card in customer.cards(order="reverse_chronological")] == ["4444", "4242"]
    assert second.update(name="New").name == "New"
    assert second.destroy().destroyed
    assert second.name == "New"
    assert customer.reload().default_card.last_digits == "4242"
    assert list(omise.Customer.list(limit=1)) == [customer]
    assert customer.destroy().destroyed
    assert customer.email == "john@example.com"


# Charging, schedules, search


def test_charge(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """The default card, or one that is named, by record or id; the customer is sent along."""
    facts: dict[str, Any] = {"amount": 1000_00, "currency": "thb", "description": "Order 7"}
    charge = customer.charge(**facts)

    assert sent(omise_sandbox) == ("POST", "/charges", {**facts, "customer": customer.id})
    assert isinstance(charge, omise.Charge)
    assert (charge.paid, charge.card, charge.customer) == (True, customer.default_card, customer)

    mastercard = customer.cards[1]
    assert customer.charge(**facts, card=mastercard).card == mastercard
    assert customer.charge(**facts, card=mastercard.id, capture=False).capturable


def test_a_refused_charge(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """The API's refusal reaches the caller; a customer who was destroyed cannot be charged at all."""
    with pytest.raises(omise.errors.InvalidChargeError, match="amount"):
        customer.charge(amount=10, currency="thb")
    customer.destroy()
    count = len(omise_sandbox.requests)
    with pytest.raises(omise.DestroyedError):
        customer.charge(amount=1000_00, currency="thb")

    assert len(omise_sandbox.requests) == count
    assert len(omise.Charge.list()) == 0


def test_a_charge_stays_with_the_customers_account(omise_sandbox: Sandbox) -> None:
    """Of a client, or of the key of a call; another key for one call is kept by the charge."""
    shop = omise_sandbox.client()
    keiko = shop.Customer.create(card=omise_sandbox.card())
    charge = keiko.charge(amount=1000_00, currency="thb")
    by_key = omise.Customer.retrieve(keiko.id, key=shop.config.secret_api_key).charge(amount=20_00, currency="thb")
    count = len(omise_sandbox.requests)
    charge.reload()
    by_key.reload()

    assert isinstance(charge, shop.Charge)
    assert list(shop.Charge.list()) == [charge, by_key]
    assert all(request.used_key(str(shop.config.secret_api_key)) for request in omise_sandbox.requests[count:])


def test_a_customer_who_is_not_loaded_can_be_charged(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """The id is enough."""
    owner = customer.charge(amount=1000_00, currency="thb").customer
    count = len(omise_sandbox.requests)
    assert owner is not None

    assert owner.charge(amount=20_00, currency="thb").paid
    assert [(request.method, request.path) for request in omise_sandbox.requests[count:]] == [("POST", "/charges")]


def test_search(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """By text and by the day of creation."""
    omise.Customer.create(email="keiko@example.com")
    found = omise.Customer.search().query("john").filter(created=customer.created_at.date()).execute()

    assert sent(omise_sandbox)[2] == {
        "scope": "customer",
        "query": "john",
        "filters": {"created": customer.created_at.date().isoformat()},
    }
    assert list(found) == [customer]


def test_records_in_lists_are_found_at_their_own_address(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """What a list below the customer or a charge holds is retrieved where the API has it, not below the list."""
    builder = omise.Charge.schedule(customer=customer, amount=100_00, currency="thb").days()
    schedule = builder.start_date("2099-01-01").end_date("2099-12-31").start()
    charge = customer.charge(amount=1000_00, currency="thb")
    event = charge.events[0]

    assert customer.schedules.retrieve(schedule.id) == schedule
    assert sent(omise_sandbox)[:2] == ("GET", f"/schedules/{schedule.id}")
    assert charge.events.retrieve(event.id) == event
    assert sent(omise_sandbox)[:2] == ("GET", f"/events/{event.id}")
