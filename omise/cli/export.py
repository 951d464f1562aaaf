"""``omise export``: all records of a kind into a file, with a bar on a terminal."""

from __future__ import annotations

import re
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from ..records.operations import Listable
from ..records.progress import bar
from ..redaction import short
from ..wire.dates import parse_day, parse_time
from .calls import commands
from .ending import Failed
from .exporting import Export, ExportError, Span, moment
from .formats import WRITERS
from .menu import OneOf, listed
from .problems import ROOM, reason


class Day(click.ParamType):  # type: ignore[type-arg]  # it takes none before click 8.5
    """A day, or a moment with its time zone."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date | datetime:
        """Return *value* as a date or datetime."""
        found = parse_day(value) or parse_time(value)
        if found is None:
            self.fail(f"{short(value)} is no day and no moment; write 2026-01-31 or 2026-01-31T09:30:00Z", param, ctx)
        return found


class Part(click.ParamType):  # type: ignore[type-arg]  # it takes none before click 8.5
    """One part of several."""

    name = "i/n"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Return *value* as two numbers."""
        found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", value)
        if found is None or not 1 <= int(found[1]) <= int(found[2]):
            self.fail(f"{short(value)} is no part; the first of four is 1/4, the last 4/4", param, ctx)
        return int(found[1]), int(found[2])


def exportable() -> dict[str, Any]:
    """Return the resources that can be exported, by the names of their commands: those in lists of the account."""
    return {name: cls for name, cls in commands().items() if issubclass(cls, Listable)}


def _refused(error: OSError, out: Path) -> Failed:
    """Return what to end with where the file cannot be written."""
    advice = "Make room there" if error.errno in ROOM else "Write to another place with --out, or see to it"
    problem = f"{out} cannot be written: {reason(error)}"
    return Failed(problem, f"{advice}; given again, the command goes on where it was.")


KINDS = exportable()


@click.command(epilog=listed("RECORDS", KINDS))
@click.argument("records", type=OneOf("kind of records to export", KINDS), metavar="RECORDS")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@click.option("--format", "style", type=OneOf("format", sorted(WRITERS)), help="Its format; else its ending says.")
@click.option("--from", "since", type=Day(), help="Only what was created from this day or moment on.")
@click.option("--to", "until", type=Day(), help="Only until the end of this day, or before this moment.")
@click.option("--partition", type=Part(), help="Only part i of n, by time: --from and --to are cut into n.")
def export(
    records: str,
    out: Path,
    style: str | None,
    since: date | None,
    until: date | None,
    partition: tuple[int, int] | None,
) -> None:
    """
    Write all RECORDS, such as charges, into a file: each once, oldest first, whatever is created meanwhile.

    Interrupted, the same command goes on where it was. The file appears when it is whole.
    """
    style = style or out.suffix[1:]
    if style not in WRITERS:
        raise click.UsageError(f"{out} does not say the format; give --format, one of {', '.join(sorted(WRITERS))}")
    if style == "parquet" and find_spec("pyarrow") is None:
        raise Failed("Parquet needs pyarrow, which is not installed", "pip install pyarrow")
    if not out.resolve().parent.is_dir():
        raise Failed(f"there is no folder {out.resolve().parent}", "Make it first, or name another file with --out.")
    span = Span(moment(since), moment(until, ends=True))
    if span.start and span.end and span.start >= span.end:
        raise click.UsageError("--from is not before --to")
    try:
        span = span.part(*partition) if partition else span
        made = Export(KINDS[records], span, out, style)
        with bar(records) as (tell, advance):
            count = made.collect(tell, advance)
        with bar(f"into {out.name}") as (tell, advance):
            made.finish(count, tell, advance)
    except ExportError as error:
        raise Failed(str(error)) from error
    except OSError as error:
        raise _refused(error, out) from error
    except KeyboardInterrupt:
        click.echo(f"\nInterrupted; the same command goes on where it was, with {out}.part.", err=True)
        raise
    noun = records.removesuffix("s") if count == 1 else records
    click.echo(f"{count} {noun} in {out}", err=True)
