"""
The account: whose key it is, and its settings.

Some settings are made in the dashboard, and there is none here; `DASHBOARD` can be changed like the others. (inferred)

Source: https://docs.omise.co/account-api
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..events.endpoints import endpoint
from ..http.call import Call
from ..http.routing import Resource, route
from ..http.takes import Takes, each
from ..http.versions import VERSIONS
from ..rules.countries import COUNTRIES, default_country
from ..rules.currencies import CURRENCIES
from ..rules.validation import Invalid, Rule, boolean, check, check_all, looked_up, one_of, required, uri
from ..state.clock import day_of
from ..state.kinds import opening
from ..state.store import Document
from ..state.workspace import View, Workspace

__all__ = ["merchant"]

accounts: Resource = Resource("account", prefix="account", path="/account")

EXPORTED = ("charge", "transfer", "refund", "dispute")


def export_keys(value: Any) -> dict[str, list[str]]:
    """The names of metadata that exports show as columns, by what they are of."""
    if not isinstance(value, Mapping):
        raise Invalid("must be an object")
    given = {name: value.get(name) or [] for name in EXPORTED}
    if not all(isinstance(keys, list) and all(isinstance(key, str) for key in keys) for keys in given.values()):
        raise Invalid("must hold lists of strings")
    return given


PARAMETERS: dict[str, Rule] = {
    "chain_enabled": boolean,
    "chain_return_uri": uri,
    "webhook_uri": endpoint,
    "zero_interest_installments": boolean,
    "metadata_export_keys": export_keys,
}
#: Whether cards are always charged with 3-D Secure; whether new recipients are active at once.
DASHBOARD: dict[str, Rule] = {"three_d_secure": boolean, "auto_activate_recipients": boolean}
VERSION = {"api_version": required(one_of(*VERSIONS))}
TAKEN: Takes = PARAMETERS | DASHBOARD | {"metadata_export_keys": each(EXPORTED, looked_up)}

TRANSFERS: dict[str, Any] = {
    "min_transfer_amount": "30.00",
    "max_transfer_amount": "1000000000.00",
    "same_bank_max_transfer_amount": "1000000000.00",
    "is_payout_enabled": False,
    "fee": "30.00",
    "provider": "",
    "merchant_id": "OPNK",
    "transfer_service_availability": None,
    "max_active_realtime_transfer_schedules": None,
}
EMAIL = "shop@example.com"


@accounts.shown
def show(view: View, account: Document) -> dict[str, Any]:
    """The account of a mode; the team is that of both."""
    currency = account["currency"]
    return {
        "object": "account",
        "id": account.id,
        "team": f"acct_{account.id.rpartition('_')[2]}",
        "livemode": account.livemode,
        "location": "/account",
        "country": account["country"],
        "currency": currency,
        "email": EMAIL,
        "created_at": view.created_at(account),
        "supported_currencies": [currency, *(other for other in CURRENCIES if other != currency)],
        "api_version": account["api_version"],
        "auto_activate_recipients": account["auto_activate_recipients"],
        "chain_enabled": account["chain_enabled"],
        "zero_interest_installments": account["zero_interest_installments"],
        "chain_return_uri": account["chain_return_uri"],
        "webhook_uri": account["webhook_uri"],
        "metadata_export_keys": account["metadata_export_keys"],
        "chaining_allowed": True,
        "last_updated_api_version": account["last_updated_api_version"],
        "transfer_config": TRANSFERS,
    }


def merchant(account: Document) -> str:
    """Who is paid, as payers are told."""
    return f"{EMAIL}\n{account.id}"


@opening
def open_account(workspace: Workspace) -> None:
    """The settings that an account begins with."""
    country = COUNTRIES[default_country(workspace.store)]
    settings = {
        "country": country.code,
        "currency": country.currency,
        "auto_activate_recipients": False,
        "chain_enabled": False,
        "zero_interest_installments": False,
        "chain_return_uri": None,
        "webhook_uri": None,
        "metadata_export_keys": export_keys({}),
        "last_updated_api_version": day_of(workspace.now_ms).isoformat(),
        "three_d_secure": False,
    }
    workspace.update(workspace.account, settings)


@route("GET", "/account", takes={})
def retrieve(call: Call) -> Document:
    """The account of the key."""
    return call.account


@route("PATCH", "/account", takes=TAKEN)
def update(call: Call) -> Document:
    """Change settings."""
    call.update(call.account, check(call.params, PARAMETERS | DASHBOARD))
    return call.account


@route("PATCH", "/account/api_version", takes=VERSION)
def update_api_version(call: Call) -> Document:
    """Choose the version of answers and events. The API does not let an account go back; this does. (inferred)"""
    given = check_all(call.params, VERSION)
    call.update(call.account, given | {"last_updated_api_version": day_of(call.now_ms).isoformat()})
    return call.account
