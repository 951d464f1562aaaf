"""
One request to the wire and back: send it, repeat it where that is safe, and return the JSON or raise.

This, `answers` and `pooling` are all that knows requests, which is imported with the first call.
"""

# pyright: reportPossiblyUnboundVariable=false
# Each request is tried at least once.

from __future__ import annotations

import json
import logging
import os
import platform
import random
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from ..config import Config, Timeout, is_loopback
from ..errors import APIConnectionError, Error, NotFoundError, OutcomeUnknown
from ..redaction import redact
from ..version import __version__
from .answers import Answer, Outcome, answer_from_failure, answer_from_response
from .encoding import flatten

if TYPE_CHECKING:
    import requests
    from requests.adapters import BaseAdapter

    from .pooling import Session

log: logging.Logger = logging.getLogger("omise")

READS = frozenset({"GET", "HEAD"})
REPEATABLE = READS | {"DELETE"}
"""Methods of which a second request does no more than the first."""

BACKOFF, LONGEST_BACKOFF = 0.5, 8.0
LONGEST_RETRY_AFTER = 30.0
"""Seconds: the pause after the first try at the most, after any try, and where the API asks for one."""


@dataclass(frozen=True)
class Request:
    """One request as data: what to send, where, and by which key."""

    method: str
    url: str
    key: str = field(repr=False)
    params: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """Encoded parameters: the query of a GET, the fields beside *files*, the JSON body of anything else."""
    files: Mapping[str, Any] | None = field(default=None, repr=False)
    timeout: Timeout | None = None
    idempotency_key: str | None = field(default=None, repr=False)
    harmless: bool = False
    """Whether it may be carried out twice though it is a write: it makes something that nobody can use unseen."""

    @property
    def changes_nothing(self) -> bool:
        """Whether nobody is the worse for it if it was carried out and nobody knows."""
        return self.harmless or self.method in READS

    @property
    def path(self) -> str:
        return urlsplit(self.url).path


class Transport:
    """
    The way to the API for one account: a pool of kept-alive connections, made on first use.

    Safe across threads, and across fork: a child process opens connections of its own.
    """

    _session: Session

    def __init__(self, config: Config) -> None:
        self.config = config

    @property
    def session(self) -> Session:
        """The `requests.Session` of this account, for what must be set on it (a proxy, a CA bundle)."""
        if "_session" not in vars(self):
            from .pooling import Session

            # Not under a lock, which a fork in another thread could leave held for ever: the first one made stays.
            vars(self).setdefault("_session", Session())
        return self._session

    def mount(self, adapter: BaseAdapter | None) -> BaseAdapter | None:
        """Send everything through *adapter* instead of the network (None: the network again); return the one before."""
        previous, self.session.adapter = self.session.adapter, adapter
        return previous

    def close(self) -> None:
        """Close the idle connections. A later request opens new ones."""
        if "_session" in vars(self):
            self._session.close()

    def send(self, request: Request) -> dict[str, Any]:
        """
        Send *request*, again where that is safe and may help, and return the JSON object that came back.

        Raises `APIError` (the API refused), `APIConnectionError` (no usable answer, and nothing was changed) or
        `OutcomeUnknown` (a write whose answer was lost).
        """
        prepared = self._prepare(request)
        retries = self.config.max_retries
        started, lost = time.monotonic(), False
        for number in range(retries + 1):
            if not lost:
                sent_at = datetime.now(timezone.utc)
            answer = self._try(request, prepared)
            if lost and request.method == "DELETE" and isinstance(answer.refusal, NotFoundError):
                answer = Answer(Outcome.DONE, status=404, body={"deleted": True})  # by the try whose answer was lost
            lost = lost or answer.outcome is Outcome.LOST
            if number == retries or not is_repeatable(request, answer.outcome):
                break
            time.sleep(pause(number, answer))

        _log(request, answer, time.monotonic() - started, tries=number + 1)
        if answer.outcome is Outcome.DONE and answer.body is not None:
            return answer.body
        raise _error(request, answer, sent_at, lost) from answer.failure

    def _prepare(self, request: Request) -> requests.PreparedRequest:
        import requests

        raw = requests.Request(request.method, request.url, headers=self._headers(request), auth=(request.key, ""))
        pairs = list(flatten(request.params))
        if request.method in READS:
            raw.url += f"?{urlencode(pairs)}" if pairs else ""
        elif request.files is not None:
            raw.data, raw.files = pairs, dict(request.files)
        elif request.params:
            raw.headers["Content-Type"] = "application/json"
            raw.data = json.dumps(request.params)
        return self.session.prepare_request(raw)

    def _headers(self, request: Request) -> dict[str, str | None]:
        """Return the headers of *request*; a session of requests leaves out what is None."""
        return {
            "User-Agent": user_agent(self.config),
            "Omise-Version": self.config.api_version,
            "Idempotency-Key": request.idempotency_key,
        }

    def _try(self, request: Request, prepared: requests.PreparedRequest) -> Answer:
        import requests
        from urllib3.exceptions import HTTPError

        from .pooling import attempt

        attempt.connected = None
        try:
            response = self.session.send(
                prepared,
                timeout=self.config.timeout if request.timeout is None else request.timeout,
                allow_redirects=False,  # a redirect would carry the key elsewhere
                **self._environment_of(request.url),
            )
        except (requests.RequestException, HTTPError, OSError, ValueError) as failure:
            return answer_from_failure(failure, attempt.connected)
        return answer_from_response(response)

    def _environment_of(self, url: str) -> dict[str, Any]:
        """Return what the session, and else the environment, says of proxies and certificates for the host of *url*."""
        proxies, verify = dict(self.session.proxies), self.session.verify  # given, or the environment would go first
        settings = dict(self.session.merge_environment_settings(url, proxies, None, verify, None))
        address = urlsplit(url)
        if address.scheme == "http" or is_loopback(address.hostname or ""):
            settings["proxies"] = {}  # a key on its way to this machine, or one nearby, has no business in a proxy
        return settings


