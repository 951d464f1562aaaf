"""
What the log of received requests must not hold: keys, card numbers, security codes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..rules.cards import is_valid_number
from .parameters import Upload

__all__ = ["REDACTED", "redact", "redact_headers", "redact_text"]

REDACTED = "[redacted]"

#: Values of these are secret whatever they look like.
SECRET_NAMES = {"security_code", "securitycode", "cvc", "cvv", "cvn", "csc", "secret_key", "password"}
#: A wallet's payment token, and a card's number even if it is mistyped.
SECRETS_OF = {"card": {"number"}, "tokenization": {"data"}, "": {"number"}}

KEY = re.compile(r"\b([psc]key_(?:test_)?)\w+")
#: In text that holds parameters, such as JSON that was sent as a form.
CODE = re.compile(r"((?:security_?code|cvc|cvv|cvn|csc)\W{0,8}?)[0-9]{3,4}\b", re.IGNORECASE)
NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9](?:[ -]?[0-9]){11,18}(?![0-9A-Za-z])")
#: What every one of these has in it, which most texts have not: looking for that takes a tenth of the time.
SUSPECT = re.compile(r"key_|[0-9][ -]?[0-9][ -]?[0-9]")


def redact(value: Any, within: str = "") -> Any:
    """A copy of parameters without secrets, at any depth; *within* is the name that *value* came under."""
    if isinstance(value, Mapping):
        return {redact_text(name): _redact_item(name, item, within) for name, item in value.items()}
    if isinstance(value, list):
        return [redact(item, within) for item in value]
    if isinstance(value, Upload):
        return f"<file {redact_text(value.filename)}, {value.content_type}, {len(value.content)} bytes>"
    if isinstance(value, str):
        return redact_text(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and redact_text(str(value)) != str(value):
        return REDACTED
    return value


def redact_text(text: str) -> str:
    """*text* without keys, card numbers, and security codes that are called so."""
    if not SUSPECT.search(text):
        return text
    return NUMBER.sub(_redact_number, CODE.sub(rf"\1{REDACTED}", KEY.sub(rf"\1{REDACTED}", text)))


def redact_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """*headers* without credentials."""
    hidden = ("authorization", "proxy-authorization", "cookie")
    return {name: REDACTED if name.lower() in hidden else redact_text(value) for name, value in headers.items()}


def _redact_item(name: str, value: Any, within: str) -> Any:
    secret = name.lower() in SECRET_NAMES or name.lower() in SECRETS_OF.get(within.lower(), ())
    return REDACTED if secret and value is not None else redact(value, name)


def _redact_number(match: re.Match[str]) -> str:
    return REDACTED if is_valid_number(re.sub("[ -]", "", match[0])) else match[0]
