"""
Faults on request: requests whose answers come late, broken, or not at all, and webhooks that arrive as they may.

A plan is a list of faults with a seed of its own. Which of them strikes a request is decided before it is routed, and
what it does is applied around the work. What only a server can do, breaking a connection, is asked of it by `Broken`.
"""

from __future__ import annotations

import dataclasses
import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from ...redaction import redact, redact_text, short
from ..refusals import ApiError
from .responses import Response, error_response

__all__ = ["KINDS", "Broken", "Fault", "Faults", "Plan", "plan_of"]

_ALL = {"probability", "times"}
_REQUEST = _ALL | {"method", "path"}
_WEBHOOK = _ALL | {"event"}

#: What each kind of fault can be told, beside its name.
KINDS: dict[str, set[str]] = {
    "latency": _REQUEST | {"seconds"},
    "slow_first_byte": _REQUEST | {"seconds"},
    "drip": _REQUEST | {"seconds"},
    "reset_before": _REQUEST,
    "reset_after": _REQUEST,
    "cut_body": _REQUEST,
    "empty_body": _REQUEST,
    "html_before": _REQUEST,
    "html_after": _REQUEST,
    "too_many_requests": _REQUEST | {"retry_after"},
    "error_before": _REQUEST | {"status"},
    "error_after": _REQUEST | {"status"},
    "unavailable_before": _REQUEST | {"status"},
    "unavailable_after": _REQUEST | {"status"},
    "webhook_doubled": _WEBHOOK,
    "webhook_reordered": _WEBHOOK | {"seconds"},
    "webhook_late": _WEBHOOK | {"seconds"},
}

#: Kinds by which the request is never carried out.
BEFORE = {kind for kind in KINDS if kind.endswith("_before")} | {"too_many_requests"}
RESETS = {"reset_before", "reset_after"}

LONGEST = 3600.0
HTML = b"<html>\n<head><title>502 Bad Gateway</title></head>\n<body><h1>502 Bad Gateway</h1></body>\n</html>\n"


class Broken(Exception):
    """What the server is to do to the connection: reset it, or close it where the body stands."""

    def __init__(self, reset: bool) -> None:
        super().__init__("the connection is broken on purpose")
        self.reset = reset


class _GatewayResponse(Response):
    """An answer of something before the API, which has none of the API's headers."""

    def all_headers(self, seconds: float) -> list[tuple[str, str]]:
        return [*self.headers.items(), ("Content-Length", str(len(self.body)))]


