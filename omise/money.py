"""`Money`: an amount of a currency, exact, between the API's whole numbers and what people write."""

from __future__ import annotations

import operator
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

from .discretion import discreet
from .nearest import nearest
from .redaction import redact_text, short

if TYPE_CHECKING:
    from typing_extensions import Self

DIGITS: dict[str, int] = {
    "AUD": 2,
    "CAD": 2,
    "CHF": 2,
    "CNY": 2,
    "DKK": 2,
    "EUR": 2,
    "GBP": 2,
    "HKD": 2,
    "IDR": 2,
    "JPY": 0,
    "MYR": 2,
    "SGD": 2,
    "THB": 2,
    "USD": 2,
}
"""How many digits the main unit of each of the API's currencies has after the point: 2 where a hundred make one."""

SIGNS: dict[str, str] = {
    "AUD": "A$",
    "CAD": "CA$",
    "CNY": "CN¥",
    "EUR": "€",
    "GBP": "£",
    "HKD": "HK$",
    "IDR": "Rp",
    "JPY": "¥",
    "MYR": "RM",
    "SGD": "S$",
    "THB": "฿",
    "USD": "$",
}
"""What people write before an amount, different for each currency; those without a sign of their own have the code."""

MOST_DIGITS = 30
"""What an amount may have; more is a mistake, and would take its time to compute with."""

_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?|[+-]?\.[0-9]+")
_STYLES = {"c": "code", "n": "number"}


class Money:
    """
    An amount of a currency: ``Money("100.50", "THB").subunits`` is 10050, as the API counts.

    The amount is in the currency's main unit, as text, int, `decimal.Decimal` or `Money`; `from_subunits` takes what
    the API has. It is exact: a float, or more digits than the currency has, is refused. It can be given for an amount
    to every verb. Money of one currency compares, adds up and subtracts; it never changes.

    ``str(money)`` is ``"฿100.50"``; ``f"{money:c}"`` has the code, ``"THB 100.50"``, and ``f"{money:n}"`` the number
    alone, ``"100.50"``. Width and alignment come before that: ``f"{money:>12c}"``.

    Raises TypeError and ValueError, as `int` and `Decimal` do.
    """

    __slots__ = ("currency", "subunits")

    subunits: int
    """The amount as the API has it, a whole number of the currency's smallest unit."""
    currency: str
    """The currency in ISO 4217, in upper case."""

    @discreet
    def __init__(self, amount: str | int | Decimal | Money, currency: str | None = None) -> None:
        if isinstance(amount, Money):
            currency = amount.currency if currency is None else currency
        code = _checked_currency(currency)
        if isinstance(amount, Money) and amount.currency != code:
            raise ValueError(f"{amount:c} is no amount of {code}: nothing is converted here")
        object.__setattr__(self, "currency", code)
        object.__setattr__(self, "subunits", _subunits(amount, code))

    @classmethod
    @discreet
    def from_subunits(cls, subunits: int, currency: str) -> Self:
        """Return the money that the API's *subunits* are: 10050 of THB are THB 100.50, 100 of JPY are JPY 100."""
        money = cls(0, currency)
        object.__setattr__(money, "subunits", _whole(subunits))
        return money

    @property
    def amount(self) -> Decimal:
        """The amount in the currency's main unit, with all its digits: ``Decimal("100.50")``."""
        # Made of its digits: arithmetic would be rounded to the precision of the context.
        return Decimal((self.subunits < 0, tuple(map(int, str(abs(self.subunits)))), -DIGITS[self.currency]))

    # Showing

    def __repr__(self) -> str:
        if not hasattr(self, "subunits"):  # where making it failed, it is a variable of frames
            return "<Money, not made>"
        return f"Money({str(self.amount)!r}, {self.currency!r})"

    def __str__(self) -> str:
        return self._written("")

    def __format__(self, spec: str) -> str:
        style = spec[-1:] if spec[-1:] in _STYLES else ""
        return format(self._written(style), spec.removesuffix(style))

    def _written(self, style: str) -> str:
        digits = DIGITS[self.currency]
        whole, rest = divmod(abs(self.subunits), 10**digits)
        number = f"{whole:,}" + (f".{rest:0{digits}}" if digits else "")
        before = "" if style == "n" else f"{self.currency} "
        if style == "":
            before = SIGNS.get(self.currency, before)
        return f"{'-' if self.subunits < 0 else ''}{before}{number}"

    # Comparing and computing

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return (self.subunits, self.currency) == (other.subunits, other.currency)

    def __hash__(self) -> int:
        return hash((self.subunits, self.currency))

    def __lt__(self, other: Money) -> bool:
        return self._with(other, "compared") and self.subunits < other.subunits

    def __le__(self, other: Money) -> bool:
        return self._with(other, "compared") and self.subunits <= other.subunits

    def __gt__(self, other: Money) -> bool:
        return self._with(other, "compared") and self.subunits > other.subunits

    def __ge__(self, other: Money) -> bool:
        return self._with(other, "compared") and self.subunits >= other.subunits

    def __add__(self, other: Money) -> Money:
        self._with(other, "added up")
        return Money.from_subunits(self.subunits + other.subunits, self.currency)

    def __radd__(self, other: Any) -> Money:
        if type(other) is not int or other != 0:  # which `sum` begins with
            self._with(other, "added up")
        return self

    def __sub__(self, other: Money) -> Money:
        self._with(other, "subtracted")
        return Money.from_subunits(self.subunits - other.subunits, self.currency)

    def __neg__(self) -> Money:
        return Money.from_subunits(-self.subunits, self.currency)

    def __abs__(self) -> Money:
        return Money.from_subunits(abs(self.subunits), self.currency)

    def __mul__(self, times: int) -> Money:
        if isinstance(times, bool) or not isinstance(times, int):
            raise TypeError(
                f"money is multiplied by whole numbers, got {type(times).__name__}: compute with money.amount, round "
                "as it should be, and make Money of that"
            )
        return Money.from_subunits(self.subunits * times, self.currency)

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return self.subunits != 0

    def _with(self, other: Any, done: str) -> bool:
        """Refuse what cannot be compared and computed with: what is no money, or of another currency."""
        if not isinstance(other, Money):
            raise TypeError(f"money is {done} with money, got {type(other).__name__}")
        if other.currency != self.currency:
            raise TypeError(f"{self:c} and {other:c} are of two currencies, and cannot be {done}")
        return True

    # What an object that never changes is like

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"money never changes: {name} cannot be set")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"money never changes: {name} cannot be deleted")

    def __reduce__(self) -> tuple[Any, ...]:
        return Money.from_subunits, (self.subunits, self.currency)

    def _encode(self, path: str) -> int:
        """Return the amount as it is sent; raises TypeError where *path* is not that of an amount."""
        from .wire.encoding import is_amount

        if path and not is_amount(path):
            raise TypeError(f"{path} is no amount, and takes no Money: give str(money), or its subunits")
        return self.subunits


