"""
The capability: which payment methods, limits and banks an account has.

Source: https://docs.omise.co/capability-api
"""

from __future__ import annotations

from typing import Any

from ..http.call import Call
from ..http.keys import PUBLIC, SECRET
from ..http.routing import route
from ..rules.countries import country_of
from ..rules.methods import CARD, CARD_BRANDS, CARD_CURRENCIES, METHODS, Method

WALLETS = ["googlepay", "applepay"]


@route("GET", "/capability", keys=(PUBLIC, SECRET), takes={})
def retrieve(call: Call) -> dict[str, Any]:
    """What the account can do."""
    country = country_of(call.account)
    least, most = country.charge_limits
    least_transfer, most_transfer = country.transfer_limits
    return {
        "object": "capability",
        "location": "/capability",
        "banks": list(country.banks),
        "limits": {
            "charge_amount": {"max": most, "min": least},
            "transfer_amount": {"max": most_transfer, "min": least_transfer},
            "installment_amount": {"min": country.installment_minimum},
        },
        "payment_methods": [
            _method(method, country.currency)
            for method in METHODS.values()
            if method.offered and (method is CARD or country.currency in method.currencies)
        ],
        "country": country.code,
        "tokenization_methods": WALLETS,
        "zero_interest_installments": call.account["zero_interest_installments"],
    }


def _method(method: Method, home: str) -> dict[str, Any]:
    """A payment method. Cards are charged in many currencies, most else in the account's own."""
    others = [code for code in CARD_CURRENCIES if code != home] if method is CARD else []
    return {
        "object": "payment_method",
        "name": method.name,
        "currencies": [*method.charged_in(home), *others],
        "card_brands": list(CARD_BRANDS) if method is CARD else None,
        "installment_terms": list(method.terms) or None,
        "loan_installment_terms": list(method.loan_terms) or None,
        "banks": [{"code": code, "name": name, "active": True} for code, name in (method.banks or {}).items()],
        "provider": method.provider,
    }
