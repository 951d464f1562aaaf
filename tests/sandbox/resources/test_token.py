from __future__ import annotations

from typing import Any

import pytest

from ..conftest import CARD, PUBLIC_KEY, Caller

FIELDS = ["object", "id", "livemode", "location", "used", "charge_status", "card", "created_at"]

MONTH_RANGE = "expiration month is not between 1 and 12"


def create(api: Caller, **card: Any) -> Any:
    return api.ok("POST", "/tokens", {"card": CARD | card}, key=PUBLIC_KEY)


def test_a_token_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    Its location is absolute, the card in it has none.
    """
    token = create(api)

    assert list(token) == FIELDS
    assert token["id"].startswith("tokn_test_")
    assert token["location"] == f"https://vault.omise.co/tokens/{token['id']}"
    assert (token["object"], token["livemode"], token["used"], token["charge_status"]) == (
        "token",
        False,
        False,
        "unknown",
    )
    assert token["card"]["id"].startswith("card_test_")
    assert token["card"]["location"] is None
    assert token["created_at"] == token["card"]["created_at"]


def test_a_token_can_be_retrieved_with_any_public_key(api: Caller) -> None:
    """
    A browser's key need not belong to the account that will use the token.
    """
    token = create(api)

    assert api.ok("GET", f"/tokens/{token['id']}", key=PUBLIC_KEY) == token
    assert api.ok("GET", f"/tokens/{token['id']}", key="pkey_test_other") == token
    assert api.refused("GET", "/tokens/tokn_test_1", key=PUBLIC_KEY) == (
        404,
        "not_found",
        "token tokn_test_1 was not found",
    )


def test_the_card_is_shown_without_its_secrets(api: Caller) -> None:
    """
    Last digits and brand, holder, expiry and address; neither number nor security code nor e-mail.
    """
    address = {
        "street1": "1 Road",
        "street2": "2nd floor",
        "city": "Trang",
        "state": "Trang",
        "phone_number": "0812345678",
        "postal_code": "92000",
    }
    card = create(api, **address, country="TH", email="a@example.com")["card"]

    assert {name: card[name] for name in address} == address
    assert (card["name"], card["country"], card["brand"], card["last_digits"]) == (
        "Arunee Example",
        "th",
        "Visa",
        "4242",
    )
    assert (card["expiration_month"], card["expiration_year"]) == (8, 2040)
    assert card["security_code_check"] is True
    assert not {"number", "security_code", "email", "effect", "attached"} & card.keys()
    assert str(CARD["number"]) not in str(card)


@pytest.mark.parametrize(
    "fields",
    [
        {"expiration_month": "8", "expiration_year": "2040"},
        {"expiration_month": "08", "expiration_year": "40"},
        {"expiration_month": 8, "expiration_year": 40},
        {"number": 4242424242424242, "security_code": 123},
        {"security_code": None},
        {"security_code": ""},
        {"security_code": "1234"},
    ],
)
def test_numbers_may_be_text_or_numbers(api: Caller, fields: dict[str, Any]) -> None:
    """
    Years short or long; a security code is not required.
    """
    card = create(api, **fields)["card"]

    assert (card["expiration_month"], card["expiration_year"], card["last_digits"]) == (8, 2040, "4242")


def test_a_form_makes_the_same_token(api: Caller) -> None:
    """
    With brackets, as browsers send it.
    """
    form = {f"card[{name}]": str(value) for name, value in CARD.items()}
    token = api.ok("POST", "/tokens", data=form, key=PUBLIC_KEY)

    assert token["card"] | {"id": "", "created_at": ""} == create(api)["card"] | {"id": "", "created_at": ""}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"number": "4242424242424241"}, "number is invalid"),
        ({"number": "42424242424242424242"}, "number is invalid"),
        ({"number": "9999999999999995"}, "number is invalid and brand not supported (unknown)"),
        ({"number": ""}, "number can't be blank and brand not supported (unknown)"),
        ({"number": None}, "number can't be blank and brand not supported (unknown)"),
        ({"name": ""}, "name can't be blank"),
        ({"name": None}, "name can't be blank"),
        ({"expiration_year": 2020}, "expiration date cannot be in the past"),
        ({"expiration_year": "20"}, "expiration date cannot be in the past"),
        ({"expiration_year": "x"}, "expiration year is invalid"),
        ({"expiration_year": 12345}, "expiration year is invalid"),
        ({"expiration_year": ""}, "expiration year can't be blank and expiration year is invalid"),
        ({"expiration_month": 13}, f"{MONTH_RANGE} and expiration date is invalid"),
        ({"expiration_month": 0}, f"{MONTH_RANGE} and expiration date is invalid"),
        ({"expiration_month": None}, f"expiration month can't be blank and {MONTH_RANGE}"),
        ({"security_code": "12"}, "security code is invalid"),
        ({"security_code": "abc"}, "security code is invalid"),
        ({"name": ["A"]}, "name must be a string"),
        ({"number": {"a": 1}}, "number must be a string"),
        ({"city": "x" * 256}, "city is too long (maximum is 255 characters)"),
        (
            {"expiration_month": 13, "name": "", "expiration_year": "x", "number": "1"},
            f"{MONTH_RANGE}, name can't be blank, expiration year is invalid, expiration date is invalid, "
            "number is invalid, and brand not supported (unknown)",
        ),
    ],
)
def test_bad_cards_are_refused_in_the_words_of_the_api(api: Caller, fields: dict[str, Any], message: str) -> None:
    """
    In JSON, and as far as a form can say it, in a form.
    """
    refusal = (400, "invalid_card", message)
    card = CARD | fields
    form = {f"card[{name}]": str(value) for name, value in card.items() if value is not None}

    assert api.refused("POST", "/tokens", {"card": card}, key=PUBLIC_KEY) == refusal
    if not any(isinstance(value, list | dict) for value in card.values()):
        assert api.refused("POST", "/tokens", data=form, key=PUBLIC_KEY) == refusal


@pytest.mark.parametrize("params", [{}, {"card": None}, {"card": {}}, {"card": "4242"}, {"tokenization": "x"}])
def test_a_token_needs_a_card(api: Caller, params: dict[str, Any]) -> None:
    """
    As an object under that name; fields of a card beside it are none.
    """
    refusal = (400, "missing_card", "request contains no card parameters")

    assert api.refused("POST", "/tokens", params, key=PUBLIC_KEY) == refusal


@pytest.mark.parametrize(
    ("number", "brand"),
    [
        ("4111111111111111", "Visa"),
        ("5555555555554444", "MasterCard"),
        ("3530111333300000", "JCB"),
        ("378282246310005", "American Express"),
        ("36021042000004", "Diners Club"),
        ("6447032400000000001", "Discover"),
        ("6250947000000006", "UnionPay"),
        ("6759649826438453", "Maestro"),
    ],
)
def test_the_brand_is_told_by_the_number(api: Caller, number: str, brand: str) -> None:
    """
    Spelt as in the API.
    """
    card = create(api, number=number)["card"]

    assert (card["brand"], card["last_digits"]) == (brand, number[-4:])


@pytest.mark.parametrize(
    ("number", "checked"),
    [("4111111111160001", False), ("5555551111130001", False), ("4111111111140011", True), ("4111111111190016", True)],
)
def test_cards_that_will_fail_make_tokens(api: Caller, number: str, checked: bool) -> None:
    """
    The effect comes with the charge; only a wrong security code shows before.
    """
    assert create(api, number=number)["card"]["security_code_check"] is checked


def test_a_card_is_good_until_the_end_of_its_month(api: Caller) -> None:
    """
    By the sandbox's clock.
    """
    now = api.application.clock.now()
    this_month = {"expiration_month": now.month, "expiration_year": now.year}
    create(api, **this_month)
    api.application.clock.advance(days=31)
    refused = api.refused("POST", "/tokens", {"card": CARD | this_month}, key=PUBLIC_KEY)

    assert refused == (400, "invalid_card", "expiration date cannot be in the past")


@pytest.mark.parametrize("method", ["googlepay", "applepay"])
def test_a_wallet_makes_a_token(api: Caller, method: str) -> None:
    """
    Its card says which wallet it came from, and has the billing address.
    """
    wallet = {
        "method": method,
        "data": "encrypted",
        "billing_name": "A",
        "billing_city": "Trang",
        "billing_country": "TH",
    }
    token = api.ok("POST", "/tokens", {"tokenization": wallet}, key=PUBLIC_KEY)
    card = token["card"]

    assert (card["tokenization_method"], card["name"], card["city"], card["country"]) == (method, "A", "Trang", "th")
    assert api.ok("POST", "/customers", {"card": token["id"]})["default_card"] == card["id"]


@pytest.mark.parametrize(
    ("wallet", "message"),
    [
        ({"data": "x"}, "method is not included in the list"),
        ({"method": "cash", "data": "x"}, "method is not included in the list"),
        ({"method": "applepay"}, "data can't be blank"),
        ({"method": "applepay", "data": ""}, "data can't be blank"),
    ],
)
def test_a_bad_wallet_is_refused(api: Caller, wallet: dict[str, Any], message: str) -> None:
    """
    It needs a known method, and its data.
    """
    assert api.refused("POST", "/tokens", {"tokenization": wallet}, key=PUBLIC_KEY) == (400, "bad_request", message)


def test_tokens_cause_no_events(api: Caller) -> None:
    """
    Neither being made nor being spent.
    """
    api.ok("POST", "/customers", {"card": api.token()})

    assert [sent.events for sent in api.application.requests] == [(), ("customer.create",)]


def test_cards_of_test_mode_are_american_credit_cards(api: Caller) -> None:
    """
    Of one bank; another country can be given.
    """
    card = api.ok("GET", f"/tokens/{api.token()}", key=PUBLIC_KEY)["card"]

    assert (card["country"], card["financing"], card["bank"]) == ("us", "credit", "JPMORGAN CHASE BANK N.A.")
    assert api.ok("GET", f"/tokens/{api.token(country='TH')}", key=PUBLIC_KEY)["card"]["country"] == "th"
    assert "email" not in card
