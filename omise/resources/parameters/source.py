"""Types of what `Source` takes, and of the words that its fields have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

from ...records.parameters import CallOptions
from .common import PaymentStatus as PaymentStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typing_extensions import Required

    from ...money import Money
    from .common import AddressData, Currency

SourceType = (
    Literal[
        "alipay",
        "alipay_cn",
        "alipay_hk",
        "alipayplus_mpm",
        "alipayplus_upm",
        "atome",
        "atome_qr",
        "barcode_alipay",
        "barcode_wechat",
        "bill_payment_tesco_lotus",
        "bkash",
        "boost",
        "dana",
        "duitnow_obw",
        "duitnow_qr",
        "easypaisa",
        "econtext",
        "fpx",
        "gcash",
        "grabpay",
        "grabpay_rms",
        "installment_bay",
        "installment_bbl",
        "installment_citi",
        "installment_first_choice",
        "installment_kbank",
        "installment_ktc",
        "installment_mbb",
        "installment_paynext_extra_jumpapp",
        "installment_paynext_extra_qr",
        "installment_scb",
        "installment_ttb",
        "installment_uob",
        "installment_wlb_bay",
        "installment_wlb_bbl",
        "installment_wlb_first_choice",
        "installment_wlb_kbank",
        "installment_wlb_ktc",
        "installment_wlb_scb",
        "installment_wlb_ttb",
        "installment_wlb_uob",
        "internet_banking_bay",
        "internet_banking_bbl",
        "internet_banking_ktb",
        "internet_banking_scb",
        "kakaopay",
        "maybank_qr",
        "mobile_banking_bay",
        "mobile_banking_bbl",
        "mobile_banking_kbank",
        "mobile_banking_ktb",
        "mobile_banking_ocbc",
        "mobile_banking_ocbc_pao",
        "mobile_banking_scb",
        "paynow",
        "paypay",
        "points_citi",
        "promptpay",
        "qr_code_upi",
        "rabbit_linepay",
        "shopeepay",
        "shopeepay_jumpapp",
        "touch_n_go",
        "touch_n_go_alipay_plus",
        "truemoney",
        "truemoney_jumpapp",
        "truemoney_qr",
        "virtual_account",
        "wechat_pay",
        "wechat_pay_mpm",
        "wechat_pay_upm",
    ]
    | str
)
"""How is paid; `Capability.payment_methods` lists what the account can use.  Source: https://docs.omise.co/sources-api"""

Flow = Literal["redirect", "app_redirect", "offline"]
"""What the payer does: goes to a page, opens an app, or pays by a code that is shown."""

PlatformType = Literal["WEB", "IOS", "ANDROID"] | str
"""Where the payer is."""

Absorption = Literal["merchant", "customer"]
"""Who bears the interest of instalments."""


class ItemData(TypedDict, total=False):
    """Something that is sold."""

    name: str
    """What it is called."""
    quantity: int
    """How many of it are sold."""
    amount: int | Money
    """The price of one, in the currency's smallest unit, or `Money`."""
    sku: str
    """The merchant's number of it."""
    category: str
    """What kind of thing it is."""
    brand: str
    """Whose make it is."""
    item_uri: str
    """Its page."""
    image_uri: str
    """Its picture."""


class QRSettings(TypedDict, total=False):
    """How a QR code is drawn."""

    image_type: Literal["png", "svg"] | str
    """The format of the picture."""


class SourceData(TypedDict, total=False):
    """
    The fields of a source that is made with a charge, whose amount and currency it has.

    Source: https://docs.omise.co/sources-api
    """

    type: Required[SourceType]
    """How is paid."""
    bank: str | None
    """The code of the payer's bank, for ``"fpx"`` and ``"duitnow_obw"``, as the capability lists them."""
    barcode: str | None
    """The payer's code, for ``"barcode_alipay"`` and ``"barcode_wechat"``."""
    email: str | None
    """The payer's address, for ``"econtext"``, and for ``"fpx"`` if wanted."""
    name: str | None
    """The payer's name, at most 10 characters, for ``"econtext"``."""
    phone_number: str | None
    """The payer's number, 10 or 11 digits, for ``"truemoney"``, ``"econtext"`` and ``"atome"``."""
    mobile_number: str | None
    """The payer's mobile number."""
    installment_term: int | None
    """Months, for ``"installment_…"``, as the capability lists them."""
    zero_interest_installments: bool | None
    """Whether the merchant bears the interest of instalments."""
    ip: str | None
    """The payer's address."""
    platform_type: PlatformType | None
    """Where the payer is, for payment by apps."""
    store_id: str | None
    """The store, for payment in stores."""
    store_name: str | None
    """The name of the store."""
    terminal_id: str | None
    """The till."""
    promotion_code: str | None
    """The code of a promotion."""
    supplier_id: str | None
    """The supplier."""
    billing: AddressData | None
    """Where the payer lives, for ``"atome"`` and its like."""
    shipping: AddressData | None
    """Where the things are sent to, for ``"atome"`` and its like."""
    items: Sequence[ItemData] | None
    """What is sold, for ``"atome"`` and its like."""
    qr_settings: QRSettings | None
    """How the QR code is drawn."""


class SourceDetails(SourceData, CallOptions, total=False):
    """What a source has beside its amount and its currency."""


class SourceCreate(SourceDetails, total=False):
    """
    What `Source.create` takes.

    Source: https://docs.omise.co/sources-api
    """

    amount: Required[int | Money]
    """In the currency's smallest unit, or `Money`; equal to that of the charge later."""
    currency: Required[Currency]
    """Equal to that of the charge later, in any case; where the amount is `Money` it may be left out."""
