"""``omise requests``: what a running sandbox received, without secrets."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from typing import Any

import click

from .ending import DONE
from .serving import ask, at
from .terminal import visible

OFTEN = 0.5
"""Seconds between looks."""


@click.command()
@at
@click.option("--follow", is_flag=True, help="Go on with those that come, until Ctrl-C.")
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each, with what was sent.")
def requests(url: str, follow: bool, as_json: bool) -> int:
    """Show what a running sandbox received: status, method, path, and what came of it."""
    try:
        for request in received(url, follow):
            click.echo(json.dumps(request, ensure_ascii=False) if as_json else line(request))
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)
    return DONE


def received(url: str, follow: bool) -> Iterator[Mapping[str, Any]]:
    """Yield the requests that the sandbox at *url* remembers, and with *follow* those that come, each once."""
    seen: set[str] = set()
    while True:
        there = ask(url, "/_sandbox/requests")["data"]
        yield from (request for request in there if request["request_id"] not in seen)
        seen = {request["request_id"] for request in there}
        if not follow:
            return
        pause(OFTEN)


def pause(seconds: float) -> None:
    """Wait until the next look."""
    time.sleep(seconds)


def line(request: Mapping[str, Any]) -> str:
    """Return *request* in a line: an error's code, the events, and the fault that was injected, behind it."""
    came = [request["code"] or "", *request["events"], f"({request['fault']})" if request["fault"] else ""]
    parts = [f"{request['status'] or '-':>3}", f"{request['method']:6}", request["path"], *filter(None, came)]
    return visible("  ".join(parts))
