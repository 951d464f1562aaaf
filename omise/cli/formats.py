"""Files of many records, made of lines of JSON a few at a time: JSON lines, CSV, Parquet."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from ..wire.dates import parse_time
from .flat import cell, columns, flat

BATCH = 5_000
"""Rows of a group of Parquet."""


def rows(source: Path) -> Iterator[dict[str, Any]]:
    """Yield the record of each line of *source* as a row."""
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            yield dict(flat(json.loads(line)))


def write_jsonl(source: Path, out: Path) -> None:
    """Write the lines as they are."""
    shutil.copyfile(source, out)


def write_csv(source: Path, out: Path) -> None:
    """Write a line of names, those of any record, and a row for each record."""
    names = columns(rows(source))
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([cell(row.get(name)) for name in names] for row in rows(source))


def write_parquet(source: Path, out: Path) -> None:
    """Write columns of types: numbers, booleans and text as in the JSON, and times of a time zone."""
    import pyarrow as arrow
    from pyarrow.parquet import ParquetWriter

    schema = arrow.schema([(name, _arrow_type(arrow, kinds)) for name, kinds in _kinds(source).items()])
    every = rows(source)
    with ParquetWriter(out, schema) as writer:
        while batch := [*islice(every, BATCH)]:
            fitted = [{field.name: _fitted(row.get(field.name), field.type) for field in schema} for row in batch]
            writer.write_table(arrow.Table.from_pylist(fitted, schema))


def _kinds(source: Path) -> dict[str, set[type]]:
    """Return the columns that *source* makes, each with the types of its values."""
    kinds: dict[str, set[type]] = {}
    for row in rows(source):
        for name, value in row.items():
            kinds.setdefault(name, set()).add(datetime if _is_time(name, value) else type(value))
    return {name: kinds[name] - {type(None)} for name in columns(rows(source))}


def _is_time(name: str, value: Any) -> bool:
    return name.endswith("_at") and isinstance(value, str) and parse_time(value) is not None


def _arrow_type(arrow: Any, kinds: set[type]) -> Any:
    """Return the type of a column that has values of these types; text where they are several."""
    types = {bool: arrow.bool_(), int: arrow.int64(), float: arrow.float64(), datetime: arrow.timestamp("s", "UTC")}
    if kinds == {int, float}:
        return types[float]
    return types.get(next(iter(kinds)), arrow.string()) if len(kinds) == 1 else arrow.string()


def _fitted(value: Any, kind: Any) -> Any:
    """Return *value* as a column of this type takes it."""
    if value is None:
        return None
    if str(kind).startswith("timestamp"):
        return parse_time(value)
    if str(kind) == "string":
        return value if isinstance(value, str) else json.dumps(value)
    return float(value) if str(kind) == "double" else value


WRITERS: dict[str, Callable[[Path, Path], None]] = {"csv": write_csv, "jsonl": write_jsonl, "parquet": write_parquet}
"""What writes a file of each format, of a file with lines of JSON."""
