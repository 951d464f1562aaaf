"""Tokens: made at the vault with the public key, retrieved and reloaded there."""

import copy
from typing import Any

import pytest

import omise
from omise.sandbox import Sandbox


def made(sandbox: Sandbox) -> tuple[str, str, str, set[str], set[str]]:
    """The last request: method, host, path, and the names of its parameters and of the card's fields."""
    last = sandbox.requests[-1]
    return last.method, last.host, last.path, {*last.params}, {*last.params.get("card", {})}


@pytest.mark.parametrize(
    "create",
    [
        lambda card: omise.Token.create(card=card),
        lambda card: omise.Token.create({"card": card}),
        lambda card: omise.Token.create(card),
        lambda card: omise.Token.create(**card),
        lambda card: omise.Token.create({"number": card["number"]}, **{k: card[k] for k in card if k != "number"}),
    ],
)
def test_create_nested_or_flat(omise_sandbox: Sandbox, create: Any) -> None:
    """However the card is given, it is sent nested; the dict stays as it was."""
    omise.public_api_key = "pkey_test_p"
    card = omise_sandbox.card()
    before = copy.deepcopy(card)
    token = create(card)

    assert made(omise_sandbox) == ("POST", "vault", "/tokens", {"card"}, {*card})
    assert omise_sandbox.requests[-1].used_key("pkey_test_p")
    assert card == before
    assert (token.used, token.charge_status, token.livemode) == (False, "unknown", False)
    assert isinstance(token.card, omise.Card)
    assert (token.card.last_digits, token.card.location) == ("4242", None)
    assert repr(token) == f"<Token {token.id} used=False>"


def test_options_are_no_fields_of_the_card(omise_sandbox: Sandbox) -> None:
    """key, timeout and idempotency_key belong to the call, nested or flat."""
    for card in ({"card": omise_sandbox.card()}, omise_sandbox.card()):
        token = omise.Token.create(**card, key="pkey_test_of_a_call", timeout=5, idempotency_key="once")
        assert made(omise_sandbox)[3:] == ({"card"}, {*omise_sandbox.card()})
        assert omise_sandbox.requests[-1].used_key("pkey_test_of_a_call")

        token.reload()

        assert omise_sandbox.requests[-1].used_key("pkey_test_of_a_call")


def test_nested_and_flat_at_once(omise_sandbox: Sandbox) -> None:
    """Two cards in one call are a TypeError that names the flat fields, not their values."""
    with pytest.raises(TypeError, match="not both: number") as refused:
        omise.Token.create(card=omise_sandbox.card(), number="4242424242424242")
    with pytest.raises(TypeError, match="not both: name"):
        omise.Token.create(tokenization={"method": "googlepay"}, name="J")

    assert "42424242" not in str(refused.value)
    assert omise_sandbox.requests == []


def test_wallets(omise_sandbox: Sandbox) -> None:
    """What a wallet gives is sent as `tokenization`."""
    token = omise.Token.create(tokenization={"method": "googlepay", "data": "encrypted"})

    assert made(omise_sandbox)[:4] == ("POST", "vault", "/tokens", {"tokenization"})
    assert token.card.tokenization_method == "googlepay"


def test_retrieve_and_reload(omise_sandbox: Sandbox) -> None:
    """At the vault, by the public key, also after the token was used."""
    token = omise.Token.create(omise_sandbox.card())
    again = omise.Token.retrieve(token.id)
    assert made(omise_sandbox)[:3] == ("GET", "vault", f"/tokens/{token.id}")
    assert (again, again.card.last_digits) == (token, "4242")

    omise.Customer.create(card=again)
    assert again.reload() is again

    assert made(omise_sandbox)[:3] == ("GET", "vault", f"/tokens/{token.id}")
    assert (again.used, again.card) == (True, None)


@pytest.mark.parametrize(
    ("card", "error", "message"),
    [
        ({}, omise.errors.MissingCardError, "no card parameters"),
        ({"number": "4242424242424241"}, omise.errors.InvalidCardError, "number is invalid"),
        ({"expiration_month": 13}, omise.errors.InvalidCardError, "not between 1 and 12"),
    ],
)
def test_refused_cards(omise_sandbox: Sandbox, card: dict[str, Any], error: type[Exception], message: str) -> None:
    """The API's message reaches the caller."""
    with pytest.raises(error, match=message):
        omise.Token.create(card={**omise_sandbox.card(), **card} if card else {})


def test_keys_of_the_wrong_kind(omise_sandbox: Sandbox) -> None:
    """A secret key has no business at the vault: ConfigurationError, nothing sent."""
    with pytest.raises(omise.ConfigurationError, match="public"):
        omise.Token.create(omise_sandbox.card(), key="skey_test_x")
    omise.public_api_key = None
    with pytest.raises(omise.ConfigurationError, match=r"omise\.public_api_key.*OMISE_PUBLIC_KEY"):
        omise.Token.create(omise_sandbox.card())

    assert omise_sandbox.requests == []


def test_an_unknown_token(omise_sandbox: Sandbox) -> None:
    """NotFoundError, from the vault."""
    with pytest.raises(omise.errors.NotFoundError, match="tokn_test_0 was not found"):
        omise.Token.retrieve("tokn_test_0")


@pytest.mark.parametrize("version", ["2014-07-27", "2017-11-02"])
def test_older_versions(omise_sandbox: Sandbox, version: str) -> None:
    """A token's card has no location there at all, and cannot be changed any more than it can elsewhere."""
    omise.api_version = version
    token = omise.Token.create(omise_sandbox.card())

    assert token.created.tzinfo is not None
    assert "location" not in token.card
    with pytest.raises(ValueError, match="no address"):
        token.card.update(name="x")
