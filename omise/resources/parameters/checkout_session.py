"""Types of what `CheckoutSession` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

from ...records.parameters import CallOptions
from .source import SourceType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typing_extensions import Required

    from ...money import Money
    from .common import Currency, Metadata

CheckoutMethod = Literal["card", "mobile_banking"] | SourceType
"""A way to pay that a page offers."""


class RedirectURLs(TypedDict, total=False):
    """Where the payer goes afterwards."""

    complete_url: Required[str]
    """Where the payer comes back to, with the charge's id as ``chargeId``."""
    cancel_url: str | None
    """Where a payer goes who cancels."""


class CheckoutStyle(TypedDict, total=False):
    """How the page looks."""

    theme_color: str | None
    """A colour such as ``"#1a56f0"``."""
    text_color: str | None
    """A colour such as ``"#ffffff"``."""


class CheckoutSessionDetails(CallOptions, total=False):
    """What a session has beside its amount and its currency.  Inferred from official plugins."""

    redirect_urls: Required[RedirectURLs]
    """Where the payer goes afterwards."""
    payment_methods: Sequence[CheckoutMethod] | None
    """The ways to pay that the page offers."""
    order_id: str | None
    """The merchant's number of the order."""
    description: str | None
    """Text for the merchant."""
    metadata: Metadata | None
    """Whatever belongs to the session."""
    auto_capture: bool | None
    """False only authorizes; True if not given."""
    locale: str | None
    """The page's language, in two letters."""
    style: CheckoutStyle | None
    """How the page looks."""


class CheckoutSessionCreate(CheckoutSessionDetails, total=False):
    """What `CheckoutSession.create` takes."""

    amount: Required[int | Money]
    """In the currency's smallest unit, or `Money`."""
    currency: Required[Currency]
    """The currency, in any case; where the amount is `Money` it may be left out."""
