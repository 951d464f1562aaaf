"""`Webhook`: checks that the API signed what arrived, then makes an `Event` of it."""

from __future__ import annotations

import base64
import hmac
import inspect
import io
import json
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, ClassVar

from .discretion import discreet
from .errors import ConfigurationError, SignatureError
from .records.access import BaseClient, Origin, current_client
from .records.casting import cast
from .redaction import Sealed, opened

if TYPE_CHECKING:
    from .resources.event import Event

SIGNATURE = "Omise-Signature"
TIMESTAMP = "Omise-Signature-Timestamp"

TOLERANCE = 300.0
"""Seconds between signing and checking.  Inferred: the API names no number; this one is usual."""

RAW_BODY = (
    "the signature covers the body's bytes exactly as they arrived, and JSON that was parsed and written again is no "
    "longer the same: pass the raw body, as bytes or text, or the request itself"
)


class Webhook:
    """
    Events that the API posts to a server of yours.

    With Django or Flask, hand over the request::

        event = omise.Webhook.construct_event(request, secret=secret)

    with FastAPI or Starlette, whose body has to be awaited, the body and the headers::

        event = omise.Webhook.construct_event(await request.body(), request.headers, secret)

    *secret* is the one that the dashboard shows, base64 text, or a list of them while they rotate: any of them will do.

    ``client.Webhook`` is that of another account: the event, and all that is in it, stays with that client.

    Source: https://docs.omise.co/api-webhooks
    """

    _client: ClassVar[BaseClient | None] = None

    @classmethod
    @discreet
    def construct_event(
        cls,
        body: Any,
        headers: Any = None,
        secret: str | Iterable[str] | None = None,
        *,
        tolerance: float = TOLERANCE,
        now: float | datetime | None = None,
    ) -> Event:
        """
        Return the `Event` in *body*, once its signature is known to be right. Nothing is sent.

        Takes what `verify` takes, and raises what it raises; `SignatureError` too if the body is not an event. Events
        can arrive twice, and in any order: their ``id`` tells them apart.
        """
        body, headers, secret = _unseen(body, headers, secret)
        raw = Sealed(cls.verify(body, headers, secret, tolerance=tolerance, now=now))
        event = Sealed(_parsed(raw))
        if event.open() is None:
            raise SignatureError("the body is signed, but is not JSON")
        if not isinstance(event.open(), dict) or event.open().get("object") != "event":
            raise SignatureError("the body is signed, but is not an event object")
        return cast(event.open(), Origin(cls._client or current_client()))  # type: ignore[no-any-return]

    @staticmethod
    @discreet
    def verify(
        body: Any,
        headers: Any = None,
        secret: str | Iterable[str] | None = None,
        *,
        tolerance: float = TOLERANCE,
        now: float | datetime | None = None,
    ) -> bytes:
        """
        Return the raw body, once its signature is known to be right.

        *body* is bytes, text, a request of Django, Flask, Werkzeug and their like, or a WSGI environ, whose input can
        be read again afterwards. *headers*, which a request brings along, are a mapping or pairs in any letter case, a
        WSGI environ, an ASGI scope, or anything with ``headers``. *tolerance* is how many seconds may lie between
        signing and *now* (a datetime or Unix time; by default the machine's), to either side.

        Raises `SignatureError` saying what is wrong, `ConfigurationError` for a *secret* that cannot be one, and
        TypeError for a body or headers of the wrong kind.
        """
        body, headers, secret = _unseen(body, headers, secret)
        keys = _keys(secret)
        raw = Sealed(_raw_body(body))
        found = _headers(body if headers is None else headers)
        for name in (SIGNATURE, TIMESTAMP):
            if not found[name]:
                raise SignatureError(f"the {name} header is missing: this was not sent by the API, or is not signed")
        if not re.fullmatch("[0-9]{1,12}", found[TIMESTAMP]):
            raise SignatureError(f"the {TIMESTAMP} header is not a Unix time")
        if not _matches(found[SIGNATURE], [_sign(key, found[TIMESTAMP], raw.open()) for key in keys.open()]):
            raise SignatureError(
                f"no signature in the {SIGNATURE} header matches: the body was changed on its way, or signed with "
                "another secret, or not by the API"
            )
        _check_age(_seconds(now) - int(found[TIMESTAMP]), tolerance)
        return raw.open()  # type: ignore[no-any-return]

    @staticmethod
    @discreet
    def sign(
        body: str | bytes, secret: str | Iterable[str], *, timestamp: float | datetime | None = None
    ) -> dict[str, str]:
        """
        Return the headers with which the API would post *body*, for tests of your own.

        *body* is bytes or text, *timestamp* a datetime or Unix time, by default now. With several secrets there is a
        signature by each.
        """
        body, secret = _unseen(body, secret)
        seconds = _seconds(timestamp)
        if not 0 <= seconds < 1e12:
            raise ValueError(f"a timestamp is a Unix time in seconds, got {seconds}")
        text, raw, keys = str(int(seconds)), Sealed(_raw_body(body)), _keys(secret)
        return {SIGNATURE: ",".join(_sign(key, text, raw.open()) for key in keys.open()), TIMESTAMP: text}


# The signature


def _unseen(*given: Any) -> Any:
    """Return what was given as no frame is to show it: a secret, what a body tells of people."""
    return (each if each is None or type(each) is Sealed else Sealed(each) for each in given)


def _parsed(raw: Sealed) -> Any:
    """Return the JSON that *raw* is; None if it is none."""
    try:
        return json.loads(raw.open())
    except (ValueError, RecursionError):
        return None


