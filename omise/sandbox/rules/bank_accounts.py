"""
Bank accounts: no objects of their own, but part of recipients and, as a copy, of transfers.

Source: https://docs.omise.co/recipients-api
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..refusals import ApiError, bad_request, sentence
from ..state.clock import time_text
from .validation import Invalid

__all__ = [
    "BANKS",
    "FAILURES",
    "PARTS",
    "bank_account",
    "changed_bank_account",
    "kept_bank_account",
    "shown_bank_account",
]

#: Codes and display names. Only the first two names were ever seen in an answer, the others are inferred.
BANKS = {
    "test": "Test Bank",
    "scb": "Siam Commercial Bank",
    "bbl": "Bangkok Bank",
    "kbank": "Kasikornbank",
    "rbs": "Royal Bank of Scotland",
    "ktb": "Krungthai Bank",
    "jpm": "J.P. Morgan",
    "mufg": "Bank of Tokyo-Mitsubishi UFJ",
    "ttb": "TMBThanachart Bank",
    "citi": "Citibank",
    "smbc": "Sumitomo Mitsui Banking Corporation",
    "sc": "Standard Chartered",
    "cimb": "CIMB Thai Bank",
    "uob": "United Overseas Bank (Thai)",
    "bay": "Bank of Ayudhya (Krungsri)",
    "mega": "Mega International Commercial Bank",
    "boa": "Bank of America",
    "cacib": "Crédit Agricole",
    "gsb": "Government Savings Bank",
    "hsbc": "HSBC",
    "db": "Deutsche Bank",
    "ghb": "Government Housing Bank",
    "baac": "Bank for Agriculture and Agricultural Cooperatives",
    "mb": "Mizuho Bank",
    "bnp": "BNP Paribas",
    "ibank": "Islamic Bank of Thailand",
    "tisco": "Tisco Bank",
    "kk": "Kiatnakin Bank",
    "icbc": "Industrial and Commercial Bank of China (Thai)",
    "tcrb": "Thai Credit Retail Bank",
    "lhb": "Land and Houses Bank",
}
#: The bank that only test mode has.
TEST_BANK = "test"

#: What a request can say of one.
PARTS = ("name", "number", "brand", "bank_code", "branch_code", "type", "account_type")

#: Digits, as many as the last digits need, at least. (inferred)
NUMBER = re.compile(r"[0-9]{4,34}")
MAX_NAME = 255

#: Numbers of the sandbox's own, which bring a failure about: what it is, by where it happens.
FAILURES = {
    "0000000011": {"verify": "name_mismatch"},
    "0000000012": {"verify": "account_not_found"},
    "0000000013": {"verify": "bank_not_found"},
    "0000000021": {"send": "transfer_send_failure"},
    "0000000022": {"pay": "transfer_pay_failure"},
}


def bank_account(value: Any) -> dict[str, Any]:
    """The rule for the parameter: an object. What is in it is checked by `kept_bank_account`."""
    if value is None or value == "":
        raise Invalid("can't be blank")
    if not isinstance(value, Mapping):
        raise Invalid("must be an object")
    return dict(value)


def kept_bank_account(given: Mapping[str, Any], *, now_ms: int, livemode: bool) -> dict[str, Any]:
    """
    What is kept of the account that a request describes, or the error ``invalid_bank_account``.

    The bank is called ``brand`` in requests, or ``bank_code`` where banks have numbers (Japan), and the ``type`` there
    ``account_type``, too.
    """
    brand = given.get("brand") or given.get("bank_code")
    problems = [f"{name} can't be blank" for name in ("name", "number") if given.get(name) in (None, "")]
    if not brand:
        problems.append("brand can't be blank")
    if problems:
        raise bad_request(*(f"bank_account {problem}" for problem in problems))
    problems = _problems(given, brand, livemode)
    if problems:
        raise ApiError("invalid_bank_account", sentence(problems))
    return {
        "number": str(given["number"]),
        "name": given["name"],
        "type": _type(given),
        "bank_code": brand,
        "branch_code": given.get("branch_code"),
        "created": now_ms,
    }


def changed_bank_account(
    kept: Mapping[str, Any], given: Mapping[str, Any], *, now_ms: int, livemode: bool
) -> dict[str, Any]:
    """What is kept of an account of which a request describes a part, or all."""
    parts = {name: kept[name] for name in ("number", "name", "bank_code", "branch_code")}
    parts["type"] = _type(given) or kept["type"]
    return kept_bank_account(parts | dict(given), now_ms=now_ms, livemode=livemode)


def shown_bank_account(kept: Mapping[str, Any], *, livemode: bool) -> dict[str, Any]:
    """A bank account as the API shows it, its number in full."""
    return {
        "object": "bank_account",
        "livemode": livemode,
        "last_digits": kept["number"][-4:],
        "account_number": kept["number"],
        "name": kept["name"],
        "type": kept["type"],
        "created_at": time_text(kept["created"]),
        "brand": BANKS.get(kept["bank_code"], kept["bank_code"]),
        "bank_code": kept["bank_code"],
        "branch_code": kept["branch_code"],
    }


def _type(given: Mapping[str, Any]) -> Any:
    return given.get("account_type") or given.get("type")


def _problems(given: Mapping[str, Any], brand: Any, livemode: bool) -> list[str]:
    """What is wrong with an account that says everything. (inferred)"""
    japanese = "bank_code" in given and re.fullmatch("[0-9]{4}", str(brand))
    known = isinstance(brand, str) and brand in BANKS and not (livemode and brand == TEST_BANK)
    problems = []
    if not isinstance(given["name"], str) or len(given["name"]) > MAX_NAME:
        problems.append("name is invalid")
    if isinstance(given["number"], bool) or not NUMBER.fullmatch(str(given["number"])):
        problems.append("number is invalid")
    if not japanese and not known:
        problems.append("brand is not supported")
    if _type(given) not in (None, "normal", "current"):
        problems.append(f"{'account_type' if given.get('account_type') else 'type'} is not included in the list")
    if given.get("branch_code") is not None and not re.fullmatch("[0-9]{3}", str(given["branch_code"])):
        problems.append("branch_code is invalid")
    return problems
