from __future__ import annotations

import re
import time
from typing import Any

import pytest

import omise
from omise.sandbox import Application, Fault, Sandbox, Server
from omise.sandbox.http.faults import KINDS, Faults, Plan, plan_of
from omise.wire import transport

from ..conftest import Caller

REQUEST_KINDS = [kind for kind in KINDS if not kind.startswith("webhook_")]

#: What strikes; over the timeout below, or within it.
SLOW = ("latency", "slow_first_byte", "drip")
TIMEOUT = 0.2  # a busy machine takes a tenth of a second for an answer that nothing delays
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


def struck(plan: Plan, *requests: tuple[str, str]) -> list[str | None]:
    """The kinds of fault that strike some requests, one after the other."""
    faults = Faults()
    faults.add(plan)
    found = [faults.strike(method, path) for method, path in requests]
    return [fault.kind if fault else None for fault in found]


def test_a_seed_gives_the_same_sequence() -> None:
    """
    Another one, another.
    """
    requests = [("POST", "/charges")] * 200
    kinds = [Fault("cut_body", probability=0.2), Fault("reset_after", probability=0.2)]
    first, again, other = (struck(Plan(kinds, seed), *requests) for seed in (7, 7, 8))

    assert first == again != other
    assert set(first) == {None, "cut_body", "reset_after"}
    assert 20 < first.count("cut_body") < 60


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, "XXXX"),
        ({"method": "POST"}, "X-X-"),
        ({"path": "/charges"}, "XX--"),
        ({"path": "/charges*"}, "XXX-"),
        ({"path": "/*/capture"}, "--X-"),
        ({"method": "GET", "path": "/customers"}, "---X"),
        ({"times": 2}, "XX--"),
        ({"probability": 0}, "----"),
    ],
)
def test_a_fault_strikes_what_it_names(options: dict[str, Any], expected: str) -> None:
    """
    By method, by path, and so many times.
    """
    requests = [("POST", "/charges"), ("GET", "/charges"), ("POST", "/charges/chrg_1/capture"), ("GET", "/customers")]
    found = struck(Plan([Fault("cut_body", **options)]), *requests)

    assert "".join("X" if kind else "-" for kind in found) == expected


def test_the_newest_plan_and_its_first_fault_are_asked_first() -> None:
    """
    A plan that ended is not asked any more.
    """
    faults, older, newer = Faults(), Plan([Fault("cut_body")]), Plan([Fault("drip", times=1), Fault("reset_after")])
    faults.add(older)
    faults.add(newer)
    both = [faults.strike("GET", "/").kind for _ in range(2)]  # type: ignore[union-attr]
    faults.remove(newer)

    assert both == ["drip", "reset_after"]
    assert faults.strike("GET", "/") == Fault("cut_body")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ([], 'give {"faults": […], "seed": N}'),
        ({"faults": {}}, 'give {"faults": […], "seed": N}'),
        ({"faults": [], "sed": 1}, 'give {"faults": […], "seed": N}'),
        ({"faults": [], "seed": "x"}, "seed is a whole number, not 'x'"),
        ({"faults": ["drip"]}, "a fault is an object with a kind, one of latency, "),
        ({"faults": [{"kind": "fire"}]}, "'fire' is no kind of fault; the kinds are latency, "),
        ({"faults": [{"kind": "drip", "speed": 1}]}, "drip takes no speed"),
        ({"faults": [{"kind": "drip", "event": "charge.*"}]}, "drip takes no event, but method, path, probability, "),
        ({"faults": [{"kind": "webhook_late", "path": "/charges"}]}, "webhook_late takes no path, but event, "),
        ({"faults": [{"kind": "cut_body", "seconds": 2}]}, "cut_body takes no seconds, but "),
        (
            {"faults": [{"kind": "drip", "method": "get"}]},
            "method is one of *, GET, HEAD, POST, PUT, PATCH, DELETE, not 'get'",
        ),
        ({"faults": [{"kind": "drip", "method": "POTS"}]}, "method is one of *, GET, "),
        ({"faults": [{"kind": "drip", "method": ["GET"]}]}, "method is one of *, GET, "),
        ({"faults": [{"kind": "drip", "path": 1}]}, "path is a pattern of paths, not 1"),
        ({"faults": [{"kind": "webhook_late", "event": None}]}, "event is a pattern of event keys, not None"),
        ({"faults": [{"kind": "drip", "probability": 1.5}]}, "probability is a number from 0 to 1, not 1.5"),
        ({"faults": [{"kind": "drip", "times": 0}]}, "times is a whole number from 1, not 0"),
        ({"faults": [{"kind": "drip", "seconds": -1}]}, "seconds is a number from 0 to 3600, not -1"),
        ({"faults": [{"kind": "drip", "seconds": True}]}, "seconds is a number from 0 to 3600, not True"),
        ({"faults": [{"kind": "error_after", "status": 404}]}, "status is a server error, 500 to 511, not 404"),
        ({"faults": [{"kind": "too_many_requests", "retry_after": "1\r\nX: y"}]}, "retry_after is seconds, or a line"),
        (
            {"faults": [{"kind": "too_many_requests", "retry_after": "ด่วน"}]},
            "retry_after is seconds, or a line of ASCII",
        ),
    ],
)
def test_what_is_no_fault_is_refused(fields: Any, message: str) -> None:
    """
    With what is wrong, in JSON as in Python.
    """
    with pytest.raises(ValueError, match=re.escape(message)):
        plan_of(fields)


