"""The table: its rows, and what each has to reach."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import NamedTuple

Figures = Mapping[str, Mapping[str, Sequence[float]]]
"""Figures by row and peer, one for each round."""

NAMES = {
    "ours": "ours",
    "official": "official",
    "stripe_sdk": "stripe",
    "session": "session",
    "httpx_client": "httpx",
    "urllib3_pool": "urllib3",
    "limit": "limit",
}
"""How the peers are called in the table."""


class Target(NamedTuple):
    """A bound for our figure: a number, or with *of* a multiple of that peer's, with *of_row* of our own there."""

    bound: float
    of: str = ""
    of_row: str = ""
    at_least: bool = False

    def __str__(self) -> str:
        words = "at least" if self.at_least else "at most"
        return f"{words} {self.bound:,}{self._unit}"

    @property
    def _unit(self) -> str:
        if self.of_row:
            return " times the row above"
        return f" times {NAMES[self.of]}" if self.of else ""

    def reached(self, row: str, figures: Figures) -> tuple[bool, str]:
        """Whether it is, as the table shows the numbers, and how far it is from it; raises KeyError if not measured."""
        ours = figures[row]["ours"]
        others = figures[self.of_row or row][self.of or "ours"] if self._unit else [1.0] * len(ours)
        figure = round(statistics.median(one / other for one, other in zip(ours, others, strict=True)), 2)
        good = figure >= self.bound if self.at_least else figure <= self.bound
        return good, f"{figure:,.2f}{self._unit}" if self._unit else ""


class Row(NamedTuple):
    """A row of the table: where its figures are, what they are, and what they should be."""

    key: str
    title: str
    targets: tuple[Target, ...] = ()


CALL = (Target(0.5, "session"), Target(0.7, "httpx_client"))
ROWS = [
    Row("retrieve", "Retrieve, CPU µs", CALL),
    Row("create", "Create, CPU µs", CALL),
    Row("first", "Far away, import and first call, ms", (Target(1.0, "session"),)),
    Row("first-cpu", "The same, CPU ms", (Target(1.0, "session"),)),
    Row("later", "Far away, a later call, ms", (Target(1.0, "session"),)),
    Row("async-1", "Far away, asynchronous: 1 create, ms"),
    Row("async-10", "Far away, asynchronous: 10 creates at once, ms"),
    Row("async-50", "Far away, asynchronous: 50 creates at once, ms"),
    Row("async-50-cpu", "The same, CPU µs a create"),
    Row("async-50-by-10", "The same 50 through `omise.aio`, ten at once, ms"),
    Row("import", "Import over bare Python, CPU ms", (Target(5),)),
    Row("build", "Record of a page, from parsed JSON, CPU µs", (Target(0.7),)),
    Row("first-read", "Three fields and a nested card, first, CPU µs", (Target(5.5),)),
    Row("next-read", "The same again, CPU µs", (Target(0.4),)),
    Row("copied", "`from_data`, CPU µs", (Target(9),)),
    Row("held", "Bytes of a record over its dict", (Target(150),)),
    Row("walk", "Iterate {many:,}, CPU µs a record", (Target(1.6, "limit"), Target(0.85, "session"))),
    Row("peak", "The same, peak KiB", (Target(800),)),
    Row("peak-more", "Iterate {more:,}, peak KiB", (Target(800),)),
    Row("sandbox-retrieve", "Sandbox over HTTP, one core, retrieves a CPU second", (Target(2000, at_least=True),)),
    Row("sandbox-retrieve-clock", "The same, a second by the clock"),
    Row("sandbox-create", "Sandbox over HTTP, one core, creates a CPU second", (Target(1500, at_least=True),)),
    Row("sandbox-create-clock", "The same, a second by the clock"),
    Row("fresh", "Fresh `Sandbox()` in the process, CPU ms", (Target(1),)),
    Row("fresh-create", "The first create in it, CPU ms", (Target(0.4),)),
    Row("next-create", "The next create in it, CPU ms"),
    Row("page", "Sandbox, page of 100 of {stored:,}, at 0, CPU ms"),
    Row("page-deep", "The same at nine tenths, CPU ms", (Target(3, of_row="page"),)),
]
