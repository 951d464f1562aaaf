"""
What code that acts for one account can see and do, within one transaction of the store.

A request has a workspace (`Call` is one); so has work that the clock brings about.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..refusals import bad_request, not_found
from .clock import Clock, time_text
from .kinds import KINDS, LISTENERS
from .lists import FIRST_PAGE, Page
from .store import Document, Selection, Transaction

__all__ = ["View", "Workspace"]


class Workspace:
    """
    The objects of one account.

    Attributes:
        store: The transaction that all of it is part of.
        account: Whose objects these are.
        now_ms: Unix time in milliseconds; it stands still within one workspace. Unless given, it is the clock's.
        origin: Where the sandbox was reached, such as ``http://127.0.0.1:4010``; empty under the API's own names.
        caller: The address that the request came from; None where nobody asked.
        events: Keys of the events that happened, such as ``customer.create``.
    """

    def __init__(self, store: Transaction, account: Document, clock: Clock, *, now_ms: int | None = None) -> None:
        self.store = store
        self.account = account
        self.livemode: bool = account.livemode
        self.clock = clock
        self.now_ms: int = clock.now_ms() if now_ms is None else now_ms
        self.origin = ""
        self.caller: str | None = None
        self.events: list[str] = []

    def find(self, kind: str, document_id: Any, *, parent: Document | None = None) -> Document:
        """
        The object of that id, or the error ``not_found``: for ids of other accounts, of the other mode, of another
        kind, deleted ones, and those that belong to something else than *parent*.
        """
        if not isinstance(document_id, str):
            raise bad_request(f"{kind} must be a string")
        document = self.store.get(document_id)
        if (
            document is None
            or document.deleted
            or document.kind != kind
            or document.livemode != self.livemode
            or document.account not in (None, self.account.id)
            or (parent is not None and document.parent != parent.id)
        ):
            raise not_found(kind, document_id)
        return document

    def create(
        self, kind: str, body: Mapping[str, Any], *, parent: Document | None = None, shared: bool = False
    ) -> Document:
        """Keep a new object; a *shared* one can be used by all accounts of the mode."""
        return self.store.create(
            kind,
            KINDS[kind].prefix,
            body,
            now_ms=self.now_ms,
            livemode=self.livemode,
            account=None if shared else self.account.id,
            parent=parent.id if parent else None,
        )

    def update(self, document: Document, changes: Mapping[str, Any]) -> None:
        """Change some values of an object."""
        document.body.update(changes)
        self.store.save(document)

    def give(self, document: Document, parent: Document) -> None:
        """Let an object belong to *parent* from now on, and with it to this account."""
        document.account, document.parent = self.account.id, parent.id
        self.store.save(document)

    def destroy(self, document: Document) -> None:
        """Delete an object: from now on it is neither found nor listed, though what refers to it can show it."""
        document.deleted = True
        self.store.save(document)

    def all(self, kind: str, parent: Document) -> list[Document]:
        """Everything of a kind that belongs to *parent*, oldest first."""
        return self.store.select(Selection(kind, parent=parent.id))

    def emit(self, key: str, document: Document) -> None:
        """Tell that something happened to an object, as it is now."""
        self.events.append(key)
        for listener in LISTENERS:
            listener(self, key, document)

    def address(self, host: str, path: str) -> str:
        """
        Where a browser finds a page: under that name of the API's (``pay`` for pay.omise.co), or where the sandbox is.
        """
        return (self.origin or f"https://{host}.omise.co") + path

    def show(self, document: Document, *, expand: bool = False) -> dict[str, Any]:
        """The object as the newest API version shows it."""
        return View(self, expand).show(document)


class View:
    """
    How objects are shown: what resources use to show what they refer to.

    With *expand*, ids of other objects are replaced by the objects, to a depth of one. (inferred)

    With *alone*, the object is the whole answer to a request, not part of a list, of an event, or of something else:
    some say less then.
    """

    def __init__(self, workspace: Workspace, expand: bool = False, *, alone: bool = False) -> None:
        self.workspace = workspace
        self.expand = expand
        self.alone = alone

    def show(self, document: Document) -> dict[str, Any]:
        """An object, complete."""
        return KINDS[document.kind].show(self, document)

    def reference(self, document_id: str | None) -> str | dict[str, Any] | None:
        """An id, or with *expand* the object, a deleted one too."""
        document = self.workspace.store.get(document_id) if self.expand and document_id else None
        return View(self.workspace).show(document) if document else document_id

    def list(
        self,
        kind: str,
        *,
        location: str,
        parent: Document | None = None,
        page: Page = FIRST_PAGE,
        matching: Mapping[str, Any] | None = None,
        name: str = "list",
    ) -> dict[str, Any]:
        """
        A list of the account's objects, or of those that belong to *parent*; the first 20 unless a *page* is given.
        """
        selection = Selection(
            kind,
            account=None if parent else self.workspace.account.id,
            parent=parent.id if parent else None,
            since=page.since,
            until=page.until,
            matching=matching or {},
        )
        store, items = self.workspace.store, View(self.workspace, self.expand)
        total = store.count(selection)
        # Most lists within objects are empty.
        documents = total and store.select(selection, reverse=page.reverse, limit=page.limit, offset=page.offset)
        return page.envelope(
            [items.show(document) for document in documents or ()],
            total,
            location=location,
            now_ms=self.workspace.now_ms,
            name=name,
        )

    def created_at(self, document: Document) -> str:
        """When an object was created, as the API writes it."""
        return time_text(document.created)
