"""
Endpoints: where webhooks go.

Source: https://docs.omise.co/api-webhooks
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlsplit

from ..rules.validation import Invalid, text
from ..state.store import Document, Transaction
from ..state.workspace import Workspace

__all__ = ["allowing", "endpoint", "endpoints_for", "host_names", "set_endpoints"]

#: Printable ASCII but the backslash, which some read as a slash.
PLAIN = re.compile(r"[!-\[\]-~]+")
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
HOST = re.compile(r"[\w-]+(\.[\w-]+)*|[0-9a-f:.]+", re.ASCII | re.IGNORECASE)

#: Hosts that plain http may go to, beside this machine: those of the application that answers at the moment.
ALLOWED: ContextVar[frozenset[str]] = ContextVar("omise_sandbox_webhook_hosts", default=frozenset())

#: The endpoints of the application as a whole, in the store, so that events know them wherever they happen.
SETTING = "webhook_endpoints"


def endpoint(value: Any) -> str | None:
    """
    The rule for the address of an endpoint: https, or, which only a sandbox takes, http to this machine or to a host
    that is allowed. An empty one or null clears it.
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
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK | ALLOWED.get()))


def host_names(hosts: Iterable[str]) -> frozenset[str]:
    """The names of hosts, in lower case. Raises ValueError for what is none."""
    for host in hosts:
        if not HOST.fullmatch(host):
            raise ValueError(f"{host!r} is not the name of a host; a webhook's address has it between // and : or /")
    return frozenset(host.lower() for host in hosts)


@contextmanager
def allowing(hosts: frozenset[str]) -> Generator[None]:
    """Let webhooks go to *hosts* over plain http, as far as addresses that are checked in this block are concerned."""
    token = ALLOWED.set(hosts)
    try:
        yield
    finally:
        ALLOWED.reset(token)


def set_endpoints(store: Transaction, uris: Iterable[str]) -> None:
    """Let *uris* receive the events of all accounts. Raises ValueError for what is no `endpoint`."""
    kept = []
    for uri in uris:
        try:
            kept.append(endpoint(uri))
        except Invalid as problem:
            raise ValueError(
                f"webhook {uri!r} {problem}; http goes to this machine and to hosts that are allowed"
            ) from None
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
