"""
The tables in docs/sandbox.md that say what the sandbox knows, and from where; `make facts` writes them there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import time, timedelta
from pathlib import Path

from omise.sandbox.resources import load
from omise.sandbox.rules.countries import COUNTRIES, Country
from omise.sandbox.rules.methods import ALL, CARD, Method
from omise.sandbox.rules.provenance import FACTS

PAGE = Path(__file__).parents[2] / "docs" / "sandbox.md"
BEGIN, END = "<!-- written by make facts -->\n", "<!-- end -->\n"

UNITS = {"day": 86_400, "hour": 3_600, "minute": 60, "second": 1}


def written() -> str:
    """The page with its tables as they should be."""
    before, _, rest = PAGE.read_text().partition(BEGIN)
    return f"{before}{BEGIN}\n{tables()}\n{END}{rest.partition(END)[2]}"


def tables() -> str:
    """All that carries a mark: the methods, the countries, and single facts."""
    load()
    facts = sorted({(fact.about, words(fact.value), fact.mark) for fact in FACTS})
    return "\n".join(
        [
            table(("source type", "known from", "accounts in", "flow", "fee", "refunds", "expires after"), methods()),
            table(("instalments", "known from", "months", "least"), instalments()),
            table(("country", "known from", "charges", "transfers", "instalments", "authorized for"), countries()),
            table(("what", "how many, or when", "known from"), facts),
        ]
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def methods() -> list[Sequence[str]]:
    """One row for all types that are alike, but for what is said of instalments."""
    rows: dict[tuple[str, ...], list[str]] = {}
    for method in ALL:
        if method is not CARD and method.flow:
            rows.setdefault(behaviour(method), []).append(f"`{method.name}`")
    return [(", ".join(names), *row) for row, names in rows.items()]


def behaviour(method: Method) -> tuple[str, ...]:
    """How a method behaves, what is inferred in italics."""
    accounts = ", ".join(country.code for country in COUNTRIES.values() if country.currency in method.currencies)
    if method.abroad:
        accounts += f" (from TH in {' or '.join(method.abroad)})"
    return (
        method.mark,
        cell(method, "currencies", accounts),
        cell(method, "flow", method.flow),
        cell(method, "fee", f"{method.fee_rate} %"),
        cell(method, "refunds", method.refunds),
        cell(method, "expiry", words(method.expires)),
    )


def instalments() -> list[Sequence[str]]:
    """Months and least amounts, of the types that have them."""
    return [
        (
            f"`{method.name}`",
            method.mark,
            cell(method, "terms", ", ".join(map(str, method.terms))),
            cell(method, "least", least(method)),
        )
        for method in ALL
        if method.terms
    ]


def least(method: Method) -> str:
    """The least amounts, in the smallest unit of the currency."""
    if method.least_a_month:
        return f"{method.least_a_month:,} a month"
    return ", ".join(f"{total:,} over {term}" for term, total in method.least_totals.items())


def countries() -> list[Sequence[str]]:
    """What an account of each country can charge, pay out, and hold."""
    return [
        (
            f"{country.code}, {country.currency}",
            country.mark,
            "{:,} to {:,}".format(*country.charge_limits),
            cell(country, "transfers", "{:,} to {:,}".format(*country.transfer_limits)),
            cell(country, "instalments", f"from {country.installment_minimum:,}"),
            words(country.authorized_for),
        )
        for country in COUNTRIES.values()
    ]


def cell(row: Method | Country, name: str, text: str) -> str:
    """*text*, in italics where it is inferred."""
    return f"*{text}*" if name in row.inferred else text


def words(value: object) -> str:
    """A value for people."""
    if isinstance(value, tuple):
        return ", ".join(map(words, value))
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if not isinstance(value, timedelta):
        return str(value)
    seconds = int(value.total_seconds())
    unit = next(unit for unit, size in UNITS.items() if seconds % size == 0)
    count = seconds // UNITS[unit]
    return f"{count} {unit}{'' if count == 1 else 's'}"


if __name__ == "__main__":
    PAGE.write_text(written())
