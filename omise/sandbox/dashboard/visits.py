"""
One visit of a browser to the dashboard, and whether it is let in.

There are no keys to ask for: whoever may visit sees all accounts. So it is for browsers on this machine, under a name
that no stranger can have, and only a form of its own pages changes anything.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qsl, urlencode

from ..http.control import check_caller
from ..http.hosts import is_api_host
from ..refusals import ApiError

__all__ = ["LOOPBACK", "PREFIX", "Visit", "check_form", "check_reach", "check_visit", "is_dashboard", "way_back"]

HOME, PREFIX = "/", "/dashboard"

#: Who may visit.
LOOPBACK, ANYWHERE, OFF = "loopback", "anywhere", "off"
REACHES = (LOOPBACK, ANYWHERE, OFF)

TOO_FAR = "the dashboard is for this machine alone; start the sandbox with --dashboard anywhere to open it to others"
NOT_OURS = "only a page of this sandbox can change something here"
STALE = "that page was older than the sandbox: it is loaded anew, so try again"
DONE_ALREADY = "that was done already, by the same form or another page: this is how it is now"


@dataclass(frozen=True)
class Visit:
    """
    What a browser asks for.

    Attributes:
        params: Query and form, see `parameters`.
        origin: What its pages' addresses begin with, such as ``http://127.0.0.1:4010``.
        sender: The header ``Origin``: which site's page asks, if the browser says so.
        site: The header ``Sec-Fetch-Site``: how far that is from this one.
        caller: The address it came from.
        refusal: Why what a form asked is not done; then the page is that of the form, and what was typed in is
            *typed*.
    """

    method: str
    path: str
    params: Mapping[str, Any]
    host: str
    origin: str
    sender: str | None = None
    site: str | None = None
    caller: str = "127.0.0.1"
    refusal: ApiError | None = None
    typed: Mapping[str, Any] = field(default_factory=dict)

    @property
    def here(self) -> str:
        """The address of the page, with what says which part of a list it is."""
        query = urlencode({name: self.text(name) for name in ("status", "page") if self.text(name)})
        return self.path + (f"?{query}" if query else "")

    def number(self) -> int:
        """Which page of a list is wanted, from 1."""
        page = self.text("page")
        return max(int(page), 1) if page.isdecimal() and len(page) < 7 else 1

    def refused(self, error: ApiError) -> Visit:
        """A visit of the page that the form of this one was on."""
        path, _, query = way_back(self).partition("?")
        return replace(self, method="GET", path=path, params=dict(parse_qsl(query)), refusal=error, typed=self.params)

    def text(self, name: str) -> str:
        """A parameter as it was typed in; empty if there is none, or it is no text."""
        value = self.params.get(name)
        return value.strip() if isinstance(value, str) else ""


def is_dashboard(path: str, host: str, key: str | None = None) -> bool:
    """
    Whether a request is for the dashboard; under the API's own names there is none.

    At its root the API has a route of its own, for those with a *key*, the header ``Authorization``.
    """
    there = path == PREFIX or path.startswith(f"{PREFIX}/") or (path == HOME and key is None)
    return there and not is_api_host(host)


def check_reach(reach: str) -> str:
    """*reach*, one of `REACHES`; raises ValueError for anything else."""
    if reach not in REACHES:
        raise ValueError(f"the dashboard is for {', '.join(REACHES)}, not {reach!r}")
    return reach


def check_visit(visit: Visit, reach: str) -> None:
    """Refuse those who may not see it."""
    if reach == OFF:
        raise ApiError("service_not_found", f"{visit.method} {visit.path} is not a service of this API")
    check_caller(visit.host, visit.sender)
    if reach == LOOPBACK and not _is_loopback(visit.caller):
        raise ApiError("not_authorized", TOO_FAR)


def check_form(visit: Visit, seal: str) -> None:
    """Refuse what no form of the dashboard's own pages sent, or one that shows what is over: *seal* is that of now."""
    if visit.site not in (None, "same-origin"):
        raise ApiError("not_authorized", NOT_OURS)
    sent, token = visit.text("token"), seal.partition(".")[0]
    if not hmac.compare_digest(sent.partition(".")[0].encode(), token.encode()):
        raise ApiError("not_authorized", STALE)
    if sent != seal:
        raise ApiError("bad_request", DONE_ALREADY, status=409)


def way_back(visit: Visit) -> str:
    """The page that a form was on; one of the dashboard, whatever the form says."""
    page = visit.text("back")
    plain = page.isascii() and page.isprintable() and not {*page} & {*"\\#\"'<> "} and "//" not in page
    return page if plain and is_dashboard(page.partition("?")[0], visit.host) else HOME


def _is_loopback(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return bool((mapped or found).is_loopback)
