"""`omise.aio`: calls in threads, with the context of the task, and what becomes of them when a task is cancelled."""

import asyncio
import logging
import threading
import time
from collections.abc import Coroutine, Iterator
from functools import partial
from typing import Any

import pytest

import omise
from omise import aio
from omise.aio import MOST_AT_ONCE, Aio
from omise.client import default_client
from omise.sandbox import Sandbox

from .misbehaving import Connection, Misbehaving, answer

CUSTOMER = answer(200, {"object": "customer", "id": "cust_test_1"})


def run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    """A server that answers as the test says, which the default client asks once."""
    with Misbehaving() as server:
        omise.api_url = omise.vault_url = server.url
        omise.secret_api_key, omise.public_api_key = "skey_test_s", "pkey_test_p"
        omise.max_retries = 0
        yield server


class Gate:
    """An answer that waits to be let through; tells when a request is there."""

    def __init__(self, inner: Any = CUSTOMER) -> None:
        self.inner = inner
        self.reached, self.opened = threading.Event(), threading.Event()

    def __call__(self, connection: Connection) -> bool:
        self.reached.set()
        self.opened.wait(10)
        return bool(self.inner(connection))

    async def wait(self) -> None:
        while not self.reached.is_set():
            await asyncio.sleep(0.001)


# Calls


def test_calls_give_what_they_give(omise_sandbox: Sandbox) -> None:
    """Verbs of classes and of records, with their parameters; errors are raised where they are awaited."""

    async def work() -> None:
        customer = await aio(omise.Customer.create, email="a@b.co", card=omise_sandbox.card())
        assert (await aio(customer.update, description="new")) is customer
        assert (await aio(omise.Customer.retrieve, customer.id)).description == "new"
        with pytest.raises(omise.errors.NotFoundError):
            await aio(omise.Customer.retrieve, "cust_test_0")

    run(work())


def test_the_module_is_called_however_it_was_imported(omise_sandbox: Sandbox) -> None:
    """`omise.aio`, ``from omise import aio`` and ``from omise.aio import aio`` are used alike."""
    import omise.aio as module

    async def work() -> list[Any]:
        return [await way(omise.Balance.retrieve) for way in (omise.aio, aio, module, module.aio)]

    assert [balance.currency for balance in run(work())] == ["THB"] * 4


def test_a_block_of_using_holds(omise_sandbox: Sandbox) -> None:
    """In the task that it is in, and in no other one beside it."""
    osaka = omise_sandbox.client()

    async def created(client: omise.Client | None) -> Any:
        if client is None:
            return await aio(omise.Customer.create)
        with omise.using(client):
            await asyncio.sleep(0)
            made = await aio(omise.Customer.create)
            assert [each async for each in aio.each(omise.Customer.list())] == [made]
            return made

    async def work() -> None:
        theirs, ours = await asyncio.gather(created(osaka), created(None))
        assert [*osaka.Customer.list()] == [theirs]
        assert [*omise.Customer.list()] == [ours]

    run(work())


@pytest.mark.parametrize("limit", [1, 3, 100])
def test_each_goes_over_all_pages(omise_sandbox: Sandbox, limit: int) -> None:
    """In order, whatever the size of a page; searches too; the loop goes on meanwhile."""
    made = [omise.Customer.create(email=f"{number}@b.co") for number in range(7)]

    async def work() -> None:
        found = await aio(omise.Customer.list, limit=limit)
        assert [each async for each in aio.each(found)] == made
        scope = omise.Customer.search().query("b.co").per_page(limit).order("chronological")
        assert {each.id async for each in aio.each(scope)} == {each.id for each in made}
        assert [each async for each in aio.each([])] == []

    run(work())


def test_gather_makes_calls_at_once(omise_sandbox: Sandbox) -> None:
    """What each gave, in order; and what one raised, at once or in its place."""
    good = partial(omise.Customer.create, email="a@b.co")
    bad = partial(omise.Customer.retrieve, "cust_test_0")

    async def work() -> None:
        assert [each.email for each in await aio.gather(good, good)] == ["a@b.co"] * 2
        assert await aio.gather() == []
        with pytest.raises(omise.errors.NotFoundError):
            await aio.gather(good, bad)
        one, other = await aio.gather(good, bad, return_exceptions=True)
        assert (type(one), type(other)) == (omise.Customer, omise.errors.NotFoundError)

    run(work())


def test_no_more_run_at_once_than_there_are_threads() -> None:
    """Ten, unless another number is asked for; all of them are made."""
    running, most, wanted = [0], [0], [MOST_AT_ONCE]
    changed = threading.Condition()

    def work() -> int:
        with changed:
            running[0] += 1
            most[0] = max(most[0], running[0])
            changed.notify_all()
            changed.wait_for(lambda: most[0] >= wanted[0], timeout=5)
        time.sleep(0.002)  # for one more, if there were one
        with changed:
            running[0] -= 1
        return 1

    assert sum(run(aio.gather(*[work] * 50))) == 50
    assert most[0] == MOST_AT_ONCE
    most[0], wanted[0] = 0, 3
    assert sum(run(Aio(3).gather(*[work] * 20))) == 20
    assert most[0] == 3


# Cancelling


async def cancelled(task: asyncio.Task[Any]) -> asyncio.CancelledError:
    """Cancel *task*, and return what it ends in."""
    task.cancel()
    with pytest.raises(asyncio.CancelledError) as raised:
        await task
    return raised.value


