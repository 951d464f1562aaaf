"""``omise doctor``: what is wrong with keys, hosts, versions, clock, proxy and certificates, and what to do."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

import click

from .. import resources
from ..checks import is_live
from ..client import default_client
from ..config import API_ADDRESSES, HOSTS, Config
from ..errors import APIConnectionError, APIError, Error
from ..neighbour import CLASH, is_overwritten
from ..records import drift
from ..records.key_kinds import KEY_KINDS
from ..records.listing import List
from ..records.operations import Listable, Singleton
from ..redaction import redact_text
from ..version import __version__
from ..wire.answers import answer_from_failure
from .ending import DONE, FAILED
from .terminal import beside, coloured, visible

GOOD, ODD, BAD = "ok", "note", "wrong"

MOST_SKEW = 60
"""Seconds that the clocks may differ by; signatures of webhooks are good for 300."""

LIBRARIES = ("requests", "urllib3", "python-dateutil", "certifi")
OPTIONAL = {
    "cli": ("click", "rich"),
    "sandbox": ("omise-orm-sandbox", "click", "werkzeug", "waitress", "jinja2", "segno"),
    "testing": ("pytest", "vcrpy"),
    "console": ("ipython",),
    "parquet": ("pyarrow",),
    **{name: (name,) for name in ("pandas", "polars", "redis")},
}
"""What parts of the package need that not everybody has, by what they are for."""

SANDBOX = Path(__file__).parents[1] / "sandbox" / "app.py"
"""Here in a clone; the wheel of the client has another file in that folder."""

BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""Variables of the environment that name certificates to trust."""


class Finding(NamedTuple):
    """What was found of one thing: how it is, in words, and what to do where it is not well."""

    state: str
    about: str
    what: str
    advice: str = ""


@click.command()
@click.option("--drift", "compare", is_flag=True, help="Compare real answers with the fields that are declared.")
def doctor(compare: bool) -> int:
    """
    Look at keys, hosts, versions, clock, proxy and certificates: what is wrong, and what to do. No secret is shown.

    The API is asked, and nothing is changed.
    """
    found = []
    for check in (*CHECKS, *([_drift] if compare else [])):
        for finding in check():
            found.append(finding)
            _tell(finding)
    wrong = sum(finding.state == BAD for finding in found)
    noted = sum(finding.state == ODD for finding in found)
    notes = f"; {noted} {'note' if noted == 1 else 'notes'}" if noted else ""
    click.echo(f"\n{wrong or 'Nothing is'} wrong{notes}.")
    return FAILED if wrong else DONE


def _tell(finding: Finding) -> None:
    colour = {GOOD: "green", ODD: "yellow", BAD: "red"}[finding.state]
    what = visible(redact_text(" ".join(finding.what.split())))
    click.echo(beside(f"{coloured(f'{finding.state:5}', colour)}  {finding.about:12}  ", what))
    if finding.advice:
        click.echo(beside(" " * 21, redact_text(finding.advice)))


# What is here


def _versions() -> Iterator[Finding]:
    libraries = ", ".join(f"{name} {_version(name)}" for name in LIBRARIES)
    yield Finding(GOOD, "versions", f"omise {__version__}, Python {platform.python_version()}, {libraries}")
    sandbox = _version("omise-orm-sandbox")
    if sandbox not in (None, __version__):
        advice = f"Install omise-orm-sandbox {__version__}."
        yield Finding(BAD, "versions", f"the sandbox is that of omise {sandbox}", advice)


def _extras() -> Iterator[Finding]:
    there = {part: {name: _is_there(name) for name in names} for part, names in OPTIONAL.items()}
    ready = [part for part, found in there.items() if all(found.values())]
    others = dict.fromkeys(name for part, found in there.items() for name in found if part not in ready)
    lacking = [name for name in others if not _is_there(name)]
    missing = f"; not installed: {', '.join(lacking)}" if lacking else ""
    yield Finding(GOOD, "extras", f"there is what {', '.join(ready) or 'none'} needs{missing}")


