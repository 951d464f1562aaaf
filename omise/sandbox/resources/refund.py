"""
Refunds: what is given back of a charge, in parts or as a whole.

Source: https://docs.omise.co/refunds-api
"""

from __future__ import annotations

from typing import Any

from ..http.call import Call
from ..http.paging import PAGING
from ..http.routing import Resource, route
from ..refusals import ApiError
from ..rules import ledger
from ..rules.currencies import share
from ..rules.outcomes import can_be_voided, change, is_refundable, left, method_of
from ..rules.validation import Rule, boolean, check, integer, metadata, optional
from ..state.store import Document
from ..state.workspace import View

refunds: Resource = Resource("refund", prefix="rfnd", path="/charges/<charge>/refunds")
refunds.listable()
refunds.retrievable()

PARAMETERS: dict[str, Rule] = {"amount": integer(), "metadata": metadata, "void": optional(boolean)}

NOT_REFUNDABLE = "charge can't be refunded"
NOT_VOIDABLE = "charge can't be voided"  # (inferred)


@refunds.shown
def show(view: View, refund: Document) -> dict[str, Any]:
    """A refund."""
    return {
        "object": "refund",
        "id": refund.id,
        "location": f"/charges/{refund.parent}/refunds/{refund.id}",
        "livemode": refund.livemode,
        "voided": refund["voided"],
        "currency": refund["currency"],
        "amount": refund["amount"],
        "metadata": refund["metadata"],
        "charge": view.reference(refund.parent),
        "capture": None,
        "terminal": None,
        "transaction": view.reference(refund["transaction"]),
        "status": "closed",
        "funding_amount": refund["funding_amount"],
        "funding_currency": refund["funding_currency"],
        "created_at": view.created_at(refund),
        "acquirer_reference_number": None,
        "approval_code": None,
    }


@route("GET", "/refunds", takes=PAGING)
def refunds_of_account(call: Call) -> dict[str, Any]:
    """The refunds of all charges."""
    return call.list("refund")


@route("POST", "/charges/<charge>/refunds", takes=PARAMETERS)
def create(call: Call, charge: Document) -> Document:
    """Give back *amount*; with ``void`` only if that undoes the charge as if it had never been."""
    given = check({"amount": None, **call.params}, PARAMETERS, "failed_refund")
    _check_amount(call, charge, given["amount"])
    voided = can_be_voided(call, charge) and given["amount"] == left(charge)
    if given.get("void") and not voided:
        raise ApiError("failed_void", NOT_VOIDABLE)
    refund = call.create("refund", _fields(charge, given) | {"voided": voided}, parent=charge)
    _carry_out(call, charge, refund)
    call.emit("refund.create", refund)
    return refund


def _check_amount(call: Call, charge: Document, amount: int) -> None:
    rest = left(charge)
    allowed = amount == rest or (0 < amount < rest and method_of(charge).partially_refundable)
    if not allowed or not is_refundable(call, charge):
        raise ApiError("failed_refund", NOT_REFUNDABLE)


def _fields(charge: Document, given: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a refund. In the account's currency all refunds of a charge add up to what was paid."""
    refunded = share(charge["funding"], charge["refunded"] + given["amount"], of=charge["captured"])
    return {
        "amount": given["amount"],
        "currency": charge["currency"],
        "metadata": given.get("metadata") or {},
        "funding_amount": refunded - charge["refunded_funding"],
        "funding_currency": charge["funding_currency"],
        "transaction": None,
    }


def _carry_out(call: Call, charge: Document, refund: Document) -> None:
    """Take the money out of the ledger, and let the charge know. A part of a foreign sum can be worth nothing."""
    if refund["funding_amount"]:
        booked = ledger.book(call, "refund.created.debit", refund, refund["funding_amount"])
        call.update(refund, {"transaction": booked.id})
    change(
        call,
        charge,
        refunds=charge["refunds"] + 1,
        refunded=charge["refunded"] + refund["amount"],
        refunded_funding=charge["refunded_funding"] + refund["funding_amount"],
        voided=refund["voided"],
    )
