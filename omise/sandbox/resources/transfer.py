"""
Transfers: money that goes from the balance to a recipient's bank account.

Source: https://docs.omise.co/transfers-api
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..http.call import Call
from ..http.routing import Resource, route
from ..http.takes import Takes
from ..refusals import ApiError, bad_request
from ..rules import ledger
from ..rules.bank_accounts import FAILURES, shown_bank_account
from ..rules.countries import country_of
from ..rules.provenance import INFERRED, fact
from ..rules.timing import TRANSFER_PAID_AFTER, TRANSFER_SENT_AFTER, milliseconds
from ..rules.validation import Rule, boolean, check, check_all, integer, looked_up, metadata, optional, text, unused
from ..state.alarms import alarm, on_alarm
from ..state.clock import time_text
from ..state.store import Document
from ..state.workspace import View, Workspace
from . import balance, recipient

__all__ = ["make"]

transfers: Resource = Resource("transfer", prefix="trsf", path="/transfers")
transfers.listable()
transfers.retrievable()

#: The flat fee, which is taken from the amount, and the tax on it, in smallest units. All but the first are inferred.
FEES = {"THB": (2_804, 196), "JPY": (236, 24), "SGD": (0, 0), "MYR": (0, 0)}

OPTIONS: dict[str, Rule] = {
    "fail_fast": optional(boolean),
    "split_transfer": optional(boolean),
    "idemp_key": text,
    "metadata": metadata,
}
CHANGEABLE: Takes = {"amount": looked_up, "metadata": metadata}
TAKEN: Takes = {**OPTIONS, **CHANGEABLE, "recipient": looked_up}
#: What banks say of a transfer.
OF_BANKS: Takes = dict.fromkeys(("success", "failure_code", "failure_message"), unused)
BLANK: dict[str, Any] = {
    "sent": False,
    "paid": False,
    "sent_at": None,
    "paid_at": None,
    "failure_code": None,
    "failure_message": None,
    "tries": 0,
    "schedule": None,
}

#: Only ``fail_fast`` makes the first failure final.
TRIES = fact(3, INFERRED, "how often a transfer is tried to be sent, in live mode")

FAILURE_MESSAGES = {  # (inferred)
    "insufficient_balance": "the balance does not cover the transfer",
    "invalid_recipient": "the recipient is not active and verified",
    "transfer_send_failure": "the bank did not accept the transfer",
    "transfer_pay_failure": "the bank could not pay the transfer out",
}
TEST_ONLY = "transfers can only be marked in test mode"
# (inferred)
HAS_FAILED = "transfer has failed"
NOT_SENT = "transfer was not sent yet"
ALREADY_SENT = "transfer was already sent"
ALREADY_PAID = "transfer was already paid"


@transfers.shown
def show(view: View, transfer: Document) -> dict[str, Any]:
    """A transfer, with a copy of the bank account that it goes to."""
    booked = reversed(view.workspace.all("transaction", transfer))
    return {
        "object": "transfer",
        "id": transfer.id,
        "livemode": transfer.livemode,
        "location": f"/transfers/{transfer.id}",
        "deleted": transfer.deleted,
        "fail_fast": bool(transfer["fail_fast"]),
        "paid": transfer["paid"],
        "sent": transfer["sent"],
        "sendable": not transfer["sent"] and _obstacle(view.workspace, transfer) is None,
        "currency": transfer["currency"],
        "amount": transfer["amount"],
        "fee": transfer["fee"],
        "metadata": transfer["metadata"],
        "recipient": view.reference(transfer["recipient"]),
        "bank_account": shown_bank_account(transfer["bank_account"], livemode=transfer.livemode),
        "failure_code": transfer["failure_code"],
        "failure_message": transfer["failure_message"],
        "paid_at": transfer["paid_at"],
        "sent_at": transfer["sent_at"],
        "balance_hold_at": None,
        "created_at": view.created_at(transfer),
        "transactions": [view.show(line) for line in booked],
        "schedule": view.reference(transfer["schedule"]),
        "fee_vat": transfer["fee_vat"],
        "net": transfer["amount"] - transfer["fee"] - transfer["fee_vat"],
        "total_fee": transfer["fee"] + transfer["fee_vat"],
        "split_transfer_group_id": None,
    }


@route("POST", "/transfers", takes=TAKEN)
def create(call: Call) -> Document:
    """Plan a transfer. With an ``idemp_key`` that was used before, it is the one from then."""
    key = check(call.params, {"idemp_key": text}).get("idemp_key")
    setting = f"idemp_key {call.account.id} {key}"
    earlier = call.store.get(call.store.setting(setting) or "") if key else None
    if earlier is not None:
        return earlier
    transfer = make(call, call.params)
    if key:
        call.store.set_setting(setting, transfer.id)
    return transfer


def make(workspace: Workspace, params: Mapping[str, Any], *, schedule: Document | None = None) -> Document:
    """
    Create a transfer as ``POST /transfers`` with *params* does, or as a run of *schedule*.
    """
    payee = _payee(workspace, params.get("recipient"))
    given = check_all(params, OPTIONS)
    amount = params.get("amount")
    currency = country_of(workspace.account).currency
    fee, fee_vat = FEES[currency]
    values = {
        "amount": _amount(workspace, balance.transferable(workspace) if amount in (None, "") else amount),
        "currency": currency,
        "fee": fee,
        "fee_vat": fee_vat,
        "recipient": payee.id,
        "bank_account": payee["bank_account"],
        "schedule": schedule.id if schedule else None,
    }
    transfer = workspace.create("transfer", BLANK | given | values)
    workspace.emit("transfer.create", transfer)
    if workspace.livemode:
        alarm(workspace, "transfer.send", transfer, workspace.now_ms + milliseconds(TRANSFER_SENT_AFTER))
    return transfer


@route("PATCH", "/transfers/<transfer>", takes={**CHANGEABLE, **OF_BANKS})
def update(call: Call, transfer: Document) -> Document:
    """Change amount or metadata, before it is sent."""
    _check_pending(transfer)
    changes = check(call.params, {"metadata": metadata})
    if "amount" in call.params:
        changes["amount"] = _amount(call, call.params["amount"])
    call.update(transfer, changes)
    call.emit("transfer.update", transfer)
    return transfer


@route("DELETE", "/transfers/<transfer>", takes={})
def destroy(call: Call, transfer: Document) -> Document:
    """Cancel a transfer, before it is sent."""
    _check_pending(transfer)
    call.destroy(transfer)
    call.emit("transfer.destroy", transfer)
    return transfer


@route("POST", "/transfers/<transfer>/mark_as_sent", takes={})
def mark_as_sent(call: Call, transfer: Document) -> Document:
    """Send it, in test mode."""
    _check_test_mode(call)
    _check_pending(transfer)
    obstacle = _obstacle(call, transfer)
    if obstacle:
        raise bad_request(f"transfer is not sendable, {FAILURE_MESSAGES[obstacle]}")  # (inferred)
    failure = _bank_failure(transfer, "send")
    if failure:
        _fail(call, transfer, failure)
    else:
        _send(call, transfer)
    return transfer


@route("POST", "/transfers/<transfer>/mark_as_paid", takes={})
def mark_as_paid(call: Call, transfer: Document) -> Document:
    """Let it arrive, in test mode."""
    _check_test_mode(call)
    if transfer["failure_code"]:
        raise bad_request(HAS_FAILED)
    if not transfer["sent"]:
        raise bad_request(NOT_SENT)
    if transfer["paid"]:
        raise bad_request(ALREADY_PAID)
    _settle(call, transfer)
    return transfer


@on_alarm("transfer.send")
def send_later(workspace: Workspace, transfer: Document) -> None:
    """What the bank does with a transfer in live mode: send it, or fail to."""
    if transfer.deleted or transfer["sent"] or transfer["failure_code"]:
        return
    failure = _obstacle(workspace, transfer) or _bank_failure(transfer, "send")
    workspace.update(transfer, {"tries": transfer["tries"] + 1})
    if failure is None:
        _send(workspace, transfer)
        alarm(workspace, "transfer.pay", transfer, workspace.now_ms + milliseconds(TRANSFER_PAID_AFTER))
    elif transfer["fail_fast"] or transfer["tries"] >= TRIES:
        _fail(workspace, transfer, failure)
    else:
        alarm(workspace, "transfer.send", transfer, workspace.now_ms + milliseconds(TRANSFER_SENT_AFTER))


@on_alarm("transfer.pay")
def pay_later(workspace: Workspace, transfer: Document) -> None:
    """The end of a transfer in live mode."""
    _settle(workspace, transfer)


def _send(workspace: Workspace, transfer: Document) -> None:
    """The money leaves the balance, the fee with it."""
    ledger.book(workspace, "transfer.sent.debit", transfer, transfer["amount"])
    workspace.update(transfer, {"sent": True, "sent_at": time_text(workspace.now_ms)})
    workspace.emit("transfer.send", transfer)


def _settle(workspace: Workspace, transfer: Document) -> None:
    """The money arrives, or it comes back."""
    failure = _bank_failure(transfer, "pay")
    if failure:
        ledger.book(workspace, "transfer.failed.credit", transfer, transfer["amount"])
        _fail(workspace, transfer, failure)
        return
    workspace.update(transfer, {"paid": True, "paid_at": time_text(workspace.now_ms)})
    workspace.emit("transfer.pay", transfer)


def _fail(workspace: Workspace, transfer: Document, code: str) -> None:
    workspace.update(transfer, {"failure_code": code, "failure_message": FAILURE_MESSAGES[code]})
    workspace.emit("transfer.fail", transfer)


def _obstacle(workspace: Workspace, transfer: Document) -> str | None:
    """The failure code of what keeps a transfer from being sent; a bank's refusal shows only when it is tried."""
    if transfer["failure_code"]:
        return str(transfer["failure_code"])
    if not recipient.payable(workspace.store.get(transfer["recipient"])):
        return "invalid_recipient"
    if transfer["amount"] > balance.transferable(workspace):
        return "insufficient_balance"
    return None


def _bank_failure(transfer: Document, step: str) -> str | None:
    return FAILURES.get(transfer["bank_account"]["number"], {}).get(step)


def _payee(workspace: Workspace, recipient_id: Any) -> Document:
    if recipient_id in (None, ""):
        return recipient.default_recipient(workspace)
    return workspace.find("recipient", recipient_id)


def _amount(workspace: Workspace, value: Any) -> int:
    """Smallest units: within the limits, and not more than there is to transfer."""
    amount = int(check({"amount": value}, {"amount": integer()})["amount"])
    country = country_of(workspace.account)
    least, most = country.transfer_limits
    most = min(most, balance.transferable(workspace))
    unit = f"({country.currency.lower()} subunits)"
    if amount < least:
        raise bad_request(f"amount must be greater than or equal to {least} {unit}")
    if amount > most:
        raise bad_request(f"amount must be less than or equal to {most} {unit}")
    return amount


def _check_pending(transfer: Document) -> None:
    if transfer["failure_code"]:
        raise bad_request(HAS_FAILED)
    if transfer["sent"]:
        raise bad_request(ALREADY_SENT)


def _check_test_mode(call: Call) -> None:
    if call.livemode:
        raise ApiError("not_authorized", TEST_ONLY)
