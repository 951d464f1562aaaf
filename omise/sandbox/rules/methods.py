"""
Payment methods: what there is besides cards, how each behaves, and how far that is known, in one table.

Sources: https://docs.omise.co/payment-methods, https://docs.omise.co/sources-api and
https://docs.omise.co/capability-api
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from .provenance import DOCUMENTED, RECORDED, SDK, fact
from .timing import CHARGE_EXPIRES_AFTER, CHARGE_EXPIRES_SOON_AFTER

__all__ = ["CARD", "CARD_BRANDS", "CARD_CURRENCIES", "FOREIGN_BRANDS", "METHODS", "OFFLINE", "TAKEN_BRANDS", "Method"]

REDIRECT, APP_REDIRECT, OFFLINE = "redirect", "app_redirect", "offline"

#: How much of a payment can be given back: any part of it, only the whole, nothing.
PARTS, WHOLE, NOTHING = "parts", "whole", "nothing"

FEE_RATE = "3.65"


@dataclass(frozen=True)
class Method:
    """
    A way to pay. Amounts are in the smallest unit of the account's currency.

    Attributes:
        flow: What the payer does: goes to a page, to an app, or shows a code.
        currencies: Those of the accounts that can have it.
        mark: Where it is known from.
        inferred: What of it is not: ``flow``, ``currencies``, ``fee``, ``refunds``, ``expiry``, ``terms``, ``least``.
        abroad: What a Thai account charges it in, where that is not baht.
        fee_rate: Per cent of the amount.
        refunds: How much of a payment can be given back.
        disputable: Whether payers can object to a payment afterwards.
        requires: Parameters of the source that have to be given.
        terms, loan_terms: Months of instalments.
        least_a_month: The least that is paid each month.
        least_totals: The least that is paid as a whole, by months.
        most: The most that can be paid at once; None for what the country allows.
        banks: That the payer chooses from, by code.
        expires: How long a payer has.
        longest: How long one can be given; None for as long as wanted.
        code: Whether the payer scans a picture.
        bill: Whether the payer gets numbers to pay with.
        referenced: Whether the payment has a number at the provider.
        expirable: Whether a pending charge can be expired by request.
        capturable: Whether a charge can be authorised first and captured later.
        with_card: Whether the card of a token comes with the source.
        absorbed: Whether the merchant always pays the interest.
        provider: Who offers it to Omise, as the capability says.
        offered: Whether the capability lists it.
    """

    name: str
    flow: str
    currencies: tuple[str, ...] = ("THB",)
    mark: str = RECORDED
    inferred: tuple[str, ...] = ("fee", "refunds", "expiry")
    abroad: tuple[str, ...] = ()
    fee_rate: str = FEE_RATE
    refunds: str = PARTS
    disputable: bool = False
    requires: tuple[str, ...] = ()
    terms: tuple[int, ...] = ()
    loan_terms: tuple[int, ...] = ()
    least_a_month: int = 0
    least_totals: Mapping[int, int] = field(default_factory=dict)
    most: int | None = None
    banks: Mapping[str, str] | None = None
    expires: timedelta = CHARGE_EXPIRES_AFTER
    longest: timedelta | None = None
    code: bool = False
    bill: bool = False
    referenced: bool = False
    expirable: bool = False
    capturable: bool = False
    with_card: bool = False
    absorbed: bool = False
    provider: str | None = None
    offered: bool = True

    @property
    def refundable(self) -> bool:
        """Whether anything can be given back."""
        return self.refunds != NOTHING

    @property
    def partially_refundable(self) -> bool:
        """Whether parts can be given back."""
        return self.refunds == PARTS

    def charged_in(self, home: str) -> tuple[str, ...]:
        """The currencies in which an account of the currency *home* charges it."""
        return self.abroad if self.abroad and home == "THB" else (home,)

    def least_over(self, term: int | None) -> int:
        """The least amount that can be paid in so many months."""
        return max(self.least_totals.get(term or 0, 0), self.least_a_month * (term or 0))


#: Those that the capability of a Thai account names.
CARD_BRANDS = ("JCB", "Visa", "MasterCard", "American Express", "UnionPay")
#: Those that can be charged: there are test cards of two more. Others get the error ``brand_not_supported``.
TAKEN_BRANDS = (*CARD_BRANDS, "Diners Club", "Discover")
#: What can be charged in another currency than the account's.
FOREIGN_BRANDS = ("Visa", "MasterCard")
#: What the capability says that cards are charged in; the documentation knows two more.
CARD_CURRENCIES = ("THB", "JPY", "USD", "EUR", "GBP", "SGD", "AUD", "CHF", "CNY", "DKK", "HKD", "MYR")

CARD = Method("card", "", disputable=True, capturable=True, inferred=())

# Where a wallet is taken besides its home is inferred.
EVERYWHERE = ("THB", "SGD", "MYR")
THAI_AND_SINGAPOREAN = ("THB", "SGD")

FROM_3_TO_10 = tuple(range(3, 11))
FIRST_CHOICE = (3, 4, 6, 9, 10, 12, 18, 24, 36)
#: Months, by who gives the credit.
INSTALLMENTS: dict[str, tuple[int, ...]] = {
    "bay": (3, 4, 6, 9, 10),
    "bbl": FROM_3_TO_10,
    "first_choice": FIRST_CHOICE,
    "kbank": (3, 4, 6, 10),
    "ktc": FROM_3_TO_10,
    "scb": (3, 4, 6, 9, 10),
    "ttb": (3, 4, 6, 10),
    "uob": (3, 4, 6, 10),
}
#: The same where the payer's card is given.
CARD_INSTALLMENTS: dict[str, tuple[int, ...]] = {
    "bay": (3, 4, 6, 9, 10),
    "bbl": (4, 6, 8, 10),
    "first_choice": FIRST_CHOICE,
    "kbank": (3, 4, 6, 10),
    "ktc": FROM_3_TO_10,
    "scb": (3, 4, 6, 9, 10),
    "ttb": (3, 4, 6, 10),
    "uob": (3, 4, 6, 10),
}
LOANS = {"first_choice": (3, 4, 6, 9, 10, 12, 18, 24)}
#: The least that is paid each month, by who gives the credit.
LEAST_A_MONTH = {"first_choice": 30_000, "kbank": 30_000, "ktc": 30_000} | dict.fromkeys(
    ("bay", "bbl", "citi", "scb", "ttb", "uob"), 50_000
)
#: What is inferred of them, where that is not just when they expire.
INSTALLMENT_GAPS: dict[str, tuple[str, ...]] = {"bay": (), "scb": ("expiry", "terms")}
MAYBANK_TOTALS = {6: 50_000, 12: 100_000, 18: 150_000, 24: 200_000}

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

DIRECT_DEBIT_MOST = fact(15_000_000, DOCUMENTED, "the most that a linked account can be charged with")

DirectDebit: partial[Method] = partial(Method, flow="", refunds=NOTHING, most=DIRECT_DEBIT_MOST, inferred=("fee",))
InternetBanking: partial[Method] = partial(
    Method,
    flow=REDIRECT,
    refunds=NOTHING,
    expires=CHARGE_EXPIRES_SOON_AFTER,
    inferred=("expiry",),
    offered=False,
)
MobileBanking: partial[Method] = partial(Method, flow=APP_REDIRECT, refunds=NOTHING, inferred=("fee", "expiry"))
Installment: partial[Method] = partial(
    Method,
    flow=REDIRECT,
    refunds=WHOLE,
    requires=("installment_term",),
    expires=CHARGE_EXPIRES_SOON_AFTER,
    capturable=True,
    inferred=("expiry",),
    offered=False,
)
CardInstallment: partial[Method] = partial(
    Method,
    flow=REDIRECT,
    refunds=WHOLE,
    requires=("installment_term",),
    capturable=True,
    with_card=True,
    inferred=("flow", "least"),
)
App: partial[Method] = partial(
    Method,
    flow=APP_REDIRECT,
    currencies=THAI_AND_SINGAPOREAN,
    expirable=True,
    inferred=("currencies", "fee", "refunds"),
)
Code: partial[Method] = partial(Method, flow=OFFLINE, code=True)

FLOW_TOO = ("flow", "fee", "refunds", "expiry")
ALL_BUT_NAME = ("flow", "currencies", "fee", "refunds", "expiry")

#: Whatever the recorded list of a Thai account leaves out (``offered=False``) is older or newer than it.
ALL = (
    CARD,
    InternetBanking("internet_banking_bay", inferred=()),
    InternetBanking("internet_banking_bbl"),
    InternetBanking("internet_banking_ktb"),
    InternetBanking("internet_banking_scb"),
    Method("alipay", REDIRECT, inferred=("fee", "refunds")),
    Method(
        "bill_payment_tesco_lotus",
        OFFLINE,
        refunds=NOTHING,
        expires=CHARGE_EXPIRES_SOON_AFTER,
        bill=True,
        inferred=("fee", "refunds"),
    ),
    Method("barcode_alipay", OFFLINE, requires=("barcode",)),
    Method("barcode_wechat", OFFLINE, requires=("barcode",), offered=False),
    App("alipay_cn"),
    App("alipay_hk"),
    Code("alipayplus_mpm", currencies=THAI_AND_SINGAPOREAN, inferred=FLOW_TOO),
    Method("alipayplus_upm", OFFLINE, THAI_AND_SINGAPOREAN, inferred=FLOW_TOO),
    Method("atome", REDIRECT, EVERYWHERE, SDK, requires=("phone_number",)),
    Code("atome_qr", currencies=EVERYWHERE, mark=DOCUMENTED, requires=("phone_number",)),
    Method("bkash", REDIRECT, EVERYWHERE, SDK, ALL_BUT_NAME, offered=False),
    Method("boost", REDIRECT, ("MYR",), SDK),
    App("dana", abroad=("SGD",)),
    *(DirectDebit(f"direct_debit_{bank}") for bank in ("bay", "kbank", "ktb", "scb")),
    Method("duitnow_obw", REDIRECT, ("MYR",), SDK, refunds=NOTHING, requires=("bank",), banks=MALAYSIAN_BANKS),
    Method("duitnow_qr", REDIRECT, ("MYR",), SDK),
    Method("easypaisa", REDIRECT, EVERYWHERE, SDK, ALL_BUT_NAME, offered=False),
    Method(
        "econtext",
        OFFLINE,
        ("JPY",),
        DOCUMENTED,
        ("fee", "expiry"),
        refunds=NOTHING,
        requires=("name", "email", "phone_number"),
        bill=True,
    ),
    Method("fpx", REDIRECT, ("MYR",), refunds=NOTHING, requires=("bank",), banks=MALAYSIAN_BANKS),
    App("gcash", abroad=("SGD", "MYR")),
    Method("grabpay", REDIRECT, EVERYWHERE, SDK, provider="RMS"),
    Method("grabpay_rms", REDIRECT, ("MYR",), SDK, ALL_BUT_NAME, provider="RMS", offered=False),
    *(
        Installment(
            f"installment_{issuer}",
            mark=DOCUMENTED,
            terms=terms,
            least_a_month=LEAST_A_MONTH[issuer],
            inferred=INSTALLMENT_GAPS.get(issuer, ("expiry",)),
        )
        for issuer, terms in INSTALLMENTS.items()
    ),
    Installment(
        "installment_citi",
        mark=SDK,
        terms=(4, 6, 8, 9, 10),
        least_a_month=LEAST_A_MONTH["citi"],
        inferred=("expiry", "terms", "least"),
    ),
    Installment(
        "installment_mbb",
        currencies=("MYR",),
        mark=DOCUMENTED,
        terms=tuple(MAYBANK_TOTALS),
        least_totals=MAYBANK_TOTALS,
        absorbed=True,
        offered=True,
    ),
    *(
        CardInstallment(
            f"installment_wlb_{issuer}",
            mark=DOCUMENTED if issuer == "kbank" else RECORDED,
            terms=terms,
            loan_terms=LOANS.get(issuer, ()),
            least_a_month=LEAST_A_MONTH[issuer],
        )
        for issuer, terms in CARD_INSTALLMENTS.items()
    ),
    Method("installment_paynext_extra_jumpapp", APP_REDIRECT, ("THB",), SDK, FLOW_TOO, refunds=WHOLE, offered=False),
    Code("installment_paynext_extra_qr", mark=SDK, inferred=FLOW_TOO, refunds=WHOLE, offered=False),
    App("kakaopay"),
    Method("maybank_qr", REDIRECT, ("MYR",), SDK),
    *(MobileBanking(f"mobile_banking_{bank}") for bank in ("bay", "bbl", "kbank", "ktb", "scb")),
    MobileBanking("mobile_banking_ocbc", currencies=("SGD",), mark=SDK),
    MobileBanking("mobile_banking_ocbc_pao", currencies=("SGD",), mark=SDK, offered=False),
    Code("paynow", currencies=("SGD",)),
    Method("paypay", REDIRECT, ("JPY",), SDK, expirable=True),
    Method("points_citi", REDIRECT, offered=False),
    Code(
        "promptpay",
        fee_rate="1.65",
        refunds=NOTHING,
        expires=CHARGE_EXPIRES_SOON_AFTER,
        longest=CHARGE_EXPIRES_SOON_AFTER,
        referenced=True,
        inferred=("refunds",),
    ),
    Code("qr_code_upi", currencies=EVERYWHERE, inferred=ALL_BUT_NAME),
    Method("rabbit_linepay", REDIRECT, mark=SDK),
    Method("shopeepay", REDIRECT, EVERYWHERE, SDK),
    # Recorded as a redirect, too.
    Method("shopeepay_jumpapp", APP_REDIRECT, EVERYWHERE, DOCUMENTED),
    App("touch_n_go", provider="Alipay_plus"),
    App("touch_n_go_alipay_plus", mark=SDK, provider="Alipay_plus", offered=False),
    Method("truemoney", REDIRECT, requires=("phone_number",)),
    Method(
        "truemoney_jumpapp",
        APP_REDIRECT,
        mark=DOCUMENTED,
        expires=timedelta(minutes=3),
        inferred=("fee", "refunds"),
    ),
    Code("truemoney_qr", mark=DOCUMENTED),
    Method("virtual_account", OFFLINE, ("JPY",), SDK, ALL_BUT_NAME, refunds=NOTHING, bill=True, offered=False),
    Method("wechat_pay", APP_REDIRECT, fee_rate="0.0", refunds=NOTHING, inferred=("refunds", "expiry")),
    Code("wechat_pay_mpm", currencies=THAI_AND_SINGAPOREAN, inferred=FLOW_TOO),
    Method("wechat_pay_upm", OFFLINE, THAI_AND_SINGAPOREAN, inferred=FLOW_TOO),
)

#: In the order in which the capability lists them.
METHODS = {method.name: method for method in ALL}
