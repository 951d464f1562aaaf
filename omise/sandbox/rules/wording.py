"""
How ways to pay read to people.
"""

from __future__ import annotations

from ..state.store import Document
from ..state.workspace import Workspace

__all__ = ["method_in_words", "paid_with"]

#: Words that are not written as they stand in the name of a method.
WORDS = {
    "bay": "BAY",
    "bbl": "BBL",
    "bpi": "BPI",
    "cimb": "CIMB",
    "citi": "Citi",
    "cn": "CN",
    "duitnow": "DuitNow",
    "fpx": "FPX",
    "gcash": "GCash",
    "grabpay": "GrabPay",
    "hk": "HK",
    "kakaopay": "KakaoPay",
    "kbank": "KBank",
    "kfc": "KFC",
    "ktb": "KTB",
    "ktc": "KTC",
    "ocbc": "OCBC",
    "maybank": "Maybank",
    "mpm": "MPM",
    "paynow": "PayNow",
    "paypay": "PayPay",
    "promptpay": "PromptPay",
    "qr": "QR",
    "scb": "SCB",
    "shopeepay": "ShopeePay",
    "tng": "TNG",
    "truemoney": "TrueMoney",
    "ttb": "TTB",
    "uob": "UOB",
    "upi": "UPI",
    "wechat": "WeChat",
    "wlb": "WLB",
}


def method_in_words(name: str) -> str:
    """A method by its name: ``Internet banking BAY`` for ``internet_banking_bay``."""
    words = " ".join(WORDS.get(word, word) for word in name.split("_"))
    return words[:1].upper() + words[1:]


def paid_with(workspace: Workspace, charge: Document) -> str:
    """What a charge is paid with: ``Visa ending in 4242``, or the method."""
    card = workspace.store.get(charge["card"] or "")
    words = f"{card['brand']} ending in {card['last_digits']}" if card else ""
    if charge["method"] == "card":
        return words
    return method_in_words(charge["method"]) + (f", {words}" if words else "")
