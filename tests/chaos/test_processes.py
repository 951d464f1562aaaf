"""Many threads, processes that fork and spawn, a sandbox that is killed: nothing mixed up, nothing lost."""

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import omise
from omise.sandbox import Application, Server

from ..processes import running
from .storm import at_once, balance_of_ledger, size

SETTINGS = {"secret_api_key": "skey_test_chaos", "public_api_key": "pkey_test_chaos", "timeout": 60}
CARD = {"name": "Mali", "number": "4242424242424242", "expiration_month": 8, "expiration_year": 2060}

CHILDREN = """
import multiprocessing, sys, threading, warnings
import omise

client = omise.Client(secret_api_key="skey_test_chaos", api_url=sys.argv[1], timeout=60)
COUNT = int(sys.argv[2])


def work(name):
    for number in range(COUNT):
        customer = client.Customer.create(description=f"{name}-{number}")
        assert client.Customer.retrieve(customer.id).description == customer.description == f"{name}-{number}"


def main():
    warnings.simplefilter("ignore", DeprecationWarning)  # of forking with threads, which is the point
    threads = [threading.Thread(target=work, args=(f"thread{number}",), daemon=True) for number in range(4)]
    for thread in threads:
        thread.start()
    children = []
    for number, method in enumerate(["fork", "fork", "fork", "spawn"]):
        children.append(multiprocessing.get_context(method).Process(target=work, args=(f"{method}{number}",)))
        children[-1].start()
    for child in children:
        child.join(120)
    for thread in threads:
        thread.join(120)
    print([child.exitcode for child in children], [thread.is_alive() for thread in threads])


if __name__ == "__main__":
    main()
"""


def test_many_threads_share_a_client() -> None:
    """Each of 32 threads reads back what it wrote, and what it wrote is all that there is."""
    count = size(300, 2)
    with Server(Application()) as server:
        client = omise.Client(**SETTINGS, api_url=server.url)

        def work(thread: int) -> None:
            for number in range(count):
                customer = client.Customer.create(description=f"{thread}-{number}")
                assert client.Customer.retrieve(customer.id).description == f"{thread}-{number}"
                assert customer.update(metadata={"thread": thread}).metadata == {"thread": thread}

        at_once(32, work)
        descriptions = [customer.description for customer in client.Customer.list(limit=100)]
        client.close()

    print(f"32 threads, {3 * 32 * count} requests")
    assert sorted(descriptions) == sorted(f"{thread}-{number}" for thread in range(32) for number in range(count))


@pytest.mark.usefixtures("unlogged")
def test_processes_fork_and_spawn_under_load(tmp_path: Path) -> None:
    """Children of a process whose threads are sending have connections of their own, and wait for nobody's lock."""
    count = size(300, 3)
    script = tmp_path / "children.py"
    script.write_text(CHILDREN)
    with Server(Application()) as server:
        command = [sys.executable, str(script), server.url, str(count)]
        result = subprocess.run(command, capture_output=True, text=True, timeout=size(300, 60), check=False)
        client = omise.Client(**SETTINGS, api_url=server.url)
        total = client.Customer.list().total
        client.close()

    print(f"4 threads and 4 children, {2 * 8 * count} requests")
    assert (result.stdout, result.stderr) == ("[0, 0, 0, 0] [False, False, False, False]\n", "")
    assert total == 8 * count


def write_until_killed(process: "subprocess.Popen[str]", url: str, writes: int) -> tuple[dict[str, int], int]:
    """Charge and refund in threads, kill the sandbox in the middle, and return what it acknowledged and did not."""
    client = omise.Client(**SETTINGS, api_url=url, vault_url=url, max_retries=0)
    customer = client.Customer.create(card=CARD)
    acknowledged: dict[str, int] = {}
    enough = threading.Event()
    failed: list[omise.Error] = []

    def work(_: int) -> None:
        try:
            while True:
                charge = client.Charge.create(amount=10_000, currency="thb", customer=customer.id)
                acknowledged[charge.id] = 0
                acknowledged[charge.id] = charge.refund(amount=1_000).amount
                if len(acknowledged) >= writes:
                    enough.set()
        except omise.Error as error:
            failed.append(error)

    def kill(_: int) -> None:
        enough.wait(120)
        process.send_signal(signal.SIGKILL)

    at_once(5, lambda number: kill(number) if number == 4 else work(number))
    client.close()
    return acknowledged, len(failed)


@pytest.mark.parametrize("time", range(size(5, 1)))
def test_a_sandbox_that_is_killed_keeps_what_it_acknowledged(tmp_path: Path, time: int) -> None:
    """Started again on the same file, it has every charge and refund that was answered, and its ledger balances."""
    database = tmp_path / "state.db"
    with running("--db", str(database)) as (process, url):
        acknowledged, failed = write_until_killed(process, url, size(400, 20) + 7 * time)
    with running("--db", str(database)) as (_, url):
        client = omise.Client(**SETTINGS, api_url=url, vault_url=url)
        charges = {charge.id: charge for charge in client.Charge.list(limit=100)}
        refunds = list(client.Refund.list(limit=100))
        total = balance_of_ledger(client)
        customer = client.Customer.create()
        client.close()

    print(f"{len(acknowledged)} charges acknowledged, {len(charges)} there, {failed} writes without an answer")
    assert failed == 4
    assert acknowledged.keys() <= charges.keys()
    assert all(charges[charge_id].refunded_amount >= amount for charge_id, amount in acknowledged.items())
    assert total == sum(charge.net for charge in charges.values()) - sum(refund.funding_amount for refund in refunds)
    assert len(charges) <= len(acknowledged) + failed
    assert customer.id
