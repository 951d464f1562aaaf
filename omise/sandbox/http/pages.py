"""
Pages that payers open in a browser: small, and without scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import urlsplit

from werkzeug.urls import iri_to_uri

from .responses import Response

__all__ = ["entry_form", "form", "page", "paragraph", "redirect", "way_back"]

HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
#: What a browser may do with a page: show it, in no frame of another page, and send its forms to itself.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
#: A place that can stand in a policy: nothing in it ends a directive.
PLAIN_PLACE = re.compile(r"[A-Za-z0-9.:\[\]-]+")
STYLE = """
body { max-width: 24em; margin: 4em auto; font: 1.1em system-ui, sans-serif; text-align: center; color: #222 }
button { font: inherit; padding: .5em 1.2em; margin: .3em } h1 { font-size: 1.4em }
""".strip()
SHELL = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<h1>{title}</h1>
{body}
<p><small>This is a sandbox. No money moves.</small></p>
</body>
</html>
"""


def page(title: str, *parts: str, status: int = 200, leads_to: Iterable[str | None] = ()) -> Response:
    """
    A page under a title; *parts* are HTML, made by the functions below.

    *leads_to* are the addresses, if any, to which its forms may redirect: browsers see to it that it is nowhere else.
    """
    body = SHELL.format(title=escape(title), style=STYLE, body="\n".join(parts))
    places = dict.fromkeys(place for uri in leads_to if uri and (place := _place(uri)))
    policy = {"Content-Security-Policy": " ".join([POLICY, *places])}
    return Response(body.encode(), HEADERS | policy, status=status)


def paragraph(text: str) -> str:
    """A paragraph of text, its lines kept apart."""
    return f"<p>{escape(text).replace(chr(10), '<br>')}</p>"


def form(labels: Mapping[str, str], *, name: str = "action") -> str:
    """Buttons that post *name*, each with its own value, to the page's own address; *labels* are by value."""
    buttons = (
        f'<button name="{escape(name)}" value="{escape(value)}">{escape(label)}</button>'
        for value, label in labels.items()
    )
    return f'<form method="post">{"".join(buttons)}</form>'


def entry_form(fields: Mapping[str, str], label: str, **fixed: str) -> str:
    """A button that posts what is typed in, beside what is *fixed*; *fields* are the values to begin with, by name."""
    hidden = (f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in fixed.items())
    typed = (
        f'<input name="{escape(name)}" placeholder="{escape(name)}" value="{escape(value)}" autocomplete="off">'
        for name, value in fields.items()
    )
    return f'<form method="post">{"".join(hidden)}{"".join(typed)}<button>{escape(label)}</button></form>'


def way_back(uri: str | None) -> str:
    """A link to where the payer came from, if that is known."""
    return f'<p><a href="{escape(uri)}">Back to the shop</a></p>' if uri else ""


def redirect(uri: str) -> Response:
    """Send the browser on to *uri*, with GET."""
    return Response(b"", {"Location": iri_to_uri(uri), "Cache-Control": "no-store"}, status=303)


def _place(uri: str) -> str:
    """What stands for an address in a policy: scheme and host, or the scheme of an app; empty if that is not plain."""
    parts = urlsplit(iri_to_uri(uri))
    if parts.scheme not in ("http", "https"):
        return f"{parts.scheme}:"
    return f"{parts.scheme}://{parts.netloc}" if PLAIN_PLACE.fullmatch(parts.netloc) else ""
