"""
What came back from one try at a request, and what it means: the facts, told apart into seven outcomes.

A request that failed on its way and one that was answered with nonsense raise the same question, "may it have been
carried out?"; it is answered here, once, and `transport` acts on it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import APIError, TooManyRequestsError, error_from
from ..redaction import redact_text
from .checking import Nonsense, read_answer
from .request import Request

if TYPE_CHECKING:
    import requests

SHOWN_BYTES = 120
"""How much of an answer that could not be understood is quoted."""


class Outcome(Enum):
    """What is known of a request after one try."""

    DONE = "answered with a JSON object"
    REFUSED = "the API said no: not carried out"
    LIMITED = "too many requests: not carried out"
    UNSENT = "never reached the API: not carried out"
    HELD = "kept back by the limits of this client: not carried out"
    LOST = "sent, without a usable answer: perhaps carried out"
    MISTAKEN = "answered with an object of another kind: perhaps carried out, and no other answer to be expected"


def too_large(limit: int) -> str:
    """Return what is wrong with a body of more than *limit* bytes."""
    return f"the answer has more than {limit:,} bytes, which max_response_bytes allows"


class Answer(NamedTuple):
    """One try's outcome, with what came back."""

    outcome: Outcome
    problem: str = ""
    """What is wrong with the answer, or why there is none."""
    failure: Exception | None = None
    response: requests.Response | None = None
    body: dict[str, Any] | None = None
    waited: float = 0.0
    """Seconds that the request waited for the limits before it was sent."""

    def __repr__(self) -> str:
        return f"<Answer {self.outcome.name}>"  # what came back may be what was sent

    @property
    def status(self) -> int | None:
        return None if self.response is None else self.response.status_code

    @property
    def headers(self) -> Mapping[str, str]:
        return {} if self.response is None else self.response.headers

    @property
    def request_id(self) -> str | None:
        return self.headers.get("X-Request-Id")

    @property
    def refusal(self) -> APIError | None:
        """The error that the API answered with, if it did."""
        if self.body is not None and self.outcome is not Outcome.MISTAKEN:
            return error_from(self.body, self.status or 0, self.request_id)
        if self.outcome is Outcome.LIMITED:
            return TooManyRequestsError(self.problem, status=self.status, request_id=self.request_id)
        return None

    @property
    def retry_after(self) -> float | None:
        """Seconds that the answer asks to wait, in seconds or as a date (RFC 9110, 10.2.3)."""
        text = self.headers.get("Retry-After", "").strip()
        if text.isdecimal():
            return float(text)
        from email.utils import mktime_tz, parsedate_tz

        date = parsedate_tz(text)
        try:
            return max(0.0, mktime_tz(date) - time.time()) if date else None
        except (ValueError, OverflowError):  # a date that no calendar has
            return None


def answer_from_response(response: requests.Response, request: Request, limit: int | None = None) -> Answer:
    """
    Return the outcome of *request*, which was answered with *response*.

    A body of more than *limit* bytes, or one that is no object of the API, is none: a gateway has JSON of its own.
    """
    status, content = response.status_code, response.content
    body, problem = _believe(content, limit)
    if body is not None and 200 <= status < 300 and body["object"] != "error":
        problem = request.mistaken(body)
        return Answer(Outcome.MISTAKEN if problem else Outcome.DONE, problem, None, response, body)

    if body is not None and body["object"] != "error":
        body, problem = None, "the answer is no error of the API"
    problem = f"HTTP {status}: {problem}" if problem else ""
    if 300 <= status < 400:
        target = redact_text(response.headers.get("Location", "nowhere"))
        body, problem = None, f"HTTP {status}: redirected to {target}, which is not followed; check the address"

    if status == 429:
        outcome = Outcome.LIMITED
    elif body is None or status >= 500:
        outcome = Outcome.LOST
    else:
        outcome = Outcome.REFUSED
    return Answer(outcome, problem, None, response, body)


def answer_from_failure(failure: Exception, connected: bool | None) -> Answer:
    """
    Return the outcome of a request that ended in *failure*, an exception of requests, urllib3 or the system.

    *connected* is what the pool knows: whether there was a connection to send on; None if it was not asked. The
    exception is kept as the cause of what the caller will see.
    """
    if connected is None:
        connected = not _is_surely_unsent(failure)
    answer = Answer(Outcome.LOST if connected else Outcome.UNSENT, _describe(failure, connected), failure)
    _forget_request(failure)
    return answer


def _is_surely_unsent(failure: Exception) -> bool:
    """Tell whether *failure*, of an adapter that is not ours, says by itself that nothing was sent."""
    from requests import exceptions as known

    return isinstance(
        failure,
        (known.ConnectTimeout, known.InvalidHeader, known.InvalidSchema, known.InvalidURL, known.MissingSchema),
    )


def _forget_request(failure: BaseException) -> None:
    """
    Take the request, which holds the key, out of *failure* and all that led to it, with the frames that saw it.

    Secrets are taken out of the texts too: urllib3's name the address with its query.
    """
    chain = [failure]
    for error in chain:
        chain += [cause for cause in _causes(error) if cause not in chain]
        error.__traceback__ = None
        error.args = tuple(redact_text(part) if isinstance(part, str) else part for part in error.args)
        for name, value in vars(error).items():
            if name in ("request", "response"):
                setattr(error, name, None)
            elif isinstance(value, str):
                setattr(error, name, redact_text(value))


def _describe(failure: Exception, connected: bool) -> str:
    import requests
    from urllib3.exceptions import NameResolutionError

    reason = getattr(failure.args[0], "reason", None) if failure.args else None
    if isinstance(failure, requests.Timeout) or "timed out" in str(failure):
        return f"{'the answer' if connected else 'connecting'} took too long"
    if isinstance(reason, NameResolutionError):
        return "the host's name does not resolve"
    if isinstance(failure, requests.exceptions.ProxyError):
        return f"the proxy did not connect: {_innermost(failure)}"
    if isinstance(failure, requests.exceptions.SSLError):
        return f"TLS failed: {_innermost(failure)}"
    return f"{'the answer was lost' if connected else 'no connection'}: {_innermost(failure)}"


def _believe(content: bytes, limit: int | None) -> tuple[dict[str, Any] | None, str]:
    """Return the object of the API in *content*, or None and what is wrong with it."""
    try:
        if limit is not None and len(content) > limit:
            raise Nonsense(too_large(limit))
        return read_answer(content), ""
    except Nonsense as nonsense:
        # More than is shown, since half a card number does not look like one.
        start = " ".join(redact_text(content[: 10 * SHOWN_BYTES].decode("utf-8", "replace")).split())[:SHOWN_BYTES]
        return None, f"{nonsense}: {start}" if start else str(nonsense)


def _innermost(failure: BaseException) -> str:
    """Return the message at the root of a chain of exceptions."""
    chain = [failure]
    while causes := [cause for cause in _causes(chain[-1]) if cause not in chain]:
        chain.append(causes[0])
    return redact_text(str(chain[-1])) or type(chain[-1]).__name__


def _causes(failure: BaseException) -> list[BaseException]:
    """Return the exceptions that *failure* was made of, in every way that urllib3 and requests keep them."""
    links = (getattr(failure, "reason", None), failure.__cause__, failure.__context__, *failure.args)
    return [link for link in links if isinstance(link, BaseException)]
