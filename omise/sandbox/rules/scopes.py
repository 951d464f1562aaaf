"""
What can be searched for: the scopes, with their filters, and free text.

Filters look at objects as the newest version of the API shows them. Their names are not those of fields.

Source: https://docs.omise.co/search-api
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .filters import Fields, Filter, Get, Test, amount, boolean, getter, moment, number, word

__all__ = ["SCOPES", "Scope", "matches_query"]


@dataclass(frozen=True)
class Scope:
    """
    One kind of thing to search.

    Attributes:
        kind: Of the documents; a scope that the sandbox keeps nothing of finds nothing.
        only: Which of them; None for all.
        linked: Fields whose ids are to be replaced by the objects before filters look at them.
    """

    kind: str
    filters: Mapping[str, Filter] = field(default_factory=dict)
    only: Test | None = None
    linked: tuple[str, ...] = ()


def given(get: str) -> Get:
    """Whether there is something."""
    find = getter(get)
    return lambda fields: find(fields) is not None


def nothing(fields: Fields) -> None:
    """What no object of the sandbox has."""


def source_of_fund(charge: Fields) -> str:
    """``card``, or whether the payer was sent somewhere (``offsite``) or got a code (``offline``)."""
    if charge["card"] is not None:
        return "card"
    return "offline" if (charge["source"] or {}).get("flow") == "offline" else "offsite"


def is_installment(charge: Fields) -> bool:
    """Whether it is paid in instalments."""
    return bool(charge["source"]) and charge["source"]["type"].startswith("installment_")


CHARGE_STATUSES = ("failed", "expired", "pending", "reversed", "successful")
DISPUTE_STATUSES = ("open", "pending", "won", "lost")
SCHEDULE_STATUSES = ("running", "expiring", "expired", "deleted", "suspended")
LINKED_ACCOUNT_STATUSES = ("pending", "successful", "failed", "expired", "deleted")
LINKED_ACCOUNT_TYPES = ("direct_debit_bay", "direct_debit_kbank", "direct_debit_ktb", "direct_debit_scb")
REGISTRATION_STATUSES = ("unsubmitted", "start", "pending", "accepted", "rejected")

CREATED = {"created": moment("created_at")}
#: What is said of the card behind a refund or a dispute is said of that of its charge.
CARD_OF_CHARGE = {
    "card_first_digits": word("charge.card.first_digits"),
    "card_last_digits": word("charge.card.last_digits"),
    "charge_id": word("charge.id"),
}
SCHEDULE = {"active": boolean("active"), "status": word("status", *SCHEDULE_STATUSES, active="running"), **CREATED}

SCOPES = {
    "audit": Scope(
        "audit",
        {
            "actor_email": word("actor_email"),
            "actor_type": word("actor_type"),
            "auditable_type": word("auditable_type"),
            "auditable_uid": word("auditable_uid"),
            "verb": word("verb"),
            **CREATED,
        },
    ),
    "charge": Scope(
        "charge",
        {
            "amount": amount("amount"),
            "authorized": boolean("authorized"),
            "capture": boolean("capture"),
            "capture_id": word(nothing),
            "captured": boolean("paid"),
            "card_last_digits": word("card.last_digits"),
            "currency": word("currency"),
            "customer_present": boolean(lambda charge: charge["schedule"] is None),  # (inferred)
            "disputed": boolean(given("dispute")),
            "failure_code": word("failure_code"),
            "installment_terms": number("source.installment_term"),
            "is_installment": boolean(is_installment),
            "refund_amount": amount("refunded_amount"),
            "refunded": amount("refunded_amount"),
            "reversed": boolean("reversed"),
            "safe": boolean(lambda charge: charge["failure_code"] != "failed_fraud_check"),  # (inferred)
            "scheduled": boolean(given("schedule")),
            "source_of_fund": word(source_of_fund, "card", "offsite", "offline"),
            "source_type": word("source.type"),
            "status": word("status", *CHARGE_STATUSES),
            "voided": boolean("voided"),
            "acquirer_reference_number": word("acquirer_reference_number"),
            **CREATED,
        },
    ),
    "charge_schedule": Scope(
        "schedule",
        {**SCHEDULE, "amount": amount("charge.amount"), "card_last_digits": word("charge.card.last_digits")},
        only=given("charge"),
        linked=("charge.card",),
    ),
    "customer": Scope("customer", CREATED),
    "dispute": Scope(
        "dispute",
        {
            "amount": amount("amount"),
            "closed_at": moment("closed_at"),
            "currency": word("currency"),
            "delayed": boolean(nothing),  # (inferred)
            "status": word("status", *DISPUTE_STATUSES),
            **CARD_OF_CHARGE,
            **CREATED,
        },
        linked=("charge",),
    ),
    "event": Scope("event"),
    "link": Scope(
        "link",
        {
            "amount": amount("amount"),
            "currency": word("currency"),
            "multiple": boolean("multiple"),
            "pending": boolean(lambda link: not link["used"]),  # (inferred)
            "used": boolean("used"),
            "used_at": moment("used_at"),
            **CREATED,
        },
    ),
    "linked_account": Scope(
        "linked_account",
        {"status": word("status", *LINKED_ACCOUNT_STATUSES), "type": word("type", *LINKED_ACCOUNT_TYPES), **CREATED},
    ),
    "log_entry": Scope("log_entry"),
    "receipt": Scope("receipt", CREATED),
    "recipient": Scope(
        "recipient",
        {
            "activated_at": moment("activated_at"),
            "active": boolean("active"),
            "bank_last_digits": word("bank_account.last_digits"),
            "deleted": boolean("deleted"),
            "failure_code": word("failure_code"),
            "type": word("type", "individual", "corporation"),
            "verified": boolean("verified"),
            "verified_at": moment("verified_at"),
            **CREATED,
        },
    ),
    "refund": Scope(
        "refund",
        {
            "acquirer_reference_number": word("acquirer_reference_number"),
            "amount": amount("amount"),
            "status": word("status", "closed"),
            "voided": boolean("voided"),
            **CARD_OF_CHARGE,
            **CREATED,
        },
        linked=("charge",),
    ),
    "sub_merchant": Scope(
        "sub_merchant",
        {
            "agreement_accepted": boolean(lambda merchant: merchant["live_account_status"] == "accepted"),  # (inferred)
            "live_activated": boolean(lambda merchant: merchant["live_account_status"] == "accepted"),  # (inferred)
            "owner_uid": word("parent_team_id"),  # (inferred)
            "registration_status": word("live_account_status", *REGISTRATION_STATUSES),
            **CREATED,
        },
    ),
    "transaction": Scope("transaction"),
    "transfer": Scope(
        "transfer",
        {
            "amount": amount("amount"),
            "currency": word("currency"),
            "deleted": boolean("deleted"),
            "fee": amount("fee"),
            "paid": boolean("paid"),
            "paid_at": moment("paid_at"),
            "sent": boolean("sent"),
            "sent_at": moment("sent_at"),
            **CREATED,
        },
    ),
    "transfer_schedule": Scope("schedule", SCHEDULE, only=given("transfer")),
}

#: Fields whose texts a query looks at, at any depth but within lists of other objects. (inferred)
SEARCHED = {
    "id",
    "title",
    "description",
    "name",
    "email",
    "message",
    "reason_message",
    "key",
    "origin",
    "number",
    "last_digits",
    "charge",
    "customer",
    "recipient",
    "schedule",
    "link",
    "transaction",
    "failure_code",
    "in_words",
}


def matches_query(fields: Fields, query: str) -> bool:
    """Whether each word of a query is part of one of the texts of an object, whatever the case. (inferred)"""
    texts = [text.casefold() for text in _texts(fields)]
    return all(any(part in text for text in texts) for part in query.casefold().split())


def _texts(fields: Fields) -> Iterator[str]:
    for name, value in fields.items():
        if name == "metadata":
            yield from _leaves(value)
        elif isinstance(value, str) and name in SEARCHED:
            yield value
        elif isinstance(value, Mapping) and value.get("object") != "list":
            yield from _texts(value)


def _leaves(value: Any) -> Iterator[str]:
    """Everything that a merchant wrote into metadata, names included."""
    if isinstance(value, Mapping):
        yield from value
        yield from _leaves(list(value.values()))
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif value is not None:
        yield str(value)
