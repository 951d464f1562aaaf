"""
Charges: payments by card, by source, or from a linked account, and what becomes of them.

Source: https://docs.omise.co/charges-api
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..events.endpoints import endpoint
from ..http.call import Call
from ..http.routing import Resource, route
from ..refusals import ApiError
from ..rules.countries import country_of
from ..rules.currencies import convert, currency, in_words, share
from ..rules.fees import FLAT_FEE, VAT_RATE, fees_of
from ..rules.methods import CARD
from ..rules.outcomes import (
    EXPIRED,
    FAILED,
    FAILURES,
    PENDING,
    REJECTED,
    REVERSED,
    accept,
    awaits_payer,
    begin,
    can_be_voided,
    change,
    collect,
    decline,
    is_capturable,
    is_refundable,
    left,
    method_of,
)
from ..rules.timing import CHARGE_EXPIRES_AFTER, CHARGE_EXPIRES_SOON_AFTER, milliseconds
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
from ..state.alarms import on_alarm
from ..state.clock import time_text
from ..state.store import Document
from ..state.workspace import View, Workspace
from . import source
from .payers import Payer, authentication, check_payer, find_payer

__all__ = ["amount_and_currency", "in_words", "make"]

charges = Resource("charge", prefix="chrg", path="/charges")
charges.listable()
charges.retrievable()

INVALID = "invalid_charge"
PRE_AUTH = "pre_auth"

MAX_ENDPOINTS = 2
#: Characters.
MAX_DESCRIPTION = 10_000

# What is wrong with a request. (inferred)
PAST = "expires_at must be in the future"
ONE_CAPTURE = "charge was already captured"
WAS_REVERSED = "charge was already reversed"
ONLY_WHOLE = "only charges with the authorization type pre_auth can be captured in part"
NOT_PENDING = "charge is not awaiting payment"
TEST_ONLY = "charges can only be marked in test mode"

# What is wrong with a request, as the API says it.
CONVERSION = "the currency conversion could not be completed"
TOO_LATE = "charge expired"
UNAUTHORIZED = "Charge is not authorized"
NO_EXPIRY = "expire failed"
NO_REVERSAL = "only uncaptured authorized charges can be reversed"


def description(value: Any) -> str | None:
    """A text, longer than most."""
    if isinstance(value, str) and len(value) <= MAX_DESCRIPTION:
        return value
    return text(value)


def platform_fee(value: Any) -> dict[str, Any]:
    """What a platform takes of the charge; nothing comes of it here. (inferred)"""
    if not isinstance(value, Mapping):
        raise Invalid("must be an object")
    number = optional(integer(minimum=0))
    return {
        "fixed": number(value.get("fixed")),
        "amount": number(value.get("amount")),
        "percentage": optional(percentage)(value.get("percentage")),
    }


def percentage(value: Any) -> float:
    """A number from 0 to 100, from JSON or in digits."""
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,10})?", str(value)) or float(value) > 100:
        raise Invalid("is not a percentage")
    return float(value)


def webhook_endpoints(value: Any) -> list[str]:
    """Where the events of this charge go, in place of the account's endpoint."""
    if not isinstance(value, list) or len(value) > MAX_ENDPOINTS:
        raise Invalid(f"must be a list of at most {MAX_ENDPOINTS}")
    return [uri for uri in map(endpoint, value) if uri]


AMOUNT = {"currency": currency, "amount": integer()}
CHANGEABLE = {"description": description, "metadata": metadata}
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
PARAMETERS = AMOUNT | CHANGEABLE | {name: optional(rule) for name, rule in OPTIONS.items()}

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


