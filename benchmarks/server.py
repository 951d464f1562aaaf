"""A server with ready answers on loopback, small enough not to be what is measured: sockets, threads, no parsing."""

from __future__ import annotations

import socket
import sys
import threading
from contextlib import suppress

from answers import answer


def serve(connection: socket.socket, total: int) -> None:
    """Answer what comes over *connection* until the other side closes it."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    kept: dict[tuple[str, str, bytes], bytes] = {}
    with suppress(ConnectionError), connection, connection.makefile("rb") as incoming:
        while line := incoming.readline():
            method, target, _ = line.decode("latin-1").split(" ", 2)
            length = 0
            while (header := incoming.readline()) not in (b"\r\n", b""):
                if header[:15].lower() == b"content-length:":
                    length = int(header[15:])
            asked = (method, target, incoming.read(length))
            if asked not in kept:
                kept.clear()
                kept[asked] = response(answer(*asked, total))
            connection.sendall(kept[asked])


def response(body: bytes) -> bytes:
    headers = f"Content-Type: application/json; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
    return f"HTTP/1.1 200 OK\r\nServer: benchmarks\r\n{headers}Connection: keep-alive\r\n\r\n".encode() + body


def main(total: int) -> None:
    """Serve until standard input ends; print the port first."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=128)
    threading.Thread(target=accept, args=(listening, total), daemon=True).start()
    print(listening.getsockname()[1], flush=True)
    sys.stdin.read()


def accept(listening: socket.socket, total: int) -> None:
    while True:
        connection, _ = listening.accept()
        threading.Thread(target=serve, args=(connection, total), daemon=True).start()


if __name__ == "__main__":
    main(int(sys.argv[1]))
