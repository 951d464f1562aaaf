"""
The sandbox over HTTP, on waitress, with a thread for each connection.
"""

from __future__ import annotations

import os
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import TracebackType
from typing import Any, cast

from waitress.parser import HTTPRequestParser  # type: ignore[import-untyped]
from waitress.server import create_server  # type: ignore[import-untyped]
from waitress.task import ErrorTask, WSGITask  # type: ignore[import-untyped]

from .app import Application
from .http.faults import Broken
from .http.responses import error_response
from .refusals import ApiError

__all__ = ["Server", "serve"]

CONNECTIONS = 500
#: Seconds after which a connection is closed on which nothing happens, or that a server waits for when it stops.
IDLE, PATIENCE = 120, 5
#: Bytes. The application has smaller limits, and answers what is over them after reading it; this much is not read.
MAX_BODY = 64 << 20
RECEIVED_AT_ONCE = 1 << 16


EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""Where this machine reaches a server that listens on all of its addresses."""


class Server:
    """
    Serves *application* from a thread in the background, between `start` and `stop`, or as a context manager.

    Port 0 takes a free one. Raises OSError where the address cannot be had, saying which.
    """

    def __init__(self, application: Application, host: str = "127.0.0.1", port: int = 0) -> None:
        self.application = application
        self.host = host
        self.port: int = port
        self._waitress: Any = None
        self._open: dict[int, Any] = {}
        self._connections: list[_Connection] = []
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The address to send requests to, without a slash at the end. With port 0 it is known once started."""
        host = EVERYWHERE.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    def start(self) -> Server:
        """Listen; when this returns, requests are answered."""
        self.listen()
        self._thread = threading.Thread(target=self.run, name="omise-sandbox", daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Finish the requests that are being answered, then close all connections."""
        if self._waitress is None:
            return
        if self._thread is None:
            self._close()
        else:
            # Sockets belong to the thread that waits on them. It may be woken by something else between the two steps
            # of this call, and have closed everything, the trigger too, before the second.
            with suppress(OSError):
                self._waitress.trigger.pull_trigger(self._close)
            self._thread.join()
        self._waitress = self._thread = None
        until = time.monotonic() + PATIENCE
        for connection in self._connections:
            connection.finish()
        for connection in self._connections:
            connection.end(until)

    def listen(self) -> None:
        """Take the address; connections wait until `run`."""
        listening = _bind(self.host, self.port)
        self.port = listening.getsockname()[1]
        self._waitress = create_server(
            self.application,
            map=self._open,
            sockets=[listening],
            threads=0,
            connection_limit=CONNECTIONS,
            max_request_body_size=MAX_BODY,
            asyncore_use_poll=True,
            ident="omise-sandbox",
        )
        self._waitress.channel_class = _Connection

    def run(self) -> None:
        """Answer requests in this thread, until `stop` or Ctrl-C."""
        self._waitress.run()

    def _close(self) -> None:
        """Close what the loop of `run` waits for, which ends it, and leave the connections to their threads."""
        self._waitress.close()
        self._connections = list(self._open.values())
        self._open.clear()

    def __repr__(self) -> str:
        return f"<Server {self.url}>"

    def __enter__(self) -> Server:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def serve(application: Application, host: str, port: int, on_ready: Callable[[str], None]) -> None:
    """
    Serve *application* until Ctrl-C. *on_ready* is called with the server's URL once requests can be sent.
    """
    server = Server(application, host, port)
    server.listen()
    try:
        on_ready(server.url)
        server.run()
    finally:
        server.stop()


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
        raise OSError(error.errno, f"cannot listen on {host} port {port}: {reason}") from error


class _ErrorTask(ErrorTask):  # type: ignore[misc]
    """What waitress answers by itself, to what is no HTTP or is too large, as an error of the API."""

    def execute(self) -> None:
        error = cast("Any", self.request).error
        response = error_response(ApiError("bad_request", error.reason.lower(), status=error.code))
        self.status = response.status_line
        headers: Any = self.response_headers
        headers.extend(response.all_headers(0))
        self.set_close_on_finish()
        self.content_length = len(response.body)
        self.write(response.body)


class _Task(WSGITask):  # type: ignore[misc]
    """
    A request whose connection the application may break. A WSGI application has no other way to ask for that than an
    exception, and waitress would answer one with an error.
    """

    def service(self) -> None:
        try:
            super().service()
        except Broken as broken:
            if broken.reset:  # by the close that follows
                connection: Any = self.channel.socket
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_on_finish = True


class _Connection:
    """
    A connection, which answers in a thread of its own. waitress would hand each request to another thread and back,
    which takes as long as much of the work. Its tasks, and its loop, know this as a channel of theirs.
    """

    accepting = False

    def __init__(self, server: Any, connected: socket.socket, addr: Any, adj: Any, map: dict[int, Any]) -> None:
        self.server, self.socket, self.addr, self.adj = server, connected, addr, adj
        self._open = map
        self._head: bytes | None = None
        self._is_last = False
        connected.settimeout(IDLE)
        self._open[connected.fileno()] = self
        self.thread = threading.Thread(target=self._run, name="omise-sandbox-connection", daemon=True)
        self.thread.start()

    def readable(self) -> bool:
        """The loop has nothing to do with it; it only counts connections."""
        return False

    writable = check_client_disconnected = readable

    def finish(self) -> None:
        """Take no more requests than the one that is being answered."""
        self._is_last = True
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RD)

    def end(self, until: float) -> None:
        """Wait for its thread, but not longer than *until*, by the monotonic clock; then hang up."""
        self.thread.join(max(0, until - time.monotonic()))
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)

    def write_soon(self, data: bytes) -> int:
        """Send a part of an answer; its head, which comes first, together with what follows, so in one packet."""
        if self._head is None:
            self._head = data
        else:
            self.socket.sendall(self._head + data)
            self._head = b""
        return len(data)

    def _run(self) -> None:
        try:
            for request in self._requests():
                if self._answer(request) or self._is_last:
                    break
        except OSError:
            pass  # the client went away, or is silent for too long
        finally:
            # In this order: once it is closed, its number may be that of another connection.
            self._open.pop(self.socket.fileno(), None)
            self.socket.close()

    def _requests(self) -> Iterator[Any]:
        """What the client asks for, one after the other."""
        request, data = HTTPRequestParser(self.adj), b""
        while data := data or self.socket.recv(RECEIVED_AT_ONCE):
            data = data[request.received(data) :]
            if request.completed:
                if not request.empty:
                    yield request
                request.close()
                request = HTTPRequestParser(self.adj)
            elif request.expect_continue and request.headers_finished:
                request.expect_continue = False
                self.socket.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _answer(self, request: Any) -> bool:
        """Answer a request; whether the connection is to be closed then."""
        channel: Any = self
        task = (_ErrorTask if request.error else _Task)(channel, request)
        task.service()
        if self._head:
            self.socket.sendall(self._head)
        self._head = None
        return bool(task.close_on_finish)
