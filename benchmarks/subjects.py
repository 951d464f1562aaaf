"""What is measured of the client, in rounds that take turns, so that what slows the machine down slows all peers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import answers
from bench import Bench
from processes import Process

PACKAGES = {
    "ours": "omise",
    "official": "omise",
    "stripe_sdk": "stripe",
    "session": "requests",
    "httpx_client": "httpx",
    "urllib3_pool": "urllib3",
    "limit": "http.client",
}
ASYNC = {"ours": "ours_async", "stripe_sdk": "stripe_async", "httpx_client": "httpx_async"}
"""The modules of ``peers/`` that asynchronous code asks."""

LIBRARIES = {
    "ours": answers.page(0, 100, 100),
    "official": answers.page(0, 100, 100),
    "stripe_sdk": answers.stripe_page(0, 100, 100),
}
"""The peers that make records of the JSON, and a page as it is sent to them."""

Workers = Mapping[str, Process]

IMPORT = "import time; began = time.process_time(); import {}; print(time.process_time() - began)"
MICRO, MILLI = 1e6, 1e3


def warm(bench: Bench) -> None:
    """Calls over a connection that is kept open, records, and long lists: CPU time and bytes."""
    with bench.server(bench.size.many) as port, bench.workers(port) as workers:
        for worker in workers.values():
            worker.ask("call", "retrieve", 1)
        calls(bench, workers)
        walks(bench, workers)
        records(bench, workers)
        weights(bench, workers)


def calls(bench: Bench, workers: Workers) -> None:
    """CPU time of a call."""
    for _ in range(bench.size.rounds):
        for method in ("retrieve", "create"):
            for peer, worker in workers.items():
                bench.add(method, peer, MICRO * worker.ask("call", method, bench.size.calls))


def walks(bench: Bench, workers: Workers) -> None:
    """CPU time a record of a walk over a long list."""
    for _ in range(bench.size.rounds // 2 + 1):
        for peer, worker in workers.items():
            bench.add("walk", peer, MICRO * worker.ask("walk", bench.size.many))


def records(bench: Bench, workers: Workers) -> None:
    """CPU time of making records of parsed JSON, and of reading them."""
    for turn in range(bench.size.rounds + 1):
        made = {peer: workers[peer].ask("records", 5) for peer in LIBRARIES if peer in workers}
        copied = workers["ours"].ask("copied", LIBRARIES["ours"])
        if turn:  # the first fills caches
            bench.add("copied", "ours", MICRO * copied)
            for peer, figures in made.items():
                for name, spent in figures.items():
                    bench.add(name, peer, MICRO * spent)


def weights(bench: Bench, workers: Workers) -> None:
    """Bytes of a record."""
    for peer in LIBRARIES:
        if peer in workers:
            bench.add("held", peer, workers[peer].ask("held", 10, LIBRARIES[peer]))


def imports(bench: Bench) -> None:
    """CPU time of the import in a fresh interpreter."""
    for turn in range(bench.size.starts + 1):
        for peer in bench.peers:
            (spent,) = bench.output(peer, "-c", IMPORT.format(PACKAGES[peer]))
            if turn:  # the first compiles
                bench.add("import", peer, MILLI * spent)


def far_away(bench: Bench) -> None:
    """Import and first call, and later calls, in a fresh interpreter, to a server that is far away."""
    with bench.far_server() as url:
        for _ in range(bench.size.far_rounds):
            for peer in bench.peers:
                first, first_cpu, later = bench.output(peer, "first.py", peer, url, bench.size.far_calls)
                bench.add("first", peer, MILLI * first)
                bench.add("first-cpu", peer, MILLI * first_cpu)
                bench.add("later", peer, MILLI * later)


def at_once(bench: Bench) -> None:
    """Creates at once in asynchronous code, to the server that is far away, in fresh processes."""
    with bench.far_server() as url:
        for _ in range(bench.size.far_rounds):
            for many in (1, 10, 50):
                for peer, python in bench.async_peers.items():
                    burst(bench, peer, python, url, f"async-{many}", many, many)
            burst(bench, "ours", bench.async_peers["ours"], url, "async-50-by-10", 10, 50)


def burst(bench: Bench, peer: str, python: Path, url: str, row: str, most: int, many: int) -> None:
    """Add how long *many* creates at once take, where at most *most* are under way."""
    arguments = ("at_once.py", ASYNC[peer], url, most, many, bench.size.bursts)
    passed, spent = bench.output_of(python, peer, *arguments)
    bench.add(row, peer, MILLI * passed)
    bench.add(f"{row}-cpu", peer, MICRO * spent)


def peaks(bench: Bench) -> None:
    """Walking over a long list, and over a very long one: the most memory, in fresh processes."""
    with bench.server(bench.size.many) as port:
        for peer in bench.peers:
            with bench.worker(peer, port) as worker:
                bench.add("peak", peer, worker.ask("peak", bench.size.many))
    with bench.server(bench.size.more) as port, bench.worker("ours", port) as worker:
        bench.add("peak-more", "ours", worker.ask("peak", bench.size.more))
