"""One request as data, before anything is made of it for the wire."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from ..checks import Timeout
from ..config import Host
from ..redaction import short
from .deadlines import Deadline

READS = frozenset({"GET", "HEAD"})

ALIKE = frozenset({("list", "receipt_list")})
"""Kinds of objects that are as good as the one that was asked for."""


class Watcher(Protocol):
    """Who may call a request off while it waits for its turn."""

    def hold(self) -> None:
        """Note that it waits, and is not on its way yet; raises what says that it was called off."""
        ...

    def go(self) -> None:
        """Note that it goes on; raises what says that it was called off."""
        ...


class Request(NamedTuple):
    """What to send, where, and by which key."""

    method: str
    base: str
    """The address of the host, as it is set."""
    path: str
    key: str
    params: Mapping[str, Any] = MappingProxyType({})
    """Encoded parameters: the query of a GET, the fields beside *files*, the JSON body of anything else."""
    files: Mapping[str, Any] | None = None
    timeout: Timeout | None = None
    idempotency_key: str | None = None
    harmless: bool = False
    """Whether it may be carried out twice though it is a write: it makes something that nobody can use unseen."""

    deadline: Deadline | None = None
    wanted: str | None = None
    """The kind of object that is asked for, where that is known."""

    with_id: bool = False
    """Whether it has an id, as all that is made or found by one."""

    repeatable: bool = False
    """Whether it has a key of its own, by which the API knows a repetition and does nothing twice."""

    host: Host = "api"
    """Which of the API's hosts has the address."""

    watcher: Watcher | None = None

    @property
    def url(self) -> str:
        """The whole address, without parameters."""
        return self.base + self.path

    @property
    def is_read(self) -> bool:
        return self.method in READS

    @property
    def changes_nothing(self) -> bool:
        """Whether nobody is the worse for it if it was carried out and nobody knows."""
        return self.harmless or self.method in READS

    def mistaken(self, body: Mapping[str, Any]) -> str:
        """Return what is wrong with *body*, an object of the API, as what was asked for; nothing if it is that."""
        kind = body["object"]
        if self.wanted is not None and kind != self.wanted and (self.wanted, kind) not in ALIKE:
            return f"asked for {self.wanted!r}, got {short(kind)}"
        if self.with_id and not body.get("id"):
            return f"asked for a {short(kind)}, got one without an id"
        return ""

    def __repr__(self) -> str:
        return f"<Request {self.method} {self.url}>"
