"""
The sandbox in the process: an `omise.Client` whose requests reach the application by a function call.

The one module here that knows the client, and only from outside, so that what the two make of the API stays apart.
To the client an answer looks as it would on the wire, whatever becomes of it on the way.
"""

from __future__ import annotations

import errno
import io
import os
import secrets
import sys
import threading
import weakref
from collections.abc import Generator, Iterable
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote_to_bytes, urlsplit

from requests import exceptions
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse
from urllib3.exceptions import ProtocolError, ReadTimeoutError
from werkzeug.test import run_wsgi_app

from omise.client import Client, default_client
from omise.config import API_ADDRESSES
from omise.wire.pooling import STAND_INS

from .app import Application, ReceivedRequest
from .http.faults import Broken, Fault, Plan
from .state.clock import Clock
from .state.store import Store

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment
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
    events of all accounts. *country* is that of new accounts: ``TH``, ``JP``, ``SG`` or ``MY``. Parameters that the API
    does not know are refused; with *strict* false they are ignored, as the API does, and a warning is logged.
    """

    def __init__(
        self,
        db: str | os.PathLike[str] | None = None,
        *,
        webhooks: Iterable[str] = (),
        country: str | None = None,
        strict: bool = True,
    ) -> None:
        store = Store(db) if db is not None else Store()
        self.application: Application = Application(store, webhooks=webhooks, country=country, strict=strict)
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

    @contextmanager
    def faults(self, *faults: Fault | str, seed: int = 0, **options: Any) -> Generator[Plan]:
        """
        Have requests, or webhooks, go wrong in the block: lost answers, slow ones, errors, and more.

        *faults* are `Fault` objects, or names of kinds that all share *options*: ``sandbox.faults("reset_after",
        path="/charges", times=1)``. The same *seed* gives the same faults. Raises ValueError for what is no fault.
        """
        plan = Plan([fault if isinstance(fault, Fault) else Fault(fault, **options) for fault in faults], seed)
        self.application.faults.add(plan)
        try:
            yield plan
        finally:
            self.application.faults.remove(plan)

    def client(self, **settings: Any) -> Client:
        """
        Return a `Client` on an account of its own here, with keys of its own unless *settings* give others.

        *settings* are those of `omise.Client`.
        """
        client = Client(**{**_fresh_settings(), **settings})
        client.transport.mount(ApplicationAdapter(self.application))  # its own: live keys do not go to the block's
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
        return f"<Sandbox requests={len(self.requests)}>"


class ApplicationAdapter(BaseAdapter):
    """Carries the requests of a `requests.Session` to a WSGI application."""

    def __init__(self, application: Application) -> None:
        super().__init__()
        self.application = application
        self._builder = HTTPAdapter()

    def send(
        self, request: PreparedRequest, stream: bool = False, timeout: Any = None, *args: Any, **kwargs: Any
    ) -> Response:
        """Have the application answer *request*."""
        url = urlsplit(str(request.url))
        seconds = timeout[1] if isinstance(timeout, tuple) else timeout
        pool = _pool(url.hostname, url.port)
        wire = _Wire(self.application, _environ(request), seconds)
        try:
            status, headers = wire.head()
        except TimeoutError:
            late = ReadTimeoutError(pool, url.path, f"Read timed out. (read timeout={seconds})")
            raise exceptions.ReadTimeout(late, request=request) from None
        except ConnectionResetError as reset:
            lost = ProtocolError("Connection aborted.", reset)
            raise exceptions.ConnectionError(lost, request=request) from None
        raw = HTTPResponse(
            io.BufferedReader(wire),
            headers=headers,
            status=int(status.split()[0]),
            reason=status.partition(" ")[2],
            preload_content=False,
            pool=pool,
        )
        return self._builder.build_response(request, raw)

    def close(self) -> None:
        """Nothing is held open."""


class _Wire(io.RawIOBase):
    """
    An answer as it arrives from the application. None of its parts is waited for longer than *timeout* seconds.

    Where faults are injected, the application works in a thread: as behind a socket, it goes on with what nobody waits
    for any more.
    """

    def __init__(self, application: Application, environ: WSGIEnvironment, timeout: float | None) -> None:
        super().__init__()
        self._timeout = timeout
        self._parts: SimpleQueue[Any] = SimpleQueue()
        self._rest = b""
        self._is_over = self._is_given_up = False
        if application.faults:
            threading.Thread(target=self._run, args=(application, environ), daemon=True).start()
        else:
            self._run(application, environ)

    def _run(self, application: Application, environ: WSGIEnvironment) -> None:
        try:
            chunks, status, headers = run_wsgi_app(application, environ)
            self._parts.put((status, dict(headers)))
            for chunk in filter(None, chunks):
                if self._is_given_up:
                    return
                self._parts.put(chunk)
            self._parts.put(b"")
        except Broken as broken:
            self._parts.put(
                ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET)) if broken.reset else b""
            )
        except Exception as error:
            self._parts.put(error)

    def head(self) -> tuple[str, dict[str, str]]:
        """Wait for the status and the headers, which come first."""
        status, headers = self._next()
        return status, headers

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest and not self._is_over:
            self._rest = self._next()
            self._is_over = not self._rest
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size

    def _next(self) -> Any:
        try:
            part = self._parts.get(timeout=self._timeout)
        except Empty:
            self._is_given_up = True
            raise TimeoutError("timed out") from None
        if isinstance(part, Exception):
            raise part
        return part


def _environ(request: PreparedRequest) -> WSGIEnvironment:
    """A request as a server hands it to an application. werkzeug's builder for tests takes ten times as long."""
    url = urlsplit(str(request.url))
    body = request.body.encode() if isinstance(request.body, str) else request.body or b""
    environ = {
        "REQUEST_METHOD": request.method or "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(url.path).decode("latin-1"),
        "QUERY_STRING": url.query,
        "SERVER_NAME": url.hostname or "",
        "SERVER_PORT": str(url.port or (443 if url.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": url.netloc,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": url.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in request.headers.items():
        variable = name.upper().replace("-", "_")
        environ[variable if variable in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{variable}"] = value
    return environ


@lru_cache(maxsize=64)
def _pool(host: str | None, port: int | None) -> HTTPConnectionPool:
    """What an answer says that it came through; nothing ever goes through it."""
    return HTTPConnectionPool(host or "", port)


def _fresh_settings() -> dict[str, Any]:
    keys = {f"{kind}_api_key": f"{kind[0]}key_test_{secrets.token_hex(10)[:19]}" for kind in ("secret", "public")}
    return {**keys, **API_ADDRESSES}
