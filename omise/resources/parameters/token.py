"""Types of what `Token` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

from ...records.parameters import CallOptions
from .card import CardData
from .common import PaymentStatus as PaymentStatus

if TYPE_CHECKING:
    from typing_extensions import Required

Wallet = Literal["googlepay", "applepay"] | str
"""A wallet that cards may be in, as `Capability.tokenization_methods` lists them."""


class Tokenization(TypedDict, total=False):
    """
    What a wallet gave in the place of a card.

    Source: https://docs.omise.co/tokens-api
    """

    method: Required[Wallet]
    """Which wallet."""
    data: Required[str]
    """What it gave, as text."""
    merchant_id: str
    """The merchant, as the wallet knows it."""
    brand: str
    """The brand of the card."""
    billing_name: str
    """The holder's name."""
    billing_street1: str
    """The first line of the street of the billing address."""
    billing_street2: str
    """The second line of the street."""
    billing_city: str
    """The city."""
    billing_state: str
    """The state or province."""
    billing_country: str
    """The country, ISO 3166-1 alpha-2."""
    billing_postal_code: str
    """The postal code."""
    billing_phone_number: str
    """The holder's number."""


class TokenCreateNested(CallOptions, total=False):
    """
    What `Token.create` takes, where the card is not given flat.

    Source: https://docs.omise.co/tokens-api
    """

    card: CardData
    """The data of the card."""
    tokenization: Tokenization
    """What a wallet gave, in the place of ``card``."""


class TokenCreateFlat(CardData, CallOptions, total=False):
    """What `Token.create` takes, where the data of the card is given flat."""


class TokenCreate(TokenCreateNested, TokenCreateFlat, total=False):
    """What `Token.create` takes: ``card``, ``tokenization``, or the data of the card, one of the three."""