@charges.shown
def show(view: View, charge: Document) -> dict[str, Any]:
    """A charge, with everything that belongs to it."""
    plain, method = View(view.workspace), method_of(charge)
    location, disputes = f"/charges/{charge.id}", view.workspace.all("dispute", charge)
    refundable = is_refundable(view.workspace, charge)
    return {
        "object": "charge",
        "id": charge.id,
        "location": location,
        "amount": charge["amount"],
        "authorization_type": charge["authorization_type"],
        "authorized_amount": charge["amount"],
        "captured_amount": _captured_amount(charge),
        "acquirer_reference_number": None,
        "net": charge["funding"] - charge["fee"] - charge["fee_vat"],
        "fee": charge["fee"],
        "fee_vat": charge["fee_vat"],
        "interest": 0,
        "interest_vat": 0,
        "funding_amount": charge["funding"],
        "refunded_amount": charge["refunded"],
        "transaction_fees": {"fee_flat": FLAT_FEE, "fee_rate": method.fee_rate, "vat_rate": VAT_RATE},
        "platform_fee": charge["platform_fee"],
        "currency": charge["currency"],
        "funding_currency": charge["funding_currency"],
        "ip": charge["ip"],
        "refunds": plain.list("refund", parent=charge, location=f"{location}/refunds"),
        "link": view.reference(charge["link"]),
        "description": charge["description"],
        "metadata": charge["metadata"],
        "missing_3ds_fields": [],
        "card": _shown(plain, charge["card"]),
        "source": _shown(plain, charge["source"]),
        "schedule": view.reference(charge["schedule"]),
        "linked_account": _shown(plain, charge["linked_account"]),
        "customer": view.reference(charge["customer"]),
        "dispute": plain.show(disputes[-1]) if disputes else None,
        "transaction": view.reference(charge["transaction"]),
        "failure_code": charge["failure_code"],
        "failure_message": FAILURES[charge["failure_code"]] if charge["failure_code"] else None,
        "merchant_advice": None,
        "merchant_advice_code": None,
        "status": charge["status"],
        "authorize_uri": charge["authorize_uri"],
        "return_uri": charge["return_uri"],
        "created_at": view.created_at(charge),
        "paid_at": _time(charge["paid_at"]),
        "authorized_at": _time(charge["authorized_at"]),
        "expires_at": time_text(charge["expires"]),
        "expired_at": _time(_expired_at(view.workspace, charge)),
        "reversed_at": _time(charge["reversed_at"]),
        "multi_capture": False,
        "zero_interest_installments": charge["zero_interest_installments"],
        "branch": None,
        "terminal": None,
        "device": None,
        "authorized": charge["authorized"],
        "capturable": is_capturable(charge),
        "capture": charge["capture"],
        "disputable": method.disputable and left(charge) > 0 and not disputes,
        "livemode": charge.livemode,
        "refundable": refundable,
        "partially_refundable": refundable and method.partially_refundable,
        "reversed": charge["status"] == REVERSED,
        "reversible": is_capturable(charge),
        "voided": charge["voided"],
        "paid": charge["paid_at"] is not None,
        "expired": _is_expired(view.workspace, charge),
        "can_perform_void": can_be_voided(view.workspace, charge),
        "approval_code": None,
        **_extras(charge),
    }


@route("POST", "/charges")
def create(call: Call) -> Document:
    """Charge somebody. A charge that is declined is made, too, and says why."""
    return make(call, call.params)


@route("PATCH", "/charges/<charge>")
def update(call: Call, charge: Document) -> Document:
    """Change description or metadata."""
    call.update(charge, check(call.params, CHANGEABLE, INVALID))
    call.emit("charge.update", charge)
    return charge


@route("POST", "/charges/<charge>/capture")
def capture(call: Call, charge: Document) -> Document:
    """Take the money of an authorised charge, or, of a pre-authorised one, a part of it. The rest is released."""
    _check_capturable(charge)
    amount = _capture_amount(charge, call.params.get("capture_amount"))
    collect(call, charge, amount)
    call.emit("charge.capture", charge)
    return charge


@route("POST", "/charges/<charge>/reverse")
def reverse(call: Call, charge: Document) -> Document:
    """Release the money of an authorised charge."""
    if charge["status"] == EXPIRED:
        raise ApiError("expired_charge", TOO_LATE)
    if not is_capturable(charge):
        raise ApiError("failed_reverse", NO_REVERSAL)
    change(call, charge, status=REVERSED, reversed_at=call.now_ms)
    call.emit("charge.reverse", charge)
    return charge


@route("POST", "/charges/<charge>/expire")
def expire(call: Call, charge: Document) -> Document:
    """Stop waiting for a payer, where the method allows that."""
    if not awaits_payer(charge) or not method_of(charge).expirable:
        raise ApiError("failed_expire", NO_EXPIRY)
    change(call, charge, status=EXPIRED, expired_at=call.now_ms, expires=call.now_ms)
    call.emit("charge.expire", charge)
    return charge


@route("POST", "/charges/<charge>/mark_as_paid")
def mark_as_paid(call: Call, charge: Document) -> Document:
    """Let a pending charge succeed, in test mode; whatever its card is, it does."""
    _check_markable(charge)
    accept(call, charge)
    call.emit("charge.complete", charge)
    return charge


@route("POST", "/charges/<charge>/mark_as_failed")
def mark_as_failed(call: Call, charge: Document) -> Document:
    """Let a pending charge fail, in test mode."""
    _check_markable(charge)
    decline(call, charge, REJECTED)
    call.emit("charge.complete", charge)
    return charge


