"""The sandbox in a process of its own: over HTTP, where the other side sends the requests, and in the process."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from omise import Client
from omise.sandbox import Application, Sandbox, Server, Store

CUSTOMER: dict[str, Any] = {"email": None, "description": None, "metadata": {}, "default_card": None}
"""A customer as the sandbox keeps it."""


class Served:
    """A sandbox over HTTP, and its store."""

    def __init__(self) -> None:
        self.store = Store()
        self.server = Server(Application(self.store)).start()

    def cpu(self) -> float:
        """Seconds of CPU time that this process took so far."""
        return time.process_time()

    def fill(self, key: str, customers: int) -> None:
        """Keep that many customers of the account of *key*, faster than by asking for each."""
        with Client(secret_api_key=key, api_url=self.server.url) as client:
            account = client.Account.retrieve().id
        now = time.time_ns() // 1_000_000
        with self.store.transaction() as transaction:
            for _ in range(customers):
                transaction.create("customer", "cust", CUSTOMER, now_ms=now, livemode=False, account=account)

    def fresh(self, times: int) -> list[float]:
        """Seconds of CPU time, medians: a sandbox in the process, the first create in it, the next one."""
        return [statistics.median(spent) for spent in zip(*(one_sandbox() for _ in range(times)), strict=True)]


def one_sandbox() -> tuple[float, float, float]:
    moments = [time.process_time()]
    sandbox = Sandbox()
    moments.append(time.process_time())
    client = sandbox.client()
    began = time.process_time()
    client.Customer.create(email="arunee@example.com")
    moments.append(time.process_time())
    client.Customer.create(email="arunee@example.com")
    moments.append(time.process_time())
    sandbox.close()
    return moments[1] - moments[0], moments[2] - began, moments[3] - moments[2]


def main() -> None:
    """Carry out what standard input says; print the port first."""
    served = Served()
    commands: dict[str, Callable[..., Any]] = {"cpu": served.cpu, "fill": served.fill, "fresh": served.fresh}
    print(served.server.port, flush=True)
    for line in sys.stdin:
        command, *arguments = json.loads(line)
        print(json.dumps(commands[command](*arguments)), flush=True)


if __name__ == "__main__":
    main()
