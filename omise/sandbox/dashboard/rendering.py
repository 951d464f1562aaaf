"""
From what is known to a page: templates, how facts look, and what a browser may do with the page.
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from ..http.responses import Response

__all__ = ["picture", "rendered", "static"]

#: Where templates and static files are.
PACKAGE = "omise.sandbox.dashboard"

#: Nothing but what the sandbox itself serves, in no frame of another page; nothing that stands in a page runs.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
#: With a referrer to itself alone: without any, browsers do not say either which page sent a form.
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
#: The files that its pages load, and their media types.
STATIC = {
    "dashboard.css": "text/css; charset=utf-8",
    "dashboard.js": "text/javascript; charset=utf-8",
    "mark.svg": "image/svg+xml",
}

#: The colours of states; what is none of these is grey.
GOOD = {"successful", "paid", "won", "active", "verified", "running", "used"}
WAITING = {"pending", "open", "sent", "expiring", "authorized"}
BAD = {"failed", "lost", "suspended"}


def rendered(template: str, status: int = 200, **names: Any) -> Response:
    """A page made of a template."""
    body = _environment().get_template(template).render(names)
    return Response(body.encode(), {"Content-Type": "text/html; charset=utf-8", **HEADERS}, status=status)


def static(name: str) -> Response | None:
    """A file that the pages load, or None if there is none of that name."""
    if name not in STATIC:
        return None
    content = (files(PACKAGE) / "static" / name).read_bytes()
    return Response(content, {"Content-Type": STATIC[name], **HEADERS, "Cache-Control": "no-cache"})


def picture(content: bytes) -> Response:
    """A picture that is drawn for a page."""
    return Response(content, {"Content-Type": STATIC["mark.svg"], **HEADERS})


def moment(text: str, now: str = "") -> str:
    """A time as people write it: ``27 Nov 2026 15:20:31``, without the year if *now* is in the same."""
    time = datetime.fromisoformat(text.replace("Z", "+00:00"))
    year = "" if now and now[:4] == text[:4] else f" {time.year}"
    return f"{time.day} {time:%b}{year} {time:%H:%M:%S}"


def day(text: str) -> str:
    """A day as people write it: ``27 Nov 2026``."""
    date = datetime.fromisoformat(text)
    return f"{date.day} {date:%b %Y}"


def short(identifier: str) -> str:
    """An id for a table: what it is of, and its end, which is all its own."""
    kind, _, end = identifier.partition("_")
    return f"{kind}_…{end[-8:]}" if len(end) > 12 else identifier


def pretty(value: Any) -> str:
    """A value as JSON."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def tone(state: str) -> str:
    """The colour of a state, or of that of a charge's dispute."""
    state = state.removeprefix("dispute ")
    if state in GOOD or state.startswith("answered 2"):
        return "good"
    if state in WAITING:
        return "waiting"
    failed = state in BAD or "fail" in state or "not" in state or "timed" in state or state.startswith("answered")
    return "bad" if failed else "quiet"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(PACKAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": day, "moment": moment, "pretty": pretty, "short": short, "tone": tone}
    return environment
