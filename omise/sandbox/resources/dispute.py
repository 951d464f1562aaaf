"""
Disputes: a payer's objection to a charge. The money is taken back at once, and returned if the merchant wins.

Source: https://docs.omise.co/disputes-api
"""

from __future__ import annotations

from typing import Any

from ..http.call import Call
from ..http.paging import PAGING
from ..http.routing import Resource, route
from ..refusals import ApiError, bad_request
from ..rules import ledger
from ..rules.validation import Invalid, Rule, check, looked_up, metadata
from ..state.clock import time_text
from ..state.store import Document
from ..state.workspace import View

disputes: Resource = Resource("dispute", prefix="dspt", path="/disputes")
disputes.listable()
disputes.retrievable()

OPEN, PENDING, WON, LOST = "open", "pending", "won", "lost"
UNSETTLED = (OPEN, PENDING)
SETTLED = (WON, LOST)

ACCEPTED = "Merchant accepts the dispute"

TEST_ONLY = "disputes can only be opened and closed in test mode"  # (inferred)
NOT_DISPUTABLE = "charge is not disputable"  # (inferred)
NO_OUTCOME = "status is invalid"  # (inferred)
IS_SETTLED = "dispute is closed"  # (inferred)

#: Longest answer to a dispute, in characters. (inferred)
MAX_MESSAGE = 10_000


def statement(value: Any) -> str | None:
    """The merchant's answer."""
    if value is not None and not isinstance(value, str):
        raise Invalid("must be a string")
    if value and len(value) > MAX_MESSAGE:
        raise Invalid(f"is too long (maximum is {MAX_MESSAGE} characters)")
    return value


PARAMETERS: dict[str, Rule] = {"message": statement, "metadata": metadata}


@disputes.shown
def show(view: View, dispute: Document) -> dict[str, Any]:
    """A dispute, with the first 20 of its documents and what it has moved, newest first."""
    location = f"/disputes/{dispute.id}"
    return {
        "object": "dispute",
        "id": dispute.id,
        "livemode": dispute.livemode,
        "location": location,
        "currency": dispute["currency"],
        "amount": dispute["amount"],
        "funding_amount": dispute["funding_amount"],
        "funding_currency": dispute["funding_currency"],
        "metadata": dispute["metadata"],
        "charge": view.reference(dispute.parent),
        "documents": view.list("document", parent=dispute, location=f"{location}/documents"),
        "transactions": [_shown(view, transaction_id) for transaction_id in dispute["transactions"]],
        "admin_message": None,
        "message": dispute["message"],
        "reason_code": "goods_or_services_not_provided",
        "reason_message": "Merchandise/Services Not Received",
        "status": dispute["status"],
        "closed_at": dispute["closed_at"],
        "created_at": view.created_at(dispute),
    }


@route("POST", "/charges/<charge>/disputes", takes={})
def create(call: Call, charge: Document) -> Document:
    """Open a dispute, in test mode."""
    if call.livemode:
        raise ApiError("not_authorized", TEST_ONLY)
    shown = call.show(charge)
    if not shown["disputable"]:
        raise bad_request(NOT_DISPUTABLE)
    fields = _amounts(call, charge, shown) | {
        "metadata": {},
        "message": None,
        "status": OPEN,
        "closed_at": None,
        "transactions": [],
    }
    dispute = call.create("dispute", fields, parent=charge)
    _book(call, dispute, "dispute.started.debit")
    call.emit("dispute.create", dispute)
    return dispute


@route("GET", "/disputes/open", takes=PAGING)
def opened(call: Call) -> dict[str, Any]:
    """The disputes that wait for the merchant."""
    return call.list("dispute", matching={"status": OPEN})


@route("GET", "/disputes/pending", takes=PAGING)
def pending(call: Call) -> dict[str, Any]:
    """The disputes that the merchant answered."""
    return call.list("dispute", matching={"status": PENDING})


@route("GET", "/disputes/closed", takes=PAGING)
def closed(call: Call) -> dict[str, Any]:
    """The disputes that were won or lost."""
    return call.list("dispute", matching={"status": SETTLED})


@route("PATCH", "/disputes/<dispute>", takes=PARAMETERS)
def update(call: Call, dispute: Document) -> Document:
    """Change message or metadata. A message answers the dispute, which is pending from then on."""
    _check_unsettled(dispute)
    changes = check(call.params, PARAMETERS)
    if changes.get("message"):
        changes["status"] = PENDING
    call.update(dispute, changes)
    call.emit("dispute.update", dispute)
    return dispute


@route("PATCH", "/disputes/<dispute>/accept", takes={})
def accept(call: Call, dispute: Document) -> Document:
    """Concede: the money stays with the payer."""
    _check_unsettled(dispute)
    call.update(dispute, {"message": ACCEPTED})
    _settle(call, dispute, LOST)
    call.emit("dispute.accept", dispute)
    call.emit("dispute.close", dispute)  # (inferred)
    return dispute


@route("PATCH", "/disputes/<dispute>/close", takes={"status": looked_up})
def close(call: Call, dispute: Document) -> Document:
    """Decide a dispute, in test mode; a dispute that is won brings the money back."""
    if call.livemode:
        raise ApiError("not_authorized", TEST_ONLY)
    _check_unsettled(dispute)
    outcome = call.params.get("status")
    if outcome not in SETTLED:
        raise bad_request(NO_OUTCOME)
    if outcome == WON:
        _book(call, dispute, "dispute.won.credit")
    _settle(call, dispute, outcome)
    call.emit("dispute.close", dispute)
    return dispute


def _check_unsettled(dispute: Document) -> None:
    if dispute["status"] not in UNSETTLED:
        raise bad_request(IS_SETTLED)


def _settle(call: Call, dispute: Document, outcome: str) -> None:
    call.update(dispute, {"status": outcome, "closed_at": time_text(call.now_ms)})


def _amounts(call: Call, charge: Document, shown: dict[str, Any]) -> dict[str, Any]:
    """What a dispute is about: all that was taken from the payer and not given back yet. (inferred: refunds count)"""
    refunds = [call.show(refund) for refund in call.all("refund", charge)]
    return {
        "amount": shown["captured_amount"] - sum(refund["amount"] for refund in refunds),
        "currency": shown["currency"],
        "funding_amount": shown["funding_amount"] - sum(refund["funding_amount"] for refund in refunds),
        "funding_currency": shown["funding_currency"],
    }


def _book(call: Call, dispute: Document, key: str) -> None:
    """Move the money, and note the transaction before those that there are."""
    booked = ledger.book(call, key, dispute, dispute["funding_amount"])
    call.update(dispute, {"transactions": [booked.id, *dispute["transactions"]]})


def _shown(view: View, transaction_id: str) -> dict[str, Any]:
    document = view.workspace.store.get(transaction_id)
    assert document is not None
    return view.show(document)
