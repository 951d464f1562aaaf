"""Refunds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, overload

from ..records.access import Options, merge_attributes
from ..records.associations import BelongsTo, belongs_to
from ..records.listing import List
from ..records.operations import Listable, Retrievable, list_at
from ..records.priced import Priced
from ..records.resource import Resource
from ..records.search import Searchable
from ..records.signatures import types_in
from ..records.verbs import class_verb, record_verb, writes

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

    from ..records.parameters import ListParameters, RetrieveParameters
    from .charge import Charge
    from .parameters.refund import RefundCreate as RefundCreate
    from .parameters.refund import RefundStatus as RefundStatus
    from .transaction import Transaction
else:
    __getattr__ = types_in(".parameters.refund", __name__)


class Refund(Retrievable, Listable, Searchable, Priced, Resource):
    """
    Money given back to the payer of a charge, all of it or a part.

    ``Refund.retrieve(charge, refund)`` finds one, and so does ``charge.refunds``; ``Refund.list()`` is over all
    charges. ``voided`` tells if the charge was undone before it was settled.

    Source: https://docs.omise.co/refunds-api
    """

    object_name: ClassVar[str | None] = "refund"
    under: ClassVar[tuple[str, str] | None] = ("Charge", "refunds")
    summary: ClassVar[tuple[str, ...]] = ("amount", "currency", "voided")

    id: str
    location: str
    livemode: bool
    voided: bool
    currency: str
    amount: int
    metadata: dict[str, Any]
    status: RefundStatus
    funding_amount: int
    funding_currency: str
    created_at: datetime
    acquirer_reference_number: str | None
    approval_code: str | None

    charge: BelongsTo[Charge] = belongs_to("Charge")
    transaction: BelongsTo[Transaction] = belongs_to("Transaction")

    if TYPE_CHECKING:

        @classmethod
        def retrieve(  # type: ignore[override]  # it is kept under a charge
            cls, charge: str | Charge, id: str | Self, /, **params: Unpack[RetrieveParameters]
        ) -> Self: ...

    @class_verb
    def list(cls, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[ListParameters]) -> List[Self]:
        """Fetch a page of the refunds of all charges, as `Listable.list`.  GET /refunds"""
        return list_at(cls, "/refunds", merge_attributes(attributes, params), cls)


class RefundList(List[Refund]):
    """The refunds of a charge."""

    referable: ClassVar[bool] = True
    _holds = Refund

    @overload
    def create(self, /, **params: Unpack[RefundCreate]) -> Refund: ...
    @overload
    def create(self, attributes: Mapping[str, Any], /, **params: Any) -> Refund: ...
    @record_verb
    @writes
    def create(self, attributes: Mapping[str, Any] | None = None, /, **params: Any) -> Refund:
        """
        Give back ``amount``, in the smallest unit of the charge's currency, and return the refund; this list holds it,
        and the charge is fetched anew when it is next read.

        Also takes ``metadata``, and ``void=True`` to have it carried out as a void or not at all. Raises
        `FailedRefundError` and `FailedVoidError`.  POST /charges/<id>/refunds
        """
        params = merge_attributes(attributes, params)
        refund = self._add(params)
        if self._parent is not None:
            self._parent._forget(self._use(Options.split(params)[0]))
        return refund
