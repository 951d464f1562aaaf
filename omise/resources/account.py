"""The account."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from ..records.operations import Singleton, Updatable
from ..records.resource import Resource
from ..records.signatures import types_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from typing_extensions import Self, Unpack

    from .parameters.account import AccountUpdate as AccountUpdate
    from .parameters.account import MetadataExportKeysData as MetadataExportKeysData
else:
    __getattr__ = types_in(".parameters.account", __name__)


class TransferConfig(Resource):
    """Limits and fee of transfers; its amounts are decimal text in the currency's main unit."""

    min_transfer_amount: str
    max_transfer_amount: str
    same_bank_max_transfer_amount: str
    is_payout_enabled: bool
    fee: str
    provider: str
    merchant_id: str
    transfer_service_availability: str | None
    max_active_realtime_transfer_schedules: int | None


class MetadataExportKeys(Resource):
    """The names in metadata that exports show as columns, by what they are of."""

    charge: list[str]
    transfer: list[str]
    refund: list[str]
    dispute: list[str]


class Account(Singleton, Updatable, Resource):
    """
    The account whose key it is, in the mode of that key.

    `update` takes ``webhook_uri`` (an https address that receives events), ``chain_enabled``, ``chain_return_uri``,
    ``zero_interest_installments`` and ``metadata_export_keys``.

    Source: https://docs.omise.co/account-api
    """

    object_name: ClassVar[str | None] = "account"
    path: ClassVar[str | None] = "/account"
    summary: ClassVar[tuple[str, ...]] = ("email", "country")
    _parts = {"metadata_export_keys": MetadataExportKeys, "transfer_config": TransferConfig}

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
    metadata_export_keys: MetadataExportKeys
    transfer_config: TransferConfig

    if TYPE_CHECKING:

        def update(
            self, attributes: AccountUpdate | Mapping[str, Any] | None = None, /, **params: Unpack[AccountUpdate]
        ) -> Self: ...
        def save(
            self, attributes: AccountUpdate | Mapping[str, Any] | None = None, /, **params: Unpack[AccountUpdate]
        ) -> Self: ...
