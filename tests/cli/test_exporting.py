"""An export of many records: each once, in constant memory, and on from where it was."""

import gc
import json
import random
import tracemalloc
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

import omise
from omise.cli import exporting
from omise.cli.exporting import Export, ExportError, Place, Span, moment, records
from omise.sandbox import Sandbox

from ..stubs import Sent, Stub

JANUARY = Span(datetime(2026, 1, 1, tzinfo=timezone.utc), datetime(2026, 2, 1, tzinfo=timezone.utc))


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few records are many here."""
    monkeypatch.setattr(exporting, "STRETCH", 7)
    monkeypatch.setattr(exporting, "PAGE", 3)
    monkeypatch.setattr(exporting, "SAVED_EVERY", 5)


class Ledger:
    """Answers lists of customers as the API does: by time, from and to included, a page at a time."""

    def __init__(self, times: list[str]) -> None:
        self.items = [{"object": "customer", "id": f"cust_test_{n}", "created_at": at} for n, at in enumerate(times)]
        self.fails_after = -1

    def __call__(self, sent: Sent) -> Any:
        self.fails_after -= 1
        if self.fails_after == 0:
            raise KeyboardInterrupt
        first, last = sent.params.get("from", ""), sent.params.get("to", "9")
        found = [item for item in self.items if first <= item["created_at"] <= last]
        offset, limit = int(sent.params.get("offset", 0)), int(sent.params["limit"])
        return {
            "object": "list",
            "data": found[offset : offset + limit],
            "limit": limit,
            "offset": offset,
            "total": len(found),
            "location": "/customers",
            "order": sent.params["order"],
        }

    @property
    def ids(self) -> list[str]:
        return [item["id"] for item in self.items]

    def customers(self) -> Any:
        return Stub(self).client().Customer


def text(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def spread(count: int, step: timedelta = timedelta(minutes=61)) -> list[str]:
    """Times from the beginning of January on."""
    return [text(datetime(2026, 1, 1, tzinfo=timezone.utc) + place * step) for place in range(count)]


def ids_in(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_text().splitlines()]


@pytest.mark.parametrize(
    "times",
    [
        [],
        spread(1),
        spread(50),
        spread(40, timedelta(0)),
        sorted(spread(12) * 3),
        sorted(random.Random(7).choices(spread(9), k=60)),
    ],
    ids=["none", "one", "apart", "all at once", "three at once", "as it comes"],
)
def test_each_record_comes_once_and_in_order(times: list[str]) -> None:
    """Also where more have the same time than a page or a stretch holds."""
    ledger = Ledger(times)

    assert [data["id"] for data in records(ledger.customers(), Span(), Place())] == ledger.ids


def test_records_come_once_while_others_come_and_go() -> None:
    """Whatever existed from start to end is there; what was destroyed may be."""
    ledger = Ledger(sorted(random.Random(3).choices(spread(30), k=90)))
    before, gone = set(ledger.ids), set()
    seen = []
    for place, data in enumerate(records(ledger.customers(), Span(), Place())):
        seen.append(data["id"])
        if not place % 4:
            gone.add(ledger.items.pop(random.Random(place).randrange(len(ledger.items)))["id"])
            ledger.items.append({"object": "customer", "id": f"cust_new_{place}", "created_at": "2026-06-01T00:00:00Z"})

    assert len(seen) == len({*seen})
    assert before - gone <= {*seen}


def test_a_list_in_another_order_is_refused() -> None:
    """Rather than missing records."""
    ledger = Ledger([*spread(5)[::-1]])

    with pytest.raises(ExportError, match="not in the order of time"):
        [*records(ledger.customers(), Span(), Place())]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 31])
def test_parts_are_the_whole(count: int) -> None:
    """Each record is in one of them, also the one at a seam."""
    ledger = Ledger(
        sorted(
            [*spread(200, timedelta(hours=3.5)), "2026-01-16T12:00:00Z", "2026-01-31T23:59:59Z", "2026-02-01T00:00:00Z"]
        )
    )
    customers = ledger.customers()
    parts = [JANUARY.part(number, count) for number in range(1, count + 1)]
    found = [data["id"] for part in parts for data in records(customers, part, Place())]

    assert found == ledger.ids[:-1]
    assert (parts[0].start, parts[-1].end) == (JANUARY.start, JANUARY.end)


def test_parts_need_two_ends() -> None:
    """Since each process would have another now."""
    with pytest.raises(ExportError, match="give --from and --to"):
        Span(JANUARY.start).part(1, 2)
    with pytest.raises(ExportError, match="the first is 1/2, the last 2/2"):
        JANUARY.part(3, 2)


@pytest.mark.parametrize("style", ["jsonl", "csv"])
@pytest.mark.parametrize("requests", [1, 2, 5, 11, 12])
def test_an_interrupted_export_goes_on(tmp_path: Path, style: str, requests: int) -> None:
    """The file is there when it is whole, the same as if nothing had happened, and nothing else is left."""
    ledger = Ledger(sorted(spread(12) * 3))
    customers = ledger.customers()
    Export(customers, Span(), tmp_path / "whole", style).run()
    out = tmp_path / "customers"
    ledger.fails_after = requests
    with pytest.raises(KeyboardInterrupt):
        Export(customers, Span(), out, style).run()
    there = out.exists()
    again: list[int] = []
    count = Export(customers, Span(), out, style).run(advance=again.append)

    assert not there
    assert count == 36
    assert (again[0] > 0) is (requests > 1)
    assert out.read_bytes() == (tmp_path / "whole").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["customers", "whole"]


def test_a_killed_export_goes_on(tmp_path: Path) -> None:
    """What was written after the place was saved last is written anew, not twice."""
    ledger = Ledger(spread(20))
    customers, out = ledger.customers(), tmp_path / "customers.jsonl"
    ledger.fails_after = 6
    export = Export(customers, Span(), out, "jsonl")
    with pytest.raises(KeyboardInterrupt):
        export.run()
    with export.part.open("ab") as file:
        file.write(b'{"object": "customer", "id": "cust_te')
    export.run()

    assert ids_in(out) == ledger.ids


def test_a_part_of_another_export_is_left_alone(tmp_path: Path) -> None:
    """Of another account, kind or time."""
    ledger = Ledger(spread(20))
    out = tmp_path / "out"
    ledger.fails_after = 4
    with pytest.raises(KeyboardInterrupt):
        Export(ledger.customers(), Span(), out, "jsonl").run()
    before = (tmp_path / "out.part").read_bytes()
    others = [
        Export(ledger.customers(), JANUARY, out, "jsonl"),
        Export(Stub(ledger).client().Charge, Span(), out, "jsonl"),
        Export(Stub(ledger).client(secret_api_key="skey_test_other").Customer, Span(), out, "jsonl"),
    ]
    for other in others:
        with pytest.raises(
            ExportError, match=r"out\.part is of another export than this one; delete it and .* to begin"
        ):
            other.run()

    assert (tmp_path / "out.part").read_bytes() == before
    assert "key_test" not in (tmp_path / "out.part.json").read_text()


@pytest.mark.parametrize(("state", "problem"), [("{", "is not that of an export"), ("[]", "is not that of an export")])
def test_a_state_that_is_none_is_refused(tmp_path: Path, state: str, problem: str) -> None:
    """With the name of the file."""
    (tmp_path / "out.part.json").write_text(state)

    with pytest.raises(ExportError, match=problem):
        Export(Ledger([]).customers(), Span(), tmp_path / "out", "jsonl").run()


def test_what_was_collected_and_is_gone_is_noticed(tmp_path: Path) -> None:
    """Rather than a file with a hole in it."""
    ledger = Ledger(spread(20))
    export = Export(ledger.customers(), Span(), tmp_path / "out", "jsonl")
    ledger.fails_after = 4
    with pytest.raises(KeyboardInterrupt):
        export.run()
    export.part.write_bytes(b"")

    with pytest.raises(ExportError, match="has less in it"):
        export.run()


class Many:
    """A resource of so many records, a second apart, of which none is kept."""

    object_name = "customer"
    _client = omise.Client(secret_api_key="skey_test_many")
    __mro__ = omise.Customer.__mro__

    def __init__(self, count: int) -> None:
        self.total = count

    def list(self, **window: Any) -> "Many":
        self.first = int(datetime.fromisoformat(window.get("from", "1970-01-01T00:00:00Z")[:-1] + "+00:00").timestamp())
        return self

    def __iter__(self) -> Iterator[Any]:
        for second in range(self.first, self.total):
            at = text(datetime.fromtimestamp(second, timezone.utc))
            yield omise.Customer.from_data({"object": "customer", "id": f"cust_{second}", "created_at": at})


def test_memory_does_not_grow_with_the_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times as many take no more: the least of three times, since threads that other tests left allocate too."""
    monkeypatch.setattr(exporting, "STRETCH", 100)
    monkeypatch.setattr(exporting, "SAVED_EVERY", 100)

    def peak(count: int) -> int:
        gc.collect()
        tracemalloc.start()
        assert Export(Many(count), Span(), tmp_path / f"{count}.csv", "csv").run() == count
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(200)
    few = min(peak(400) for _ in range(3))

    assert any(peak(4000) < 1.1 * few for _ in range(3))


