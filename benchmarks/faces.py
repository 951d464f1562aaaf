"""What is asked of a peer."""

from __future__ import annotations

from typing import Any, Protocol


class Client(Protocol):
    """Any peer: one that sends requests to a server."""

    def __init__(self, url: str) -> None: ...
    def retrieve(self) -> object:
        """Fetch a customer."""

    def create(self) -> object:
        """Create a customer."""

    def walk(self) -> int:
        """Look at every customer, a hundred a page, and return how many there are."""


class AsyncClient(Protocol):
    """Any peer in asynchronous code."""

    def __init__(self, url: str, most: int) -> None:
        """Make one that sends to *url*, if it has a bound of its own at most so many requests at once."""

    async def create(self) -> object:
        """Create a customer."""


class Library(Client, Protocol):
    """A peer that makes records of the JSON."""

    def page(self) -> Any:
        """Return the JSON of a hundred customers, just parsed, in the form that `records` takes."""

    def records(self, page: Any) -> list[Any]:
        """Make records of it."""

    def read(self, records: list[Any]) -> None:
        """Read three fields, and one of a nested card, of each record."""
