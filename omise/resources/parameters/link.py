"""Types of what `Link` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...records.parameters import CallOptions

if TYPE_CHECKING:
    from typing_extensions import Required

    from .common import Currency


class LinkCreate(CallOptions, total=False):
    """
    What `Link.create` takes.

    Source: https://docs.omise.co/links-api
    """

    amount: Required[int]
    """In the currency's smallest unit; the limits of charges apply."""
    currency: Required[Currency]
    """The currency, in any case."""
    title: Required[str]
    """What is paid for, in a few words; at most 255 characters (inferred)."""
    description: Required[str]
    """What is paid for; at most 255 characters (inferred)."""
    multiple: bool | None
    """Whether it can be paid many times; False if not given."""