def test_the_total_is_told_and_how_far_it_is(tmp_path: Path) -> None:
    """For a bar: the total is that of all, in later stretches and runs too."""
    totals: list[int] = []
    counts: list[int] = []
    Export(Ledger(spread(30)).customers(), Span(), tmp_path / "out", "jsonl").run(totals.append, counts.append)

    assert {*totals} == {30}
    assert len(totals) > 1
    assert (counts[0], counts[-1]) == (0, 30)
    assert counts == sorted(counts)


@pytest.mark.parametrize(
    ("value", "ends", "expected"),
    [
        (date(2026, 1, 31), False, datetime(2026, 1, 31, tzinfo=timezone.utc)),
        (date(2026, 1, 31), True, datetime(2026, 2, 1, tzinfo=timezone.utc)),
        (datetime(2026, 1, 31, 9), True, datetime(2026, 1, 31, 9, tzinfo=timezone.utc)),
        (None, True, None),
    ],
)
def test_a_day_is_whole(value: Any, ends: bool, expected: datetime | None) -> None:
    """As the end of a span it is in it; a moment is not."""
    assert moment(value, ends=ends) == expected


@pytest.fixture
def filled() -> Iterator[Sandbox]:
    """A sandbox with charges on several days."""
    with Sandbox() as sandbox:
        for number in range(12):
            omise.Charge.create(amount=100_00 + number, currency="thb", card=sandbox.card())
            sandbox.clock.advance(hours=13)
        yield sandbox


def test_a_sandbox_is_exported_in_parts_as_in_one(filled: Sandbox, tmp_path: Path) -> None:
    """The same rows, whatever the number of parts."""
    charges = omise.Charge.list(order="chronological")
    span = Span(charges[0].created_at, filled.clock.now())
    for count in (1, 4):
        for number in range(1, count + 1):
            Export(omise.Charge, span.part(number, count), tmp_path / f"{count}-{number}", "jsonl").run()
    found = [ids_in(path) for path in sorted(tmp_path.glob("4-*"))]

    assert [id for ids in found for id in ids] == ids_in(tmp_path / "1-1") == [charge.id for charge in charges]
    assert all(found)
