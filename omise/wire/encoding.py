"""Parameters on their way out: Python values to JSON values, and those to the pairs of a query string or a form."""

from __future__ import annotations

import math
import operator
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from keyword import iskeyword
from typing import Any

from ..redaction import Sealed
from .dates import encode_time

DEEPEST = 64
"""How many levels of dicts and lists can be sent; what contains itself has no end to them."""

AMOUNTS = frozenset({"amount", "capture_amount", "fixed"})
"""Parameters that are money, wherever they stand; ``fixed`` is the part of a ``platform_fee``."""
NO_AMOUNTS = frozenset({"metadata", "filters"})
"""What holds names that are not the API's, or amounts in main units."""


def encode(value: Any, path: str = "", depth: int = DEEPEST) -> Any:
    """
    Return *value* as JSON values, nothing shared with it: records as their ids, dates and times as text.

    Whatever is a whole number, a boolean or a text without loss is sent as that, of whichever class it is. Raises
    TypeError or ValueError naming the *path* of what cannot be sent (``metadata.tags``), never its value.
    """
    if isinstance(value, Enum):
        value = value.value
    kind = type(value)  # and not its __class__, which lazy objects borrow
    if value is None or kind is bool:
        return value
    if not depth:
        raise ValueError(f"{re.split('[.[]', path)[0]} contains itself, or more than {DEEPEST} levels")
    if issubclass(kind, int):
        return int(value)  # of a class derived from int too
    if issubclass(kind, str):
        return _encode_text(value, path)
    if issubclass(kind, float):
        return _encode_float(value, path)
    if kind is Sealed:
        return _encode_sealed(value, path, depth)
    if isinstance(value, Mapping):
        return {
            _encode_name(name, path): encode(item, f"{path}.{name}" if path else str(name), depth - 1)
            for name, item in value.items()
        }
    if isinstance(value, (list, tuple, range)):
        return [encode(item, f"{path}[{place}]", depth - 1) for place, item in enumerate(value)]
    if isinstance(value, date):
        return encode_time(value)
    if "uuid" in sys.modules and isinstance(value, sys.modules["uuid"].UUID):  # who has none need not import it
        return str(value)
    if hasattr(kind, "_encode"):
        return value._encode(path)

    simple = _without_loss(value)
    if type(simple) in (bool, int, float, str):
        return encode(simple, path)
    _refuse_as_amount(value, path)
    raise TypeError(
        f"{path or 'a parameter'} cannot be sent: {kind.__name__} has no JSON form; "
        "text, whole numbers, booleans, None, dates, dicts, lists and records have"
    )


def _encode_sealed(secret: Sealed, path: str, depth: int) -> Sealed:
    """Return *secret* encoded and sealed again; what is wrong with it is raised without the frames that saw it."""
    try:
        return Sealed(encode(secret.open(), path, depth))
    except (TypeError, ValueError) as error:
        problem = type(error)(*error.args)
    raise problem


def _encode_float(number: float, path: str) -> float:
    if not math.isfinite(number):
        raise ValueError(f"{path} is not a finite number")
    _refuse_as_amount(number, path)
    return float(number)  # of a class derived from float too


def is_amount(path: str) -> bool:
    """Tell whether *path* is that of an amount."""
    places = path.split(".")
    return places[-1] in AMOUNTS and NO_AMOUNTS.isdisjoint(places)


def _refuse_as_amount(value: Any, path: str) -> None:
    """Raise TypeError if *path* is that of an amount, and *value* a number that is not whole by its type."""
    if is_amount(path) and hasattr(value, "as_integer_ratio"):
        raise TypeError(
            f"{path} is a {type(value).__name__}: amounts are integers in the currency's smallest unit, 100_00 for "
            'THB 100.00 and 100 for JPY 100; give int(…), rounded as it should be, or omise.Money("100.50", "THB")'
        )


def _without_loss(value: Any) -> Any:
    """
    Return the number, boolean or text that *value* is, though its class is none of Python's own; else None.

    Those are numbers with ``__index__``, scalars of numpy, and texts that are looked up late, such as translations:
    they have the methods of text, and equal theirs.
    """
    if getattr(value, "shape", None) == () and getattr(getattr(value, "dtype", None), "kind", "") in {*"bf"}:
        return value.item()
    if hasattr(value, "casefold"):
        return str(value) if value == str(value) else None
    try:
        return operator.index(value)
    except TypeError:
        return None


def _encode_text(text: str, path: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:  # without it as the cause, since it shows the text
        raise ValueError(f"{path} cannot be sent: it has half a character in it, a lone surrogate") from None
    return str.__str__(text)  # of a class derived from str too


def _encode_name(name: Any, path: str) -> str:
    where = f" in {path}" if path else ""
    if not isinstance(name, str):
        raise TypeError(f"names of parameters are text, got {type(name).__name__}{where}")
    text = _encode_text(name, f"a name{where}")
    return text if path else json_name(text)


def json_name(name: str) -> str:
    """Return the API's spelling of the Python name *name*: ``from_``, since ``from`` is a keyword, is ``from``."""
    return name[:-1] if name.endswith("_") and iskeyword(name[:-1]) else name


def flatten(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """
    Yield the pairs of a query string or form for the encoded *value*: ``a[b]=1``, ``a[]=2``, ``true``/``false``.

    None is left out, since a query string has no way to say it.
    """
    if isinstance(value, Mapping):
        for inner, item in value.items():
            yield from flatten(item, f"{name}[{inner}]" if name else inner)
    elif isinstance(value, list):
        for item in value:
            yield from flatten(item, f"{name}[]")
    elif isinstance(value, bool):
        yield name, "true" if value else "false"
    elif isinstance(value, Sealed):
        yield from flatten(value.open(), name)
    elif value is not None:
        yield name, str(value)
