"""Transfers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from ..records.access import Options, Origin, merge_attributes
from ..records.associations import BelongsTo, belongs_to
from ..records.operations import Creatable, Destroyable, Listable, Retrievable, Updatable, act
from ..records.priced import Priced
from ..records.resource import Resource
from ..records.search import Searchable
from ..records.signatures import types_in
from ..records.verbs import class_verb, record_verb, writes
from ..wire.marks import make_up
from .schedulable import Schedulable

if TYPE_CHECKING:
    from typing import Protocol

    from typing_extensions import Self, Unpack

    from ..records.parameters import CallOptions
    from .bank_account import BankAccount
    from .parameters.transfer import TransferCreate as TransferCreate
    from .parameters.transfer import TransferFailureCode as TransferFailureCode
    from .parameters.transfer import TransferSchedule as TransferSchedule
    from .parameters.transfer import TransferUpdate as TransferUpdate
    from .recipient import Recipient
    from .schedulable import ScheduleOrBuilder
    from .scheduler import Scheduler
    from .transaction import Transaction

    class SchedulesTransfer(Protocol):
        """Builds a schedule of transfers."""

        def __call__(
            self, attributes: TransferSchedule | Mapping[str, Any] | None = None, /, **params: Unpack[TransferSchedule]
        ) -> Scheduler: ...

else:
    __getattr__ = types_in(".parameters.transfer", __name__)


class Transfer(Creatable, Retrievable, Listable, Updatable, Destroyable, Searchable, Schedulable, Priced, Resource):
    """
    Money on its way from the balance to a recipient's bank account.

    Amounts are in the smallest unit of ``currency``; the fee is taken from ``amount``. `update` takes ``amount`` and
    ``metadata``, and `destroy` cancels, both before it was sent.

    Source: https://docs.omise.co/transfers-api
    """

    object_name: ClassVar[str | None] = "transfer"
    path: ClassVar[str | None] = "/transfers"
    referable: ClassVar[bool] = True
    repetition_key: ClassVar[str | None] = "idemp_key"
    summary: ClassVar[tuple[str, ...]] = ("amount", "currency", "sent", "paid", "failure_code")

    id: str
    livemode: bool
    location: str
    deleted: bool
    fail_fast: bool
    sent: bool
    paid: bool
    sendable: bool
    currency: str
    amount: int
    fee: int
    fee_vat: int
    total_fee: int
    net: int
    metadata: dict[str, Any]
    bank_account: BankAccount
    failure_code: TransferFailureCode | None
    failure_message: str | None
    paid_at: datetime | None
    sent_at: datetime | None
    created_at: datetime
    transactions: list[Transaction]
    """Empty until it is sent."""

    recipient: BelongsTo[Recipient] = belongs_to("Recipient")

    if TYPE_CHECKING:
        schedule: ScheduleOrBuilder[SchedulesTransfer]

        def update(
            self, attributes: TransferUpdate | Mapping[str, Any] | None = None, /, **params: Unpack[TransferUpdate]
        ) -> Self: ...
        def save(
            self, attributes: TransferUpdate | Mapping[str, Any] | None = None, /, **params: Unpack[TransferUpdate]
        ) -> Self: ...

    @class_verb
    @writes
    def create(
        cls, attributes: TransferCreate | Mapping[str, Any] | None = None, /, **params: Unpack[TransferCreate]
    ) -> Self:
        """
        Transfer ``amount`` (all that is transferable if not given) to ``recipient`` (the account's own if not given).

        Also takes ``fail_fast``, ``split_transfer`` and ``metadata``. ``idemp_key`` is text by which the API knows a
        repetition from a new transfer: a fresh one is sent if none is given, and the same again if the answer is lost.

        POST /transfers
        """
        return super().create({"idemp_key": make_up(), **merge_attributes(attributes, params)})

    @classmethod
    def _currency_of_new(cls, origin: Origin, options: Options) -> str | None:
        # A transfer takes no currency: it is in that of the balance, which is asked for where an amount is `Money`.
        return str(origin.client.send("GET", "/balance", {}, options=options)["currency"]).upper()

    @record_verb
    @writes
    def mark_as_sent(self, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[CallOptions]) -> Self:
        """In test mode: let it be sent to the bank. Returns self.  POST /transfers/<id>/mark_as_sent"""
        return act(self, "POST", "mark_as_sent", params, attributes)

    @record_verb
    @writes
    def mark_as_paid(self, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[CallOptions]) -> Self:
        """In test mode: let the bank have paid it out. Returns self.  POST /transfers/<id>/mark_as_paid"""
        return act(self, "POST", "mark_as_paid", params, attributes)
