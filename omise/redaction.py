"""
What may never reach a log line, a repr, an exception or a cassette, and how it is blotted out.

Two nets, so that what slips through one is caught by the other: the names of fields that hold secrets, and the
looks of keys and card numbers in any text. Where they cannot tell a secret from something harmless, it is a secret.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

MASK = "[redacted]"

SECRET_FIELDS = frozenset(
    {
        "api_key",
        "api_secret",
        "app_key",
        "authorization",
        "csc",
        "cvc",
        "cvn",
        "cvv",
        "password",
        "public_api_key",
        "public_key",
        "secret",
        "secret_api_key",
        "secret_key",
        "security_code",
        "securitycode",
        "vault_key",
        "webhook_secret",
    }
)
"""Names of fields whose value is a secret wherever they stand."""

NUMBER_FIELDS = frozenset({"account_number", "bank_account_number", "card_number", "citizen_id", "number", "tax_id"})
"""Names of fields whose digits are personal; the last four are shown, so that people can tell them apart. A person's
tax number is the number of the citizen, in Thailand."""

WALLET_DATA = "tokenization.data"
"""What a wallet's payment data is known by: its own name is a word that many things have."""

HIDDEN_FIELDS = SECRET_FIELDS | {WALLET_DATA}
SEALED_FIELDS = HIDDEN_FIELDS | NUMBER_FIELDS | {"key"}
"""Names of parameters that are sealed, whatever they are; ``key`` is the option of a call."""

_GAP = r"(?:[ \t\u00a0+-]|%(?:20|2[BbDd]|C2%A0))"
"""What may stand between the digits of one number: in text, and in a form or an address."""
_COUPLER = r"((?:%5D|%22|[]\\\"'\s])*(?:[:=]|%3[ADad])(?:%22|%20|[\\\"'\s+])*)"
"""What stands between a name and its value: in JSON, in a form, in either percent-encoded, in the repr of a dict."""

# Its first part, a set of characters, is what lets it pass over harmless text at full speed, and ids, which are full of
# digits, at a good one: it begins to count where digits begin.
_SUSPECT = re.compile(
    rf"[\dkbB:=%](?:(?<=\d)(?<!\d\d)(?:{_GAP}{{0,3}}\d){{11}}|(?<=k)ey_|(?<=[bB])(?i:asic|earer)[\s+%]"
    r"|(?<=:)(?://[^/]*@|(?!//|(?<=\d\d:)\d\d(?!\d)))|(?<==)|(?<=%)(?:25)*3[ADad])"
)
"""What makes a text worth a look at whether it holds a secret."""

SHORTEST = 12
"""Characters of the shortest key or number that is looked for among the names of parameters."""

SMALLEST = 10**SHORTEST
"""The smallest number that may be that of a card."""

DEEPEST = 64
"""How many levels of a JSON value are shown: a hostile one could be deeper than Python can follow."""

_RECEIPT = re.compile(r"OM[A-Z]{2}20\d{10}")  # the number of a receipt: country, day, counter
_ESCAPE = "%[0-9A-Fa-f]{2}"
# Of a word: its first letter, or what follows an escape, as of a line break in the repr of a text.
_BEGIN = rf"(?:(?<![A-Za-z])|(?<={_ESCAPE})|(?<=\\[nrt]))"
# Inside a word only if it is surely a key: there are turkey_sandwiches.
_KEY = re.compile(rf"({_BEGIN}[a-z]key|[a-z]key(?=_test_|_[0-9a-z]{{19}}))_((?:test_)?)(?!test_(?!\w))\w+")
# 32 or 64 bytes in base64, which the fingerprint of a card has too.
_BASE64 = "(?:[A-Za-z0-9+/]|%2[BF])"
_WEBHOOK_SECRET = re.compile(
    rf"(?:(?<![A-Za-z0-9+])|(?<={_ESCAPE})|(?<=\\[nrt]))"
    rf"(?:{_BASE64}{{43}}(?:=|%3D)|{_BASE64}{{86}}(?:==|%3D%3D))(?![A-Za-z0-9+=])"
)
_KEY_FIELD = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}")
_FINGERPRINT = re.compile(rf"fingerprint{_COUPLER}$")
_CREDENTIALS = re.compile(r"\b(Basic|Bearer)((?:\s|\+|%20)+)(?=\S*\d)[A-Za-z0-9+/_%-]{12,}={0,2}", re.IGNORECASE)
_USER_INFO = re.compile(r"(?<=://)[^/?#\s]+(?=@)")
_NAMED = re.compile(
    rf"{_BEGIN}({'|'.join(sorted(SECRET_FIELDS))}){_COUPLER}(?!…)(?:(?!%2[26C]|%7D)[^\\\"'\s&,;}}<])+", re.IGNORECASE
)
_NAMED_NUMBER = re.compile(
    rf"(?<![A-Za-z_])({'|'.join(sorted(NUMBER_FIELDS))}){_COUPLER}(\d(?:{_GAP}?\d){{8,}})",
    re.IGNORECASE,
)
# A wallet's data is JSON of its own, so that its end cannot be told.
_WALLET = re.compile(rf"(tokenization\W.{{0,200}}?\bdata{_COUPLER}).+", re.IGNORECASE | re.DOTALL)
# Groups of digits, not inside a word: ids are made of letters and digits too.
_DIGITS = re.compile(
    rf"(?<!%)(?<!%[0-9A-Fa-f])(?:(?<![^\W_])|(?<={_ESCAPE})|(?<=\\[nrt]))\d+(?:{_GAP}{{1,3}}\d+)*(?![^\W_])"
)
_BETWEEN = re.compile(rf"((?:{_GAP})+)")

