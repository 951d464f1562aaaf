"""The life of a customer, from end to end: what `make demo` runs."""

from __future__ import annotations

import transcript

import omise
from omise.resources.card import CardData


def guide() -> None:
    """The life of a customer, step by step: what is typed, and what comes back."""
    # 1. Create: with nothing, with some facts, with a card.

    omise.Customer.create()
    card: CardData = {
        "name": "Somchai Prasert",
        "number": "4242424242424242",
        "expiration_month": 10,
        "expiration_year": 2035,
        "security_code": "123",
    }
    john = omise.Customer.create(email="john@example.com", description="John", metadata={"visits": 1}, card=card)
    john
    john.default_card

    # A token does as well as a dict; in a browser it is all that your server gets to see.

    token = omise.Token.create(card={**card, "number": "5555555555554444"})
    mali = omise.Customer.create(email="mali@example.com", card=token)
    mali.cards

    # 2. Retrieve: attributes are those of the JSON, times are datetimes.

    john = omise.Customer.retrieve(john.id)
    john.created_at
    print(john)

    # 3. Update: what you give, or what you assigned and edited in place. Only changes are sent.

    john.update(description="John, regular")
    john.metadata["visits"] = 2
    john.metadata["newsletter"] = True
    john.email = "john.d@example.com"
    john.changes
    john.save()
    del john.metadata["newsletter"]
    john.save().metadata

    # Another card, and the default chosen in the same call.

    token = omise.Token.create(card={**card, "number": "3530111333300000"})
    john.update(description="Two cards", card=token, default_card=john.default_card)
    [each.brand for each in john.cards]

    # 4. The customer's cards: add, change, destroy. The default moves to the card added last.

    amex = john.cards.create({**card, "number": "378282246310005", "security_code": "1234"})
    amex.update(name="J. Prasert", expiration_year=2036, postal_code="50200")
    john.cards[0].destroy()
    john.reload().default_card == amex

    # A card that is refused says why, and nothing is changed.

    try:
        john.update(card={**card, "expiration_year": 2020})
    except omise.errors.InvalidCardError as error:
        print(repr(error))

    # 5. List: a sequence of all of them, of which one page is at hand.

    recent = omise.Customer.list(from_=john.created_at, limit=5, order="reverse_chronological")
    recent
    recent.total_pages
    [customer.email for customer in recent][:3]

    # 6. Destroy: what was last known stays readable, anything else is refused before it is sent.

    john.destroy()
    john.destroyed
    try:
        john.update(email="again@example.com")
    except omise.DestroyedError as error:
        print(repr(error))
    try:
        omise.Customer.retrieve(john.id)
    except omise.errors.NotFoundError as error:
        print(repr(error), error.status, error.request_id)

    # 7. Two accounts at once: what a client returns stays with its account.

    shop = omise.Client(secret_api_key=omise.secret_api_key, public_api_key=omise.public_api_key)
    keiko = shop.Customer.create(email="keiko@example.com")
    keiko.update(description="Known to the shop")
    shop
    with omise.using(shop):
        omise.Customer.retrieve(keiko.id).destroy()


if __name__ == "__main__":
    transcript.main(guide)
