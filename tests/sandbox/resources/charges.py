"""How charges are made, and what tells their states apart."""

from __future__ import annotations

from typing import Any

RETURN_URI = "https://shop.example.com/orders/1"
HOLD = {"capture": False}
PRE_AUTH = {"capture": False, "authorization_type": "pre_auth"}

STATE = (
    "status",
    "authorized",
    "capturable",
    "reversible",
    "paid",
    "refundable",
    "partially_refundable",
    "disputable",
    "can_perform_void",
    "expired",
)


def state(charge: dict[str, Any]) -> tuple[Any, ...]:
    """What tells the states of a charge apart: the status, and the initials of the flags that are set."""
    return charge["status"], {name for name in STATE[1:] if charge[name]}


ACCEPTED = {"authorized", "paid", "refundable", "partially_refundable", "disputable", "can_perform_void"}
HELD = {"authorized", "capturable", "reversible"}
