"""Card data to a token: wherever the API takes a token, a dict of card data may be given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import ConfigurationError, OutcomeUnknown
from ..records.access import Options, Origin
from ..records.casting import class_named
from ..records.resource import Resource
from ..redaction import opened

if TYPE_CHECKING:
    from .token import Token


class TakesCard(Resource):
    """A resource whose ``card`` parameter is a token's id, a `Token`, a `Card`, or a dict of card data."""

    @classmethod
    def _encode_params(cls, params: Mapping[str, Any], origin: Origin, options: Options) -> dict[str, Any]:
        card = params.get("card")
        if isinstance(card, Resource) and not isinstance(card, (class_named("Card"), class_named("Token"))):
            raise TypeError(f"card must be a dict of card data, a Token or Card, or the id of one, got {card!r}")
        return super()._encode_params(params, origin, options)

    @classmethod
    def _send(
        cls, method: str, path: str, params: Mapping[str, Any], origin: Origin, options: Options, **extra: Any
    ) -> tuple[dict[str, Any], Origin]:
        options, card = origin.client.begun(options), params.get("card")
        if isinstance(opened(card), Mapping):  # which is left until nothing else is wrong with what is to be sent
            card = make_token(cls._encode_params(params, origin, options)["card"], origin, options)
            params = {**params, "card": card}
        try:
            return super()._send(method, path, params, origin, options, **extra)
        except OutcomeUnknown as error:
            error.learn(**card_of(card))
            raise


def card_of(token: object) -> dict[str, str]:
    """Return the id of the card that *token* stands for, as ``{"card": id}``, where that is known."""
    card = token._attributes.get("card") if isinstance(token, class_named("Token")) else None
    return {"card": card["id"]} if isinstance(card, Mapping) and isinstance(card.get("id"), str) else {}


def make_token(card: Mapping[str, Any], origin: Origin, options: Options) -> Token:
    """
    Return a token for the data of *card*, made at the vault with the public key, within the time that *options* allow.

    The secret key is looked at too, before anything is sent: a token is of no use without it, nor with another
    account's.
    """
    client = origin.client
    if client.other_account(origin.key):
        raise ConfigurationError(
            "key= names another account than this client's, whose public key would make the token of the card: the "
            "data would go to the wrong account. Give the token's id, or use an omise.Client with both keys of the "
            "other account"
        )
    client.key("secret", origin.key)
    return _token("POST", "/tokens", {"card": card}, origin, options)


def find_token(id: str, origin: Origin, options: Options) -> Token | None:
    """Return the token of *id*, looked up at the vault with the public key; None where this account has no such key."""
    client = origin.client
    if not client.config.public_api_key or client.other_account(origin.key):
        return None
    return _token("GET", f"/tokens/{id}", {}, origin, options)


def _token(method: str, path: str, params: Mapping[str, Any], origin: Origin, options: Options) -> Token:
    cls: Any = class_named("Token")
    hidden = Options(timeout=options.timeout, deadline=options.deadline)
    body = origin.client.call(
        method, path, params, host=cls.host, key_kind=cls.key_kind, options=hidden, harmless=cls.harmless
    )
    return cls._build(body, Origin(origin.client))  # type: ignore[no-any-return]
