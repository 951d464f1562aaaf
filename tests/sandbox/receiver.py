"""
An endpoint for webhooks, over HTTP on this machine.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any


@dataclass(frozen=True)
class Received:
    """One request."""

    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> Any:
        return json.loads(self.body)


class Receiver:
    """
    Takes what is posted to `url` while the context lasts.

    Attributes:
        received: The requests, in order.
        statuses: What is answered to the next ones, in order; 200 once there are none left.
        text: What is answered beside the status.
        gate: What an answer waits for, if it is set to an event.
    """

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.statuses: list[int] = []
        self.text = ""
        self.gate: threading.Event | None = None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/hook"

    @property
    def keys(self) -> list[str]:
        return [received.event["key"] for received in self.received]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.received.append(Received(dict(self.headers), body))
                if receiver.gate:
                    receiver.gate.wait(10)
                self.send_response(receiver.statuses.pop(0) if receiver.statuses else 200)
                self.send_header("Location", receiver.url)
                self.send_header("Content-Length", str(len(receiver.text.encode())))
                self.end_headers()
                if receiver.text:
                    self.wfile.write(receiver.text.encode())

            def do_GET(self) -> None:
                receiver.received.append(Received(dict(self.headers), b'{"key": "GET"}'))
                self.send_error(404)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler

    def __enter__(self) -> Receiver:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.gate:
            self.gate.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
