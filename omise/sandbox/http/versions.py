"""
API versions: every answer is written in the newest one, then put back, step by step, into the one asked for.

What a version changed is a row of a table: the objects that it is about, and one small function that undoes it. The
walk through an answer, into lists and objects at any depth, is `translate`.

Source: https://docs.omise.co/api-versioning
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..refusals import bad_request

__all__ = ["LATEST", "VERSIONS", "Change", "requested", "translate"]

#: Oldest first, so that versions compare by their place; as dates they compare as text, too.
VERSIONS = ("2014-07-27", "2015-11-17", "2017-11-02", "2019-05-29")
LATEST = VERSIONS[-1]

Fields = dict[str, Any]
Edit = Callable[[Fields], Fields]

ANY = "*"

#: What is never translated: a merchant's own words, and what an event holds, which is in a version of its own.
UNTOUCHED = {(ANY, "metadata"), ("event", "data")}


@dataclass(frozen=True)
class Change:
    """
    What version *since* changed in objects of a kind (`ANY` for all), and how to undo it.

    Attributes:
        nested: Only where the object is embedded in another one.
    """

    since: str
    kind: str
    undo: Edit
    nested: bool = False


def rename(old: str, new: str) -> Edit:
    """Call *new* again what it was called, in its place."""
    return lambda fields: {(old if name == new else name): value for name, value in fields.items()}


def drop(*names: str) -> Edit:
    """Leave fields out."""
    return lambda fields: {name: value for name, value in fields.items() if name not in names}


def drop_if(value: Any, *names: str) -> Edit:
    """Leave fields out where they have that value."""
    return lambda fields: {name: item for name, item in fields.items() if name not in names or item is not value}


def edit(function: Callable[[Any], Any], *names: str) -> Edit:
    """Change the values of some fields, wherever they are set."""
    return lambda fields: {
        name: function(value) if name in names and value is not None else value for name, value in fields.items()
    }


def replace(**values: Any) -> Edit:
    """Fixed values for some fields."""
    return lambda fields: {name: values.get(name, value) for name, value in fields.items()}


def reorder(*names: str) -> Edit:
    """The fields in another order; those not named are left out."""
    return lambda fields: {name: fields[name] for name in names if name in fields}


def stub(fields: Fields) -> Fields:
    """What was left of a deleted object; a schedule always came back whole."""
    if fields.get("deleted") is not True or fields["object"] == "schedule":
        return fields
    return reorder("object", "id", "livemode", "deleted")(fields)


def numeric_offset(time: str) -> str:
    """``…+00:00`` in place of ``…Z``."""
    return time.removesuffix("Z") + "+00:00"


def bank_account_of_2017(fields: Fields) -> Fields:
    """The bank's code in the place of its name."""
    fields = rename("number", "account_number")(fields) | {"brand": fields["bank_code"]}
    return drop("bank_code")(fields)


def capability_of_2017(fields: Fields) -> Fields:
    """Payment methods by name, instead of a list of them. (inferred)"""
    methods = {method["name"]: drop("object", "name")(method) for method in fields["payment_methods"]}
    return rename("payment_backends", "payment_methods")(fields | {"payment_methods": methods})


def charge_of_2017(fields: Fields) -> Fields:
    """The keys that there were; the reference is that of the payment in the payer's address. (inferred)"""
    payment = PAYMENT.search(fields["authorize_uri"] or "")
    fields = rename("refunded", "refunded_amount")(fields)
    return reorder(*CHARGE_OF_2017)(fields | {"reference": payment[0] if payment else None})


def charge_of_2015(fields: Fields) -> Fields:
    """The kind of money, and the method outside of cards, in the place of a source. (inferred)"""
    source = fields["source"]
    fund = {"source_of_fund": "offsite" if source else "card", "offsite": source["type"] if source else None}
    return drop("source")(fields | fund)


def newest_transaction(fields: Fields) -> Fields:
    """The id of one transaction, where there is a list of them now, newest first in a dispute. (inferred)"""
    transactions = fields["transactions"]
    newest = transactions[0]["id"] if transactions else None
    return rename("transaction", "transactions")(fields | {"transactions": newest})


def running_is_active(status: str) -> str:
    """What the status of a schedule was called."""
    return "active" if status == "running" else status


LIST_OF_2017 = ("object", "from", "to", "offset", "limit", "total", "order", "location", "data")

CHARGE_OF_2017 = (
    "object",
    "id",
    "livemode",
    "location",
    "amount",
    "currency",
    "description",
    "metadata",
    "status",
    "capture",
    "authorized",
    "reversed",
    "paid",
    "transaction",
    "refunded",
    "refunds",
    "return_uri",
    "reference",
    "authorize_uri",
    "failure_code",
    "failure_message",
    "card",
    "customer",
    "ip",
    "dispute",
    "created",
    "source",
)
PAYMENT = re.compile(r"(?:paym|pay2|ofsp)_\w+")

