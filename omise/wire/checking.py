"""What an answer must be to be believed: checked once, where it arrives, so that whatever passes can be read."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

DEEPEST = 100
"""How many levels of objects and lists an answer may have: copying and comparing go down all of them."""

LISTS = ("list", "search", "receipt_list")
COUNTS = ("total", "offset", "limit", "page", "per_page")
FREE_FORM = "metadata"
"""The field that holds whatever users put there."""


class Nonsense(Exception):
    """What came back is no object of the API; the text says why."""


def read_answer(content: bytes) -> dict[str, Any]:
    """Return the object of the API that *content* is; raises `Nonsense` if it is none."""
    try:
        body = _decode(content)
    except (ValueError, RecursionError):
        raise Nonsense("the answer is not JSON" if content else "the answer is empty") from None
    if type(body) is not dict:
        raise Nonsense("the answer is not a JSON object")
    if type(body.get("object")) is not str:
        raise Nonsense("the answer is no object of the API")
    if body["object"] in LISTS and "data" not in body:
        raise Nonsense("the answer is a list without data")
    if _may_be_deep(content) and _is_deep(body):
        raise Nonsense(f"the answer has more than {DEEPEST} levels")
    return body


def _decode(content: bytes) -> Any:
    text = content.decode(json.detect_encoding(content), "surrogatepass")
    try:
        return _CHECKING.decode(text)
    except Nonsense:
        body = _DECODER.decode(text)
    _check_within(body)  # or it is in what users put there
    return body


def _check(fields: dict[str, Any]) -> dict[str, Any]:
    """Return *fields*, one of the objects in an answer; raises `Nonsense` for an id or a list that can be none."""
    if type(fields.get("id", "")) is not str and fields["id"] is not None:
        raise Nonsense("the answer has an id that is no text")
    if fields.get("object") in LISTS:
        data = fields.get("data", [])
        if type(data) is not list or any(type(item) is not dict for item in data):
            raise Nonsense("the answer has a list whose data is no list of objects")
        for name in COUNTS:
            count = fields.get(name)
            if count is not None and (type(count) is not int or count < 0):
                raise Nonsense(f"the answer has a list whose {name} is no whole number of 0 or more")
    return fields


def _check_within(value: Any) -> None:
    if type(value) is dict:
        _check(value)
        value = [part for name, part in value.items() if name != FREE_FORM]
    if type(value) is list:
        for part in value:
            _check_within(part)


def _may_be_deep(content: bytes) -> bool:
    """
    Tell whether *content*, which is JSON, may be deeper than is allowed.

    Of its bytes all but the brackets are left out, and those reduced by the innermost pairs, a level at a time: that is
    twenty times as quick as a walk through the values. Brackets that stand open in texts leave it undecided.
    """
    brackets = content.translate(None, _UNSEEN)
    for _ in range(DEEPEST):
        if not brackets:
            return False
        brackets = brackets.replace(b"{}", b"").replace(b"[]", b"")
    return bool(brackets)


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [part for each in level for part in _parts(each)]
        if not level:
            return False
    return any(type(each) in (dict, list) for each in level)


def _parts(value: Any) -> Any:
    return value.values() if type(value) is dict else value if type(value) is list else ()


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _refuse(text)


_UNSEEN = bytes({*range(256)} - {*b"{}[]"})
_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite)
# Objects are looked at as they are made: a walk through all values would take as long again as reading them.
_CHECKING = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite, object_hook=_check)
