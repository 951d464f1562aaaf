"""
The session and its connection pool: those of requests, made to answer one question exactly, "may this request have been
received?".

Imported with the first request, since it imports requests.
"""

from __future__ import annotations

import http.client
import io
import os
import threading
import time
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from requests.cookies import RequestsCookieJar
from urllib3 import HTTPResponse
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import PoolManager

from ..checks import is_loopback, looks_test
from ..config import API_ADDRESSES
from ..discretion import hush
from ..guards import refuse_live, test_runs
from .deadlines import Deadline
from .limiting import Turn
from .preparing import Prepared
from .reading import LazyResponse
from .request import Request

IDLE_LIMIT = 4.0
"""Seconds after which an idle connection is not trusted with a write: the server may be closing it right now."""

MOST_POOLS = 10


hush("urllib3.connectionpool")  # which logs addresses with what is looked for

WRITES = frozenset({"POST", "PATCH", "PUT"})


class Attempt(threading.local):
    """What is known of the request that this thread is sending."""

    is_write = False
    deadline: Deadline | None = None
    request: Request | None = None
    turn: Turn | None = None
    """What it waits for before it goes to the network."""
    connected: bool | None = None
    """Whether there was a connection to send it on, so that it may have been received; None: the pool was not asked."""


attempt: Attempt = Attempt()

STAND_INS: list[BaseAdapter] = []
"""What takes all that goes to the API's own hosts, such as a sandbox in the process; the last one counts."""

API_HOSTS = tuple(f"{address}/" for address in API_ADDRESSES.values())


class Session(requests.Session):
    """
    A session that keeps no cookies, makes nothing of redirects, and sends through *adapter* while it has one.

    What stands in for the network is found among what is mounted: libraries that mock requests replace `get_adapter`
    and `send`, and leave there what outlives them.
    """

    adapter: BaseAdapter | None = None

    def __init__(self) -> None:
        self._mounted: dict[str, BaseAdapter] = {}
        super().__init__()
        self.cookies: RequestsCookieJar = _NoCookies()
        self.headers.update({"Accept": "application/json", "Accept-Encoding": "gzip, deflate"})
        del self.headers["Connection"]  # which says what HTTP/1.1 does anyway
        adapter = PoolAdapter(pool_maxsize=32)
        self.mount("https://", adapter)
        self.mount("http://", adapter)

    @property
    def adapters(self) -> MutableMapping[str, BaseAdapter]:
        """What takes which addresses, the first that fits: what stands in before all that is mounted."""
        if self.adapter is not None:
            return {"": self.adapter}
        stand_ins = dict.fromkeys(API_HOSTS, STAND_INS[-1]) if STAND_INS else {}
        return {**stand_ins, **self._mounted}

    @adapters.setter
    def adapters(  # pyright: ignore[reportIncompatibleVariableOverride]  # requests has an attribute here
        self, mounted: MutableMapping[str, BaseAdapter]
    ) -> None:
        self._mounted = {**mounted}

    def mount(self, prefix: str | bytes, adapter: BaseAdapter) -> None:
        if isinstance(adapter, HTTPAdapter) and not isinstance(adapter, PoolAdapter):
            _supervise(adapter)
        mounted = {**self._mounted, str(prefix): adapter}
        self._mounted = dict(sorted(mounted.items(), key=lambda item: -len(item[0])))

    def close(self) -> None:
        for adapter in self._mounted.values():
            adapter.close()

    def resolve_redirects(self, *args: Any, **options: Any) -> Iterator[Any]:
        """Find no redirect: even where requests follows none, it makes the next request ready, key and all."""
        return iter(())


class _NoCookies(RequestsCookieJar):
    def extract_cookies(self, response: Any, request: Any) -> None:
        """Keep none, and take no lock for it, which a fork in another thread could leave held for ever."""


class _CarefulPool(HTTPConnectionPool):
    """Notes when a connection was made ready, and opens a new one for a write where the old one sat idle."""

    def urlopen(self, method: str, url: str, *args: Any, **options: Any) -> Any:
        attempt.is_write = method in WRITES
        return super().urlopen(method, url, *args, **options)

    def _get_conn(self, timeout: float | None = None) -> Any:
        connection: Any = super()._get_conn(timeout)
        idle_since = getattr(connection, "idle_since", None)
        if attempt.deadline is not None:  # no class of connections of our own: recorders put theirs in its place
            connection.response_class = _TimedResponse
        if attempt.is_write and idle_since is not None and time.monotonic() - idle_since > IDLE_LIMIT:
            connection.close()
        return connection

    def _put_conn(self, conn: Any) -> None:
        if conn is not None:
            conn.idle_since = time.monotonic()
        super()._put_conn(conn)

    def _prepare_proxy(self, conn: Any) -> None:
        self._in_time(conn, super()._prepare_proxy)

    def _validate_conn(self, conn: Any) -> None:
        self._in_time(conn, self._connect)
        # From here on bytes go out; until here an error was one of connecting, TLS included.
        attempt.connected = True

    def _connect(self, conn: Any) -> None:
        super()._validate_conn(conn)
        if getattr(conn, "is_closed", False):
            conn.connect()

    @staticmethod
    def _in_time(connection: Any, connect: Callable[[Any], None]) -> None:
        """Have *connect* make *connection* ready; if that takes too long it is closed as soon as it is."""
        if attempt.deadline is None or not getattr(connection, "is_closed", True):
            connect(connection)
        else:
            attempt.deadline.do(lambda: connect(connection), connection.close)