def _keys(secret: Any) -> Sealed:
    """Return the key of each secret, sealed; raises `ConfigurationError`, which shows none of them."""
    keys = Sealed([_decode(text) for text in _each(opened(secret))])
    if not all(keys.open()) or not keys.open():
        raise ConfigurationError(
            "a webhook secret is missing or malformed: it is the base64 text that the dashboard shows beside the "
            "webhook's address, or a list of such texts"
        )
    return keys


def _each(secret: Any) -> list[Any]:
    return list(secret) if isinstance(secret, Iterable) and not isinstance(secret, (str, bytes)) else [secret]


def _decode(secret: Any) -> bytes:
    """Return the key that *secret* stands for; empty if it stands for none."""
    try:
        return base64.b64decode(secret, validate=True) if isinstance(secret, str) else b""
    except ValueError:
        return b""


def _sign(key: bytes, timestamp: str, body: bytes) -> str:
    return hmac.new(key, timestamp.encode() + b"." + body, "sha256").hexdigest()


def _matches(header: str, expected: list[str]) -> bool:
    """Tell whether one of the signatures in *header* is one of *expected*; the time it takes does not tell which."""
    candidates = [item.strip().encode(errors="replace") for item in header.split(",")]
    results = [hmac.compare_digest(one.encode(), other) for one in expected for other in candidates]
    return any(results)


def _check_age(age: float, tolerance: float) -> None:
    if isinstance(tolerance, bool) or not isinstance(tolerance, (int, float)):
        raise TypeError(f"tolerance is a number of seconds, got {type(tolerance).__name__}")
    if not -tolerance <= age <= tolerance:  # a NaN tolerates nothing
        when = f"{abs(age):.0f} seconds {'ago' if age > 0 else 'in the future'}"
        raise SignatureError(
            f"the {TIMESTAMP} header is too {'old' if age > 0 else 'far ahead'}: signed {when}, and {tolerance:g} are "
            "tolerated. Either it is a repetition, or the clock of this machine is wrong"
        )


def _seconds(moment: Any) -> float:
    """Return *moment* as Unix time; None is now."""
    if moment is None:
        return time.time()
    if isinstance(moment, datetime):
        return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp()
    if isinstance(moment, bool) or not isinstance(moment, (int, float)):
        raise TypeError(f"a moment is a datetime or a Unix time in seconds, got {type(moment).__name__}")
    return moment


# What frameworks hand over


def _raw_body(body: Any) -> bytes:
    """Return the bytes of *body*, or of the request that it is; either may be sealed."""
    return _bytes_of(opened(body))


@discreet
def _bytes_of(body: Any) -> bytes:
    if isinstance(body, str):
        return body.encode("utf-8", "surrogatepass")
    if isinstance(body, (bytes, bytearray, memoryview)):
        return bytes(body)
    if isinstance(body, dict):
        return _read_environ(body)

    # Flask and Werkzeug have get_data(), Django has body.
    raw = body.get_data() if hasattr(body, "get_data") else getattr(body, "body", body)
    if inspect.iscoroutine(raw):
        raw.close()
    if inspect.isawaitable(raw) or callable(raw):
        raise TypeError(
            f"the body has to be awaited: pass await request.body(), and request.headers; got {type(body).__name__}"
        )
    if not isinstance(raw, bytes):
        raise TypeError(f"body is of the type {type(body).__name__}; {RAW_BODY}")
    return raw


def _read_environ(environ: dict[str, Any]) -> bytes:
    """Return the body of a WSGI request, and leave it there for the application to read."""
    if "asgi" in environ:
        raise TypeError("the body of an ASGI request has to be received: pass it as bytes, and the scope as headers")
    if "wsgi.input" not in environ:
        raise TypeError(f"body is a dict; {RAW_BODY}")
    length = str(environ.get("CONTENT_LENGTH") or "0")
    raw: bytes = environ["wsgi.input"].read(int(length)) if re.fullmatch("[0-9]{1,12}", length) else b""
    environ["wsgi.input"] = io.BytesIO(raw)
    return raw


def _headers(headers: Any) -> dict[str, str]:
    """Return both signature headers, by their names; empty text for what is not there."""
    return _signature_headers(opened(headers))


@discreet
def _signature_headers(headers: Any) -> dict[str, str]:
    found: dict[str, list[str]] = {SIGNATURE: [], TIMESTAMP: []}
    names = {name.lower(): name for name in found}
    for name, value in _pairs(headers):
        plain = _text(name).lower().replace("_", "-").removeprefix("http-")
        if plain in names and value is not None:
            found[names[plain]].append(_text(value))
    return {name: ",".join(values) for name, values in found.items()}


def _pairs(headers: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the pairs of *headers*, which may also be a request or an ASGI scope that has some."""
    inner = headers.get("headers") if isinstance(headers, Mapping) else getattr(headers, "headers", None)
    if inner is not None and not isinstance(inner, (str, bytes)):
        headers = inner
    pairs = headers.items() if hasattr(headers, "items") else headers
    if not isinstance(pairs, Iterable) or isinstance(pairs, (str, bytes, bytearray, memoryview)):
        raise TypeError(
            f"the request's headers are needed, as a mapping or a list of pairs, got {type(headers).__name__}; "
            "only a request brings its own, and the secret is given as secret="
        )
    for pair in pairs:
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            raise TypeError(f"headers are a mapping or a list of pairs, got a list with {type(pair).__name__} in it")
        yield pair[0], pair[1]


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
