"""
An export by Dask: four processes write a part each, by time, and what they wrote is put together again.

It runs against a sandbox of its own: python examples/dask_export.py (it needs dask: pip install dask).
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import dask
import dask.bag

import omise
from omise.cli import main as omise_command
from omise.sandbox import Application, Server

PARTS = 4
CHARGES = 40


def export_part(number: int, since: str, until: str, folder: str) -> str:
    """Write part *number* of the charges between two days into a file, and return its path."""
    out = f"{folder}/charges-{number}.jsonl"
    part = ["--from", since, "--to", until, "--partition", f"{number}/{PARTS}"]
    if omise_command(["export", "charges", *part, "--out", out]):
        raise RuntimeError(f"part {number} was not exported")
    return out


def fill(server: Server) -> tuple[str, str]:
    """Charge a card every other hour, and return the first day and the last one."""
    clock = server.application.clock
    first = clock.now()
    customer = omise.Customer.create(
        email="arunee@example.com",
        card={
            "name": "Arunee Dee",
            "number": "4242424242424242",
            "expiration_month": 8,
            "expiration_year": first.year + 3,
            "security_code": "123",
        },
    )
    for number in range(CHARGES):
        customer.charge(amount=100_00 + number, currency="thb", metadata={"order": number})
        clock.advance(hours=2)
    return f"{first:%Y-%m-%d}", f"{clock.now():%Y-%m-%d}"


def rows(paths: list[str]) -> list[dict[str, Any]]:
    """Return the records in the files, in order; `dask.bag` would go on with them in processes too."""
    return list(dask.bag.read_text(paths).map(json.loads).compute(scheduler="sync"))


def main() -> None:
    with Server(Application()) as server, tempfile.TemporaryDirectory() as folder:
        # The processes read the environment, as they would on other machines.
        os.environ.update(OMISE_API_URL=server.url, OMISE_VAULT_URL=server.url)
        os.environ.update(
            OMISE_SECRET_KEY="skey_test_5example00000000dask", OMISE_PUBLIC_KEY="pkey_test_5example000dask"
        )
        since, until = fill(server)
        parts = [dask.delayed(export_part)(number, since, until, folder) for number in range(1, PARTS + 1)]
        paths = list(dask.compute(*parts, scheduler="processes", num_workers=PARTS))
        for path in paths:
            print(f"{Path(path).name}: {len(Path(path).read_text().splitlines())} charges")
        found = rows(paths)
        there = [charge.id for charge in omise.Charge.list(order="chronological")]
        print(f"{len(found)} rows, of {len(there)} charges")
        print("The same rows." if [row["id"] for row in found] == there else "Not the same rows.")


if __name__ == "__main__":
    main()
