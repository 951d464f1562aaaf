"""Recipients of transfers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, overload

from ..records.associations import BelongsTo, HasMany, belongs_to, has_many
from ..records.operations import Creatable, Destroyable, Listable, Retrievable, Updatable, act
from ..records.resource import Resource
from ..records.search import Searchable
from ..records.signatures import types_in
from ..records.verbs import record_verb, writes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typing_extensions import Self, Unpack

    from ..records.listing import List
    from ..records.parameters import CallOptions
    from .bank_account import BankAccount
    from .parameters.recipient import RecipientCreate as RecipientCreate
    from .parameters.recipient import RecipientFailureCode as RecipientFailureCode
    from .parameters.recipient import RecipientType as RecipientType
    from .parameters.recipient import RecipientUpdate as RecipientUpdate
    from .schedule import Schedule
else:
    __getattr__ = types_in(".parameters.recipient", __name__)


class Recipient(Creatable, Retrievable, Listable, Updatable, Destroyable, Searchable, Resource):
    """
    Somebody whom money can be transferred to, once ``verified`` and ``active``.

    `create` takes ``name``, ``type`` (``"individual"``, ``"corporation"``), ``bank_account`` (a dict with ``name``,
    ``number`` and ``brand``, the bank's code; in Japan ``bank_code`` and ``branch_code``), ``email``, ``description``,
    ``tax_id`` and ``metadata``; `update` the same.

    Raises `InvalidBankAccountError` and `BadRequestError`.

    Source: https://docs.omise.co/recipients-api
    """

    object_name: ClassVar[str | None] = "recipient"
    path: ClassVar[str | None] = "/recipients"
    referable: ClassVar[bool] = True
    summary: ClassVar[tuple[str, ...]] = ("name", "email", "verified", "active")

    id: str
    livemode: bool
    location: str
    deleted: bool
    bank_account: BankAccount
    active: bool
    default: bool
    verified: bool
    description: str | None
    email: str | None
    failure_code: RecipientFailureCode | None
    name: str
    tax_id: str | None
    type: RecipientType
    created_at: datetime
    metadata: dict[str, Any]
    verified_at: datetime | None
    activated_at: datetime | None

    schedule: BelongsTo[Schedule] = belongs_to("Schedule")
    schedules: HasMany[List[Schedule]] = has_many(of="Schedule")

    if TYPE_CHECKING:

        @overload
        @classmethod
        def create(cls, /, **params: Unpack[RecipientCreate]) -> Self: ...
        @overload
        @classmethod
        def create(cls, attributes: Mapping[str, Any], /, **params: Any) -> Self: ...
        @classmethod
        def create(cls, attributes: Any = None, /, **params: Any) -> Self: ...
        def update(
            self, attributes: RecipientUpdate | Mapping[str, Any] | None = None, /, **params: Unpack[RecipientUpdate]
        ) -> Self: ...
        def save(
            self, attributes: RecipientUpdate | Mapping[str, Any] | None = None, /, **params: Unpack[RecipientUpdate]
        ) -> Self: ...

    @record_verb
    @writes
    def verify(self, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[CallOptions]) -> Self:
        """In test mode: let its bank account have been checked. Returns self.  PATCH /recipients/<id>/verify"""
        return act(self, "PATCH", "verify", params, attributes)
