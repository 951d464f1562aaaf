"""Lists as data frames of pandas and polars: every record a row, amounts in main units too, times with their zone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Any, Protocol

from ..importing import imported
from ..money import MOST_DIGITS
from .amounts import FUNDED, OWN
from .casting import class_named
from .flat import MAIN, columns, fitted, flat, kinds
from .identity import Record
from .progress import bar

if TYPE_CHECKING:
    import pandas
    import polars

SCALARS: dict[str, type] = {"int": int, "float": float, "bool": bool, "str": str, "datetime": datetime, "date": date}
"""Types of columns, by how fields are annotated; all others are text, or records with columns of their own."""

DIGITS = 2
"""After the point, of amounts in main units; that is what any of the API's currencies has at the most."""


class Listed(Protocol):
    """What is asked of a list."""

    @property
    def total(self) -> int: ...
    @property
    def _holds(self) -> type[Record]: ...
    @property
    def _path(self) -> str: ...
    def _is_all(self) -> bool: ...
    def __iter__(self) -> Iterator[Any]: ...


def to_pandas(listed: Listed, progress: bool) -> pandas.DataFrame:
    """Return all records of *listed* as a frame of pandas, with a bar if *progress* is wanted."""
    pandas = _library("pandas", "to_dataframe()")
    types: dict[type | None, Any] = {
        int: "Int64",
        float: "Float64",
        bool: "boolean",
        str: "string",
        datetime: pandas.DatetimeTZDtype("us", "UTC"),
        date: "datetime64[s]",
        Decimal: object,
    }
    series = {
        name: pandas.Series(values, dtype=types.get(kind, "string"))
        for name, kind, values in _columns(listed, progress)
    }
    return pandas.DataFrame(series)


def to_polars(listed: Listed, progress: bool) -> polars.DataFrame:
    """Return all records of *listed* as a frame of polars, with a bar if *progress* is wanted."""
    polars = _library("polars", "to_polars()")
    types: dict[type | None, Any] = {
        int: polars.Int64,
        float: polars.Float64,
        bool: polars.Boolean,
        datetime: polars.Datetime("us", "UTC"),
        date: polars.Date,
        Decimal: polars.Decimal(38, DIGITS),
    }
    series = [
        polars.Series(name, _scaled(values) if kind is Decimal else values, dtype=types.get(kind, polars.String))
        for name, kind, values in _columns(listed, progress)
    ]
    return polars.DataFrame(series)


def _scaled(values: list[Any]) -> list[Decimal | None]:
    """Return *values* with as many digits after the point as their column has: older versions of polars want that."""
    exact = Context(prec=MOST_DIGITS + DIGITS)
    return [None if value is None else value.quantize(Decimal(1).scaleb(-DIGITS), context=exact) for value in values]


def _library(name: str, what: str) -> Any:
    try:
        return imported(name)
    except ModuleNotFoundError as missing:
        if missing.name != name:
            raise
        raise ModuleNotFoundError(f"{what} needs {name}: pip install {name}", name=name) from None


def _columns(listed: Listed, progress: bool) -> Iterator[tuple[str, type | None, list[Any]]]:
    """Yield each column: its name, its type, and its values; those that are declared where there is no record."""
    rows = [*_rows(listed, progress)]
    known = dict(declared(listed._holds))
    if not rows:
        yield from ((name, kind, []) for name, kind in known.items())
        return
    types = kinds(rows)
    for name in columns(rows):
        kind = types[name] or known.get(name)
        yield name, kind, [fitted(name, row.get(name), kind) for row in rows]


def _rows(listed: Listed, progress: bool) -> Iterator[dict[str, Any]]:
    if not progress or listed._is_all():
        yield from (dict(flat(record.to_dict(), main=True)) for record in listed)
        return
    with bar(listed._path.rpartition("/")[2]) as (tell, advance):
        tell(listed.total)
        for count, record in enumerate(listed, 1):
            advance(count)
            yield dict(flat(record.to_dict(), main=True))


def declared(cls: type[Record], prefix: str = "", within: tuple[type[Record], ...] = ()) -> Iterator[tuple[str, type]]:
    """Yield the columns of records of *cls*, each with its type, as its class and those of its parts declare fields."""
    fields = _annotations(cls)
    if cls.object_name and fields:
        yield f"{prefix}object", str
    priced = "currency" in fields or any("currency" in _annotations(each) for each in within)
    for name, text in fields.items():
        part = _part(text)
        if part is not None and part not in (*within, cls):
            yield from declared(part, f"{prefix}{name}.", (*within, cls))
            continue
        yield prefix + name, SCALARS.get(text, str)
        if priced and name in OWN | FUNDED and text == "int":
            yield prefix + name + MAIN, Decimal


def _annotations(cls: type[Record]) -> Mapping[str, str]:
    """Return the fields that *cls* declares, each with its type, but for whether it may be null."""
    return {
        name: str(text).removesuffix(" | None")
        for base in reversed(cls.__mro__)
        for name, text in vars(base).get("__annotations__", {}).items()
        if not name.startswith("_") and not str(text).startswith("ClassVar") and issubclass(base, Record)
    }


def _part(text: str) -> type[Record] | None:
    """Return the class of records that an annotation names, if it is one."""
    if not text.isidentifier() or text in SCALARS:
        return None
    try:
        return class_named(text)
    except NameError:
        return None
