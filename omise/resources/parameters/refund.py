"""Types of what refunds take, and of the words that the fields of `Refund` have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ...records.parameters import CallOptions

if TYPE_CHECKING:
    from typing_extensions import Required

    from ...money import Money
    from .common import Metadata

RefundStatus = Literal["closed"]
"""What became of a refund; deprecated by the API."""


class RefundCreate(CallOptions, total=False):
    """
    What `RefundList.create` and `Charge.refund` take.

    Source: https://docs.omise.co/refunds-api
    """

    amount: Required[int | Money]
    """In the smallest unit of the charge's currency; at most what is left."""
    metadata: Metadata | None
    """Whatever belongs to the refund."""
    void: bool | None
    """True has it carried out as a void, before the charge is settled, or not at all."""


RefundListCreate = RefundCreate
"""What `RefundList.create` takes."""
