"""
Customers: places to keep cards for repeated charges.

Source: https://docs.omise.co/customers-api
"""

from __future__ import annotations

from typing import Any

from ..http.call import Call
from ..http.paging import PAGING
from ..http.routing import Resource, route
from ..refusals import ApiError
from ..rules.validation import Rule, check, email, looked_up, metadata, text
from ..state.store import Document
from ..state.workspace import View
from . import token

customers: Resource = Resource("customer", prefix="cust", path="/customers")
customers.listable()
customers.retrievable()

PARAMETERS: dict[str, Rule] = {"email": email, "description": text, "metadata": metadata}
ATTACHED: dict[str, Rule] = dict.fromkeys(("card", "linked_account"), looked_up)
DEFAULT: dict[str, Rule] = {"default_card": looked_up}
BLANK: dict[str, Any] = {"email": None, "description": None, "metadata": {}, "default_card": None}


@customers.shown
def show(view: View, customer: Document) -> dict[str, Any]:
    """A customer, with the first 20 of its cards and linked accounts."""
    location = f"/customers/{customer.id}"
    return {
        "object": "customer",
        "id": customer.id,
        "livemode": customer.livemode,
        "location": location,
        "deleted": customer.deleted,
        "metadata": customer["metadata"],
        "cards": view.list("card", parent=customer, location=f"{location}/cards"),
        "default_card": view.reference(customer["default_card"]),
        "linked_accounts": view.list("linked_account", parent=customer, location=f"{location}/linked_accounts"),
        "description": customer["description"],
        "email": customer["email"],
        "created_at": view.created_at(customer),
    }


@route("POST", "/customers", takes=PARAMETERS | ATTACHED)
def create(call: Call) -> Document:
    """Create a customer. Nothing is required."""
    customer = call.create("customer", BLANK | check(call.params, PARAMETERS))
    attach(call, customer)
    call.emit("customer.create", customer)
    return customer


@route("PATCH", "/customers/<customer>", takes=PARAMETERS | ATTACHED | DEFAULT)
def update(call: Call, customer: Document) -> Document:
    """Change what is given; a card that is attached in the same call can become the default."""
    call.update(customer, check(call.params, PARAMETERS))
    attach(call, customer)
    default_card = call.params.get("default_card")
    if default_card is not None:
        call.update(customer, {"default_card": call.find("card", default_card, parent=customer).id})
    call.emit("customer.update", customer)
    return customer


@route("DELETE", "/customers/<customer>", takes={})
def destroy(call: Call, customer: Document) -> dict[str, Any]:
    """Delete a customer, and the cards with it; for the last time they are shown as they were."""
    call.destroy(customer)
    call.emit("customer.destroy", customer)
    shown = call.answer(customer)
    for card in call.all("card", customer):
        call.destroy(card)
    return shown


@route("GET", "/customers/<customer>/schedules", takes=PAGING)
def schedules(call: Call, customer: Document) -> dict[str, Any]:
    """The schedules that charge this customer."""
    return call.list("schedule", parent=customer)


@route("GET", "/customers/<customer>/linked_accounts", takes=PAGING)
def linked_accounts(call: Call, customer: Document) -> dict[str, Any]:
    """The bank accounts that this customer pays from."""
    return call.list("linked_account", parent=customer)


def attach(call: Call, customer: Document) -> None:
    """Give the customer the card of a token, and the linked account, if the request names them."""
    card = call.params.get("card")
    if card is not None:
        _attach_card(call, customer, card)
    linked_account = call.params.get("linked_account")
    if linked_account is not None:
        call.give(call.find("linked_account", linked_account), customer)


def _attach_card(call: Call, customer: Document, token_id: Any) -> None:
    """The first card becomes the default one; later ones do not."""
    if not isinstance(token_id, str):  # the fields of a card belong to the vault (inferred)
        raise ApiError("invalid_card_token")
    card = token.spend(call, token_id)
    call.update(card, {"attached": call.now_ms})
    call.give(card, customer)
    if customer["default_card"] is None:
        call.update(customer, {"default_card": card.id})
