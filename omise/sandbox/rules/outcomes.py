"""
What becomes of a charge: accepted or declined, captured or not, and what can still be done with it.

Source: https://docs.omise.co/charges-api
"""

from __future__ import annotations

from typing import Any

from ..state.alarms import alarm
from ..state.clock import day_of
from ..state.store import Document
from ..state.workspace import Workspace
from . import ledger
from .currencies import share
from .fees import fees_of
from .methods import CARD, METHODS, Method
from .provenance import DOCUMENTED, fact
from .timing import CHARGE_SETTLED_AFTER, REFUNDABLE_FOR, milliseconds

__all__ = [
    "EXPIRED",
    "FAILED",
    "FAILURES",
    "PENDING",
    "REJECTED",
    "REVERSED",
    "SUCCESSFUL",
    "accept",
    "awaits_payer",
    "begin",
    "can_be_voided",
    "change",
    "collect",
    "complete",
    "decline",
    "is_capturable",
    "is_refundable",
    "left",
    "method_of",
    "page_of",
]

PENDING, SUCCESSFUL, FAILED, EXPIRED, REVERSED = "pending", "successful", "failed", "expired", "reversed"

#: Why a charge fails, in the words of the API. A few of the texts are inferred.
FAILURES = {
    "insufficient_fund": "insufficient funds in the account or the card has reached the credit limit",
    "failed_fraud_check": "failed fraud check",
    "failed_processing": "payment processing failed",
    "invalid_security_code": "the security code is invalid",
    "invalid_account_number": "invalid account number",
    "payment_rejected": "payment rejected by issuer",
    "stolen_or_lost_card": "stolen or lost card",
    "expired_card": "card is expired",
}
#: What the card that is declined with advice says; the advice's code is the amount. (the text of all but 9101 inferred)
ADVICE = "Issuer Declined: By Issuing Bank"
REJECTED = "payment_rejected"
#: The effects of cards that only 3-D Secure brings about: before the payer is asked, and after.
NOT_ENROLLED, NOT_VALIDATED = "3ds_enrolment_failed", "3ds_validation_failed"
#: The effect of the card that is declined with advice for the merchant.
ADVISED = "declined_with_advice"

MAX_REFUNDS = fact(15, DOCUMENTED, "how many refunds a charge can have")

#: Of the addresses of payment pages, for cards and for sources.
CARD_PAGE, SOURCE_PAGE = "paym", "pay2"


def begin(workspace: Workspace, charge: Document, method: Method) -> None:
    """
    A card is tried at once, unless its holder is asked first; others are waited for.

    Whoever says where the payer comes back to gets the address of a page, even if the payer need not go there.
    """
    if charge["return_uri"] or method.referenced or method.code:
        page = page_of(workspace, _open_page(workspace, charge))
        change(workspace, charge, authorize_uri=page if charge["return_uri"] else None)
    if method is CARD and not charge["authentication"]:
        _try_card(workspace, charge)
    elif method is CARD and _effect(workspace, charge) == NOT_ENROLLED:
        decline(workspace, charge, REJECTED)
    elif charge["linked_account"]:
        accept(workspace, charge)
    if charge["status"] == PENDING:
        alarm(workspace, "charge.expire", charge, charge["expires"])


def _open_page(workspace: Workspace, charge: Document) -> str:
    """The id of a new page on which the charge is paid, or not; its source keeps it."""
    of_card = method_of(charge) is CARD
    made = workspace.store.create(
        "payment",
        CARD_PAGE if of_card else SOURCE_PAGE,
        {},
        now_ms=workspace.now_ms,
        livemode=workspace.livemode,
        account=workspace.account.id,
        parent=charge.id,
    )
    source = workspace.store.get(charge["source"] or "")
    if source:
        workspace.update(source, {"payment": made.id})
    return made.id


def page_of(workspace: Workspace, payment: str) -> str:
    """The address of such a page, by its id."""
    path = f"/payments/{payment}/authorize"
    if payment.startswith(CARD_PAGE):
        return workspace.address("api", path)
    return workspace.address("pay", f"{path}?acs=false")


