from __future__ import annotations

import re
import time
from typing import Any

import pytest

import omise
from omise.sandbox import Application, Fault, Sandbox, Server
from omise.sandbox.http.faults import KINDS, Plan
from omise.wire import transport

REQUEST_KINDS = [kind for kind in KINDS if not kind.startswith("webhook_")]

#: What strikes; over the timeout below, or within it.
SLOW = ("latency", "slow_first_byte", "drip")
TIMEOUT = 0.1
TOO_SLOW = {"latency": 2.5 * TIMEOUT, "slow_first_byte": 2.5 * TIMEOUT, "drip": 1500 * TIMEOUT}
TRIED: list[dict[str, Any]] = [
    *({"kind": kind, "seconds": 0.05} for kind in SLOW),
    *({"kind": kind, "seconds": seconds} for kind, seconds in TOO_SLOW.items()),
    {"kind": "too_many_requests"},
    {"kind": "too_many_requests", "retry_after": 0, "times": 1},
    {"kind": "too_many_requests", "retry_after": "Thu, 01 Jan 1970 00:00:00 GMT"},
    {"kind": "error_before", "status": 503},
    {"kind": "unavailable_after", "status": 504},
    *({"kind": kind} for kind in REQUEST_KINDS if kind not in SLOW),
    *({"kind": kind, "times": 1} for kind in REQUEST_KINDS if kind not in SLOW),
]


#: What differs: a moment, an id, the size of a body, and which kind of pool it was.
MOVING = re.compile(r"[0-9-]{10} [0-9:]{8}|(?<=cust_test_)[0-9a-z]+|[0-9]+ (?:bytes|more)|\w+Pool")


def described(error: BaseException | None) -> Any:
    """What can be seen of an exception, and of those that it was made of."""
    if error is None:
        return None
    facts = {name: getattr(error, name, None) for name in ("method", "status", "code", "params", "retry_after")}
    inner = [
        (type(part).__name__, MOVING.sub("…", str(part))) for part in error.args if isinstance(part, BaseException)
    ]
    return type(error).__name__, MOVING.sub("…", str(error)), facts, inner, described(error.__cause__)


def outcomes(client: omise.Client, application: Application, options: dict[str, Any]) -> list[Any]:
    """What a client sees of a create, a read and a destroy, how often it tried, and what the log says."""
    customer = client.Customer.create(email="mali@example.com")
    client.config.timeout = TIMEOUT if options.get("seconds") == TOO_SLOW.get(options["kind"], 0) else 20
    seen: list[Any] = []
    for method, verb in [
        ("POST", lambda: client.Customer.create(email="arunee@example.com")),
        ("GET", lambda: client.Customer.retrieve(customer.id)),
        ("DELETE", customer.destroy),
    ]:
        first = len(application.requests)
        plan = Plan([Fault(**options, method=method)])
        application.faults.add(plan)
        try:
            seen.append(type(verb()).__name__)
        except Exception as error:
            seen.append(described(error))
        settle(application, first, plan)
        application.faults.clear()
        seen.append([(each.method, each.status, each.fault) for each in application.requests[first:]])
    client.config.timeout = 20
    return [*seen, client.Customer.list().total]


def settle(application: Application, first: int, plan: Plan) -> None:
    """Wait for the work that nobody waits for any more."""
    deadline = time.monotonic() + 5
    while len([each for each in application.requests[first:] if each.fault]) < sum(plan.struck):
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("options", TRIED, ids=lambda options: "-".join(map(str, options.values())))
def test_in_the_process_it_looks_as_over_http(options: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A fault of every kind: the same answers, exceptions, causes and tries, and the same work done.
    """
    monkeypatch.setattr(transport, "BACKOFF", 0)
    with Server(Application()) as server:
        settings: dict[str, Any] = {"api_url": server.url, "max_retries": 1}
        over_http = omise.Client(secret_api_key="skey_test_faults", **settings)
        on_the_wire = outcomes(over_http, server.application, options)
        over_http.close()
        sandbox = Sandbox()
        inside = outcomes(sandbox.client(**settings), sandbox.application, options)

    assert inside == on_the_wire
    assert any(fault for entry in inside if isinstance(entry, list) for *_, fault in entry)


def test_every_kind_is_tried() -> None:
    """
    In the table above.
    """
    assert {options["kind"] for options in TRIED} == set(REQUEST_KINDS)
