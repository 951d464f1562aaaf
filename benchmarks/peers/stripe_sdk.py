"""Stripe's package, on customers like those of the others."""

from __future__ import annotations

import json
import os

import stripe

from peers.asked import FIELDS, KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Peer:
    def __init__(self, url: str) -> None:
        stripe.api_key, stripe.api_base = KEY, url
        stripe.ca_bundle_path = os.environ.get("SSL_CERT_FILE", stripe.ca_bundle_path)

    def retrieve(self) -> object:
        return stripe.Customer.retrieve("cus_5k00000z001adv96ek1")

    def create(self) -> object:
        return stripe.Customer.create(**FIELDS)

    def walk(self) -> int:
        return sum(1 for _ in stripe.Customer.list(limit=100).auto_paging_iter())

    def page(self) -> Any:
        return json.loads(stripe.Customer.list(limit=100).last_response.body)["data"]

    def records(self, page: Any) -> list[Any]:
        return [stripe.Customer.construct_from(each, KEY) for each in page]

    def read(self, records: list[Any]) -> None:
        for each in records:
            _ = each.email
            _ = each.description
            _ = each.created
            _ = each.sources.data[0].last4
