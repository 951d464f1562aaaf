"""A sandbox over HTTP: ``omise sandbox`` serves one, ``omise clock`` turns its clock."""

from __future__ import annotations

import http.client
import json
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

import click

from ..checks import is_loopback
from ..config import HOSTS, Config
from ..redaction import redact_text, short
from .ending import NO_ANSWER, Failed
from .menu import OneOf

SANDBOX = "http://127.0.0.1:4010"
COUNTRIES = OneOf("country of accounts", ["TH", "JP", "SG", "MY"])
PARTS = ("days", "hours", "minutes", "seconds")


class Port(click.ParamType):  # type: ignore[type-arg]  # it takes none before click 8.5
    """The number of a port."""

    name = "port"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return *value* as a number."""
        if not str(value).isdecimal() or int(value) > 65535:
            self.fail(f"{short(value)} is no port; it is a number up to 65535", param, ctx)
        return int(value)


@click.command()
@click.option("--port", type=Port(), default=4010, help="Port to listen on; 0 takes a free one (4010).")
@click.option("--host", default="127.0.0.1", help="Address to listen on (127.0.0.1: this machine alone).")
@click.option("--db", metavar="FILE", help="Keep the state in FILE; without it, in memory.")
@click.option("--secret-key", multiple=True, metavar="KEY", help="Take only keys given so.")
@click.option("--public-key", multiple=True, metavar="KEY", help="Likewise for public keys.")
@click.option("--webhook", multiple=True, metavar="URL", help="Send every event to URL.")
@click.option("--faults", metavar="FILE", help="Inject the faults that FILE lists, as docs/faults.md says.")
@click.option("--webhook-secret", metavar="SECRET", help="What webhooks are signed with (base64).")
@click.option(
    "--allow-webhook-host",
    multiple=True,
    metavar="HOST",
    help="Let webhooks go to HOST over plain http, as they go to this machine.",
)
@click.option("--country", type=COUNTRIES, help="Country of new accounts (TH).")
@click.option(
    "--dashboard",
    type=OneOf("place to look from", ["loopback", "anywhere", "off"]),
    default="loopback",
    help="Who sees the dashboard at / (loopback: browsers on this machine alone).",
)
@click.option("--lenient", is_flag=True, help="Ignore parameters that the API does not know.")
def sandbox(**options: Any) -> None:
    """Serve a sandbox of the API over HTTP, for any client of it. Every test key opens an account."""
    from ..sandbox import Store
    from ..sandbox.state.store import StoreError

    signal.signal(signal.SIGTERM, _interrupt)
    try:
        store = Store(options["db"]) if options["db"] else Store()
    except StoreError as error:
        raise Failed(str(error)) from error
    try:
        _serve(store, options)
    finally:
        store.close()


def _serve(store: Any, options: Mapping[str, Any]) -> None:
    from ..sandbox import Application, serve

    application = Application(
        store,
        secret_keys=options["secret_key"],
        public_keys=options["public_key"],
        webhooks=options["webhook"],
        webhook_hosts=options["allow_webhook_host"],
        webhook_secret=options["webhook_secret"],
        strict=not options["lenient"],
        country=options["country"],
        dashboard=options["dashboard"],
    )
    _inject(application, options["faults"])
    try:
        serve(
            application,
            options["host"],
            options["port"],
            lambda url: _announce(url, options, application.webhook_secret),
        )
    except KeyboardInterrupt:
        pass
    except OSError as error:
        raise Failed(f"{error.strerror or error}; choose another with --port or --host") from error
    print("\nStopped." if application.requests else "\nStopped; nothing was received.", flush=True)


def _inject(application: Any, path: str | None) -> None:
    """Have *application* inject the faults that the file at *path* lists, if there is one."""
    from ..sandbox.http.faults import plan_of

    try:
        if path:
            application.faults.add(plan_of(json.loads(Path(path).read_text())))
    except (OSError, ValueError) as error:
        raise Failed(f"no faults in {path}: {getattr(error, 'strerror', None) or error}") from error


def _announce(url: str, options: Mapping[str, Any], webhook_secret: str) -> None:
    """Say where the sandbox is, and what to set to use it."""
    state = f"its state is kept in {options['db']}" if options["db"] else "its state is kept in memory"
    settings = dict.fromkeys(HOSTS.values(), url)
    if not options["secret_key"]:
        settings["secret_api_key"] = "skey_test_sandbox"  # noqa: S105 - any key opens an account
    if not options["public_key"]:
        settings["public_api_key"] = "pkey_test_sandbox"

    print(f"The sandbox listens on {url}; {state}. Ctrl-C stops it.\n\nTo use it, set in the environment:\n")
    for name, value in settings.items():
        print(f"  export {getattr(Config, name).env}={value}")
    print("\nor in Python, after `import omise`:\n")
    for name, value in settings.items():
        print(f"  omise.{name} = {value!r}")
    if options["dashboard"] != "off":
        print(f"\nTo look at it, open {url} in a browser.")
    if options["faults"]:
        print(f"\nThe faults in {options['faults']} are injected.")
    if options["webhook"]:
        secret = "given" if options["webhook_secret"] else webhook_secret
        print(f"\nEvents go to {redact_text(', '.join(options['webhook']))}, signed with the secret {secret}")
    if not is_loopback(options["host"]):
        print(
            f"\nWho reaches {options['host']} can use it. From another machine or container, name this one in "
            "OMISE_ALLOW_HTTP_HOSTS there: `omise` sends keys over http to this machine only, and test keys to those."
        )
    sys.stdout.flush()


def steps(command: Any) -> Any:
    """Give *command* an option for each part of a step."""
    for part in reversed(PARTS):
        command = click.option(f"--{part}", type=float, metavar="N", help=f"So many {part} forward.")(command)
    return command


at = click.option(
    "--url", default=SANDBOX, envvar="OMISE_API_URL", help=f"Where the sandbox listens (OMISE_API_URL, or {SANDBOX})."
)
"""The option of a command that asks a running sandbox: the one that the library asks, unless told otherwise."""


@click.command()
@at
@steps
def clock(url: str, **parts: float | None) -> None:
    """Turn the clock of a running sandbox forward; without a step, say what time it is there."""
    step = {part: number for part, number in parts.items() if number is not None}
    found = ask(url, "/_sandbox/clock", step)
    if "now" not in found:
        raise _absent(url, "that is no clock")
    print(f"The sandbox's clock says {found['now']}.")


def is_trusted(host: str) -> bool:
    """Tell whether plain http may go to *host*: it is this machine, or named by the user."""
    return is_loopback(host) or host in Config().allow_http_hosts


def ask(url: str, path: str, fields: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
    """Return what the sandbox at *url* answers to a GET of *path*, or to a POST of *fields*."""
    host = urlsplit(url).hostname or ""
    if not is_trusted(host):
        raise Failed(f"{url} is not on this machine, and {host} is not named in OMISE_ALLOW_HTTP_HOSTS")
    body = json.dumps(fields).encode() if fields else None
    try:
        request = Request(url.rstrip("/") + path, body, {"Content-Type": "application/json"})
        with build_opener(ProxyHandler({})).open(request, timeout=60) as answer:
            found = json.load(answer)
    except HTTPError as error:
        with error:
            raise Failed(_refusal(error)) from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise _absent(url, str(getattr(error, "reason", error))) from error
    if not isinstance(found, dict):
        raise _absent(url, "that is something else")
    return found


def _absent(url: str, reason: str) -> Failed:
    hint = "Start one in another terminal with omise sandbox, or say with --url where it is."
    return Failed(f"no sandbox answers at {url}: {reason}", hint, NO_ANSWER)


def _refusal(error: HTTPError) -> str:
    """Why the sandbox, or whoever answered, did not do it."""
    try:
        return str(json.load(error)["message"])
    except (ValueError, TypeError, KeyError, OSError):
        return str(error)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
