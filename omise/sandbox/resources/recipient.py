"""
Recipients: bank accounts that the balance can be paid out to.

Source: https://docs.omise.co/recipients-api
"""

from __future__ import annotations

from typing import Any

from ..http.call import Call
from ..http.paging import PAGING
from ..http.routing import Resource, route
from ..http.takes import Takes, each
from ..refusals import ApiError, bad_request
from ..rules.bank_accounts import (
    FAILURES,
    PARTS,
    bank_account,
    changed_bank_account,
    kept_bank_account,
    shown_bank_account,
)
from ..rules.timing import RECIPIENT_VERIFIED_AFTER, milliseconds
from ..rules.validation import Rule, check, check_all, email, looked_up, metadata, one_of, required, text
from ..state.alarms import alarm, on_alarm
from ..state.clock import time_text
from ..state.kinds import opening
from ..state.store import Document, Selection
from ..state.workspace import View, Workspace

__all__ = ["default_recipient", "payable"]

recipients: Resource = Resource("recipient", prefix="recp", path="/recipients")
recipients.listable()
recipients.retrievable()

TYPES = ("individual", "corporation")

PARAMETERS: dict[str, Rule] = {
    "name": required(text),
    "type": required(one_of(*TYPES)),
    "bank_account": bank_account,
    "email": email,
    "description": text,
    "tax_id": text,
    "metadata": metadata,
}
TAKEN: Takes = PARAMETERS | {"bank_account": each(PARTS, looked_up)}
BLANK: dict[str, Any] = {
    "active": False,
    "default": False,
    "verified": False,
    "failure_code": None,
    "schedule": None,
    "verified_at": None,
    "activated_at": None,
}
#: What every account has from the start, in test mode verified and active.
DEFAULT_ACCOUNT = {"name": "DEFAULT BANK ACCOUNT", "number": "123456789", "brand": "test"}
DEFAULT_LIVE_BANK = "scb"
DEFAULT = {"name": "DEFAULT BANK ACCOUNT", "type": "corporation", "description": "Default recipient"}

TEST_ONLY = "recipients can only be verified in test mode"
IS_DEFAULT = "the default recipient cannot be deleted"


@recipients.shown
def show(view: View, recipient: Document) -> dict[str, Any]:
    """A recipient, with its bank account."""
    return {
        "object": "recipient",
        "id": recipient.id,
        "livemode": recipient.livemode,
        "location": f"/recipients/{recipient.id}",
        "deleted": recipient.deleted,
        "bank_account": shown_bank_account(recipient["bank_account"], livemode=recipient.livemode),
        "active": recipient["active"],
        "default": recipient["default"],
        "verified": recipient["verified"],
        "description": recipient["description"],
        "email": recipient["email"],
        "failure_code": recipient["failure_code"],
        "name": recipient["name"],
        "tax_id": recipient["tax_id"],
        "type": recipient["type"],
        "created_at": view.created_at(recipient),
        "schedule": view.reference(recipient["schedule"]),
        "metadata": recipient["metadata"],
        "verified_at": recipient["verified_at"],
        "activated_at": recipient["activated_at"],
    }


@opening
def open_account(workspace: Workspace) -> None:
    """The account's own recipient, which transfers without a recipient go to."""
    bank = DEFAULT_ACCOUNT | ({"brand": DEFAULT_LIVE_BANK} if workspace.livemode else {})
    now = time_text(workspace.now_ms)
    state = {"default": True, "active": True, "verified": True, "verified_at": now, "activated_at": now}
    kept = kept_bank_account(bank, now_ms=workspace.now_ms, livemode=workspace.livemode)
    values = BLANK | {"email": None, "tax_id": "", "metadata": {}} | DEFAULT | state
    workspace.create("recipient", values | {"bank_account": kept})