def test_a_block_of_faults_ends() -> None:
    """
    The log says what was done to which request.
    """
    with Sandbox() as sandbox:
        with sandbox.faults("reset_after", "reset_before", method="POST", path="/customers", times=1) as plan:
            for _ in range(2):
                with pytest.raises(omise.OutcomeUnknown):
                    omise.Customer.create()
        created = omise.Customer.list().total

    log = [(each.method, each.status, each.fault, each.events) for each in sandbox.requests]
    assert log == [
        ("POST", 200, "reset_after", ("customer.create",)),
        ("POST", 0, "reset_before", ()),
        ("GET", 200, None, ()),
    ]
    assert (created, plan.struck) == (1, [1, 1])


@pytest.mark.parametrize("method", ["POST", "GET", "DELETE"])
def test_the_sandbox_itself_is_not_struck(api: Caller, method: str) -> None:
    """
    So that faults can be ended.
    """
    api.application.faults.add(Plan([Fault("error_before")]))
    response = api.client.open("/_sandbox/faults", method=method, json={"faults": []} if method == "POST" else None)

    assert response.status_code == 200


def test_faults_begin_and_end_over_http(api: Caller) -> None:
    """
    Each is shown with what it can be told, and how often it has struck.
    """
    fault = {"kind": "error_after", "path": "/customers", "status": 503}
    begun = api.client.post("/_sandbox/faults", json={"seed": 7, "faults": [fault]}).json
    refusal = api.refused("POST", "/customers", {})
    shown = api.client.get("/_sandbox/faults").json
    ended = api.client.delete("/_sandbox/faults").json

    assert refusal == (503, "internal_error", "internal error")
    told = {"method": "*", "path": "/customers", "probability": 1.0, "times": None, "status": 503}
    assert begun == {"object": "list", "data": [{"object": "fault", "kind": "error_after", **told, "struck": 0}]}
    assert shown == {"object": "list", "data": [{"object": "fault", "kind": "error_after", **told, "struck": 1}]}
    assert ended == {"object": "list", "data": []}
    assert api.ok("GET", "/customers")["total"] == 1
    assert api.client.post("/_sandbox/faults", json={"faults": [{"kind": "fire"}]}).status_code == 400


def test_a_single_fault_is_ended() -> None:
    """
    By how it is shown, whatever it has struck; the others of its plan stay, with their count.
    """
    faults = Faults()
    faults.add(Plan([Fault("latency", seconds=0), Fault("reset_after", path="/a"), Fault("reset_after", path="/b")]))
    faults.strike("GET", "/x")
    first, second, third = ({**fault} for fault in faults.shown())
    assert first.pop("struck") == 1
    assert second.pop("struck") == 0

    assert not faults.end({"kind": "latency"})
    assert faults.end(second)
    assert not faults.end(second)
    assert faults.shown() == [first | {"struck": 1}, third]
    assert faults.end(first)
    assert [fault["path"] for fault in faults.shown()] == ["/b"]
