"""Types of what `Charge` takes, and of the words that its fields have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

from ...records.parameters import CallOptions
from .refund import RefundCreate as RefundCreate
from .schedule import ScheduledChargeData

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from typing_extensions import Required

    from ...money import Money
    from ..charge import Charge
    from ..customer import Customer
    from ..linked_account import LinkedAccount
    from ..source import Source
    from .card import KnownCard, NewCard
    from .common import Currency, Metadata
    from .source import SourceData

ChargeStatus = Literal["pending", "successful", "failed", "expired", "reversed"]
"""What became of a charge; all but ``"pending"`` are final."""

AuthorizationType = Literal["pre_auth", "final_auth"]
"""Whether a part of what is authorized may be captured, or all."""

Authentication = Literal["3DS", "PASSKEY"] | str
"""How the holder of a card proves to be it."""

Initiator = Literal["MIT", "CIT"] | str
"""Who set the charge off: the merchant or the customer."""

RecurringReason = (
    Literal[
        "",
        "unscheduled",
        "standing_order",
        "subscription",
        "installment",
        "partial_shipment",
        "delayed_charge",
        "no_show",
        "resubmission",
    ]
    | str
)
"""Why the merchant charges a card again."""

FailureCode = (
    Literal[
        "confirmed_amount_mismatch",
        "expired_card",
        "failed_fraud_check",
        "failed_processing",
        "insufficient_balance",
        "insufficient_fund",
        "internal_error",
        "invalid_account",
        "invalid_account_number",
        "invalid_security_code",
        "payment_cancelled",
        "payment_rejected",
        "stolen_or_lost_card",
        "timeout",
    ]
    | str
)
"""Why a charge failed; the API may add others.  Source: https://docs.omise.co/charges-api"""


class PlatformFeeData(TypedDict, total=False):
    """What a platform takes of a charge."""

    fixed: int | Money | None
    """A fixed part, in the currency's smallest unit."""
    amount: int | Money | None
    """The whole, in the currency's smallest unit."""
    percentage: float | str | None
    """A percentage of the amount, 0 to 100."""


class ChargeDetails(CallOptions, total=False):
    """
    What a charge has beside its amount, its currency and its customer.

    Source: https://docs.omise.co/charges-api
    """

    card: NewCard | KnownCard | None
    """What is charged: card data, a token, or a card of the ``customer``; or the id of one of the last two."""
    source: str | Source | SourceData | None
    """What is charged: a source of the same amount and currency, its id, or its fields but those two."""
    linked_account: str | LinkedAccount | None
    """What is charged: a bank account by direct debit."""
    capture: bool | None
    """False only authorizes; `Charge.capture` takes the money then. True if not given."""
    authorization_type: AuthorizationType | str | None
    """``"pre_auth"``, with ``capture=False``, lets a part be captured."""
    return_uri: str | None
    """Where the payer comes back to from ``authorize_uri``; needed where a payer is sent there. At most 2,000
    characters (inferred)."""
    authentication: Authentication | None
    """How the holder of the card is to prove to be it."""
    description: str | None
    """Text for the merchant, at most 10,000 characters (inferred)."""
    metadata: Metadata | None
    """Whatever belongs to the charge."""
    ip: str | None
    """The payer's address."""
    expires_at: date | str | None
    """The last moment of payment by source, in the future: a datetime, a date, or ISO 8601 text."""
    platform_fee: PlatformFeeData | None
    """What the platform takes."""
    zero_interest_installments: bool | None
    """Whether the merchant bears the interest of instalments."""
    first_charge: str | Charge | None
    """The first charge of the series that this one goes on."""
    transaction_indicator: Initiator | None
    """Who sets the charge off."""
    recurring_reason: RecurringReason | None
    """Why the merchant charges the card again."""
    webhook_endpoints: Sequence[str] | None
    """At most 2 https addresses that receive the events of this charge, in the place of the account's."""
    statement_descriptor: str | None
    """What stands on the payer's statement."""


class CustomerCharge(ChargeDetails, total=False):
    """What `Customer.charge` takes: a charge, but for who pays it."""

    amount: Required[int | Money]
    """In the currency's smallest unit: ``100_00`` is THB 100.00, ``100`` is JPY 100; or `Money`. `Capability.limits`
    apply."""
    currency: Required[Currency]
    """The currency, in any case; where the amount is `Money` it may be left out."""


class ChargeCreate(CustomerCharge, total=False):
    """
    What `Charge.create` takes; one of ``card``, ``customer``, ``source`` and ``linked_account`` pays.

    Source: https://docs.omise.co/charges-api
    """

    customer: str | Customer | None
    """Whose card is charged: the default card, or the one given as ``card``."""


class ChargeUpdate(CallOptions, total=False):
    """
    What `Charge.update` takes.

    Source: https://docs.omise.co/charges-api
    """

    description: str | None
    """Text for the merchant, at most 10,000 characters (inferred)."""
    metadata: Metadata
    """Whatever belongs to the charge; replaces what was there."""


class ChargeCapture(CallOptions, total=False):
    """
    What `Charge.capture` takes.

    Source: https://docs.omise.co/charges-api
    """

    capture_amount: int | Money | None
    """The part to capture, of a ``pre_auth``, in the currency's smallest unit; the whole if not given."""


class ChargeSchedule(ScheduledChargeData, CallOptions, total=False):
    """What `Charge.schedule` takes: the charge to repeat."""


ChargeRefund = RefundCreate
"""What `Charge.refund` takes."""
