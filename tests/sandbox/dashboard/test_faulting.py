from __future__ import annotations

import pytest

from omise.sandbox.dashboard.faulting import FIELDS, READERS, WORDS, fault_of, in_force, shown_of
from omise.sandbox.dashboard.visits import Visit
from omise.sandbox.http.faults import KINDS, Fault, Plan
from omise.sandbox.refusals import ApiError


def visit(**typed: str) -> Visit:
    return Visit("POST", "/dashboard/-/faults", typed, "localhost", "http://localhost")


def test_every_kind_of_fault_is_said_in_words() -> None:
    """
    And whatever any of them can be told has a field.
    """
    assert {*WORDS} == {*KINDS}
    assert {*READERS} == {*FIELDS} == set().union(*KINDS.values())


def test_every_fault_that_is_on_reads_well() -> None:
    """
    With what it can be told, and by a name that says which it is.
    """
    shown = [fault for kind in KINDS for fault in Plan([Fault(kind, times=2)]).shown()]
    faults = in_force(shown)

    assert [fault["kind"] for fault in faults] == [*KINDS]
    assert {fault["which"] for fault in faults} == {"any request", "any webhook"}
    assert {fault["how"] for fault in faults} == {"", "1 s"}
    assert {fault["rest"] for fault in faults} == {2}
    for fault, one in zip(faults, shown, strict=True):
        assert shown_of(visit(fault=fault["name"])) | {"struck": 0} == one


def test_what_was_said_of_a_fault_is_shown() -> None:
    """
    Which requests or webhooks, and how.
    """
    said = [
        Fault("error_after", method="POST", path="/charges*", probability=0.25, status=502),
        Fault("too_many_requests", retry_after=7),
        Fault("webhook_late", event="charge.*", seconds=2.5),
    ]
    faults = in_force(Plan(said).shown())

    assert [(fault["which"], fault["how"], fault["rest"]) for fault in faults] == [
        ("POST /charges*", "probability 0.25, status 502", None),
        ("any request", "Retry-After 7", None),
        ("webhooks of charge.*", "2.5 s", None),
    ]


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
