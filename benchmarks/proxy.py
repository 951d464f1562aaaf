"""A proxy that makes loopback a far place: it adds a delay, before and after it ends TLS."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def passing_on(port: int, one_way: float) -> Handler:
    """Return what carries each connection to *port*; what it carries takes *one_way* seconds in each direction."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(2 * one_way)  # the handshake of TCP, which loopback has over at once
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)
        with contextlib.suppress(asyncio.CancelledError):  # connections that are open when all ends
            await asyncio.gather(carry(reader, there_writer, one_way), carry(there_reader, writer, one_way))

    return handle


async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, one_way: float) -> None:
    later = asyncio.get_running_loop().call_later
    with contextlib.suppress(ConnectionError):
        while chunk := await reader.read(1 << 16):
            later(one_way, writer.write, chunk)
    later(one_way, writer.close)


def certify(folder: Path) -> ssl.SSLContext:
    """Make a certificate for 127.0.0.1, and leave that of who signed it in *folder*."""
    import trustme

    context, authority = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), trustme.CA()
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    return context


async def main(port: int, one_way: float, folder: str) -> None:
    """Listen until standard input ends; print the port first. Without a *folder* there is no TLS."""
    inner = port
    if folder:
        ending_tls = await asyncio.start_server(passing_on(port, 0), "127.0.0.1", ssl=certify(Path(folder)))
        inner = ending_tls.sockets[0].getsockname()[1]
    outer = await asyncio.start_server(passing_on(inner, one_way), "127.0.0.1")
    print(outer.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]))
