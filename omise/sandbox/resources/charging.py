"""
Making a charge: the whole of ``POST /charges``, for requests, for the runs of schedules, and for links.

Source: https://docs.omise.co/charges-api
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ..events.endpoints import endpoint
from ..http.takes import Takes
from ..refusals import ApiError
from ..rules.countries import country_of
from ..rules.currencies import convert, currency
from ..rules.fees import fees_of
from ..rules.methods import CARD, Method
from ..rules.outcomes import PENDING, begin
from ..rules.provenance import DOCUMENTED, fact
from ..rules.timing import milliseconds
from ..rules.validation import (
    Invalid,
    Rule,
    boolean,
    check,
    check_all,
    integer,
    metadata,
    moment,
    one_of,
    optional,
    text,
    uri,
)
from ..state.store import Document
from ..state.workspace import Workspace
from . import source
from .payers import PAYERS, Payer, authentication, check_payer, find_payer

__all__ = ["AMOUNT", "CHANGEABLE", "INVALID", "PRE_AUTH", "TAKEN", "amount_and_currency", "make"]

INVALID = "invalid_charge"
PRE_AUTH = "pre_auth"

MAX_ENDPOINTS = fact(2, DOCUMENTED, "how many endpoints of its own a charge can have")
#: Characters.
MAX_DESCRIPTION = 10_000

PAST = "expires_at must be in the future"  # (inferred)
NO_AMOUNT = "amount is not a number"  # (inferred)
TOO_LATE = "expires_at must be within {} hours"  # (inferred)


def description(value: Any) -> str | None:
    """A text, longer than most."""
    if isinstance(value, str) and len(value) <= MAX_DESCRIPTION:
        return value
    return text(value)


def percentage(value: Any) -> str:
    """A number from 0 to 100, from JSON or in digits; kept as text."""
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,10})?", str(value)) or float(value) > 100:
        raise Invalid("is not a percentage")
    return str(float(value))


PLATFORM_FEE = dict.fromkeys(("fixed", "amount"), integer(minimum=0)) | {"percentage": percentage}


def platform_fee(value: Any) -> dict[str, Any]:
    """What a platform takes of the charge, nothing where that is not said; nothing comes of it here. (inferred)"""
    if not isinstance(value, Mapping):
        raise Invalid("must be an object")
    return {name: rule(value.get(name) or 0) for name, rule in PLATFORM_FEE.items()}


def webhook_endpoints(value: Any) -> list[str]:
    """Where the events of this charge go, in place of the account's endpoint."""
    if not isinstance(value, list) or len(value) > MAX_ENDPOINTS:
        raise Invalid(f"must be a list of at most {MAX_ENDPOINTS}")
    return [uri for uri in map(endpoint, value) if uri]


AMOUNT: dict[str, Rule] = {"currency": currency, "amount": integer()}
CHANGEABLE: dict[str, Rule] = {"description": description, "metadata": metadata}
OPTIONS: dict[str, Rule] = {
    "capture": boolean,
    "authorization_type": one_of(PRE_AUTH, "final_auth"),
    "return_uri": uri,
    "authentication": one_of("3DS", "PASSKEY"),
    "ip": text,
    "expires_at": moment,
    "platform_fee": platform_fee,
    "zero_interest_installments": boolean,
    "first_charge": text,
    "transaction_indicator": one_of("MIT", "CIT"),
    "recurring_reason": one_of(
        "unscheduled",
        "standing_order",
        "subscription",
        "installment",
        "partial_shipment",
        "delayed_charge",
        "no_show",
        "resubmission",
    ),
    "webhook_endpoints": webhook_endpoints,
    "statement_descriptor": text,
}
PARAMETERS: dict[str, Rule] = AMOUNT | CHANGEABLE | {name: optional(rule) for name, rule in OPTIONS.items()}
TAKEN: Takes = {**PARAMETERS, **PAYERS, "platform_fee": PLATFORM_FEE}

NO_PLATFORM_FEE = {"fixed": None, "amount": None, "percentage": None}

#: How a charge begins; times are Unix time in milliseconds, null until they come.
BLANK: dict[str, Any] = {
    "status": PENDING,
    "authorized": False,
    "authorized_at": None,
    "captured": None,
    "paid_at": None,
    "transaction": None,
    "refunded": 0,
    "refunded_funding": 0,
    "refunds": 0,
    "voided": False,
    "reversed_at": None,
    "expired_at": None,
    "failure_code": None,
    "authorize_uri": None,
}


