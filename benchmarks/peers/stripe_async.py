"""Stripe's package in asynchronous code, which it sends through httpx."""

from __future__ import annotations

import os

import stripe

from peers.asked import FIELDS, KEY


class Peer:
    def __init__(self, url: str, most: int) -> None:
        stripe.api_key, stripe.api_base = KEY, url
        stripe.ca_bundle_path = os.environ.get("SSL_CERT_FILE", stripe.ca_bundle_path)

    async def create(self) -> object:
        return await stripe.Customer.create_async(**FIELDS)
