"""`omise.resources.tokenization`: card data becomes a token at the vault, and only the token goes to the API."""

import copy
from typing import Any

import pytest

import omise
from omise.sandbox import Sandbox


def calls(sandbox: Sandbox, since: int = 0) -> list[tuple[str, str]]:
    """What was sent: method and path of each request."""
    return [(each.method, each.path) for each in sandbox.requests[since:]]


@pytest.mark.parametrize("as_text", [True, False])
def test_a_card_dict_becomes_a_token(omise_sandbox: Sandbox, as_text: bool) -> None:
    """The data goes to the vault by the public key, the token's id to the API by the secret key."""
    omise.secret_api_key, omise.public_api_key = "skey_test_s", "pkey_test_p"
    card: dict[str, Any] = omise_sandbox.card()
    if as_text:
        card = {name: str(value) for name, value in card.items()}
    customer = omise.Customer.create(email="a@b.co", card=card)

    vault, api = omise_sandbox.requests
    assert (vault.method, vault.path, vault.host) == ("POST", "/tokens", "vault")
    assert (api.method, api.path, api.host) == ("POST", "/customers", "api")
    assert vault.used_key("pkey_test_p")
    assert api.used_key("skey_test_s")
    assert {*api.params} == {"email", "card"}
    assert api.params["card"].startswith("tokn_test_")
    assert customer.default_card.last_digits == "4242"


@pytest.mark.parametrize("nested", [{}, {"address": {"street1": "x"}}])
def test_the_callers_dict_stays_as_it_was(omise_sandbox: Sandbox, nested: dict[str, Any]) -> None:
    """Neither the card nor the dict it is in is changed, by success or by refusal."""
    good = {"email": "a@b.co", "card": omise_sandbox.card(**nested), "metadata": {"a": [1]}}
    bad = {**good, "card": omise_sandbox.card("4242424242424241")}
    before = copy.deepcopy((good, bad))

    omise.Customer.create(good)
    omise.Customer.create(**good)
    with pytest.raises(omise.errors.InvalidCardError):
        omise.Customer.create(bad)

    assert (good, bad) == before


def test_tokens_and_their_ids_go_as_they_are(omise_sandbox: Sandbox) -> None:
    """A token or its id costs no call to the vault."""
    one, two = omise_sandbox.card_token(), omise.Token.retrieve(omise_sandbox.card_token())
    omise.public_api_key = None
    count = len(omise_sandbox.requests)

    omise.Customer.create(card=one)
    omise.Customer.create(card=two)

    assert [each.params["card"] for each in omise_sandbox.requests[count:]] == [one, two.id]


@pytest.mark.parametrize("verb", ["create", "update", "save", "cards.create"])
def test_without_a_public_key_nothing_is_sent(omise_sandbox: Sandbox, verb: str) -> None:
    """The error names the setting, and neither customer nor token is made."""
    customer = omise.Customer.create()
    omise.public_api_key = None
    count = len(omise_sandbox.requests)
    card = omise_sandbox.card()
    send: dict[str, Any] = {
        "create": lambda: omise.Customer.create(email="a@b.co", card=card),
        "update": lambda: customer.update(email="a@b.co", card=card),
        "save": omise.Customer(card=card).save,
        "cards.create": lambda: customer.cards.create(card),
    }

    with pytest.raises(omise.ConfigurationError, match=r"omise\.public_api_key"):
        send[verb]()
    assert calls(omise_sandbox, count) == []


@pytest.mark.parametrize(("secret", "public"), [(None, "pkey_test_p"), ("pkey_test_p", "pkey_test_p")])
def test_no_token_is_made_without_a_good_secret_key(omise_sandbox: Sandbox, secret: str | None, public: str) -> None:
    """A token is of no use without the secret key, so that one is looked at first."""
    omise.secret_api_key, omise.public_api_key = secret, public

    with pytest.raises(omise.ConfigurationError, match="secret"):
        omise.Customer.create(card=omise_sandbox.card())
    assert omise_sandbox.requests == []


def test_a_secret_key_where_the_public_one_belongs(omise_sandbox: Sandbox) -> None:
    """It is refused before the card's data is sent anywhere."""
    omise.public_api_key = "skey_test_s"

    with pytest.raises(omise.ConfigurationError, match="public"):
        omise.Customer.create(card=omise_sandbox.card())
    assert omise_sandbox.requests == []


@pytest.mark.parametrize(
    ("params", "error"),
    [
        ({"metadata": {"tags": {1}}}, r"metadata\.tags"),
        ({"default_card": omise.Customer.from_data({"object": "customer", "id": "cust_1"})}, "default_card must be"),
        ({"card": {"number": {1}}}, r"card\.number"),
        ({"card": omise.Customer.from_data({"object": "customer", "id": "cust_1"})}, "card must be a dict"),
    ],
)
def test_a_bad_parameter_is_found_before_a_token_is_made(
    omise_sandbox: Sandbox, params: dict[str, Any], error: str
) -> None:
    """Everything that can be looked at here is, before the first request."""
    with pytest.raises(TypeError, match=error):
        omise.Customer.create(**{"card": omise_sandbox.card(), **params})

    assert omise_sandbox.requests == []


def test_no_token_is_made_for_a_destroyed_customer(omise_sandbox: Sandbox) -> None:
    """It refuses before the vault is asked."""
    customer = omise.Customer.create().destroy()
    count = len(omise_sandbox.requests)

    for call in (
        lambda: customer.update(card=omise_sandbox.card()),
        lambda: customer.cards.create(omise_sandbox.card()),
    ):
        with pytest.raises(omise.DestroyedError):
            call()
    assert calls(omise_sandbox, count) == []


def test_a_refused_card_changes_nothing(omise_sandbox: Sandbox) -> None:
    """The API's message reaches the caller, nothing is created, and what was assigned stays."""
    customer = omise.Customer.create(email="a@b.co")
    customer.email = "new@b.co"
    with pytest.raises(omise.errors.InvalidCardError, match="number is invalid") as refused:
        customer.update(card=omise_sandbox.card("4242424242424241"))

    assert "42424242" not in str(refused.value)
    assert calls(omise_sandbox)[-1] == ("POST", "/tokens")
    assert customer.changes == {"email": "new@b.co"}
    assert len(omise.Customer.list()) == 1


def test_an_account_makes_tokens_with_its_own_public_key(omise_sandbox: Sandbox) -> None:
    """A client uses its key pair, a per-call key the pair of its client, whatever the default account has."""
    client = omise_sandbox.client(secret_api_key="skey_test_c", public_api_key="pkey_test_c")
    customer = client.Customer.create(card=omise_sandbox.card(), key="skey_test_call")

    vault, api = omise_sandbox.requests
    assert vault.used_key("pkey_test_c")
    assert api.used_key("skey_test_call")
    assert customer.default_card.last_digits == "4242"


def test_an_assigned_card_dict_is_sent_by_save(omise_sandbox: Sandbox) -> None:
    """`customer["card"] = {…}` goes the same way, and is neither shown nor left behind."""
    customer = omise.Customer.create()
    customer["card"] = omise_sandbox.card()
    assert "42424242" not in repr(customer) + str(customer)

    customer.save()

    assert [card.last_digits for card in customer.cards] == ["4242"]
    assert customer.changes == {}
    assert "card" not in customer
