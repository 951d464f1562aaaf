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
LOOKS = """() => {
    const looks = new Map();
    for (const each of document.body.querySelectorAll("*")) {
        const said = [...each.childNodes].some(node => node.nodeType == Node.TEXT_NODE && node.data.trim());
        if (!said || !each.checkVisibility({visibilityProperty: true})) continue;
        const {color, fontSize, fontWeight} = getComputedStyle(each);
        const look = [color, fontSize, fontWeight];
        for (let at = each; at; at = at.parentElement) {
            const {backgroundColor, opacity} = getComputedStyle(at);
            if (backgroundColor != "rgba(0, 0, 0, 0)" || opacity != 1) look.push(backgroundColor, opacity);
        }
        if (!looks.has(look.join())) looks.set(look.join(), each);
    }
    return [...looks.values()];
}"""
"""One text of each colour, size and weight on each background: contrast, which takes axe-core nine tenths of its time
on all of a page's texts, is the same for those that look the same."""
SERIOUS = f"""async () => {{
    const rest = await axe.run({{resultTypes: ["violations"], rules: {{"color-contrast": {{enabled: false}}}}}});
    const contrast = await axe.run({{include: ({LOOKS})()}}, {{runOnly: ["color-contrast"]}});
    return [...rest.violations, ...contrast.violations]
        .filter(fault => ["serious", "critical"].includes(fault.impact))
        .map(fault => [fault.id, fault.nodes.slice(0, 3).map(node => node.html)]);
}}"""


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
    page.evaluate(axe)

    assert page.evaluate(SERIOUS) == []


def test_a_wide_table_is_read_on_a_telephone(site: str, windows: Callable[[str, str], Page]) -> None:
    """The cells of a row stand below each other, none of them beyond the edge."""
    page = windows("narrow", "light")
    page.goto(f"{site}coming-from-csharp.html")
    cells = page.locator(".stacked tbody tr").first.locator("td")
    places = [cells.nth(number).bounding_box() or {} for number in range(3)]

    assert [place["x"] + place["width"] <= WIDTHS["narrow"] for place in places] == [True, True, True]
    assert places[0]["y"] < places[1]["y"] < places[2]["y"]


def test_guides_and_reference_lead_to_each_other(site: str, windows: Callable[[str, str], Page]) -> None:
    """From a name to its entry, and from there to the guide."""
    page = windows("wide", "dark")
    page.goto(f"{site}async.html")
    page.get_by_role("link", name="omise.BlockingWarning").click()
    expect(page).to_have_url(f"{site}reference/errors.html#omise.notices.BlockingWarning")
    page.locator("article").get_by_role("link", name="Errors and lost answers").click()

    expect(page).to_have_url(f"{site}errors.html")


@pytest.mark.parametrize("size", WIDTHS)
@pytest.mark.parametrize("served", [True, False], ids=["served", "as files"])
def test_something_is_found(site: str, look: Look, size: str, served: bool) -> None:
    """The search works without a network, also where the pages are opened as files, and leads to the page."""
    page = look(site if served else (SITE / "index.html").as_uri(), viewport={"width": WIDTHS[size], "height": 844})
    page.keyboard.press("/")
    page.get_by_placeholder("Search").press_sequentially("OutcomeUnknown")

    expect(page.locator(".md-search-result__link").first).to_be_visible(timeout=30_000)
    page.locator(".md-search-result__link").first.click()
    expect(page.locator("article")).to_contain_text("OutcomeUnknown")
