"""How each write is found again whose answer was lost: what it made, or what it changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..errors import APIError, OutcomeUnknown
from ..records import resolving
from ..records.access import BaseClient, Options
from ..records.identity import Record
from ..records.resolving import Inquiry, Way, is_open
from ..records.resource import Resource
from ..resolution import Done, NotDone, Resolved, StillUnknown
from .account import Account
from .card import Card
from .chain import Chain
from .charge import Charge
from .customer import Customer
from .dispute import Dispute
from .document import Document
from .link import Link
from .linked_account import LinkedAccount
from .recipient import Recipient
from .refund import Refund
from .schedule import Schedule
from .sub_merchant import SubMerchant
from .tokenization import find_token
from .transfer import Transfer
from .webhook_secret import WebhookSecret

ANOTHER_CARD = "the token was used, and it cannot be told whether by this write: see the cards of the customer"
SAME_KEY = (
    "what was sent has nothing in it that other transfers have not; to send it again with the same idemp_key, which "
    "error.params has, is safe: then it is the transfer from before, if there was one"
)


def _made(cls: type[Resource], template: str, *fixed: str) -> Way:
    """Return the way to what was created in a list; *fixed* are its fields that never change."""

    def way(inquiry: Inquiry, *ids: str) -> Resolved[Any]:
        return inquiry.made(cls, template.format(*ids), *fixed, same_one=is_open)

    return way


def _updated(cls: type[Resource], template: str) -> Way:
    def way(inquiry: Inquiry, *ids: str) -> Resolved[Any]:
        return inquiry.updated(cls, template.format(*ids))

    return way


def _gone(cls: type[Resource], template: str) -> Way:
    def way(inquiry: Inquiry, *ids: str) -> Resolved[Any]:
        return inquiry.gone(cls, template.format(*ids))

    return way


def _became(cls: type[Resource], **wanted: Any) -> Way:
    """Return the way to a record of which an action makes such fields."""

    def way(inquiry: Inquiry, id: str) -> Resolved[Any]:
        return inquiry.became(
            cls, f"{cls.path}/{id}", lambda record: all(record._attributes.get(name) == wanted[name] for name in wanted)
        )

    return way


# Charges


def _charge(inquiry: Inquiry) -> Resolved[Any]:
    if _is_unspent(inquiry):
        return NotDone()
    fixed = ("amount", "currency", "customer", "linked_account")
    return inquiry.made(Charge, "/charges", *fixed, same_one=lambda charge: _is_paid_with_it(inquiry, charge))


def _is_paid_with_it(inquiry: Inquiry, charge: Resource) -> bool | None:
    """Tell whether *charge* was made with the source or token that was sent, each of which is used once."""
    source, card = inquiry.params.get("source"), inquiry.params.get("card")
    if isinstance(source, str):
        return bool(_id_of(charge, "source") == source)
    if isinstance(source, Mapping):
        return None if (charge._attributes.get("source") or {}).get("type") == source.get("type") else False
    if isinstance(card, str) and card.startswith("card_") and _id_of(charge, "card") != card:
        return False
    return _is_of_known_card(inquiry, _id_of(charge, "card"))


def _is_of_known_card(inquiry: Inquiry, *ids: str | None) -> bool | None:
    """
    Tell whether the card that the token stood for is among *ids*.

    Inferred: the card keeps its id where the token is used. If it did not, nothing would follow.
    """
    known = inquiry.known.get("card")
    return True if known is not None and known in ids else None


def _id_of(record: Resource, name: str) -> Any:
    """Return the id that the field *name* of *record* is, or that the object there has."""
    value = record._attributes.get(name)
    return value.get("id") if isinstance(value, Mapping) else value


def _is_unspent(inquiry: Inquiry) -> bool:
    """Tell whether a token was sent that was never used, so that the write cannot have been carried out."""
    token = inquiry.params.get("card")
    if not isinstance(token, str) or not token.startswith("tokn_"):
        return False
    try:
        found = find_token(token, inquiry.origin, Options())
    except APIError:
        return False
    return found is not None and found._attributes.get("used") is False


def _captured(inquiry: Inquiry, id: str) -> Resolved[Any]:
    def is_captured(charge: Resource) -> bool | None:
        fields = charge._attributes
        if not fields.get("paid", fields.get("captured")):
            return False
        wanted, taken = inquiry.params.get("capture_amount", fields.get("amount")), fields.get("captured_amount")
        if taken is None or str(taken) == str(wanted):
            return True
        return None if fields.get("multi_capture") else False

    return inquiry.became(Charge, f"/charges/{id}", is_captured)


def _marked_as_paid(inquiry: Inquiry, id: str) -> Resolved[Any]:
    def is_paid(charge: Resource) -> bool:
        fields = charge._attributes
        held = fields.get("authorized") and fields.get("capture") is False
        return bool(fields.get("paid", fields.get("captured")) or held)

    return inquiry.became(Charge, f"/charges/{id}", is_paid)


def _disputed(inquiry: Inquiry, id: str) -> Resolved[Any]:
    charge = inquiry.read(Charge, f"/charges/{id}")
    dispute = getattr(charge, "dispute", None)
    return NotDone() if dispute is None else Done(dispute)


def _closed(inquiry: Inquiry, id: str) -> Resolved[Any]:
    return _became(Dispute, status=inquiry.params["status"])(inquiry, id)


# Customers and transfers


def _customer(inquiry: Inquiry) -> Resolved[Any]:
    if _is_unspent(inquiry):
        return NotDone()
    return inquiry.made(
        Customer, "/customers", same_one=lambda customer: _is_of_known_card(inquiry, _id_of(customer, "default_card"))
    )


def _customer_updated(inquiry: Inquiry, id: str) -> Resolved[Any]:
    path, known = f"/customers/{id}", inquiry.known.get("card")
    if inquiry.params.get("card") is None:
        return inquiry.updated(Customer, path)
    card = inquiry.read(Card, f"{path}/cards/{known}") if known else None
    if card is not None:
        return Done(card if inquiry.known.get("wanted") == "card" else inquiry.read(Customer, path))
    if _is_unspent(inquiry):
        return NotDone()
    customer = inquiry.read(Customer, path)
    return StillUnknown(ANOTHER_CARD, () if customer is None else (customer,))


def _transfer(inquiry: Inquiry) -> Resolved[Any]:
    answer = inquiry.made(Transfer, "/transfers", "currency", "recipient", same_one=is_open)
    if isinstance(answer, StillUnknown) and "idemp_key" in inquiry.params:
        return StillUnknown(SAME_KEY, answer.candidates)
    return answer


WAYS: dict[tuple[str, str], Way] = {
    ("PATCH", "/account"): _updated(Account, "/account"),
    ("POST", "/chains/{}/revoke"): _became(Chain, revoked=True),
    ("POST", "/charges"): _charge,
    ("PATCH", "/charges/{}"): _updated(Charge, "/charges/{}"),
    ("POST", "/charges/{}/capture"): _captured,
    ("POST", "/charges/{}/disputes"): _disputed,
    ("POST", "/charges/{}/expire"): _became(Charge, status="expired"),
    ("POST", "/charges/{}/mark_as_failed"): _became(Charge, status="failed"),
    ("POST", "/charges/{}/mark_as_paid"): _marked_as_paid,
    ("POST", "/charges/{}/refunds"): _made(Refund, "/charges/{}/refunds", "amount"),
    ("POST", "/charges/{}/reverse"): _became(Charge, status="reversed"),
    ("POST", "/customers"): _customer,
    ("PATCH", "/customers/{}"): _customer_updated,
    ("DELETE", "/customers/{}"): _gone(Customer, "/customers/{}"),
    ("PATCH", "/customers/{}/cards/{}"): _updated(Card, "/customers/{}/cards/{}"),
    ("DELETE", "/customers/{}/cards/{}"): _gone(Card, "/customers/{}/cards/{}"),
    ("PATCH", "/disputes/{}"): _updated(Dispute, "/disputes/{}"),
    ("PATCH", "/disputes/{}/accept"): _became(Dispute, status="lost"),
    ("PATCH", "/disputes/{}/close"): _closed,
    ("POST", "/disputes/{}/documents"): _made(Document, "/disputes/{}/documents"),
    ("DELETE", "/disputes/{}/documents/{}"): _gone(Document, "/disputes/{}/documents/{}"),
    ("POST", "/linked_accounts"): _made(LinkedAccount, "/linked_accounts", "type"),
    ("DELETE", "/linked_accounts/{}"): _gone(LinkedAccount, "/linked_accounts/{}"),
    ("POST", "/links"): _made(Link, "/links", "amount", "currency", "title", "description", "multiple"),
    ("DELETE", "/links/{}"): _gone(Link, "/links/{}"),
    ("POST", "/recipients"): _made(Recipient, "/recipients"),
    ("PATCH", "/recipients/{}"): _updated(Recipient, "/recipients/{}"),
    ("DELETE", "/recipients/{}"): _gone(Recipient, "/recipients/{}"),
    ("PATCH", "/recipients/{}/verify"): _became(Recipient, verified=True),
    ("POST", "/schedules"): _made(Schedule, "/schedules", "every", "period", "charge", "transfer"),
    ("DELETE", "/schedules/{}"): _gone(Schedule, "/schedules/{}"),
    ("POST", "/sub_merchants"): _made(SubMerchant, "/sub_merchants", "name"),
    ("POST", "/transfers"): _transfer,
    ("PATCH", "/transfers/{}"): _updated(Transfer, "/transfers/{}"),
    ("DELETE", "/transfers/{}"): _gone(Transfer, "/transfers/{}"),
    ("POST", "/transfers/{}/mark_as_paid"): _became(Transfer, paid=True),
    ("POST", "/transfers/{}/mark_as_sent"): _became(Transfer, sent=True),
    ("POST", "/webhooks/secrets"): _made(WebhookSecret, "/webhooks/secrets"),
    ("DELETE", "/webhooks/secrets/{}"): _gone(WebhookSecret, "/webhooks/secrets/{}"),
}
"""Every write of which the answer can be lost; ``{}`` is an id. Those that are harmless are repeated instead."""


def way_of(method: str, path: str) -> tuple[Way, tuple[str, ...]] | None:
    """Return the way for a request of *method* to *path*, with the ids in the path; None if there is none."""
    for (known, template), way in WAYS.items():
        found = re.fullmatch(template.replace("{}", "([A-Za-z0-9_-]+)"), path) if known == method else None
        if found:
            return way, found.groups()
    return None


def resolve(
    error: OutcomeUnknown, client: BaseClient | None, of: type[Record] | None, within: float, settled_after: float
) -> Resolved[Any]:
    """Find out what became of the write of *error*; `OutcomeUnknown.resolve` says how."""
    return resolving.resolve(way_of, error, client, of, within, settled_after)
