"""
The sandbox in the process: an `omise.Client` whose requests reach the application by a function call.

The one module here that knows the client, and only from outside, so that what the two make of the API stays apart.
"""

from __future__ import annotations

import io
import secrets
import string
import weakref
from collections.abc import Iterable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPResponse
from werkzeug.test import EnvironBuilder, run_wsgi_app

from omise.client import Client, default_client
from omise.config import API_ADDRESSES
from omise.wire.pooling import STAND_INS

from .app import Application, ReceivedRequest
from .state.clock import Clock
from .state.store import Store

if TYPE_CHECKING:
    import os

    from requests import PreparedRequest, Response
    from typing_extensions import Self

    from omise.resources.card import CardData


class Sandbox:
    """
    A sandbox of its own, in this process and without a socket.

    In a ``with`` block the default client uses it, in every thread, with a fresh pair of test keys, and so does any
    other client that would ask the API's own hosts; at the end of the block everything is as it was. `client` makes
    further accounts, inside a block or without one.

    *db* is a file to keep the state in; without one it is kept in memory. *webhooks* are addresses that receive the
    events of all accounts. *country* is that of new accounts: ``TH``, ``JP``, ``SG`` or ``MY``.
    """

    def __init__(
        self,
        db: str | os.PathLike[str] | None = None,
        *,
        webhooks: Iterable[str] = (),
        country: str | None = None,
    ) -> None:
        store = Store(db) if db is not None else Store()
        self.application: Application = Application(store, webhooks=webhooks, country=country)
        self._adapter = ApplicationAdapter(self.application)
        self._block = ExitStack()
        self._close = weakref.finalize(self.application, store.close)  # clients may outlive this object

    @property
    def requests(self) -> list[ReceivedRequest]:
        """What was received so far, oldest first, without secrets."""
        return self.application.requests

    @property
    def clock(self) -> Clock:
        """
        The sandbox's time: ``clock.now()``, and ``clock.advance(days=31)`` to turn it forward.

        Whatever is due by then happens on the way: schedules run, charges expire, receipts are written.
        """
        return self.application.clock

    @property
    def webhook_secret(self) -> str:
        """What webhooks are signed with, for accounts without a secret of their own."""
        return self.application.webhook_secret

    def client(self, **settings: Any) -> Client:
        """
        Return a `Client` on an account of its own here, with keys of its own unless *settings* give others.

        *settings* are those of `omise.Client`.
        """
        client = Client(**{**_fresh_settings(), **settings})
        client.transport.mount(self._adapter)
        return client

    def card(self, number: str = "4242424242424242", **fields: Any) -> CardData:
        """Return card data that is good for a token: the test card *number*, with *fields* changed or added."""
        expiry = self.application.clock.now().year + 3
        card = {"name": "Somchai Prasert", "expiration_month": 10, "expiration_year": expiry, "security_code": "123"}
        return cast("CardData", {"number": number, **card, **fields})

    def card_token(self, number: str = "4242424242424242", **fields: Any) -> str:
        """Return the id of a fresh token for the card of the same parameters, as a browser would hand it over."""
        with self.client() as browser:
            return browser.Token.create(card=self.card(number, **fields)).id

    def close(self) -> None:
        """Close the database. The sandbox cannot be used after that."""
        self._close()

    def __enter__(self) -> Self:
        self._block.enter_context(default_client.replaced(self._adapter, **_fresh_settings()))
        STAND_INS.append(self._adapter)
        self._block.callback(STAND_INS.remove, self._adapter)
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._block.pop_all().close()

    def __repr__(self) -> str:
        return f"<Sandbox {len(self.requests)} requests>"


class ApplicationAdapter(BaseAdapter):
    """Carries the requests of a `requests.Session` to a WSGI application."""

    def __init__(self, application: Application) -> None:
        super().__init__()
        self.application = application
        self._builder = HTTPAdapter()

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """Have the application answer *request*."""
        url = urlsplit(str(request.url))
        body: Any = request.body.encode() if isinstance(request.body, str) else request.body or b""
        environ = EnvironBuilder(
            path=url.path,
            base_url=f"{url.scheme}://{url.netloc}",
            query_string=url.query,
            method=request.method or "GET",
            headers=list(request.headers.items()),
            input_stream=io.BytesIO(body),
        ).get_environ()
        chunks, status, headers = run_wsgi_app(self.application, environ, buffered=True)
        raw = HTTPResponse(
            io.BytesIO(b"".join(chunks)),
            headers=dict(headers),
            status=int(status.split()[0]),
            reason=status.partition(" ")[2],
            preload_content=False,
        )
        return self._builder.build_response(request, raw)

    def close(self) -> None:
        """Nothing is held open."""


def _fresh_settings() -> dict[str, Any]:
    return {
        "secret_api_key": f"skey_test_{_suffix()}",
        "public_api_key": f"pkey_test_{_suffix()}",
        **API_ADDRESSES,
    }


def _suffix() -> str:
    return "".join(secrets.choice(string.ascii_lowercase + string.digits) for _ in range(19))
