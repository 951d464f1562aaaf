"""
The log of the requests that a sandbox received.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .keys import digest_of

__all__ = ["ReceivedRequest", "RequestLog"]

#: How many requests are remembered.
LOG_SIZE = 1000


@dataclass(frozen=True)
class ReceivedRequest:
    """
    A request that came in, without its secrets, for tests to look at.

    Attributes:
        params: What was understood: query and body together, numbers of JSON still numbers. Empty if nothing was.
        status: HTTP status of the answer; 0 where there was none.
        host: ``"api"``, ``"vault"`` or ``"checkout"``; empty if no route was found.
        code: The API's error code, None for a success.
        version: API version of the answer, None for errors.
        events: Keys of the events that it caused, in order, such as ``customer.create``.
        request_id: What the answer's ``X-Request-Id`` says.
        fault: The kind of fault that was injected, such as ``reset_after``; None where there was none.
        received_at: When it was answered, by the clock of the sandbox: ``2026-11-27T05:20:31Z``.
        account: Id of the account that it was made for; None where it did not come that far.
    """

    method: str
    path: str
    params: Mapping[str, Any]
    headers: Mapping[str, str]
    status: int
    host: str
    code: str | None
    version: str | None
    events: tuple[str, ...]
    request_id: str
    key_digest: str = field(repr=False)
    fault: str | None = None
    received_at: str = ""
    account: str | None = None

    def used_key(self, key: str) -> bool:
        """Whether the request was made with this key, which is not remembered."""
        return self.key_digest == digest_of(key)


class RequestLog(list[ReceivedRequest]):
    """The last 1000 requests, oldest first."""

    def record(self, received: ReceivedRequest) -> None:
        """Remember one more."""
        self.append(received)
        del self[:-LOG_SIZE]
