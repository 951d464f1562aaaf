"""
Integrations: merchants' accounts as they are connected to a platform's app, which asks with a key of its own kind.

How merchants connect is not known; ``POST /integrations`` stands for that here.

Source: https://github.com/omise/omise-ruby
"""

from __future__ import annotations

from typing import Any

from ..http.call import Call
from ..http.keys import APP
from ..http.routing import Resource, route
from ..rules.validation import check_all, required, text
from ..state.ids import identifier
from ..state.salts import derive
from ..state.store import Document
from ..state.workspace import View

integrations: Resource = Resource("integration", prefix="integration", path="/integrations")
integrations.retrievable(keys=(APP,))

PARAMETERS = {"kind": required(text)}


@integrations.shown
def show(view: View, integration: Document) -> dict[str, Any]:
    """An integration, with the keys of the merchant's account."""

    def secret(name: str) -> bytes:
        return derive(view.workspace.store, f"integration.{name}", integration.id)

    def key(kind: str) -> str:
        return identifier(kind, integration.livemode, int.from_bytes(secret(kind)[:12], "big"))

    return {
        "object": "integration",
        "id": integration.id,
        "kind": integration["kind"],
        "created": view.created_at(integration),
        "public_key": key("pkey"),
        "secret_key": key("skey"),
        "data": {"account_id": integration.id, "secret": secret("data")[:16].hex()},
    }


@route("POST", "/integrations", keys=(APP,), takes=PARAMETERS)
def create(call: Call) -> Document:
    """Connect an account to the app; *kind* names the platform."""
    return call.create("integration", check_all(call.params, PARAMETERS))
