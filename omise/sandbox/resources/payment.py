"""
Payments: the pages that payers are sent to (``authorize_uri``), with a button to pay and one to fail.

Source: https://docs.omise.co/api-testing
"""

from __future__ import annotations

from ..http.call import Call
from ..http.pages import form, page, paragraph, redirect, way_back
from ..http.responses import Response
from ..http.routing import Resource, route
from ..refusals import bad_request
from ..rules.currencies import in_words
from ..rules.outcomes import CARD_PAGE, awaits_payer, complete
from ..state.store import Document

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
NO_ACTION = "action must be pay or fail"


@route("GET", PATH, keys=())
def show_page(call: Call, payment: Document) -> Response:
    """What is to be paid, and the two buttons; afterwards what became of it."""
    charge = call.find("charge", payment.parent)
    if awaits_payer(charge):
        return _page(charge, form(ACTIONS))
    return _outcome(charge)


@route("POST", PATH, keys=())
def act(call: Call, payment: Document) -> Response:
    """Carry out what the payer chose, and send the browser back to the shop. What is done already stays as it is."""
    charge = call.find("charge", payment.parent)
    action = call.params.get("action")
    if not isinstance(action, str) or action not in ACTIONS:
        raise bad_request(NO_ACTION)
    if not awaits_payer(charge):
        return _outcome(charge)
    complete(call, charge, succeeded=action == PAY)
    return redirect(charge["return_uri"]) if charge["return_uri"] else _outcome(charge)


def _page(charge: Document, *parts: str) -> Response:
    about = paragraph(charge["description"]) if charge["description"] else ""
    price = paragraph(in_words(charge["amount"], charge["currency"]))
    return page("Payment", price, about, *parts, leads_to=[charge["return_uri"]])


def _outcome(charge: Document) -> Response:
    return _page(charge, paragraph(OUTCOMES[charge["status"]]), way_back(charge["return_uri"]))
