"""
The halves of a schedule: what it repeats, a charge or a transfer.

Each has the rules of its parameters, what it looks like, and `Half.make`, which carries a run out.

Source: https://docs.omise.co/schedules-api
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from ..http.call import Call
from ..http.routing import Resource
from ..http.takes import Takes
from ..refusals import bad_request
from ..rules.countries import country_of
from ..rules.timing import CHARGE_RUNS_AT, TRANSFER_RUNS_AT
from ..rules.validation import Invalid, Rule, check_all, integer, looked_up, metadata, optional, required, text, unused
from ..state.store import Document
from ..state.workspace import View, Workspace
from . import balance, charging, transfer

__all__ = ["HALVES", "Half", "Nothing", "half_of"]

charges: Resource = Resource("scheduled_charge", prefix="rchg", path="/charges/schedules")
transfers: Resource = Resource("scheduled_transfer", prefix="rtrf", path="/transfers/schedules")


class Nothing(Exception):
    """There is nothing to do in this run; the message says why."""


@dataclass(frozen=True)
class Half:
    """
    What can be scheduled.

    Attributes:
        name: The parameter and the key of the schedule: ``charge`` or ``transfer``.
        kind: Of its own object.
        runs_at: The hour of its daily batch.
        owner: Whom the schedule belongs to, by the name of the parameter.
        takes: Its parameters.
        check: What is kept of its parameters.
        make: Carry a run out: gives the charge or the transfer.
    """

    name: str
    kind: str
    runs_at: time
    owner: str
    takes: Takes
    check: Callable[[Call, Mapping[str, Any]], dict[str, Any]]
    make: Callable[[Workspace, Document, Document], Document]


@charges.shown
def show_charge(view: View, half: Document) -> dict[str, Any]:
    """The charge that a schedule repeats. Without a card of its own it takes the customer's default one by then."""
    customer = view.workspace.store.get(half["customer"])
    assert customer is not None
    return {
        "object": "scheduled_charge",
        "id": half.id,
        "livemode": half.livemode,
        "currency": half["currency"],
        "amount": half["amount"],
        "default_card": half["card"] is None,
        "card": half["card"] or customer["default_card"],
        "customer": half["customer"],
        "linked_account": None,
        "description": half["description"],
        "metadata": half["metadata"],
        "created_at": view.created_at(half),
    }


@transfers.shown
def show_transfer(view: View, half: Document) -> dict[str, Any]:
    """The transfer that a schedule repeats: an amount, or a share of what can be transferred by then."""
    return {
        "object": "scheduled_transfer",
        "id": half.id,
        "livemode": half.livemode,
        "amount": half["amount"],
        "currency": half["currency"],
        "percentage_of_balance": half["percentage_of_balance"],
        "recipient": half["recipient"],
        "created_at": view.created_at(half),
    }


PAYER = {"customer": required(text), "card": optional(text)}
SAID: dict[str, Rule] = {"description": text, "metadata": metadata}
CHARGE: Takes = {**PAYER, **charging.AMOUNT, **SAID}
TRANSFER: Takes = dict.fromkeys(("recipient", "amount", "percentage_of_balance"), looked_up) | {"currency": unused}


def check_charge(call: Call, params: Mapping[str, Any]) -> dict[str, Any]:
    """A customer is required, and an amount that a charge may have."""
    ids = check_all(params, PAYER)
    customer = call.find("customer", ids["customer"])
    card = call.find("card", ids["card"], parent=customer) if ids["card"] else None
    price = {"currency": country_of(call.account).currency, **params}
    amount, currency = charging.amount_and_currency(call, price, code="bad_request")
    given = check_all(params, SAID)
    return {
        "customer": customer.id,
        "card": card.id if card else None,
        "amount": amount,
        "currency": currency,
        **given,
    }


def check_transfer(call: Call, params: Mapping[str, Any]) -> dict[str, Any]:
    """A recipient is required, and either an amount or a share of the balance."""
    least, _ = country_of(call.account).transfer_limits
    rules = {
        "recipient": required(text),
        "amount": optional(integer(least)),
        "percentage_of_balance": optional(share),
    }
    given = check_all(params, rules)
    recipient = call.find("recipient", given["recipient"])
    amount, percentage = given["amount"], given["percentage_of_balance"]
    if (amount is None) == (percentage is None):
        raise bad_request("either amount or percentage_of_balance must be given")  # (inferred)
    return {
        "recipient": recipient.id,
        "amount": amount,
        "percentage_of_balance": percentage,
        "currency": country_of(call.account).currency,
    }


def make_charge(workspace: Workspace, half: Document, schedule: Document) -> Document:
    """Charge the customer."""
    names = ("customer", "amount", "currency", "description", "metadata")
    params = {name: half[name] for name in names}
    if half["card"]:
        params["card"] = half["card"]
    return charging.make(workspace, params, schedule=schedule)


def make_transfer(workspace: Workspace, half: Document, schedule: Document) -> Document:
    """Transfer the amount, or the share; if that is less than a transfer can be, `Nothing`."""
    amount = half["amount"]
    if amount is None:
        amount = math.floor(balance.transferable(workspace) * half["percentage_of_balance"] / 100)
        if amount < country_of(workspace.account).transfer_limits[0]:
            raise Nothing("there is not enough balance to transfer")
    return transfer.make(workspace, {"recipient": half["recipient"], "amount": amount}, schedule=schedule)


def share(value: Any) -> float:
    """A percentage, as a number or in digits."""
    try:
        percentage = float(value) if not isinstance(value, bool) else math.nan
    except (TypeError, ValueError):
        percentage = math.nan
    if math.isnan(percentage):
        raise Invalid("is not a number")
    if not 0 < percentage <= 100:
        raise Invalid("must be greater than 0 and less than or equal to 100")
    return percentage


HALVES = {
    "charge": Half("charge", "scheduled_charge", CHARGE_RUNS_AT, "customer", CHARGE, check_charge, make_charge),
    "transfer": Half(
        "transfer", "scheduled_transfer", TRANSFER_RUNS_AT, "recipient", TRANSFER, check_transfer, make_transfer
    ),
}


def half_of(schedule: Document) -> Half:
    """What a schedule repeats."""
    return HALVES[schedule["half"]]
