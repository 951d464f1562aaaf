"""
Secrets in recordings, whoever made them: VCR.py, pytest-recording, betamax; in YAML or JSON, packed or not.

Each is told by its file, its place and its kind, and never shown.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote_plus

from ..guards import CODES
from ..redaction import HIDDEN_FIELDS, LOOKS, NUMBER_FIELDS, WALLET_DATA, redact, redact_text

ENDINGS = (".yaml", ".yml", ".json")

UNPACKED = 64 << 20
"""Bytes of a packed body that are looked at."""

KEYS = {"s": "secret key", "p": "public key", "c": "chain key", "a": "app key"}
PERSONAL = {
    "citizen_id": "citizen number",
    "tax_id": "tax number",
    "number": "card number",
    "card_number": "card number",
}

_STAND_IN = re.compile(
    r"[^0-9]*|.*(?:redacted|filtered|masked|hidden|dummy|placeholder|removed|xxx|\*\*\*|<[a-z _-]+>).*", re.IGNORECASE
)
"""What others put in the place of a secret: such words, and what has no digit in it."""
LONGEST_STAND_IN = 80

_PART = re.compile(r'name="([^"]*)"[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n(.*?)\r?\n--', re.DOTALL)
"""A part of a multipart form, with its name."""


class Leak(NamedTuple):
    """A secret in a recording: where it is, and what it is."""

    path: Path
    line: int | None
    """Where the header, address or body that holds it begins; None in JSON."""
    where: str
    """Such as ``interaction 2, request body, card.number``."""
    kind: str

    def __str__(self) -> str:
        line = "" if self.line is None else f":{self.line}"
        return f"{redact_text(str(self.path))}{line}: {self.where}: {self.kind}"


def check_cassettes(folder: str | Path) -> None:
    """
    Fail, as an assertion does, if a recording in *folder* holds a secret: for a test of your own.

    ::

        def test_no_cassette_holds_a_secret():
            omise.testing.check_cassettes("tests/cassettes")

    Raises FileNotFoundError if there is no recording, so that a folder that was moved is not passed over.
    """
    found = [leak for path in cassettes_in(folder) for leak in leaks_in(path)]
    if found:
        raise AssertionError(
            "\n".join(["recordings hold secrets; record them anew, and withdraw the keys:", *map(str, found)])
        )


def cassettes_in(folder: str | Path) -> list[Path]:
    """Return the recordings in *folder*, or the one that it is; raises FileNotFoundError if there is none."""
    folder = Path(folder)
    paths = [folder] if folder.is_file() else sorted(path for path in folder.rglob("*") if path.suffix in ENDINGS)
    if not paths:
        raise FileNotFoundError(f"there are no recordings ({', '.join(ENDINGS)}) in {redact_text(str(folder))}")
    return paths


def leaks_in(path: Path) -> Iterator[Leak]:
    """
    Yield each secret in the recording at *path*, and what keeps it from being read, since it might hold any.

    Raises ModuleNotFoundError if it is YAML and PyYAML is not installed, which comes with vcrpy.
    """
    # A key, but no number: that of a card is a parameter of tests, which recordings are called by; dates look alike.
    yield from (Leak(path, None, "its name", kind) for kind in _looks(path.name, "") if kind.endswith(" key"))
    told = set()
    try:
        for place, value, line in _of_yaml(path) if path.suffix != ".json" else _of_json(path):
            for where, kind in _secrets(place, value):
                leak = Leak(path, line, where, kind)
                if leak not in told:
                    told.add(leak)
                    yield leak
    except (ValueError, RecursionError, OSError):
        yield Leak(path, None, "all of it", "cannot be read, and so not be checked")


# What is in a file

Place = tuple[Any, ...]


def _of_json(path: Path) -> Iterator[tuple[Place, Any, None]]:
    """Yield all names and values in a JSON file, each with where it stands."""
    yield from ((place, value, None) for place, value in _walk(json.loads(path.read_bytes()), ()))


def _walk(value: Any, place: Place) -> Iterator[tuple[Place, Any]]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield (*place, "a name"), name
            yield from _walk(item, (*place, name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _walk(item, (*place, number))
    else:
        yield place, value


def _of_yaml(path: Path) -> Iterator[tuple[Place, Any, int]]:
    """Yield all names and values in a YAML file, each with where it stands; nothing in it is run."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        documents = [*yaml.compose_all(path.read_bytes(), loader)]
    except yaml.YAMLError as error:
        raise ValueError("no YAML") from error
    for document in documents:
        yield from _nodes(document, ())


def _nodes(node: Any, place: Place) -> Iterator[tuple[Place, Any, int]]:
    if node.id == "mapping":
        for name, item in node.value:
            yield from _nodes(name, (*place, "a name"))
            yield from _nodes(item, (*place, getattr(name, "value", "")))
    elif node.id == "sequence":
        for number, item in enumerate(node.value):
            yield from _nodes(item, (*place, number))
    else:
        binary = node.tag.endswith(":binary")
        value = base64.b64decode("".join(node.value.split()), validate=True) if binary else node.value
        yield place, value, node.start_mark.line + 1


