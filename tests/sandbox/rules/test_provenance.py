from __future__ import annotations

from datetime import time, timedelta

import pytest

from omise.sandbox.rules import timing
from omise.sandbox.rules.countries import COUNTRIES
from omise.sandbox.rules.methods import ALL
from omise.sandbox.rules.provenance import DOCUMENTED, FACTS, INFERRED, NOTED, RECORDED, SDK, fact

from .. import facts

MARKS = {DOCUMENTED, SDK, RECORDED, NOTED, INFERRED}
OF_METHODS = {"flow", "currencies", "fee", "refunds", "expiry", "terms", "least"}


def is_time(value: object) -> bool:
    """Whether a value is one that the table of times is made of."""
    return isinstance(value, timedelta | time | tuple)


def test_the_page_says_what_the_code_says() -> None:
    """
    The tables of docs/sandbox.md are those that `make facts` writes.
    """
    assert facts.PAGE.read_text() == facts.written()


def test_everything_has_a_known_mark() -> None:
    """
    Methods, countries and single facts; what is inferred of one is something that it has.
    """
    assert {row.mark for row in (*ALL, *COUNTRIES.values(), *FACTS)} <= MARKS
    assert {name for method in ALL for name in method.inferred} == OF_METHODS
    assert {name for country in COUNTRIES.values() for name in country.inferred} == {"transfers", "instalments"}


@pytest.mark.parametrize("name", sorted(name for name, value in vars(timing).items() if is_time(value)))
def test_every_time_is_a_fact(name: str) -> None:
    """
    None stands there without its mark.
    """
    assert any(known.value is getattr(timing, name) for known in FACTS)


def test_a_fact_is_its_value() -> None:
    """
    It is noted down besides.
    """
    before = FACTS[:]
    try:
        assert fact(15, DOCUMENTED, "how many") == 15
        assert (FACTS[-1].about, FACTS[-1].value, FACTS[-1].mark) == ("how many", 15, "documented")
    finally:
        FACTS[:] = before
