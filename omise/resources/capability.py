"""Capability: what the account can do."""

from __future__ import annotations

from typing import Any

from ..records.operations import Singleton
from ..records.resource import Resource


class PaymentMethod(Resource):
    """One way to pay, ``"card"`` or a type of source, with what it asks for."""

    object_name = "payment_method"
    summary = ("name", "currencies")

    name: str
    currencies: list[str]
    card_brands: list[str] | None
    installment_terms: list[int] | None
    """Months."""
    loan_installment_terms: list[int] | None
    banks: list[Any]
    provider: str | None


class Capability(Singleton, Resource):
    """
    The payment methods, limits and banks that the account can use; asked for with the public key.

    Source: https://docs.omise.co/capability-api
    """

    object_name = "capability"
    path = "/capability"
    key_kind = "public"
    summary = ("country",)

    location: str
    country: str
    banks: list[str]
    """Codes of the banks that recipients may have."""
    limits: Any
    """``limits.charge_amount.min`` and so on, in the smallest unit of the account's currency."""
    payment_methods: list[PaymentMethod]
    tokenization_methods: list[str]
    zero_interest_installments: bool
