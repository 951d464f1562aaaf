"""Tells what is missing in the site that was built: `make docs` fails where this has something to say."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import omise
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


def missing(site: Path) -> Iterator[str]:
    """Yield a line for each public name, verb and parameter that no page shows, and what comes from the network."""
    pages = {path: path.read_text() for path in site.rglob("*.html")}
    shown = "".join(text for path, text in pages.items() if path.parent.name == "reference")
    anchors = set(re.findall(r'<h\d id="(omise[\w.]+)"', shown))
    for name in {*omise.__all__} & {*MODULES}:
        if f"{MODULES[name]}.{name}" not in anchors:
            yield f"{name} has no entry in the reference"
    for anchor, verb in verbs():
        part = re.search(rf'<h\d id="{re.escape(anchor)}".*?(?=<h\d id=|\Z)', shown, re.DOTALL)
        names = {*inspect.signature(verb).parameters} - {"self", *CallOptions.__annotations__}
        absent = [name for name in names if part is None or not re.search(rf"\b{name}\b", part.group())]
        yield from (f"{anchor} does not show {name}" for name in absent)
    for path, text in pages.items():
        yield from (f"{path.relative_to(site)} loads {found}" for found in LOADED.findall(text))


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
