"""
What a record says in words: the values of the dashboard's columns that the API does not show as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..rules.currencies import in_words
from ..rules.wording import paid_with
from ..state.store import Document
from ..state.workspace import Workspace

__all__ = [
    "Row",
    "Value",
    "about",
    "captured",
    "cards",
    "delivered",
    "expiry",
    "money",
    "of_paid",
    "payer",
    "refunded",
    "scheduled",
    "signed",
    "state_of_charge",
    "state_of_link",
    "state_of_recipient",
    "state_of_transfer",
    "to_pay_at",
]


@dataclass(frozen=True)
class Row:
    """A record: as it is kept, and as the API shows it."""

    workspace: Workspace
    document: Document
    shown: Mapping[str, Any]


Value = Callable[[Row], Any]


def money(name: str = "amount", currency: str = "currency") -> Value:
    """An amount for people, of the currency that stands beside it."""
    return lambda row: in_words(row.shown[name], row.shown[currency])


def signed(row: Row) -> str:
    """An amount of the ledger, with the sign of its direction."""
    sign = "+" if row.shown["direction"] == "credit" else "\N{MINUS SIGN}"
    return sign + in_words(row.shown["amount"], row.shown["currency"])


def payer(row: Row) -> str:
    """What a charge is paid with."""
    return paid_with(row.workspace, row.document)


def state_of_charge(row: Row) -> list[str]:
    """How a charge stands, and what was done with it since."""
    charge = row.shown
    since = {
        "authorized": charge["capturable"],
        "refunded": 0 < charge["refunded_amount"] == charge["captured_amount"],
        "partly refunded": 0 < charge["refunded_amount"] < charge["captured_amount"],
    }
    disputed = [f"dispute {charge['dispute']['status']}"] if charge["dispute"] else []
    return [charge["status"], *disputed, *(word for word, is_so in since.items() if is_so)]


def of_paid(value: Value) -> Value:
    """What only a charge that was paid has."""
    return lambda row: value(row) if row.shown["paid"] else None


def refunded(row: Row) -> str | None:
    """How much of a charge was given back."""
    return in_words(row.shown["refunded_amount"], row.shown["currency"]) if row.shown["refunded_amount"] else None


def captured(row: Row) -> str | None:
    """How much was taken, where that is not all."""
    some = 0 < row.shown["captured_amount"] < row.shown["amount"]
    return in_words(row.shown["captured_amount"], row.shown["currency"]) if some else None


def expiry(row: Row) -> str | None:
    """Until when a charge can be paid."""
    return row.shown["expires_at"] if row.shown["status"] == "pending" else None


def to_pay_at(row: Row) -> str | None:
    """The page on which the payer of a charge pays, or does not."""
    return row.shown["authorize_uri"] if row.shown["status"] == "pending" else None


def cards(row: Row) -> str:
    """The cards of a customer."""
    return ", ".join(f"{card['brand']} {card['last_digits']}" for card in row.shown["cards"]["data"])


def scheduled(row: Row) -> str:
    """What a schedule does each time."""
    half = row.document["half"]
    amount, percentage = row.shown[half].get("amount"), row.shown[half].get("percentage_of_balance")
    if percentage:
        return f"{half} of {percentage:g} % of the balance"
    return f"{half} of {in_words(amount, row.shown[half]['currency'])}" if amount else half


def delivered(row: Row) -> str:
    """How far an event came."""
    attempts = row.shown["webhook_deliveries"]
    if not attempts:
        return "nowhere to go"
    last = attempts[-1]
    return f"answered {last['status']}" if last["status"] else str(last["error"])


def about(row: Row) -> str | None:
    """What an event happened to."""
    return row.document.parent


def state_of_transfer(row: Row) -> str:
    """How far a transfer came."""
    return next((name for name in ("paid", "sent") if row.shown[name]), row.shown["failure_code"] or "pending")


def state_of_recipient(row: Row) -> str:
    """Whether a recipient can be sent money."""
    return next((name for name in ("active", "verified") if row.shown[name]), row.shown["failure_code"] or "pending")


def state_of_link(row: Row) -> str:
    """Whether a link can be used."""
    return next((name for name in ("deleted", "used") if row.shown[name]), "open")