@route("POST", "/recipients", takes=TAKEN)
def create(call: Call) -> Document:
    """Create a recipient: active at once where the account says so, and not verified yet."""
    given = check_all(call.params, PARAMETERS)
    given["bank_account"] = _bank_account(call, given["bank_account"])
    given["tax_id"] = given["tax_id"] or ""
    if call.account.body.get("auto_activate_recipients"):
        given |= {"active": True, "activated_at": time_text(call.now_ms)}
    recipient = call.create("recipient", BLANK | given)
    call.emit("recipient.create", recipient)
    await_verification(call, recipient)
    return recipient


@route("PATCH", "/recipients/<recipient>", takes=TAKEN)
def update(call: Call, recipient: Document) -> Document:
    """Change what is given, of the bank account, too, which then has to be verified anew."""
    changes = check(call.params, PARAMETERS)
    if "bank_account" in changes:
        kept, given = recipient["bank_account"], changes["bank_account"]
        changes["bank_account"] = changed_bank_account(kept, given, now_ms=call.now_ms, livemode=call.livemode)
        changes |= {"verified": False, "verified_at": None, "failure_code": None}
    call.update(recipient, changes)
    call.emit("recipient.update", recipient)
    if "bank_account" in changes:
        await_verification(call, recipient)
    return recipient


@route("DELETE", "/recipients/<recipient>", takes={})
def destroy(call: Call, recipient: Document) -> Document:
    """Delete a recipient; the default one stays. (inferred)"""
    if recipient["default"]:
        raise bad_request(IS_DEFAULT)
    call.destroy(recipient)
    call.emit("recipient.destroy", recipient)
    return recipient


@route("PATCH", "/recipients/<recipient>/verify", takes={})
def verify(call: Call, recipient: Document) -> Document:
    """Have the bank account checked at once, in test mode."""
    if call.livemode:
        raise ApiError("not_authorized", TEST_ONLY)
    finish_verification(call, recipient)
    return recipient


@route("GET", "/recipients/<recipient>/schedules", takes=PAGING)
def schedules(call: Call, recipient: Document) -> dict[str, Any]:
    """The schedules that pay this recipient."""
    return call.list("schedule", parent=recipient)


def default_recipient(workspace: Workspace) -> Document:
    """The account's own recipient."""
    (default,) = workspace.store.select(
        Selection("recipient", account=workspace.account.id, matching={"default": True}), limit=1
    )
    return default


def payable(recipient: Document | None) -> bool:
    """Whether money can be sent there."""
    return bool(recipient and not recipient.deleted and recipient["verified"] and recipient["active"])


def await_verification(workspace: Workspace, recipient: Document) -> None:
    """In live mode bank accounts are checked without being asked."""
    if workspace.livemode:
        due = workspace.now_ms + milliseconds(RECIPIENT_VERIFIED_AFTER)
        alarm(workspace, "recipient.verify", recipient, due)


@on_alarm("recipient.verify")
def verify_later(workspace: Workspace, recipient: Document) -> None:
    """The check of a bank account in live mode."""
    if not recipient.deleted and not recipient["verified"]:
        finish_verification(workspace, recipient)


def finish_verification(workspace: Workspace, recipient: Document) -> None:
    """
    The bank account is good, unless its number is one of those that fail.

    In the API a recipient is activated by hand, in the dashboard. As there is none here, a good one is activated, too.
    """
    failure = FAILURES.get(recipient["bank_account"]["number"], {}).get("verify")
    now = time_text(workspace.now_ms)
    workspace.update(
        recipient, {"verified": failure is None, "verified_at": None if failure else now, "failure_code": failure}
    )
    workspace.emit("recipient.verify", recipient)
    if recipient["verified"] and not recipient["active"]:
        workspace.update(recipient, {"active": True, "activated_at": now})
        workspace.emit("recipient.activate", recipient)


def _bank_account(workspace: Workspace, given: dict[str, Any]) -> dict[str, Any]:
    return kept_bank_account(given, now_ms=workspace.now_ms, livemode=workspace.livemode)
