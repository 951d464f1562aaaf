"""The account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..records.operations import Singleton, Updatable
from ..records.resource import Resource


class Account(Singleton, Updatable, Resource):
    """
    The account whose key it is, in the mode of that key.

    `update` takes ``webhook_uri`` (an https address that receives events), ``chain_enabled``, ``chain_return_uri``,
    ``zero_interest_installments`` and ``metadata_export_keys``.

    Source: https://docs.omise.co/account-api
    """

    object_name = "account"
    path = "/account"
    summary = ("email", "country")

    id: str
    team: str
    livemode: bool
    location: str
    country: str
    currency: str
    email: str
    created_at: datetime
    supported_currencies: list[str]
    api_version: str
    last_updated_api_version: str | None
    auto_activate_recipients: bool
    chain_enabled: bool
    chaining_allowed: bool
    chain_return_uri: str | None
    webhook_uri: str | None
    zero_interest_installments: bool
    metadata_export_keys: Any
    transfer_config: Any
    """Limits and fee of transfers; its amounts are decimal text in the currency's main unit."""
