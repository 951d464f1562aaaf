"""``omise export``, as it is typed."""

import errno
import json
import os
import re
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

import omise
from omise.cli import export
from omise.cli.exporting import Export
from omise.sandbox import Sandbox

from .conftest import Typed


def test_all_records_go_into_a_file(typed: Typed, omise_sandbox: Sandbox, tmp_path: Path) -> None:
    """Its ending is its format; how many there are is said on standard error, without a bar."""
    customers = [omise.Customer.create(email=f"{number}@example.com").id for number in range(3)]
    out = tmp_path / "customers.jsonl"
    said = typed("export", "customers", "--out", str(out))

    assert said == (0, "", f"3 customers in {out}\n")
    assert [json.loads(line)["id"] for line in out.read_text().splitlines()] == customers


@pytest.mark.parametrize("name", sorted(export.exportable()))
def test_every_list_can_be_exported(typed: Typed, omise_sandbox: Sandbox, tmp_path: Path, name: str) -> None:
    """Each is in the order of time, and between two days."""
    between = ("--from", "2026-01-01", "--to", "2030-01-01")
    said = typed("export", name, *between, "--format", "csv", "--out", str(tmp_path / "out"))

    assert said.status == 0, said.err
    assert omise_sandbox.requests[-1].params["to"] == "2030-01-02T00:00:00Z"


@pytest.mark.parametrize("name", sorted(export.exportable()))
def test_what_is_empty_has_its_columns(typed: Typed, omise_sandbox: Sandbox, tmp_path: Path, name: str) -> None:
    """Those that are declared: what reads all parts of an export reads that of a quiet week too."""
    out = tmp_path / "out.csv"
    said = typed("export", name, "--from", "2020-01-01", "--to", "2020-01-02", "--out", str(out))

    assert said == (0, "", f"0 {name} in {out}\n")
    assert {"id", "object", "created_at"} <= {*out.read_text().strip().split(",")}
    assert "_main" not in out.read_text()


def test_one_record_is_told_as_one(
    typed: Typed, omise_sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of every kind."""
    monkeypatch.setattr(Export, "collect", lambda *told: 1)
    monkeypatch.setattr(Export, "finish", lambda *told: None)
    for name, cls in export.exportable().items():
        said = typed("export", name, "--out", str(tmp_path / "out.csv")).err
        assert said.split(" in ")[0] == f"1 {cls.object_name}".replace("_", "-")


def test_parts_are_by_time(typed: Typed, omise_sandbox: Sandbox, tmp_path: Path) -> None:
    """Each is a file; days are whole."""
    day = omise_sandbox.clock.now().date().isoformat()
    customer = omise.Customer.create().id
    for number in (1, 2):
        part = ("--from", day, "--to", day, "--partition", f"{number}/2", "--out", str(tmp_path / f"{number}.jsonl"))
        assert typed("export", "customers", *part).status == 0

    texts = [path.read_text() for path in sorted(tmp_path.iterdir())]
    assert len(texts) == 2
    assert "".join(texts).count(customer) >= 1
    assert len("".join(texts).splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "status", "problem"),
    [
        (["chargse", "--out", "a.csv"], 2, "'chargse' is no kind of records to export; did you mean charges?"),
        (["charges", "--out", "a.xls"], 2, "a.xls does not say the format; give --format, one of csv, jsonl"),
        (["charges", "--out", "a", "--format", "xls"], 2, "'xls' is no format; there are csv, jsonl, parquet"),
        (["charges", "--out", "a.csv", "--from", "2026-02-02", "--to", "2026-02-01"], 2, "--from is not before --to"),
        (["charges", "--out", "/nowhere/a.csv"], 1, "there is no folder /nowhere"),
        (["charges", "--out", "a.csv", "--from", "soon"], 2, "Invalid value for '--from': 'soon' is no day and no"),
        (["charges", "--out", "a.csv", "--partition", "5/4"], 2, "Invalid value for '--partition': '5/4' is no part"),
        (
            ["charges", "--out", "a.csv", "--partition", "1/4"],
            1,
            "parts are parts of a time that is known: give --from",
        ),
    ],
)
def test_what_cannot_be_exported_is_told(
    typed: Typed, omise_sandbox: Sandbox, arguments: list[str], status: int, problem: str
) -> None:
    """Before anything is asked for."""
    said = typed("export", *arguments)

    assert (said.status, omise_sandbox.requests) == (status, [])
    assert said.err.startswith(f"omise: {problem}")


def test_what_parquet_needs_is_named(
    typed: Typed, omise_sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is asked for."""
    monkeypatch.setattr(export, "find_spec", lambda name: None)
    said = typed("export", "charges", "--out", str(tmp_path / "charges.parquet"))

    assert said == (1, "", "omise: Parquet needs pyarrow, which is not installed\npip install pyarrow\n")


@pytest.mark.parametrize(
    ("code", "problem", "advice"),
    [(errno.ENOSPC, "no space left on device", "Make room there"), (errno.EACCES, "permission denied", "Write to ano")],
)
def test_a_file_that_cannot_be_written_is_told(
    typed: Typed, omise_sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, problem: str,
    advice: str,
) -> None:  # fmt: skip
    """In two lines, with what to do; and it goes on once that was done."""
    omise.Customer.create()
    out = tmp_path / "a.csv"
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", Mock(side_effect=OSError(code, os.strerror(code))))
        said = typed("export", "customers", "--out", str(out))
    first, second = said.err.splitlines()

    assert (said.status, first) == (1, f"omise: {out} cannot be written: {problem}")
    assert second.startswith(advice)
    assert typed("export", "customers", "--out", str(out)).err == f"1 customer in {out}\n"


def test_ctrl_c_says_how_to_go_on(
    typed: Typed, omise_sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the status that shells have for it."""
    monkeypatch.setattr(Export, "collect", Mock(side_effect=KeyboardInterrupt))
    said = typed("export", "customers", "--out", str(tmp_path / "a.csv"))

    assert said.status == 130
    assert "Interrupted; the same command goes on where it was, with " in said.err


def test_help_lists_what_can_be_exported(typed: Typed) -> None:
    """Since a name that is none is not answered with all of them."""
    words = typed("export", "--help").out.replace(",", " ").replace(".", " ").split()

    assert {*export.exportable()} <= {*words}


def test_a_terminal_shows_a_bar(
    typed: Typed, omise_sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the count, the rate and the time left."""
    for _ in range(3):
        omise.Customer.create()
    for name, value in {"FORCE_COLOR": "1", "COLUMNS": "100", "TERM": "xterm"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    shown: Any = typed("export", "customers", "--out", str(tmp_path / "customers.csv")).err

    assert re.search(r"customers .*3/3", shown)
    assert re.search(r"into customers.csv .*3/3", shown)
    assert "/s" in shown
    assert "0:00:00" in shown