def _is_there(name: str) -> bool:
    return bool(_version(name) or (name == "omise-orm-sandbox" and SANDBOX.exists()))


def _version(distribution: str) -> str | None:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def _packages() -> Iterator[Finding]:
    official = _version("omise")
    if official or is_overwritten():
        yield Finding(BAD, "packages", f"the official package, omise {official or ''}, is installed too", f"{CLASH}.")
    else:
        yield Finding(GOOD, "packages", "the official package is not installed beside this one")


def _keys() -> Iterator[Finding]:
    config = default_client.config
    for kind in ("secret", "public"):
        wanted = KEY_KINDS[kind]
        if not getattr(config, wanted.setting):
            advice = f"Set {wanted.environment} to that of the dashboard, or of a sandbox."
            yield Finding(BAD if kind == "secret" else ODD, f"{kind} key", "none is set", advice)
            continue
        try:
            mode = "live" if is_live(default_client.key(kind)) else "test"
            yield Finding(GOOD, f"{kind} key", f"a {mode} key, from {_source(wanted.setting, wanted.environment)}")
        except Error as error:
            yield Finding(BAD, f"{kind} key", str(error), f"Set {wanted.environment} anew, as the dashboard shows it.")


def _source(setting: str, environment: str) -> str:
    return f"omise.{setting}" if setting in default_client.config.values else environment


def _certificates() -> Iterator[Finding]:
    for name in BUNDLES:
        path = os.environ.get(name)
        if path and not Path(path).exists():
            yield Finding(
                BAD, "certificates", f"{name} is {path}, and there is nothing", f"Correct it, or unset {name}."
            )
        elif path:
            yield Finding(ODD, "certificates", f"those of {path} are trusted, by {name}")


# The way there


def _hosts() -> Iterator[Finding]:
    """Ask each host for anything at all, without a key: whatever it answers, the way is open."""
    for host, setting in HOSTS.items():
        try:
            url = getattr(default_client.config, setting)
        except Error as error:
            yield Finding(BAD, host, str(error), f"Correct {getattr(Config, setting).env}.")
            continue
        yield from _proxy(host, url)
        yield from _reach(host, url)


def _way(url: str) -> dict[str, Any]:
    """Return how the library goes to *url*: by which proxy, and trusting which certificates."""
    from ..wire.environment import Environment

    return Environment(default_client.transport.session).settings_of(url)


def _proxy(host: str, url: str) -> Iterator[Finding]:
    proxy = _way(url)["proxies"].get(url.partition(":")[0])
    if proxy:
        yield Finding(ODD, host, f"goes through the proxy {proxy}", "If it should not, name the host in NO_PROXY.")


def _reach(host: str, url: str) -> Iterator[Finding]:
    import requests

    own = "" if url == API_ADDRESSES[HOSTS[host]] else ", not the API's own"  # type: ignore[index]
    try:
        answer = requests.get(url, timeout=10, allow_redirects=False, **_way(url))
    except (requests.RequestException, OSError, ValueError) as error:
        yield Finding(BAD, host, f"{url}{own}: {answer_from_failure(error, False).problem}", _advice(error, host))
        return
    yield Finding(GOOD, host, f"{url}{own}, answers in {answer.elapsed.total_seconds() * 1000:.0f} ms")
    if host == "api":
        yield from _clock(answer.headers.get("Date"))


def _advice(error: Exception, host: str) -> str:
    from requests import exceptions

    if isinstance(error, exceptions.SSLError):
        return "A proxy that looks into https needs its certificate named in REQUESTS_CA_BUNDLE; else do not go on."
    if isinstance(error, exceptions.ProxyError):
        return "Correct HTTPS_PROXY, or name the host in NO_PROXY."
    if isinstance(error, exceptions.Timeout):
        return "A firewall may drop what goes there; ask who runs the network."
    return f"Is the address right ({getattr(Config, HOSTS[host]).env})? Is there a network, and a sandbox if it is one?"  # type: ignore[index]


