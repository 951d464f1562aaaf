from __future__ import annotations

from typing import Any

import pytest

from ..conftest import CARD, PUBLIC_KEY, Caller

#: Name, and the type it has when it is not null; in the order of the API.
FIELDS: dict[str, type] = {
    "object": str,
    "id": str,
    "livemode": bool,
    "location": str,
    "deleted": bool,
    "street1": str,
    "street2": str,
    "city": str,
    "state": str,
    "phone_number": str,
    "postal_code": str,
    "country": str,
    "financing": str,
    "bank": str,
    "brand": str,
    "fingerprint": str,
    "first_digits": str,
    "last_digits": str,
    "name": str,
    "expiration_month": int,
    "expiration_year": int,
    "security_code_check": bool,
    "tokenization_method": str,
    "created_at": str,
}
NULLABLE = {"street1", "street2", "city", "state", "phone_number", "postal_code", "first_digits", "tokenization_method"}


class Wallet:
    """
    A customer with some cards, and short ways to them.
    """

    def __init__(self, api: Caller, cards: int = 1) -> None:
        self.api = api
        self.customer = api.customer(cards=cards)
        self.path = f"/customers/{self.customer['id']}"
        self.cards = self.customer["cards"]["data"]

    def card(self, number: int = 0) -> str:
        """The path of one card."""
        return f"{self.path}/cards/{self.cards[number]['id']}"

    def default(self) -> int | None:
        """Which of the cards is the default one now."""
        default = self.api.ok("GET", self.path)["default_card"]
        return None if default is None else [card["id"] for card in self.cards].index(default)


