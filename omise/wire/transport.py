"""
One request to the wire and back: send it, repeat it where that is safe, and return the JSON or raise.

What knows requests is below this, and imported with the first call.
"""

# pyright: reportPossiblyUnboundVariable=false
# Each request is tried at least once.

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..config import Config
from ..errors import APIConnectionError, Error, NotFoundError, OutcomeUnknown
from ..hooks import RequestInfo, tell
from ..importing import imported
from ..redaction import redact, redact_text
from .answers import Answer, Outcome
from .limiting import Limiters
from .request import READS, Request
from .routes import route_of

if TYPE_CHECKING:
    from requests import PreparedRequest
    from requests.adapters import BaseAdapter

    from .pooling import Session
    from .sending import Sender

log: logging.Logger = logging.getLogger("omise")

REPEATABLE = READS | {"DELETE"}
"""Methods of which a second request does no more than the first."""

BACKOFF, LONGEST_BACKOFF = 0.5, 8.0
LONGEST_RETRY_AFTER = 30.0
"""Seconds: the pause after the first try at the most, after any try, and where the API asks for one."""


before_sending: Callable[[Request], None] | None = None
"""What is shown every request before it is sent, and may raise for it not to be; None, as usual: nothing."""

on_answer: Callable[[Config, Any], None] | None = None
"""What is shown the JSON of every answer, and the settings of the account that it came to; None, as usual: nothing."""


class Transport:
    """
    The way to the API for one account: a pool of kept-alive connections, made on first use.

    Safe across threads, and across fork: a child process opens connections of its own.
    """

    _sender: Sender

    def __init__(self, config: Config) -> None:
        self.config = config
        self.limiters: Limiters = Limiters(config)

    @property
    def sender(self) -> Sender:
        """What sends, made on first use."""
        if "_sender" not in vars(self):
            # Not under a lock, which a fork in another thread could leave held for ever: the first one made stays.
            vars(self).setdefault("_sender", imported(f"{__package__}.sending").Sender(self.config))
        return self._sender

    @property
    def session(self) -> Session:
        """The `requests.Session` of this account, for what must be set on it (a proxy, a CA bundle)."""
        return self.sender.session

    def mount(self, adapter: BaseAdapter | None) -> BaseAdapter | None:
        """Send everything through *adapter* instead of the network (None: the network again); return the one before."""
        previous, self.session.adapter = self.session.adapter, adapter
        return previous

    def close(self) -> None:
        """Close the idle connections. A later request opens new ones."""
        if "_sender" in vars(self):
            self.session.close()
        self.limiters.close()

    def send(self, request: Request) -> dict[str, Any]:
        """
        Send *request*, again where that is safe and may help, and return the JSON object that came back.

        Raises `APIError` (the API refused), `APIConnectionError` (no usable answer, and nothing was changed) or
        `OutcomeUnknown` (a write whose answer was lost).
        """
        if before_sending is not None:
            before_sending(request)
        sender = self.sender
        prepared = sender.prepare(request)
        retries = self.config.max_retries
        started, lost = time.monotonic(), False
        for number in range(retries + 1):
            began = datetime.now(timezone.utc)
            tried = self._try(sender, request, prepared, number + 1)
            if number and tried.outcome is Outcome.HELD:
                break  # what came of the one before says more
            if not lost:
                sent_at = began + timedelta(seconds=tried.waited)
            answer, tries = tried, number + 1
            if lost and request.method == "DELETE" and isinstance(answer.refusal, NotFoundError):
                answer = answer._replace(
                    outcome=Outcome.DONE, body={"deleted": True}
                )  # by the try whose answer was lost
            lost = lost or answer.outcome in (Outcome.LOST, Outcome.MISTAKEN)
            if number == retries or not is_repeatable(request, answer.outcome):
                break
            seconds = pause(number, answer)
            if request.deadline is not None and seconds >= request.deadline.left:
                break
            if "on_retry" in self.config.values:
                self._tell("on_retry", request, number + 1, answer, waiting=seconds)
            time.sleep(seconds)

        _log(request, answer, time.monotonic() - started, tries=tries)
        if answer.outcome is Outcome.DONE and answer.body is not None:
            if on_answer is not None:
                on_answer(self.config, answer.body)
            return answer.body
        raise _error(request, answer, sent_at, lost, tries) from answer.failure

    def _try(self, sender: Sender, request: Request, prepared: PreparedRequest, number: int) -> Answer:
        """Send *request*, for the time of that *number*, when it is its turn, and tell the hooks of it."""
        limiter = self.limiters.of(request)
        watcher = request.watcher if number == 1 else None  # an earlier try may have been carried out
        turn = None if limiter is None else limiter.turn(request.deadline, watcher)
        if "on_request" in self.config.values:  # which holds keys, and so is no variable of a frame
            self._tell("on_request", request, number)
        began = time.monotonic()
        try:
            answer = sender.send(request, prepared, turn)
        finally:
            if turn is not None:
                turn.leave()
        took = time.monotonic() - began
        if limiter is not None and answer.outcome is Outcome.LIMITED:
            limiter.slow_down(answer.retry_after)
        if turn is not None and turn.waited:
            took -= turn.waited
            answer = answer._replace(waited=turn.waited)
            log.info("%s %s waited %.2f s for the limits", request.method, route_of(request.path), turn.waited)
            self._tell("on_wait", request, number, answer, waiting=turn.waited)
        if "on_response" in self.config.values:
            self._tell("on_response", request, number, answer, milliseconds=1000 * took)
        return answer

    def _tell(self, name: str, request: Request, number: int, answer: Answer | None = None, **facts: Any) -> None:
        """Tell the hooks of the setting *name* of a try, and of the *answer* once there is one."""
        host = urlsplit(request.base).netloc
        if answer is not None:
            made = answer.request_id
            facts |= {"status": answer.status, "outcome": answer.outcome.name.lower()}
            facts["request_id"] = None if made is None else redact_text(made)
        tell(
            name, getattr(self.config, name), RequestInfo(request.method, route_of(request.path), host, number, **facts)
        )


