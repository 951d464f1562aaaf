"""`omise.records.walking`: iteration over the pages of a list, which nothing disturbs and no server makes endless."""

import gc
import tracemalloc
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import omise
from omise.sandbox import Sandbox

from ..stubs import Sent, Stub
from .conftest import numbers, pages, record

# From page to page


def test_iterating_from_any_page_goes_through_all(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """A page that was walked to iterates over the same records as the first one."""
    first = omise.Customer.list(limit=3)

    assert list(first.jump_to_page(3)) == list(first.next_page()) == customers
    assert list(first.next_page()(limit=2)) == customers


def test_iteration_begins_at_the_offset_asked_for(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """Records before it are not visited, from whatever page."""
    rest = omise.Customer.list(limit=2, offset=3)

    assert numbers(rest) == numbers(rest.next_page()) == ["3", "4", "5", "6"]
    assert numbers(omise.Customer.list(offset=7)) == []
    assert rest[0] == customers[0]


def test_iteration_makes_as_few_requests_as_it_can(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """One a page after the first; none at all if everything is at hand; and as far as it is consumed."""
    whole, paged = omise.Customer.list(limit=7), omise.Customer.list(limit=3)
    count = len(omise_sandbox.requests)
    assert list(whole) == customers
    assert len(omise_sandbox.requests) == count

    walk = iter(paged)
    for _ in range(3):
        next(walk)
    assert len(omise_sandbox.requests) == count
    assert len(list(walk)) == 4

    assert len(omise_sandbox.requests) == count + 2


# Iteration while things change


def test_destroying_every_record_while_iterating(omise_sandbox: Sandbox) -> None:
    """The loop that empties an account visits every record, in both orders, whatever the page size."""
    for order, limit in product(("chronological", "reverse_chronological"), (1, 2, 3, 20)):
        made = {omise.Customer.create().id for _ in range(7)}
        visited = [customer.destroy().id for customer in omise.Customer.list(limit=limit, order=order)]

        assert len(visited) == 7
        assert {*visited} == made
        assert len(omise.Customer.list()) == 0


STEPS = st.lists(st.tuples(st.sampled_from(["create", "oldest", "newest", "middle", "current"]), st.integers(1, 4)))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    order=st.sampled_from(["chronological", "reverse_chronological"]),
    limit=st.integers(1, 5),
    script=st.lists(STEPS.filter(lambda steps: len(steps) < 3), max_size=12),
)
def test_iteration_sees_exactly_once_what_exists_all_the_while(
    order: str, limit: int, script: list[list[tuple[str, int]]]
) -> None:
    """Whatever is created or destroyed between the steps: no record twice, none left out that was there throughout."""
    with Sandbox():
        alive = [omise.Customer.create().id for _ in range(9)]
        stayed = set(alive)
        seen: list[str] = []
        for customer in omise.Customer.list(limit=limit, order=order):
            seen.append(customer.id)
            for action, times in script.pop(0) if script else []:
                for _ in range(times):
                    _disturb(action, alive, customer.id)
            stayed &= set(alive)

    assert len(seen) == len(set(seen)), "a record was seen twice"
    assert stayed <= set(seen), "a record that was there all the while was not seen"


def _disturb(action: str, alive: list[str], current: str) -> None:
    """Create a customer, or destroy one of those *alive*."""
    if action == "create":
        alive.append(omise.Customer.create().id)
        return
    if not alive or (action == "current" and current not in alive):
        return
    place = {"oldest": 0, "newest": -1, "middle": len(alive) // 2}.get(action)
    gone = alive.pop(alive.index(current) if place is None else place)
    omise.Customer.from_data({"object": "customer", "id": gone}).destroy()


# Servers that do not do as they are told


def test_a_server_that_says_it_ignored_the_offset() -> None:
    """If the answer names another offset, it is an error and no endless loop."""
    stub = Stub(pages(lambda offset, limit: [record(0), record(1)], total=9, offset=0))

    with pytest.raises(omise.APIConnectionError, match="asked for records from 1 on, got those from 0"):
        list(stub.client().Customer.list())
    assert len(stub.sent) == 2


def test_a_server_that_ignores_the_offset_in_silence() -> None:
    """The same page again and again, whatever was asked for, ends in an error after a few requests."""
    stub = Stub(pages(lambda offset, limit: [record(0), record(1)], total=9))

    with pytest.raises(omise.APIConnectionError, match="again and again"):
        list(stub.client().Customer.list())
    assert len(stub.sent) < 25


@pytest.mark.parametrize("size", [0, 1, 2, 3, 20])
def test_no_server_makes_the_loop_endless(size: int) -> None:
    """Pages of any size, the same each time, come to an end."""
    stub = Stub(pages(lambda offset, limit: [record(number) for number in range(size)], total=50))
    try:
        found = list(stub.client().Customer.list())
    except omise.APIConnectionError:
        found = []

    assert len(found) <= size
    assert len(stub.sent) < 100


def test_a_server_whose_total_is_too_large() -> None:
    """Where no more records come, the loop ends: whether destroyed ones are counted is not documented."""
    stub = Stub(pages(lambda offset, limit: [record(number) for number in range(3)][offset : offset + limit], total=50))

    assert [each.id for each in stub.client().Customer.list()] == ["cust_0", "cust_1", "cust_2"]
    assert len(stub.sent) < 6


def test_records_without_id_are_walked_by_place() -> None:
    """What has no id cannot be told from others, so that the pages do not overlap."""
    things = [{"object": "rate", "n": number} for number in range(5)]
    stub = Stub(pages(lambda offset, limit: things[offset : offset + limit], total=5))

    assert [each["n"] for each in stub.client().Customer.list()] == [0, 1, 2, 3, 4]
    assert [sent.params.get("offset") for sent in stub.sent] == [None, "2", "4"]


class Shop:
    """A list that others change between any two pages of a walk, up to hundreds of records at once."""

    def __init__(self, seed: int, order: str, seconds: int, churn: int) -> None:
        self.random = Random(seed)
        self.reverse, self.seconds, self.churn = order == "reverse_chronological", seconds, churn
        self.order = order
        self.made = self.asked = 0
        self.kept: dict[str, str] = {}
        for _ in range(self.random.randint(1, 300)):
            self.create()
        self.from_the_start = set(self.kept)

    def create(self) -> None:
        """Make a record; *seconds* are what lies between a thousand of them."""
        self.made += 1
        time = datetime(2026, 1, 31, tzinfo=timezone.utc) + timedelta(seconds=self.made * self.seconds // 1000)
        self.kept[f"cust_test_{self.made:06}"] = f"{time:%Y-%m-%dT%H:%M:%SZ}"

    def change(self) -> None:
        for _ in range(self.random.randint(0, self.churn)):
            self.create()
        for id in self.random.sample([*self.kept], min(len(self.kept), self.random.randint(0, self.churn // 2))):
            del self.kept[id]
            self.from_the_start.discard(id)

    def __call__(self, sent: Sent) -> dict[str, Any]:
        """Answer with a page, then change."""
        ids = sorted(self.kept, reverse=self.reverse)
        limit = int(sent.params.get("limit") or sent.params.get("per_page") or 20)
        offset = int(sent.params.get("offset", 0)) or (int(sent.params.get("page", 1)) - 1) * limit
        data = [{"object": "customer", "id": id, "created_at": self.kept[id]} for id in ids[offset : offset + limit]]
        place = {"page": offset // limit + 1, "per_page": limit} if "scope" in sent.params else {}
        answer = {"object": "search" if place else "list", "location": sent.path, "data": data, "total": len(ids)}
        self.asked += 1
        if self.asked <= 12:  # an end to it, or the list might grow as fast as it is walked
            self.change()
        return {**answer, **(place or {"limit": limit, "offset": offset}), "order": self.order}


@pytest.mark.parametrize("kind", ["list", "search"])
@pytest.mark.parametrize("order", ["chronological", "reverse_chronological", "by name"])
@pytest.mark.parametrize("seconds", [0, 10, 100_000])
@pytest.mark.parametrize("churn", [3, 60, 600])
def test_a_walk_in_a_storm(kind: str, order: str, seconds: int, churn: int) -> None:
    """
    Whoever was there all the while is seen once, and nobody twice, whatever happens between two pages.

    All in one second, many in each, or each in one of its own; in an order that the times follow, or in another.
    """
    for seed in range(2):
        shop = Shop(seed, order, seconds, churn)
        shop.reverse = shop.reverse or order == "by name"
        client = Stub(shop).client()
        limit = shop.random.choice([1, 2, 7, 100] if churn < 600 else [30, 100])
        found = client.Customer.list(limit=limit) if kind == "list" else client.Customer.search().per_page(limit)
        seen = [record.id for record in found]

        assert len(seen) == len({*seen}), (seed, limit)
        assert shop.from_the_start <= {*seen}, (seed, limit)


def endless(total: int) -> Callable[[Sent], dict[str, Any]]:
    """A list of *total* records, a thousand a second, made as they are asked for."""

    def answer(sent: Sent) -> dict[str, Any]:
        offset, limit = int(sent.params.get("offset", 0)), int(sent.params["limit"])
        places = range(offset, min(total, offset + limit))
        times = {place: datetime(2026, 1, 1) + timedelta(seconds=place // 1000) for place in places}
        data = [
            {"object": "customer", "id": f"cust_test_{place}", "created_at": f"{times[place]:%Y-%m-%dT%H:%M:%SZ}"}
            for place in places
        ]
        page = {"object": "list", "location": "/customers", "data": data, "total": total}
        return {**page, "limit": limit, "offset": offset, "order": "chronological"}

    return answer


def forgotten(total: int) -> Any:
    """A list of *total* records, whose requests nobody keeps."""
    client = Stub(endless(total)).client()
    client.transport.session.adapter.sent = Forgetful()  # type: ignore[union-attr]
    return client.Customer.list(limit=100)


def test_a_walk_holds_on_to_nothing() -> None:
    """However long the list, a page of records is alive at the most, and as much memory is taken at the end."""
    for number, _ in enumerate(forgotten(10_000)):
        if number % 5000 == 1500:
            assert sum(isinstance(each, omise.Customer) for each in gc.get_objects()) <= 110, number
    assert number == 9_999

    few = min(peak_of_a_walk(2_000) for _ in range(3))
    assert any(peak_of_a_walk(10_000) <= 1.2 * few for _ in range(3))  # what else runs allocates too


def peak_of_a_walk(total: int) -> int:
    """How many bytes a walk through *total* records takes at the most."""
    gc.collect()
    tracemalloc.start()  # and not while objects are listed: that takes more than all the rest
    assert sum(1 for _ in forgotten(total)) == total
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_a_page_is_let_go_of_before_the_next_is_fetched() -> None:
    """Of the JSON of a page nothing is left by then but its last record."""
    pages, alive = endless(1_000), []

    def answer(sent: Sent) -> dict[str, Any]:
        gc.collect()
        alive.append(sum(type(each) is dict and each.get("object") == "customer" for each in gc.get_objects()))
        page = pages(sent)
        return {**page, "data": [{**record, "metadata": {"a": []}} for record in page["data"]]}

    assert sum(1 for _ in Stub(answer).client().Customer.list(limit=100)) == 1_000
    assert max(alive) - alive[0] <= 5


class Forgetful(list[Sent]):
    """What a stub was sent, forgotten at once."""

    def append(self, sent: Sent) -> None:
        self[:] = [sent]


def test_a_walk_ends_though_others_create_faster() -> None:
    """What was created after the second page was asked for is for another walk."""
    made = [50]

    def answer(sent: Sent) -> dict[str, Any]:
        page = endless(made[0])(sent)
        for place, item in enumerate(page["data"], page["offset"]):
            item["created_at"] = f"{datetime(2026, 1, 1) + timedelta(seconds=place):%Y-%m-%dT%H:%M:%SZ}"
        page["to"] = f"{datetime(2026, 1, 1) + timedelta(seconds=made[0]):%Y-%m-%dT%H:%M:%SZ}"
        made[0] += 100
        return page

    seen = [record.id for record in Stub(answer).client().Customer.list(limit=20)]
    assert len(seen) == len({*seen})
    assert 50 <= len(seen) <= 200
