"""Types of what `Customer` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...records.parameters import CallOptions
from .charge import CustomerCharge as CustomerCharge

if TYPE_CHECKING:
    from ..linked_account import LinkedAccount
    from .card import KnownCard, NewCard
    from .common import Metadata


class CustomerCreate(CallOptions, total=False):
    """
    What `Customer.create` takes; nothing is required.

    Source: https://docs.omise.co/customers-api
    """

    email: str | None
    """An e-mail address, at most 255 characters (inferred)."""
    description: str | None
    """Text for the merchant, at most 255 characters (inferred)."""
    metadata: Metadata
    """Whatever belongs to the customer."""
    card: NewCard | None
    """A card for the customer to keep: card data, a token, or a token's id. The first one becomes the default."""
    linked_account: str | LinkedAccount | None
    """A bank account for the customer to keep."""


class CustomerUpdate(CustomerCreate, total=False):
    """
    What `Customer.update` takes.

    Source: https://docs.omise.co/customers-api
    """

    default_card: KnownCard | None
    """The card, one of the customer's, to charge where none is named."""
