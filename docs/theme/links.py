"""
Links between the guides and the reference, which nobody writes by hand. A hook of MkDocs.

A public name in a guide leads to its entry, where it comes first on the page; a page of the reference names its guide.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent.parent
sys.path.insert(0, str(DOCS.parent))

import omise  # noqa: E402
from omise.directory import MODULES  # noqa: E402
from omise.records.verbs import Verb  # noqa: E402

NAMES = re.compile(
    r"^```.*?^```$|^#.*?$|^\|(?: *:?-+:? *\|)+$|(?<!!)\[[^\]]*\]\([^)]*\)"  # code, headings and links stay as they are
    r"|`(?:omise\.)?(?:errors\.)?([A-Z]\w+)(?:\.([a-z]\w*))?(?:\(\))?`",
    re.MULTILINE | re.DOTALL,
)

GUIDES = {
    "accounts": ("settings", "accounts"),
    "async": ("asynchronous-calls",),
    "charges": ("charge", "token", "source"),
    "checkout": ("checkout_session",),
    "command-line": ("drift",),
    "customers": ("customer", "card", "every-record", "every-call"),
    "errors": ("errors",),
    "events-and-webhooks": ("event", "webhook", "webhook_secret"),
    "limits-and-hooks": ("hooks",),
    "links": ("link",),
    "other-resources": (
        *("account", "capability", "forex", "receipt", "linked_account"),
        *("chain", "sub_merchant", "integration", "system_info"),
    ),
    "refunds-and-disputes": ("refund", "dispute", "document"),
    "repl": ("money",),
    "sandbox": ("the-sandbox",),
    "schedules": ("schedule", "scheduler", "occurrence"),
    "search": ("lists-and-searches",),
    "testing": ("testing",),
    "transfers": ("transfer", "recipient", "balance", "transaction", "bank_account"),
}
"""The guides, each with the pages of the reference that it explains."""


def on_page_markdown(markdown: str, page: Any, **kwargs: Any) -> str:
    """Link the names of a guide, and name the guide of a page of the reference."""
    folder, _, name = page.file.src_uri.removesuffix(".md").rpartition("/")
    if folder == "reference":
        (guide,) = (guide for guide, pages in GUIDES.items() if name in pages)
        title = (DOCS / f"{guide}.md").read_text().partition("\n")[0].removeprefix("# ")
        return re.sub(r"\A(# .*)$", rf"\1\n\nThe guide: [{title}](../{guide}.md)", markdown, flags=re.MULTILINE)
    if folder or name in ("changelog", "results"):
        return markdown
    seen = {None}
    return NAMES.sub(lambda found: linked(found, seen), markdown)


def linked(found: re.Match[str], seen: set[str | None]) -> str:
    """Return what was found as a link to its entry, if it has one and is not among what was *seen* on the page."""
    target = entry(found[1], found[2]) if found[1] else None
    if target in seen:
        return found[0]
    seen.add(target)
    return f"[{found[0]}][{target}]"


def entry(name: str, verb: str | None) -> str | None:
    """Return what the reference calls the entry of a class, or of its verb."""
    module = MODULES.get(name) or ("omise.errors" if name in omise.errors.__all__ else None)
    if module is None or (verb and not isinstance(getattr(getattr(omise, name, None), verb, None), Verb)):
        return None
    return f"{module}.{name}{f'.{verb}' if verb else ''}"
