"""Payments in the background: the example with Celery, its worker and its web server in a process of their own."""

import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests

import omise
from omise.sandbox.http.faults import Fault, Plan

from .shops import ROOT, SECRET, Shop, opened

SETTINGS = """
broker_url = "memory://"
broker_transport_options = {"polling_interval": 0.02}
"""

BOTH = """
import threading
from celery.signals import worker_ready
from waitress.server import create_server
from examples.celery_tasks import app, web

server = create_server(web, host="127.0.0.1", port=0)
threading.Thread(target=server.run, daemon=True).start()
worker_ready.connect(lambda **rest: print(f"http://127.0.0.1:{server.effective_port}", flush=True), weak=False)
app.worker_main(["worker", "--pool=threads", "--concurrency=2"])
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A worker and a web server, with what brings tasks from one to the other in their memory."""
    folder = tmp_path_factory.mktemp("celery")
    (folder / "settings_of_celery.py").write_text(SETTINGS)
    settings = {"CELERY_CONFIG_MODULE": "settings_of_celery", "PYTHONPATH": f"{folder}:{ROOT}"}
    with opened([sys.executable, "-c", BOTH], ROOT, SHOP_DB=str(folder / "shop.db"), **settings) as shop:
        yield shop


@pytest.fixture
def month(shop: Shop) -> str:
    """The address of a month of a subscriber who has a card."""
    customer = shop.client.Customer.create(card=shop.token())
    return f"{shop.url}/months/2026-11/subscribers/{customer.id}"


def settled(address: str, wanted: str = "successful") -> Any:
    """What is known of a month, once it is as it is *wanted*."""
    for _ in range(500):
        seen = requests.get(address, timeout=10).json()
        if seen["status"] == wanted:
            return seen
        time.sleep(0.02)
    raise AssertionError(seen)


def test_a_subscriber_is_charged_once_for_a_month(shop: Shop, month: str) -> None:
    """However often it is asked for; the event that tells of the charge books it no second time."""
    before = shop.client.Charge.list().total
    answers = [requests.post(month, timeout=10).status_code for _ in range(3)]
    seen = settled(month)
    told = shop.told()
    requests.post(month.replace("2026-11", "2026-12"), timeout=10)
    settled(month.replace("2026-11", "2026-12"))  # by then, what was queued before is done

    assert answers == [202] * 3
    assert told["charge.create", 204] > 0
    assert settled(month) == {"charge": seen["charge"], "status": "successful", "bookings": 1}
    assert shop.client.Charge.list().total == before + 2


@pytest.fixture
def no_events(shop: Shop) -> Iterator[None]:
    """Nobody tells the shop of anything."""
    account = shop.client.Account.retrieve()
    account.update(webhook_uri="")
    yield
    account.update(webhook_uri=shop.events)


@pytest.mark.usefixtures("no_events")
def test_a_lost_answer_is_found_out_by_a_task(shop: Shop, month: str) -> None:
    """The charge is not sent a second time."""
    before = shop.client.Charge.list().total
    shop.application.faults.add(Plan([Fault("reset_after", method="POST", path="/charges", times=1)], 0))
    requests.post(month, timeout=10)

    assert settled(month)["bookings"] == 1
    assert shop.client.Charge.list().total == before + 1


def test_an_api_that_is_busy_is_asked_again(shop: Shop, month: str) -> None:
    """What was certainly not carried out is begun anew, by the library's tries and then by Celery's."""
    shop.application.faults.add(
        Plan([Fault("too_many_requests", method="POST", path="/charges", times=3, retry_after=0)], 0)
    )
    requests.post(month, timeout=10)

    assert settled(month)["bookings"] == 1


def test_events_wait_for_no_task(shop: Shop, month: str) -> None:
    """One that is signed is answered at once, as often as it comes; any other is refused, and no task begins."""
    requests.post(month, timeout=10)
    seen = settled(month)
    event = shop.client.Charge.retrieve(seen["charge"]).events[0]
    body = event.to_json()
    answers = [
        requests.post(shop.events, data=body.encode(), headers=headers, timeout=10).status_code
        for headers in (omise.Webhook.sign(body, SECRET), omise.Webhook.sign(body, SECRET), {})
    ]

    assert answers == [204, 204, 400]
    assert settled(month) == {**seen, "bookings": 1}
