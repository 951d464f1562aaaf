"""
Payments: the pages that payers are sent to (``authorize_uri``), with a button to pay and one to fail.

Source: https://docs.omise.co/api-testing
"""

from __future__ import annotations

from ..http.call import Call
from ..http.pages import done, facts, form, page, paragraph, price, problem, redirect, way_back
from ..http.responses import Response
from ..http.routing import Resource, route
from ..refusals import bad_request
from ..rules.currencies import in_words
from ..rules.outcomes import CARD_PAGE, FAILURES, PENDING, SUCCESSFUL, awaits_payer, complete
from ..rules.wording import paid_with
from ..state.store import Document
from .account import merchant

PATH = "/payments/<payment>/authorize"

payments: Resource = Resource("payment", prefix=CARD_PAGE, path="/payments")

PAY, FAIL = "pay", "fail"
ACTIONS = {PAY: "Pay", FAIL: "Fail"}
#: What became of a payment, as its payer sees it; one that is only authorised is pending.
OUTCOMES = {
    "pending": "This payment was made.",
    "successful": "This payment was made.",
    "reversed": "This payment was taken back.",
    "failed": "This payment failed.",
    "expired": "This payment expired.",
}
AWAITED = "This payment was not made yet."
NO_ACTION = "action must be pay or fail"


@route("GET", PATH, keys=())
def show_page(call: Call, payment: Document) -> Response:
    """What is to be paid, and the two buttons; afterwards what became of it."""
    charge = call.find("charge", payment.parent)
    if awaits_payer(charge):
        return _page(call, charge, form(ACTIONS))
    return _outcome(call, charge)


@route("POST", PATH, keys=())
def act(call: Call, payment: Document) -> Response:
    """Carry out what the payer chose, and send the browser back to the shop. What is done already stays as it is."""
    charge = call.find("charge", payment.parent)
    action = call.params.get("action")
    if not isinstance(action, str) or action not in ACTIONS:
        raise bad_request(NO_ACTION)
    if not awaits_payer(charge):
        return _outcome(call, charge)
    complete(call, charge, succeeded=action == PAY)
    return redirect(charge["return_uri"]) if charge["return_uri"] else _outcome(call, charge)


def _page(call: Call, charge: Document, *parts: str) -> Response:
    asked = price(in_words(charge["amount"], charge["currency"]))
    return page("Payment", asked, about(call, charge), *parts, leads_to=[charge["return_uri"]])


def about(call: Call, charge: Document) -> str:
    """To whom a charge is paid, with what, and for what."""
    return facts({"To": merchant(call.account), "With": paid_with(call, charge), "For": charge["description"]})


def outcome(charge: Document) -> str:
    """What became of the payment of a charge, and why it failed if it did."""
    if awaits_payer(charge):
        return paragraph(AWAITED)
    said = OUTCOMES[charge["status"]]
    if charge["status"] in (PENDING, SUCCESSFUL):
        return done(said)
    reason = FAILURES.get(charge["failure_code"] or "")
    return problem(f"{said}\n{reason[0].upper()}{reason[1:]}." if reason else said)


def _outcome(call: Call, charge: Document) -> Response:
    return _page(call, charge, outcome(charge), way_back(charge["return_uri"]))
