"""A small HTTP server on this machine that answers as badly as it is told to, and keeps what it received."""

from __future__ import annotations

import contextlib
import json
import socket
import socketserver
import ssl
import struct
import threading
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

Answer = Callable[["Connection"], bool]
"""Writes an answer to a connection, and tells whether to wait for another request on it."""


class Received(NamedTuple):
    """One request, and the number of the connection it came on."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    connection: int

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Connection(socketserver.StreamRequestHandler):
    """One connection: reads requests, and hands each to the next answer of the server's."""

    server: Misbehaving
    disable_nagle_algorithm = True

    def handle(self) -> None:
        self.number = self.server.note_opened(self.request)
        with contextlib.suppress(OSError):  # the client went away
            while self.receive() and self.server.next_answer()(self):
                pass

    def receive(self) -> bool:
        """Read a request; False at the end of the connection, or if it is no HTTP."""
        start = self.rfile.readline().decode("latin-1").split()
        if len(start) != 3 or not start[2].startswith("HTTP/"):
            return False
        headers: dict[str, str] = {}
        while line := self.rfile.readline().decode("latin-1").strip():
            name, _, value = line.partition(":")
            headers[name] = value.strip()
        body = self.rfile.read(int(headers.get("Content-Length", 0)))
        with self.server.more_received:
            self.server.received.append(Received(start[0], start[1], headers, body, self.number))
            self.server.more_received.notify_all()
        return True

    def write(self, status: int, body: bytes, headers: Mapping[str, str], length: int | None = None) -> None:
        lines = [f"HTTP/1.1 {status} Status", f"Content-Length: {len(body) if length is None else length}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.request.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)


class Misbehaving(socketserver.ThreadingTCPServer):
    """
    Listens on a free port in a ``with`` block, and answers request after request with *answers*, then with `ok`.

    ``received`` is what came in. With *certificate* (files of a certificate and its key) it speaks TLS.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 32

    def __init__(self, *answers: Answer, certificate: tuple[str, str] | None = None) -> None:
        self.answers = list(answers)
        self.received: list[Received] = []
        self.work: list[str] = []
        self.stopping = threading.Event()
        self.all_closed = threading.Condition()
        self.more_received = threading.Condition()
        self.open: set[socket.socket] = set()
        self.connections = 0
        self.tls: ssl.SSLContext | None = None
        super().__init__(("127.0.0.1", 0), Connection)
        self.url = f"{'https' if certificate else 'http'}://127.0.0.1:{self.server_address[1]}"
        if certificate:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(*certificate)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        return (self.tls.wrap_socket(connection, server_side=True) if self.tls else connection), address

    def next_answer(self) -> Answer:
        return self.answers.pop(0) if self.answers else ok

    def note_opened(self, connection: socket.socket) -> int:
        with self.all_closed:
            self.open.add(connection)
            self.connections += 1
            return self.connections

    def shutdown_request(self, request: Any) -> None:
        request.close()  # and no more, or what should be a reset would be an end in good order
        with self.all_closed:
            self.open.discard(request)
            self.all_closed.notify_all()

    def wait_until_closed(self) -> bool:
        """Tell whether every connection was closed, waiting a little for it."""
        with self.all_closed:
            return self.all_closed.wait_for(lambda: not self.open, timeout=5)

    def requests(self, count: int) -> int:
        """How many were received, once they are *count*: who gives one up does not wait until it is read here."""
        with self.more_received:
            self.more_received.wait_for(lambda: len(self.received) >= count, timeout=5)
            return len(self.received)

    def __enter__(self) -> Misbehaving:
        # Connections wait for the thread: the socket listens since it was made.
        threading.Thread(target=self.serve_forever, args=(0.002,), daemon=True).start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.stopping.set()
        self.shutdown()
        for connection in list(self.open):
            with contextlib.suppress(OSError):  # closed meanwhile
                connection.shutdown(socket.SHUT_RDWR)
        self.server_close()


# Ways to answer


def answer(status: int = 200, body: object = None, **headers: str) -> Answer:
    """With *body* (bytes as they are, anything else as JSON); ``Retry_After="1"`` is the header ``Retry-After``."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def write(connection: Connection) -> bool:
        connection.write(status, content, named)
        return True

    return write


ok = answer(200, {"object": "thing", "id": "thing_1"})
html = answer(502, b"<html>\n<h1>Bad Gateway</h1>", Content_Type="text/html")
empty = answer(200, b"")
json_list = answer(200, [1, 2])
internal_error = answer(500, {"object": "error", "code": "internal_error", "message": "a fault"})
unavailable = answer(503, b"")
not_found = answer(404, {"object": "error", "code": "not_found", "message": "customer cust_1 was not found"})


def reset(connection: Connection) -> bool:
    """Not at all: the connection is reset."""
    connection.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return False


def hang_up(connection: Connection) -> bool:
    """Not at all: the connection is closed in good order."""
    return False


def ok_then_hang_up(connection: Connection) -> bool:
    """With 200, but the connection does not stay open as promised."""
    return ok(connection) and False


def cut_short(connection: Connection) -> bool:
    """With half of what the length promises."""
    connection.write(200, b'{"object": "thing", ', {}, length=500)
    return False


def drip(connection: Connection, text: bytes) -> bool:
    """Write *text* a byte at a time, until the server stops or the client went away."""
    for place in range(len(text)):
        connection.request.sendall(text[place : place + 1])
        if connection.server.stopping.wait(0.01):
            break
    return False


def drip_headers(connection: Connection) -> bool:
    """With a header that takes ten seconds to arrive."""
    return drip(connection, b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 1000)


def drip_body(connection: Connection) -> bool:
    """With a body that takes ten seconds to arrive, of a length that is known."""
    connection.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    return drip(connection, b" " * 1000)


def drip_chunks(connection: Connection) -> bool:
    """With a body in chunks of a byte."""
    connection.request.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    return drip(connection, b"1\r\n \r\n" * 170)


def silence(connection: Connection) -> bool:
    """Not at all, and the connection stays open until the server stops."""
    connection.server.stopping.wait(10)
    return False
