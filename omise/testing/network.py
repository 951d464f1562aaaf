"""No test asks the API itself unless that is meant: its hosts are not looked up."""

from __future__ import annotations

import os
import socket
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, NoReturn

DOMAIN = "omise.co"
"""Whose hosts are those of the API and of its pages."""

PROXIES = ("https_proxy", "all_proxy")
"""Variables of the environment that name a proxy, which would look a host up itself."""

REFUSAL = (
    "a test was about to ask {host}, the real API: use the fixture omise_sandbox or a cassette, "
    "or allow it with pytest --omise-live"
)


@contextmanager
def api_refused() -> Generator[None]:
    """
    Let nothing in the block connect to a host of the API, whatever client it uses; AssertionError says so.

    All other hosts are reached as before. Processes that are started in the block are on their own.
    """
    look_up = socket.getaddrinfo

    def refusing(host: Any, *args: Any, **options: Any) -> Any:
        if is_of_the_api(host):
            _refuse(host)
        return look_up(host, *args, **options)

    socket.getaddrinfo = refusing
    try:
        with _reached_without_proxy():
            yield
    finally:
        socket.getaddrinfo = look_up


def is_of_the_api(host: Any) -> bool:
    """Tell whether *host*, as a name is looked up, is one of the API's."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    return isinstance(name, str) and f".{name.lower().rstrip('.')}".endswith(f".{DOMAIN}")


def _refuse(host: Any) -> NoReturn:
    raise AssertionError(REFUSAL.format(host=host.decode() if isinstance(host, bytes) else host))


@contextmanager
def _reached_without_proxy() -> Generator[None]:
    """Where a proxy is set, take the API's hosts out of what goes through it, so that they are looked up here."""
    if not any(name.lower() in PROXIES for name in os.environ):
        yield
        return
    before = os.environ.get("no_proxy")
    os.environ["no_proxy"] = ",".join(filter(None, (before or os.environ.get("NO_PROXY"), DOMAIN)))
    try:
        yield
    finally:
        if before is None:
            del os.environ["no_proxy"]
        else:
            os.environ["no_proxy"] = before
