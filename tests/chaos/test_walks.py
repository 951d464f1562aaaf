"""Walks over lists that others change meanwhile: what was there all the while comes exactly once."""

import threading
from collections import Counter
from typing import Any

import pytest

import omise
from omise.sandbox import Sandbox

from .storm import at_once, size

RECORDS = size(5_000, 80)
WRITERS = 4
LIMIT = size(100, 10)


@pytest.fixture(scope="module")
def shop() -> Any:
    """A client, and its customers, most of them made within the same seconds."""
    client = Sandbox().client()
    ids: list[str] = []
    at_once(8, lambda number: ids.extend(client.Customer.create().id for _ in range(RECORDS // 8)))
    return client, ids


def change(client: omise.Client, over: threading.Event, counter: "Counter[str]") -> None:
    """Create and destroy, with a few customers alive at any time."""
    alive: list[omise.Customer] = []
    while not over.is_set():
        alive.append(client.Customer.create())
        counter["created"] += 1
        if len(alive) > 3:
            alive.pop(0).destroy()
            counter["destroyed"] += 1
        over.wait(0.001)
    for customer in alive:
        customer.destroy()


@pytest.mark.parametrize("order", ["chronological", "reverse_chronological"])
@pytest.mark.parametrize("filtered", [False, True])
def test_each_record_that_was_there_comes_once(shop: Any, order: str, filtered: bool) -> None:
    """In both orders, with and without a filter, while four threads create and destroy."""
    client, ids = shop
    over, counter = threading.Event(), Counter[str]()
    first = client.Customer.retrieve(ids[0]).created_at
    filters = {"from": first.isoformat()} if filtered else {}
    writers = [threading.Thread(target=change, args=(client, over, counter), daemon=True) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    try:
        seen = Counter(customer.id for customer in client.Customer.list(limit=LIMIT, order=order, **filters))
    finally:
        over.set()
        for writer in writers:
            writer.join(60)

    expected = {customer_id for customer_id in ids if not filtered or customer_id >= ids[0]}
    print(f"{len(ids)} records, {order}, filtered: {filtered}; meanwhile {dict(counter)}")
    assert {customer_id: seen[customer_id] for customer_id in expected} == dict.fromkeys(expected, 1)
    assert counter["created"] > 0
    assert max(seen.values()) == 1
