"""Tokens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal, overload

from ..records.access import OPTIONS, merge_attributes
from ..records.operations import Creatable, Retrievable
from ..records.resource import Resource
from ..records.signatures import types_in
from ..records.verbs import class_verb, writes

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

    from ..config import Host
    from .card import Card
    from .parameters.token import PaymentStatus as PaymentStatus
    from .parameters.token import TokenCreate as TokenCreate
    from .parameters.token import TokenCreateFlat as TokenCreateFlat
    from .parameters.token import TokenCreateNested as TokenCreateNested
    from .parameters.token import Tokenization as Tokenization
    from .parameters.token import Wallet as Wallet
else:
    __getattr__ = types_in(".parameters.token", __name__)


class Token(Creatable, Retrievable, Resource):
    """
    Stands for a card's data, once: charging it or adding it to a customer uses it up.

    Made at the vault with the public key, normally in the payer's browser, so that card numbers stay away from
    servers. Whatever takes a token takes a dict of card data too, and makes the token itself.

    Source: https://docs.omise.co/tokens-api
    """

    object_name: ClassVar[str | None] = "token"
    path: ClassVar[str | None] = "/tokens"
    host: ClassVar[Host] = "vault"
    key_kind: ClassVar[Literal["secret", "public", "app"]] = "public"
    harmless: ClassVar[bool] = True
    summary: ClassVar[tuple[str, ...]] = ("used",)

    id: str
    livemode: bool
    location: str
    used: bool
    charge_status: PaymentStatus
    card: Card | None
    """The card that it stands for; None once the token is used."""
    created_at: datetime

    @overload
    @class_verb
    def create(cls, /, **params: Unpack[TokenCreateFlat]) -> Self: ...
    @overload
    @class_verb
    def create(cls, /, **params: Unpack[TokenCreateNested]) -> Self: ...
    @overload
    @class_verb
    def create(cls, attributes: Mapping[str, Any], /, **params: Any) -> Self: ...
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
