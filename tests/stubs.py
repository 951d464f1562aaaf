"""Answers written by the test, for what the sandbox does not do; and what is tidied up around tests."""

from __future__ import annotations

import gc
import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPResponse

import omise
from omise.records.casting import NAMES, REGISTRY


class Sent(NamedTuple):
    """One request as it left the client."""

    method: str
    path: str
    params: dict[str, Any]
    headers: dict[str, str]


class Stub(BaseAdapter):
    """Answers every request with the JSON that *answer* gives for it, and remembers what was sent."""

    def __init__(self, answer: Callable[[Sent], Any]) -> None:
        super().__init__()
        self.answer = answer
        self.sent: list[Sent] = []

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """Answer *request*."""
        url = urlsplit(str(request.url))
        is_json = request.headers.get("Content-Type") == "application/json"
        params = json.loads(request.body) if request.body and is_json else dict(parse_qsl(url.query))
        self.sent.append(Sent(str(request.method), url.path, params, dict(request.headers)))
        body = io.BytesIO(json.dumps(self.answer(self.sent[-1])).encode())
        return HTTPAdapter().build_response(request, HTTPResponse(body, status=200, preload_content=False))

    def close(self) -> None:
        """Nothing is open."""

    def client(self, **settings: Any) -> omise.Client:
        """Return a client that has its answers from here."""
        client = omise.Client(**{"secret_api_key": "skey_test_stub", "public_api_key": "pkey_test_stub", **settings})
        client.transport.mount(self)
        return client


def load_all() -> None:
    """Load every resource, which else happens when it is first used."""
    for name in omise.directory.MODULES:
        omise.directory.load(name)


@contextmanager
def throw_away_classes() -> Iterator[None]:
    """Forget, at the end of the block, the resource classes that were declared in it."""
    load_all()
    before = dict(REGISTRY), dict(NAMES)
    try:
        yield
    finally:
        for names, kept in zip((REGISTRY, NAMES), before, strict=True):
            names.clear()
            names.update(kept)


def settle() -> None:
    """Have the garbage collector pass over what there is by now."""
    gc.collect()
    if sys.version_info < (3, 14):  # there hypothesis asks who refers to its random, and what is frozen does not tell
        gc.freeze()
