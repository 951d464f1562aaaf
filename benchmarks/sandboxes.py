"""What is measured of the sandbox."""

from __future__ import annotations

import json

from bench import Bench
from environments import variables
from load import KEY, request, send
from processes import SERVER, Process

CREATE = request("POST", "/customers", {"email": "arunee@example.com"})
PAGES = 5


def sandbox(bench: Bench) -> None:
    """The sandbox on a core of its own: over HTTP, and in the process."""
    with Process(bench.peers["ours"], "sandbox_worker.py", core=SERVER, env=variables("ours")) as served:
        rates(bench, served)
        in_the_process(bench, served)
        pages(bench, served)


def rates(bench: Bench, served: Process) -> None:
    """How many requests a second it answers: by the clock, and by the CPU time that it takes."""
    _, body = send(int(served.first), CREATE, 1)
    kinds = {"retrieve": request("GET", json.loads(body)["location"]), "create": CREATE}
    for _ in range(bench.size.rounds):
        for kind, asked in kinds.items():
            passed, spent = timed(served, asked, 2 * bench.size.calls)
            bench.add(f"sandbox-{kind}", "ours", 1 / spent)
            bench.add(f"sandbox-{kind}-clock", "ours", 1 / passed)


def timed(served: Process, asked: bytes, times: int) -> tuple[float, float]:
    """Seconds a request: by the clock, and of the sandbox's CPU time."""
    before = served.ask("cpu")
    passed, _ = send(int(served.first), asked, times)
    return passed / times, (served.ask("cpu") - before) / times


def in_the_process(bench: Bench, served: Process) -> None:
    """What a test suite pays: a sandbox for a test, and a create in it."""
    for turn in range(bench.size.rounds + 1):
        figures = served.ask("fresh", bench.size.sandboxes)
        for name, spent in zip(("fresh", "fresh-create", "next-create"), figures, strict=True):
            if turn:
                bench.add(name, "ours", 1e3 * spent)


def pages(bench: Bench, served: Process) -> None:
    """A page of a hundred at the beginning of a long list, and nine tenths on."""
    served.ask("fill", KEY, bench.size.stored)
    for _ in range(bench.size.rounds):
        for name, offset in (("page", 0), ("page-deep", bench.size.stored * 9 // 10)):
            asked = request("GET", f"/customers?limit=100&offset={offset}")
            bench.add(name, "ours", 1e3 * timed(served, asked, PAGES)[1])
