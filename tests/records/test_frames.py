"""`omise.records.frames`: every record of a list as a row of pandas or polars."""

import sys
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas
import polars
import pytest

import omise
from omise import Money
from omise.records.frames import declared
from omise.records.operations import Listable
from omise.sandbox import Sandbox

Framed = Callable[[omise.List[Any]], tuple[list[str], list[dict[str, Any]]]]


def by_pandas(listed: omise.List[Any]) -> tuple[list[str], list[dict[str, Any]]]:
    """The columns and rows of a frame of pandas."""
    frame = listed.to_dataframe()
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [*frame.columns], rows


def by_polars(listed: omise.List[Any]) -> tuple[list[str], list[dict[str, Any]]]:
    """Those of a frame of polars."""
    frame = listed.to_polars()
    return frame.columns, frame.to_dicts()


both = pytest.mark.parametrize("framed", [by_pandas, by_polars])


@both
def test_the_whole_list_is_in_the_frame(omise_sandbox: Sandbox, framed: Framed) -> None:
    """Every page, each record once, in order: nested parts flattened, amounts twice, times aware."""
    for number in range(1, 6):
        omise.Charge.create(amount=Money(20 * number, "THB"), card=omise_sandbox.card(), metadata={"number": number})
    yen = omise.Charge.create(amount=Money(1500, "JPY"), card=omise_sandbox.card())
    code = omise.Charge.create(amount=Money(50, "THB"), source={"type": "promptpay"})
    _, rows = framed(omise.Charge.list(limit=2))

    assert [row["amount"] for row in rows] == [2000, 4000, 6000, 8000, 10000, 1500, 5000]
    assert [row["amount_main"] for row in rows] == [*map(Decimal, (20, 40, 60, 80, 100, 1500, 50))]
    assert [row["card.brand"] for row in rows] == ["Visa"] * 6 + [None]
    assert [row["source.type"] for row in rows] == [None] * 6 + ["promptpay"]
    assert rows[0]["metadata"] == '{"number": 1}'
    assert rows[5]["fee_main"] == yen.money_of("fee").amount  # type: ignore[union-attr]
    assert rows[6]["created_at"] == code.created_at
    assert rows[6]["created_at"].utcoffset().total_seconds() == 0
    assert rows[6]["paid_at"] is None
    assert rows[6]["paid"] is False


@both
def test_an_empty_list_has_the_columns_that_are_declared(omise_sandbox: Sandbox, framed: Framed) -> None:
    """So that what looks at a column finds it, those of parts too."""
    names, rows = framed(omise.Charge.list())

    assert rows == []
    assert {"id", "amount", "amount_main", "currency", "created_at", "paid", "customer", "card.brand"} <= {*names}


def test_types_are_the_same_with_rows_and_without(omise_sandbox: Sandbox) -> None:
    """A column of an empty frame can be put below that of a full one."""
    empty, nothing = omise.Charge.list().to_dataframe(), omise.Charge.list().to_polars()
    omise.Charge.create(amount=100_00, currency="thb", card=omise_sandbox.card())
    full, one = omise.Charge.list().to_dataframe(), omise.Charge.list().to_polars()
    shared = {*empty.columns} & {*full.columns}

    assert len(shared) > 90
    assert {name for name in shared if empty[name].dtype != full[name].dtype} == set()
    assert {name for name in shared if nothing.schema[name] != one.schema[name]} == set()
    assert str(full["amount"].dtype) == "Int64"
    assert str(full["created_at"].dtype) == "datetime64[us, UTC]"
    assert one.schema["amount_main"] == polars.Decimal(38, 2)


def test_days_and_odd_values() -> None:
    """Days are days; a column of several types is text; records of no declared kind have what they have."""
    data = [
        {"object": "thing", "id": "a", "issued_on": "2026-01-31", "odd": 1, "many": [1], "none": None, "rate": 1},
        {"object": "thing", "id": "b", "issued_on": None, "odd": "x", "many": [], "none": None, "rate": 0.5},
    ]
    listed: Any = omise.List.from_data({"object": "list", "data": data, "total": 2, "offset": 0, "limit": 20})
    frame, other = listed.to_dataframe(), listed.to_polars()

    assert other.to_dicts()[0] == {**data[0], "issued_on": date(2026, 1, 31), "odd": "1", "many": "[1]", "rate": 1.0}
    assert frame["issued_on"][0] == pandas.Timestamp(2026, 1, 31)
    assert [*frame["odd"]] == ["1", "x"]
    assert frame["none"].isna().all()


@both
@pytest.mark.parametrize("name", [name for name in omise.resources.__all__ if name not in {"List"}])
def test_every_kind_of_record_fits(omise_sandbox: Sandbox, framed: Framed, name: str) -> None:
    """Whatever can be listed, full or empty."""
    cls: Any = getattr(omise.resources, name)
    customer = omise.Customer.create(email="mali@example.com", card=omise_sandbox.card())
    customer.charge(amount=100_00, currency="thb").refund(amount=10_00)
    omise.Charge.schedule(customer=customer, amount=100_00).every(1).days().end_date("2200-01-01").start()
    if issubclass(cls, Listable):
        listed = cls.list()
        names, rows = framed(listed)

        assert len(rows) == len(listed)
        assert "id" in names


def test_the_declared_types_are_those_of_real_records(omise_sandbox: Sandbox) -> None:
    """What a class declares is what its records have."""
    types = dict(declared(omise.Charge))

    assert (types["amount"], types["amount_main"], types["paid"]) == (int, Decimal, bool)
    assert (types["created_at"], types["card.expiration_month"], types["status"]) == (datetime, int, str)
    assert types["platform_fee.fixed_main"] is Decimal
    assert dict(declared(omise.Receipt))["issued_on"] is date


@pytest.mark.parametrize(("library", "verb"), [("pandas", "to_dataframe"), ("polars", "to_polars")])
def test_a_library_that_is_missing_is_named(
    omise_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, library: str, verb: str
) -> None:
    """The error says what to install, and nothing of this package."""
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ModuleNotFoundError) as missing:
        getattr(omise.Charge.list(), verb)()

    assert str(missing.value) == f"{verb}() needs {library}: pip install {library}"
    assert missing.value.name == library


def test_a_bar_is_shown_where_pages_are_fetched(omise_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told how many there are and how far it is; none is shown for a whole page, nor where it is unwanted."""
    told: list[Any] = []

    class Bar:
        def __init__(self, name: str) -> None:
            told.append(name)

        def __enter__(self) -> Any:
            return told.append, told.append

        def __exit__(self, *error: object) -> None:
            told.append("done")

    monkeypatch.setattr("omise.records.frames.bar", Bar)
    for _ in range(3):
        omise.Customer.create()
    omise.Customer.list().to_dataframe()
    omise.Customer.list(limit=2).to_polars(progress=False)
    assert told == []
    omise.Customer.list(limit=2).to_dataframe()

    assert told == ["customers", 3, 1, 2, 3, "done"]
