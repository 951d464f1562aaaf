"""
Which request is whose: resources, their routes, and the router over all of them.

A module in `resources` makes a `Resource` and decorates functions with `route`. A placeholder named like a resource
stands for the id of such an object; the function gets the object, and it belongs to the one before it in the path:

    @route("PATCH", "/customers/<customer>/cards/<card>", takes=PARAMETERS)
    def update(call: Call, customer: Document, card: Document) -> Document: ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from ..refusals import ApiError
from ..state.kinds import Kind
from ..state.store import Document, Transaction
from .hosts import API, host_of
from .keys import SECRET
from .paging import PAGING
from .takes import READING, Takes, unknown

if TYPE_CHECKING:
    from .call import Call
    from .responses import Response

__all__ = [
    "ROUTES",
    "Resource",
    "Route",
    "Router",
    "route",
    "router",
]

#: A handler returns a document, which is shown by its resource, or an object that is complete already, or, for what is
#: no object of the API, a whole response.
Handler = Callable[..., "Document | dict[str, Any] | Response"]
Find = Callable[[Transaction, str], "Document | None"]

ROUTES: list[Route] = []


@dataclass(frozen=True, eq=False)  # each is itself: as a key of `router`, all of them are hashed
class Route:
    """
    One method on one path.

    Attributes:
        keys: Kinds of key that are accepted. Without any, it is a page that payers open, and belongs to the account
            that owns the first object in the path.
        takes: The parameters that it knows; None, as of pages, for whatever there is.
        find: Finds that object by what stands in the path, if that is not its id.
        since: First API version that has it.
    """

    method: str
    path: str
    handler: Handler
    host: str = API
    keys: tuple[str, ...] = (SECRET,)
    since: str = ""
    find: Find = Transaction.get
    takes: Takes | None = None

    def by_ids(self, transaction: Transaction, placeholders: Mapping[str, str]) -> Mapping[str, str]:
        """*placeholders* with the id of what the first of them stands for."""
        if self.find is Transaction.get:
            return placeholders
        noun, given = next(iter(placeholders.items()))
        found = self.find(transaction, given)
        return {**placeholders, noun: found.id if found else given}

    def unknown(self, params: Mapping[str, Any]) -> list[str]:
        """What is wrong with those of *params* that it does not know."""
        return [] if self.takes is None else unknown(params, self.takes)

    def check_version(self, version: str) -> None:
        """Raise ``service_not_found`` if *version* is too old for it."""
        if version < self.since:
            raise ApiError("service_not_found", f"API version {version} does not support this operation")


def route(
    method: str,
    path: str,
    *,
    host: str = API,
    keys: tuple[str, ...] = (SECRET,),
    since: str = "",
    find: Find = Transaction.get,
    takes: Takes | None = None,
) -> Callable[[Handler], Handler]:
    """Let the function below answer *method* on *path*."""
    if takes is not None and method == "GET":
        takes = {**takes, **READING}

    def register(handler: Handler) -> Handler:
        ROUTES.append(Route(method, path, handler, host, keys, since, find, takes))
        return handler

    return register


class Resource(Kind):
    """A kind of object with addresses of its own, and the verbs that it shares with all the others."""

    def listable(self) -> None:
        """``GET`` on the path: a page of its objects, within what the path names before them."""

        @route("GET", self.path, takes=PAGING)
        def index(call: Call, **parents: Document) -> dict[str, Any]:
            parent = next(reversed(parents.values()), None)
            return call.list(self.name, parent=parent)

    def retrievable(self, **options: Any) -> None:
        """``GET`` on one object."""

        @route("GET", f"{self.path}/<{self.name}>", takes={}, **options)
        def retrieve(call: Call, **documents: Document) -> Document:
            return documents[self.name]


@lru_cache(maxsize=4)
def router(routes: tuple[Route, ...]) -> Router:
    """The router over *routes*. Making one takes longer than most requests, so that applications share it."""
    return Router(routes)


class Router:
    """Finds the route of a request."""

    def __init__(self, routes: Iterable[Route]) -> None:
        rules = [_Matched(route.path, methods=[route.method], endpoint=route) for route in routes]
        self._adapter = Map(rules).bind("sandbox")

    def match(self, method: str, path: str, host: str) -> tuple[Route, Mapping[str, str]]:
        """
        The route and what its placeholders stand for; the error ``service_not_found`` if there is none.

        One slash at the end does not matter: the official Python package asks for ``/search/``.
        """
        try:
            found, values = self._adapter.match(path.removesuffix("/") or "/", method)
        except HTTPException:
            found, values = None, {}
        if found is None or (host_of(host) or found.host) != found.host:
            raise ApiError("service_not_found", f"{method} {path} is not a service of this API")
        return found, values


class _Matched(Rule):
    """A rule that no address is made of: what would make it takes nine tenths of the time that a router takes."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        return _unmade


def _unmade(*_: Any) -> tuple[str, str]:
    raise NotImplementedError("addresses are matched here, and not made")
