"""Each call in the tables of docs/parity.md, and of the C# client, sends the request beside it, and no other."""

import re
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import omise
from omise.client import default_client
from omise.sandbox import Application, Server

DOCS = Path(__file__).parent.parent / "docs"
PAGE = DOCS / "parity.md"
PAGES = (PAGE, DOCS / "coming-from-csharp.md")
HEADINGS = ("omise-ruby", "official", "C#"), "omise", "request"
SPAN = re.compile("`([^`]+)`")
STANDS_FOR = {"<id>": "[a-z0-9]+_[A-Za-z0-9_]+", "…": ".*"}

RESOURCES = (
    "Account Balance BankAccount Capability Card Chain Charge Customer Dispute Document Event Forex Integration Link "
    "List Occurrence Receipt Recipient Refund Schedule Scheduler Search SearchScope Source Token Transaction Transfer"
)


class Row(NamedTuple):
    """A row of a table: where it stands, what is called there and here, and the requests that it promises."""

    page: Path
    line: int
    theirs: str
    call: str
    requests: tuple[str, ...]


class Outcome(NamedTuple):
    """What came of a row's call: the requests that arrived, and the exception that it ended with."""

    requests: list[str]
    problem: str


def rows() -> Iterator[Row]:
    """Yield the rows of all tables whose third column is the request."""
    wanted = False
    lines = ((page, *each) for page in PAGES for each in enumerate(page.read_text().splitlines(), 1))
    for page, number, line in lines:
        cells = [cell.strip() for cell in line.strip("|").split(" | ")] if line.startswith("|") else []
        if len(cells) < 3:
            wanted = False
        elif cells[0] in HEADINGS[0]:
            wanted = tuple(cells[1:3]) == HEADINGS[1:]
        elif wanted and not cells[0].startswith("---"):
            yield Row(page, number, cells[0], SPAN.findall(cells[1])[0], tuple(SPAN.findall(cells[2])))


ROWS = list(rows())


def flat(params: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """Yield *params* as a form would have them: ``filters[status]=failed``."""
    for name, value in params.items():
        name = f"{prefix}[{name}]" if prefix else name
        if isinstance(value, Mapping):
            yield from flat(value, name)
        elif isinstance(value, (list, tuple)):
            yield from (f"{name}[]={item}" for item in value)
        else:
            yield f"{name}={str(value).lower() if isinstance(value, bool) else value}"


def fits(actual: str, promised: str) -> bool:
    """Tell whether *actual* is the request that is *promised*, whatever the order of the parameters."""
    parts = re.split("(<id>|…)", " ".join([*promised.split()[:2], *sorted(promised.split()[2:])]))
    return re.fullmatch("".join(STANDS_FOR.get(part, re.escape(part)) for part in parts), actual) is not None


@pytest.fixture(scope="module")
def outcomes() -> dict[Row, Outcome]:
    """What came of every row's call: those of a page are run from top to bottom, after the page's Python."""
    found: dict[Row, Outcome] = {}
    for page in PAGES:
        with Server(Application()) as server, default_client.replaced(None, api_url=server.url, vault_url=server.url):
            names: dict[str, Any] = {}
            for source in re.findall(r"^```python\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL):
                exec(compile(source, str(page), "exec"), names)
            found |= {row: play(row.call, server.application, names) for row in ROWS if row.page == page}
    return found


def play(call: str, application: Application, names: dict[str, Any]) -> Outcome:
    """Run *call*, and return what came of it."""
    application.requests.clear()
    problem = ""
    try:
        eval(call, names)
    except Exception:
        problem = traceback.format_exc(limit=-1)
    received = [(f"{each.method} {each.path}", sorted(flat(each.params))) for each in application.requests]
    return Outcome([" ".join([what, *params]) for what, params in received], problem)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.page.stem}:{row.line}: {row.call}")
def test_a_call_sends_the_requests_that_the_table_says(row: Row, outcomes: dict[Row, Outcome]) -> None:
    """All requests that arrive are those of the row, in their order, with all parameters."""
    outcome = outcomes[row]

    assert outcome.problem == ""
    assert len(outcome.requests) == len(row.requests), outcome.requests
    for actual, promised in zip(outcome.requests, row.requests, strict=True):
        assert fits(actual, promised), f"{actual} is not {promised}"


def test_every_class_of_the_gem_has_its_rows() -> None:
    """No resource of the gem is left out of the page, and each is exported under its name."""
    headings = re.findall(r"^### (.*)$", PAGE.read_text(), re.MULTILINE)
    named = {name for heading in headings for name in re.split(" and |, ", heading)}

    assert set(RESOURCES.split()) <= named
    assert set(RESOURCES.split()) <= set(omise.__all__)
