"""What a call costs, beside the same request made with requests alone, and beside a server that does nothing."""

from __future__ import annotations

import time

import requests
from measure import compare
from werkzeug.wrappers import Request, Response

import omise
from omise.sandbox import Application, Sandbox, Server

KEY = "skey_test_5example0000000bench"


@Request.application
def answer_at_once(request: Request) -> Response:
    return Response('{"object": "customer"}', mimetype="application/json")


def over_http() -> None:
    """The client beside requests, and the sandbox beside an application that does nothing on the same server."""
    with Server(Application()) as server, Server(answer_at_once) as idle, requests.Session() as session:  # type: ignore[arg-type]
        session.auth = (KEY, "")
        client = omise.Client(secret_api_key=KEY, api_url=server.url)
        customer = client.Customer.create(email="john@example.com")
        collection, address = f"{server.url}/customers", f"{server.url}{customer.location}"
        compare(
            "Retrieve a customer over HTTP, client and server in one process",
            {
                "requests, kept alive": lambda: session.get(address, timeout=5).json(),
                "requests, no session": lambda: requests.get(address, auth=(KEY, ""), timeout=5).json(),
                "omise.Customer.retrieve": lambda: client.Customer.retrieve(customer.id),
            },
        )
        compare(
            "The sandbox over HTTP, asked by requests on a kept-alive connection",
            {
                "an application that does nothing": lambda: session.get(idle.url, timeout=5).json(),
                "retrieve a customer": lambda: session.get(address, timeout=5).json(),
                "create a customer": lambda: session.post(collection, json={"email": "a@b.c"}, timeout=5),
            },
        )
        client.close()


def in_the_process() -> None:
    """The sandbox without a socket, as test suites use it."""
    client = (sandbox := Sandbox()).client()
    card = sandbox.card()
    customer = client.Customer.create(card=card)
    compare(
        "The sandbox in the process",
        {
            "retrieve a customer": lambda: client.Customer.retrieve(customer.id),
            "charge a customer": lambda: client.Charge.create(amount=100_00, currency="thb", customer=customer),
            "a sandbox of its own": lambda: Sandbox().close(),
        },
        calls=50,
    )
    for _ in range(10):
        builder = client.Charge.schedule(customer=customer, amount=100_00, currency="thb").days()
        builder.end_date(sandbox.clock.now().replace(year=sandbox.clock.now().year + 2)).start()
    started = time.perf_counter()
    sandbox.clock.advance(days=31)
    print(f"\nTurning the clock over 31 days of ten daily schedules: {time.perf_counter() - started:.2f} s, once")
    sandbox.close()


if __name__ == "__main__":
    over_http()
    in_the_process()
