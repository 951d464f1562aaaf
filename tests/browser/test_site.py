"""The documentation in a real browser: fit for everybody, narrow and wide, light and dark, and without a network."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import FOUND

Look = Callable[..., Page]

SITE = Path(__file__).parent.parent.parent / "build" / "site"
PAGES = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))

LOOKED_AT = (
    *("index", "errors", "frameworks", "parity", "changelog", "examples/flask_shop"),
    *("reference/settings", "reference/charge", "reference/errors", "reference/the-sandbox"),
)
"""Pages of every kind."""

WIDTHS = {"narrow": 390, "wide": 1280}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SERIOUS = f"""{FOUND}.then(faults => faults
    .filter(fault => ["serious", "critical"].includes(fault.impact))
    .map(fault => [fault.id, fault.nodes.slice(0, 3).map(node => node.html)]))"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address that the site is served at."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(SITE))) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_every_page_fits(site: str, look: Look) -> None:
    """Nothing is wider than the window, and nothing is fetched from elsewhere."""
    asked: list[str] = []
    assert len(PAGES) > 50
    page = look(site, viewport={"width": WIDTHS["narrow"], "height": 844})
    page.on("request", lambda request: asked.append(request.url))
    wide = {}
    for path in PAGES:
        page.goto(site + path)
        wide[path] = page.evaluate(OVERFLOW)

    assert {path: pixels for path, pixels in wide.items() if pixels} == {}
    assert {address for address in asked if not address.startswith(site)} == set()


@pytest.mark.parametrize(("size", "scheme"), [("narrow", "light"), ("wide", "dark")])
@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_page_is_fit_for_everybody(site: str, look: Look, axe: str, name: str, size: str, scheme: str) -> None:
    """axe-core finds nothing serious."""
    page = look(f"{site}{name}.html", viewport={"width": WIDTHS[size], "height": 900}, color_scheme=scheme)

    assert page.evaluate(f"{axe};{SERIOUS}") == []


@pytest.mark.parametrize("size", WIDTHS)
def test_something_is_found(site: str, look: Look, size: str) -> None:
    """The search works without a network, and leads to the page."""
    page = look(site, viewport={"width": WIDTHS[size], "height": 844})
    page.keyboard.press("/")
    page.get_by_placeholder("Search").fill("OutcomeUnknown")

    expect(page.locator(".md-search-result__link").first).to_be_visible()
    page.locator(".md-search-result__link").first.click()
    expect(page.locator("article")).to_contain_text("OutcomeUnknown")
