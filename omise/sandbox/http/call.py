"""
One request, as the function that answers it sees it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..state.clock import Clock
from ..state.kinds import KINDS
from ..state.store import Document, Transaction
from ..state.workspace import View, Workspace
from .paging import page_of

__all__ = ["Call"]


class Call(Workspace):
    """
    A request that was let in.

    Attributes:
        method, path: What was asked for.
        params: All parameters, see `parameters`.
    """

    def __init__(
        self,
        store: Transaction,
        account: Document,
        clock: Clock,
        *,
        method: str,
        path: str,
        params: Mapping[str, Any],
        origin: str = "",
        caller: str | None = None,
    ) -> None:
        super().__init__(store, account, clock)
        self.origin = origin
        self.caller = caller
        self.method = method
        self.path = path
        self.params = params

    @property
    def view(self) -> View:
        """How this request wants to see things: ``expand=true`` counts where something is read."""
        return View(self, expand=self._expand)

    def answer(self, document: Document) -> dict[str, Any]:
        """The object as the whole answer to this request."""
        return View(self, self._expand, alone=True).show(document)

    def list(self, kind: str, *, parent: Document | None = None, **options: Any) -> dict[str, Any]:
        """The page that the parameters choose of the list at this path; *options* as in `View.list`."""
        return self.view.list(kind, location=self.path, parent=parent, page=page_of(self.params), **options)

    def resolve(self, placeholders: Mapping[str, str]) -> dict[str, Any]:
        """The objects that the placeholders of a route stand for, each within the one before it."""
        found: dict[str, Any] = {}
        parent: Document | None = None
        for name, value in placeholders.items():
            if name in KINDS:
                found[name] = parent = self.find(name, value, parent=parent)
            else:
                found[name] = value
        return found

    @property
    def _expand(self) -> bool:
        wanted = self.params.get("expand")
        return self.method == "GET" and (wanted is True or wanted in ("true", "1"))
