"""The customer guide on recordings: what suites that use VCR rely on. `make record` makes the recordings anew."""

from datetime import date

import pytest

import omise

pytestmark = pytest.mark.usefixtures("cassette")

CARD = {
    "name": "Somchai Prasert",
    "number": "4242424242424242",
    "expiration_month": 10,
    "expiration_year": 2035,
    "security_code": "987",
}
MASTERCARD = {**CARD, "number": "5555555555554444"}


def test_create() -> None:
    """Customers are created with nothing, with facts, with a token, and with card data."""
    plain = omise.Customer.create()
    john = omise.Customer.create(email="john@example.com", description="John", metadata={"visits": 1})
    token = omise.Token.create(CARD)
    with_token = omise.Customer.create(card=token)
    with_card = omise.Customer.create(card={**CARD, "expiration_month": "10"})

    assert (plain.email, plain.default_card, len(plain.cards)) == (None, None, 0)
    assert (john.email, john.description, john.metadata) == ("john@example.com", "John", {"visits": 1})
    assert with_token.default_card == token["card"]["id"]
    assert token.reload().used
    assert [card.last_digits for card in with_card.cards] == ["4242"]


def test_retrieve() -> None:
    """A customer is retrieved by id and by record, and an unknown one is not found."""
    john = omise.Customer.create(email="john@example.com")
    by_id, by_record = omise.Customer.retrieve(john.id), omise.Customer.retrieve(john)

    with pytest.raises(omise.errors.NotFoundError) as refused:
        omise.Customer.retrieve("cust_test_000000000000000000")

    assert by_id == by_record == john
    assert by_id.created_at == john.created_at
    assert (refused.value.code, refused.value.status) == ("not_found", 404)


def test_update() -> None:
    """Facts, metadata, cards and the default card are updated, by arguments, by assignment and in place."""
    john = omise.Customer.create(email="john@example.com", card=CARD, metadata={"visits": 1, "level": "silver"})
    visa = john.default_card
    john.update(description="Two cards", card=omise.Token.create(MASTERCARD), default_card=visa)
    john.update(description="Three cards", card=CARD, default_card=john.cards[1])
    john.email = "john.d@example.com"
    john.metadata["visits"] = 2
    del john.metadata["level"]
    john.save()

    again = omise.Customer.retrieve(john.id)
    assert (again.email, again.description, again.metadata) == ("john.d@example.com", "Three cards", {"visits": 2})
    assert [card.brand for card in again.cards] == ["Visa", "MasterCard", "Visa"]
    assert again.default_card == john.cards[1]


def test_cards() -> None:
    """A customer's cards are added, found, changed and destroyed, and the default moves on."""
    john = omise.Customer.create(card=CARD)
    added = john.cards.create(MASTERCARD)
    found = john.cards.retrieve(added.id)
    added.update(name="J. Prasert", expiration_month=12, expiration_year=2036, city="Bangkok", postal_code="10110")
    first = john.default_card
    assert first is not None
    first.destroy()

    assert found == omise.Card.retrieve(john, added)
    assert (added.name, added.expiration_year, added.city) == ("J. Prasert", 2036, "Bangkok")
    assert first.destroyed
    assert john.reload().default_card == added
    assert [card.id for card in john.cards] == [added.id]


def test_list() -> None:
    """Customers are listed by pages, by date, in both orders, and all of them one after the other."""
    made = [omise.Customer.create(description=f"Number {number}") for number in range(5)]
    since = made[0]["created_at"]

    page = omise.Customer.list(limit=2, from_=since)
    latest = omise.Customer.list(limit=2, from_=since, order="reverse_chronological")
    following = page.next_page()

    assert (page.total, page.page, page.total_pages, len(page.data)) == (5, 1, 3, 2)
    assert following is not None
    assert following.data == made[2:4]
    assert list(page) == made
    assert latest[0] == made[-1]
    assert len(omise.Customer.list(from_="2010-01-01", to=date(2010, 12, 31))) == 0


def test_destroy() -> None:
    """A destroyed customer is destroyed, keeps what was known of it, and is found no more."""
    john = omise.Customer.create(email="john@example.com").destroy()

    with pytest.raises(omise.DestroyedError):
        john.update(email="again@example.com")
    with pytest.raises(omise.errors.NotFoundError):
        omise.Customer.retrieve(john.id)

    assert john.destroyed
    assert john.email == "john@example.com"


def test_refusals() -> None:
    """What the API refuses is raised with its message, and changes nothing."""
    john = omise.Customer.create(email="john@example.com")
    token = omise.Token.create(CARD)
    john.update(card=token)

    with pytest.raises(omise.errors.InvalidCardError) as expired:
        john.update(card={**CARD, "expiration_year": 2020})
    with pytest.raises(omise.errors.UsedTokenError) as used:
        john.update(card=token)

    assert str(expired.value) == "expiration date cannot be in the past (invalid_card)"
    assert str(used.value) == "token was already used (used_token)"
    assert len(john.reload().cards) == 1


def test_two_accounts() -> None:
    """A client is an account of its own, and what it returns stays with it."""
    config = omise.client.default_client.config
    settings = {name: getattr(config, name) for name in ("secret_api_key", "public_api_key", "api_url", "vault_url")}
    with omise.Client(**settings) as shop:
        keiko = shop.Customer.create(email="keiko@example.com", card=CARD)
        keiko.update(description="Known to the shop")
        with omise.using(shop):
            again = omise.Customer.retrieve(keiko.id)

    assert again.description == "Known to the shop"
    assert isinstance(keiko, omise.Customer)
