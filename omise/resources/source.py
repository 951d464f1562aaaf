"""Sources: payment methods other than cards."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..records.operations import Creatable, Retrievable
from ..records.resource import Resource


class Source(Creatable, Retrievable, Resource):
    """
    A way to pay other than by card, for one charge; made with the public key, as in the payer's browser.

    `create` takes ``type`` (``"promptpay"``, ``"truemoney"``, …, as `Capability` lists them), ``amount`` (in the
    smallest unit of ``currency``) and ``currency``, both equal to those of the charge later, and what the type asks
    for, such as ``phone_number``, ``bank`` or ``installment_term``. Raises `BadRequestError`.

    Source: https://docs.omise.co/sources-api
    """

    object_name = "source"
    path = "/sources"
    key_kind = "public"
    harmless = True
    summary = ("type", "amount", "currency", "charge_status")

    id: str
    livemode: bool
    location: str
    amount: int
    currency: str
    type: str
    flow: str
    """What the payer does: ``"redirect"``, ``"app_redirect"`` or ``"offline"``."""
    charge_status: str
    barcode: str | None
    bank: str | None
    email: str | None
    installment_term: int | None
    ip: str | None
    absorption_type: str | None
    name: str | None
    mobile_number: str | None
    phone_number: str | None
    platform_type: str | None
    scannable_code: Any
    """The code to show to the payer, once a charge uses the source: ``scannable_code.image.download_uri``."""
    billing: Any
    shipping: Any
    items: list[Any]
    references: Any
    provider_references: Any
    store_id: str | None
    store_name: str | None
    terminal_id: str | None
    zero_interest_installments: bool | None
    receipt_amount: int | None
    discounts: list[Any]
    promotion_code: str | None
    supplier_id: str | None
    created_at: datetime
