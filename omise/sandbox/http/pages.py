"""
Pages that payers open in a browser: small, and without scripts.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from werkzeug.urls import iri_to_uri

from .responses import Response

__all__ = ["form", "page", "paragraph", "redirect", "way_back"]

HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
}
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


def page(title: str, *parts: str, status: int = 200) -> Response:
    """A page under a title; *parts* are HTML, made by the functions below."""
    body = SHELL.format(title=escape(title), style=STYLE, body="\n".join(parts))
    return Response(body.encode(), dict(HEADERS), status=status)


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


def way_back(uri: str | None) -> str:
    """A link to where the payer came from, if that is known."""
    return f'<p><a href="{escape(uri)}">Back to the shop</a></p>' if uri else ""


def redirect(uri: str) -> Response:
    """Send the browser on to *uri*, with GET."""
    return Response(b"", {"Location": iri_to_uri(uri), "Cache-Control": "no-store"}, status=303)
