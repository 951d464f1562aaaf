"""Capability: what the account can do."""

from __future__ import annotations

from typing import ClassVar, Literal

from ..records.operations import Singleton
from ..records.resource import Resource


class Bank(Resource):
    """A bank that payers can choose for a payment method."""

    code: str
    name: str
    active: bool


class PaymentMethod(Resource):
    """One way to pay, ``"card"`` or a type of source, with what it asks for."""

    object_name: ClassVar[str | None] = "payment_method"
    summary: ClassVar[tuple[str, ...]] = ("name", "currencies")
    _parts = {"banks": Bank}

    name: str
    currencies: list[str]
    card_brands: list[str] | None
    installment_terms: list[int] | None
    """Months."""
    loan_installment_terms: list[int] | None
    banks: list[Bank]
    provider: str | None


class AmountLimits(Resource):
    """The least and the most, in the smallest unit of the account's currency."""

    min: int
    max: int


class InstallmentLimits(Resource):
    """The least, in the smallest unit of the account's currency."""

    min: int


class Limits(Resource):
    """What amounts may be."""

    _parts = {
        "charge_amount": AmountLimits,
        "transfer_amount": AmountLimits,
        "installment_amount": InstallmentLimits,
    }

    charge_amount: AmountLimits
    transfer_amount: AmountLimits
    installment_amount: InstallmentLimits


class Capability(Singleton, Resource):
    """
    The payment methods, limits and banks that the account can use; asked for with the public key.

    Source: https://docs.omise.co/capability-api
    """

    object_name: ClassVar[str | None] = "capability"
    path: ClassVar[str | None] = "/capability"
    key_kind: ClassVar[Literal["secret", "public", "app"]] = "public"
    summary: ClassVar[tuple[str, ...]] = ("country",)
    _parts = {"limits": Limits}

    location: str
    country: str
    banks: list[str]
    """Codes of the banks that recipients may have."""
    limits: Limits
    payment_methods: list[PaymentMethod]
    tokenization_methods: list[str]
    zero_interest_installments: bool