def _clock(date: str | None) -> Iterator[Finding]:
    try:
        there = parsedate_to_datetime(str(date))
    except ValueError:
        yield Finding(ODD, "clock", "the API did not say what time it is there")
        return
    skew = (datetime.now(timezone.utc) - there).total_seconds()
    if abs(skew) <= MOST_SKEW:
        yield Finding(GOOD, "clock", "this machine's and the API's agree to the minute")
        return
    way = "ahead of" if skew > 0 else "behind"
    advice = "Have it set by the network (NTP): signatures of webhooks are refused that are too old or too new."
    yield Finding(BAD, "clock", f"this machine's is {abs(skew):.0f} seconds {way} the API's", advice)


# Who is asked for


def _account() -> Iterator[Finding]:
    if not default_client.config.secret_api_key:
        return
    try:
        account = resources.Account.retrieve()
    except Error as error:
        yield Finding(BAD, "account", str(error), _advice_of(error, "OMISE_SECRET_KEY"))
        return
    known = account.attributes
    mode = "live" if known.get("livemode") else "test"
    yield Finding(GOOD, "account", f"{known.get('id')}, {known.get('country')}, {mode} mode")
    asked, own = default_client.config.api_version, known.get("api_version")
    state = GOOD if asked == Config.api_version.default else ODD
    advice = "" if state == GOOD else f"The fields that are declared are those of {Config.api_version.default}."
    yield Finding(state, "version", f"{asked or own} is asked for, the account's own is {own}", advice)


def _capability() -> Iterator[Finding]:
    if not default_client.config.public_api_key:
        return
    try:
        resources.Capability.retrieve()
    except Error as error:
        yield Finding(BAD, "public key", str(error), _advice_of(error, "OMISE_PUBLIC_KEY"))
        return
    yield Finding(GOOD, "public key", "is known to the API")


def _advice_of(error: Error, variable: str) -> str:
    if isinstance(error, APIConnectionError):
        return "See what is said of the hosts."
    return f"Is {variable} that of the dashboard, and not revoked?" if isinstance(error, APIError) else ""


# Drift


def _drift() -> Iterator[Finding]:
    """Compare a page of everything that can be listed with what is declared."""
    declared, asked = Config.api_version.default, default_client.config.api_version
    if asked != declared:
        yield Finding(ODD, "drift", f"not looked for: the fields declared are those of {declared}, not of {asked}")
        return
    if not default_client.config.secret_api_key:
        yield Finding(BAD, "drift", "cannot be looked for without a secret key")
        return
    told = set()
    try:
        for answer in _answers():
            for data in drift.objects(answer):
                told |= {*drift.drifts(data)}
    except Error as error:
        yield Finding(BAD, "drift", f"cannot be looked for: {error}", "Mend first what is said above.")
        return
    for each in sorted(told):
        yield Finding(ODD, "drift", str(each))
    if told:
        yield Finding(ODD, "drift", "is no fault of yours: records hold what came, and a newer version may declare it")
    else:
        yield Finding(GOOD, "drift", "the answers have the fields that are declared")


def _answers() -> Iterator[Any]:
    public = default_client.config.public_api_key
    for name in resources.__all__:
        cls = getattr(resources, name)
        if cls is resources.Capability and not public:
            continue
        ask: Callable[[], Any] | None = cls.list if issubclass(cls, Listable) else None
        ask = cls.retrieve if issubclass(cls, Singleton) else ask
        if ask is not None and not issubclass(cls, List):
            try:
                yield ask().to_dict()
            except APIError:  # some are for some accounts only
                continue


CHECKS = (_versions, _extras, _packages, _keys, _certificates, _hosts, _account, _capability)
