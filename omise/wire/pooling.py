"""
The session and its connection pool: those of requests, made to answer one question exactly, "may this request have been
received?".

Imported with the first request, since it imports requests.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import MutableMapping
from typing import Any

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from requests.cookies import RequestsCookieJar
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import PoolManager

from ..config import API_ADDRESSES

IDLE_LIMIT = 4.0
"""Seconds after which an idle connection is not trusted with a write: the server may be closing it right now."""

WRITES = frozenset({"POST", "PATCH", "PUT"})


class Attempt(threading.local):
    """What is known of the request that this thread is sending."""

    is_write = False
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
        self.headers["Accept"] = "application/json"
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
        mounted = {**self._mounted, str(prefix): adapter}
        self._mounted = dict(sorted(mounted.items(), key=lambda item: -len(item[0])))

    def close(self) -> None:
        for adapter in self._mounted.values():
            adapter.close()

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Tell requests of no redirect: even where it follows none, it makes the next request ready, key and all."""


class _NoCookies(RequestsCookieJar):
    def extract_cookies(self, response: Any, request: Any) -> None:
        """Keep none, and take no lock for it, which a fork in another thread could leave held for ever."""


class _CarefulPool(HTTPConnectionPool):
    """Notes when a connection was made ready, and opens a new one for a write where the old one sat idle."""

    def urlopen(self, method: str, url: str, *args: Any, **options: Any) -> Any:
        attempt.is_write = method in WRITES
        return super().urlopen(method, url, *args, **options)

    def _get_conn(self, timeout: float | None = None) -> Any:
        connection = super()._get_conn(timeout)
        idle_since = getattr(connection, "idle_since", None)
        if attempt.is_write and idle_since is not None and time.monotonic() - idle_since > IDLE_LIMIT:
            connection.close()
        return connection

    def _put_conn(self, conn: Any) -> None:
        if conn is not None:
            conn.idle_since = time.monotonic()
        super()._put_conn(conn)

    def _validate_conn(self, conn: Any) -> None:
        super()._validate_conn(conn)
        if getattr(conn, "is_closed", False):
            conn.connect()
        # From here on bytes go out; until here an error was one of connecting, TLS included.
        attempt.connected = True


class _CarefulHTTPSPool(_CarefulPool, HTTPSConnectionPool):
    pass


class PoolAdapter(HTTPAdapter):
    """The adapter of requests, with pools of the kind above, and new ones in every process."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self._use_careful_pools(self.poolmanager)
        self.proxy_manager: dict[str, Any] = {}
        self._sizes, self._process = (args, options), os.getpid()

    def get_connection_with_tls_context(self, *args: Any, **options: Any) -> Any:
        attempt.connected = False
        if self._process != os.getpid():  # after a fork: the connections at hand are the parent's
            arguments, named = self._sizes
            self.init_poolmanager(*arguments, **named)
        return super().get_connection_with_tls_context(*args, **options)

    def proxy_manager_for(self, *args: Any, **options: Any) -> Any:
        manager = super().proxy_manager_for(*args, **options)
        self._use_careful_pools(manager)
        return manager

    @staticmethod
    def _use_careful_pools(manager: PoolManager) -> None:
        classes: Any = {"http": _CarefulPool, "https": _CarefulHTTPSPool}
        manager.pool_classes_by_scheme = classes
