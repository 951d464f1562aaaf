"""
Pages that payers open in a browser: small, and without scripts.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import urlsplit

from werkzeug.urls import iri_to_uri

from .responses import Response

__all__ = [
    "done",
    "entry_form",
    "facts",
    "fold",
    "form",
    "link_to",
    "page",
    "paragraph",
    "picture",
    "price",
    "problem",
    "redirect",
    "refusal",
    "way_back",
]

HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
#: A place that can stand in a policy: nothing in it ends a directive.
PLAIN_PLACE = re.compile(r"[A-Za-z0-9.:\[\]-]+")
STYLE = """
:root { color-scheme: light dark; --text: #1d1f23; --soft: #5c6169; --line: #dfe0e3; --page: #f5f5f6; --card: #fff;
  --strong: #2347c5; --on-strong: #fff; --bad: #b3261e; --good: #17663a }
@media screen and (prefers-color-scheme: dark) { :root { --text: #e9eaec; --soft: #a3a8b0; --line: #34373d;
  --page: #121316; --card: #1b1d21; --strong: #a9bcff; --on-strong: #10183a; --bad: #ff9d94; --good: #7ed6a0 } }
* { box-sizing: border-box }
body { margin: 0; padding: 3rem 1rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
main { max-width: 26rem; margin: 0 auto; padding: clamp(1.1rem, 5vw, 1.75rem); background: var(--card);
  border: 1px solid var(--line); border-radius: .75rem }
h1 { margin: 0 0 .25rem; font-size: 1rem; font-weight: 600; color: var(--soft) }
p { margin: .75rem 0 } a { color: var(--strong) }
.price { margin: 0 0 1rem; font-size: 2rem; font-weight: 600; line-height: 1.2; letter-spacing: -.01em;
  font-variant-numeric: tabular-nums }
.problem { color: var(--bad); font-weight: 600 } .done { color: var(--good); font-weight: 600 }
dl { display: grid; grid-template-columns: auto 1fr; gap: .35rem 1.25rem; margin: 1rem 0; padding: 1rem 0;
  border: solid var(--line); border-width: 1px 0; font-size: .875rem }
dt { color: var(--soft) } dd { margin: 0; white-space: pre-line }
img { display: block; width: 100%; max-width: 15rem; margin: 1.25rem auto; border-radius: .5rem; background: #fff }
form { display: grid; gap: .6rem; margin: .75rem 0 }
form:has(> button:nth-of-type(4)) { grid-template-columns: 1fr 1fr }
label { display: grid; gap: .2rem; font-size: .875rem; color: var(--soft) }
input { font: inherit; padding: .55rem .7rem; color: var(--text); background: var(--page);
  border: 1px solid var(--soft); border-radius: .45rem; width: 100% }
button { font: inherit; font-weight: 600; padding: .65rem 1rem; border-radius: .45rem; cursor: pointer;
  color: var(--strong); background: var(--card); border: 1px solid var(--strong) }
main > form:only-of-type:not(.quiet) > button:first-child, details .entry button {
  color: var(--on-strong); background: var(--strong) }
button:hover { filter: brightness(1.08) }
:focus-visible { outline: 3px solid var(--strong); outline-offset: 2px }
details { border: 1px solid var(--line); border-radius: .45rem; margin: .6rem 0; padding: .6rem .8rem }
summary { cursor: pointer; font-weight: 600 }
details[open] > summary { margin-bottom: .6rem }
footer { max-width: 26rem; margin: 1rem auto; text-align: center; font-size: .875rem; color: var(--soft) }
@media print { :root { color-scheme: light } body { padding: 0; background: none } main { border: 0 }
  form, details, a { display: none } }
""".strip()
#: What a browser may do with a page: show it, in no frame of another page, and send its forms to itself.
POLICY = (
    f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'; "
    "img-src data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
SHELL = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
<footer>This is a sandbox. No money moves.</footer>
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


def price(text: str) -> str:
    """What is to be paid."""
    return f'<p class="price">{escape(text)}</p>'


def facts(pairs: Mapping[str, str | None]) -> str:
    """What there is to know, each with its name; what is empty is left out."""
    lines = (f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in pairs.items() if text)
    return f"<dl>{''.join(lines)}</dl>"


def paragraph(text: str) -> str:
    """A paragraph of text, its lines kept apart."""
    return f"<p>{_lines(text)}</p>"


def problem(text: str) -> str:
    """What went wrong; browsers that read aloud say it at once."""
    return f'<p class="problem" role="alert">{_lines(text)}</p>'


def done(text: str) -> str:
    """What went well."""
    return f'<p class="done" role="status">{_lines(text)}</p>'


def refusal(text: str, status: int) -> Response:
    """What a browser is shown that cannot have the page it asked for."""
    return page("That did not work", problem(text), status=status)


def picture(svg: bytes, description: str) -> str:
    """A picture within the page."""
    encoded = base64.b64encode(svg).decode()
    return f'<img alt="{escape(description)}" src="data:image/svg+xml;base64,{encoded}">'


def form(labels: Mapping[str, str], *, name: str = "action", quiet: bool = False) -> str:
    """
    Buttons that post *name*, each with its own value, to the page's own address; *labels* are by value. The first
    is what most come for, unless they are *quiet*.
    """
    buttons = (
        f'<button name="{escape(name)}" value="{escape(value)}">{escape(label)}</button>'
        for value, label in labels.items()
    )
    look = ' class="quiet"' if quiet else ""
    return f'<form method="post"{look}>{"".join(buttons)}</form>'


def fold(label: str, *parts: str, opened: bool = False) -> str:
    """Parts that are folded under a label, unless *opened*."""
    return f"<details{' open' if opened else ''}><summary>{escape(label)}</summary>{''.join(parts)}</details>"


def entry_form(fields: Mapping[str, str], **fixed: str) -> str:
    """A button that posts what is typed in, beside what is *fixed*; *fields* are the values to begin with, by name."""
    hidden = (f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in fixed.items())
    typed = (
        f"<label>{escape(name.replace('_', ' ').capitalize())}"
        f'<input name="{escape(name)}" value="{escape(value)}" autocomplete="off"></label>'
        for name, value in fields.items()
    )
    return f'<form method="post" class="entry">{"".join(hidden)}{"".join(typed)}<button>Pay</button></form>'


def link_to(label: str, uri: str) -> str:
    """A link on a line of its own."""
    return f'<p><a href="{escape(uri)}">{escape(label)}</a></p>'


def way_back(uri: str | None) -> str:
    """A link to where the payer came from, if that is known."""
    return link_to("Back to the shop", uri) if uri else ""


def redirect(uri: str) -> Response:
    """Send the browser on to *uri*, with GET."""
    return Response(b"", {"Location": iri_to_uri(uri), "Cache-Control": "no-store"}, status=303)


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _place(uri: str) -> str:
    """What stands for an address in a policy: scheme and host, or the scheme of an app; empty if that is not plain."""
    parts = urlsplit(iri_to_uri(uri))
    if parts.scheme not in ("http", "https"):
        return f"{parts.scheme}:"
    return f"{parts.scheme}://{parts.netloc}" if PLAIN_PLACE.fullmatch(parts.netloc) else ""
