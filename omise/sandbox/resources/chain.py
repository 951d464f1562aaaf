"""
Chains: the permission of a sub-merchant to act in its account, with a key of the chain's own.

In the API the sub-merchant gives it in the browser; here ``POST /chains`` stands for that, and makes the sub-merchant's
account as well.

Source: https://docs.omise.co/chains-api
"""

from __future__ import annotations

from typing import Any

from ..http.call import Call
from ..http.keys import digest_of, open_account
from ..http.routing import Resource, route
from ..refusals import bad_request
from ..rules.validation import check_all, email, required
from ..state.ids import identifier
from ..state.kinds import OPENINGS
from ..state.salts import derive
from ..state.store import Document
from ..state.workspace import View, Workspace

chains: Resource = Resource("chain", prefix="acch", path="/chains")
chains.listable()
chains.retrievable()

PARAMETERS = {"email": required(email)}

REVOKED = "chain was already revoked"  # (inferred)


@chains.shown
def show(view: View, chain: Document) -> dict[str, Any]:
    """A chain, with its key."""
    return {
        "object": "chain",
        "id": chain.id,
        "livemode": chain.livemode,
        "location": f"/chains/{chain.id}",
        "revoked": chain["revoked"],
        "email": chain["email"],
        "master_team": view.show(view.workspace.account)["team"],
        "key": _key(view.workspace, chain),
        "created_at": view.created_at(chain),
    }


@route("POST", "/chains", takes=PARAMETERS)
def create(call: Call) -> Document:
    """Let a sub-merchant of that e-mail address give its permission."""
    given = check_all(call.params, PARAMETERS)
    chain = call.create("chain", {"email": given["email"], "revoked": False, "sub_account": None})
    account = open_account(call.store, digest_of(_key(call, chain)), call.livemode, call.now_ms)
    for furnish in OPENINGS:
        furnish(Workspace(call.store, account, call.clock, now_ms=call.now_ms))
    call.update(chain, {"sub_account": account.id})
    return chain


@route("GET", "/chains/<chain>/account", takes={})
def account(call: Call, chain: Document) -> Document:
    """The sub-merchant's account."""
    document = call.store.get(chain["sub_account"])
    assert document is not None
    return document


@route("POST", "/chains/<chain>/revoke", takes={})
def revoke(call: Call, chain: Document) -> Document:
    """Give the permission back, for good: the key no longer opens the account."""
    if chain["revoked"]:
        raise bad_request(REVOKED)
    call.store.remove_key(digest_of(_key(call, chain)))
    call.update(chain, {"revoked": True})
    return chain


def _key(workspace: Workspace, chain: Document) -> str:
    number = int.from_bytes(derive(workspace.store, "chain", chain.id)[:12], "big")
    return identifier("ckey", chain.livemode, number)
