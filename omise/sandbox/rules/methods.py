"""
Payment methods: what there is besides cards, and how each behaves.

Sources: https://docs.omise.co/payment-methods, https://docs.omise.co/sources-api and
https://docs.omise.co/capability-api
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

__all__ = ["CARD", "CARD_BRANDS", "FOREIGN_BRANDS", "METHODS", "OFFLINE", "Method"]

REDIRECT, APP_REDIRECT, OFFLINE = "redirect", "app_redirect", "offline"

#: How much of a payment can be given back: any part of it, only the whole, nothing.
PARTS, WHOLE, NOTHING = "parts", "whole", "nothing"

FEE_RATE = "3.65"


@dataclass(frozen=True)
class Method:
    """
    A way to pay.

    Attributes:
        flow: What the payer does: goes to a page, to an app, or shows a code.
        currencies: Those of the accounts that can have it.
        fee_rate: Per cent of the amount.
        refunds: How much of a payment can be given back.
        disputable: Whether payers can object to a payment afterwards.
        requires: Parameters of the source that have to be given.
        terms, loan_terms: Months of instalments.
        banks: That the payer chooses from, by code.
        code: Whether the payer scans a picture.
        hurried: Whether payment is due within a day.
        expirable: Whether a pending charge can be expired by request.
        capturable: Whether a charge can be authorised first and captured later.
        with_card: Whether the card of a token comes with the source.
        offered: Whether the capability lists it.
    """

    name: str
    flow: str
    currencies: tuple[str, ...] = ("THB",)
    fee_rate: str = FEE_RATE
    refunds: str = PARTS
    disputable: bool = False
    requires: tuple[str, ...] = ()
    terms: tuple[int, ...] = ()
    loan_terms: tuple[int, ...] = ()
    banks: Mapping[str, str] | None = None
    code: bool = False
    hurried: bool = False
    expirable: bool = False
    capturable: bool = False
    with_card: bool = False
    offered: bool = True

    @property
    def refundable(self) -> bool:
        """Whether anything can be given back."""
        return self.refunds != NOTHING

    @property
    def partially_refundable(self) -> bool:
        """Whether parts can be given back."""
        return self.refunds == PARTS


#: What every account takes. Other brands get the error ``brand_not_supported``.
CARD_BRANDS = ("JCB", "Visa", "MasterCard", "American Express", "UnionPay", "Diners Club", "Discover")
#: What can be charged in another currency than the account's.
FOREIGN_BRANDS = ("Visa", "MasterCard")

CARD = Method("card", "", disputable=True, capturable=True)

# Where a wallet is taken besides its home is inferred.
EVERYWHERE = ("THB", "SGD", "MYR")
THAI_AND_SINGAPOREAN = ("THB", "SGD")

FROM_3_TO_10 = tuple(range(3, 11))
FIRST_CHOICE = (3, 4, 6, 9, 10, 12, 18, 24, 36)
#: Months, by who gives the credit.
INSTALLMENTS: dict[str, tuple[int, ...]] = {
    "bay": (3, 4, 6, 9, 10),
    "bbl": (4, 6, 8, 9, 10),
    "first_choice": FIRST_CHOICE,
    "kbank": (3, 4, 6, 10),
    "ktc": FROM_3_TO_10,
    "scb": (3, 4, 6, 9, 10),  # (inferred)
    "ttb": FROM_3_TO_10,
    "uob": FROM_3_TO_10,
}
#: The same where the payer's card is given.
CARD_INSTALLMENTS: dict[str, tuple[int, ...]] = {
    "bay": (3, 4, 6, 9, 10),
    "bbl": (4, 6, 8, 10),
    "first_choice": FIRST_CHOICE,
    "kbank": (3, 6, 10),
    "ktc": FROM_3_TO_10,
    "scb": (3, 4, 6, 9, 10),
    "ttb": (3, 4, 6, 10),
    "uob": (3, 4, 6, 10),
}
LOANS = {"first_choice": (3, 4, 6, 9, 10, 12, 18, 24)}

#: The banks behind two Malaysian methods. (inferred)
MALAYSIAN_BANKS = {
    "affin": "Affin Bank",
    "alliance": "Alliance Bank",
    "ambank": "AmBank",
    "bsn": "BSN",
    "cimb": "CIMB Clicks",
    "hong_leong": "Hong Leong Bank",
    "hsbc": "HSBC Bank",
    "maybank2u": "Maybank2U",
    "ocbc": "OCBC Bank",
    "public_bank": "Public Bank",
    "rhb": "RHB Bank",
    "uob": "UOB Bank",
}

DirectDebit = partial(Method, flow="", refunds=NOTHING)
InternetBanking = partial(Method, flow=REDIRECT, refunds=NOTHING, hurried=True)
MobileBanking = partial(Method, flow=APP_REDIRECT, refunds=NOTHING)
Installment = partial(
    Method, flow=REDIRECT, refunds=WHOLE, requires=("installment_term",), hurried=True, capturable=True, offered=False
)
CardInstallment = partial(
    Method, flow=REDIRECT, refunds=WHOLE, requires=("installment_term",), capturable=True, with_card=True
)
App = partial(Method, flow=APP_REDIRECT, currencies=THAI_AND_SINGAPOREAN, expirable=True)
Code = partial(Method, flow=OFFLINE, code=True)

#: Whatever the recorded list of a Thai account leaves out (``offered=False``) is older or newer than it.
ALL = (
    CARD,
    InternetBanking("internet_banking_bay"),
    InternetBanking("internet_banking_bbl"),
    InternetBanking("internet_banking_ktb", offered=False),
    InternetBanking("internet_banking_scb", offered=False),
    Method("alipay", REDIRECT),
    Method("bill_payment_tesco_lotus", OFFLINE, refunds=NOTHING, hurried=True),
    Method("barcode_alipay", OFFLINE, requires=("barcode",)),
    Method("barcode_wechat", OFFLINE, requires=("barcode",), offered=False),
    App("alipay_cn"),
    App("alipay_hk"),
    Code("alipayplus_mpm", currencies=THAI_AND_SINGAPOREAN),
    Method("alipayplus_upm", OFFLINE, THAI_AND_SINGAPOREAN),
    Method("atome", REDIRECT, EVERYWHERE, requires=("phone_number",)),
    Code("atome_qr", currencies=EVERYWHERE, requires=("phone_number",)),
    Method("boost", REDIRECT, ("MYR",)),
    App("dana"),
    *(DirectDebit(f"direct_debit_{bank}") for bank in ("bay", "kbank", "ktb", "scb")),
    Method("duitnow_obw", REDIRECT, ("MYR",), refunds=NOTHING, requires=("bank",), banks=MALAYSIAN_BANKS),
    Method("duitnow_qr", REDIRECT, ("MYR",)),
    Method("econtext", OFFLINE, ("JPY",), refunds=NOTHING, requires=("name", "email", "phone_number")),
    Method("fpx", REDIRECT, ("MYR",), refunds=NOTHING, requires=("bank",), banks=MALAYSIAN_BANKS),
    App("gcash"),
    Method("grabpay", REDIRECT, EVERYWHERE),
    *(Installment(f"installment_{issuer}", terms=terms) for issuer, terms in INSTALLMENTS.items()),
    Installment("installment_mbb", currencies=("MYR",), terms=(6, 12, 18, 24), offered=True),
    *(
        CardInstallment(f"installment_wlb_{issuer}", terms=terms, loan_terms=LOANS.get(issuer, ()))
        for issuer, terms in CARD_INSTALLMENTS.items()
    ),
    Method("installment_paynext_extra_jumpapp", APP_REDIRECT, refunds=WHOLE, offered=False),
    Code("installment_paynext_extra_qr", refunds=WHOLE, offered=False),
    App("kakaopay"),
    Method("maybank_qr", REDIRECT, ("MYR",)),
    *(MobileBanking(f"mobile_banking_{bank}") for bank in ("bay", "bbl", "kbank", "ktb", "scb")),
    MobileBanking("mobile_banking_ocbc", currencies=("SGD",)),
    Code("paynow", currencies=("SGD",)),
    Method("paypay", REDIRECT, ("JPY",), expirable=True),
    Method("points_citi", REDIRECT, offered=False),
    Code("promptpay", refunds=NOTHING),
    Code("qr_code_upi", currencies=EVERYWHERE),  # (flow inferred)
    Method("rabbit_linepay", REDIRECT),
    Method("shopeepay", REDIRECT, EVERYWHERE),
    Method("shopeepay_jumpapp", APP_REDIRECT, EVERYWHERE),
    App("touch_n_go"),
    Method("truemoney", REDIRECT, requires=("phone_number",)),
    Method("truemoney_jumpapp", APP_REDIRECT),
    Code("truemoney_qr"),
    Method("wechat_pay", APP_REDIRECT, fee_rate="0.0", refunds=NOTHING),
    Code("wechat_pay_mpm", currencies=THAI_AND_SINGAPOREAN),
    Method("wechat_pay_upm", OFFLINE, THAI_AND_SINGAPOREAN),
)

#: In the order in which the capability lists them.
METHODS = {method.name: method for method in ALL}
