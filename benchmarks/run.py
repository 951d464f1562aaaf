"""Measures everything, prints what it is at, and writes the table: ``make bench``, for a short run ``ARGS=quick``."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import sandboxes
import subjects
from bench import SIZES, Bench
from environments import ASYNC_PEERS, HERE, PEERS, TOOLS, prepare
from processes import CLIENT, keep_to
from report import report

MEASURED = [
    subjects.warm,
    subjects.imports,
    subjects.far_away,
    subjects.at_once,
    subjects.peaks,
    sandboxes.sandbox,
]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", nargs="?", choices=SIZES, default="full", help="how often each thing is done")
    parser.add_argument("--here", action="store_true", help="only this library, with this interpreter, without TLS")
    parser.add_argument("--only", choices=[measure.__name__ for measure in MEASURED], help="one of the measurements")
    parser.add_argument("--to", type=Path, help="the file to write; by default RESULTS.md for all, none for less")
    return parser.parse_args()


def main() -> None:
    """Prepare the environments, measure, and write the table."""
    asked = arguments()
    if asked.here:
        peers, tools = {"ours": Path(sys.executable)}, None
        async_peers = peers
    else:
        peers = {name: prepare(name, packages) for name, packages in PEERS.items()}
        async_peers = {name: prepare(f"{name}_async", packages) for name, packages in ASYNC_PEERS.items()}
        tools = prepare("tools", TOOLS)
    keep_to(CLIENT)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(SIZES[asked.size], peers, async_peers, tools, Path(folder))
        for measure in MEASURED:
            if asked.only not in (None, measure.__name__):
                continue
            began = time.monotonic()
            measure(bench)
            print(f"{(measure.__doc__ or '').strip()} ({time.monotonic() - began:.0f} s)", flush=True)
    write(report(bench, f"make bench{'' if asked.size == 'full' else f' ARGS={asked.size}'}"), asked)


def write(text: str, asked: argparse.Namespace) -> None:
    """Write the table to its file; that of a short run is only shown, unless a file is named."""
    path = asked.to or (HERE / "RESULTS.md" if asked.size == "full" and not (asked.here or asked.only) else None)
    if path is None:
        print(text)
    else:
        path.write_text(text)


if __name__ == "__main__":
    main()
