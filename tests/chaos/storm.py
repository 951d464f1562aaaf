"""What the load tests share: their size, threads at once, a mixture of faults, and the balance afterwards."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any

import omise
from omise.sandbox import Fault
from omise.sandbox.http.faults import KINDS, Plan

FULL = bool(os.environ.get("CHAOS"))
"""Whether they run at full size, as under ``make chaos``."""

TOLD = {"latency": {"seconds": 0.05}, "slow_first_byte": {"seconds": 0.05}, "drip": {"seconds": 0.1}}
TOO_LATE = ("latency", "slow_first_byte")
TIMEOUT = 1.0
"""Seconds that clients wait for an answer, when some come later."""


def size(full: int, bounded: int) -> int:
    """How many there are to be."""
    return full if FULL else bounded


def storm(share: float, seed: int) -> Plan:
    """A plan in which a *share* of all requests is struck, by faults of all kinds."""
    faults: list[dict[str, Any]] = [
        {"kind": kind, **TOLD.get(kind, {})} for kind in KINDS if not kind.startswith("webhook_")
    ]
    faults.append({"kind": "too_many_requests", "retry_after": 0})
    each = 1 - (1 - share) ** (1 / len(faults))
    late = [Fault(kind, seconds=1.2 * TIMEOUT, probability=each / 20) for kind in TOO_LATE]
    return Plan([*late, *(Fault(**options, probability=each) for options in faults)], seed)


def at_once(threads: int, work: Callable[[int], None]) -> None:
    """Run *work* in so many threads, with the number of each, and raise what one of them raised."""
    raised: list[BaseException] = []

    def guarded(number: int) -> None:
        try:
            work(number)
        except BaseException as error:
            raised.append(error)

    running = [threading.Thread(target=guarded, args=(number,), daemon=True) for number in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(size(3_000, 600))
    assert not any(thread.is_alive() for thread in running), "a thread hangs"
    if raised:
        raise raised[0]


def balance_of_ledger(client: omise.Client) -> int:
    """The sum of the ledger's lines, once it is seen to be the balance."""
    lines = list(client.Transaction.list(limit=100))
    total = sum(line.amount if line.direction == "credit" else -line.amount for line in lines)
    assert total == client.Balance.retrieve().total
    return total
