"""
Faults on the dashboard: what each kind does, in words, how those that are on read, and what the form says of one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from ..refusals import bad_request
from .visits import Visit

__all__ = ["FIELDS", "WORDS", "fault_of", "in_force", "shown_of"]

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

#: The fields of the form: how each reads, and what it may say. Which of them a kind takes, `KINDS` knows.
FIELDS = {
    "times": ("Times; empty: always", "1"),
    "probability": ("Probability, 0 to 1", "1"),
    "method": ("Method", "any"),
    "path": ("Path, * for any part", "/charges*"),
    "event": ("Event, * for any part", "charge.*"),
    "seconds": ("Seconds", "1"),
    "status": ("Status", "500"),
    "retry_after": ("Retry-After, seconds", "none"),
}


def in_force(shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The faults that are on, each in words; *rest* is how often it can strike yet, None for always."""
    return [
        {
            "kind": fault["kind"],
            "what": WORDS[fault["kind"]],
            "which": _which(fault),
            "how": _how(fault),
            "struck": fault["struck"],
            "rest": None if fault["times"] is None else max(fault["times"] - fault["struck"], 0),
            "name": json.dumps({name: value for name, value in fault.items() if name != "struck"}),
        }
        for fault in shown
    ]


def _which(fault: Mapping[str, Any]) -> str:
    """What it may strike."""
    if "event" in fault:
        return "any webhook" if fault["event"] == "*" else f"webhooks of {fault['event']}"
    parts = [fault[name] for name in ("method", "path") if fault[name] != "*"]
    return " ".join(parts) or "any request"


def _how(fault: Mapping[str, Any]) -> str:
    """What else was said of it."""
    chance = fault["probability"]
    said = [f"{fault['seconds']:g} s" if "seconds" in fault else "", f"probability {chance:g}" if chance < 1 else ""]
    said += [f"status {fault['status']}" if fault.get("status") else ""]
    said += [f"Retry-After {fault['retry_after']}" if fault.get("retry_after") is not None else ""]
    return ", ".join(filter(None, said))


def shown_of(visit: Visit) -> Any:
    """The fault that a button is for, as it is shown."""
    try:
        return json.loads(visit.text("fault"))
    except ValueError:
        return None


def fault_of(visit: Visit) -> dict[str, Any]:
    """The fault that a form describes, as JSON would; what was left empty is left out."""
    return {"kind": visit.text("kind")} | {name: _read(name, visit.text(name)) for name in READERS if visit.text(name)}


def _read(name: str, text: str) -> Any:
    try:
        return READERS[name](text)
    except ValueError:
        raise bad_request(f"{name} is a number") from None
