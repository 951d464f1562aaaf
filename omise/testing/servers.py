"""A sandbox over HTTP for the time of a test, which the default client uses."""

from __future__ import annotations

import secrets
from collections.abc import Generator
from contextlib import contextmanager

from ..client import default_client
from ..records.access import Settings
from ..sandbox import Application, Server


@contextmanager
def sandbox_server(application: Application | None = None) -> Generator[Server]:
    """
    Serve a fresh sandbox, or *application*, at an address of this machine, which the default client uses in the block.

    For what needs an address: a browser, code in another process (``OMISE_API_URL`` and its kin are ``server.url``),
    webhooks. ``server.application`` has the clock, the requests and the faults. The client has fresh test keys.
    """
    with Server(application or Application()) as server:
        settings: Settings = {
            "api_url": server.url,
            "vault_url": server.url,
            "checkout_url": server.url,
            "secret_api_key": f"skey_test_{secrets.token_hex(10)}",
            "public_api_key": f"pkey_test_{secrets.token_hex(10)}",
        }
        with default_client.replaced(None, **settings):
            yield server
