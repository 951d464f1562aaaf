"""Types of what `Link` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...records.parameters import CallOptions

if TYPE_CHECKING:
    from typing_extensions import Required

    from ...money import Money
    from .common import Currency


class LinkDetails(CallOptions, total=False):
    """
    What a link has beside its amount and its currency.

    Source: https://docs.omise.co/links-api
    """

    title: Required[str]
    """What is paid for, in a few words; at most 255 characters (inferred)."""
    description: Required[str]
    """What is paid for; at most 255 characters (inferred)."""
    multiple: bool | None
    """Whether it can be paid many times; False if not given."""


class LinkCreate(LinkDetails, total=False):
    """What `Link.create` takes."""

    amount: Required[int | Money]
    """In the currency's smallest unit, or `Money`; the limits of charges apply."""
    currency: Required[Currency]
    """The currency, in any case; where the amount is `Money` it may be left out."""
