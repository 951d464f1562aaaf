"""
Faults switched on by a form: what each kind does, in words, and what the form says of one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..refusals import bad_request
from .visits import Visit

__all__ = ["WORDS", "fault_of"]

#: What each kind does.
WORDS = {
    "latency": "The answer takes a while",
    "slow_first_byte": "The work is done, its answer begins late",
    "drip": "The answer comes a byte at a time",
    "reset_before": "The connection breaks, nothing is done",
    "reset_after": "The connection breaks after the work was done",
    "cut_body": "The answer ends in the middle",
    "empty_body": "The answer has no body",
    "html_before": "A gateway answers 502, nothing is done",
    "html_after": "A gateway answers 502 after the work was done",
    "too_many_requests": "Refused: 429, nothing is done",
    "error_before": "An error of the API, nothing is done",
    "error_after": "An error of the API after the work was done",
    "unavailable_before": "503 without a body, nothing is done",
    "unavailable_after": "503 without a body after the work was done",
    "webhook_doubled": "A webhook comes twice",
    "webhook_reordered": "A webhook comes after a later one",
    "webhook_late": "A webhook comes late",
}
#: What else the form can say, and how it is read.
READERS: dict[str, Callable[[str], Any]] = {
    "method": str.upper,
    "path": str,
    "event": str,
    "probability": float,
    "times": int,
    "seconds": float,
    "status": int,
    "retry_after": int,
}


def fault_of(visit: Visit) -> dict[str, Any]:
    """The fault that a form describes, as JSON would; what was left empty is left out."""
    return {"kind": visit.text("kind")} | {name: _read(name, visit.text(name)) for name in READERS if visit.text(name)}


def _read(name: str, text: str) -> Any:
    try:
        return READERS[name](text)
    except ValueError:
        raise bad_request(f"{name} is a number") from None