@dataclass(frozen=True)
class Fault:
    """
    One thing that may go wrong, with which requests or webhooks, and how often.

    Raises ValueError for a kind that there is not, and for what its kind cannot be told.

    Attributes:
        kind: One of `KINDS`.
        method: Of the requests: ``POST``; ``*`` for any.
        path: A pattern of theirs: ``/charges``, ``/charges/*/capture``; ``*`` stands for anything, slashes too.
        event: A pattern of the keys of events, for webhooks: ``charge.*``.
        probability: That it strikes one of those, from 0 to 1.
        times: How often it strikes at most; without a number there is no end.
        seconds: How long it takes, or how much later a webhook comes.
        status: HTTP status, 500 to 599; by default 500 with an error object, 503 without one.
        retry_after: What ``Retry-After`` says: seconds, or a text. Without one there is no such header.
    """

    kind: str
    method: str = "*"
    path: str = "*"
    event: str = "*"
    probability: float = 1.0
    times: int | None = None
    seconds: float = 1.0
    status: int | None = None
    retry_after: int | str | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{short(self.kind)} is no kind of fault; the kinds are {', '.join(KINDS)}")
        for field in dataclasses.fields(self)[1:]:
            self._check(field.name, getattr(self, field.name), field.default)

    def _check(self, name: str, value: Any, default: Any) -> None:
        if value == default and type(value) is type(default):
            return
        if name not in KINDS[self.kind]:
            raise ValueError(f"{self.kind} takes no {name}, but {', '.join(sorted(KINDS[self.kind]))}")
        is_good, description = CHECKS[name]
        if not is_good(value):
            raise ValueError(f"{name} is {description}, not {short(value)}")

    @property
    def of_webhooks(self) -> bool:
        """Whether it strikes webhooks, not requests."""
        return "event" in KINDS[self.kind]

    def concerns(self, method: str, path: str) -> bool:
        """Whether it may strike such a request."""
        return not self.of_webhooks and self.method in ("*", method) and fnmatchcase(path, self.path)

    def concerns_event(self, key: str) -> bool:
        """Whether it may strike the webhook of such an event."""
        return self.of_webhooks and fnmatchcase(key, self.event)

    def prevent(self) -> Response | None:
        """Before the work: wait, or the answer to give instead of doing it, if it is not to be done."""
        if self.kind == "latency":
            time.sleep(self.seconds)
        return Response(b"", {}, status=0) if self.kind in BEFORE else None

    def spoil(self, response: Response) -> Response:
        """After the work: the answer in the place of *response*."""
        match self.kind.removesuffix("_before").removesuffix("_after"):
            case "empty_body":
                return dataclasses.replace(response, body=b"")
            case "html":
                return _GatewayResponse(HTML, {"Content-Type": "text/html"}, status=502)
            case "unavailable":
                return _GatewayResponse(b"", {}, status=self.status or 503)
            case "error":
                return error_response(ApiError("internal_error", status=self.status or 500))
            case "too_many_requests":
                return self._refuse()
            case _:
                return response

    def _refuse(self) -> Response:
        response = error_response(ApiError("too_many_requests", "too many requests", status=429))
        if self.retry_after is not None:
            response.headers["Retry-After"] = str(self.retry_after)
        return response

    def send(self, body: bytes) -> Iterable[bytes]:
        """What is sent of an answer's body, as slowly as it is to come; raises `Broken`, at once or on the way."""
        if self.kind in RESETS:
            raise Broken(reset=True)
        if self.kind == "slow_first_byte":
            time.sleep(self.seconds)
        if self.kind == "drip":
            return self._drip(body)
        return _cut(body) if self.kind == "cut_body" else [body]

    def _drip(self, body: bytes) -> Iterator[bytes]:
        """A byte at a time."""
        for number in range(len(body)):
            yield body[number : number + 1]
            time.sleep(self.seconds / len(body))


