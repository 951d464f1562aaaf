"""
Sources: ways to pay other than cards, each for a single charge. Made with a public key, they are open to all accounts.

Source: https://docs.omise.co/sources-api
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..http.call import Call
from ..http.keys import PUBLIC, SECRET
from ..http.routing import Resource, route
from ..http.takes import Takes, each
from ..refusals import bad_request
from ..rules.countries import country_of
from ..rules.currencies import convert, currency
from ..rules.methods import METHODS, Method
from ..rules.pictures import PICTURES
from ..rules.validation import Invalid, Rule, boolean, check_all, integer, looked_up, metadata, optional, text, unused
from ..state.clock import time_text
from ..state.store import Document
from ..state.workspace import View, Workspace
from . import document

__all__ = ["TAKEN", "checked", "keep", "show_code"]

#: Where goods are sent, and what is sold. Nothing comes of what is said of them.
PLACE = ("street1", "street2", "city", "state", "postal_code", "country")
GOODS = ("name", "quantity", "amount", "sku", "category", "brand", "item_uri", "image_uri")

SINCE = "2017-11-02"
KEYS = (PUBLIC, SECRET)

sources: Resource = Resource("source", prefix="src", path="/sources")
sources.retrievable(keys=KEYS, since=SINCE)

MAX_NAME = 10
PHONE_NUMBER = re.compile("[0-9]{10,11}")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")

WRONG_TYPE = "is currently not supported"
#: The words of what is missing are known for one field; the others are inferred from it.
BLANK = "cannot be blank"

TAX_ID = "0000000000000"
#: The format of a code's picture, where none was asked for. It is recorded of PromptPay, and inferred for the others.
PICTURE = "svg"


def items(value: Any) -> list[Any]:
    """What is sold: a list of objects."""
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        raise Invalid("must be a list of objects")
    return list(metadata({"items": value})["items"])


def email(value: Any) -> str | None:
    """An address, in the words of this resource."""
    address = text(value)
    if address is not None and not ADDRESS.fullmatch(address):
        raise Invalid("is in invalid format")
    return address


def qr_settings(value: Any) -> dict[str, str]:
    """The format of the picture."""
    image_type = text(metadata(value).get("image_type")) or PICTURE
    if image_type not in PICTURES:
        raise Invalid("has an image_type that is not supported")
    return {"image_type": image_type}


TEXTS = (
    "bank",
    "barcode",
    "ip",
    "mobile_number",
    "name",
    "phone_number",
    "platform_type",
    "promotion_code",
    "store_id",
    "store_name",
    "supplier_id",
    "terminal_id",
)
PARAMETERS: dict[str, Rule] = {
    "currency": currency,
    "amount": integer(),
    "email": optional(email),
    "installment_term": optional(integer()),
    "zero_interest_installments": optional(boolean),
    "billing": optional(metadata),
    "shipping": optional(metadata),
    "items": optional(items),
    "qr_settings": optional(qr_settings),
    **dict.fromkeys(TEXTS, optional(text)),
}
TAKEN: Takes = PARAMETERS | {
    "type": looked_up,
    "billing": each(PLACE, unused),
    "shipping": each(PLACE, unused),
    "items": each(GOODS, unused),
    "qr_settings": {"image_type": looked_up},
}


@sources.shown
def show(view: View, source: Document) -> dict[str, Any]:
    """A source; the code to scan appears when it is charged."""
    return {
        "object": "source",
        "id": source.id,
        "livemode": source.livemode,
        "location": f"/sources/{source.id}",
        "amount": source["amount"],
        "barcode": source["barcode"],
        "bank": source["bank"],
        "created_at": view.created_at(source),
        "currency": source["currency"],
        "email": source["email"],
        "flow": METHODS[source["type"]].flow,
        "installment_term": source["installment_term"],
        "ip": source["ip"],
        "absorption_type": _absorption(source),
        "name": source["name"],
        "mobile_number": source["mobile_number"],
        "phone_number": source["phone_number"],
        "platform_type": source["platform_type"],
        "scannable_code": _scannable_code(view, source),
        "qr_settings": source["qr_settings"],
        "billing": source["billing"],
        "shipping": source["shipping"],
        "items": source["items"] or [],
        "references": source["references"],
        "provider_references": _provider_references(source),
        "store_id": source["store_id"],
        "store_name": source["store_name"],
        "terminal_id": source["terminal_id"],
        "type": source["type"],
        "zero_interest_installments": source["zero_interest_installments"],
        "charge_status": source["charge_status"],
        "receipt_amount": None,
        "discounts": [],
        "promotion_code": source["promotion_code"],
        "supplier_id": source["supplier_id"],
    }


@route("POST", "/sources", keys=KEYS, since=SINCE, takes=TAKEN)
def create(call: Call) -> Document:
    """Make a source. No event tells of it."""
    return keep(call, checked(call, call.params))


def checked(workspace: Workspace, params: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a source that is asked for, or the error ``bad_request``."""
    given = check_all(params, PARAMETERS | {"type": _offered_to(workspace)})
    method = METHODS[given["type"]]
    problems = [
        *_amount_problems(workspace, method, given),
        *(f"{name} {BLANK}" for name in method.requires if given[name] is None),
        *_field_problems(method, given),
    ]
    if problems:
        raise bad_request(*problems)
    return given