def is_repeatable(request: Request, outcome: Outcome) -> bool:
    """
    Tell whether to send a request again after *outcome*: if it may help, and cannot be carried out twice.

    The API documents no idempotency header, so a write whose answer was lost is not repeated, whatever it carries; but
    for transfers, which have a parameter for it.
    """
    if outcome is Outcome.LOST:
        return request.harmless or request.repeatable or request.method in REPEATABLE
    return outcome in (Outcome.UNSENT, Outcome.LIMITED)


def pause(number: int, answer: Answer) -> float:
    """Return the seconds to wait after retry *number*: what the API asked for, else exponential, with full jitter."""
    if answer.retry_after is not None:
        return min(answer.retry_after, LONGEST_RETRY_AFTER)
    return random.uniform(0, min(LONGEST_BACKOFF, BACKOFF * 2**number))


def _error(request: Request, answer: Answer, sent_at: datetime, lost: bool, tries: int) -> Error:
    """Return the exception for the last *answer* to *request*; *lost* tells if any try's answer was lost."""
    refusal = answer.refusal
    if refusal is not None and (not lost or request.changes_nothing):
        return refusal

    address = request.url.partition("?")[0]
    problem = answer.problem or f"HTTP {answer.status}: {refusal}"
    facts = {"method": request.method, "url": address, "status": answer.status, "request_id": answer.request_id}
    if not lost or request.changes_nothing:
        harmless = ". Nothing was charged or changed" if request.harmless else ""
        return APIConnectionError(f"{problem} ({request.method} {address}){harmless}", **facts)
    return OutcomeUnknown(
        f"{problem} ({request.method} {address}, sent at {sent_at:%Y-%m-%d %H:%M:%S} UTC). It may have been carried"
        " out, and is not repeated: ask error.resolve() before you send it again",
        params=redact(request.params),
        sent_at=sent_at,
        lost_at=datetime.now(timezone.utc),
        tries=tries,
        code=refusal.code if refusal else None,
        **facts,
    )


def _log(request: Request, answer: Answer, seconds: float, tries: int) -> None:
    if not log.isEnabledFor(logging.INFO):
        return
    result = answer.status or answer.problem
    log.info(
        "%s %s: %s in %.0f ms (tries: %d)", request.method, urlsplit(request.url).path, result, 1000 * seconds, tries
    )
    if log.isEnabledFor(logging.DEBUG):
        log.debug("sent %s", json.dumps(redact(request.params)))
        log.debug("received %s", json.dumps(redact(answer.body)) if answer.body else answer.problem)
