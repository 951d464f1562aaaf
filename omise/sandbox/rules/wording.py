"""
How ways to pay read to people.
"""

from __future__ import annotations

from ..state.store import Document
from ..state.workspace import Workspace

__all__ = ["method_in_words", "paid_with"]

#: Words that are not written as they stand in the name of a method.
WORDS = {
    "alipay": "Alipay",
    "alipayplus": "Alipay+",
    "bay": "BAY",
    "bbl": "BBL",
    "bkash": "bKash",
    "bpi": "BPI",
    "cimb": "CIMB",
    "citi": "Citi",
    "cn": "CN",
    "dana": "DANA",
    "duitnow": "DuitNow",
    "fpx": "FPX",
    "gcash": "GCash",
    "go": "Go",
    "grabpay": "GrabPay",
    "hk": "HK",
    "jumpapp": "JumpApp",
    "kakaopay": "KakaoPay",
    "kbank": "KBank",
    "kfc": "KFC",
    "ktb": "KTB",
    "ktc": "KTC",
    "linepay": "LINE Pay",
    "lotus": "Lotus",
    "maybank": "Maybank",
    "mbb": "MBB",
    "mpm": "MPM",
    "n": "'n",
    "obw": "OBW",
    "ocbc": "OCBC",
    "pao": "PAO",
    "pay": "Pay",
    "paynext": "PayNext",
    "paynow": "PayNow",
    "paypay": "PayPay",
    "promptpay": "PromptPay",
    "qr": "QR",
    "rms": "RMS",
    "scb": "SCB",
    "shopeepay": "ShopeePay",
    "tesco": "Tesco",
    "tng": "TNG",
    "truemoney": "TrueMoney",
    "ttb": "TTB",
    "uob": "UOB",
    "upi": "UPI",
    "upm": "UPM",
    "wechat": "WeChat",
    "wlb": "WLB",
}


def method_in_words(name: str) -> str:
    """A method by its name: ``Internet banking BAY`` for ``internet_banking_bay``."""
    first, *others = name.split("_")
    return " ".join([WORDS.get(first, first.capitalize()), *(WORDS.get(word, word) for word in others)])


def paid_with(workspace: Workspace, charge: Document) -> str:
    """What a charge is paid with: ``Visa ending in 4242``, or the method."""
    card = workspace.store.get(charge["card"] or "")
    words = f"{card['brand']} ending in {card['last_digits']}" if card else ""
    if charge["method"] == "card":
        return words
    return method_in_words(charge["method"]) + (f", {words}" if words else "")
