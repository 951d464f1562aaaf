"""``omise listen``: events, as they happen, signed and posted to an address of yours, as webhooks are."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import click

from .. import resources
from ..checks import is_loopback
from ..errors import APIConnectionError
from ..redaction import redact_text
from ..webhook import Webhook
from ..wire.answers import answer_from_failure
from .ending import DONE, FAILED, Failed
from .following import pause
from .serving import is_trusted
from .terminal import visible

OVERLAP = timedelta(minutes=1)
"""How far back is looked each time: an event may be listed a little later than one that happened after it."""

PATIENCE = 30.0
"""Seconds that the address may take to answer."""


@click.command()
@click.option("--forward", "url", required=True, metavar="URL", help="Where to post events to.")
@click.option(
    "--secret",
    envvar="OMISE_WEBHOOK_SECRET",
    metavar="SECRET",
    help="What to sign with, as the dashboard shows it; or OMISE_WEBHOOK_SECRET. Else one is made up.",
)
@click.option("--interval", type=click.FloatRange(min=0.1), default=2.0, help="Seconds between looks (2).")
@click.option("--replay", metavar="ID", help="Post the event of this id, and end.")
def listen(url: str, secret: str | None, interval: float, replay: str | None) -> int:
    """Post events to a server of yours as they happen, signed as webhooks are, where the API cannot reach it."""
    url = _checked(url)
    if secret:
        Webhook.sign(b"", secret)  # raises what is wrong with it before anything is asked
    events = [resources.Event.retrieve(replay)] if replay else Events(interval)
    if not secret:
        secret = base64.b64encode(secrets.token_bytes(32)).decode()
        click.echo(f"Signed with the secret {secret}, made up for this run.", err=True)
    if isinstance(events, list):
        return DONE if forward(events[0], url, secret) else FAILED
    click.echo(f"Events go to {redact_text(url)}. Ctrl-C stops it.", err=True)
    try:
        for event in events:
            forward(event, url, secret)
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)
    return DONE


def _checked(url: str) -> str:
    """Return *url*, in full for this machine; refuse what events, which tell of people, would go to for all to read."""
    if "://" not in url and is_loopback(urlsplit(f"//{url}").hostname or ""):
        url = f"http://{url}"
    address = urlsplit(url)
    host = address.hostname or ""
    if not host or not (address.scheme == "https" or (address.scheme == "http" and is_trusted(host))):
        raise Failed(
            f"{url} is no address that events may go to",
            "Give one of this machine, such as localhost:8000/events, or https; others over http are named in "
            "OMISE_ALLOW_HTTP_HOSTS.",
        )
    return url


class Events:
    """The events from when it is made on, each once, in the order of their time."""

    def __init__(self, interval: float) -> None:
        """Pass over what has happened, by the API's own time."""
        self._interval = interval
        latest = resources.Event.list(limit=100, order="reverse_chronological").data
        self._seen: dict[str, datetime] = {event.id: event.created_at for event in latest}
        self._since: datetime | None = max(self._seen.values(), default=None)

    def __iter__(self) -> Iterator[Any]:
        """Yield events without end."""
        while True:
            yield from self._fresh()
            pause(self._interval)

    def _fresh(self) -> Iterator[Any]:
        """Yield the events that were not seen yet; none while the API cannot be reached."""
        try:
            for event in resources.Event.list(order="chronological", limit=100, from_=self._since):
                if event.id not in self._seen:
                    self._note(event)
                    yield event
        except APIConnectionError as error:
            click.echo(f"The API was not reached, and is asked again: {error}", err=True)

    def _note(self, event: Any) -> None:
        self._seen[event.id] = event.created_at
        earliest = event.created_at - OVERLAP
        if self._since is None or earliest > self._since:
            self._since = earliest
            self._seen = {id: at for id, at in self._seen.items() if at >= earliest}


def forward(event: Any, url: str, secret: str) -> bool:
    """Post *event* to *url*, say what came of it in a line, and tell whether it was taken."""
    import requests

    body = json.dumps(event.to_dict()).encode()
    headers = {"Content-Type": "application/json", **Webhook.sign(body, secret)}
    with requests.Session() as session:
        session.trust_env = not is_loopback(urlsplit(url).hostname or "")  # no proxy is in the way to this machine
        try:
            answer = session.post(url, data=body, headers=headers, timeout=PATIENCE, allow_redirects=False)
        except (requests.RequestException, OSError, ValueError) as error:
            met = not isinstance(error, requests.ConnectionError)
            said, taken = answer_from_failure(error, met).problem, False
        else:
            taken = 200 <= answer.status_code < 300
            said = f"{answer.status_code} in {answer.elapsed.total_seconds() * 1000:.0f} ms"
            said += ", which is not followed" if answer.is_redirect else ""
    click.echo(visible(f"{event.created_at:%H:%M:%S}  {event.key:20}  {event.id}  {said}"))
    return taken