def keep(workspace: Workspace, fields: Mapping[str, Any]) -> Document:
    """A new source, of fields that are `checked`; without another address it is the caller's."""
    state = {"charge": None, "charge_status": "unknown", "code": None, "references": None, "payment": None}
    return workspace.create("source", {**fields, "ip": fields["ip"] or workspace.caller, **state}, shared=True)


def show_code(workspace: Workspace, source: Document, charge: Document, expires_ms: int) -> None:
    """Give a source what its payer needs to pay *charge*: the picture of a code, or the numbers of a bill."""
    method = METHODS[source["type"]]
    if method.code:
        form = (source["qr_settings"] or {}).get("image_type", PICTURE)
        picture = document.keep_code(workspace, charge, form)
        workspace.update(source, {"code": picture.id})
    elif method.bill:
        workspace.update(source, {"references": _references(charge, expires_ms)})


def _offered_to(workspace: Workspace) -> Rule:
    """The rule for a type: a method that the country has, and that is charged by source."""

    def offered(value: Any) -> str:
        method = METHODS.get(value) if isinstance(value, str) else None
        if method is None or not method.flow or workspace.account["currency"] not in method.currencies:
            raise Invalid(WRONG_TYPE)
        return method.name

    return offered


def _amount_problems(workspace: Workspace, method: Method, given: Mapping[str, Any]) -> list[str]:
    """What is wrong with amount and currency; limits are in the account's currency."""
    country = country_of(workspace.account)
    home, abroad = country.currency, method.charged_in(country.currency)
    if given["currency"] not in (home, *abroad):
        return [f"currency must be {' or '.join(abroad)}"]
    funding = convert(given["amount"], given["currency"], home)
    least, most = country.charge_limits
    if method.terms:
        least = max(least, country.installment_minimum, method.least_over(given["installment_term"]))
    if funding < least:
        return [f"amount must be at least {least}"]
    return [f"amount must be less than {most}"] if funding >= most else []


def _field_problems(method: Method, given: Mapping[str, Any]) -> list[str]:
    """What the method does not like about what is there."""
    problems = []
    if given["installment_term"] is not None and method.terms and given["installment_term"] not in method.terms:
        problems.append("installment_term is not supported")  # (inferred)
    if given["bank"] is not None and method.banks and given["bank"] not in method.banks:
        problems.append("bank is not supported")  # (inferred)
    if method.name == "econtext":
        if len(given["name"] or "") > MAX_NAME:
            problems.append(f"name is too long (maximum is {MAX_NAME} characters)")
        if given["phone_number"] is not None and not PHONE_NUMBER.fullmatch(given["phone_number"]):
            problems.append("phone_number must contain 10-11 digit characters")
    return problems


def _absorption(source: Document) -> str | None:
    """Who pays the interest of instalments; in Malaysia always the merchant."""
    method = METHODS[source["type"]]
    if not method.terms:
        return None
    return "merchant" if method.absorbed or source["zero_interest_installments"] else "customer"


def _scannable_code(view: View, source: Document) -> dict[str, Any] | None:
    picture = view.workspace.store.get(source["code"]) if source["code"] else None
    return {"object": "barcode", "type": "qr", "image": view.show(picture), "raw_data": None} if picture else None


def _provider_references(source: Document) -> dict[str, Any] | None:
    """The number of the payment, once it is charged."""
    payment = source.body.get("payment")
    if not payment or not METHODS[source["type"]].referenced:
        return None
    return {"reference_number_1": payment, "reference_number_2": None, "payment_channel": None}


def _references(charge: Document, expires_ms: int) -> dict[str, Any]:
    """The numbers on a bill, or at the till of a shop; they are made of the charge's id."""
    digits = str(int(charge.id.rpartition("_")[2], 36))
    first, second = digits[:18], digits[-18:]
    return {
        "expires_at": time_text(expires_ms),
        "device_id": None,
        "customer_amount": None,
        "customer_currency": None,
        "customer_exchange_rate": None,
        "omise_tax_id": TAX_ID,
        "reference_number_1": first,
        "reference_number_2": second,
        "barcode": f"|{TAX_ID}00\r{first}\r{second}\r{charge['amount']}",
        "payment_code": second[-12:],
        "va_code": None,
    }
