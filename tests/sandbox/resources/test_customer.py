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
    "metadata": dict,
    "cards": dict,
    "default_card": str,
    "linked_accounts": dict,
    "description": str,
    "email": str,
    "created_at": str,
}
NULLABLE = {"default_card", "description", "email"}


def test_a_customer_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    With their types, and null where that is allowed.
    """
    full = api.customer(cards=1, email="a@example.com", description="d", metadata={"a": 1})
    empty = api.customer()

    assert list(full) == list(empty) == list(FIELDS)
    assert {name: type(value) for name, value in full.items()} == FIELDS
    assert {name for name, value in empty.items() if value is None} == NULLABLE


def test_nothing_is_required(api: Caller) -> None:
    """
    A customer without anything has empty lists and no default card.
    """
    customer = api.ok("POST", "/customers")
    location = f"/customers/{customer['id']}"

    assert (customer["object"], customer["livemode"], customer["deleted"]) == ("customer", False, False)
    assert customer["location"] == location
    assert (customer["metadata"], customer["cards"]["data"], customer["cards"]["total"]) == ({}, [], 0)
    assert customer["cards"]["location"] == f"{location}/cards"
    assert customer["linked_accounts"]["location"] == f"{location}/linked_accounts"
    assert api.ok("GET", location) | {"cards": 0, "linked_accounts": 0} == customer | {"cards": 0, "linked_accounts": 0}


def test_attributes_are_kept(api: Caller) -> None:
    """
    Metadata with its types from JSON, as text from a form.
    """
    metadata = {"tier": "gold", "visits": 12, "rate": 0.5, "vip": True, "tags": ["a", {"b": None}]}
    customer = api.customer(email="a@example.com", description="d", metadata=metadata)
    form = api.ok("POST", "/customers", data={"email": "b@example.com", "metadata[visits]": "12"})

    assert (customer["email"], customer["description"], customer["metadata"]) == ("a@example.com", "d", metadata)
    assert (form["email"], form["metadata"]) == ("b@example.com", {"visits": "12"})


def test_a_token_becomes_the_first_card_and_the_default(api: Caller) -> None:
    """
    The card keeps its id and its time; it gets a location; the token is spent and no longer shows it.
    """
    token = api.ok("POST", "/tokens", {"card": CARD}, key=PUBLIC_KEY)
    customer = api.ok("POST", "/customers", {"card": token["id"]})
    (card,) = customer["cards"]["data"]
    spent = api.ok("GET", f"/tokens/{token['id']}", key=PUBLIC_KEY)

    assert customer["default_card"] == card["id"]
    assert card == token["card"] | {"location": f"/customers/{customer['id']}/cards/{card['id']}"}
    assert spent == token | {"used": True, "card": None}


def test_an_update_changes_what_is_given(api: Caller) -> None:
    """
    Everything else stays; metadata is replaced as a whole; an empty string and null are kept as such.
    """
    customer = api.customer(email="a@example.com", description="d", metadata={"a": 1, "b": 2})
    path = f"/customers/{customer['id']}"

    def update(**changes: Any) -> tuple[Any, Any, Any]:
        answer = api.ok("PATCH", path, changes)
        assert answer["created_at"] == customer["created_at"]
        return answer["email"], answer["description"], answer["metadata"]

    assert update() == ("a@example.com", "d", {"a": 1, "b": 2})
    assert update(description="e") == ("a@example.com", "e", {"a": 1, "b": 2})
    assert update(metadata={"c": 3}) == ("a@example.com", "e", {"c": 3})
    assert update(email="", description=None) == ("", None, {"c": 3})
    assert update(metadata=None) == ("", None, {})
    assert update(default_card=None) == ("", None, {})


def test_the_first_card_becomes_the_default_and_later_ones_do_not(api: Caller) -> None:
    """
    They are appended.
    """
    customer = api.customer()
    path = f"/customers/{customer['id']}"
    first = api.ok("PATCH", path, {"card": api.token()})
    second = api.ok("PATCH", path, {"card": api.token()})

    assert first["default_card"] == second["default_card"] == second["cards"]["data"][0]["id"]
    assert second["cards"]["total"] == 2
    assert second["cards"]["data"][0] == first["cards"]["data"][0]


def test_a_card_can_be_attached_and_another_made_the_default_at_once(api: Caller) -> None:
    """
    The one that is attached in the same call can be chosen, too.
    """
    customer = api.customer(cards=2)
    path = f"/customers/{customer['id']}"
    old = customer["cards"]["data"][1]["id"]
    changed = api.ok("PATCH", path, {"description": "d", "card": api.token(), "default_card": old})
    assert (changed["description"], changed["default_card"], changed["cards"]["total"]) == ("d", old, 3)

    token = api.ok("POST", "/tokens", {"card": CARD}, key=PUBLIC_KEY)
    new = token["card"]["id"]

    assert api.ok("PATCH", path, {"card": token["id"], "default_card": new})["default_card"] == new


def test_the_same_card_twice_is_two_cards(api: Caller) -> None:
    """
    With different ids and the same fingerprint, even from different public keys; another number has another one.
    """
    customer = api.customer()
    path = f"/customers/{customer['id']}"
    for token in (api.token(), api.token(key="pkey_test_other"), api.token(number="4111111111111111")):
        customer = api.ok("PATCH", path, {"card": token})
    one, two, other = customer["cards"]["data"]

    assert one["id"] != two["id"]
    assert one["fingerprint"] == two["fingerprint"] != other["fingerprint"]


def test_destroying_shows_the_customer_for_the_last_time(api: Caller) -> None:
    """
    Deleted, but otherwise as before, cards and default card included; afterwards it is not found anywhere.
    """
    customer = api.customer(cards=1, email="a@example.com")
    path = f"/customers/{customer['id']}"
    gone = api.ok("DELETE", path)
    card = customer["cards"]["data"][0]

    assert gone["cards"]["data"] == [card]
    assert gone | {"cards": 0, "linked_accounts": 0} == customer | {"deleted": True, "cards": 0, "linked_accounts": 0}
    message = (404, "not_found", f"customer {customer['id']} was not found")
    for method, sub in [("GET", ""), ("PATCH", ""), ("DELETE", ""), ("GET", "/cards"), ("GET", f"/cards/{card['id']}")]:
        assert api.refused(method, path + sub) == message


def test_an_unknown_customer_is_not_found_anywhere(api: Caller) -> None:
    """
    The id is echoed, on sub-paths too.
    """
    message = (404, "not_found", "customer cust_test_1 was not found")
    path = "/customers/cust_test_1"

    for method, sub in [
        ("GET", ""),
        ("PATCH", ""),
        ("DELETE", ""),
        ("GET", "/cards"),
        ("GET", "/cards/c"),
        ("PATCH", "/cards/c"),
        ("DELETE", "/cards/c"),
        ("GET", "/schedules"),
        ("GET", "/linked_accounts"),
    ]:
        assert api.refused(method, path + sub) == message


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"card": "tokn_test_1"}, (404, "not_found", "token tokn_test_1 was not found")),
        ({"card": ""}, (404, "not_found", "token  was not found")),
        ({"card": CARD}, (400, "invalid_card_token", "invalid card token")),
        ({"card": [1]}, (400, "invalid_card_token", "invalid card token")),
        ({"linked_account": "lnac_test_1"}, (404, "not_found", "linked_account lnac_test_1 was not found")),
        ({"email": "nobody"}, (400, "bad_request", "email is invalid")),
        ({"email": 5}, (400, "bad_request", "email is invalid")),
        ({"email": "a" * 250 + "@b.com"}, (400, "bad_request", "email is too long (maximum is 255 characters)")),
        ({"description": "d" * 256}, (400, "bad_request", "description is too long (maximum is 255 characters)")),
        ({"description": ["d"]}, (400, "bad_request", "description must be a string")),
        ({"metadata": "m"}, (400, "bad_request", "metadata must be an object")),
        ({"metadata": [1]}, (400, "bad_request", "metadata must be an object")),
        (
            {"metadata": {"a": "x" * 15_000}},
            (400, "bad_request", "metadata is too long (maximum is 15000 characters)"),
        ),
        (
            {"email": "x", "description": {}, "metadata": "m"},
            (400, "bad_request", "email is invalid, description must be a string, and metadata must be an object"),
        ),
    ],
)
def test_bad_parameters_are_refused(api: Caller, params: dict[str, Any], refusal: tuple[int, str, str]) -> None:
    """
    At creation, where no customer is left behind, and at an update, which changes nothing.
    """
    assert api.refused("POST", "/customers", params) == refusal
    assert api.ok("GET", "/customers")["total"] == 0
    customer = api.customer(email="a@example.com", metadata={"a": 1})
    path = f"/customers/{customer['id']}"

    assert api.refused("PATCH", path, {"description": "new"} | params) == refusal
    after = api.ok("GET", path)
    assert (after["email"], after["description"], after["metadata"]) == ("a@example.com", None, {"a": 1})


def test_strings_of_255_characters_are_good(api: Caller) -> None:
    """
    Characters, not bytes.
    """
    email, description = "a" * 243 + "@example.com", "ส" * 255
    customer = api.customer(email=email, description=description)

    assert (customer["email"], customer["description"]) == (email, description)


def test_a_used_token_is_refused(api: Caller) -> None:
    """
    At creation and at an update, also by the same customer.
    """
    token = api.token()
    customer = api.ok("POST", "/customers", {"card": token})
    refusal = (400, "used_token", "token was already used")

    assert api.refused("POST", "/customers", {"card": token}) == refusal
    assert api.refused("PATCH", f"/customers/{customer['id']}", {"card": token}) == refusal
    assert api.ok("GET", f"/customers/{customer['id']}")["cards"]["total"] == 1


def test_a_card_id_is_no_token(api: Caller) -> None:
    """
    It is looked for among the tokens.
    """
    card = api.customer(cards=1)["default_card"]

    assert api.refused("POST", "/customers", {"card": card}) == (404, "not_found", f"token {card} was not found")


def test_the_default_card_is_one_of_the_customers(api: Caller) -> None:
    """
    Not another customer's, not one that is only in a token, not a token, not a card's data.
    """
    customer, other = api.customer(cards=1), api.customer(cards=1)
    path = f"/customers/{customer['id']}"
    token = api.ok("POST", "/tokens", {"card": CARD}, key=PUBLIC_KEY)

    for card in (other["default_card"], token["card"]["id"], token["id"], "nothing", ""):
        assert api.refused("PATCH", path, {"default_card": card}) == (404, "not_found", f"card {card} was not found")
    assert api.refused("PATCH", path, {"default_card": CARD}) == (400, "bad_request", "card must be a string")
    assert api.ok("GET", path)["default_card"] == customer["default_card"]


def test_default_card_is_no_parameter_of_creation(api: Caller) -> None:
    """
    It is refused.
    """
    problem = "default_card is not a known parameter"

    assert api.refused("POST", "/customers", {"default_card": "card_test_1"}) == (400, "bad_request", problem)


@pytest.mark.parametrize("name", ["schedules", "linked_accounts"])
def test_lists_of_what_there_is_none_of_are_empty(api: Caller, name: str) -> None:
    """
    Lists all the same, with their own address.
    """
    path = f"/customers/{api.customer()['id']}/{name}"
    page = api.ok("GET", path)

    assert (page["object"], page["data"], page["total"], page["location"]) == ("list", [], 0, path)


def test_events_follow_what_happens(api: Caller) -> None:
    """
    One per action on a customer, none for a refusal or a reading.
    """
    customer = api.customer()
    path = f"/customers/{customer['id']}"
    api.ok("PATCH", path, {"card": api.token()})
    api.send("PATCH", path, {"email": "x"})
    api.ok("GET", path)
    api.ok("DELETE", path)

    assert [key for sent in api.application.requests for key in sent.events] == [
        "customer.create",
        "customer.update",
        "customer.destroy",
    ]


def test_cards_go_with_their_customer(api: Caller) -> None:
    """
    They are shown as they were for the last time; from then on charges show them deleted.
    """
    customer = api.customer(cards=2)
    charge = api.charge(customer=customer["id"])
    gone = api.ok("DELETE", f"/customers/{customer['id']}")

    assert [card["deleted"] for card in gone["cards"]["data"]] == [False, False]
    assert (gone["deleted"], gone["default_card"]) == (True, customer["default_card"])
    assert api.ok("GET", f"/charges/{charge['id']}")["card"]["deleted"] is True
    assert api.events() == [
        *["customer.create", "customer.update", "customer.update"],
        "charge.create",
        "customer.destroy",
    ]
    assert api.ok("GET", "/events?order=reverse_chronological")["data"][0]["data"]["cards"]["total"] == 2
