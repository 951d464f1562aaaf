"""Secrets that nobody has, how they are spelled, and whether a text shows one: what the walks over places share."""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
import logging
import pickle
import re
import traceback
import warnings
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_plus

import omise

from .misbehaving import Answer, Connection, answer, cut_short, hang_up, reset, silence

SECRET_KEY, PUBLIC_KEY, CALL_KEY = (
    "skey_test_5canary00000secret00",
    "pkey_test_5canary00000public00",
    "skey_test_5canary0000thecall00",
)
NUMBER, CODE = "5454545454545454", "0917"
ACCOUNT, CITIZEN, WALLET = "7772727364", "1101700203450", "walletpayload0123456789canary"
HOOK = base64.b64encode(b"a webhook secret, 32 bytes long!").decode()

CANARIES = {
    "secret key": SECRET_KEY,
    "public key": PUBLIC_KEY,
    "key of a call": CALL_KEY,
    "live key": "skey_5canary000000000live00",
    "chain key": "ckey_test_5canary00000chain00",
    "app key": "akey_test_5canary0000000app00",
    "malformed key": "skey_test_5canary 00000broken00",
    "card number": NUMBER,
    "security code": CODE,
    "account number": ACCOUNT,
    "citizen number": CITIZEN,
    "wallet": WALLET,
    "webhook secret": HOOK,
}
"""What must be seen nowhere, by its kind."""

SPELLINGS = {
    "secret key": "skey_test_5canary00000secret00",
    "live key in text": "the key is skey_5canary000000000live00, I think",
    "public key in an address": "https://pkey_test_5canary00000public00:@api.omise.co",
    "chain key": "ckey_test_5canary00000chain00",
    "app key": "akey_test_5canary0000000app00",
    "malformed key": "'skey_test_5canary 00000broken00'",
    "credentials": "Basic " + base64.b64encode(f"{SECRET_KEY}:".encode()).decode(),
    "card": NUMBER,
    "card, spaced": "5454 5454 5454 5454",
    "card, dashed": "5454-5454-5454-5454",
    "card in text": f"paid with {NUMBER}, thanks",
    "card in JSON": json.dumps({"card": {"number": NUMBER, "security_code": CODE}}),
    "card in a form": f"card[number]={NUMBER}&card[security_code]={CODE}",
    "card in a form, encoded": quote(f"card[number]={NUMBER}&card[security_code]={CODE}"),
    "card spaced by plus": "card=5454+5454+5454+5454",
    "webhook secret": HOOK,
}
"""Texts that hold a secret which is known by its looks, wherever it stands."""

CARD = {"name": "Mali", "number": NUMBER, "security_code": CODE, "expiration_month": 8, "expiration_year": 2035}
BANK = {"brand": "bbl", "number": ACCOUNT, "name": "Mali"}
PRICE = {"amount": 100_00, "currency": "thb"}

HOOKS = ("on_request", "on_response", "on_retry", "on_wait")

HERE = str(Path(omise.__file__).parent)

_GAPS = re.compile(r"(?<=\d)[ \-\u00a0](?=\d)")
_ENCODED = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")
_CODE = re.compile(rf"(?<![\w.]){CODE}(?![\w.])")


@lru_cache(maxsize=10_000)  # the same names and settings are seen over and over
def kinds_in(text: str) -> frozenset[str]:
    """Return the kinds of canaries that *text* shows: as they are, percent-encoded, spaced, or in base64."""
    plain = unquote_plus(unquote_plus(text))
    inner = []
    for found in _ENCODED.findall(plain):
        with contextlib.suppress(binascii.Error, UnicodeDecodeError):
            inner.append(base64.b64decode(found + "=" * (-len(found) % 4)).decode())
    every = "\n".join([text, plain, _GAPS.sub("", plain), *inner])
    seen = {kind for kind, canary in CANARIES.items() if kind != "security code" and canary in every}
    return frozenset(seen | ({"security code"} if _CODE.search(every) else set()))


