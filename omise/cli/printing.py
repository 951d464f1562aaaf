"""What came back, as a table, as JSON or as CSV; without colours and boxes where it goes into a pipe."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from ..records.amounts import currency_of, money_of
from ..records.flat import cell, columns, flat
from ..records.listing import List
from ..records.progress import bar
from ..records.resource import Resource
from ..records.showing import in_lines, telling
from ..redaction import redact, redact_text
from .terminal import visible

if TYPE_CHECKING:
    from rich.console import Console

FOLDED = 12
"""Columns that are wider are folded where a terminal has no room, down to this width; others stay whole."""

TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:]+Z")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
GAP = 3
"""Between two columns, lines and all, on a terminal with room."""


def show(result: Any, style: str, every: bool = False, many: str = "records") -> None:
    """
    Print *result*, a record or a list, of it *every* page if so, in the *style* ``table``, ``json`` or ``csv``.

    *many* is what is said of an empty list: no charges.
    """
    if not isinstance(result, List):
        {"json": _json, "csv": _csv, "table": _record}[style](result)
        return
    records = _every(result, many) if every else result.data
    if not records and style == "table":
        click.echo(f"No {many.replace('-', ' ')}.", err=True)
        return
    {"json": _json, "csv": _csv, "table": _table}[style](records)
    if len(records) < result.total:
        click.echo(f"{len(records)} of {result.total}; --all goes on to the end.", err=True)


def _every(result: Any, many: str) -> list[Any]:
    """Return the records of all pages, with a bar on a terminal where there are several."""
    if len(result.data) >= result.total:
        return [*result]
    records: list[Any] = []
    with bar(many) as (tell, advance):
        tell(result.total)
        for record in result:
            records.append(record)
            advance(len(records))
    return records


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


# A record


def _record(record: Resource) -> None:
    """Print a field a line, without secrets: amounts in the main unit too, and of other records what tells them."""
    data = record.attributes
    click.echo(" ".join(filter(None, [type(record).__name__, data.get("id")])))
    for line in in_lines(record, data, lambda name: _field(record, data, name)):
        click.echo(visible(line))


def _field(record: Resource, data: Mapping[str, Any], name: str) -> str:
    value = data[name]
    if isinstance(value, Mapping) and value.get("object") == "list":
        return f"{len(value.get('data', ()))} of {value.get('total')}"
    if isinstance(value, Mapping) and "object" in value:
        return told(getattr(record, name))
    money = money_of(value, currency_of(data, name))
    return _text(value, name) + (f"  {money}" if money else "")


def told(record: Any) -> str:
    """Return *record* in a line: as Python shows it, without what is of Python in it."""
    return re.sub(r"='([^']*)'", r"=\1", visible(redact_text(repr(record)[1:-1])))


def _text(value: Any, name: str) -> str:
    if value is None:
        return ""
    shown = redact(value, name)
    return visible(shown if isinstance(shown, str) else json.dumps(shown, ensure_ascii=False, default=str))


# A table


def _table(records: Sequence[Resource]) -> None:
    """Print a row for each record: its id, and the fields that tell such records apart."""
    names = telling(records)
    grid([*names], [[_text(record.attributes.get(name), name) for name in names] for record in records])


def grid(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """
    Print *rows* under *names*: with lines between them on a terminal, else in plain columns as wide as they are.

    On a terminal too narrow for that, long texts are folded; where that does not do, each row is told in lines.
    """
    from rich.cells import cell_len
    from rich.console import Console

    console = Console()
    columns = [*zip(names, *rows, strict=True)]
    widths = [max(map(cell_len, column)) for column in columns]
    if not console.is_terminal:
        for row in [names, *rows]:
            padded = (text + " " * (width - cell_len(text)) for text, width in zip(row, widths, strict=True))
            click.echo("  ".join(padded).rstrip())
        return
    tight = sum(widths) + GAP * len(names) > console.width
    folds = [tight and _may_fold(column, width) for column, width in zip(columns, widths, strict=True)]
    least = [FOLDED if may else width for may, width in zip(folds, widths, strict=True)]
    if sum(least) + len(names) + 1 > console.width:
        _in_lines(names, rows)
    else:
        _lined(console, columns, [None if may else width for may, width in zip(folds, widths, strict=True)], tight)


def _may_fold(column: Sequence[str], width: int) -> bool:
    """Tell whether the texts of *column*, its name first, may go on in a second line: ids and times may not."""
    name, *cells = column
    return width > FOLDED and name != "id" and not all(map(TIME.fullmatch, filter(None, cells)))


def _in_lines(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print each row as a record is printed, where it fits in no line."""
    width = max(map(len, names))
    for row in rows:
        for name, text in zip(names, row, strict=True):
            click.echo(f"{name:{width}}  {text}".rstrip())
        click.echo()


def _lined(console: Console, columns: Sequence[Sequence[str]], widths: Sequence[int | None], tight: bool) -> None:
    """Print *columns*, their names first, each as wide as it is to stay; None may be folded."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 0 if tight else 1))
    for (name, *cells), width in zip(columns, widths, strict=True):
        number = all(map(NUMBER.fullmatch, filter(None, cells)))
        table.add_column(
            name, justify="right" if number else "left", overflow="fold", no_wrap=width is not None, min_width=width
        )
    for row in zip(*(cells for _, *cells in columns), strict=True):
        table.add_row(*map(Text, row))
    console.print(table)