#: Newest version first, and within one version in the order in which its changes are undone.
CHANGES = (
    Change("2019-05-29", ANY, stub),
    Change("2019-05-29", ANY, rename("created", "created_at")),
    Change("2019-05-29", ANY, edit(str.lower, "currency")),
    Change("2019-05-29", "customer", drop_if(False, "deleted")),
    Change("2019-05-29", "customer", drop("linked_accounts")),
    Change("2019-05-29", "card", drop_if(False, "deleted")),
    Change("2019-05-29", "card", drop("street1", "street2", "state", "phone_number")),
    Change("2019-05-29", "card", drop_if(None, "location")),
    Change("2019-05-29", "list", reorder(*LIST_OF_2017)),
    Change("2019-05-29", "list", replace(order=None), nested=True),
    Change("2019-05-29", "receipt_list", reorder(*LIST_OF_2017)),
    Change("2019-05-29", "balance", rename("available", "transferable")),
    Change("2019-05-29", "balance", rename("reserve_amount", "reserve")),
    Change("2019-05-29", "balance", drop("on_hold")),
    Change("2019-05-29", "bank_account", bank_account_of_2017),
    Change("2019-05-29", "capability", capability_of_2017),
    Change("2019-05-29", "charge", charge_of_2017),
    Change("2019-05-29", "dispute", newest_transaction),
    Change("2019-05-29", "event", drop("webhook_deliveries")),
    Change("2019-05-29", "forex", rename("from", "base")),
    Change("2019-05-29", "forex", rename("to", "quote")),
    Change("2019-05-29", "forex", edit(str.lower, "from", "to")),
    Change("2019-05-29", "link", drop_if(False, "deleted")),
    Change("2019-05-29", "occurrence", rename("schedule_date", "scheduled_on")),
    Change("2019-05-29", "occurrence", rename("retry_date", "retry_on")),
    Change("2019-05-29", "receipt", rename("date", "issued_on")),
    Change("2019-05-29", "receipt", drop("created", "livemode")),
    Change("2019-05-29", "recipient", drop_if(False, "deleted")),
    Change("2019-05-29", "refund", drop("livemode", "metadata", "status", "funding_amount", "funding_currency")),
    Change("2019-05-29", "schedule", rename("start_date", "start_on")),
    Change("2019-05-29", "schedule", rename("end_date", "end_on")),
    Change("2019-05-29", "schedule", rename("next_occurrence_dates", "next_occurrences_on")),
    Change("2019-05-29", "schedule", edit(running_is_active, "status")),
    Change("2019-05-29", "schedule", drop("active")),
    Change("2019-05-29", "scheduled_charge", drop("object", "id", "livemode", "created")),
    Change("2019-05-29", "scheduled_transfer", drop("object", "id", "livemode", "created")),
    Change("2019-05-29", "source", reorder("object", "id", "type", "flow", "amount", "currency")),
    Change("2019-05-29", "transaction", rename("type", "direction")),
    Change("2019-05-29", "transaction", rename("source", "origin")),
    Change("2019-05-29", "transaction", rename("transferable", "transferable_at")),
    Change("2019-05-29", "transaction", drop("key")),
    Change("2019-05-29", "transfer", newest_transaction),
    Change("2019-05-29", "transfer", drop_if(False, "deleted")),
    Change("2017-11-02", "charge", charge_of_2015),
    Change("2017-11-02", "list", reorder("object", "from", "to", "offset", "limit", "total", "data", "location")),
    Change("2017-11-02", "list", edit(numeric_offset, "from", "to")),
    Change("2015-11-17", "card", drop("bank")),
    Change("2015-11-17", "charge", rename("captured", "paid")),
    Change("2015-11-17", "charge", drop("status")),
)


def requested(header: str | None, default: str) -> str:
    """The version that a request asks for; *default* is its account's."""
    if not header:
        return default
    if header not in VERSIONS:
        raise bad_request("Omise-Version is not a known version")
    return header


def translate(fields: Fields, version: str, changes: tuple[Change, ...] = CHANGES) -> Fields:
    """*fields*, an object as version `LATEST` shows it, as *version* shows it."""
    undone = tuple(change for change in changes if change.since > version)
    return _object(fields, _by_kind(undone), nested=False) if undone else fields


def _by_kind(changes: tuple[Change, ...]) -> Mapping[str, list[Change]]:
    kinds = {change.kind for change in changes} - {ANY}
    every = {kind: [change for change in changes if change.kind in (kind, ANY)] for kind in kinds}
    return {**every, ANY: [change for change in changes if change.kind == ANY]}


def _object(fields: Fields, changes: Mapping[str, list[Change]], nested: bool) -> Fields:
    kind = fields["object"]
    for change in changes.get(kind, changes[ANY]):
        if nested or not change.nested:
            fields = change.undo(fields)
    return _items(kind, fields, changes)


def _items(kind: str, fields: Fields, changes: Mapping[str, list[Change]]) -> Fields:
    return {
        name: value if {(kind, name), (ANY, name)} & UNTOUCHED else _value(value, changes)
        for name, value in fields.items()
    }


def _value(value: Any, changes: Mapping[str, list[Change]]) -> Any:
    if isinstance(value, list):
        return [_value(item, changes) for item in value]
    if not isinstance(value, dict):
        return value
    if "object" in value:
        return _object(value, changes, nested=True)
    return _items("", value, changes)