def _cut(body: bytes) -> Iterator[bytes]:
    yield body[: len(body) // 2]
    raise Broken(reset=False)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


#: What a request may be; with "*" any.
METHODS = ("*", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")

#: What is good for each attribute, and how to say it.
CHECKS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "method": (lambda value: value in METHODS, f"one of {', '.join(METHODS)}"),
    "path": (_is_text, "a pattern of paths"),
    "event": (_is_text, "a pattern of event keys"),
    "probability": (lambda value: _is_number(value) and 0 <= value <= 1, "a number from 0 to 1"),
    "times": (lambda value: _is_whole(value) and value > 0, "a whole number from 1"),
    "seconds": (lambda value: _is_number(value) and 0 <= value <= LONGEST, f"a number from 0 to {LONGEST:.0f}"),
    "status": (lambda value: _is_whole(value) and 500 <= value <= 511 and value != 509, "a server error, 500 to 511"),
    "retry_after": (
        lambda value: (
            (_is_whole(value) and value >= 0) or (_is_text(value) and value.isprintable() and value.isascii())
        ),
        "seconds, or a line of ASCII",
    ),
}


class Plan:
    """
    Faults, and which of them strikes next: the first of those that concern a request and come to pass.

    The same *seed* and the same requests give the same faults.

    Attributes:
        struck: How often each fault has struck.
    """

    def __init__(self, faults: Iterable[Fault], seed: int = 0) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        self.struck: list[int] = [0] * len(self.faults)
        self._random = random.Random(seed)

    def choose(self, concerned: Iterable[bool]) -> Fault | None:
        """The fault that strikes, of those that are *concerned*."""
        for number, (fault, concerns) in enumerate(zip(self.faults, concerned, strict=True)):
            if not concerns or (fault.times is not None and self.struck[number] >= fault.times):
                continue
            if self._random.random() < fault.probability:
                self.struck[number] += 1
                return fault
        return None

    def end(self, shown: Any) -> bool:
        """End the first fault that is *shown* so, however often it has struck; False if there is none."""
        for number, fault in enumerate(self.shown()):
            if shown == {name: value for name, value in fault.items() if name != "struck"}:
                self.faults = (*self.faults[:number], *self.faults[number + 1 :])
                del self.struck[number]
                return True
        return False

    def shown(self) -> list[dict[str, Any]]:
        """Its faults, each with what it can be told and how often it has struck."""
        return [
            {"object": "fault", "kind": fault.kind}
            | redact({name: getattr(fault, name) for name in CHECKS if name in KINDS[fault.kind]})
            | {"struck": struck}
            for fault, struck in zip(self.faults, self.struck, strict=True)
        ]


class Faults:
    """The plans of an application, of which the newest is asked first. Threads may share it."""

    def __init__(self) -> None:
        self._plans: list[Plan] = []
        self._lock = threading.Lock()

    def __bool__(self) -> bool:
        return bool(self._plans)

    def add(self, plan: Plan) -> None:
        """Begin with a plan."""
        with self._lock:
            self._plans.insert(0, plan)

    def remove(self, plan: Plan) -> None:
        """End a plan, if it has not ended yet."""
        with self._lock:
            self._plans = [each for each in self._plans if each is not plan]

    def end(self, shown: Any) -> bool:
        """End one fault, see `Plan.end`; the others of its plan stay."""
        with self._lock:
            return any(plan.end(shown) for plan in self._plans)

    def clear(self) -> None:
        """End all plans."""
        with self._lock:
            self._plans = []

    def strike(self, method: str, path: str) -> Fault | None:
        """What happens to this request, if anything does."""
        with self._lock:
            chosen = (plan.choose(fault.concerns(method, path) for fault in plan.faults) for plan in self._plans)
            return next(filter(None, chosen), None)

    def strike_event(self, key: str) -> tuple[str, float] | None:
        """What happens to the webhook of this event: the kind of fault and its seconds."""
        with self._lock:
            chosen = (plan.choose(fault.concerns_event(key) for fault in plan.faults) for plan in self._plans)
            fault = next(filter(None, chosen), None)
            return (fault.kind, fault.seconds) if fault else None

    def shown(self) -> list[dict[str, Any]]:
        """The faults of all plans."""
        with self._lock:
            return [fault for plan in self._plans for fault in plan.shown()]


def plan_of(fields: Any) -> Plan:
    """
    The plan that JSON describes: ``{"seed": 7, "faults": [{"kind": "reset_after", "path": "/charges"}]}``.

    Raises ValueError saying what is wrong with it.
    """
    if not isinstance(fields, Mapping) or not isinstance(fields.get("faults"), list) or fields.keys() - PLAN:
        raise ValueError('give {"faults": […], "seed": N}, where the seed may be left out')
    seed = fields.get("seed", 0)
    if not _is_whole(seed):
        raise ValueError(f"seed is a whole number, not {short(seed)}")
    return Plan(map(_fault_of, fields["faults"]), seed)


PLAN = {"faults", "seed"}


def _fault_of(fields: Any) -> Fault:
    if not isinstance(fields, Mapping) or not isinstance(fields.get("kind"), str):
        raise ValueError(f"a fault is an object with a kind, one of {', '.join(KINDS)}")
    unknown = sorted(map(str, fields.keys() - CHECKS.keys() - {"kind"}))
    if unknown:
        raise ValueError(f"{redact_text(fields['kind'])} takes no {redact_text(unknown[0])}")
    return Fault(**fields)
