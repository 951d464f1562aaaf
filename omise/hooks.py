"""What an application is told of the requests it makes: a small object for each, and nothing that is secret."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

log: logging.Logger = logging.getLogger("omise")


class RequestInfo(NamedTuple):
    """
    One try at a request, as hooks are told of it: without keys, parameters and ids.

    Attributes:
        method: ``"GET"``, ``"POST"``, ``"PATCH"`` or ``"DELETE"``.
        route: The path, with ``{id}`` where an id stands: ``"/customers/{id}"``.
        host: The host that it goes to, such as ``"api.omise.co"``.
        number: Which try it is, from 1.
        status: The HTTP status of the answer; None before it, and where there was none.
        outcome: What came of it: ``"done"``, ``"refused"`` (the API said no), ``"limited"`` (429), ``"unsent"``,
            ``"held"`` (by this client's own limits), ``"lost"`` or ``"mistaken"`` (not a usable answer). None before.
        milliseconds: How long the answer took, without the waiting; None before it.
        request_id: What the API calls the request, for Omise's support; None where it did not say.
        waiting: Seconds: in `on_wait` those waited for this client's limits, in `on_retry` the pause to come.
    """

    method: str
    route: str
    host: str
    number: int = 1
    status: int | None = None
    outcome: str | None = None
    milliseconds: float | None = None
    request_id: str | None = None
    waiting: float = 0.0


Hook: TypeAlias = Callable[[RequestInfo], object]
"""Is told of a try; what it returns is not looked at."""


def tell(name: str, hooks: Iterable[Hook], info: RequestInfo) -> None:
    """Call the *hooks* of the setting *name*. What one of them raises is logged, and hurts neither call nor others."""
    for hook in hooks:
        try:
            hook(info)
        except Exception:
            log.exception("a hook of %s failed for %s %s, whose call goes on", name, info.method, info.route)