# What is in a value


def _secrets(place: Place, value: Any) -> Iterator[tuple[str, str]]:
    """Yield where there is a secret in *value*, which stands at *place* in a recording, and of which kind it is."""
    where, names = _told(place)
    text = _text(value, packed="base64_string" in place[-1:])
    if "body" in place:
        for inner, item in _fields(text):
            for kind in _kinds(inner, item):
                yield ", ".join([where, *filter(None, [".".join(map(str, inner))])]), kind
    else:
        yield from ((where, kind) for kind in _kinds(names, text))


def _told(place: Place) -> tuple[str, Place]:
    """Return *place* in words, and the names in it that tell what a value is."""
    words, rest = [], [*place]
    while rest:
        step = rest.pop(0)
        if step in ("interactions", "http_interactions") and rest and isinstance(rest[0], int):
            words.append(f"interaction {rest.pop(0) + 1}")
        elif step in ("request", "response"):
            part = rest.pop(0) if rest else ""
            part = {"uri": "URI", "headers": "header"}.get(part, part)
            if part == "header":
                part = f"header {rest.pop(0)}" if rest else part
            words.append(f"{step} {part}".strip())
            rest = [] if part in ("URI", "body") or part.startswith("header") else rest
        elif not isinstance(step, int):
            words.append(str(step))
    return ", ".join(words), tuple(step for step in place if isinstance(step, str))


def _text(value: Any, packed: bool) -> str:
    """Return *value* as text: out of base64 if it is *packed* so, and out of what it was compressed by."""
    if packed and isinstance(value, str):
        value = base64.b64decode(value)
    if not isinstance(value, bytes):
        return str(value)
    if value[:2] == b"\x1f\x8b" or value[:1] == b"\x78":
        with suppress(zlib.error):  # where it only begins so
            value = zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(value, UNPACKED)
    return bytes(value).decode("utf-8", "replace")


def _fields(body: str) -> Iterator[tuple[Place, Any]]:
    """Yield what a body says, with the names under which it says it: JSON, a form of either kind, or else its text."""
    try:
        yield from _walk(json.loads(body), ())
        return
    except (ValueError, RecursionError):
        pass
    if "form-data" in body[:400].lower():
        pairs = _PART.findall(body)
    else:
        pairs = parse_qsl(body, keep_blank_values=True) if re.fullmatch(r"[\w.~*+%\[\]-]+=\S*", body) else []
    yield from (((*re.findall(r"[^][]+", name),), text) for name, text in pairs)
    if not pairs:
        yield (), body


def _kinds(names: Place, value: Any) -> set[str]:
    """Return the kinds of secrets in *value*, which stands under *names*."""
    named = [name.lower() for name in names if isinstance(name, str)]
    name = WALLET_DATA if named[-2:] == ["tokenization", "data"] else named[-1] if named else ""
    text = str(value)
    if value is None or isinstance(value, bool):
        return set()
    looks = _looks(text, name)
    if looks or _is_stand_in(text):
        return looks
    if name in HIDDEN_FIELDS or (name in {*NUMBER_FIELDS, "key"} and redact(text, name) != text):
        return {_kind_of(name, named)}
    return set()


def _is_stand_in(text: str) -> bool:
    return len(text) <= LONGEST_STAND_IN and _STAND_IN.fullmatch(text) is not None


def _kind_of(name: str, named: list[str]) -> str:
    """Return what a field of that *name* holds, which stands in those that are *named*."""
    if name in CODES:
        return "security code"
    if name == WALLET_DATA:
        return "wallet's payment data"
    if name == "key":
        return "webhook secret"
    if "account_number" in name or (name == "number" and "bank_account" in named):
        return "bank account number"
    return PERSONAL.get(name, "credentials" if name == "authorization" else name.replace("_", " "))


def _looks(text: str, name: str) -> set[str]:
    """Return the kinds of secrets that *text* holds by its looks."""
    if name == "fingerprint" or redact_text(text) == text:
        return set()
    found = set()
    for spelled in {text, unquote_plus(text), unquote_plus(unquote_plus(text))}:
        for kind, pattern in LOOKS.items():
            for match in pattern.finditer(spelled):
                secret = match[0]
                if redact_text(secret) != secret and not _is_stand_in(secret):
                    found.add(_exactly(kind, secret, name))
    return found - {"key"}


def _exactly(kind: str, secret: str, name: str) -> str:
    """Return the kind of *secret* as exactly as its looks tell: which key, and whether a live one."""
    if kind == "credentials":
        try:
            inside = base64.b64decode(secret.split()[-1] + "==").decode()
        except (binascii.Error, UnicodeDecodeError):
            return kind
        return next(iter(_looks(inside, "")), kind)
    if kind == "key":
        named = KEYS.get(secret[0], "key")
        return named if "_test" in secret else f"live {named}"
    if kind in ("named secret", "named number"):
        field = re.split(r"[^\w]", secret.lower())[0]
        return _kind_of(field, [])
    return kind
