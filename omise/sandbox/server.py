"""
The sandbox over HTTP, on waitress.
"""

from __future__ import annotations

import logging
import os
import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, cast

from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.server import create_server  # type: ignore[import-untyped]
from waitress.task import ErrorTask, WSGITask  # type: ignore[import-untyped]

from .app import Application
from .http.faults import Broken
from .http.responses import error_response
from .refusals import ApiError

__all__ = ["Server", "serve"]

THREADS = 8
CONNECTIONS = 500
#: Bytes. The application has smaller limits, and answers what is over them after reading it; this much is not read.
MAX_BODY = 64 << 20

#: Under load waitress warns about every request that waits for a thread. Here that is no news.
queue_logger: logging.Logger = logging.Logger("omise.sandbox.queue", logging.ERROR)


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
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The address to send requests to, without a slash at the end. With port 0 it is known once started."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

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
        self._waitress.task_dispatcher.shutdown()
        if self._thread is None:
            self._close()
        else:
            # Sockets belong to the thread that waits on them. It may be woken by something else between the two steps
            # of this call, and have closed everything, the trigger too, before the second.
            with suppress(OSError):
                self._waitress.trigger.pull_trigger(self._close)
            self._thread.join()
        self._waitress = self._thread = None

    def listen(self) -> None:
        """Take the address; connections wait until `run`."""
        listening = _bind(self.host, self.port)
        self.port = listening.getsockname()[1]
        self._waitress = create_server(
            self.application,
            sockets=[listening],
            threads=THREADS,
            connection_limit=CONNECTIONS,
            max_request_body_size=MAX_BODY,
            asyncore_use_poll=True,
            ident="omise-sandbox",
        )
        self._waitress.channel_class = _Channel
        self._waitress.task_dispatcher.queue_logger = queue_logger

    def run(self) -> None:
        """Answer requests in this thread, until `stop` or Ctrl-C."""
        self._waitress.run()

    def _close(self) -> None:
        """Close everything that the loop of `run` waits for, which ends it."""
        for channel in list(self._waitress.active_channels.values()):
            channel.handle_close()
        self._waitress.close()

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


class _Channel(HTTPChannel):  # type: ignore[misc]
    task_class = _Task
    error_task_class = _ErrorTask
