"""Before something is sent: the question that a live key asks, and a dry run, which shows it and sends nothing."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import click

from ..checks import is_live
from ..client import default_client
from ..redaction import redact, redact_text
from .ending import Failed

if TYPE_CHECKING:
    from requests import PreparedRequest, Response


def confirm(what: str, yes: bool) -> None:
    """
    Ask whether to do *what*, a write, where the key is a live one and *yes* was not said.

    Raises `Failed` where nobody can be asked, and `click.Abort` where the answer is no.
    """
    config = default_client.config
    if yes or not (is_live(config.secret_api_key) or is_live(config.public_api_key)):
        return
    if not sys.stdin.isatty():
        raise Failed(f"{what} was not sent: the key is a live one", "Add --yes, or ask first with --dry-run.")
    try:
        if click.confirm(f"{what} with a live key: go on?", err=True):
            return
    except click.Abort:
        click.echo(err=True)  # the question stands there without an end of its line
    click.echo("Nothing was sent.", err=True)
    raise click.Abort


class Shown(Exception):
    """A request was shown, and not sent: there is no answer to go on with."""


@contextmanager
def dry_run() -> Generator[None, None, None]:
    """Show what would be sent in the block, without secrets, and send nothing."""
    from requests.adapters import BaseAdapter, HTTPAdapter
    from urllib3 import HTTPResponse

    class Showing(BaseAdapter):
        """Prints requests. Only a token is answered, with one that is made up: what it is for comes after it."""

        def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
            print(described(request))
            if (request.method, urlsplit(str(request.url)).path) != ("POST", "/tokens"):
                raise Shown
            body = b'{"object": "token", "id": "tokn_made_up"}'
            raw = HTTPResponse(io.BytesIO(body), status=200, preload_content=False)
            return HTTPAdapter().build_response(request, raw)

        def close(self) -> None:
            """Nothing is held open."""

    with default_client.replaced(Showing()), suppress(Shown):
        yield
    click.echo("Nothing was sent.", err=True)


def described(request: PreparedRequest) -> str:
    """Return *request* as text, without secrets: method and address, then the fields of its body."""
    lines = [f"{request.method} {redact_text(unquote(str(request.url)))}"]
    if request.body:
        lines.append(_body(request))
    return "\n".join(lines)


def _body(request: PreparedRequest) -> str:
    if request.headers.get("Content-Type") == "application/json":
        return json.dumps(redact(json.loads(request.body or "{}")), indent=2, ensure_ascii=False)
    return f"(a form with a file, {len(request.body or '')} bytes)"
