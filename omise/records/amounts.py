"""Which fields are amounts and in which currency; and `Money` among parameters, on its way to the API's integers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from ..importing import imported
from ..wire.encoding import AMOUNTS, NO_AMOUNTS

if TYPE_CHECKING:
    from ..money import Money

OWN = frozenset(
    {
        "amount",
        "authorized_amount",
        "captured_amount",
        "charge_fee",
        "customer_amount",
        "fixed",
        "on_hold",
        "receipt_amount",
        "refunded",
        "refunded_amount",
        "reserve",
        "subtotal",
        "total",
        "total_fee",
        "transaction_fee",
        "transfer_fee",
        "transferable",
        "vat",
        "voided_fee",
        "wht",
    }
)
"""Fields that are amounts, wherever they stand: in the ``currency`` of the object, or of the one around it."""

FUNDED = frozenset({"fee", "fee_vat", "funding_amount", "interest", "interest_vat", "net"})
"""Those that are in the ``funding_currency``, where the object has one: the account's."""

TAKES_CURRENCY = frozenset({"", "charge", "transfer"})
"""Where the API takes a ``currency`` beside an ``amount``: in what is created, and in what a schedule repeats."""

MODULE = f"{__name__.partition('.')[0]}.money"


def currency_of(data: Mapping[str, Any], name: str, around: str | None = None) -> str | None:
    """
    Return the currency of the field *name* of the JSON object *data*, if that is an amount; else None.

    *around* is the currency of the object that *data* is a part of.
    """
    if name in FUNDED:
        found = data.get("funding_currency", data.get("currency"))
    elif name in OWN:
        found = data.get(f"{name[:-7]}_currency" if name.endswith("_amount") else "", data.get("currency"))
    else:
        return None
    return found if isinstance(found, str) else around if "object" not in data else None


def money_of(value: Any, currency: str | None) -> Money | None:
    """Return the JSON *value* of an amount as money; None if it is no amount, or of a currency that is not known."""
    money = imported(MODULE)
    if type(value) is not int or currency is None or currency.upper() not in money.DIGITS:
        return None
    return None if abs(value) >= 10**money.MOST_DIGITS else money.Money.from_subunits(value, currency)


def is_money(value: Any) -> bool:
    """Tell whether *value* is `Money`; who has none, and has not even loaded it, pays next to nothing."""
    module = sys.modules.get(MODULE)
    return module is not None and isinstance(value, module.Money)


def settled(params: Mapping[str, Any], known: Callable[[], str | None]) -> Mapping[str, Any]:
    """
    Return *params* with the API's integers in the place of money, and its currency beside them where that is missing.

    *known* says in which currency amounts are where no parameter does; None where one is to be sent. Raises ValueError
    where money is of another currency.
    """
    return _settled(params, "", None, known) if MODULE in sys.modules else params


def _settled(
    params: Mapping[str, Any], path: str, around: str | None, known: Callable[[], str | None]
) -> Mapping[str, Any]:
    money = {name: value for name, value in params.items() if name in AMOUNTS and is_money(value)}
    given = params.get("currency")
    given = getattr(given, "value", given)
    currency = given.upper() if isinstance(given, str) else around
    result = {**params}
    if money and currency is None:
        currency = known()
        if currency is None:
            currency = result["currency"] = _to_fill_in(path, money)
    for name, value in money.items():
        if value.currency != currency:
            where = f"{path}.{name}" if path else name
            raise ValueError(f"{where} is {value:c}, where the currency is {currency}: nothing is converted here")
        result[name] = value.subunits
    for name, value in params.items():
        if name not in NO_AMOUNTS and isinstance(value, (dict, list)):
            result[name] = _within(value, f"{path}.{name}" if path else name, currency, known)
    return result


def _within(value: Any, path: str, around: str | None, known: Callable[[], str | None]) -> Any:
    if isinstance(value, dict):
        return _settled(value, path, around, known)
    return [_within(item, path, around, known) for item in value] if isinstance(value, list) else value


def _to_fill_in(path: str, money: Mapping[str, Money]) -> str:
    if path not in TAKES_CURRENCY:
        refuse(path)
    return next(iter(money.values())).currency


def refuse(path: str = "") -> NoReturn:
    """Refuse money where nobody says in which currency amounts are."""
    where = f"{path} has Money in it" if path else "an amount is Money"
    raise ValueError(f"{where}, and no currency is given to compare its own with: give currency too, or its subunits")
