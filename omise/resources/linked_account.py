"""Linked accounts: bank accounts for direct debit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..records.operations import Creatable, Destroyable, Listable, Retrievable
from ..records.resource import Resource
from ..records.search import Searchable


class LinkedAccount(Creatable, Retrievable, Listable, Destroyable, Searchable, Resource):
    """
    A payer's bank account, which a customer may keep and charges are debited from.

    `create` takes ``type`` (``"direct_debit_bay"``, ``"direct_debit_kbank"``, ``"direct_debit_ktb"``,
    ``"direct_debit_scb"``), ``return_uri``, ``citizen_id`` and ``metadata``; the payer then enrols at
    ``registration_uri``.

    Source: https://docs.omise.co/linked-accounts-api
    """

    object_name = "linked_account"
    path = "/linked_accounts"
    referable = True
    summary = ("type", "status", "last_digits")

    id: str
    livemode: bool
    location: str
    registration_uri: str
    return_uri: str
    type: str
    status: str
    """``"pending"``, ``"successful"``, ``"failed"``, ``"expired"`` or ``"deleted"``."""
    last_digits: str | None
    metadata: dict[str, Any]
    failure_code: str | None
    failure_message: str | None
    registered_at: datetime | None
    expires_at: datetime
    created_at: datetime

    @property
    def destroyed(self) -> bool:
        """Whether the link to the account was cut."""
        return super().destroyed or self._attributes.get("status") == "deleted"
