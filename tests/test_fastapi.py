"""An asynchronous shop under FastAPI, served for real on both event loops, and requests that are given up."""

import asyncio
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import fastapi
import httpx
import pytest
import uvicorn

import omise
from omise import aio
from omise.sandbox import Sandbox


@contextmanager
def served(app: Any, loop: str = "asyncio") -> Iterator[httpx.Client]:
    """Serve *app* on a free port, and give a client of it."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, loop=loop, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        threading.Event().wait(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
def test_the_shop_on_both_loops(omise_sandbox: Sandbox, loop: str) -> None:
    """It charges, refuses, and adds up. What else it does is that of all shops: `test_shops.py`."""
    from examples import fastapi_shop  # here, where what it sets is undone

    with served(fastapi_shop.app, loop) as shop:
        cards = ("4242424242424242", "4111111111140011")
        forms = [{"item": "cup", "token": omise_sandbox.card_token(number)} for number in cards]
        good, poor = (shop.post("/checkout", json=form) for form in forms)
        order = shop.get(good.headers["Location"]).json()
        today = shop.get(f"/revenue/{omise_sandbox.application.clock.now().date()}").json()

    assert (order["status"], poor.status_code) == ("successful", 402)
    assert today == {"amount": 590_00}


def test_a_request_that_is_given_up_leaves_no_charge_unknown(omise_sandbox: Sandbox) -> None:
    """A time-out around a charge that is on its way waits for it, and the endpoint learns what became of it."""
    app = fastapi.FastAPI()
    noted: list[str] = []

    @app.post("/pay")
    async def pay(token: str) -> dict[str, str]:
        on_its_way = threading.Event()
        omise.on_request = lambda request: on_its_way.set()
        task = asyncio.create_task(aio(omise.Charge.create, amount=100_00, currency="thb", card=token))
        while not (on_its_way.is_set() or task.done()):
            await asyncio.sleep(0.001)
        try:
            await asyncio.wait_for(task, 0.01)
        except (asyncio.TimeoutError, asyncio.CancelledError) as late:
            cause = late if isinstance(late, asyncio.CancelledError) else late.__cause__
            if sys.version_info < (3, 11) and cause:  # a task raises another error, in the context of its own
                cause = cause.__context__
            noted.extend(getattr(cause, "__notes__", []))
            return {"status": "late"}
        return {"status": "paid"}

    tokens = [omise_sandbox.card_token() for _ in range(4)]
    with omise_sandbox.faults(omise.sandbox.Fault("latency", path="/charges", seconds=0.2)), served(app) as shop:
        answers = [shop.post("/pay", params={"token": token}).json()["status"] for token in tokens]

    assert answers == ["late"] * 4
    charges = [*omise.Charge.list()]
    assert len(charges) == 4
    for charge, note in zip(charges, noted, strict=True):
        assert f"was finished: the call returned <Charge {charge.id}" in note
