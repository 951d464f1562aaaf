"""
Endpoints: where webhooks go.

Source: https://docs.omise.co/api-webhooks
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from ..rules.validation import Invalid, text
from ..state.store import Document, Transaction
from ..state.workspace import Workspace

__all__ = ["endpoint", "endpoints_for", "set_endpoints"]

#: Printable ASCII but the backslash, which some read as a slash.
PLAIN = re.compile(r"[!-\[\]-~]+")
LOOPBACK = ("localhost", "127.0.0.1", "::1")

#: The endpoints of the application as a whole, in the store, so that events know them wherever they happen.
SETTING = "webhook_endpoints"


def endpoint(value: Any) -> str | None:
    """
    The rule for the address of an endpoint: https, or, which only a sandbox takes, http to this machine. An empty one
    or null clears it.
    """
    uri = text(value)
    if not uri:
        return None
    if not PLAIN.fullmatch(uri) or not _is_secure(uri):
        raise Invalid("must be an https URI")
    return uri


def _is_secure(uri: str) -> bool:
    try:
        parts = urlsplit(uri)
        host, _ = parts.hostname, parts.port
    except ValueError:  # half an IPv6 address, a port that is no number
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK))


def set_endpoints(store: Transaction, uris: Iterable[str]) -> None:
    """Let *uris* receive the events of all accounts. Raises ValueError for what is no `endpoint`."""
    kept = []
    for uri in uris:
        try:
            kept.append(endpoint(uri))
        except Invalid as problem:
            raise ValueError(f"webhook {uri!r} {problem}; http goes to this machine only") from None
    store.set_setting(SETTING, json.dumps(kept))


def endpoints_for(workspace: Workspace, about: Document) -> list[str]:
    """
    Who hears of an event about something: the account's endpoint, or those of a charge that has its own (inferred: in
    the place of the account's), and those of the application.
    """
    own = about.body.get("webhook_endpoints") if about.kind == "charge" else None
    merchants = own or [workspace.account.body.get("webhook_uri")]
    everybodys = json.loads(workspace.store.setting(SETTING) or "[]")
    return list(dict.fromkeys(uri for uri in [*merchants, *everybodys] if uri))