def notes(error: BaseException | None) -> str:
    """The notes of *error*; those of a task's are in its context on Python 3.10, which raises another in its place."""
    found: list[str] = []
    while error is not None:
        found += getattr(error, "__notes__", [])
        error = error.__context__
    return "\n".join(found)


def test_a_read_is_let_go_of(server: Misbehaving) -> None:
    """The task ends at once; that the answer still comes, or does not, bothers nobody."""
    gate = Gate()
    server.answers = [gate]

    async def work() -> None:
        task = asyncio.create_task(aio(omise.Customer.retrieve, "cust_test_1"))
        await gate.wait()
        error = await asyncio.wait_for(cancelled(task), 5)
        assert notes(error) == ""
        gate.opened.set()

    run(work())


@pytest.mark.parametrize("again", [False, True])
def test_a_write_on_its_way_is_finished(server: Misbehaving, caplog: pytest.LogCaptureFixture, again: bool) -> None:
    """The task ends when it is known what became of it, which the error and the log say."""
    gate = Gate()
    server.answers = [gate]

    async def work() -> asyncio.CancelledError:
        task = asyncio.create_task(aio(omise.Customer.create, email="a@b.co"))
        await gate.wait()
        task.cancel()
        await asyncio.sleep(0.02)
        if again:
            task.cancel()
            await asyncio.sleep(0.02)
        assert not task.done()
        gate.opened.set()
        with pytest.raises(asyncio.CancelledError) as raised:
            await task
        return raised.value

    with caplog.at_level(logging.WARNING, "omise"):
        error = run(work())
    said = "POST /customers was on its way, and was finished: the call returned <Customer cust_test_1>"
    assert said in notes(error)
    assert said in caplog.text


def test_a_write_whose_answer_is_lost_says_so(server: Misbehaving) -> None:
    """The note has the error that nobody is left to catch."""
    gate = Gate(lambda connection: False)
    server.answers = [gate]

    async def work() -> asyncio.CancelledError:
        task = asyncio.create_task(aio(omise.Customer.create, email="a@b.co"))
        await gate.wait()
        task.cancel()
        gate.opened.set()
        with pytest.raises(asyncio.CancelledError) as raised:
            await task
        return raised.value

    assert "the call raised OutcomeUnknown" in notes(run(work()))


def test_what_was_not_begun_is_not_made(server: Misbehaving) -> None:
    """A call that waits for a thread is taken back, and a function sends no further write once it is let go of."""
    gate, single = Gate(), Aio(1)
    server.answers = [CUSTOMER, gate, CUSTOMER]

    def two_writes() -> None:
        customer = omise.Customer.create()
        customer.reload()
        customer.update(email="a@b.co")

    async def work() -> tuple[str, str]:
        first = asyncio.create_task(single(two_writes))
        await gate.wait()
        waiting = asyncio.create_task(single(omise.Customer.create))
        await asyncio.sleep(0.01)
        last, former = await cancelled(waiting), await cancelled(first)
        gate.opened.set()
        await single(lambda: None)  # after what the only thread still does
        return notes(former), notes(last)

    former, last = run(work())
    assert "POST /customers had been carried out before" in former
    assert last == "The call was not made."
    assert [request.method for request in server.received] == ["POST", "GET"]


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_what_waits_for_the_limits_is_not_sent_any_more(server: Misbehaving, method: Any) -> None:
    """The task ends at once, and what it waited for is called off when it is its turn."""
    gate = Gate()
    server.answers = [gate, CUSTOMER]
    omise.max_concurrency = 1

    async def work() -> None:
        first = asyncio.create_task(aio(omise.Customer.create))
        await gate.wait()
        waiting = asyncio.create_task(aio(omise.request, method, "/charges"))
        limiter = [*default_client.transport.limiters._made.values()][-1]
        assert limiter is not None
        while not limiter._queue:
            await asyncio.sleep(0.001)
        error = await asyncio.wait_for(cancelled(waiting), 5)
        assert getattr(error, "__notes__", []) == []
        gate.opened.set()
        await first
        await aio(omise.Customer.create)

    run(work())
    assert [request.path for request in server.received] == ["/customers", "/customers"]


def test_cancelled_tasks_hold_nobody_up(server: Misbehaving) -> None:
    """Though each waited for its turn: the next call waits no longer than without them."""
    server.answers = [CUSTOMER] * 2
    omise.requests_per_second = 1

    async def work() -> float:
        await aio(omise.Customer.create)
        tasks = [asyncio.create_task(aio(omise.Customer.create)) for _ in range(4)]
        await asyncio.sleep(0.1)
        for task in tasks:
            await cancelled(task)
        began = asyncio.get_running_loop().time()
        await aio(omise.Customer.create)
        return asyncio.get_running_loop().time() - began

    assert run(work()) < 1.5
    assert len(server.received) == 2


def test_a_call_that_is_done_when_the_task_is_cancelled_is_over(omise_sandbox: Sandbox) -> None:
    """There is nothing to wait for, and nothing more is made."""

    async def work() -> None:
        await aio(omise.Customer.create)
        await asyncio.wait_for(aio(omise.Balance.retrieve), 5)

    run(work())
    assert len(omise.Customer.list()) == 1


def test_loops_and_processes_come_and_go(omise_sandbox: Sandbox) -> None:
    """One object serves one loop after the other; and leaves nothing behind."""
    assert [run(aio(omise.Balance.retrieve)).currency for _ in range(3)] == ["THB"] * 3