LOOKS = {
    "credentials": _CREDENTIALS,
    "key": _KEY,
    "user of an address": _USER_INFO,
    "wallet's payment data": _WALLET,
    "named secret": _NAMED,
    "named number": _NAMED_NUMBER,
    "webhook secret": _WEBHOOK_SECRET,
    "card number": _DIGITS,
}
"""What secrets look like in a text, by their kind; what is found so is one if `redact_text` changes it."""


def redact(value: Any, field: str | None = None, depth: int = DEEPEST) -> Any:
    """
    Return a copy of *value* (any JSON value) without secrets, in names or values, at any depth.

    *field* is the name under which the value stands, where it has one. Dicts and lists keep their shape; what is
    more than *depth* levels down is left out.
    """
    if value is None or isinstance(value, bool):
        return value
    bare = _bare(field)
    if not depth or bare in HIDDEN_FIELDS:
        return MASK
    value = opened(value)
    if isinstance(value, Mapping):
        return {_redact_name(name): redact(item, _within(bare, str(name)), depth - 1) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [redact(item, field, depth - 1) for item in value]

    return _redact_scalar(value, bare)


class Sealed:
    """
    A secret on its way through the library, which nothing shows, neither a log nor what prints the variables of frames.

    Whoever sends it opens it, and nobody else.
    """

    __slots__ = ("_value",)

    def __init__(self, value: Any) -> None:
        self._value = value

    def open(self) -> Any:
        """Return the secret."""
        return self._value

    def __repr__(self) -> str:
        return repr(MASK)

    def __reduce__(self) -> Any:
        raise TypeError("a sealed secret cannot be pickled")


def sealed(value: Any, name: str = "") -> Any:
    """
    Return a copy of parameters, at any depth, with what is secret by its name, or by its looks, sealed.

    *name* is the one under which *value* stands. It cannot fail: it is the first thing that is done with what a user
    gives, and what failed here would show it.
    """
    kind = type(value)
    if kind is dict:
        within, copy, telling = name, {}, False
        for key, item in value.items():
            copy[key] = sealed(item, _within(within, key))
            if type(key) is str and len(key) >= SHORTEST and is_secret(key):
                telling = True  # names are not sealed one by one
        return Sealed(copy) if telling else copy
    if kind is list:
        return [sealed(item, name) for item in value]
    if kind is tuple:
        return tuple([sealed(item, name) for item in value])
    if kind is str:
        return Sealed(value) if value and (name in SEALED_FIELDS or is_secret(value)) else value
    if value is None or kind is bool:
        return value
    if kind is int and (name in SEALED_FIELDS or (value >= SMALLEST and is_secret(str(value)))):
        return Sealed(value)
    if kind in (bytes, bytearray, set, frozenset) and value:  # which is a file's, or refused
        return Sealed(value)
    if isinstance(value, Mapping):
        try:
            return sealed(dict(value), name)
        except Exception:  # what is no mapping after all is refused where it is sent
            return value
    return value


def is_secret(text: str) -> bool:
    """Tell whether *text* holds what looks like a secret."""
    return _SUSPECT.search(text) is not None and redact_text(text) != text


def _within(outer: str | None, name: Any) -> str:
    """Return what a field is known by: its name, and for the data of a wallet what it stands in."""
    plain = name.lower() if isinstance(name, str) else ""
    return WALLET_DATA if plain == "data" and outer == "tokenization" else plain


def opened(value: Any) -> Any:
    """Return what *value* seals, if it is sealed."""
    return value.open() if type(value) is Sealed else value


def redact_text(text: str) -> str:
    """
    Return *text* without what looks like a secret: keys, credentials, named secrets, numbers of cards, …

    What is percent-encoded, even twice, is looked at as well.
    """
    if _SUSPECT.search(text) is None:
        return text
    shown = _redact_text(text)
    if "%25" in shown:
        once = re.sub("%(?:25)+(?=[0-9A-Fa-f]{2})", "%", shown)
        redacted = _redact_text(once)
        shown = redacted if redacted != once else shown
    return shown


def _redact_text(text: str) -> str:
    text = _WALLET.sub(rf"\1{MASK}", text)
    text = _KEY.sub(rf"\1_\2{MASK}", text)
    text = _CREDENTIALS.sub(rf"\1\2{MASK}", text)
    text = _USER_INFO.sub(MASK, text)
    text = _NAMED.sub(rf"\1\2{MASK}", text)
    text = _NAMED_NUMBER.sub(lambda found: found[1] + found[2] + _redact_number(re.sub(r"%..|\D", "", found[3])), text)
    text = _WEBHOOK_SECRET.sub(_redact_base64, text)
    return _DIGITS.sub(_redact_run, text)


def short(value: Any, name: str = "", limit: int = 48) -> str:
    """Return the `repr` of *value* without secrets, cut off where it is long."""
    text = repr(redact(value, name))
    return text if len(text) <= limit else text[: limit - 2] + text[0] + "…"


def _redact_base64(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 40) : found.start()]
    return found[0] if _FINGERPRINT.search(before) else MASK


