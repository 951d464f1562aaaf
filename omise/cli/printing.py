"""What came back, as a table, as JSON or as CSV; without colours and boxes where it goes into a pipe."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from typing import Any

import click

from ..records.flat import cell, columns, flat
from ..records.listing import List
from ..records.resource import Resource
from ..records.showing import telling
from ..redaction import redact, short


def show(result: Any, style: str, every: bool = False) -> None:
    """Print *result*, a record or a list, of it *every* page if so, in the *style* ``table``, ``json`` or ``csv``."""
    if not isinstance(result, List):
        {"json": _json, "csv": _csv, "table": _record}[style](result)
        return
    records = [*result] if every else result.data
    {"json": _json, "csv": _csv, "table": _table}[style](records)
    if len(records) < result.total:
        click.echo(f"{len(records)} of {result.total}; --all goes on to the end.", err=True)


def _json(result: Any) -> None:
    data = [record.to_dict() for record in result] if isinstance(result, list) else result.to_dict()
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


def _csv(result: Any) -> None:
    rows = [dict(flat(record.to_dict())) for record in (result if isinstance(result, list) else [result])]
    names = columns(rows)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if names:
        writer.writerow(names)
    writer.writerows([cell(row.get(name)) for name in names] for row in rows)


def _record(record: Resource) -> None:
    """Print a field a line, without secrets."""
    click.echo(str(record))


def _table(records: Sequence[Resource]) -> None:
    """Print a row for each record: its id, and the fields that tell such records apart."""
    if not records:
        click.echo("None.", err=True)
        return
    names = telling(records)
    grid([*names], [[_text(record.attributes.get(name), name) for name in names] for record in records])


def _text(value: Any, name: str) -> str:
    if value is None:
        return ""
    shown = redact(value, name)
    return shown if isinstance(shown, str) else short(shown)


def grid(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print *rows* under *names*: with lines between them on a terminal, else in plain columns as wide as they are."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
    tight = console.is_terminal and sum(widths) + 3 * len(names) > console.width
    table = Table(box=box.SIMPLE_HEAD if console.is_terminal else None, pad_edge=False, padding=(0, 0 if tight else 1))
    for name, width in zip(names, widths, strict=True):
        # An id is there to be copied: where it is tight, other columns give way.
        table.add_column(name, overflow="fold", min_width=width if tight and name == "id" else None)
    for row in rows:
        table.add_row(*(Text(text) for text in row))
    if console.is_terminal:
        console.print(table)
        return
    wide = Console(width=sum(widths) + 8 * len(widths))
    with wide.capture() as captured:
        wide.print(table)
    click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))
