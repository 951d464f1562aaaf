from __future__ import annotations

import pytest

from omise.sandbox.dashboard.faulting import READERS, WORDS, fault_of
from omise.sandbox.dashboard.visits import Visit
from omise.sandbox.http.faults import KINDS
from omise.sandbox.refusals import ApiError


def visit(**typed: str) -> Visit:
    return Visit("POST", "/dashboard/-/faults", typed, "localhost", "http://localhost")


def test_every_kind_of_fault_is_said_in_words() -> None:
    """
    And whatever any of them can be told has a field.
    """
    assert {*WORDS} == {*KINDS}
    assert {*READERS} == set().union(*KINDS.values())


def test_what_is_left_empty_is_left_out() -> None:
    """
    Numbers are read as such.
    """
    fault = fault_of(visit(kind="latency", times=" 2 ", seconds="0.5", path="", method="post"))

    assert fault == {"kind": "latency", "times": 2, "seconds": 0.5, "method": "POST"}


def test_what_is_no_number_is_refused() -> None:
    """
    With the name of the field.
    """
    with pytest.raises(ApiError, match="times is a number"):
        fault_of(visit(kind="latency", times="often"))