def _redact_name(name: Any) -> Any:
    return redact_text(name) if isinstance(name, str) else name


def _redact_scalar(value: Any, name: str | None) -> Any:
    text = value if type(value) is str else str(value)
    if name in NUMBER_FIELDS:
        digits = re.sub(r"\D", "", text)
        if digits and not text.startswith(MASK) and not _RECEIPT.fullmatch(text):
            return MASK if re.search("[:=]", text) else _redact_number(digits)  # which is more than a number
    if name == "key" and _KEY_FIELD.fullmatch(text):  # an event has a "key" too: "charge.create"
        return MASK
    if name == "fingerprint":
        return value

    redacted = redact_text(text)
    return value if redacted == text else redacted


def _bare(field: str | None) -> str | None:
    """Return the innermost name of a form's field: ``number`` of ``card[number]``."""
    if field is None or "[" not in field:
        return field and field.lower()
    names = re.findall(r"[^][]+", field.lower())
    return WALLET_DATA if names[-2:] == ["tokenization", "data"] else names[-1] if names else None


def _redact_run(run: re.Match[str]) -> str:
    """Blot out the card numbers among groups of digits, which may stand beside others: ``2026-01-31 4242 4242 …``."""
    pieces = _BETWEEN.split(run.group())  # a group, what separates it from the next, a group, …
    shown, first = "", 0
    while first < len(pieces):
        size = next(
            (size for size in (1, 13, 11, 9, 7, 5, 3) if _is_card_number(pieces[first : first + size : 2])), None
        )
        found = "".join(pieces[first : first + (size or 1) : 2])
        first += size or 1
        shown += (_redact_number(found) if size else found) + "".join(pieces[first : first + 1])
        first += 1
    return shown


def _redact_number(digits: str) -> str:
    return MASK + digits[-4:] if len(digits) > 8 else MASK


def _is_card_number(groups: list[str]) -> bool:
    """
    Tell whether the *groups* of digits are one card's number, as it is printed on cards or without gaps.

    By their length, the first digit (ISO/IEC 7812: 2 to 6, and 8) and the check digit, dates and amounts hardly pass.
    """
    digits = "".join(groups)
    sizes = [len(group) for group in groups]
    grouped_like_one = len(groups) == 1 or (min(sizes) >= 3 and max(sizes) >= 4)
    return 13 <= len(digits) <= 19 and digits[0] in "234568" and grouped_like_one and _passes_luhn(digits)


def _passes_luhn(digits: str) -> bool:
    """Tell whether the check digit is right, as every card number's is; most other long numbers fail."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        worth = int(digit) * (1 + place % 2)
        total += worth - 9 if worth > 9 else worth
    return total % 10 == 0
