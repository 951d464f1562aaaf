"""What an answer must be to be believed: checked once, where it arrives, so that whatever passes can be read."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

DEEPEST = 100
"""How many levels of objects and lists an answer may have: copying and comparing go down all of them."""

LISTS = ("list", "search", "receipt_list")
COUNTS = ("total", "offset", "limit", "page", "per_page")
NESTED = frozenset({dict, list})
FREE_FORM = "metadata"
"""The field that holds whatever users put there."""


class Nonsense(Exception):
    """What came back is no object of the API; the text says why."""


def read_answer(content: bytes) -> dict[str, Any]:
    """Return the object of the API that *content* is; raises `Nonsense` if it is none."""
    try:
        body = _DECODER.decode(content.decode(json.detect_encoding(content), "surrogatepass"))
    except (ValueError, RecursionError):
        raise Nonsense("the answer is not JSON" if content else "the answer is empty") from None
    if type(body) is not dict:
        raise Nonsense("the answer is not a JSON object")
    if type(body.get("object")) is not str:
        raise Nonsense("the answer is no object of the API")
    if body["object"] in LISTS and "data" not in body:
        raise Nonsense("the answer is a list without data")
    _check(body)
    return body


def _check(part: Any, levels: int = DEEPEST, free: bool = False) -> None:
    """
    Look at an object or list of an answer, and at all that is in it; of what users put there (*free*) only how deep.

    Raises `Nonsense` for what could not be read later: too many levels, an id or a list that can be none.
    """
    if not levels:
        raise Nonsense(f"the answer has more than {DEEPEST} levels")
    free_form = None
    if type(part) is dict:
        if not free:
            _check_object(part)
        free_form = part.get(FREE_FORM)
        part = part.values()
    for value in part:
        if type(value) in NESTED and value:
            _check(value, levels - 1, free or value is free_form)


def _check_object(fields: dict[str, Any]) -> None:
    if type(fields.get("id", "")) is not str and fields["id"] is not None:
        raise Nonsense("the answer has an id that is no text")
    if fields.get("object") in LISTS:
        data = fields.get("data", [])
        if type(data) is not list or not _ONLY_DICTS.issuperset(map(type, data)):
            raise Nonsense("the answer has a list whose data is no list of objects")
        for count in map(fields.get, COUNTS):
            if count is not None and (type(count) is not int or count < 0):
                name = next(name for name in COUNTS if fields.get(name) is count)
                raise Nonsense(f"the answer has a list whose {name} is no whole number of 0 or more")


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _refuse(text)


_ONLY_DICTS = frozenset({dict})
_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite)
