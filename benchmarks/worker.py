"""A process in which one peer is measured: it takes a command a line, as JSON, and answers with a figure."""

from __future__ import annotations

import gc
import json
import sys
import time
import tracemalloc
from collections.abc import Callable
from importlib import import_module
from typing import Any

from faces import Client


def seconds(work: Callable[[], object]) -> float:
    """How much CPU time of this process *work* takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def call(peer: Any, method: str, times: int) -> float:
    """Seconds a call."""
    bound = getattr(peer, method)

    def work() -> None:
        for _ in range(times):
            bound()

    return seconds(work) / times


def walk(peer: Client, customers: int) -> float:
    """Seconds a record of a walk over all *customers*."""
    return seconds(lambda: walk_all(peer, customers)) / customers


def walk_all(peer: Client, customers: int) -> None:
    seen = peer.walk()
    if seen != customers:
        raise RuntimeError(f"the walk over {customers} customers ended after {seen}")


def peak(peer: Client, customers: int) -> float:
    """KiB that a walk over all *customers* takes at most, beyond what was there after a first call."""
    peer.retrieve()
    gc.collect()
    tracemalloc.start()
    walk_all(peer, customers)
    return tracemalloc.get_traced_memory()[1] / 1024


def records(peer: Any, pages: int) -> dict[str, float]:
    """Seconds to make a record of parsed JSON, to read it, and to read it again."""
    parsed = [peer.page() for _ in range(pages)]
    made: list[Any] = []
    build = seconds(lambda: made.extend(each for page in parsed for each in peer.records(page)))
    first, again = seconds(lambda: peer.read(made)), seconds(lambda: peer.read(made))
    return {name: spent / len(made) for name, spent in (("build", build), ("first-read", first), ("next-read", again))}


def copied(peer: Any, text: str) -> float:
    """Seconds to make a record of data that belongs to the caller."""
    data = json.loads(text)["data"]
    return seconds(lambda: peer.from_data(data)) / len(data)


def held(peer: Any, pages: int, text: str) -> float:
    """Bytes that a record takes beyond the dict of its JSON, *text* being a page of the same."""
    gc.collect()
    tracemalloc.start()
    dicts = [each for _ in range(pages) for each in json.loads(text)["data"]]
    plain = tracemalloc.get_traced_memory()[0] / len(dicts)
    del dicts
    gc.collect()
    before = tracemalloc.get_traced_memory()[0]
    made = [each for _ in range(pages) for each in peer.records(peer.page())]
    gc.collect()
    return (tracemalloc.get_traced_memory()[0] - before) / len(made) - plain


COMMANDS: dict[str, Callable[..., Any]] = {each.__name__: each for each in (call, walk, peak, records, copied, held)}


def main(name: str, url: str) -> None:
    """Carry out what standard input says."""
    peer = import_module(f"peers.{name}").Peer(url)
    print("ready", flush=True)
    for line in sys.stdin:
        command, *arguments = json.loads(line)
        print(json.dumps(COMMANDS[command](peer, *arguments)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
