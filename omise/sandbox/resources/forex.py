"""
Exchange rates: what a currency is worth in that of the account.

Source: https://docs.omise.co/forex-api
"""

from __future__ import annotations

from typing import Any

from ..http.call import Call
from ..http.routing import route
from ..refusals import not_found
from ..rules.currencies import CURRENCIES, rate


@route("GET", "/forex/<code>", takes={})
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
