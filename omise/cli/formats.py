"""Files of many records, made of lines of JSON a few at a time: JSON lines, CSV, Parquet."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

from ..records.flat import cell, columns, fitted, flat, kinds

BATCH = 5_000
"""Rows of a group of Parquet."""

OFTEN = 1_000
"""Lines after which it is told that they were read."""


Seen: TypeAlias = "Callable[[int], object]"
"""Is told, now and then, how many more lines were read."""

Known: TypeAlias = "Mapping[str, type]"
"""The columns that such records have, with their types."""

NONE: Known = {}


def rows(source: Path, seen: Seen = lambda count: None) -> Iterator[dict[str, Any]]:
    """Yield the record of each line of *source* as a row."""
    with source.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            yield dict(flat(json.loads(line)))
            if not number % OFTEN:
                seen(OFTEN)


def write_jsonl(source: Path, out: Path, seen: Seen = lambda count: None, known: Known = NONE) -> None:
    """Write the lines as they are."""
    shutil.copyfile(source, out)


def write_csv(source: Path, out: Path, seen: Seen = lambda count: None, known: Known = NONE) -> None:
    """Write a line of names, those of any record or else the ones that are *known*, and a row for each record."""
    names = columns(rows(source, seen)) or [*known]
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([cell(row.get(name)) for name in names] for row in rows(source, seen))


def write_parquet(source: Path, out: Path, seen: Seen = lambda count: None, known: Known = NONE) -> None:
    """
    Write columns of types: numbers, booleans and text as in the JSON, days, and times of a time zone.

    A column without a value has the type that is *known*, so that files with other records have the same.
    """
    import pyarrow as arrow
    from pyarrow.parquet import ParquetWriter

    types = {name: kind or known.get(name) for name, kind in kinds(rows(source, seen)).items()} or {**known}
    names = columns(rows(source, seen)) or [*known]
    schema = arrow.schema([(name, _arrow_type(arrow, types[name])) for name in names])
    every = rows(source, seen)
    with ParquetWriter(out, schema) as writer:
        while batch := [*islice(every, BATCH)]:
            table = [{name: fitted(name, row.get(name), types[name] or str) for name in names} for row in batch]
            writer.write_table(arrow.Table.from_pylist(table, schema))


def _arrow_type(arrow: Any, kind: type | None) -> Any:
    """Return the type of a column with values of this one."""
    types = {
        bool: arrow.bool_(),
        int: arrow.int64(),
        float: arrow.float64(),
        datetime: arrow.timestamp("s", "UTC"),
        date: arrow.date32(),
    }
    return arrow.string() if kind is None else types.get(kind, arrow.string())


WRITERS: dict[str, Callable[..., None]] = {
    "csv": write_csv,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
}
"""What writes a file of each format, of a file with lines of JSON."""

READINGS = {"csv": 2, "jsonl": 0, "parquet": 3}
"""How often each reads all lines: for the columns, their types, and the rows."""