def test_a_card_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    With their types, and null only where that is allowed.
    """
    customer = api.ok("POST", "/customers", {"card": api.token(street1="1 Road", country="TH")})
    card = api.ok("GET", customer["cards"]["data"][0]["location"])
    nulls = {name for name, value in card.items() if value is None}

    assert list(card) == list(FIELDS)
    assert nulls == NULLABLE - {"street1"}
    assert {name: type(card[name]) for name in FIELDS if name not in nulls} == {
        name: kind for name, kind in FIELDS.items() if name not in nulls
    }


def test_cards_are_listed_oldest_first(api: Caller) -> None:
    """
    As the customer shows them, under an address of their own.
    """
    wallet = Wallet(api, cards=3)
    page = api.ok("GET", f"{wallet.path}/cards")

    assert (page["data"], page["total"], page["location"]) == (wallet.cards, 3, f"{wallet.path}/cards")
    assert api.ok("GET", f"{wallet.path}/cards?limit=1&order=reverse_chronological")["data"] == [wallet.cards[2]]


def test_holder_address_and_expiry_can_be_changed(api: Caller) -> None:
    """
    Numbers may be text, years short; what is kept has four digits.
    """
    wallet = Wallet(api)
    changes = {
        "name": "New Name",
        "city": "Trang",
        "postal_code": 92000,
        "expiration_month": "02",
        "expiration_year": "41",
    }
    card = api.ok("PATCH", wallet.card(), changes)
    kept = changes | {"postal_code": "92000", "expiration_month": 2, "expiration_year": 2041}

    assert card == wallet.cards[0] | kept
    assert api.ok("GET", wallet.card()) == card


def test_one_half_of_the_expiry_date_is_checked_with_the_other(api: Caller) -> None:
    """
    The half that is kept makes a date with the one that is given.
    """
    wallet = Wallet(api)
    now = api.application.clock.now()
    api.ok("PATCH", wallet.card(), {"expiration_year": now.year, "expiration_month": now.month})
    past = {"expiration_year": now.year - 1}

    assert api.refused("PATCH", wallet.card(), past) == (400, "invalid_card", "expiration date cannot be in the past")


def test_a_card_that_is_over_can_still_be_renamed(api: Caller) -> None:
    """
    Only a new date has to lie ahead.
    """
    wallet = Wallet(api)
    api.application.clock.advance(days=366 * 20)

    assert api.ok("PATCH", wallet.card(), {"name": "New Name"})["name"] == "New Name"
    assert api.refused("PATCH", wallet.card(), {"expiration_month": 9})[2] == "expiration date cannot be in the past"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"expiration_month": 13},
            "expiration month is not between 1 and 12 and expiration date is invalid",
        ),
        ({"expiration_month": ""}, "expiration month can't be blank and expiration month is not between 1 and 12"),
        ({"expiration_year": 2020}, "expiration date cannot be in the past"),
        ({"expiration_year": "soon"}, "expiration year is invalid"),
        ({"name": ""}, "name can't be blank"),
        ({"name": None}, "name can't be blank"),
        ({"name": ["A"]}, "name must be a string"),
        ({"city": "x" * 256}, "city is too long (maximum is 255 characters)"),
    ],
)
def test_bad_values_are_refused(api: Caller, changes: dict[str, Any], message: str) -> None:
    """
    As an invalid card, in the words of the vault; nothing is changed.
    """
    wallet = Wallet(api)

    assert api.refused("PATCH", wallet.card(), {"city": "Trang"} | changes) == (400, "invalid_card", message)
    assert api.ok("GET", wallet.card()) == wallet.cards[0]


def test_a_destroyed_card_is_gone(api: Caller) -> None:
    """
    It is shown for the last time, as it was last, and neither found nor listed nor counted afterwards.
    """
    wallet = Wallet(api, cards=2)
    renamed = api.ok("PATCH", wallet.card(), {"name": "Last Name"})
    gone = api.ok("DELETE", wallet.card())
    message = (404, "not_found", f"card {gone['id']} was not found")

    assert gone == renamed | {"deleted": True}
    for method in ("GET", "PATCH", "DELETE"):
        assert api.refused(method, wallet.card()) == message
    assert api.refused("PATCH", wallet.path, {"default_card": gone["id"]}) == message
    cards = api.ok("GET", wallet.path)["cards"]
    assert (cards["data"], cards["total"]) == ([wallet.cards[1]], 1)


def test_the_default_moves_to_the_card_added_last(api: Caller) -> None:
    """
    When it is destroyed, not when another is; with the last card it is gone.
    """
    wallet = Wallet(api, cards=4)
    assert wallet.default() == 0
    api.ok("DELETE", wallet.card(1))
    assert wallet.default() == 0
    api.ok("DELETE", wallet.card(0))
    assert wallet.default() == 3
    api.ok("DELETE", wallet.card(3))
    assert wallet.default() == 2
    api.ok("DELETE", wallet.card(2))

    assert wallet.default() is None
    assert api.ok("GET", wallet.path)["cards"]["data"] == []


def test_added_last_means_attached_last(api: Caller) -> None:
    """
    Whichever token was made first.
    """
    customer = api.customer(cards=1)
    path = f"/customers/{customer['id']}"
    early, late = api.token(name="Early"), api.token(name="Late")
    for token in (late, early):
        api.application.clock.advance(seconds=1)
        api.ok("PATCH", path, {"card": token})
    api.ok("DELETE", f"{path}/cards/{customer['default_card']}")
    after = api.ok("GET", f"{path}?expand=true")

    assert after["default_card"]["name"] == "Early"


def test_a_card_is_only_found_under_its_customer(api: Caller) -> None:
    """
    Not under another one, and not while it is only part of a token.
    """
    wallet, other = Wallet(api), Wallet(api)
    token = api.ok("POST", "/tokens", {"card": CARD}, key=PUBLIC_KEY)

    for card in (other.cards[0]["id"], token["card"]["id"], "nothing"):
        for method in ("GET", "PATCH", "DELETE"):
            path = f"{wallet.path}/cards/{card}"
            assert api.refused(method, path) == (404, "not_found", f"card {card} was not found")


def test_events_follow_what_happens(api: Caller) -> None:
    """
    The card's, then its customer's.
    """
    wallet = Wallet(api)
    api.ok("PATCH", wallet.card(), {"name": "New Name"})
    api.ok("DELETE", wallet.card())

    assert [sent.events for sent in api.application.requests[-2:]] == [
        ("card.update", "customer.update.card"),
        ("card.destroy", "customer.update.card"),
    ]
