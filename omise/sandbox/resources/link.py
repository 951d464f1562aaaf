"""
Links: pages on which anybody who has the address can pay.

Source: https://docs.omise.co/links-api
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..http.call import Call
from ..http.pages import done, facts, form, link_to, page, paragraph, price, problem, redirect
from ..http.paging import PAGING
from ..http.responses import Response
from ..http.routing import Resource, route
from ..refusals import ApiError, not_found
from ..rules.currencies import in_words
from ..rules.outcomes import awaits_payer
from ..rules.validation import boolean, check_all, optional, required, text
from ..rules.wording import paid_with
from ..state.clock import day_of, time_text
from ..state.kinds import listener
from ..state.store import Document, Selection, Transaction
from ..state.workspace import View, Workspace
from . import charging, payment, token
from .account import merchant

links: Resource = Resource("link", prefix="link", path="/links")
links.listable()
links.retrievable()

INVALID = "invalid_link"
PARAMETERS = {"title": required(text), "description": required(text), "multiple": optional(boolean)}

#: The page's own address is a code: the end of the id, in upper case.
CODE = "/<string(length=19):link>"

#: What can be chosen on the page: test cards. Any other number can be posted, too.
CARDS = {
    "4242424242424242": "Pay with a good card",
    "4111111111140011": "Pay with a card without funds",
    "4111111111110014": "Pay with a card that is rejected",
}
HOLDER: dict[str, Any] = {"name": "Link Payer", "expiration_month": 12, "security_code": "123"}
#: How long the cards of the page are still good, in years.
YEARS = 3

CLOSED = "This link was paid already."
UNPAID = "Nobody paid here yet."


@links.shown
def show(view: View, link: Document) -> dict[str, Any]:
    """A link, with the first 20 of the charges that were made with it."""
    location = f"/links/{link.id}"
    return {
        "object": "link",
        "id": link.id,
        "livemode": link.livemode,
        "location": location,
        "deleted": link["deleted_at"] is not None,
        "multiple": link["multiple"],
        "used": link["used_at"] is not None,
        "currency": link["currency"],
        "amount": link["amount"],
        "charges": view.list("charge", location=f"{location}/charges", matching={"link": link.id}),
        "description": link["description"],
        "title": link["title"],
        "payment_uri": _payment_uri(view.workspace, link),
        "created_at": view.created_at(link),
        "used_at": link["used_at"],
        "deleted_at": link["deleted_at"],
    }


@route("POST", "/links", takes=charging.AMOUNT | PARAMETERS)
def create(call: Call) -> Document:
    """Create a link; all but ``multiple`` is required."""
    amount, currency = charging.amount_and_currency(call, call.params, code=INVALID)
    given = check_all(call.params, PARAMETERS, INVALID)
    given["multiple"] = bool(given["multiple"])
    link = call.create("link", given | {"amount": amount, "currency": currency, "used_at": None, "deleted_at": None})
    call.emit("link.create", link)
    return link


@route("DELETE", "/links/<link>", takes={})
def destroy(call: Call, link: Document) -> Document:
    """
    Close a link. No event tells of it. It can still be seen and listed, and deleting it again changes nothing.
    (the last inferred)
    """
    call.update(link, {"deleted_at": link["deleted_at"] or time_text(call.now_ms)})
    return link


@route("GET", "/links/<link>/charges", takes=PAGING)
def charges(call: Call, link: Document) -> dict[str, Any]:
    """The charges that were made with a link."""
    return call.list("charge", matching={"link": link.id})


def link_of_code(store: Transaction, code: str) -> Document | None:
    """The link whose page has that address."""
    suffix = code.lower()
    return store.get(f"link_test_{suffix}") or store.get(f"link_{suffix}")


@route("GET", CODE, keys=(), find=link_of_code)
def show_page(call: Call, link: Document) -> Response:
    """What is to be paid, and the test cards to pay with."""
    _check_open(link)
    return _page(call, link, form(CARDS, name="number") if _payable(link) else done(CLOSED))


@route("POST", CODE, keys=(), find=link_of_code)
def pay(call: Call, link: Document) -> Response:
    """Charge the card whose number was chosen."""
    _check_open(link)
    if not _payable(link):
        return _page(call, link, done(CLOSED), status=400)
    typed = {"number": call.params.get("number"), "expiration_year": day_of(call.now_ms).year + YEARS}
    try:
        card = token.typed_card(call, HOLDER | typed)
    except ApiError as error:
        return _page(call, link, problem(error.message), _again(link, "Try again"), status=error.status)
    params = {
        "amount": link["amount"],
        "currency": link["currency"],
        "card": token.keep(call, card).id,
        "description": f"{link['title']}\n\n{link['description']}",
        "return_uri": f"{_payment_uri(call, link)}/complete",
    }
    made = charging.make(call, params, link=link)
    return redirect(made["authorize_uri"] if awaits_payer(made) else f"/{_code(link)}/complete")


@route("GET", f"{CODE}/complete", keys=(), find=link_of_code)
def complete(call: Call, link: Document) -> Response:
    """Where the payer ends: what became of the last payment."""
    _check_open(link)
    made = call.store.select(_charges_with(link), reverse=True, limit=1)
    outcome = payment.outcome(made[0]) if made else paragraph(UNPAID)
    return _page(call, link, outcome, _again(link, "Pay again" if made else "Pay"), made=made)


@listener
def note_use(workspace: Workspace, key: str, about: Document) -> None:
    """A link is used from the first successful charge on, whenever its payer is done."""
    link_id = about.body.get("link") if about.kind == "charge" else None
    if link_id and about["status"] == "successful":
        link = workspace.store.get(link_id)
        if link and link["used_at"] is None:
            workspace.update(link, {"used_at": time_text(workspace.now_ms)})


def _check_open(link: Document) -> None:
    """Refuse the page of a link that was deleted."""
    if link["deleted_at"]:
        raise not_found("link", link.id)


def _charges_with(link: Document) -> Selection:
    return Selection("charge", account=link.account, matching={"link": link.id})


def _payable(link: Document) -> bool:
    return link["multiple"] or link["used_at"] is None


def _payment_uri(workspace: Workspace, link: Document) -> str:
    return workspace.address("link", f"/{_code(link)}")


def _code(link: Document) -> str:
    return link.id.rpartition("_")[2].upper()


def _page(call: Call, link: Document, *parts: str, made: Sequence[Document] = (), status: int = 200) -> Response:
    return page(link["title"], price(_price(link)), _about(call, link, made), *parts, status=status)


def _again(link: Document, label: str) -> str:
    """The way to the page to pay at, if there is anything left to pay."""
    return link_to(label, f"/{_code(link)}") if _payable(link) else ""


def _about(call: Call, link: Document, made: Sequence[Document] = ()) -> str:
    """To whom a link is paid, with what, and for what."""
    paid = paid_with(call, made[0]) if made else "Test card"
    return facts({"To": merchant(call.account), "With": paid, "For": link["description"]})


def _price(link: Document) -> str:
    return in_words(link["amount"], link["currency"])
