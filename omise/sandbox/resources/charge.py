"""
Charges: payments by card, by source, or from a linked account, and what becomes of them.

Source: https://docs.omise.co/charges-api
"""

from __future__ import annotations

from typing import Any

from ..http.call import Call
from ..http.routing import Resource, route
from ..refusals import ApiError
from ..rules.currencies import share
from ..rules.fees import FLAT_FEE, VAT_RATE
from ..rules.outcomes import (
    EXPIRED,
    FAILED,
    FAILURES,
    PENDING,
    REJECTED,
    REVERSED,
    accept,
    awaits_payer,
    can_be_voided,
    change,
    collect,
    decline,
    is_capturable,
    is_refundable,
    left,
    method_of,
)
from ..rules.validation import check, integer, looked_up, optional
from ..state.alarms import on_alarm
from ..state.clock import time_text
from ..state.store import Document
from ..state.workspace import View, Workspace
from .charging import CHANGEABLE, INVALID, PRE_AUTH, TAKEN, make

charges: Resource = Resource("charge", prefix="chrg", path="/charges")
charges.listable()
charges.retrievable()

# What is wrong with a request. (inferred)
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

#: What 3-D Secure wants to know of a card.
WANTED = ("email", "phone_number")


@charges.shown
def show(view: View, charge: Document) -> dict[str, Any]:
    """A charge, with everything that belongs to it."""
    plain, method = View(view.workspace), method_of(charge)
    location, disputes = f"/charges/{charge.id}", view.workspace.all("dispute", charge)
    card = view.workspace.store.get(charge["card"] or "")
    refundable = is_refundable(view.workspace, charge)
    return {
        "object": "charge",
        "id": charge.id,
        "location": location,
        "amount": charge["amount"],
        **_authorization(view, charge),
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
        **_missing(charge, card),
        "card": plain.show(card) if card else None,
        "source": _shown(plain, charge["source"]),
        "schedule": view.reference(charge["schedule"]),
        "linked_account": _shown(plain, charge["linked_account"]),
        "customer": view.reference(charge["customer"]),
        "dispute": plain.show(disputes[-1]) if disputes else None,
        "transaction": view.reference(charge["transaction"]),
        "failure_code": charge["failure_code"],
        "failure_message": FAILURES[charge["failure_code"]] if charge["failure_code"] else None,
        "merchant_advice": charge.body.get("merchant_advice"),
        "merchant_advice_code": charge.body.get("merchant_advice_code"),
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


@route("POST", "/charges", takes=TAKEN)
def create(call: Call) -> Document:
    """Charge somebody. A charge that is declined is made, too, and says why."""
    return make(call, call.params)


@route("PATCH", "/charges/<charge>", takes=CHANGEABLE)
def update(call: Call, charge: Document) -> Document:
    """Change description or metadata."""
    call.update(charge, check(call.params, CHANGEABLE, INVALID))
    call.emit("charge.update", charge)
    return charge


@route("POST", "/charges/<charge>/capture", takes={"capture_amount": looked_up})
def capture(call: Call, charge: Document) -> Document:
    """Take the money of an authorised charge, or, of a pre-authorised one, a part of it. The rest is released."""
    _check_capturable(charge)
    amount = _capture_amount(charge, call.params.get("capture_amount"))
    collect(call, charge, amount)
    call.emit("charge.capture", charge)
    return charge


@route("POST", "/charges/<charge>/reverse", takes={})
def reverse(call: Call, charge: Document) -> Document:
    """Release the money of an authorised charge."""
    if charge["status"] == EXPIRED:
        raise ApiError("expired_charge", TOO_LATE)
    if not is_capturable(charge):
        raise ApiError("failed_reverse", NO_REVERSAL)
    change(call, charge, status=REVERSED, reversed_at=call.now_ms)
    call.emit("charge.reverse", charge)
    return charge


@route("POST", "/charges/<charge>/expire", takes={})
def expire(call: Call, charge: Document) -> Document:
    """Stop waiting for a payer, where the method allows that."""
    if not awaits_payer(charge) or not method_of(charge).expirable:
        raise ApiError("failed_expire", NO_EXPIRY)
    change(call, charge, status=EXPIRED, expired_at=call.now_ms, expires=call.now_ms)
    call.emit("charge.expire", charge)
    return charge


@route("POST", "/charges/<charge>/mark_as_paid", takes={})
def mark_as_paid(call: Call, charge: Document) -> Document:
    """Let a pending charge succeed, in test mode; whatever its card is, it does."""
    _check_markable(charge)
    accept(call, charge)
    call.emit("charge.complete", charge)
    return charge


@route("POST", "/charges/<charge>/mark_as_failed", takes={})
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
        raise ApiError("processed_charge", NOT_PENDING)


# How it is shown


def _authorization(view: View, charge: Document) -> dict[str, Any]:
    """What was authorised and captured; the answer about a single charge says so only of a pre-authorised one."""
    if view.alone and charge["authorization_type"] != PRE_AUTH:
        return {}
    return {
        "authorization_type": charge["authorization_type"],
        "authorized_amount": charge["amount"],
        "captured_amount": _captured_amount(charge),
    }


def _missing(charge: Document, card: Document | None) -> dict[str, Any]:
    """What 3-D Secure wanted to know of the card and was not told; only charges of cards have the field."""
    if card is None or charge["source"]:
        return {}
    missing = [name for name in WANTED if not card.body.get(name)] if charge["authentication"] else []
    return {"missing_3ds_fields": missing}


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
