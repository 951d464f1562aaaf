"""Types of what `Account` takes."""

from __future__ import annotations

from typing import TypedDict

from ...records.parameters import CallOptions


class MetadataExportKeysData(TypedDict, total=False):
    """The names in metadata that exports show as columns, by what they are of."""

    charge: list[str]
    """Of charges."""
    transfer: list[str]
    """Of transfers."""
    refund: list[str]
    """Of refunds."""
    dispute: list[str]
    """Of disputes."""


class AccountUpdate(CallOptions, total=False):
    """
    What `Account.update` takes.

    Source: https://docs.omise.co/account-api
    """

    chain_enabled: bool
    """Whether other accounts may ask for a chain to this one."""
    chain_return_uri: str | None
    """Where the browser goes after a chain was authorized; None for nowhere."""
    webhook_uri: str | None
    """The https address that receives events of this mode, with a certificate of a known authority; None for none."""
    zero_interest_installments: bool
    """Whether the merchant bears the interest of instalments where a charge does not say."""
    metadata_export_keys: MetadataExportKeysData
    """Which metadata exports show."""