class _CarefulHTTPSPool(_CarefulPool, HTTPSConnectionPool):
    pass


class _TimedSocket(io.RawIOBase):
    """
    What a socket receives, until the deadline.

    A socket's own timeout is for each time that something arrives; what drips a byte at a time, headers too, never
    reaches it. So it is set anew to what is left before each.
    """

    def __init__(self, raw: Any, socket: Any, deadline: Deadline) -> None:
        self._raw, self._socket, self._deadline = raw, socket, deadline
        self._usual = socket.gettimeout()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> Any:
        left = self._deadline.left
        if not left:
            raise TimeoutError("timed out: the deadline passed")
        self._socket.settimeout(left if self._usual is None else min(left, self._usual))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimedResponse(http.client.HTTPResponse):
    def __init__(self, sock: Any, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        if attempt.deadline is not None:
            raw: Any = self.fp
            self.fp = io.BufferedReader(_TimedSocket(raw.detach(), sock, attempt.deadline))


class PoolAdapter(HTTPAdapter):
    """
    The adapter of requests, with pools of the kind above, and new ones in every process.

    What it works out for each request (the pool, whether its certificates are there, the address for the request line)
    is kept with the pool.
    """

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self._use_careful_pools(self.poolmanager)
        self.proxy_manager: dict[str, Any] = {}
        self._sizes, self._process = (args, options), os.getpid()
        self._pools: dict[Any, Any] = {}

    def get_connection_with_tls_context(self, request: Any, verify: Any, proxies: Any = None, cert: Any = None) -> Any:
        attempt.connected = False
        if self._process != os.getpid():  # after a fork: the connections at hand are the parent's
            arguments, named = self._sizes
            self.init_poolmanager(*arguments, **named)
        pools, url = self._pools, request.url
        host = url[: url.find("/", len("https://"))]
        key = host, verify, cert, tuple(proxies.items()) if proxies else ()
        pool = pools.get(key)
        if pool is None:
            pool = super().get_connection_with_tls_context(request, verify, proxies=proxies, cert=cert)
            if len(pools) >= MOST_POOLS:
                pools.clear()
            pools[key] = pool
        if attempt.turn is not None or test_runs:
            _let_out(pool)
        return pool

    def close(self) -> None:
        super().close()
        self._pools = {}  # which the pools, and so their connections, do not outlive

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Look for the files of certificates once for each pool, which is one for these settings."""
        if getattr(conn, "verified", None) != (verify, cert):
            super().cert_verify(conn, url, verify, cert)  # type: ignore[no-untyped-call]
            conn.verified = verify, cert

    def request_url(self, request: Any, proxies: Any) -> str:
        url: Any = request.url
        usual = not proxies and type(request) is Prepared
        return url[url.index("/", len("https://")) :] if usual else super().request_url(request, proxies)

    def build_response(self, req: Any, resp: Any) -> requests.Response:
        return LazyResponse(req, resp, self) if isinstance(resp, HTTPResponse) else super().build_response(req, resp)

    def proxy_manager_for(self, *args: Any, **options: Any) -> Any:
        manager = super().proxy_manager_for(*args, **options)
        self._use_careful_pools(manager)
        return manager

    @staticmethod
    def _use_careful_pools(manager: PoolManager) -> None:
        classes: Any = {"http": _CarefulPool, "https": _CarefulHTTPSPool}
        manager.pool_classes_by_scheme = classes


def _supervise(adapter: Any) -> None:
    """Have *adapter*, one of the user's, let requests out as `PoolAdapter` does: limits and guards hold there too."""
    find = adapter.get_connection_with_tls_context

    def find_and_let_out(*args: Any, **options: Any) -> Any:
        pool = find(*args, **options)
        if attempt.turn is not None or test_runs:
            _let_out(pool)
        return pool

    adapter.get_connection_with_tls_context = find_and_let_out


def _let_out(pool: Any) -> None:
    """Let a request go to the network by *pool* when it is its turn, with a live key from a test run not at all."""
    cassette = getattr(pool.ConnectionCls, "cassette", None)
    if getattr(cassette, "write_protected", False):
        return  # it goes nowhere: vcrpy answers what was recorded
    request, turn = attempt.request, attempt.turn
    is_tested = request is not None and test_runs and not test_runs[-1] and not is_loopback(pool.host)
    if request is not None and is_tested and looks_test(request.key) is False:
        raise refuse_live(f"under pytest, for {pool.host}", ", mock the API, or run pytest with --omise-live")
    if turn is not None:
        turn.enter()