def _checked_currency(currency: Any) -> str:
    if currency is None:
        raise TypeError('Money takes an amount and its currency: Money("100.50", "THB")')
    if not isinstance(currency, str):
        raise TypeError(f"a currency is text, such as 'THB', got {type(currency).__name__}")
    code = currency.upper()
    if code not in DIGITS:
        near = nearest(code, DIGITS)
        hint = f"did you mean {near!r}?" if near else f"there are {', '.join(DIGITS)}"
        raise ValueError(f"{redact_text(short(currency))} is no currency of the API; {hint}")
    return code


def _subunits(amount: Any, currency: str) -> int:
    """Return how many of the smallest unit *amount*, of the main unit, is; raises if that is no whole number."""
    if isinstance(amount, Money):
        return amount.subunits
    number = amount if isinstance(amount, Decimal) else _number(amount)
    if not number.is_finite():
        raise ValueError(f"an amount is a number, got {number}")
    if not number:
        return 0
    sign, figures, exponent = number.as_tuple()
    if number.adjusted() >= MOST_DIGITS:
        raise ValueError(f"an amount has at most {MOST_DIGITS} digits")
    shift, rest = int(exponent) + DIGITS[currency], 0
    whole = int("".join(map(str, figures[: 2 * MOST_DIGITS])))
    if shift < 0:
        whole, rest = divmod(whole, 10 ** min(-shift, 2 * MOST_DIGITS))
    if rest or len(figures) > 2 * MOST_DIGITS:
        most = f"at most {DIGITS[currency]} digits" if DIGITS[currency] else "no digits"
        shown = redact_text(short(str(number)))
        raise ValueError(f"{currency} has {most} after the point, got {shown}; round it first, as it should be")
    scale: int = 10 ** max(shift, 0)
    return (-whole if sign else whole) * scale


def _number(amount: Any) -> Decimal:
    if isinstance(amount, str):
        text = amount.strip()
        if not _NUMBER.fullmatch(text) or len(text) > 2 * MOST_DIGITS:
            shown = redact_text(short(amount))
            raise ValueError(f"{shown} is no amount; write it in the main unit, without signs: '1234.50'")
        return Decimal(text)
    if isinstance(amount, float):
        raise TypeError("an amount is never a float, which is not exact: give text, '100.50', or a Decimal")
    return Decimal(_whole(amount))


def _whole(number: Any) -> int:
    """Return *number* as Python's own; raises for what is no whole number, or has more digits than an amount has."""
    if isinstance(number, bool):
        raise TypeError("an amount is a number, got bool")
    try:
        whole: int = operator.index(number)
    except TypeError:
        raise TypeError(f"an amount is text, a whole number or a Decimal, got {type(number).__name__}") from None
    if abs(whole) >= 10**MOST_DIGITS:
        raise ValueError(f"an amount has at most {MOST_DIGITS} digits")
    return whole