def _try_card(workspace: Workspace, charge: Document) -> None:
    """What the card's number and its expiry date make of the charge."""
    effect = _effect(workspace, charge)
    if effect == NOT_VALIDATED and charge["authentication"]:
        decline(workspace, charge, REJECTED)
    elif effect == ADVISED:
        decline(workspace, charge, REJECTED, advised=True)
    elif effect in FAILURES:
        decline(workspace, charge, effect)
    else:
        accept(workspace, charge)


def _effect(workspace: Workspace, charge: Document) -> str:
    card, today = workspace.store.get(charge["card"]), day_of(workspace.now_ms)
    assert card is not None
    over = (card["expiration_year"], card["expiration_month"]) < (today.year, today.month)
    return "expired_card" if over else card["effect"] or ""


def accept(workspace: Workspace, charge: Document) -> None:
    """The money is there: it is collected, or held until it is captured."""
    authorized: dict[str, Any] = {"authorized": True, "authorized_at": workspace.now_ms}
    change(workspace, charge, **authorized)
    if charge["capture"] or not method_of(charge).capturable:
        collect(workspace, charge, charge["amount"])


def decline(workspace: Workspace, charge: Document, failure: str, *, advised: bool = False) -> None:
    """The charge has failed; *advised* if the bank says what to do about it."""
    advice = {"merchant_advice": ADVICE, "merchant_advice_code": str(charge["amount"])} if advised else {}
    change(workspace, charge, status=FAILED, failure_code=failure, **advice)


def collect(workspace: Workspace, charge: Document, amount: int) -> None:
    """Put *amount* of the charge into the ledger, without the fees."""
    funding = share(charge["funding"], amount, of=charge["amount"])
    fees = fees_of(funding, method_of(charge).fee_rate)
    booked = ledger.book(workspace, "charge.captured.net", charge, funding - fees.fee - fees.vat)
    change(
        workspace,
        charge,
        status=SUCCESSFUL,
        captured=amount,
        funding=funding,
        fee=fees.fee,
        fee_vat=fees.vat,
        paid_at=workspace.now_ms,
        transaction=booked.id,
    )


def change(workspace: Workspace, charge: Document, **changes: Any) -> None:
    """Change the charge, and what its token and its source tell of it."""
    workspace.update(charge, changes)
    for name in ("token", "source"):
        paid_with = workspace.store.get(charge[name]) if charge[name] else None
        if paid_with and paid_with["charge_status"] != charge["status"]:
            workspace.update(paid_with, {"charge_status": charge["status"]})


def complete(workspace: Workspace, charge: Document, *, succeeded: bool) -> None:
    """The payer of a pending charge is done. What a card then comes to depends on its number, too."""
    if not succeeded:
        decline(workspace, charge, REJECTED)
    elif charge["card"]:
        _try_card(workspace, charge)
    else:
        accept(workspace, charge)
    workspace.emit("charge.complete", charge)


def awaits_payer(charge: Document) -> bool:
    """Whether it is the payer's turn."""
    return charge["status"] == PENDING and not charge["authorized"]


def is_capturable(charge: Document) -> bool:
    return charge["status"] == PENDING and bool(charge["authorized"])


def method_of(charge: Document) -> Method:
    """How a charge is paid."""
    return METHODS[charge["method"]]


def left(charge: Document) -> int:
    """What was paid and not refunded, in the currency of the charge."""
    return 0 if charge["paid_at"] is None else charge["captured"] - charge["refunded"]


def is_refundable(workspace: Workspace, charge: Document) -> bool:
    """Whether anything of a charge can be given back now."""
    return (
        left(charge) > 0
        and method_of(charge).refundable
        and charge["refunds"] < MAX_REFUNDS
        and workspace.now_ms <= charge.created + milliseconds(REFUNDABLE_FOR)
        and all(dispute["status"] == "won" for dispute in workspace.all("dispute", charge))
    )


def can_be_voided(workspace: Workspace, charge: Document) -> bool:
    """Whether a refund of the whole is a void: of a card, until it is settled, which never happens in test mode."""
    settled = charge.livemode and workspace.now_ms > (charge["paid_at"] or 0) + milliseconds(CHARGE_SETTLED_AFTER)
    return method_of(charge) is CARD and not charge["refunded"] and not settled and is_refundable(workspace, charge)
