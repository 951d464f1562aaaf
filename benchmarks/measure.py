"""Times calls in rounds that take turns, so that what slows the machine down slows all of them."""

from __future__ import annotations

import platform
import statistics
import time
from collections.abc import Callable, Mapping

ROUNDS, CALLS = 9, 200


def compare(title: str, peers: Mapping[str, Callable[[], object]], calls: int = CALLS) -> None:
    """Print how long a call of each of *peers* takes, and as a multiple of the first, with the spread over rounds."""
    rounds: dict[str, list[float]] = {name: [] for name in peers}
    slowest = dict.fromkeys(peers, 0.0)
    for call in peers.values():
        call()
    for _ in range(ROUNDS):
        for name, call in peers.items():
            began = time.perf_counter()
            for _ in range(calls):
                started = time.perf_counter()
                call()
                slowest[name] = max(slowest[name], time.perf_counter() - started)
            rounds[name].append((time.perf_counter() - began) / calls)

    print(f"\n{title}: {ROUNDS} rounds of {calls} calls, one after the other; Python {platform.python_version()}")
    first = rounds[next(iter(peers))]
    for name, times in rounds.items():
        ratios = [one / other for one, other in zip(times, first, strict=True)]
        usual, ratio = statistics.median(times), statistics.median(ratios)
        print(
            f"  {name:32} {1000 * usual:7.3f} ms a call, {1 / usual:6.0f} a second,"
            f" slowest {1000 * slowest[name]:6.1f} ms;"
            f" {ratio:5.2f} times the first ({min(ratios):.2f} to {max(ratios):.2f})"
        )
