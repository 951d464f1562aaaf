"""
The rules that parameters are checked by, and `check`, which applies a table of them.

A rule takes a value as it was sent and returns it as it is kept, or raises `Invalid` with what is wrong about it, so
that name and text make the API's sentence: ``email`` + ``is invalid``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from ..refusals import ApiError, sentence
from ..state.clock import LAST_YEAR, parse_time

__all__ = [
    "Invalid",
    "Rule",
    "boolean",
    "calendar_day",
    "check",
    "check_all",
    "email",
    "integer",
    "looked_up",
    "metadata",
    "moment",
    "one_of",
    "optional",
    "required",
    "text",
    "unused",
    "uri",
]

Rule = Callable[[Any], Any]

#: Longest strings, and longest metadata as JSON, in characters. (inferred)
MAX_TEXT = 255
MAX_METADATA = 15_000

INTEGER = re.compile(r"[+-]?[0-9]{1,30}")
FRACTION = re.compile(r"[+-]?[0-9]{1,30}\.[0-9]{1,30}")
CALENDAR_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
URI = re.compile(r"([a-z][a-z0-9+.-]*)://[^\s\x00-\x1f\x7f]+", re.IGNORECASE)
MAX_URI = 2_000
WEB = ("http", "https")
#: An app's own scheme will do, but none with which browsers and systems run, open or show something of their own.
# fmt: off
NOT_OF_APPS = frozenset(
    {
        "about", "afp", "android-app", "blob", "cid", "content", "data", "feed", "file", "filesystem", "ftp", "ftps",
        "gopher", "help", "imap", "intent", "its", "jar", "javascript", "jscript", "ldap", "ldaps", "livescript",
        "mailto", "mhtml", "mid", "mk", "mocha", "news", "nfs", "nntp", "pop", "res", "resource", "rtsp", "sftp",
        "smb", "sms", "ssh", "tel", "telnet", "urn", "vbs", "vbscript", "view-source", "vnc", "webcal", "ws", "wss",
        "wyciwyg",
    }
)
# fmt: on
NOT_OF_APPS_BEGIN = re.compile(r"brave|chrome|devtools|edge|firefox|moz-|ms-|opera|safari-|search-ms|vivaldi|x-apple")


class Invalid(Exception):
    """What is wrong with a value, as the end of a sentence that begins with its name."""


def check(params: Mapping[str, Any], rules: Mapping[str, Rule], code: str = "bad_request") -> dict[str, Any]:
    """
    The parameters that were given and that *rules* knows, as they are to be kept; all others are ignored, as the API
    does. Raises an error with *code* that names everything that is wrong.
    """
    kept, problems = {}, []
    for name, rule in rules.items():
        if name in params:
            try:
                kept[name] = rule(params[name])
            except Invalid as problem:
                problems.append(f"{name} {problem}")
    if problems:
        raise ApiError(code, sentence(problems))
    return kept


def check_all(params: Mapping[str, Any], rules: Mapping[str, Rule], code: str = "bad_request") -> dict[str, Any]:
    """As `check`, but with null for what was left out, so that `required` notices, and all names are in the result."""
    return check(dict.fromkeys(rules) | dict(params), rules, code)


def required(rule: Rule) -> Rule:
    """What cannot be left out, nor be null or empty."""

    def given(value: Any) -> Any:
        if value is None or (isinstance(value, str) and not value.strip()):
            raise Invalid("can't be blank")  # (inferred)
        return rule(value)

    return given


def optional(rule: Rule) -> Rule:
    """What null and an empty string leave unsaid."""
    return lambda value: None if value is None or value == "" else rule(value)


def looked_up(value: Any) -> Any:
    """What is checked by other means than a rule, such as the id of an object that has to be there."""
    return value


def unused(value: Any) -> Any:
    """What the API documents, and nothing comes of here: anything will do."""
    return value


def text(value: Any) -> str | None:
    """A string, or null; a number from JSON is taken as its digits."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Invalid("must be a string")
    if len(value) > MAX_TEXT:
        raise Invalid(f"is too long (maximum is {MAX_TEXT} characters)")
    return value


def email(value: Any) -> str | None:
    """An address in form; an empty one or null clears it."""
    address = text(value)
    if address and not ADDRESS.fullmatch(address):
        raise Invalid("is invalid")
    return address


def uri(value: Any) -> str | None:
    """An absolute address that a payer's browser can be sent to; an empty one or null clears it."""
    if value is None or value == "":
        return None
    found = URI.fullmatch(value) if isinstance(value, str) and len(value) <= MAX_URI else None
    if found is None or not _can_be_sent_to(value, found[1].lower()):
        raise Invalid("is not a valid URI")
    return str(value)


def _can_be_sent_to(address: str, scheme: str) -> bool:
    """Whether it is on the web, at a host that can be, or in an app."""
    if scheme not in WEB:
        return scheme not in NOT_OF_APPS and not NOT_OF_APPS_BEGIN.match(scheme)
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and "\\" not in parts.netloc and parts.port != 0
    except ValueError:  # half an IPv6 address, a port that is no number
        return False


def metadata(value: Any) -> dict[str, Any]:
    """A JSON object. Null clears it, and so does an empty string, the only way a form has to say so. (inferred)"""
    if value is None or value == "":
        return {}
    if not isinstance(value, dict):
        raise Invalid("must be an object")
    try:
        size = len(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    except TypeError:  # a file uploaded as metadata[…]
        raise Invalid("must be an object") from None
    if size > MAX_METADATA:
        raise Invalid(f"is too long (maximum is {MAX_METADATA} characters)")
    return value


def boolean(value: Any) -> bool:
    """True or false, from JSON or spelt in a form; the forms of PHP spell it 1 and 0."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "1", "false", "0"):
        return value.lower() in ("true", "1")
    raise Invalid("must be true or false")


def integer(minimum: int | None = None, maximum: int | None = None) -> Rule:
    """A whole number, from JSON or in digits."""

    def rule(value: Any) -> int:
        if isinstance(value, str) and INTEGER.fullmatch(value):
            value = int(value)
        if isinstance(value, float) or (isinstance(value, str) and FRACTION.fullmatch(value)):
            raise Invalid("must be an integer")
        if not isinstance(value, int) or isinstance(value, bool):
            raise Invalid("is not a number")
        if minimum is not None and value < minimum:
            raise Invalid(f"must be greater than or equal to {minimum}")
        if maximum is not None and value > maximum:
            raise Invalid(f"must be less than or equal to {maximum}")
        return value

    return rule


def one_of(*choices: str) -> Rule:
    """One of some words."""

    def rule(value: Any) -> str:
        if not isinstance(value, str) or value not in choices:
            raise Invalid("is not included in the list")
        return value

    return rule


def moment(value: Any) -> int:
    """An ISO 8601 date or time; kept as whole seconds of Unix time."""
    try:
        return parse_time(value)
    except (TypeError, AttributeError, ValueError, OverflowError):
        raise Invalid("is not a valid time") from None


def calendar_day(value: Any) -> date:
    """A date, ``2026-01-31``, that the clock can come to."""
    try:
        day = date.fromisoformat(value) if CALENDAR_DAY.fullmatch(value) else None
    except (TypeError, ValueError):
        day = None
    if day is None or day.year > LAST_YEAR:
        raise Invalid("is not a valid date")
    return day
