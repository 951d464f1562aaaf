"""
What the dashboard lists: its sections, the columns of their tables, and what a single record says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..rules.currencies import in_words
from ..rules.wording import paid_with
from ..state.kinds import KINDS
from ..state.store import Document
from ..state.workspace import Workspace

__all__ = ["SECTIONS", "Column", "Row", "Section", "places"]


@dataclass(frozen=True)
class Row:
    """A record: as it is kept, and as the API shows it."""

    workspace: Workspace
    document: Document
    shown: Mapping[str, Any]


Value = Callable[[Row], Any]


@dataclass(frozen=True)
class Column:
    """
    One fact of a record.

    Attributes:
        value: How it is found; by default it is what the API shows under *name*.
        look: ``text``, ``id``, ``money``, ``status``, ``time``, ``day``, ``code``, or ``link``.
    """

    title: str
    name: str = ""
    look: str = "text"
    value: Value | None = None

    def of(self, row: Row) -> Any:
        """The fact about one record."""
        return self.value(row) if self.value else row.shown.get(self.name)


@dataclass(frozen=True)
class Section:
    """
    A list, and the page of each record in it.

    Attributes:
        empty: What is said where there is nothing yet.
        facts: What a single record says beside its columns.
        parts: Kinds of records that belong to one of these, by the section that shows them.
    """

    name: str
    title: str
    kind: str
    columns: tuple[Column, ...]
    empty: str
    facts: tuple[Column, ...] = ()
    parts: tuple[str, ...] = ()


def money(name: str = "amount", currency: str = "currency") -> Value:
    """An amount for people, of the currency that stands beside it."""
    return lambda row: in_words(row.shown[name], row.shown[currency])


def signed(row: Row) -> str:
    """An amount of the ledger, with the sign of its direction."""
    sign = "+" if row.shown["direction"] == "credit" else "\N{MINUS SIGN}"
    return sign + in_words(row.shown["amount"], row.shown["currency"])


def payer(row: Row) -> str:
    """What a charge is paid with."""
    return paid_with(row.workspace, row.document)


def to_pay_at(row: Row) -> str | None:
    """The page on which the payer of a charge pays, or does not."""
    return row.shown["authorize_uri"] if row.shown["status"] == "pending" else None


def cards(row: Row) -> str:
    """The cards of a customer."""
    return ", ".join(f"{card['brand']} {card['last_digits']}" for card in row.shown["cards"]["data"])


def scheduled(row: Row) -> str:
    """What a schedule does each time."""
    half = row.document["half"]
    amount = row.shown[half].get("amount")
    return f"{half} of {in_words(amount, row.shown[half]['currency'])}" if amount else half


def delivered(row: Row) -> str:
    """How far an event came."""
    attempts = row.shown["webhook_deliveries"]
    if not attempts:
        return "nowhere to go"
    last = attempts[-1]
    return f"answered {last['status']}" if last["status"] else str(last["error"])


def about(row: Row) -> str | None:
    """What an event happened to."""
    return row.document.parent


def state_of_transfer(row: Row) -> str:
    """How far a transfer came."""
    return next((name for name in ("paid", "sent") if row.shown[name]), row.shown["failure_code"] or "pending")


def state_of_recipient(row: Row) -> str:
    """Whether a recipient can be sent money."""
    return next((name for name in ("active", "verified") if row.shown[name]), row.shown["failure_code"] or "pending")


def state_of_link(row: Row) -> str:
    """Whether a link can be used."""
    return next((name for name in ("deleted", "used") if row.shown[name]), "open")


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
                STATUS,
                Column("Paid with", value=payer),
                DESCRIPTION,
                CREATED,
            ),
            "Nobody was charged yet.",
            (
                Column("Customer", "customer", "id"),
                Column("Net", look="money", value=money("net", "funding_currency")),
                Column("Fee", look="money", value=money("fee", "funding_currency")),
                Column("VAT of the fee", look="money", value=money("fee_vat", "funding_currency")),
                Column("Refunded", look="money", value=money("refunded_amount")),
                Column("Failure", "failure_message"),
                Column("Transaction", "transaction", "id"),
                Column("Schedule", "schedule", "id"),
                Column("Link", "link", "id"),
                Column("Expires", "expires_at", "time"),
                Column("Paid", "paid_at", "time"),
                Column("Page to pay at", look="link", value=to_pay_at),
                Column("Leads back to", "return_uri", "code"),
            ),
            ("refunds", "disputes", "events"),
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
                Column("Email", "email"),
                DESCRIPTION,
                Column("Cards", value=cards),
                CREATED,
            ),
            "There are no customers yet.",
            (Column("Default card", "default_card", "code"),),
            ("schedules", "events"),
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
                Column("Answer", "message"),
                CREATED,
            ),
            "Nobody objected yet. A charge that was paid can be disputed on its page.",
            (Column("Reason", "reason_message"), Column("Closed", "closed_at", "time")),
            ("events",),
        ),
        Section(
            "schedules",
            "Schedules",
            "schedule",
            (
                Column("Schedule", "id", "id"),
                STATUS,
                Column("When", "in_words"),
                Column("What", value=scheduled),
                Column("Next", look="day", value=lambda row: next(iter(row.shown["next_occurrences_on"]), None)),
                Column("Runs", value=lambda row: row.shown["occurrences"]["total"]),
            ),
            "Nothing repeats itself yet.",
            (
                Column("Starts", "start_on"),
                Column("Ends", "end_on"),
                Column("Coming", value=lambda row: ", ".join(row.shown["next_occurrences_on"][:6])),
            ),
            ("events",),
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
            ("events",),
        ),
        Section(
            "recipients",
            "Recipients",
            "recipient",
            (
                Column("Recipient", "id", "id"),
                Column("Name", "name"),
                Column("Status", look="status", value=state_of_recipient),
                CREATED,
            ),
            "There is nobody to pay out to yet.",
            (Column("Failure", "failure_code"),),
            ("schedules", "events"),
        ),
        Section(
            "links",
            "Links",
            "link",
            (
                Column("Link", "id", "id"),
                AMOUNT,
                Column("Status", look="status", value=state_of_link),
                Column("Title", "title"),
                CREATED,
            ),
            "There are no links yet.",
            (DESCRIPTION, Column("Page to pay at", "payment_uri", "link")),
            ("events",),
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