@on_alarm("charge.expire")
def expire_later(workspace: Workspace, charge: Document) -> None:
    """Nobody paid, or nobody captured, in time."""
    if charge["status"] == PENDING:
        change(workspace, charge, status=EXPIRED, expired_at=charge["expires"])
        workspace.emit("charge.expire", charge)


def make(
    workspace: Workspace,
    params: Mapping[str, Any],
    *,
    schedule: Document | None = None,
    link: Document | None = None,
) -> Document:
    """
    Charge somebody: the whole of ``POST /charges``, for requests, for the runs of a *schedule*, and for a *link*.

    Raises `ApiError` for what is refused; that changes nothing. A declined charge is no error.
    """
    payer = find_payer(workspace, params)
    given = check(dict.fromkeys(AMOUNT) | dict(params), PARAMETERS, INVALID)
    _check_limits(workspace, given["amount"], given["currency"], INVALID)
    payer = check_payer(workspace, payer, given)
    _check_options(workspace, given)
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


def _check_options(workspace: Workspace, given: Mapping[str, Any]) -> None:
    """What else is given has to make sense now."""
    if given.get("expires_at") is not None and given["expires_at"] * 1000 <= workspace.now_ms:
        raise ApiError(INVALID, PAST)
    if given.get("first_charge"):
        workspace.find("charge", given["first_charge"])


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
        span = CHARGE_EXPIRES_SOON_AFTER if payer.method.hurried else CHARGE_EXPIRES_AFTER
    return workspace.now_ms + milliseconds(span)


def _check_capturable(charge: Document) -> None:
    if charge["status"] == EXPIRED:
        raise ApiError("expired_charge", TOO_LATE)
    if not charge["authorized"]:
        raise ApiError("failed_capture", UNAUTHORIZED)
    if charge["status"] == REVERSED:
        raise ApiError("failed_capture", WAS_REVERSED)
    if charge["status"] != PENDING:
        raise ApiError("failed_capture", ONE_CAPTURE)


def _capture_amount(charge: Document, value: Any) -> int:
    """What is to be captured: all of it, unless *value* says otherwise."""
    whole: int = charge["amount"]
    rule = {"capture_amount": optional(integer(minimum=1, maximum=whole))}
    amount: int = check({"capture_amount": value}, rule, "failed_capture")["capture_amount"] or whole
    if amount != whole and charge["authorization_type"] != PRE_AUTH:
        raise ApiError("failed_capture", ONLY_WHOLE)
    if not share(charge["funding"], amount, of=whole):
        raise ApiError("failed_capture", CONVERSION)
    return amount


def _check_markable(charge: Document) -> None:
    if charge.livemode:
        raise ApiError("not_authorized", TEST_ONLY)
    if charge["status"] == EXPIRED:
        raise ApiError("expired_charge", TOO_LATE)
    if not awaits_payer(charge):
        raise ApiError("bad_request", NOT_PENDING)


# How it is shown


def _captured_amount(charge: Document) -> int:
    """What was captured; before that, nothing for a pre-authorised charge, and for all others the whole."""
    captured, whole = charge["captured"], charge["amount"]
    if captured is None:
        captured = 0 if charge["authorization_type"] == PRE_AUTH and not charge["capture"] else whole
    return int(captured)


def _expired_at(workspace: Workspace, charge: Document) -> int | None:
    """Once its time is over, every charge says so, even one that was paid."""
    expired: int | None = charge["expired_at"]
    return charge["expires"] if expired is None and workspace.now_ms >= charge["expires"] else expired


def _is_expired(workspace: Workspace, charge: Document) -> bool:
    """As `_expired_at`, but not for those that were paid or reversed; one that failed expires, too."""
    return charge["status"] in (EXPIRED, FAILED) and _expired_at(workspace, charge) is not None


def _extras(charge: Document) -> dict[str, Any]:
    """Newer fields, which only charges have that have something to say there."""
    extras = {"authenticated_by": charge["authentication"], "statement_descriptor": charge["statement_descriptor"]}
    return {name: value for name, value in extras.items() if value is not None}


def _shown(view: View, document_id: str | None) -> dict[str, Any] | None:
    """What belongs to a charge, even if it was deleted since."""
    document = view.workspace.store.get(document_id) if document_id else None
    return view.show(document) if document else None


def _time(milliseconds: int | None) -> str | None:
    return None if milliseconds is None else time_text(milliseconds)
