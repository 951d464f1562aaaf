"""
Exchange rates: what a currency is worth in that of the account.

Source: https://docs.omise.co/forex-api
"""

from __future__ import annotations

from typing import Any

from ..call import Call
from ..currencies import CURRENCIES, rate
from ..errors import not_found
from ..routing import route


@route("GET", "/forex/<code>")
def retrieve(call: Call, code: str) -> dict[str, Any]:
    """The rate of a currency, in upper or lower case. The API says ``livemode`` even to test keys."""
    base, quote = code.upper(), call.account["currency"]
    if base not in CURRENCIES:
        raise not_found("forex", code)  # (inferred)
    return {
        "object": "forex",
        "rate": rate(base, quote),
        "location": f"/forex/{base.lower()}",
        "livemode": True,
        "base": base,
        "quote": quote,
    }
