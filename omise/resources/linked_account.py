"""Linked accounts: bank accounts for direct debit."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, overload

from ..records.operations import Creatable, Destroyable, Listable, Retrievable
from ..records.resource import Resource
from ..records.search import Searchable
from ..records.signatures import types_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typing_extensions import Self, Unpack

    from .parameters.linked_account import LinkedAccountCreate as LinkedAccountCreate
    from .parameters.linked_account import LinkedAccountStatus as LinkedAccountStatus
    from .parameters.linked_account import LinkedAccountType as LinkedAccountType
else:
    __getattr__ = types_in(".parameters.linked_account", __name__)


class LinkedAccount(Creatable, Retrievable, Listable, Destroyable, Searchable, Resource):
    """
    A payer's bank account, which a customer may keep and charges are debited from.

    `create` takes ``type`` (``"direct_debit_bay"``, ``"direct_debit_kbank"``, ``"direct_debit_ktb"``,
    ``"direct_debit_scb"``), ``return_uri``, ``citizen_id`` and ``metadata``; the payer then enrols at
    ``registration_uri``.

    Source: https://docs.omise.co/linked-accounts-api
    """

    object_name: ClassVar[str | None] = "linked_account"
    path: ClassVar[str | None] = "/linked_accounts"
    referable: ClassVar[bool] = True
    summary: ClassVar[tuple[str, ...]] = ("type", "status", "last_digits")

    id: str
    livemode: bool
    location: str
    registration_uri: str
    return_uri: str
    type: LinkedAccountType
    status: LinkedAccountStatus
    """``"pending"``, ``"successful"``, ``"failed"``, ``"expired"`` or ``"deleted"``."""
    last_digits: str | None
    metadata: dict[str, Any]
    failure_code: str | None
    failure_message: str | None
    registered_at: datetime | None
    expires_at: datetime
    created_at: datetime

    if TYPE_CHECKING:

        @overload
        @classmethod
        def create(cls, /, **params: Unpack[LinkedAccountCreate]) -> Self: ...
        @overload
        @classmethod
        def create(cls, attributes: Mapping[str, Any], /, **params: Any) -> Self: ...
        @classmethod
        def create(cls, attributes: Any = None, /, **params: Any) -> Self: ...

    @property
    def destroyed(self) -> bool:
        """Whether the link to the account was cut."""
        return super().destroyed or self._attributes.get("status") == "deleted"
