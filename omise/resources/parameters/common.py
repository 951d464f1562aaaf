"""Types that several resources share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypedDict

Currency = (
    Literal["thb", "jpy", "sgd", "myr", "usd", "eur", "gbp", "aud", "cad", "chf", "cny", "dkk", "hkd", "idr"] | str
)
"""A currency in ISO 4217, in any case; the first four are those of accounts, the others for cards."""

PaymentStatus = Literal["unknown", "pending", "successful", "failed", "expired", "reversed"]
"""The status of the charge that a token or source was made for; ``"unknown"`` before there is one."""

Metadata = Mapping[str, Any]
"""What belongs to a record: a JSON object of at most 15,000 characters (inferred), which replaces the one before."""


class AddressData(TypedDict, total=False):
    """An address, to bill or to ship to."""

    street1: str
    """The first line of the street."""
    street2: str
    """The second line of the street."""
    city: str
    """The city."""
    state: str
    """The state or province."""
    postal_code: str
    """The postal code."""
    country: str
    """The country, ISO 3166-1 alpha-2: ``"th"``."""
