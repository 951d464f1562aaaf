"""
Checkout sessions: pages on which payers pick how to pay, on a host of their own.

Everything here is inferred. From two official plugins: the host, the paths, the parameters, the five fields of the
answer and the two of a payment, and that the payer comes back to ``complete_url`` with ``chargeId``. The sandbox's own:
which parameters are required, all errors, the values of ``status``, the address and the looks of the page, that a
payer whose payment failed comes back too and can try again, and that no session ever lapses.

Source: no page of reference is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from ..http.call import Call
from ..http.hosts import CHECKOUT
from ..http.pages import (
    done,
    entry_form,
    facts,
    fold,
    form,
    link_to,
    page,
    picture,
    price,
    problem,
    redirect,
    way_back,
)
from ..http.responses import Response
from ..http.routing import Resource, route
from ..http.takes import Takes
from ..refusals import ApiError, bad_request, not_found
from ..rules.currencies import in_words
from ..rules.methods import CARD, METHODS, OFFLINE, Method
from ..rules.outcomes import awaits_payer, complete, page_of
from ..rules.pictures import svg
from ..rules.validation import Invalid, Rule, boolean, check_all, looked_up, optional, required, text, uri
from ..rules.wording import method_in_words
from ..state.clock import day_of
from ..state.store import Document
from ..state.workspace import View, Workspace
from . import charging, payment, token
from .account import merchant

sessions: Resource = Resource("checkout_session", prefix="chks", path="/api/sessions")
sessions.retrievable(host=CHECKOUT)

CODE = "bad_request"
OPEN, COMPLETE = "open", "complete"

PAGE = "/sessions/<checkout_session>"
#: The name under which browsers find the page.
PAGE_HOST = "checkout-page"
PAYMENT_PAGE = f"{PAGE}/payments/<made>"

COLOUR = re.compile("#[0-9A-Fa-f]{6}")
LOCALE = re.compile("[A-Za-z]{2}")

#: What a payer may pick among those of its kind.
MOBILE_BANKING = "mobile_banking"
#: Kinds of which there are many, by how their names begin.
FAMILIES = ("internet_banking", MOBILE_BANKING, "installment", "installment_wlb")

TEST_CARD = "4242424242424242"
HOLDER: dict[str, Any] = {"name": "Checkout Payer", "expiration_month": 12, "security_code": "123"}
#: How long the cards of the page are still good, in years.
YEARS = 3

CANCEL = {"cancel": "Cancel"}
PAID = "This was paid already."
NO_CHOICE = "method must be one of those on the page"


def matching(pattern: re.Pattern[str], problem: str) -> Rule:
    """The rule for a text of one form."""

    def rule(value: Any) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise Invalid(problem)
        return value

    return rule


def parts(rules: Mapping[str, Rule]) -> Rule:
    """The rule for an object; of its parts, the problems are named in one sentence."""

    def rule(value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise Invalid("must be an object")
        try:
            return check_all(value, rules)
        except ApiError as error:
            raise Invalid(f"is invalid: {error.message}") from None

    return rule


REDIRECT_URLS: dict[str, Rule] = {"complete_url": required(uri), "cancel_url": uri}
COLOUR_RULE: Rule = optional(matching(COLOUR, "is not a colour such as #1a56f0"))
STYLE: dict[str, Rule] = {"theme_color": COLOUR_RULE, "text_color": COLOUR_RULE}
PARAMETERS: dict[str, Rule] = {
    **{name: optional(rule) for name, rule in charging.CHANGEABLE.items()},
    "order_id": optional(text),
    "redirect_urls": required(parts(REDIRECT_URLS)),
    "style": optional(parts(STYLE)),
    "locale": optional(matching(LOCALE, "must be two letters")),
    "auto_capture": optional(boolean),
}
TAKEN: Takes = (
    charging.AMOUNT | PARAMETERS | {"redirect_urls": REDIRECT_URLS, "style": STYLE, "payment_methods": looked_up}
)


@sessions.shown
def show(view: View, session: Document) -> dict[str, Any]:
    """A session, with the attempts to pay it; nothing of what was asked for is known to be shown."""
    charges = _charges(view.workspace, session)
    return {
        "object": "checkout_session",
        "id": session.id,
        "redirect_url": view.workspace.address(PAGE_HOST, f"/sessions/{session.id}"),
        "status": COMPLETE if any(map(_is_paid, charges)) else OPEN,
        "payments": [{"charge_id": charge.id, "status": charge["status"]} for charge in charges],
    }


@route("POST", "/api/sessions", host=CHECKOUT, takes=TAKEN)
def create(call: Call) -> Document:
    """Open a session. No event tells of it."""
    amount, currency = charging.amount_and_currency(call, call.params, code=CODE)
    given = check_all(call.params, PARAMETERS | {"payment_methods": optional(_choice(call))}, CODE)
    return call.create("checkout_session", given | {"amount": amount, "currency": currency, "charges": []})


@route("GET", PAGE, keys=(), host=CHECKOUT)
def show_page(call: Call, checkout_session: Document) -> Response:
    """What is to be paid, and the ways to pay it."""
    return _page(call, checkout_session)


@route("POST", PAGE, keys=(), host=CHECKOUT)
def pay(call: Call, checkout_session: Document) -> Response:
    """Charge what the payer picked, or go back to where the shop wants those who do not pay."""
    cancel_url = checkout_session["redirect_urls"]["cancel_url"]
    if str(call.params.get("action")) in CANCEL and cancel_url:
        return redirect(cancel_url)
    method = _methods(call, checkout_session).get(str(call.params.get("method")))
    if method is None:
        raise bad_request(NO_CHOICE)
    if any(map(_is_paid, _charges(call, checkout_session))):
        return _page(call, checkout_session, status=400)
    try:
        with call.store.part():
            charge = charging.make(call, _charge_params(call, checkout_session, method))
    except ApiError as error:
        return _page(call, checkout_session, error.message, status=error.status)
    return _begun(call, checkout_session, charge, method)


@route("GET", PAYMENT_PAGE, keys=(), host=CHECKOUT)
def show_payment(call: Call, checkout_session: Document, made: str) -> Response:
    """Where those wait who pay outside of the browser, with a code or at a till; with buttons for how that ends."""
    charge = _charge(call, checkout_session, made)
    if not awaits_payer(charge):
        return redirect(_complete_url(checkout_session, charge))
    parts = [payment.about(call, charge), _code(call, charge), form(payment.ACTIONS)]
    go_on = link_to("Paid on another device? Go on", f"/sessions/{checkout_session.id}/payments/{charge.id}")
    return page("Payment", price(_price(charge)), *parts, go_on, leads_to=_ways_out(checkout_session))


@route("POST", PAYMENT_PAGE, keys=(), host=CHECKOUT)
def end_payment(call: Call, checkout_session: Document, made: str) -> Response:
    """Carry out what was chosen there. What is done already stays as it is."""
    charge = _charge(call, checkout_session, made)
    action = call.params.get("action")
    if not isinstance(action, str) or action not in payment.ACTIONS:
        raise bad_request(payment.NO_ACTION)
    if awaits_payer(charge):
        complete(call, charge, succeeded=action == payment.PAY)
    return redirect(_complete_url(checkout_session, charge))


def _choice(workspace: Workspace) -> Callable[[Any], list[str]]:
    """The rule for the methods that a page offers: some of those that the account has."""
    names = {CARD.name, MOBILE_BANKING, *_offered(workspace)}

    def choice(value: Any) -> list[str]:
        if not isinstance(value, list) or not value:
            raise Invalid("must be a list of payment methods")
        unknown = [str(name) for name in value if not isinstance(name, str) or name not in names]
        if unknown:
            raise Invalid(f"has what is currently not supported: {', '.join(unknown)}")
        return list(dict.fromkeys(value))

    return choice


def _offered(workspace: Workspace) -> dict[str, Method]:
    """What an account can be paid with on a page, by name."""
    home = workspace.account["currency"]
    others = {name: method for name, method in METHODS.items() if method.flow and home in method.currencies}
    return {CARD.name: CARD, **others}


def _methods(workspace: Workspace, session: Document) -> dict[str, Method]:
    """What the page of a session offers, by name; one for mobile banking is every bank."""
    chosen = session["payment_methods"]
    if chosen is None:
        return _offered(workspace)
    banks = MOBILE_BANKING in chosen
    return {
        name: method
        for name, method in _offered(workspace).items()
        if name in chosen or (banks and name.startswith(f"{MOBILE_BANKING}_"))
    }


def _asked(method: Method) -> dict[str, str]:
    """What the payer types in to pay so, with a value to begin with."""
    names = [*method.requires, *(["number"] if method is CARD or method.with_card else [])]
    choices = {"installment_term": method.terms, "bank": method.banks or (), "number": (TEST_CARD,)}
    return {name: str(next(iter(choices.get(name, ())), "")) for name in names}


def _charge_params(call: Call, session: Document, method: Method) -> dict[str, Any]:
    """What ``POST /charges`` would be asked, with the token of the card whose number was typed in."""
    typed = {name: call.params[name] for name in _asked(method) if name in call.params}
    number = typed.pop("number", None)
    params = {name: session[name] for name in ("amount", "currency", "description", "metadata")}
    params["capture"] = session["auto_capture"]
    if method is not CARD:
        params["source"] = {"type": method.name, **typed}
    if method is CARD or method.with_card:
        year = day_of(call.now_ms).year + YEARS
        card = token.typed_card(call, {**HOLDER, "number": number, "expiration_year": year})
        params["card"] = token.keep(call, card).id
    if method.flow != OFFLINE:
        params["return_uri"] = session["redirect_urls"]["complete_url"]
    return params


def _begun(call: Call, session: Document, charge: Document, method: Method) -> Response:
    """Where the payer goes with a new charge: to its page, or back to the shop if there is nothing left to do."""
    call.update(session, {"charges": [*session["charges"], charge.id]})
    back = _complete_url(session, charge)
    if charge["return_uri"]:
        call.update(charge, {"return_uri": back})
    if not awaits_payer(charge):
        return redirect(back)
    if method.flow == OFFLINE:
        return redirect(f"/sessions/{session.id}/payments/{charge.id}")
    return redirect(call.show(charge)["authorize_uri"])


def _page(call: Call, session: Document, refusal: str = "", status: int = 200) -> Response:
    about = [price(_price(session)), facts({"To": merchant(call.account), "For": session["description"]})]
    about += [problem(refusal)] if refusal else []
    urls = session["redirect_urls"]
    paid = [charge for charge in _charges(call, session) if _is_paid(charge)]
    if paid:
        back = way_back(_complete_url(session, paid[-1]))
        return page("Checkout", *about, done(PAID), back, status=status)
    cancel = form(CANCEL, quiet=True) if urls["cancel_url"] else ""
    ways = _ways(_methods(call, session))
    return page("Checkout", *about, *ways, cancel, status=status, leads_to=_ways_out(session))


def _ways(methods: Mapping[str, Method]) -> list[str]:
    """What the payer picks from: the card, what is found by its name, and families that are folded."""
    families = {family: [name for name in methods if name.startswith(f"{family}_")] for family in FAMILIES}
    families["installment"] = [name for name in families["installment"] if name not in families["installment_wlb"]]
    singles = [name for name in methods if name != CARD.name and not any(name in names for names in families.values())]
    card = [_choices([CARD.name], methods, opened=True)] if CARD.name in methods else []
    folded = [fold(method_in_words(family), _choices(names, methods)) for family, names in families.items() if names]
    return [*card, _choices(singles, methods), *folded]


def _choices(names: Iterable[str], methods: Mapping[str, Method], *, opened: bool = False) -> str:
    """A button for each method; where something is to be typed in, it is folded."""
    asked = {name: _asked(methods[name]) for name in names}
    buttons = form({name: method_in_words(name) for name, fields in asked.items() if not fields}, name="method")
    typed = [
        fold(method_in_words(name), entry_form(fields, method=name), opened=opened)
        for name, fields in asked.items()
        if fields
    ]
    return (buttons if len(typed) < len(asked) else "") + "".join(typed)


def _code(call: Call, charge: Document) -> str:
    """The code that the payer scans, where the method has one; it leads to a page to pay at."""
    if not METHODS[charge["method"]].code:
        return ""
    source = call.find("source", charge["source"])
    return picture(svg(page_of(call, source["payment"])), "QR code of the page to pay at")


def _charges(workspace: Workspace, session: Document) -> list[Document]:
    """The attempts to pay a session, oldest first."""
    return [workspace.find("charge", charge_id) for charge_id in session["charges"]]


def _charge(workspace: Workspace, session: Document, charge_id: str) -> Document:
    if charge_id not in session["charges"]:
        raise not_found("charge", charge_id)
    return workspace.find("charge", charge_id)


def _is_paid(charge: Document) -> bool:
    return bool(charge["authorized"])


def _ways_out(session: Document) -> list[str | None]:
    return list(session["redirect_urls"].values())


def _complete_url(session: Document, charge: Document) -> str:
    """Where the payer comes back to, with the charge's id in the query."""
    url = urlsplit(str(session["redirect_urls"]["complete_url"]))
    query = "&".join(filter(None, (url.query, urlencode({"chargeId": charge.id}))))
    return urlunsplit(url._replace(query=query))


def _price(document: Document) -> str:
    return in_words(document["amount"], document["currency"])
