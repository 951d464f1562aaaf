"""What the server answers: the same customers for every peer, made up as they are asked for."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qsl, urlsplit

EPOCH = datetime(2024, 1, 1, tzinfo=timezone.utc)
NUMBER, TIME = "0000000000number000", "0000-00-00T00:00:00Z"
"""What stands in the templates below for the number of a customer, and for when it was created."""


def listed(data: list[Any], location: str) -> dict[str, Any]:
    page = {"object": "list", "data": data, "limit": 20, "offset": 0, "total": len(data), "location": location}
    return {**page, "order": "chronological", "from": "1970-01-01T00:00:00Z", "to": "2026-01-01T00:00:00Z"}


PLACE = f"/customers/cust_test_{NUMBER}"
CARD = {
    "object": "card",
    "id": f"card_test_{NUMBER}",
    "livemode": False,
    "location": f"{PLACE}/cards/card_test_{NUMBER}",
    "deleted": False,
    **dict.fromkeys(["street1", "street2", "city", "state", "phone_number", "postal_code"]),
    "country": "th",
    "financing": "credit",
    "bank": "Bank of the Unbanked",
    "brand": "Visa",
    "fingerprint": "XjOdjaoHRvUGRfmZacMPcJtm0U3SEIIfkA7534dQeVw=",
    "first_digits": None,
    "last_digits": "4242",
    "name": "Arunee Dee",
    "expiration_month": 8,
    "expiration_year": 2035,
    "security_code_check": True,
    "tokenization_method": None,
    "created_at": TIME,
}
CUSTOMER = {
    "object": "customer",
    "id": f"cust_test_{NUMBER}",
    "livemode": False,
    "location": PLACE,
    "deleted": False,
    "metadata": {"level": "gold"},
    "cards": listed([CARD], f"{PLACE}/cards"),
    "default_card": CARD["id"],
    "linked_accounts": listed([], f"{PLACE}/linked_accounts"),
    "description": "Met at the fair",
    "email": "arunee@example.com",
    "created_at": TIME,
}
STRIPE_CARD: dict[str, Any] = {
    "id": f"card_{NUMBER}",
    "object": "card",
    **dict.fromkeys(["address_city", "address_country", "address_line1", "address_line2", "address_state"]),
    "brand": "Visa",
    "country": "TH",
    "customer": f"cus_{NUMBER}",
    "cvc_check": "pass",
    "exp_month": 8,
    "exp_year": 2035,
    "fingerprint": "XjOdjaoHRvUGRfmZ",
    "funding": "credit",
    "last4": "4242",
    "metadata": {},
    "name": "Arunee Dee",
    "tokenization_method": None,
}
STRIPE_CUSTOMER: dict[str, Any] = {
    "id": f"cus_{NUMBER}",
    "object": "customer",
    **dict.fromkeys(["address", "currency", "discount", "phone", "shipping", "test_clock"]),
    "balance": 0,
    "created": 1704067200,
    "default_source": STRIPE_CARD["id"],
    "delinquent": False,
    "description": "Met at the fair",
    "email": "arunee@example.com",
    "invoice_prefix": "0759376C",
    "invoice_settings": dict.fromkeys(["custom_fields", "default_payment_method", "footer", "rendering_options"]),
    "livemode": False,
    "metadata": {"level": "gold"},
    "name": "Arunee Dee",
    "next_invoice_sequence": 1,
    "preferred_locales": [],
    "sources": {"object": "list", "data": [STRIPE_CARD], "has_more": False, "url": f"/v1/customers/cus_{NUMBER}"},
    "tax_exempt": "none",
}
TEXT, STRIPE_TEXT = json.dumps(CUSTOMER), json.dumps(STRIPE_CUSTOMER)


def id_of(number: int) -> str:
    """The end of an id, by its number: letters and digits, mixed as the API mixes them."""
    return f"5k{number // 1000:05}z{number % 1000:03}adv96ek1"


def number_of(id: str) -> int:
    return int(id[-17:-12] + id[-11:-8])


def customer(number: int) -> str:
    """The customer of that number, three of whom are created a second."""
    created = (EPOCH + timedelta(seconds=number // 3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return TEXT.replace(NUMBER, id_of(number)).replace(TIME, created)


def stripe_customer(number: int) -> str:
    return STRIPE_TEXT.replace(NUMBER, id_of(number))


def page(offset: int, limit: int, total: int) -> str:
    """A page of *total* customers, without the records that are on others."""
    envelope = {"object": "list", "location": "/customers", "limit": limit, "offset": offset, "total": total}
    frame = {**envelope, "order": "chronological", "from": "1970-01-01T00:00:00Z", "to": "2026-01-01T00:00:00Z"}
    records = ",".join(map(customer, range(offset, min(offset + limit, total))))
    return f'{json.dumps(frame)[:-1]}, "data": [{records}]}}'


def stripe_page(begin: int, limit: int, total: int) -> str:
    end = min(begin + limit, total)
    frame = {"object": "list", "url": "/v1/customers", "has_more": end < total}
    return f'{json.dumps(frame)[:-1]}, "data": [{",".join(map(stripe_customer, range(begin, end)))}]}}'


def answer(method: str, target: str, body: bytes, total: int) -> bytes:
    """The JSON that *target* is answered with where there are *total* customers."""
    url = urlsplit(target)
    asked: dict[str, Any] = dict(parse_qsl(url.query))
    if method == "GET" and body:
        asked |= json.loads(body)  # the official package asks for a page in the body
    one = method == "POST" or not url.path.endswith("/customers")
    if url.path.startswith("/v1/"):
        begin = number_of(asked["starting_after"]) + 1 if "starting_after" in asked else 0
        return (stripe_customer(1) if one else stripe_page(begin, int(asked["limit"]), total)).encode()
    return (customer(1) if one else page(int(asked.get("offset", 0)), int(asked["limit"]), total)).encode()