class Sinks(logging.Handler):
    """
    Where a secret may come out, and what came out there: logs of every library at DEBUG, warnings, hooks (of which one
    fails), errors, results.

    A context manager, around one call or many.
    """

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.leaks: dict[str, set[str]] = {}
        self.place = ""
        self._formatter = logging.Formatter("%(name)s %(message)s")

    def take(self, sink: str, text: str) -> None:
        """Look at what came out of *sink*."""
        for kind in kinds_in(text):
            self.leaks.setdefault(f"{sink} shows a {kind}", set()).add(self.place)

    def emit(self, record: logging.LogRecord) -> None:
        self.take(f"log {record.name}", f"{self._formatter.format(record)} {record.args!r}")
        if record.exc_info and record.exc_info[1]:
            for sink, text in shown(record.exc_info[1]):
                self.take(f"log {record.name}, {sink}", text)

    def __enter__(self) -> Sinks:
        root = logging.getLogger()
        self._level = root.level
        root.setLevel(logging.DEBUG)
        root.addHandler(self)
        self._warnings = warnings.catch_warnings()
        self._warnings.__enter__()
        warnings.simplefilter("always")
        warnings.showwarning = lambda message, *rest, **more: self.take("warning", str(message))
        for hook in HOOKS:
            setattr(omise, hook, (lambda info: self.take("hook", repr(info)), fail))
        return self

    def __exit__(self, *exc_info: object) -> None:
        for hook in HOOKS:
            delattr(omise, hook)
        self._warnings.__exit__(None, None, None)
        logging.getLogger().removeHandler(self)
        logging.getLogger().setLevel(self._level)

    def call(self, place: str, call: Callable[[], Any]) -> BaseException | None:
        """Do *call*, which puts canaries into *place*, and look at all that comes of it; return what it raised."""
        self.place = place
        try:
            result = call()
        except Exception as error:
            for sink, text in shown(error):
                self.take(sink, text)
            return error
        for show in (repr, str, lambda it: it._repr_html_() if hasattr(it, "_repr_html_") else ""):
            self.take("result", show(result))
        return None


def fail(info: omise.RequestInfo) -> None:
    """Be a hook that is broken, so that what is logged of it is seen too."""
    raise LookupError(f"no counter for {info}")


def shown(error: BaseException) -> Iterator[tuple[str, str]]:
    """Yield what shows an error, and all that led to it: trackers that print variables, logs, pickles."""
    every = [error]
    for each in every:
        every += [link for link in (each.__cause__, each.__context__) if link is not None and link not in every]
        ours = (step for step in traceback.walk_tb(each.__traceback__) if step[0].f_code.co_filename.startswith(HERE))
        for frame in traceback.StackSummary.extract(ours, lookup_lines=False, capture_locals=True):
            yield f"locals of {frame.name} in {Path(frame.filename).name}", f"{frame.locals}"
        yield "str", str(each)
        yield "repr", repr(each)
        yield "vars", repr(vars(each))
        yield "args", repr(each.args)
        with contextlib.suppress(TypeError, AttributeError, pickle.PicklingError):
            yield "pickle", pickle.dumps(each, 0).decode("latin-1")


def leaks(error: BaseException) -> list[tuple[str, str]]:
    """Return the kinds of canaries that an error shows, each with where."""
    return [(kind, sink) for sink, text in shown(error) for kind in kinds_in(text)]


# What becomes of a call


def echo(status: int, kind: str, **headers: str) -> Answer:
    """All that was sent comes back: in an error's message, in an object, or in what is nothing at all."""

    def write(connection: Connection) -> bool:
        sent = connection.server.received[-1]
        said = f"{sent.path} {sent.body.decode('latin-1')} {sent.headers.get('Authorization')}"
        body = {"object": kind, "code": "bad_request", "message": said, "id": "x_1", "location": said, "url": said}
        text = json.dumps(body) if kind else f"<html>{said}"
        connection.write(status, text.encode(), {"X-Request-Id": "req_1", **headers})
        return True

    return write


def misdirect(connection: Connection) -> bool:
    return echo(302, "", Location=f"https://elsewhere.example/?{SECRET_KEY}&number={NUMBER}")(connection)


TOKEN = answer(200, {"object": "token", "id": "tokn_test_1"})

OUTCOMES: dict[str, list[Answer]] = {
    "success": [answer(200, {"object": "customer", "id": "cust_1"})],
    "refused": [echo(400, "error")],
    "broken API": [echo(500, "error")],
    "too many": [echo(429, "error", Retry_After="0")],
    "another kind": [echo(200, "nonsense")],
    "no JSON": [echo(200, "")],
    "gateway": [echo(502, "")],
    "redirected": [misdirect],
    "hung up": [hang_up],
    "reset": [reset],
    "cut short": [cut_short],
    "lost, then refused": [hang_up, echo(400, "error")],
    "a token, then lost": [TOKEN, hang_up],
    "a token, then refused": [TOKEN, echo(400, "error")],
    "late": [silence],
    "no connection": [],
}
"""What the server answers, again and again."""


def set_up(outcome: str, url: str, monkeypatch: Any) -> None:
    """Have the default client ask the server at *url*, without pauses, with what leads to *outcome*."""
    monkeypatch.setattr("omise.wire.transport.time.sleep", lambda seconds: None)
    omise.api_url = omise.vault_url = "http://127.0.0.1:9" if outcome == "no connection" else url
    omise.secret_api_key, omise.public_api_key = SECRET_KEY, PUBLIC_KEY
    if outcome == "late":
        omise.timeout, omise.max_retries = (5, 0.01), 0