def make(
    workspace: Workspace,
    params: Mapping[str, Any],
    *,
    schedule: Document | None = None,
    link: Document | None = None,
) -> Document:
    """
    Charge somebody: the whole of ``POST /charges``, for requests, for the runs of a *schedule*, and for a *link*.

    Raises `ApiError` for what is refused, the amount first; that changes nothing. A declined charge is no error.
    """
    if params.get("amount") in (None, ""):
        raise ApiError("invalid_amount", NO_AMOUNT)
    given = check(dict.fromkeys(AMOUNT) | dict(params), PARAMETERS, INVALID)
    _check_limits(workspace, given["amount"], given["currency"], INVALID)
    payer = check_payer(workspace, find_payer(workspace, params), given)
    _check_options(workspace, payer, given)
    fields = _fields(workspace, payer, given)
    fields |= {"schedule": schedule.id if schedule else None, "link": link.id if link else None}
    made = source.keep(workspace, payer.inline) if payer.inline else payer.source
    charge = workspace.create("charge", BLANK | fields | {"source": made.id if made else None})
    if payer.token:
        workspace.update(payer.token, {"used": True})
    if made:
        workspace.update(made, {"charge": charge.id})
        source.show_code(workspace, made, charge, charge["expires"])
    begin(workspace, charge, payer.method)
    workspace.emit("charge.create", charge)
    return charge


def amount_and_currency(workspace: Workspace, params: Mapping[str, Any], *, code: str = INVALID) -> tuple[int, str]:
    """The amount and the currency of a charge to be made with *params*, or an error with *code*."""
    given = check_all(params, AMOUNT, code)
    _check_limits(workspace, given["amount"], given["currency"], code)
    return given["amount"], given["currency"]


def _check_limits(workspace: Workspace, amount: int, code: str, error: str) -> None:
    """The limits are in the account's currency; another one is converted first."""
    country = country_of(workspace.account)
    least, most = country.charge_limits
    funding = convert(amount, code, country.currency)
    unit = f"({country.currency.lower()} subunits)"
    if funding < least:
        raise ApiError(error, f"amount must be greater than or equal to {least} {unit}")
    if funding > most:
        raise ApiError(error, f"amount must be less than or equal to {most} {unit}")  # (inferred)


def _check_options(workspace: Workspace, payer: Payer, given: Mapping[str, Any]) -> None:
    """What else is given has to make sense now."""
    if given.get("expires_at") is not None:
        _check_expiry(payer.method, given["expires_at"] * 1000 - workspace.now_ms)
    if given.get("first_charge"):
        workspace.find("charge", given["first_charge"])


def _check_expiry(method: Method, left_ms: int) -> None:
    if left_ms <= 0:
        raise ApiError(INVALID, PAST)
    if method.longest is not None and left_ms > milliseconds(method.longest):
        raise ApiError(INVALID, TOO_LATE.format(method.longest // timedelta(hours=1)))


def _fields(workspace: Workspace, payer: Payer, given: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a charge that will be made."""
    home, method = workspace.account["currency"], payer.method
    funding = convert(given["amount"], given["currency"], home)
    fees = fees_of(funding, method.fee_rate)
    documents = ("card", "token", "customer", "linked_account")
    capture_now = given.get("capture")
    return {
        **{name: document.id if (document := getattr(payer, name)) else None for name in documents},
        "method": method.name,
        "amount": given["amount"],
        "currency": given["currency"],
        "funding": funding,
        "funding_currency": home,
        "fee": fees.fee,
        "fee_vat": fees.vat,
        "description": given.get("description"),
        "metadata": given.get("metadata") or {},
        "capture": True if capture_now is None else capture_now,
        "authentication": authentication(workspace, payer, given),
        "platform_fee": given.get("platform_fee") or NO_PLATFORM_FEE,
        "zero_interest_installments": bool(given.get("zero_interest_installments")),
        "expires": _expiry(workspace, payer, given),
        **{name: given.get(name) for name in ("authorization_type", "return_uri", "ip")},
        **{name: given.get(name) for name in ("webhook_endpoints", "statement_descriptor")},
    }


def _expiry(workspace: Workspace, payer: Payer, given: Mapping[str, Any]) -> int:
    """When a charge is no longer waited for. Only those of sources can have it chosen."""
    if payer.method is CARD:
        span = country_of(workspace.account).authorized_for
    elif given.get("expires_at") is not None:
        return int(given["expires_at"]) * 1000
    else:
        span = payer.method.expires
    return workspace.now_ms + milliseconds(span)
