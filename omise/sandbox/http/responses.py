"""
Answers as they go out: status, headers, and pretty-printed JSON.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from json.encoder import encode_basestring
from typing import Any

from ..refusals import ApiError
from .hosts import VAULT

__all__ = ["Response", "error_response", "json_response", "pretty_json"]

COMMON = {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-cache, no-store",
    "Vary": "Accept-Encoding",
}
ON_SUCCESS = {"Strict-Transport-Security": "max-age=31536000; includeSubdomains; preload"}
OF_VAULT = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "X-XSS-Protection": "1; mode=block",
}

#: How values are written that hold no others, by their type. Any other type is left to json.
PLAIN: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: int.__repr__,
    bool: {False: "false", True: "true"}.__getitem__,
    type(None): {None: "null"}.__getitem__,
}


@dataclass
class Response:
    """
    One answer. A handler returns one itself where it answers with something else than an object of the API.

    Attributes:
        code: The API's error code, None for a success.
        version: API version of the body; None where it has none, as in errors.
        request_id: A UUID; the ``X-Request-Id`` of the answer.
    """

    body: bytes
    headers: dict[str, str]
    status: int = 200
    code: str | None = None
    version: str | None = None
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def status_line(self) -> str:
        """Status and reason: ``200 OK``."""
        return f"{self.status} {HTTPStatus(self.status).phrase}"

    def all_headers(self, seconds: float) -> list[tuple[str, str]]:
        """The headers, with those that every answer has; *seconds* is how long it took to make."""
        common = {
            "Content-Length": str(len(self.body)),
            "Status": self.status_line,
            "X-Request-Id": self.request_id,
            "X-Runtime": f"{seconds:.6f}",
        }
        return list((self.headers | common).items())


def json_response(fields: dict[str, Any], version: str, host: str) -> Response:
    """A success: *fields*, which are in *version*, from that host."""
    headers = COMMON | ON_SUCCESS | {"Omise-Version": version} | (OF_VAULT if host == VAULT else {})
    return Response(pretty_json(fields), headers, version=version)


def error_response(error: ApiError) -> Response:
    """A refusal."""
    return Response(pretty_json(error.body()), dict(COMMON), status=error.status, code=error.code)


def pretty_json(fields: dict[str, Any]) -> bytes:
    """An object as the API writes it: what ``json.dumps`` makes with an indent of 2, and a newline."""
    return (_text(fields, "\n") + "\n").encode()


def _text(value: Any, newline: str) -> str:
    """A value of JSON that stands where lines begin with *newline*. To indent, json itself takes half as long again."""
    plain = PLAIN.get(type(value))
    if plain:
        return plain(value)
    inner = newline + "  "
    if isinstance(value, dict):
        items = [f"{encode_basestring(name)}: {_text(item, inner)}" for name, item in value.items()]
        return _enclosed("{}", items, newline)
    if isinstance(value, list):
        return _enclosed("[]", [_text(item, inner) for item in value], newline)
    return json.dumps(value, ensure_ascii=False)


def _enclosed(brackets: str, items: list[str], newline: str) -> str:
    """*items* on lines of their own, or the brackets alone."""
    inner = newline + "  "
    return brackets[0] + inner + f",{inner}".join(items) + newline + brackets[1] if items else brackets
