"""
What the dashboard lists: its sections, the columns of their tables, and what a single record says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..state.kinds import KINDS
from .values import (
    Row,
    Value,
    about,
    captured,
    cards,
    delivered,
    expiry,
    money,
    of_paid,
    payer,
    refunded,
    scheduled,
    signed,
    state_of_charge,
    state_of_link,
    state_of_recipient,
    state_of_transfer,
    to_pay_at,
)

__all__ = ["SECTIONS", "Column", "Part", "Section", "places"]


@dataclass(frozen=True)
class Column:
    """
    One fact of a record.

    Attributes:
        value: How it is found; by default it is what the API shows under *name*.
        look: ``text``, ``long``, ``id``, ``money``, ``status``, ``time``, ``day``, ``code``, or ``link``.
        note: What stands below it in a list.
    """

    title: str
    name: str = ""
    look: str = "text"
    value: Value | None = None
    note: Column | None = None

    def of(self, row: Row) -> Any:
        """The fact about one record."""
        return self.value(row) if self.value else row.shown.get(self.name)


@dataclass(frozen=True)
class Part:
    """
    Records that belong to another: those of a section, found by that one's id in a field, or as their parent.
    """

    section: str
    field: str = ""


@dataclass(frozen=True)
class Section:
    """
    A list, and the page of each record in it.

    Attributes:
        empty: What is said where there is nothing yet.
        facts: What a single record says beside its columns.
        parts: What belongs to one of these.
        states: By which its list can be narrowed down; all of them are words of the field ``status``.
        listed: Whether there is a list of all of them.
    """

    name: str
    title: str
    kind: str
    columns: tuple[Column, ...]
    empty: str
    facts: tuple[Column, ...] = ()
    parts: tuple[Part, ...] = ()
    states: tuple[str, ...] = ()
    listed: bool = True


CREATED = Column("Created", "created_at", "time")
DESCRIPTION = Column("Description", "description")
STATUS = Column("Status", "status", "status")
AMOUNT = Column("Amount", look="money", value=money())

SECTIONS = {
    section.name: section
    for section in (
        Section(
            "charges",
            "Charges",
            "charge",
            (
                Column("Charge", "id", "id"),
                AMOUNT,
                Column("Status", look="status", value=state_of_charge),
                Column("Paid with", look="long", value=payer, note=DESCRIPTION),
                CREATED,
            ),
            "Nobody was charged yet.",
            (
                DESCRIPTION,
                Column("Failure", "failure_message"),
                Column("Customer", "customer", "id"),
                Column("Captured", look="money", value=captured),
                Column("Refunded", look="money", value=refunded),
                Column("Net", look="money", value=of_paid(money("net", "funding_currency"))),
                Column("Fee", look="money", value=of_paid(money("fee", "funding_currency"))),
                Column("VAT of the fee", look="money", value=of_paid(money("fee_vat", "funding_currency"))),
                Column("Transaction", "transaction", "id"),
                Column("Schedule", "schedule", "id"),
                Column("Link", "link", "id"),
                Column("Expires", look="time", value=expiry),
                Column("Paid", "paid_at", "time"),
                Column("Page to pay at", look="link", value=to_pay_at),
                Column("Leads back to", "return_uri", "code"),
            ),
            (Part("refunds"), Part("disputes"), Part("events")),
            ("pending", "successful", "failed", "expired", "reversed"),
        ),
        Section(
            "refunds",
            "Refunds",
            "refund",
            (Column("Refund", "id", "id"), AMOUNT, Column("Charge", "charge", "id"), CREATED),
            "Nothing was given back yet.",
            (Column("Transaction", "transaction", "id"),),
        ),
        Section(
            "customers",
            "Customers",
            "customer",
            (
                Column("Customer", "id", "id"),
                Column("Email", "email", "long", note=DESCRIPTION),
                Column("Cards", value=cards),
                CREATED,
            ),
            "There are no customers yet.",
            (DESCRIPTION, Column("Default card", "default_card", "code")),
            (Part("charges", "customer"), Part("schedules"), Part("events")),
        ),
        Section(
            "ledger",
            "Ledger",
            "transaction",
            (
                Column("Transaction", "id", "id"),
                Column("Amount", look="money", value=signed),
                Column("What", "key", "code"),
                Column("Because of", "origin", "id"),
                CREATED,
            ),
            "No money came or went yet.",
            (Column("Can be transferred from", "transferable_at", "time"),),
        ),
        Section(
            "disputes",
            "Disputes",
            "dispute",
            (
                Column("Dispute", "id", "id"),
                AMOUNT,
                STATUS,
                Column("Charge", "charge", "id"),
                Column("Reason", "reason_message", "long"),
                CREATED,
            ),
            "Nobody objected yet. A charge that was paid can be disputed on its page.",
            (Column("Answer", "message"), Column("Closed", "closed_at", "time")),
            (Part("events"),),
            ("open", "pending", "won", "lost"),
        ),
        Section(
            "schedules",
            "Schedules",
            "schedule",
            (
                Column("Schedule", "id", "id"),
                STATUS,
                Column("When", "in_words", "long", note=Column("What", value=scheduled)),
                Column("Next", look="day", value=lambda row: next(iter(row.shown["next_occurrences_on"]), None)),
                Column("Runs", value=lambda row: row.shown["occurrences"]["total"]),
            ),
            "Nothing repeats itself yet.",
            (
                Column("What", value=scheduled),
                Column("Starts", "start_on", "day"),
                Column("Ends", "end_on", "day"),
                Column("After that", look="day", value=lambda row: row.shown["next_occurrences_on"][1:6]),
            ),
            (Part("occurrences"), Part("events")),
            ("running", "expiring", "expired", "suspended", "deleted"),
        ),
        Section(
            "occurrences",
            "Runs",
            "occurrence",
            (
                Column("Run", "id", "id"),
                Column("On", "scheduled_on", "day"),
                STATUS,
                Column("Made", "result", "id"),
                Column("Why", "message", "long"),
                Column("Processed", "processed_at", "time"),
            ),
            "It did not run yet.",
            (Column("Schedule", "schedule", "id"), Column("Tried again", "retry_on", "day")),
            listed=False,
        ),
        Section(
            "transfers",
            "Transfers",
            "transfer",
            (
                Column("Transfer", "id", "id"),
                AMOUNT,
                Column("Status", look="status", value=state_of_transfer),
                Column("To", "recipient", "id"),
                CREATED,
            ),
            "Nothing was paid out yet.",
            (Column("Failure", "failure_message"),),
            (Part("events"),),
        ),
        Section(
            "recipients",
            "Recipients",
            "recipient",
            (
                Column("Recipient", "id", "id"),
                Column("Name", "name", "long"),
                Column("Status", look="status", value=state_of_recipient),
                CREATED,
            ),
            "There is nobody to pay out to yet.",
            (Column("Failure", "failure_code"),),
            (Part("transfers", "recipient"), Part("schedules"), Part("events")),
        ),
        Section(
            "links",
            "Links",
            "link",
            (
                Column("Link", "id", "id"),
                AMOUNT,
                Column("Status", look="status", value=state_of_link),
                Column("Title", "title", "long", note=DESCRIPTION),
                CREATED,
            ),
            "There are no links yet.",
            (DESCRIPTION, Column("Page to pay at", "payment_uri", "link")),
            (Part("charges", "link"), Part("events")),
        ),
        Section(
            "events",
            "Events",
            "event",
            (
                Column("Event", "id", "id"),
                Column("What", "key", "code"),
                Column("About", look="id", value=about),
                Column("Webhook", look="status", value=delivered),
                CREATED,
            ),
            "Nothing happened yet.",
        ),
    )
}


def places() -> dict[str, str]:
    """The section of each kind of record, by what the ids of that kind begin with."""
    return {KINDS[section.kind].prefix: section.name for section in SECTIONS.values()}
