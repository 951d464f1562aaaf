"""The documentation in a real browser: fit for everybody, narrow and wide, light and dark, and without a network."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

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


@pytest.fixture(scope="module")
def windows(chromium: Browser) -> Iterator[Callable[[str, str], Page]]:
    """A window of that size and scheme, which stays open: what the pages share is loaded once."""
    opened: dict[tuple[str, str], Page] = {}

    def window(size: str, scheme: str) -> Page:
        if (size, scheme) not in opened:
            viewport = {"width": WIDTHS[size], "height": 900}
            page = chromium.new_page(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
            page.route("**/search/*", lambda route: route.abort())  # each page indexes all words of the site anew
            opened[size, scheme] = page
        return opened[size, scheme]

    yield window
    for page in opened.values():
        page.close()


def test_every_page_fits(site: str, windows: Callable[[str, str], Page]) -> None:
    """Nothing is wider than the window, and nothing is fetched from elsewhere."""
    asked: list[str] = []
    assert len(PAGES) > 50
    page = windows("narrow", "light")
    page.on("request", lambda request: asked.append(request.url))
    wide = {}
    for path in PAGES:
        page.goto(site + path)
        wide[path] = page.evaluate(OVERFLOW)

    assert {path: pixels for path, pixels in wide.items() if pixels} == {}
    assert {address for address in asked if not address.startswith(site)} == set()


@pytest.mark.parametrize(("size", "scheme"), [("narrow", "light"), ("wide", "dark")])
@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_page_is_fit_for_everybody(
    site: str, windows: Callable[[str, str], Page], axe: str, name: str, size: str, scheme: str
) -> None:
    """axe-core finds nothing serious."""
    page = windows(size, scheme)
    page.goto(f"{site}{name}.html")

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
