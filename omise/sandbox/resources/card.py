"""
Cards: those that a customer keeps. They come from tokens, so nothing here creates one.

Source: https://docs.omise.co/cards-api
"""

from __future__ import annotations

from datetime import date
from typing import Any

from ..http.call import Call
from ..http.routing import Resource, route
from ..refusals import ApiError, sentence
from ..rules.cards import four_digit_year, holder_problems
from ..rules.validation import Rule, check, looked_up, text
from ..state.clock import day_of
from ..state.store import Document
from ..state.workspace import View

__all__ = ["ADDRESS", "EXPIRY"]

cards: Resource = Resource("card", prefix="card", path="/customers/<customer>/cards")
cards.listable()
cards.retrievable()

#: What every card of test mode is said to be.
FINANCING, BANK = "credit", "JPMORGAN CHASE BANK N.A."

ADDRESS = ("street1", "street2", "city", "state", "phone_number", "postal_code")

#: What can be changed besides the expiry date, which is checked as a whole.
PARAMETERS: dict[str, Rule] = {"name": text, "postal_code": text, "city": text}
EXPIRY: dict[str, Rule] = dict.fromkeys(("expiration_month", "expiration_year"), looked_up)


@cards.shown
def show(view: View, card: Document) -> dict[str, Any]:
    """A card; as long as it is only part of a token, it belongs to no account and has no location."""
    return {
        "object": "card",
        "id": card.id,
        "livemode": card.livemode,
        "location": f"/customers/{card.parent}/cards/{card.id}" if card.account else None,
        "deleted": card.deleted,
        **{name: card[name] for name in ADDRESS},
        "country": card["country"],
        "financing": FINANCING,
        "bank": BANK,
        "brand": card["brand"],
        "fingerprint": card["fingerprint"],
        "first_digits": None,
        "last_digits": card["last_digits"],
        "name": card["name"],
        "expiration_month": card["expiration_month"],
        "expiration_year": card["expiration_year"],
        "security_code_check": card["effect"] != "invalid_security_code",
        "tokenization_method": card["tokenization_method"],
        "created_at": view.created_at(card),
    }


@route("PATCH", "/customers/<customer>/cards/<card>", takes=PARAMETERS | EXPIRY)
def update(call: Call, customer: Document, card: Document) -> Document:
    """Change holder, city, postal code, or expiry date."""
    values = card.body | check(call.params, PARAMETERS, "invalid_card")
    values |= {name: call.params[name] for name in EXPIRY.keys() & call.params.keys()}
    # A card that is over by now can still get another name.
    today = day_of(call.now_ms) if EXPIRY.keys() & call.params.keys() else date.min
    problems = holder_problems(values["name"], values["expiration_month"], values["expiration_year"], today)
    if problems:
        raise ApiError("invalid_card", sentence(problems))
    values["expiration_month"] = int(values["expiration_month"])
    values["expiration_year"] = four_digit_year(values["expiration_year"])
    call.update(card, values)
    call.emit("card.update", card)
    call.emit("customer.update.card", customer)
    return card


@route("DELETE", "/customers/<customer>/cards/<card>", takes={})
def destroy(call: Call, customer: Document, card: Document) -> Document:
    """Delete a card. If it was the default, the one added last takes its place."""
    call.destroy(card)
    if customer["default_card"] == card.id:
        rest = call.all("card", customer)
        newest = max(rest, key=lambda other: (other["attached"], other.id), default=None)
        call.update(customer, {"default_card": newest.id if newest else None})
    call.emit("card.destroy", card)
    call.emit("customer.update.card", customer)
    return card
