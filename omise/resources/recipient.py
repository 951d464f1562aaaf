"""Recipients of transfers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..records.associations import BelongsTo, HasMany, belongs_to, has_many
from ..records.operations import Creatable, Destroyable, Listable, Retrievable, Updatable, act
from ..records.resource import Resource
from ..records.search import Searchable
from ..records.verbs import writes

if TYPE_CHECKING:
    from typing_extensions import Self

    from ..records.listing import List
    from .bank_account import BankAccount
    from .schedule import Schedule


class Recipient(Creatable, Retrievable, Listable, Updatable, Destroyable, Searchable, Resource):
    """
    Somebody whom money can be transferred to, once ``verified`` and ``active``.

    `create` takes ``name``, ``type`` (``"individual"``, ``"corporation"``), ``bank_account`` (a dict with ``name``,
    ``number`` and ``brand``, the bank's code; in Japan ``bank_code`` and ``branch_code``), ``email``, ``description``,
    ``tax_id`` and ``metadata``; `update` the same.

    Raises `InvalidBankAccountError` and `BadRequestError`.

    Source: https://docs.omise.co/recipients-api
    """

    object_name = "recipient"
    path = "/recipients"
    referable = True
    summary = ("name", "email", "verified", "active")

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
    failure_code: str | None
    name: str
    tax_id: str | None
    type: str
    created_at: datetime
    metadata: dict[str, Any]
    verified_at: datetime | None
    activated_at: datetime | None

    schedule: BelongsTo[Schedule] = belongs_to("Schedule")
    schedules: HasMany[List[Schedule]] = has_many(of="Schedule")

    @writes
    def verify(self, attributes: Mapping[str, Any] | None = None, /, **params: Any) -> Self:
        """In test mode: let its bank account have been checked. Returns self.  PATCH /recipients/<id>/verify"""
        return act(self, "PATCH", "verify", params, attributes)
