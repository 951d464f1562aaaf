"""What a sandbox was asked, for the tests of the resources."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from werkzeug.test import Client

from omise.sandbox import Sandbox


def last(sandbox: Sandbox) -> tuple[str, str, dict[str, Any]]:
    """The last request: its method, path and parameters."""
    request = sandbox.requests[-1]
    return request.method, request.path, dict(request.params)


@contextmanager
def asked(sandbox: Sandbox) -> Iterator[list[str]]:
    """The requests made in the block, there at its end: ``GET /charges``, …"""
    count, made = len(sandbox.requests), list[str]()
    yield made
    made += [f"{request.method} {request.path}" for request in sandbox.requests[count:]]


def visit(sandbox: Sandbox, uri: str, **choices: str) -> int:
    """Send, as a payer's browser would, the form of the page at *uri*; return the status of the answer."""
    url = urlsplit(uri)
    browser = Client(sandbox.application)
    return browser.post(url.path, base_url=f"{url.scheme}://{url.netloc}", data=choices).status_code
