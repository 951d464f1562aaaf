"""
Webhook secrets: what webhooks are signed with. A new one replaces the one before, which signs along for a while.

Source: https://docs.omise.co/api-webhooks
"""

from __future__ import annotations

from typing import Any

from ..events.signatures import is_usable, secret_key
from ..http.call import Call
from ..http.routing import Resource, route
from ..refusals import bad_request
from ..rules.timing import WEBHOOK_SECRET_GRACE, milliseconds
from ..state.clock import time_text
from ..state.store import Document, Selection
from ..state.workspace import View

webhook_secrets: Resource = Resource("webhook_secret", prefix="whsec", path="/webhooks/secrets")
webhook_secrets.listable()
webhook_secrets.retrievable()

REVOKED = "webhook_secret was already revoked"  # (inferred)


@webhook_secrets.shown
def show(view: View, secret: Document) -> dict[str, Any]:
    """A secret with its key, which is shown at every request. (inferred, as are all rules in here)"""
    usable = is_usable(secret, view.workspace.now_ms)
    return {
        "object": "webhook_secret",
        "id": secret.id,
        "key": secret_key(view.workspace.store, secret),
        "livemode": secret.livemode,
        "created_at": view.created_at(secret),
        "expires_at": _time(secret["expires"]),
        "expiring": usable and secret["expires"] is not None,
        "revoked_at": _time(secret["revoked"]),
        "usable": usable,
    }


@route("POST", "/webhooks/secrets", takes={})
def create(call: Call) -> Document:
    """Make a secret, the current one from now on. Nothing can be said about it."""
    for secret in call.store.select(Selection("webhook_secret", account=call.account.id)):
        if secret["expires"] is None and secret["revoked"] is None:
            call.update(secret, {"expires": call.now_ms + milliseconds(WEBHOOK_SECRET_GRACE)})
    return call.create("webhook_secret", {"expires": None, "revoked": None})


@route("DELETE", "/webhooks/secrets/<webhook_secret>", takes={})
def revoke(call: Call, webhook_secret: Document) -> Document:
    """Let a secret no longer sign. It can still be looked at."""
    if webhook_secret["revoked"] is not None:
        raise bad_request(REVOKED)
    call.update(webhook_secret, {"expires": None, "revoked": call.now_ms})
    return webhook_secret


def _time(milliseconds: int | None) -> str | None:
    return None if milliseconds is None else time_text(milliseconds)
