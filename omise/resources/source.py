"""Sources: payment methods other than cards."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, overload

from ..records.access import Origin
from ..records.operations import Creatable, Retrievable
from ..records.priced import Priced
from ..records.resource import Resource
from ..records.signatures import types_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typing_extensions import Self, Unpack

    from ..money import Money
    from .document import Document
    from .parameters.common import Currency
    from .parameters.source import Absorption as Absorption
    from .parameters.source import Flow as Flow
    from .parameters.source import ItemData as ItemData
    from .parameters.source import PaymentStatus as PaymentStatus
    from .parameters.source import QRSettings as QRSettings
    from .parameters.source import SourceCreate as SourceCreate
    from .parameters.source import SourceData as SourceData
    from .parameters.source import SourceDetails as SourceDetails
    from .parameters.source import SourceType as SourceType
else:
    __getattr__ = types_in(".parameters.source", __name__)


class ScannableCode(Resource):
    """A code to show to a payer, who scans it."""

    object_name: ClassVar[str | None] = "barcode"
    summary: ClassVar[tuple[str, ...]] = ("type",)

    type: str
    image: Document
    """The picture, at ``image.download_uri``."""
    raw_data: str | None


class Address(Resource):
    """An address, to bill or to ship to; it has the fields that were sent."""

    street1: str
    street2: str
    city: str
    state: str
    postal_code: str
    country: str


class Item(Resource):
    """Something that is sold; it has the fields that were sent."""

    name: str
    quantity: int
    amount: int
    sku: str
    category: str
    brand: str
    item_uri: str
    image_uri: str


class References(Resource):
    """What stands on a bill that is paid in a shop."""

    expires_at: datetime
    device_id: str | None
    customer_amount: int | None
    customer_currency: str | None
    customer_exchange_rate: float | None
    omise_tax_id: str | None
    reference_number_1: str | None
    reference_number_2: str | None
    barcode: str | None
    payment_code: str | None
    va_code: str | None


class ProviderReferences(Resource):
    """The numbers that the provider of a payment method knows a payment by; not all have each."""

    reference_number_1: str | None
    reference_number_2: str | None
    buyer_name: str | None
    payment_channel: str | None


class Source(Creatable, Retrievable, Priced, Resource):
    """
    A way to pay other than by card, for one charge.

    The secret key is used, and the public key, as in the payer's browser, where that is the only one that is set.

    `create` takes ``type`` (``"promptpay"``, ``"truemoney"``, …, as `Capability` lists them), ``amount`` (in the
    smallest unit of ``currency``) and ``currency``, both equal to those of the charge later, and what the type asks
    for, such as ``phone_number``, ``bank`` or ``installment_term``. Raises `BadRequestError`.

    Source: https://docs.omise.co/sources-api
    """

    object_name: ClassVar[str | None] = "source"
    path: ClassVar[str | None] = "/sources"
    harmless: ClassVar[bool] = True
    summary: ClassVar[tuple[str, ...]] = ("type", "amount", "currency", "charge_status")
    _parts = {
        "billing": Address,
        "shipping": Address,
        "items": Item,
        "references": References,
        "provider_references": ProviderReferences,
    }

    id: str
    livemode: bool
    location: str
    amount: int
    currency: str
    type: SourceType
    flow: Flow
    """What the payer does: ``"redirect"``, ``"app_redirect"`` or ``"offline"``."""
    charge_status: PaymentStatus
    barcode: str | None
    bank: str | None
    email: str | None
    installment_term: int | None
    ip: str | None
    absorption_type: Absorption | None
    name: str | None
    mobile_number: str | None
    phone_number: str | None
    platform_type: str | None
    scannable_code: ScannableCode | None
    """The code to show to the payer, once a charge uses the source: ``scannable_code.image.download_uri``."""
    billing: Address | None
    shipping: Address | None
    items: list[Item]
    references: References | None
    provider_references: ProviderReferences | None
    store_id: str | None
    store_name: str | None
    terminal_id: str | None
    zero_interest_installments: bool | None
    receipt_amount: int | None
    discounts: list[Any]
    promotion_code: str | None
    supplier_id: str | None
    created_at: datetime

    if TYPE_CHECKING:

        @overload
        @classmethod
        def create(cls, /, **params: Unpack[SourceCreate]) -> Self: ...
        @overload
        @classmethod
        def create(cls, /, *, amount: Money, currency: Currency = ..., **params: Unpack[SourceDetails]) -> Self: ...
        @overload
        @classmethod
        def create(cls, attributes: Mapping[str, Any], /, **params: Any) -> Self: ...
        @classmethod
        def create(cls, attributes: Any = None, /, **params: Any) -> Self: ...

    @classmethod
    def _key_kind(cls, origin: Origin) -> str:
        config = origin.client.config
        public = origin.key.startswith("pkey_") if origin.key else bool(config.public_api_key)
        return "public" if public and (origin.key or not config.secret_api_key) else "secret"
