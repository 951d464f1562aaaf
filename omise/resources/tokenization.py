"""Card data to a token: wherever the API takes a token, a dict of card data may be given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..records.access import Origin
from ..records.casting import class_named
from ..records.resource import Resource

if TYPE_CHECKING:
    from .token import Token


class TakesCard(Resource):
    """A resource whose ``card`` parameter is a token's id, a `Token`, a `Card`, or a dict of card data."""

    @classmethod
    def _encode_params(cls, params: Mapping[str, Any], origin: Origin) -> dict[str, Any]:
        card = params.get("card")
        if isinstance(card, Resource) and not isinstance(card, (class_named("Card"), class_named("Token"))):
            raise TypeError(f"card must be a dict of card data, a Token or Card, or the id of one, got {card!r}")
        encoded = super()._encode_params(params, origin)
        if isinstance(card, Mapping):
            encoded["card"] = make_token(encoded["card"], origin).id
        return encoded


def make_token(card: Mapping[str, Any], origin: Origin) -> Token:
    """
    Return a token for the data of *card*, made at the vault with the public key.

    The secret key is looked at too, before anything is sent: a token is of no use without it.
    """
    origin.client.key("secret", origin.key)
    body = origin.client.call("POST", "/tokens", {"card": card}, host="vault", key_kind="public")
    return _token(body, origin)


def find_token(id: str, origin: Origin) -> Token:
    """Return the token of *id*, looked up at the vault with the public key."""
    return _token(origin.client.call("GET", f"/tokens/{id}", host="vault", key_kind="public"), origin)


def _token(body: dict[str, Any], origin: Origin) -> Token:
    return class_named("Token")._build(body, Origin(origin.client))  # type: ignore[return-value]
