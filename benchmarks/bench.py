"""A run: who is measured, how much, and the figures that came out so far."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from environments import HERE, variables
from processes import CLIENT, SERVER, Process

ONE_WAY = 0.010
"""Seconds that a packet takes to the far server, and as many back."""


@dataclass(frozen=True)
class Size:
    """How often things are done."""

    rounds: int
    calls: int
    starts: int
    far_rounds: int
    far_calls: int
    bursts: int
    many: int
    more: int
    stored: int
    sandboxes: int


SIZES = {
    "full": Size(15, 200, 15, 7, 49, 20, many=10_000, more=1_000_000, stored=100_000, sandboxes=100),
    "quick": Size(5, 100, 5, 3, 19, 10, many=2_000, more=20_000, stored=20_000, sandboxes=30),
    "tiny": Size(1, 2, 1, 1, 1, 1, many=200, more=400, stored=400, sandboxes=1),
}


@dataclass
class Bench:
    """
    What the measurements share.

    Attributes:
        peers: The interpreter of each peer.
        async_peers: That of each peer in asynchronous code.
        tools: The interpreter of the far server; None leaves out TLS.
        folder: Where the certificate of the far server is put.
        figures: By row and peer, one for each round.
    """

    size: Size
    peers: Mapping[str, Path]
    async_peers: Mapping[str, Path]
    tools: Path | None
    folder: Path
    figures: dict[str, dict[str, list[float]]] = field(default_factory=dict)

    def add(self, row: str, peer: str, figure: float) -> None:
        self.figures.setdefault(row, {}).setdefault(peer, []).append(figure)

    @property
    def authority(self) -> Path | None:
        """Who is to be trusted by peers that talk to the far server."""
        return self.folder / "authority.pem" if self.tools else None

    @contextmanager
    def server(self, customers: int) -> Iterator[int]:
        """The server with ready answers; its port."""
        with self.tool("server.py", customers) as process:
            yield int(process.first)

    @contextmanager
    def far_server(self) -> Iterator[str]:
        """The same behind TLS and far away; its address."""
        folder, scheme = (self.folder, "https") if self.tools else ("", "http")
        with self.server(self.size.many) as port, self.tool("proxy.py", port, ONE_WAY, folder) as proxy:
            yield f"{scheme}://127.0.0.1:{proxy.first}"

    def tool(self, script: str, *arguments: object) -> Process:
        python = self.tools or Path(sys.executable)
        return Process(python, script, *arguments, core=SERVER, env=variables("tools"))

    def worker(self, peer: str, port: int) -> Process:
        """A process that measures *peer* against the server at *port*."""
        address = f"http://127.0.0.1:{port}"
        return Process(self.peers[peer], "worker.py", peer, address, core=CLIENT, env=variables(peer))

    @contextmanager
    def workers(self, port: int) -> Iterator[Mapping[str, Process]]:
        """One for each peer."""
        with ExitStack() as stack:
            yield {peer: stack.enter_context(self.worker(peer, port)) for peer in self.peers}

    def output(self, peer: str, *arguments: object) -> list[float]:
        """The numbers that a fresh interpreter of *peer* prints."""
        return self.output_of(self.peers[peer], peer, *arguments)

    def output_of(self, python: Path, peer: str, *arguments: object) -> list[float]:
        """The same of an interpreter that is given."""
        command = [str(python), *map(str, arguments)]
        result = subprocess.run(
            command, env=variables(peer, self.authority), cwd=HERE, stdout=subprocess.PIPE, text=True, check=True
        )
        return [*map(float, result.stdout.split())]
