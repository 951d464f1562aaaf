"""Tokens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..records.access import OPTIONS
from ..records.operations import Creatable, Retrievable, merge_attributes
from ..records.resource import Resource
from ..records.verbs import class_verb, writes

if TYPE_CHECKING:
    from typing_extensions import Self

    from .card import Card


class Token(Creatable, Retrievable, Resource):
    """
    Stands for a card's data, once: charging it or adding it to a customer uses it up.

    Made at the vault with the public key, normally in the payer's browser, so that card numbers stay away from
    servers. Whatever takes a token takes a dict of card data too, and makes the token itself.

    Source: https://docs.omise.co/tokens-api
    """

    object_name = "token"
    path = "/tokens"
    host = "vault"
    key_kind = "public"
    harmless = True
    summary = ("used",)

    id: str
    livemode: bool
    location: str
    used: bool
    charge_status: str
    card: Card | None
    """The card that it stands for; None once the token is used."""
    created_at: datetime

    @class_verb
    @writes
    def create(cls, attributes: Mapping[str, Any] | None = None, /, **params: Any) -> Self:
        """
        Make a token.  POST /tokens

        The card is given as ``card={…}`` or flat: ``number``, ``expiration_month``, ``expiration_year`` (text or
        whole numbers), ``name``, ``security_code``, and optionally an address (``street1``, ``street2``, ``city``,
        ``state``, ``postal_code``, ``country``, ``phone_number``) and ``email``. Wallets give ``tokenization={…}``.

        Raises `InvalidCardError` saying what is wrong with the card, and `FailedFraudCheckError`.
        """
        params = merge_attributes(attributes, params)
        nested = {"card", "tokenization", *OPTIONS}
        flat = {name: params.pop(name) for name in [*params] if name not in nested}
        if flat and ("card" in params or "tokenization" in params):
            raise TypeError(f"the card is given as card={{…}} or flat, not both: {', '.join(flat)}")
        if flat:
            params["card"] = flat
        return super().create(**params)
