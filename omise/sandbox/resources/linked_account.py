"""
Linked accounts: bank accounts that payers let a merchant debit.

Source: https://docs.omise.co/linked-accounts-api
"""

from __future__ import annotations

from typing import Any

from ..http.call import Call
from ..http.pages import done, facts, form, page, paragraph, problem, redirect, way_back
from ..http.responses import Response
from ..http.routing import Resource, route
from ..refusals import bad_request
from ..rules.timing import LINKED_ACCOUNT_EXPIRES_AFTER, milliseconds
from ..rules.validation import Rule, check_all, looked_up, metadata, required, text, uri
from ..rules.wording import method_in_words
from ..state.alarms import alarm, on_alarm
from ..state.clock import time_text
from ..state.store import Document
from ..state.workspace import View, Workspace
from .account import merchant

linked_accounts: Resource = Resource("linked_account", prefix="lnac", path="/linked_accounts")
linked_accounts.listable()
linked_accounts.retrievable()

TYPES = ("direct_debit_bay", "direct_debit_kbank", "direct_debit_ktb", "direct_debit_scb")
PENDING, SUCCESSFUL, FAILED, EXPIRED, DELETED = "pending", "successful", "failed", "expired", "deleted"

PARAMETERS: dict[str, Rule] = {"return_uri": required(uri), "metadata": metadata, "citizen_id": text}

ASKED = "May this shop be paid from your bank account?"
LINKED = "This account is linked."
WRONG_TYPE = "Type is not supported"
NO_CHOICE = "action is not included in the list"

#: What enrolling comes to on the sandbox's page. (inferred)
ENROLLED = {"status": SUCCESSFUL, "last_digits": "6789"}
REFUSED = {
    "status": FAILED,
    "failure_code": "registration_rejected",
    "failure_message": "the registration was rejected",
}


@linked_accounts.shown
def show(view: View, account: Document) -> dict[str, Any]:
    """A linked account, with the page on which its owner enrols."""
    location = f"/linked_accounts/{account.id}"
    return {
        "object": "linked_account",
        "id": account.id,
        "livemode": account.livemode,
        "location": location,
        "registration_uri": view.workspace.address("pay", f"{location}/pay"),
        "return_uri": account["return_uri"],
        "type": account["type"],
        "status": DELETED if account.deleted else account["status"],
        "last_digits": account["last_digits"],
        "metadata": account["metadata"],
        "failure_code": account["failure_code"],
        "failure_message": account["failure_message"],
        "registered_at": account["registered_at"],
        "expires_at": time_text(account["expires"]),
        "created_at": view.created_at(account),
    }


@route("POST", "/linked_accounts", takes=PARAMETERS | {"type": looked_up})
def create(call: Call) -> Document:
    """Begin to link an account; its owner has a day to enrol."""
    given = check_all(call.params, PARAMETERS)
    del given["citizen_id"]  # nothing shows it again
    if call.params.get("type") not in TYPES:
        raise bad_request(WRONG_TYPE)
    expires = call.now_ms + milliseconds(LINKED_ACCOUNT_EXPIRES_AFTER)
    state = {"status": PENDING, "expires": expires, "registered_at": None, "last_digits": None}
    failure = {"failure_code": None, "failure_message": None}
    account = call.create("linked_account", given | state | failure | {"type": call.params["type"]})
    alarm(call, "linked_account.expire", account, expires)
    return account


@route("GET", "/linked_accounts/<linked_account>/pay", keys=())
def registration(call: Call, linked_account: Document) -> Response:
    """The page on which the owner enrols, or does not."""
    state = linked_account["status"]
    about = facts({"To": merchant(call.account), "From": method_in_words(linked_account["type"])})
    if state == PENDING:
        parts = [paragraph(ASKED), about, form({"enrol": "Enrol", "refuse": "Refuse"})]
    else:
        said = done(LINKED) if state == SUCCESSFUL else problem(f"This account was not linked: {state}.")
        parts = [about, said, way_back(linked_account["return_uri"])]
    return page("Link a bank account", *parts, leads_to=[linked_account["return_uri"]])


@route("POST", "/linked_accounts/<linked_account>/pay", keys=())
def register(call: Call, linked_account: Document) -> Response:
    """What the owner chose; the first choice counts, and the browser goes back to the merchant."""
    outcomes = {"enrol": ENROLLED | {"registered_at": time_text(call.now_ms)}, "refuse": REFUSED}
    outcome = outcomes.get(str(call.params.get("action")))
    if outcome is None:
        raise bad_request(NO_CHOICE)
    if linked_account["status"] == PENDING:
        call.update(linked_account, outcome)
    return redirect(linked_account["return_uri"])


@route("DELETE", "/linked_accounts/<linked_account>", takes={})
def destroy(call: Call, linked_account: Document) -> Document:
    """Cut the link. No event tells of it, nor of anything else here."""
    call.destroy(linked_account)
    return linked_account


@on_alarm("linked_account.expire")
def expire(workspace: Workspace, account: Document) -> None:
    """Nobody enrolled in time."""
    if account["status"] == PENDING:
        workspace.update(account, {"status": EXPIRED})
