"""Tells what is missing in the site that was built: `make docs` fails where this has something to say."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

from fields import OF_ONE

import omise
from omise import testing
from omise.config import Config
from omise.directory import MODULES, RESOURCES
from omise.importing import imported
from omise.records.parameters import CallOptions
from omise.records.resource import Resource
from omise.records.verbs import Verb

LOADED = re.compile(
    r"<(?:script|img|iframe|source)\b[^>]*\bsrc=\"?(?:https?:)?//[^\s>]*"
    r"|<link\b[^>]*\brel=\"?(?:stylesheet|preconnect|icon)\b[^>]*//[^\s>]*"
)
"""What a browser would fetch from elsewhere, as a page is shown."""


class Places(HTMLParser):
    """What a page links to, and the places on it that can be linked to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.places = {""}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.places.add(found.get("id", ""))
        if tag == "a" and "href" in found:
            self.links.add(found["href"])


def astray(pages: dict[str, Places]) -> Iterator[str]:
    """Yield each link that leads to no page of the site, or to no place on it."""
    for path, page in pages.items():
        for link in page.links:
            address, place = urldefrag(urljoin(f"//site/{path}", link))
            target = address.removeprefix("//site/") or "index.html"
            if address.startswith("//site/") and (target not in pages or unquote(place) not in pages[target].places):
                yield f"{path} links to {link}, which is not there"


def silent(text: str) -> Iterator[str]:
    """Yield each parameter and field of a page of the reference that has no type, or of which nothing is said."""
    for section in re.findall(r'doc-section-title">(?:Parameters|Keys|Fields):?</span>(.*?)</ul>', text, re.DOTALL):
        for item in section.split('field-body">')[1:]:
            named, _, said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", item)).partition("\N{EN DASH}")
            if "(" not in named or not said.replace("Required.", "").strip():
                yield named.strip()


def idle() -> Iterator[str]:
    """Yield each field that `fields.py` speaks of, and that is not there."""
    modules = {name: f"omise.resources.{module}" for module, names in RESOURCES.items() for name in names}
    modules |= {"List": "omise.records.listing", "Search": "omise.records.search"}
    for name, field in (key.split(".") for key in OF_ONE):
        cls = getattr(imported(modules[name]), name) if name in modules else None
        if field not in getattr(cls, "__annotations__", {}) and not hasattr(cls, field):
            yield f"{name}.{field} is not there"


def missing(site: Path) -> Iterator[str]:
    """Yield what of the library no page shows, each link that leads nowhere, and what is fetched from elsewhere."""
    pages = {path: path.read_text() for path in site.rglob("*.html")}
    shown = "".join(text for path, text in pages.items() if path.parent.name == "reference")
    anchors = set(re.findall(r'<h\d id="(omise[\w.]+)"', shown))
    public = [f"{MODULES[name]}.{name}" for name in omise.__all__ if name in MODULES]
    public += [f"omise.testing.{module}.{name}" for name, module in testing.MODULES.items()]
    yield from (f"{name} has no entry in the reference" for name in public if name not in anchors)
    machinery = (name for name in anchors if re.search(r"\.__(?!call__)\w+__$", name))
    yield from (f"{name} tells a reader nothing" for name in machinery)
    settings = pages[site / "reference" / "settings.html"]
    yield from (f"the setting {name} is not shown" for name in Config() if f">{name}<" not in settings)
    for anchor, verb in verbs():
        part = re.search(rf'<h\d id="{re.escape(anchor)}".*?(?=<h\d id=|\Z)', shown, re.DOTALL)
        names = {*inspect.signature(verb).parameters} - {"self", *CallOptions.__annotations__}
        absent = [name for name in names if part is None or not re.search(rf"\b{name}\b", part.group())]
        yield from (f"{anchor} does not show {name}" for name in absent)
    yield from idle()
    yield from astray({path.relative_to(site).as_posix(): Places(text) for path, text in pages.items()})
    for path, text in pages.items():
        yield from (f"{path.relative_to(site)} loads {found}" for found in LOADED.findall(text))
        yield from (f"{path.relative_to(site)} does not say enough of {name}" for name in silent(text))


def verbs() -> Iterator[tuple[str, Verb]]:
    """Yield each verb of each resource, with the name of its entry."""
    for module, names in RESOURCES.items():
        for cls in (getattr(imported(f"omise.resources.{module}"), name) for name in names):
            if issubclass(cls, Resource) and cls.__name__ not in ("Schedulable", "TakesCard"):
                for name in (name for name in dir(cls) if not name.startswith("_")):
                    if isinstance(getattr(cls, name, None), Verb):
                        yield f"{cls.__module__}.{cls.__name__}.{name}", getattr(cls, name)


if __name__ == "__main__":
    problems = sorted(missing(Path(sys.argv[1])))
    sys.exit("\n".join(problems) or 0)
