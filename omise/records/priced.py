"""The amounts of a record as `Money`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .amounts import currency_of, is_money, money_of
from .resource import Resource

if TYPE_CHECKING:
    from ..money import Money


class HasAmounts(Resource):
    """``money_of`` on a record."""

    def money_of(self, name: str) -> Money | None:
        """
        Return the amount in the field *name*, such as ``"refunded_amount"`` or ``"fee"``, as `Money`; None if null.

        It has the currency that goes with the field: that of fees and of the net amount is ``funding_currency``.
        Fetches a record that is not loaded. Raises AttributeError if there is no such field, ValueError if it is no
        amount, or in a currency that `Money` does not know.
        """
        known = {**self._known(), **self.changes}
        if name not in known:
            raise AttributeError(self._unknown(name), name=name)
        value = known[name]
        if value is None or is_money(value):
            return value  # type: ignore[no-any-return]
        currency = currency_of(known, name)
        found = money_of(value, currency)
        if found is None:
            unknown = currency is not None and type(value) is int
            reason = f"is in {currency}, which Money does not know" if unknown else "is no amount with a currency"
            raise ValueError(f"{name} of {self!r} {reason}; record[{name!r}] is what the API gave")
        return found

    def _offers(self, name: str) -> bool:
        return super()._offers(name) and (name != "money" or self._has_money())

    def _has_money(self) -> bool:
        """Tell whether the amount is there, or null, and is one."""
        known, null = self._attributes, type(None)
        amount, currency = known.get("amount", ""), currency_of(known, "amount")
        return isinstance(amount, null) or money_of(amount, currency) is not None


class Priced(HasAmounts):
    """``money``, and ``money_of``, on a record with an amount."""

    @property
    def money(self) -> Money:
        """The ``amount`` as `Money`: exact, with its currency, and written as people write it."""
        return self.money_of("amount")  # type: ignore[return-value]  # it is never null
