"""
Tokens: card data for a single use, made at the vault with a public key. Any account of the same mode can use them.

Of the card, the number is not kept, only what the rest of the sandbox needs to know about it.

Source: https://docs.omise.co/tokens-api
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..http.call import Call
from ..http.hosts import VAULT
from ..http.keys import PUBLIC
from ..http.routing import Resource, route
from ..http.takes import Takes
from ..refusals import ApiError, sentence
from ..rules.cards import brand_of, effect_of, fingerprint, four_digit_year, holder_problems, number_problems
from ..rules.validation import Rule, check, email, one_of, text, unused
from ..state.clock import day_of
from ..state.salts import derive
from ..state.store import Document
from ..state.workspace import View, Workspace
from .card import ADDRESS, EXPIRY

__all__ = ["keep", "spend", "typed_card", "unspent"]

tokens: Resource = Resource("token", prefix="tokn", path="/tokens")
tokens.retrievable(host=VAULT, keys=(PUBLIC,))

TEXTS: dict[str, Rule] = dict.fromkeys(("name", "number", "security_code", "country", *ADDRESS), text) | {
    "email": email
}
#: Of cards whose country was not given.
COUNTRY = "us"
SECURITY_CODE = re.compile("[0-9]{3,4}")

WALLET: dict[str, Rule] = {"method": one_of("googlepay", "applepay"), "data": text} | {
    f"billing_{name}": text for name in ("name", "country", *ADDRESS)
}
UNUSED: dict[str, Rule] = dict.fromkeys(("merchant_id", "brand"), unused)
TAKEN: Takes = {"card": TEXTS | EXPIRY, "tokenization": WALLET | UNUSED}
#: The card that every wallet holds; what a wallet sends is encrypted. (inferred)
WALLET_NUMBER = "4242424242424242"
WALLET_YEARS = 5


@tokens.shown
def show(view: View, token: Document) -> dict[str, Any]:
    """A token; once it is used, its card is no longer shown."""
    card = None if token["used"] else view.workspace.store.get(token["card"])
    return {
        "object": "token",
        "id": token.id,
        "livemode": token.livemode,
        "location": f"https://vault.omise.co/tokens/{token.id}",
        "used": token["used"],
        "charge_status": token["charge_status"],
        "card": view.show(card) if card else None,
        "created_at": view.created_at(token),
    }


@route("POST", "/tokens", host=VAULT, keys=(PUBLIC,), takes=TAKEN)
def create(call: Call) -> Document:
    """Make a token of a card, or of what a wallet gave."""
    card, tokenization = call.params.get("card"), call.params.get("tokenization")
    if isinstance(card, Mapping) and card:
        fields = typed_card(call, card)
    elif isinstance(tokenization, Mapping) and tokenization:
        fields = wallet_card(call, tokenization)
    else:
        raise ApiError("missing_card")
    return keep(call, fields)


def keep(call: Call, fields: Mapping[str, Any]) -> Document:
    """The token of a card of which that much is kept."""
    token = call.create("token", {"used": False, "charge_status": "unknown", "card": None}, shared=True)
    kept = call.create("card", fields, parent=token, shared=True)
    call.update(token, {"card": kept.id})
    return token


def typed_card(call: Call, card: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a card that somebody typed in, or the error ``invalid_card``."""
    given = check(card, TEXTS, "invalid_card")
    month, year = card.get("expiration_month"), card.get("expiration_year")
    problems = holder_problems(given.get("name"), month, year, day_of(call.now_ms))
    problems += number_problems(given.get("number"))
    if given.get("security_code") and not SECURITY_CODE.fullmatch(given["security_code"]):
        problems.append("security code is invalid")  # (inferred)
    if problems:
        raise ApiError("invalid_card", sentence(problems))
    return kept_fields(call, given["number"], int(str(month)), four_digit_year(year), given)


def wallet_card(call: Call, tokenization: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a card that comes from a wallet."""
    given = check({"method": None, "data": None, **tokenization}, WALLET)
    if not given["data"]:
        raise ApiError("bad_request", "data can't be blank")
    billing = {name.removeprefix("billing_"): value for name, value in given.items()}
    year = day_of(call.now_ms).year + WALLET_YEARS
    return kept_fields(call, WALLET_NUMBER, 12, year, billing, wallet=given["method"])


def kept_fields(
    call: Call, number: str, month: int, year: int | None, holder: Mapping[str, Any], wallet: str | None = None
) -> dict[str, Any]:
    """All that is kept of a card: everything that shows, and what a charge will come to, but not the number."""
    return {
        **{name: holder.get(name) for name in (*ADDRESS, "email")},
        "country": (holder.get("country") or COUNTRY).lower(),
        "brand": brand_of(number),
        "fingerprint": fingerprint(number, derive(call.store, "fingerprint", "")),
        "last_digits": number[-4:],
        "name": holder.get("name") or "",
        "expiration_month": month,
        "expiration_year": year,
        "tokenization_method": wallet,
        "effect": effect_of(number),
    }


def unspent(workspace: Workspace, token_id: str) -> Document:
    """The token, as long as nobody used it."""
    token = workspace.find("token", token_id)
    if token["used"]:
        raise ApiError("used_token")
    return token


def spend(workspace: Workspace, token_id: str) -> Document:
    """The card of a token that nobody used before; from now on it is used."""
    token = unspent(workspace, token_id)
    workspace.update(token, {"used": True})
    return workspace.find("card", token["card"])
