"""Applications of the examples, started as their users start them, beside a sandbox that sends them signed events."""

import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

import omise
from omise.sandbox import Application, Server

ROOT = Path(__file__).parent.parent
SECRET = "dGhlIHNlY3JldCBvZiBhIHNob3A="
KEYS = {"OMISE_SECRET_KEY": "skey_test_shop", "OMISE_PUBLIC_KEY": "pkey_test_shop"}


class Shop:
    """
    An application that is running, and the account that its payments go to.

    Attributes:
        events: Where it takes events.
    """

    def __init__(self, url: str, server: Server, client: omise.Client) -> None:
        self.url = url
        self.events = f"{url}/omise/events"
        self.application = server.application
        self.client = client
        self.browser = requests.Session()

    def token(self, number: str = "4242424242424242") -> str:
        """The id of a token, as Omise's script puts it into the form."""
        card = {"name": "Mali", "expiration_month": 8, "expiration_year": 2035, "security_code": "123"}
        return self.client.Token.create(number=number, **card).id  # type: ignore[misc]

    def form(self, item: str, token: str) -> dict[str, Any]:
        """The form of the checkout, as `requests.post` takes it."""
        return {"data": {"item": item, self.field(token): token}}

    @staticmethod
    def field(payment: str) -> str:
        """Where the form has what Omise's script made: a token, or a source."""
        return "omiseSource" if payment.startswith("src_") else "omiseToken"

    def told(self) -> Counter[tuple[str, int]]:
        """How often each event was answered with which status, once all of them were delivered."""
        self.application.webhooks.flush()
        return Counter(
            (event.key, each.status) for event in self.client.Event.list() for each in event.webhook_deliveries
        )


@contextmanager
def started(command: Sequence[str], folder: Path, environment: dict[str, str], ready: str) -> Iterator[str]:
    """Run *command* in *folder*, and give what *ready* finds in what it prints; at the end it is ended."""
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    said: list[str] = []
    try:
        for line in process.stdout:
            said.append(line)
            if found := re.search(ready, line):
                yield found.group()
                break
        else:
            raise AssertionError(f"{command} ended: {''.join(said)}")
    finally:
        process.terminate()
        process.communicate()


@contextmanager
def opened(command: Sequence[str], folder: Path, **environment: str) -> Iterator[Shop]:
    """Run the server *command* with a sandbox, and have the sandbox send it signed events."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OMISE_")}
    with Server(Application(webhook_secret=SECRET)) as server:
        hosts = {f"OMISE_{host}_URL": server.url for host in ("API", "VAULT", "CHECKOUT")}
        environment = {**clean, **hosts, **KEYS, "OMISE_WEBHOOK_SECRET": SECRET, **environment}
        client = omise.Client(secret_api_key=KEYS["OMISE_SECRET_KEY"], public_api_key=KEYS["OMISE_PUBLIC_KEY"])
        client.config.api_url = client.config.vault_url = server.url
        with started(command, folder, environment, r"http://127\.0\.0\.1:\d+") as url, client:
            shop = Shop(url, server, client)
            client.Account.retrieve().update(webhook_uri=shop.events)
            yield shop
