"""
Runs the steps on the official package and on this one, and lists what comes to something else: ``make migration``.

The outcomes of the official package are kept in ``official.jsonl``, for the tests, which have no network to get it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from omise.sandbox import Application, Server

HERE = Path(__file__).parent
OFFICIAL = HERE / "official.jsonl"

INTENDED = {
    "times are text": ("account.created_at", "customer.created_at"),
    "ids of records are text": ("customer.default_card", "str(customer.default_card)", '"%s" % charge.customer'),
    "`metadata` is an object of its attributes": (
        "customer.metadata",
        'customer.update(metadata={"level": "gold"}).metadata',
        'customer.metadata["level"]',
        "customer.metadata.level",
        'customer.metadata.level = "platinum"',
        "customer.reload().metadata",
        "charge.metadata",
        'charge.update(metadata={"order": 8}).metadata',
        "charge.reload().metadata",
    ),
    "edits inside `metadata` are not sent": ("customer.update().metadata.level",),
    "a `Collection` is one page, to `len()`, `[…]` and `for`": (
        "len(omise.Customer.retrieve())",
        "len([each for each in omise.Customer.retrieve()])",
        "len(omise.Customer.retrieve().retrieve())",
        "omise.Customer.retrieve()[24].email",
    ),
    "a `Collection` finds an id on its page, or returns None": (
        'customer.cards.retrieve("card_test_nobody")',
        "omise.Customer.retrieve().retrieve(many[24].id).email",
    ),
    "a destroyed record can be used, and is not found": (
        "another.reload()",
        'customer.update(email="gone@example.com")',
    ),
    "`AttributeError` without a key": ("omise.Account.retrieve()",),
}
"""The steps that are meant to differ, by the row of docs/parity.md that says so."""


class Difference(NamedTuple):
    """A step that comes to something else here than there."""

    step: str
    theirs: Any
    ours: Any

    @property
    def row(self) -> str | None:
        """The row that says that it is meant to; None if there is none."""
        return next((row for row, steps in INTENDED.items() if self.step in steps), None)

    def __str__(self) -> str:
        return f"{self.step}\n  official: {self.theirs}\n  here:     {self.ours}\n  row:      {self.row or 'NONE'}"


def run(python: str) -> list[dict[str, Any]]:
    """Return what the steps come to with the `omise` that *python* imports, in a sandbox of their own."""
    with Server(Application()) as server:
        command = [python, str(HERE / "play.py"), server.url]
        result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if result.returncode:
        raise SystemExit(result.stderr)
    return parse(result.stdout)


def parse(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def differences(theirs: list[dict[str, Any]], ours: list[dict[str, Any]]) -> Iterator[Difference]:
    """Yield the steps of which *theirs* and *ours* tell different outcomes."""
    for one, other in zip(theirs, ours, strict=True):
        if one["outcome"] != other["outcome"]:
            yield Difference(one["step"], one["outcome"], other["outcome"])


def main(python: str) -> str | None:
    """Run both, keep what the official package's steps came to, and return what is not meant to differ, if anything."""
    theirs, ours = run(python), run(sys.executable)
    OFFICIAL.write_text("".join(f"{json.dumps(each)}\n" for each in theirs))
    found = [*differences(theirs, ours)]
    for each in found:
        print(f"{each}\n")
    unmeant = [each.step for each in found if each.row is None]
    print(f"{len(theirs)} steps, {len(found)} with another outcome, {len(unmeant)} of them not meant to.")
    return "Not meant to differ:\n" + "\n".join(unmeant) if unmeant else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
