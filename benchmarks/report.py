"""The figures of a run as a table in Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

import machine
from bench import Bench
from targets import NAMES, ROWS, Row

NOTES = """
Each cell is the median over the rounds, with the smallest and the largest in brackets; the peers take turns in each
round. A ratio is the median of the ratios within the rounds. A target counts as reached if the number shown does.

- **CPU** is the processor time of the measured process alone, so that neither the server nor others on the machine are
  in it. What is by the clock (far away, and the sandbox's two rows that say so) was taken on a machine that others used
  at the same time.
- **Peers**: each is in an environment of its own and makes one call before it is measured. *official* is the official
  package, *session* a bare `requests.Session`, *limit* `http.client` with `json`. They get the same customers from one
  server in a process of its own; for stripe these have the fields of its customers.
- **Far away** is a server behind TLS with a round trip of 20 ms, and one more for each connection, as TCP has it. First
  is a fresh interpreter; a later call is the mean of {far_calls} that follow. All trust the one who
  signed its certificate, and load no longer list of authorities.
- **Asynchronous**: `omise.aio.Aio` with as many threads as creates at once, stripe's `create_async` through httpx, and
  an `httpx.AsyncClient`; until the last of them is answered, on connections that are open, the mean of {bursts} times
  in a fresh process. Ten at once is what `omise.aio` allows unless told otherwise.
- **Import** is the CPU time that the statement takes in a fresh interpreter.
- **Three fields and a nested card** are the e-mail address, the description, the time of creation and the last digits
  of the first card of a customer, read from fresh records, then from the same again.
- **Bytes** are those that `tracemalloc` counts for records of pages that were fetched, less those of the same
  JSON parsed.
- **Peak** is what `tracemalloc` counts at most during the walk, beyond what was there after a first call, in a fresh
  process; measured once. {more:,} customers are made up by the server, page by page.
- **Sandbox over HTTP** is asked by `http.client` over one open connection, one request after the other, with both
  processes on one core. A CPU second is one of both together: what a core gives that has nothing else to do.
- **In the process**, the create is made by this library, and its time is in the figure.
"""


def number(figure: float) -> str:
    """Three digits that count, and no more after the point than two."""
    digits = 2 if abs(figure) < 10 else 1 if abs(figure) < 100 else 0
    return f"{figure:,.{digits}f}"


def cell(figures: Sequence[float]) -> str:
    """The median and the spread."""
    if not figures:
        return ""
    spread = f" ({number(min(figures))} to {number(max(figures))})" if len(figures) > 1 else ""
    return number(statistics.median(figures)) + spread


def verdict(row: Row, bench: Bench) -> str:
    """Whether the row is reached, with the ratios that its targets are about."""
    try:
        outcomes = [target.reached(row.key, bench.figures) for target in row.targets]
    except KeyError:
        return "not measured"
    if not outcomes:
        return ""
    ratios = ", ".join(ratio for _, ratio in outcomes if ratio)
    return ("yes" if all(good for good, _ in outcomes) else "**no**") + (f": {ratios}" if ratios else "")


def table(bench: Bench) -> list[str]:
    """The lines of the table."""
    lines = [["figure", *(NAMES[peer] for peer in bench.peers), "target", "reached"]]
    lines += [["---"] * len(lines[0])]
    for row in ROWS:
        figures = [cell(bench.figures.get(row.key, {}).get(peer, [])) for peer in bench.peers]
        target = " and ".join(map(str, row.targets))
        lines.append([row.title.format(**vars(bench.size)), *figures, target, verdict(row, bench)])
    return [f"| {' | '.join(line)} |" for line in lines]


def report(bench: Bench, command: str) -> str:
    """The whole file."""
    described = "".join(f"- {line}\n" for line in machine.description())
    notes = NOTES.format(**vars(bench.size))
    heading = f"# Results\n\nWritten by `{command}`. What the figures are stands below the table."
    return f"{heading}\n\n{described}\n" + "\n".join(table(bench)) + f"\n{notes}"
