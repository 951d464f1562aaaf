"""What is measured of the sandbox."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from http.client import HTTPConnection
from typing import Any

from bench import Bench
from environments import variables
from processes import CLIENT, SERVER, Process, keep_to

KEY = "skey_test_5example0000000bench"
HEADERS = {
    "Authorization": f"Basic {base64.b64encode(f'{KEY}:'.encode()).decode()}",
    "Content-Type": "application/json",
}
CREATE = ("POST", "/customers", json.dumps({"email": "arunee@example.com"}))
REPEATED = 5
"""How often a page is asked for in a round."""

Ask = Callable[..., Any]


def sandbox(bench: Bench) -> None:
    """The sandbox: over HTTP, with who asks it on one core, and in the process."""
    with Process(bench.peers["ours"], "sandbox_worker.py", core=SERVER, env=variables("ours")) as served:
        keep_to(SERVER)
        ask = asking(int(served.first))
        rates(bench, served, ask)
        in_the_process(bench, served)
        pages(bench, served, ask)
        keep_to(CLIENT)


def asking(port: int) -> Ask:
    """Return a function that sends a request over a connection that is kept open, and returns the JSON."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(method: str, path: str, body: str | None = None) -> Any:
        connection.request(method, path, body, HEADERS)
        response = connection.getresponse()
        answer = json.loads(response.read())
        if response.status != 200:
            raise RuntimeError(f"the sandbox answered {response.status}: {answer}")
        return answer

    return ask


def rates(bench: Bench, served: Process, ask: Ask) -> None:
    """How many requests a second are answered, one after the other: of both sides' CPU time, and by the clock."""
    kinds = {"retrieve": ("GET", ask(*CREATE)["location"]), "create": CREATE}
    for _ in range(bench.size.rounds):
        for kind, asked in kinds.items():
            began, began_here, before = time.perf_counter(), time.process_time(), served.ask("cpu")
            for _ in range(bench.size.calls):
                ask(*asked)
            passed = time.perf_counter() - began
            spent = time.process_time() - began_here + served.ask("cpu") - before
            bench.add(f"sandbox-{kind}", "ours", bench.size.calls / spent)
            bench.add(f"sandbox-{kind}-clock", "ours", bench.size.calls / passed)


def in_the_process(bench: Bench, served: Process) -> None:
    """What a test suite pays: a sandbox for a test, and a create in it."""
    for turn in range(bench.size.rounds + 1):
        figures = served.ask("fresh", bench.size.sandboxes)
        for name, spent in zip(("fresh", "fresh-create", "next-create"), figures, strict=True):
            if turn:  # the first imports
                bench.add(name, "ours", 1e3 * spent)


def pages(bench: Bench, served: Process, ask: Ask) -> None:
    """The CPU time of a page of a hundred at the beginning of a long list, and nine tenths on."""
    served.ask("fill", KEY, bench.size.stored)
    for _ in range(bench.size.rounds):
        for name, offset in (("page", 0), ("page-deep", bench.size.stored * 9 // 10)):
            before = served.ask("cpu")
            for _ in range(REPEATED):
                ask("GET", f"/customers?limit=100&offset={offset}")
            bench.add(name, "ours", 1e3 * (served.ask("cpu") - before) / REPEATED)