def _finish_imports() -> None:
    """Wait for the imports of a first call in another thread: a child that is forked meanwhile would, for ever."""
    if "requests" in sys.modules:
        from . import pooling  # noqa: F401  # pyright: ignore[reportUnusedImport]


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_finish_imports)


def is_repeatable(request: Request, outcome: Outcome) -> bool:
    """
    Tell whether to send a request again after *outcome*: if it may help, and cannot be carried out twice.

    The API documents no idempotency header, so a write whose answer was lost is not repeated, whatever it carries.
    """
    if outcome is Outcome.LOST:
        return request.harmless or request.method in REPEATABLE
    return outcome in (Outcome.UNSENT, Outcome.LIMITED)


def user_agent(config: Config) -> str:
    """Return the ``User-Agent``: this package, Python, and what the application adds."""
    agent = f"OmisePython/{__version__} Python/{platform.python_version()}"
    return f"{agent} {config.user_agent_suffix}" if config.user_agent_suffix else agent


def pause(number: int, answer: Answer) -> float:
    """Return the seconds to wait after retry *number*: what the API asked for, else exponential, with full jitter."""
    if answer.retry_after is not None:
        return min(answer.retry_after, LONGEST_RETRY_AFTER)
    return random.uniform(0, min(LONGEST_BACKOFF, BACKOFF * 2**number))


def _error(request: Request, answer: Answer, sent_at: datetime, lost: bool) -> Error:
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
        " out, and is not repeated: look before you send it again",
        params=redact(request.params),
        sent_at=sent_at,
        code=refusal.code if refusal else None,
        **facts,
    )


def _log(request: Request, answer: Answer, seconds: float, tries: int) -> None:
    if not log.isEnabledFor(logging.INFO):
        return
    result = answer.status or answer.problem
    log.info("%s %s: %s in %.0f ms (tries: %d)", request.method, request.path, result, 1000 * seconds, tries)
    if log.isEnabledFor(logging.DEBUG):
        log.debug("sent %s", json.dumps(redact(request.params)))
        log.debug("received %s", json.dumps(redact(answer.body)) if answer.body else answer.problem)
