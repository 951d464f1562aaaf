"""
A request made ready for the session: by hand for all that is usual, by requests itself for the rest.

Imported with the first request, since it imports requests.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, ValuesView
from typing import Any
from urllib.parse import urlencode

import requests
from requests.auth import HTTPBasicAuth
from requests.structures import CaseInsensitiveDict

from ..redaction import opened
from .encoding import flatten
from .request import Request

MOST_KEPT = 16
"""For how many keys their header is kept, and for how many addresses what their requests have in common."""

models: dict[str, tuple[Any, str, dict[str, tuple[str, str]]]] = {}
"""What requests to an address have in common, with what it was made of, as any session found it last."""

ENCODER = json.JSONEncoder(default=opened)
"""Writes JSON, and opens what is sealed on its way out."""


class Headers(CaseInsensitiveDict[str]):
    """Headers that are copied and walked through as a dict is: urllib3 does both with those of every request."""

    def __init__(self, store: dict[str, tuple[str, str]]) -> None:
        self._store: Any = store

    def copy(self) -> Headers:
        return Headers(self._store.copy())

    def items(self) -> ValuesView[tuple[str, str]]:  # type: ignore[override]
        return self._store.values()  # type: ignore[no-any-return]

    def __iter__(self) -> Iterator[str]:
        return iter([name for name, _ in self._store.values()])


class Prepared(requests.PreparedRequest):
    """A request that was made ready by hand: its address is spelled as requests would."""

    def __init__(self, method: str, url: str, headers: Headers, body: str | None) -> None:
        self.method: str | None = method
        self.url: str | None = url
        self.headers: CaseInsensitiveDict[str | bytes] = headers  # type: ignore[assignment]
        self.body: bytes | str | None = body
        self.hooks: Any = {"response": []}
        self._cookies = None
        self._body_position = None


class Preparer:
    """Makes requests ready for one session; what those to one address have in common is kept, for all sessions."""

    def __init__(self, session: requests.Session) -> None:
        self.session = session
        self._authorizations: dict[str, tuple[str, str]] = {}

    def prepare(self, request: Request, agent: str, version: str | None) -> requests.PreparedRequest:
        """Return *request* as the session sends it, from *agent* and for the *version* of the API."""
        if request.files is not None or not self._is_usual():
            return self._have_prepared(request, agent, version)
        url, headers = self._common(request, agent, version)
        if request.idempotency_key is not None:
            headers["idempotency-key"] = "Idempotency-Key", request.idempotency_key
        url, body = url + request.path, None
        if request.is_read:
            url = _with_query(url, request)
        elif request.params:
            body = ENCODER.encode(request.params)
            headers["content-type"] = "Content-Type", "application/json"
            headers["content-length"] = "Content-Length", str(len(body))  # the encoder writes ASCII
        else:
            headers["content-length"] = "Content-Length", "0"
        return Prepared(request.method, url, Headers(headers), body)

    def _is_usual(self) -> bool:
        """Tell whether nothing was set on the session but headers, which are looked at for each request."""
        session = self.session
        return (
            not session.params
            and session.auth is None
            and not any(session.hooks.values())
            and type(session.headers) is CaseInsensitiveDict
            and next(iter(session.cookies), None) is None
        )

    def _common(self, request: Request, agent: str, version: str | None) -> tuple[str, dict[str, tuple[str, str]]]:
        """Return what all requests to this address with this key have in common, as requests spells it."""
        made_of = agent, version, self.session.headers._store  # type: ignore[attr-defined]
        model = models.get(request.base)
        if model is None or model[0] != made_of:
            bare = self._have_prepared(Request("GET", request.base, "", ""), agent, version)
            model = (*made_of[:2], dict(made_of[2])), str(bare.url).rstrip("/"), dict(bare.headers._store)  # type: ignore[attr-defined]
            if len(models) >= MOST_KEPT:
                models.clear()
            models[request.base] = model
        headers = model[2].copy()
        headers["authorization"] = self._authorization(request.key)
        return model[1], headers

    def _authorization(self, key: str) -> tuple[str, str]:
        if key not in self._authorizations:
            if len(self._authorizations) >= MOST_KEPT:
                self._authorizations = {}
            blank: Any = requests.Request()  # anything with headers will do
            self._authorizations[key] = "Authorization", HTTPBasicAuth(key, "")(blank).headers["Authorization"]
        return self._authorizations[key]

    def _have_prepared(self, request: Request, agent: str, version: str | None) -> requests.PreparedRequest:
        headers = {"User-Agent": agent, "Omise-Version": version, "Idempotency-Key": request.idempotency_key}
        raw = requests.Request(request.method, request.url, headers=headers, auth=(request.key, ""))
        if request.is_read:
            raw.url = _with_query(request.url, request)
        elif request.files is not None:
            raw.data, raw.files = list(flatten(request.params)), dict(opened(request.files))
        elif request.params:
            raw.headers["Content-Type"] = "application/json"
            raw.data = ENCODER.encode(request.params)
        return self.session.prepare_request(raw)


def _with_query(address: str, request: Request) -> str:
    pairs = [*flatten(request.params)] if request.params else []
    return f"{address}?{urlencode(pairs)}" if pairs else address
