"""Files of many records, in each format."""

import csv
import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from omise.cli import formats
from omise.cli.formats import WRITERS

RECORDS: list[dict[str, Any]] = [
    {"id": "chrg_1", "amount": 100_00, "paid": True, "card": None, "fee": 1, "created_at": "2026-01-01T00:00:00Z"},
    {"id": "chrg_2", "amount": None, "paid": False, "card": {"brand": "Visa"}, "fee": 1.5, "metadata": {"a": 1}},
    {"id": "chrg_3", "odd": 1, "paid_at": None, "created_at": "2026-01-02T07:00:00+07:00"},
    {"id": "chrg_4", "odd": "มะลิ"},
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The lines of `RECORDS`."""
    path = tmp_path / "lines"
    path.write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    return path


def test_lines_stay_as_they_are(source: Path, tmp_path: Path) -> None:
    """JSON lines are what was collected."""
    WRITERS["jsonl"](source, tmp_path / "out")

    assert (tmp_path / "out").read_bytes() == source.read_bytes()


def test_csv_has_the_columns_of_all(source: Path, tmp_path: Path) -> None:
    """Also those that only a later record has; what a record does not have is empty."""
    WRITERS["csv"](source, tmp_path / "out")
    with (tmp_path / "out").open(newline="", encoding="utf-8") as file:
        rows = [*csv.DictReader(file)]

    names = ["id", "amount", "paid", "fee", "created_at", "card.brand", "metadata", "odd", "paid_at"]
    assert [*rows[0]] == names
    assert rows[1] == dict(zip(names, ["chrg_2", "", "false", "1.5", "", "Visa", '{"a": 1}', "", ""], strict=True))
    assert rows[3]["odd"] == "มะลิ"


@pytest.mark.parametrize("batch", [1, 3, 100])
def test_parquet_has_types(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    """Numbers, booleans and times of a time zone; text where a column has several types, or none."""
    from pyarrow import parquet

    monkeypatch.setattr(formats, "BATCH", batch)
    WRITERS["parquet"](source, tmp_path / "out")
    table = parquet.read_table(tmp_path / "out")

    types = {field.name: str(field.type) for field in table.schema}
    assert types == {
        "id": "string",
        "amount": "int64",
        "paid": "bool",
        "fee": "double",
        "created_at": "timestamp[ms, tz=UTC]",
        "card.brand": "string",
        "metadata": "string",
        "odd": "string",
        "paid_at": "string",
    }
    first, second, third, fourth = table.to_pylist()
    assert first["created_at"] == datetime(2026, 1, 1, tzinfo=timezone.utc)
    assert third["created_at"] == datetime(2026, 1, 2, tzinfo=timezone.utc)
    assert (first["fee"], second["amount"], third["odd"], fourth["odd"]) == (1.0, None, "1", "มะลิ")


def test_parts_with_other_records_have_the_same_types(tmp_path: Path) -> None:
    """A column that is empty in one part has the type of its values in another, and so has a part without records."""
    from pyarrow import dataset

    lines = ['{"id": "a", "paid_at": null}\n', '{"id": "b", "paid_at": "2026-01-01T00:00:00Z"}\n', ""]
    parts = [str(tmp_path / f"{number}.parquet") for number in range(len(lines))]
    for part, line in zip(parts, lines, strict=True):
        (tmp_path / "lines").write_text(line)
        WRITERS["parquet"](tmp_path / "lines", Path(part), known={"id": str, "paid_at": datetime, "fee": int})

    table = dataset.dataset(parts).to_table()
    assert [row["paid_at"] for row in table.to_pylist()] == [None, datetime(2026, 1, 1, tzinfo=timezone.utc)]
    assert dataset.dataset(parts[2:]).schema.names == ["id", "paid_at", "fee"]


@pytest.mark.parametrize("style", sorted(WRITERS))
def test_nothing_is_a_file_too(tmp_path: Path, style: str) -> None:
    """Of no records."""
    (tmp_path / "lines").write_text("")
    WRITERS[style](tmp_path / "lines", tmp_path / "out")

    assert (tmp_path / "out").exists()
