"""Receipts for fees."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from ..records.operations import Listable, Retrievable
from ..records.priced import HasAmounts
from ..records.resource import Resource

if TYPE_CHECKING:
    from .transaction import Transaction


class Receipt(Listable, Retrievable, HasAmounts, Resource):
    """
    What Omise charged the merchant on one day: ``total`` is ``subtotal`` and ``vat`` less ``wht``.

    Source: https://docs.omise.co/receipts-api
    """

    object_name: ClassVar[str | None] = "receipt"
    path: ClassVar[str | None] = "/receipts"
    summary: ClassVar[tuple[str, ...]] = ("number", "total", "currency")

    id: str
    livemode: bool
    location: str
    number: str
    issued_on: date
    created_at: datetime
    credit_note: bool
    currency: str
    charge_fee: int
    transaction_fee: int
    transfer_fee: int
    voided_fee: int
    subtotal: int
    vat: int
    wht: int
    total: int
    company_name: str
    company_address: str
    company_tax_id: str | None
    customer_name: str
    customer_address: str
    customer_email: str
    customer_statement_name: str
    customer_tax_id: str | None
    adjustment_transaction: Transaction | None
