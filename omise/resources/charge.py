"""Charges."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, overload

from ..records.associations import BelongsTo, HasMany, belongs_to, has_many
from ..records.listing import List
from ..records.operations import Creatable, Listable, Retrievable, Updatable, act
from ..records.priced import Priced
from ..records.resource import Resource
from ..records.search import Searchable
from ..records.signatures import types_in
from ..records.verbs import record_verb, writes
from .schedulable import Schedulable
from .tokenization import TakesCard

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Protocol

    from typing_extensions import Self, Unpack

    from ..money import Money
    from ..records.parameters import CallOptions
    from .card import Card
    from .customer import Customer
    from .dispute import Dispute
    from .event import Event
    from .link import Link
    from .linked_account import LinkedAccount
    from .parameters.charge import AuthorizationType as AuthorizationType
    from .parameters.charge import ChargeCapture as ChargeCapture
    from .parameters.charge import ChargeCreate as ChargeCreate
    from .parameters.charge import ChargeDetails as ChargeDetails
    from .parameters.charge import ChargeSchedule as ChargeSchedule
    from .parameters.charge import ChargeStatus as ChargeStatus
    from .parameters.charge import ChargeUpdate as ChargeUpdate
    from .parameters.charge import CustomerCharge as CustomerCharge
    from .parameters.charge import FailureCode as FailureCode
    from .parameters.charge import PlatformFeeData as PlatformFeeData
    from .parameters.charge import RefundCreate as RefundCreate
    from .parameters.common import Currency
    from .refund import Refund, RefundList
    from .schedulable import ScheduleOrBuilder
    from .scheduler import Scheduler
    from .source import Source
    from .transaction import Transaction

    class SchedulesCharge(Protocol):
        """Builds a schedule of charges."""

        def __call__(
            self, attributes: ChargeSchedule | Mapping[str, Any] | None = None, /, **params: Unpack[ChargeSchedule]
        ) -> Scheduler: ...

else:
    __getattr__ = types_in(".parameters.charge", __name__)


class TransactionFees(Resource):
    """The rates of the fees; decimal text, in percent but for the flat one."""

    fee_flat: str
    fee_rate: str
    vat_rate: str


class PlatformFee(Resource):
    """What a platform takes of a charge."""

    fixed: int | None
    amount: int | None
    percentage: float | str | None


class Charge(Creatable, Retrievable, Listable, Updatable, Searchable, Schedulable, TakesCard, Priced, Resource):
    """
    One attempt to take money from a card or another source.

    Amounts are whole numbers of the smallest unit of ``currency``: 100_00 is THB 100.00, 100 is JPY 100.

    `create` takes ``amount``, ``currency``, and one of ``card`` (a dict of card data, a `Token`, a token's id),
    ``customer`` (whose default card is charged, or the one given as ``card``), ``source`` (a `Source`, its id, or a
    dict of its fields) or ``linked_account``; ``capture=False`` only authorizes; ``return_uri`` is where the payer
    comes back from ``authorize_uri``; further ``authorization_type``, ``description``, ``metadata``, ``ip``,
    ``expires_at``, ``webhook_endpoints`` and what else the API knows. `update` takes ``description`` and
    ``metadata``.

    A declined charge is no error: its ``status`` is ``"failed"``, and ``failure_code`` and ``failure_message`` say why.
    What is wrong with the parameters raises `InvalidChargeError`, a token that was used before `UsedTokenError`.

    ``charge["capture"]`` is the flag of that name; the method hides it.

    Source: https://docs.omise.co/charges-api
    """

    object_name: ClassVar[str | None] = "charge"
    path: ClassVar[str | None] = "/charges"
    referable: ClassVar[bool] = True
    summary: ClassVar[tuple[str, ...]] = ("amount", "currency", "status", "failure_code")
    _parts = {"transaction_fees": TransactionFees, "platform_fee": PlatformFee}

    id: str
    location: str
    livemode: bool
    amount: int
    authorization_type: AuthorizationType | None
    """Like the next two, absent where the API shows one charge alone that is no ``"pre_auth"``."""
    authorized_amount: int
    captured_amount: int
    """The captured part after a partial capture, else equal to ``amount``, whether or not it was paid."""
    net: int
    """What is left of the captured amount after fees."""
    fee: int
    fee_vat: int
    interest: int
    interest_vat: int
    funding_amount: int
    refunded_amount: int
    transaction_fees: TransactionFees
    platform_fee: PlatformFee
    currency: str
    funding_currency: str
    ip: str | None
    description: str | None
    metadata: dict[str, Any]
    missing_3ds_fields: list[str]
    """What 3-D Secure wanted to know of the card and was not told; absent from charges of sources."""
    card: Card | None
    source: Source | None
    linked_account: LinkedAccount | None
    dispute: Dispute | None
    failure_code: FailureCode | None
    failure_message: str | None
    merchant_advice: str | None
    merchant_advice_code: str | None
    """What the card's scheme advises, as a code; absent unless Omise's support has it shown for the account."""
    status: ChargeStatus
    """``"pending"``, ``"successful"``, ``"failed"``, ``"expired"`` or ``"reversed"``; refunds do not change it."""
    authorize_uri: str | None
    return_uri: str | None
    created_at: datetime
    paid_at: datetime | None
    authorized_at: datetime | None
    expires_at: datetime | None
    expired_at: datetime | None
    reversed_at: datetime | None
    multi_capture: bool
    zero_interest_installments: bool
    authorized: bool
    capturable: bool
    disputable: bool
    refundable: bool
    partially_refundable: bool
    reversed: bool
    reversible: bool
    voided: bool
    paid: bool
    """Whether the money was taken; also there as ``captured``, its name in API versions before 2015-11-17."""
    captured: bool
    expired: bool
    approval_code: str | None
    authenticated_by: str | None
    """``"3DS"`` or ``"PASSKEY"``; absent where nobody asked for either."""

    customer: BelongsTo[Customer] = belongs_to("Customer")
    link: BelongsTo[Link] = belongs_to("Link")
    transaction: BelongsTo[Transaction] = belongs_to("Transaction")
    refunds: HasMany[RefundList] = has_many("RefundList")
    events: HasMany[List[Event]] = has_many(of="Event")

    if TYPE_CHECKING:
        schedule: ScheduleOrBuilder[SchedulesCharge]

        @overload
        @classmethod
        def create(cls, /, **params: Unpack[ChargeCreate]) -> Self: ...
        @overload
        @classmethod
        def create(
            cls,
            /,
            *,
            amount: Money,
            currency: Currency = ...,
            customer: str | Customer | None = ...,
            **params: Unpack[ChargeDetails],
        ) -> Self: ...
        @overload
        @classmethod
        def create(cls, attributes: Mapping[str, Any], /, **params: Any) -> Self: ...
        @classmethod
        def create(cls, attributes: Any = None, /, **params: Any) -> Self: ...
        def update(
            self, attributes: ChargeUpdate | Mapping[str, Any] | None = None, /, **params: Unpack[ChargeUpdate]
        ) -> Self: ...
        def save(
            self, attributes: ChargeUpdate | Mapping[str, Any] | None = None, /, **params: Unpack[ChargeUpdate]
        ) -> Self: ...

    @record_verb
    @writes
    def capture(self, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[ChargeCapture]) -> Self:
        """
        Take the money authorized with ``capture=False``, or of a ``pre_auth`` the part ``capture_amount``. Returns
        self.

        Raises `FailedCaptureError`, or `ExpiredChargeError` if it is too late.  POST /charges/<id>/capture
        """
        return act(self, "POST", "capture", params, attributes)

    @record_verb
    @writes
    def reverse(self, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[CallOptions]) -> Self:
        """
        Let go of what was authorized and not captured. Returns self.

        Raises `FailedReverseError`.  POST /charges/<id>/reverse
        """
        return act(self, "POST", "reverse", params, attributes)

    @record_verb
    @writes
    def expire(self, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[CallOptions]) -> Self:
        """
        Expire a charge that waits for its payer. Returns self.

        Raises `FailedExpireError` for payment methods that cannot.  POST /charges/<id>/expire
        """
        return act(self, "POST", "expire", params, attributes)

    @overload
    def refund(self, /, **params: Unpack[RefundCreate]) -> Refund: ...
    @overload
    def refund(self, attributes: Mapping[str, Any], /, **params: Any) -> Refund: ...
    @record_verb
    @writes
    def refund(self, attributes: Mapping[str, Any] | None = None, /, **params: Any) -> Refund:
        """
        Give back ``amount``, all or a part, and return the `Refund`; the charge is fetched anew when it is next read.

        Raises `FailedRefundError`, and with ``void=True`` `FailedVoidError`.  POST /charges/<id>/refunds
        """
        return self.refunds.create({} if attributes is None else attributes, **params)

    @record_verb
    def list_refunds(self, **params: Any) -> RefundList:
        """Fetch a page of the charge's refunds, as `Listable.list`.  GET /charges/<id>/refunds"""
        return self.refunds(**params)

    @record_verb
    def list_events(self, **params: Any) -> List[Event]:
        """Fetch a page of the events about the charge, as `Listable.list`.  GET /charges/<id>/events"""
        return self.events(**params)

    @record_verb
    @writes
    def mark_as_paid(self, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[CallOptions]) -> Self:
        """In test mode: let the payer of a pending charge have paid. Returns self.  POST /charges/<id>/mark_as_paid"""
        return act(self, "POST", "mark_as_paid", params, attributes)

    @record_verb
    @writes
    def mark_as_failed(self, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[CallOptions]) -> Self:
        """In test mode: let the payment of a pending charge fail. Returns self.  POST /charges/<id>/mark_as_failed"""
        return act(self, "POST", "mark_as_failed", params, attributes)

    def _raw(self, name: str) -> Any:
        # The flag's name differs between API versions; code written for one reads answers of the other.
        twin = {"paid": "captured", "captured": "paid"}.get(name)
        if twin and name not in self._known() and twin in self._attributes:
            name = twin
        return super()._raw(name)


class ChargeList(List[Charge]):
    """A list of charges, whose `retrieve` finds any charge of the account."""

    _holds = Charge
