"""The command line: ``omise sandbox`` serves a sandbox over HTTP, ``omise clock`` turns its clock."""

from __future__ import annotations

import argparse
import http.client
import json
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

from ..config import HOSTS, Config, is_loopback
from ..version import __version__

SANDBOX = "http://127.0.0.1:4010"
PARTS = ("days", "hours", "minutes", "seconds")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command in *arguments* (those of the process if None) and return its exit status."""
    options = build_parser().parse_args(arguments)
    return int(options.run(options))


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="omise", description="Omise payments, from the command line.")
    parser.add_argument("--version", action="version", version=f"omise {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    sandbox = commands.add_parser(
        "sandbox",
        help="serve a sandbox of the API over HTTP",
        description="Serve a sandbox of the API over HTTP, for any client of it. Every test key opens an account.",
    )
    sandbox.add_argument("--port", type=_port, default=4010, help="port to listen on; 0 takes a free one (4010)")
    sandbox.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1: this machine alone)")
    sandbox.add_argument("--db", metavar="FILE", help="keep the state in FILE; without it, in memory")
    sandbox.add_argument("--secret-key", action="append", default=[], metavar="KEY", help="take only keys given so")
    sandbox.add_argument("--public-key", action="append", default=[], metavar="KEY", help="likewise for public keys")
    sandbox.add_argument("--webhook", action="append", default=[], metavar="URL", help="send every event to URL")
    sandbox.add_argument("--faults", metavar="FILE", help="inject the faults that FILE lists, as docs/faults.md says")
    sandbox.add_argument("--webhook-secret", metavar="SECRET", help="what webhooks are signed with (base64)")
    sandbox.add_argument(
        "--allow-webhook-host",
        action="append",
        default=[],
        metavar="HOST",
        help="let webhooks go to HOST over plain http, as they go to this machine",
    )
    sandbox.add_argument("--country", choices=("TH", "JP", "SG", "MY"), help="country of new accounts (TH)")
    sandbox.add_argument(
        "--dashboard",
        choices=("loopback", "anywhere", "off"),
        default="loopback",
        help="who sees the dashboard at / (loopback: browsers on this machine alone)",
    )
    sandbox.add_argument("--lenient", action="store_true", help="ignore parameters that the API does not know")
    sandbox.set_defaults(run=_sandbox)

    clock = commands.add_parser(
        "clock",
        help="turn the clock of a running sandbox",
        description="Turn the clock of a running sandbox forward; without a step, say what time it is there.",
    )
    clock.add_argument("--url", default=SANDBOX, help=f"where the sandbox listens ({SANDBOX})")
    for part in PARTS:
        clock.add_argument(f"--{part}", type=float, metavar="N", help=f"so many {part} forward")
    clock.set_defaults(run=_clock)
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; it is a number up to 65535")
    return int(text)


def _sandbox(options: argparse.Namespace) -> int:
    try:
        from ..sandbox import Application, Store, serve
        from ..sandbox.http.faults import plan_of
        from ..sandbox.state.store import StoreError
    except ModuleNotFoundError as missing:
        return _fail(str(missing))

    signal.signal(signal.SIGTERM, _interrupt)
    try:
        store = Store(options.db) if options.db else Store()
    except (OSError, StoreError) as error:
        return _fail(str(error))
    try:
        application = Application(
            store,
            secret_keys=options.secret_key,
            public_keys=options.public_key,
            webhooks=options.webhook,
            webhook_hosts=options.allow_webhook_host,
            webhook_secret=options.webhook_secret,
            strict=not options.lenient,
            country=options.country,
            dashboard=options.dashboard,
        )
    except ValueError as error:
        return _fail(str(error))
    try:
        if options.faults:
            application.faults.add(plan_of(json.loads(Path(options.faults).read_text())))
    except (OSError, ValueError) as error:
        return _fail(f"no faults in {options.faults}: {getattr(error, 'strerror', None) or error}")
    try:
        serve(application, options.host, options.port, lambda url: _announce(url, options, application.webhook_secret))
    except KeyboardInterrupt:
        pass
    except OSError as error:
        return _fail(f"{error.strerror or error}; choose another with --port or --host")
    finally:
        store.close()
    print("\nStopped." if application.requests else "\nStopped; nothing was received.", flush=True)
    return 0


def _announce(url: str, options: argparse.Namespace, webhook_secret: str) -> None:
    """Say where the sandbox is, and what to set to use it."""
    state = f"its state is kept in {options.db}" if options.db else "its state is kept in memory"
    settings = dict.fromkeys(HOSTS.values(), url)
    if not options.secret_key:
        settings["secret_api_key"] = "skey_test_sandbox"  # noqa: S105 - any key opens an account
    if not options.public_key:
        settings["public_api_key"] = "pkey_test_sandbox"

    print(f"The sandbox listens on {url}; {state}. Ctrl-C stops it.\n\nTo use it, set in the environment:\n")
    for name, value in settings.items():
        print(f"  export {getattr(Config, name).env}={value}")
    print("\nor in Python, after `import omise`:\n")
    for name, value in settings.items():
        print(f"  omise.{name} = {value!r}")
    if options.dashboard != "off":
        print(f"\nTo look at it, open {url} in a browser.")
    if options.faults:
        print(f"\nThe faults in {options.faults} are injected.")
    if options.webhook:
        secret = "given" if options.webhook_secret else webhook_secret
        print(f"\nEvents go to {', '.join(options.webhook)}, signed with the secret {secret}")
    if not is_loopback(options.host):
        print(
            f"\nWho reaches {options.host} can use it. From another machine or container, name this one in "
            "OMISE_ALLOW_HTTP_HOSTS there: `omise` sends keys over http to this machine only, and test keys to those."
        )
    sys.stdout.flush()


def _clock(options: argparse.Namespace) -> int:
    step = {part: getattr(options, part) for part in PARTS if getattr(options, part) is not None}
    host = urlsplit(options.url).hostname or ""
    if not is_loopback(host) and host not in Config().allow_http_hosts:
        return _fail(f"{options.url} is not on this machine, and {host} is not named in OMISE_ALLOW_HTTP_HOSTS")
    try:
        clock = _ask_clock(options.url, step)
    except HTTPError as error:
        return _fail(_refusal(error))
    except (OSError, ValueError, http.client.HTTPException) as error:
        return _fail(f"no sandbox answers at {options.url}: {getattr(error, 'reason', error)}")
    print(f"The sandbox's clock says {clock['now']}.")
    return 0


def _ask_clock(url: str, step: Mapping[str, float]) -> Mapping[str, str]:
    """Turn the clock by *step*, or only look at it, and return what it says."""
    body = json.dumps(step).encode() if step else None
    request = Request(f"{url.rstrip('/')}/_sandbox/clock", body, {"Content-Type": "application/json"})
    with build_opener(ProxyHandler({})).open(request, timeout=60) as answer:
        clock = json.load(answer)
    if not isinstance(clock, dict) or "now" not in clock:
        raise ValueError("that is no clock")
    return clock


def _refusal(error: HTTPError) -> str:
    """Why the sandbox, or whoever answered, did not do it."""
    try:
        return str(json.load(error)["message"])
    except (ValueError, TypeError, KeyError, OSError):
        return str(error)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _fail(problem: str) -> int:
    print(f"omise: {problem}", file=sys.stderr)
    return 1
