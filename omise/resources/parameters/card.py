"""Types of what cards are described by, and of what `Card` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ...records.parameters import CallOptions
from ..card import Card
from ..token import Token

if TYPE_CHECKING:
    from typing_extensions import Required


class CardData(TypedDict, total=False):
    """
    The data of a card, of which a token is made.

    Source: https://docs.omise.co/tokens-api
    """

    number: Required[str]
    """The whole number, in digits."""
    expiration_month: Required[int | str]
    """1 to 12."""
    expiration_year: Required[int | str]
    """Four digits, or the last two."""
    name: Required[str]
    """The holder's name, as on the card."""
    security_code: str
    """The 3 or 4 digits beside the number; most accounts need it."""
    street1: str | None
    """The first line of the street of the billing address; some countries and brands need the address."""
    street2: str | None
    """The second line of the street."""
    city: str | None
    """The city."""
    state: str | None
    """The state or province."""
    postal_code: str | None
    """The postal code."""
    country: str | None
    """The country, ISO 3166-1 alpha-2: ``"th"``."""
    phone_number: str | None
    """The holder's number, which 3-D Secure may need."""
    email: str | None
    """The holder's address, which 3-D Secure may need."""


class CardUpdate(CallOptions, total=False):
    """
    What `Card.update` takes.

    Source: https://docs.omise.co/cards-api
    """

    name: str
    """The holder's name."""
    expiration_month: int | str
    """1 to 12."""
    expiration_year: int | str
    """Four digits, not in the past."""
    city: str | None
    """The city of the billing address."""
    postal_code: str | None
    """The postal code of the billing address."""


NewCard = str | Token | CardData
"""A card to charge once, or to keep: card data, of which a token is made, a token, or a token's id."""

KnownCard = str | Card
"""A card that a customer keeps, or its id."""
