"""
The balance: what the transactions add up to.

Source: https://docs.omise.co/balance-api
"""

from __future__ import annotations

from typing import Any

from ..http.call import Call
from ..http.routing import route
from ..rules.timing import CREDIT_TRANSFERABLE_AFTER, milliseconds
from ..state.clock import time_text
from ..state.store import Selection
from ..state.workspace import Workspace

__all__ = ["total", "transferable"]


@route("GET", "/balance", takes={})
def retrieve(call: Call) -> dict[str, Any]:
    """The balance of the key's mode. Nothing is ever reserved or held here."""
    return {
        "object": "balance",
        "livemode": call.livemode,
        "location": "/balance",
        "currency": call.account["currency"],
        "total": total(call),
        "transferable": transferable(call),
        "reserve": 0,
        "on_hold": 0,
        "created_at": time_text(call.account.created),
    }


def total(workspace: Workspace) -> int:
    """All credits without all debits, in the smallest unit of the account's currency."""
    return workspace.store.sum(Selection("transaction", account=workspace.account.id), "signed")


def transferable(workspace: Workspace) -> int:
    """What can be paid out now: the total without the credits of live mode that still wait."""
    if not workspace.livemode:
        return total(workspace)
    earliest = (workspace.now_ms - milliseconds(CREDIT_TRANSFERABLE_AFTER)) // 1000
    recent = workspace.store.select(Selection("transaction", account=workspace.account.id, since=earliest))
    return total(workspace) - sum(int(line["signed"]) for line in recent if line["transferable"] > workspace.now_ms)
