"""
The buttons on records: what each asks of the API, and on which records it stands.

A button does what a request of the account would do, by the same function, so that the same rules hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..http.call import Call
from ..http.routing import router
from ..refusals import bad_request
from ..resources import load
from ..rules.currencies import in_subunits
from ..rules.validation import check
from ..state.store import Document
from ..state.workspace import Workspace
from .values import Row

__all__ = ["ACTIONS", "Action", "act", "actions_for"]

NO_ACTION = "choose one of the buttons on the page"


@dataclass(frozen=True)
class Action:
    """
    A button.

    Attributes:
        done: What is said when it is done.
        path: What is asked, behind the record's own address.
        fits: Whether a record has it.
        params: What is sent.
        amount: The name of the parameter for a part of the whole, where one can be typed in, in main units.
        divisible: Whether a part can be typed in for a record.
        look: ``plain``, or ``grave`` for what cannot be undone.
    """

    name: str
    label: str
    done: str
    method: str
    path: str
    fits: Callable[[Mapping[str, Any]], bool]
    params: Callable[[Mapping[str, Any]], dict[str, Any]] = lambda shown: {}
    amount: str = ""
    divisible: Callable[[Mapping[str, Any]], bool] = lambda shown: True
    look: str = "plain"


def _can(name: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda shown: bool(shown[name])


def _waits(charge: Mapping[str, Any]) -> bool:
    return charge["status"] == "pending" and not charge["authorized"] and not charge["livemode"]


def _rest(charge: Mapping[str, Any]) -> dict[str, Any]:
    return {"amount": charge["captured_amount"] - charge["refunded_amount"]}


def _is_unsettled(dispute: Mapping[str, Any]) -> bool:
    return dispute["status"] in ("open", "pending")


def _can_close(dispute: Mapping[str, Any]) -> bool:
    return _is_unsettled(dispute) and not dispute["livemode"]


def _can_dispute(charge: Mapping[str, Any]) -> bool:
    return charge["disputable"] and not charge["livemode"]


def _is_coming(transfer: Mapping[str, Any]) -> bool:
    return not transfer["sent"] and not transfer["failure_code"] and not transfer["livemode"]


def _is_under_way(transfer: Mapping[str, Any]) -> bool:
    return transfer["sent"] and not (transfer["paid"] or transfer["failure_code"] or transfer["livemode"])


#: By the kind of record, in the order in which they stand.
ACTIONS: dict[str, tuple[Action, ...]] = {
    "charge": (
        Action("pay", "Pay", "The charge was paid.", "POST", "/mark_as_paid", _waits),
        Action("fail", "Fail", "The charge failed.", "POST", "/mark_as_failed", _waits),
        Action(
            "capture",
            "Capture",
            "The charge was captured.",
            "POST",
            "/capture",
            _can("capturable"),
            lambda charge: {"capture_amount": charge["amount"]},
            amount="capture_amount",
            divisible=lambda charge: charge["authorization_type"] == "pre_auth",
        ),
        Action(
            "reverse",
            "Reverse",
            "The charge was reversed.",
            "POST",
            "/reverse",
            lambda charge: bool(charge["reversible"]),
        ),
        Action(
            "refund",
            "Refund",
            "The money was given back.",
            "POST",
            "/refunds",
            _can("refundable"),
            _rest,
            amount="amount",
        ),
        Action("dispute", "Dispute", "The charge is disputed.", "POST", "/disputes", _can_dispute),
    ),
    "dispute": (
        Action("win", "Win", "The dispute was won.", "PATCH", "/close", _can_close, lambda dispute: {"status": "won"}),
        Action(
            "lose", "Lose", "The dispute was lost.", "PATCH", "/close", _can_close, lambda dispute: {"status": "lost"}
        ),
        Action("accept", "Accept", "The dispute was accepted.", "PATCH", "/accept", _is_unsettled),
    ),
    "schedule": (
        Action(
            "stop",
            "Stop",
            "The schedule was stopped.",
            "DELETE",
            "",
            lambda schedule: bool(schedule["active"]),
            look="grave",
        ),
    ),
    "transfer": (
        Action("send", "Send", "The transfer was sent.", "POST", "/mark_as_sent", _is_coming),
        Action("pay_out", "Pay out", "The transfer was paid out.", "POST", "/mark_as_paid", _is_under_way),
    ),
    "recipient": (
        Action(
            "verify",
            "Verify",
            "The recipient was checked.",
            "PATCH",
            "/verify",
            lambda recipient: not (recipient["verified"] or recipient["failure_code"]),
        ),
    ),
}


def actions_for(row: Row) -> list[Action]:
    """The buttons that a record has now."""
    return [action for action in ACTIONS.get(row.document.kind, ()) if action.fits(row.shown)]


def act(workspace: Workspace, document: Document, name: str, amount: str) -> Action:
    """Do what the button *name* of a record does; *amount* is what was typed in, if anything was."""
    row = Row(workspace, document, workspace.show(document))
    action = next((action for action in ACTIONS.get(document.kind, ()) if action.name == name), None)
    if action is None:
        raise bad_request(NO_ACTION)
    params = action.params(row.shown)
    if amount and action.amount:
        typed = check({"amount": amount}, {"amount": partial(in_subunits, code=row.shown["currency"])})
        params[action.amount] = typed["amount"]
    _ask(workspace, action.method, row.shown["location"] + action.path, params)
    return action


def _ask(workspace: Workspace, method: str, path: str, params: Mapping[str, Any]) -> None:
    """Carry out a request of the account."""
    route, placeholders = router(tuple(load())).match(method, path, "")
    call = Call(
        workspace.store,
        workspace.account,
        workspace.clock,
        method=method,
        path=path,
        params=params,
        origin=workspace.origin,
        caller=workspace.caller,
    )
    route.handler(call, **call.resolve(placeholders))
