"""
The sandbox's own routes, beside those of the API: the clock, the log of what was received, faults on request, and the
way back to the beginning.

They need no key, are not logged themselves, and are there under every host name but the API's own, so over HTTP,
where nobody can reach into the process. As they need no key, they are refused to pages of other sites.

    GET  /_sandbox/clock
    POST /_sandbox/clock     {"days": 31}; also hours, minutes, seconds
    GET  /_sandbox/requests
    GET  /_sandbox/faults
    POST /_sandbox/faults    {"faults": [{"kind": "reset_after", "path": "/charges"}], "seed": 7}
    DELETE /_sandbox/faults
    POST /_sandbox/reset
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping
from typing import Any

from ..refusals import ApiError, bad_request
from ..rules.validation import Invalid, Rule, check
from ..state.clock import Clock, time_text
from .faults import Faults, plan_of
from .hosts import API, is_api_host, is_private_name, is_same_origin
from .masking import redact_text
from .received import ReceivedRequest, RequestLog
from .responses import Response, json_response
from .versions import LATEST

__all__ = ["check_caller", "control", "is_control"]

PREFIX = "/_sandbox/"

#: What is left out of a logged request; it stands for a key.
HIDDEN = "key_digest"

FOREIGN_HOST = (
    "ask at an address or a name of this machine, such as 127.0.0.1 or localhost: the host {} may be anybody's"
)
FOREIGN_ORIGIN = "a page of another site cannot use the sandbox's own routes"


def is_control(path: str, host: str) -> bool:
    """Whether a request is for the sandbox itself."""
    return path.startswith(PREFIX) and not is_api_host(host)


def check_caller(host: str, origin: str | None) -> None:
    """Refuse what a page of another site may have a browser ask, by the headers ``Host`` and ``Origin``."""
    if not is_private_name(host):
        raise ApiError("not_authorized", FOREIGN_HOST.format(redact_text(host)))
    if not is_same_origin(origin, host):
        raise ApiError("not_authorized", FOREIGN_ORIGIN)


def control(
    clock: Clock,
    requests: RequestLog,
    faults: Faults,
    reset: Callable[[], None],
    method: str,
    path: str,
    params: Mapping[str, Any],
) -> Response:
    """The answer to such a request."""
    match method, path.removeprefix(PREFIX):
        case "GET", "clock":
            return _answer(_clock(clock))
        case "POST", "clock":
            return _answer(turn(clock, params))
        case "GET", "requests":
            return _answer({"object": "list", "data": [_logged(received) for received in requests]})
        case "GET" | "POST" | "DELETE", "faults":
            return _answer(change(faults, method, params))
        case "POST", "reset":
            reset()
            return _answer(_clock(clock))
        case _:
            raise ApiError("service_not_found", redact_text(f"{method} {path} is not a service of this sandbox"))


def turn(clock: Clock, params: Mapping[str, Any]) -> dict[str, Any]:
    """Turn the clock forward by what the parameters say."""
    unknown = params.keys() - PARTS.keys()
    if unknown or not params:
        raise bad_request(f"give at least one of {', '.join(PARTS)}, and nothing else")
    try:
        clock.advance(**check(params, PARTS))
    except (ValueError, OverflowError) as error:
        raise bad_request(str(error)) from None
    return _clock(clock)


def change(faults: Faults, method: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """Add a plan of faults, or end all of them, and return those in force."""
    try:
        if method == "POST":
            faults.add(plan_of(params))
    except ValueError as error:
        raise bad_request(str(error)) from None
    if method == "DELETE":
        faults.clear()
    return {"object": "list", "data": faults.shown()}


def span(value: Any) -> float:
    """A number, in digits too."""
    try:
        number = float(value) if not isinstance(value, bool) else math.nan
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise Invalid("is not a number")
    return number


PARTS: dict[str, Rule] = dict.fromkeys(("days", "hours", "minutes", "seconds"), span)


def _clock(clock: Clock) -> dict[str, Any]:
    return {"object": "clock", "now": time_text(clock.now_ms())}


def _logged(received: ReceivedRequest) -> dict[str, Any]:
    """A request as it was logged, without secrets."""
    fields = dataclasses.asdict(received)
    del fields[HIDDEN]
    return {"object": "request", **fields}


def _answer(fields: dict[str, Any]) -> Response:
    return json_response(fields, LATEST, API)
