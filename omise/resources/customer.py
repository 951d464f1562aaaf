"""Customers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..associations import BelongsTo, HasMany, belongs_to, has_many
from ..operations import Creatable, Destroyable, Listable, Retrievable, Updatable
from ..resource import Resource
from ..tokenization import TakesCard

if TYPE_CHECKING:
    from ..listing import List
    from .card import Card, CardList


class Customer(Creatable, Retrievable, Listable, Updatable, Destroyable, TakesCard, Resource):
    """
    A customer: a place to keep cards, to be charged again and again.

    `create` and `update` take ``email`` and ``description`` (text, at most 255 characters), ``metadata`` (a dict, which
    replaces the one before) and ``card`` (a dict of card data as `Token.create` takes it, a `Token`, or a token's id),
    which is added to the customer's cards; `update` also ``default_card`` (one of the cards, or its id).

    Raises, beside what every call does, `InvalidCardError`, `UsedTokenError` and `NotFoundError`, and changes nothing.

    Source: https://docs.omise.co/customers-api
    """

    object_name = "customer"
    path = "/customers"
    summary = ("email", "description")

    id: str
    livemode: bool
    location: str
    deleted: bool
    metadata: dict[str, Any]
    email: str | None
    description: str | None
    created_at: datetime

    default_card: BelongsTo[Card] = belongs_to("Card", through="cards")
    """The card that is charged where none is named."""
    cards: HasMany[CardList] = has_many("CardList")
    linked_accounts: HasMany[List[Any]] = has_many()
