"""A fresh process in which one peer creates customers in asynchronous code, so many at once, again and again."""

from __future__ import annotations

import asyncio
import sys
import time
from importlib import import_module

from faces import AsyncClient


async def bursts(peer: AsyncClient, at_once: int, times: int) -> tuple[float, float]:
    """Return the seconds until a burst of *at_once* creates is answered, and the CPU seconds of one create."""
    await burst(peer, at_once)  # it opens the connections
    began, began_cpu = time.perf_counter(), time.process_time()
    for _ in range(times):
        await burst(peer, at_once)
    passed, spent = time.perf_counter() - began, time.process_time() - began_cpu
    return passed / times, spent / times / at_once


async def burst(peer: AsyncClient, at_once: int) -> None:
    await asyncio.gather(*(peer.create() for _ in range(at_once)))


async def main(name: str, url: str, most: int, at_once: int, times: int) -> None:
    peer: AsyncClient = import_module(f"peers.{name}").Peer(url, most)
    print(*await bursts(peer, at_once, times))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3], *map(int, sys.argv[3:])))  # type: ignore[arg-type]
