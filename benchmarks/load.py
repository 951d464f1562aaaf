"""Requests to a sandbox, over a few connections that are kept open, with as little work on this side as can be."""

from __future__ import annotations

import base64
import json
import selectors
import socket
import time

KEY = "skey_test_5example0000000bench"
CONNECTIONS = 4


def request(method: str, path: str, fields: dict[str, str] | None = None) -> bytes:
    """The bytes of a request."""
    body = json.dumps(fields) if fields else ""
    credentials = base64.b64encode(f"{KEY}:".encode()).decode()
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic {credentials}\r\n"
    return f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


def send(port: int, asked: bytes, times: int) -> tuple[float, bytes]:
    """Send *asked* that often; return the seconds that passed, and an answer. Each connection waits for its own."""
    connections = [socket.create_connection(("127.0.0.1", port), 60) for _ in range(min(CONNECTIONS, times))]
    with selectors.DefaultSelector() as selector:
        for connection in connections:
            selector.register(connection, selectors.EVENT_READ)
        began, sent, answered = time.perf_counter(), len(connections), 0
        for connection in connections:
            connection.sendall(asked)
        while answered < times:
            for key, _ in selector.select():
                body = receive(key.fileobj)  # type: ignore[arg-type]
                answered += 1
                if sent < times:
                    key.fileobj.sendall(asked)  # type: ignore[union-attr]
                    sent += 1
        passed = time.perf_counter() - began
    for connection in connections:
        connection.close()
    return passed, body


def receive(connection: socket.socket) -> bytes:
    """Read one answer, which must be a success, and return its body."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += more(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    if b" 200 " not in head.partition(b"\r\n")[0]:
        raise RuntimeError(f"the sandbox answered {head.decode()}\n{body.decode()}")
    (length,) = (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    while len(body) < length:
        body += more(connection)
    return body


def more(connection: socket.socket) -> bytes:
    chunk = connection.recv(1 << 16)
    if not chunk:
        raise RuntimeError("the sandbox closed the connection")
    return chunk
