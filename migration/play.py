"""
Plays the steps of ``steps.txt``, which are what code written for the official package does.

``python play.py URL`` plays them with the `omise` that this Python imports, against a sandbox at *URL*, and prints what
came of each, a line of JSON each. It is run with the official package too, and asks for nothing but requests.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

STEPS = Path(__file__).with_name("steps.txt")

COLLECTIONS = {
    "Collection",
    "LazyCollection",
    "List",
    "CardList",
    "ChargeList",
    "DocumentList",
    "OccurrenceList",
    "RefundList",
}
ERRORS = {
    "AuthenticationFailureError",
    "BaseError",
    "FailedCaptureError",
    "FailedFraudCheckError",
    "FailedRefundError",
    "InvalidCardError",
    "InvalidCardTokenError",
    "InvalidChargeError",
    "InvalidRecipientError",
    "MissingCardError",
    "NotFoundError",
    "UsedTokenError",
}
"""The errors of the official package; one that is a kind of one of them is caught where that is."""

ID = re.compile(r"\b([a-z]{3,4})_test_[0-9a-z]{19}\b")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
PDF = b"%PDF-1.4 delivered"


def steps() -> list[str]:
    """Return the steps, a statement or an expression each."""
    return [line for line in STEPS.read_text().splitlines() if line and not line.startswith("#")]


def outcomes(omise: Any, url: str) -> Iterator[dict[str, Any]]:
    """Run the steps with the package *omise* against the sandbox at *url*, and yield what came of each."""
    omise.api_main = omise.api_vault = url
    names = {"omise": omise, "PDF": PDF, "open_dispute": lambda charge: open_dispute(omise, url, charge)}
    for step in steps():
        yield {"step": step, "outcome": outcome(step, names)}


def outcome(step: str, names: dict[str, Any]) -> Any:
    """Return what came of *step*, in words and numbers that two packages can be compared by."""
    try:
        try:
            code = compile(step, "step", "eval")
        except SyntaxError:
            exec(step, names)
            return None
        return shown(eval(code, names))
    except Exception as error:
        kinds = [kind.__name__ for kind in type(error).__mro__]
        known = next((kind for kind in kinds if kind in ERRORS), "BaseError" if "Error" in kinds else kinds[0])
        return f"raises {known}"


def shown(value: Any) -> Any:
    """Return *value* without what differs from run to run."""
    if isinstance(value, (list, tuple)):
        return [shown(item) for item in value]
    if isinstance(value, dict):
        return {name: shown(item) for name, item in value.items()}
    if isinstance(value, datetime):
        return f"<datetime {plain(value.strftime('%Y-%m-%dT%H:%M:%SZ'))}>"
    if isinstance(value, (bool, int, float)) or value is None:
        return value
    if isinstance(value, str):
        return plain(value)
    name = type(value).__name__
    return "<collection>" if name in COLLECTIONS else f"<{'Base' if name == 'Resource' else name}>"


def plain(text: str) -> str:
    """Return the first line of *text*, with ids and times as words."""
    return TIME.sub("<time>", ID.sub(r"<\1>", text.partition("\n")[0]))


def open_dispute(omise: Any, url: str, charge: str) -> Any:
    """Open a dispute, which the official package has no verb for, and return it as the package has it."""
    import requests

    key = (omise.api_secret, "")
    made = requests.post(f"{url}/charges/{charge}/disputes", auth=key, timeout=10).json()
    return omise.Dispute.retrieve(made["id"])


if __name__ == "__main__":
    import omise

    for each in outcomes(omise, sys.argv[1]):
        print(json.dumps(each))
