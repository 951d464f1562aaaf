"""
Sub-merchants: accounts below the account, for platforms that take payments for others.

Source: https://api.omise.co/schema
"""

from __future__ import annotations

from typing import Any

from ..http.call import Call
from ..http.routing import Resource, route
from ..rules.validation import check_all, required, text
from ..state.store import Document
from ..state.workspace import View

sub_merchants: Resource = Resource("sub_merchant", prefix="acct", path="/sub_merchants")
sub_merchants.listable()

PARAMETERS = {"name": required(text)}


@sub_merchants.shown
def show(view: View, merchant: Document) -> dict[str, Any]:
    """A sub-merchant, as it is before its owner has applied for anything. (inferred)"""
    return {
        "object": "sub_merchant",
        "id": merchant.id,
        "name": merchant["name"],
        "live_account_status": "unsubmitted",
        "live_account_registration_id": None,
        "default_mid": None,
        "parent_team_id": view.show(view.workspace.account)["team"],
        "direct_children_count": 0,
        "level": 1,
        "created_at": view.created_at(merchant),
    }


@route("POST", "/sub_merchants", takes=PARAMETERS)
def create(call: Call) -> Document:
    """Open an account below this one."""
    return call.create("sub_merchant", check_all(call.params, PARAMETERS))
