"""
What the sandbox remembers: one SQLite database, in memory or in a file, of JSON documents.

A document is one object of the API (or something internal, such as an account) in the form in which the sandbox keeps
it; each resource knows how to show its own.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import threading
import weakref
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from .files import MEMORY, StoreError, open_database
from .ids import Ids, created_ms, identifier

__all__ = ["Alarm", "Document", "Selection", "Store", "StoreError", "Transaction"]

#: Characters of what is behind the prefix of an id.
SUFFIX_LENGTH = 19

COLUMNS = "id, kind, livemode, account, parent, created, deleted, body"

#: Made once, where ``json.dumps`` would make one for every document.
_text = json.JSONEncoder(separators=(",", ":")).encode


@dataclass
class Document:
    """
    One object as it is kept.

    Attributes:
        account: Id of the account that owns it; None for what any account of the mode can use, as tokens are.
        parent: Id of what it belongs to (the customer of a card), None where there is no such thing.
        created: Unix time in milliseconds, the one that the id carries.
        body: Everything else, by name. ``document["email"]`` reads it.
    """

    id: str
    kind: str
    livemode: bool
    account: str | None
    parent: str | None
    created: int
    deleted: bool = False
    body: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.body[name]


@dataclass(frozen=True)
class Alarm:
    """
    Work that waits for its time.

    Attributes:
        due: Unix time in milliseconds.
        name: Which work it is.
        document: Id of what it is about.
    """

    number: int
    due: int
    name: str
    document: str


@dataclass(frozen=True)
class Selection:
    """
    Which documents a list is about. Deleted ones are only if *deleted* is set.

    Attributes:
        account, parent: Ids; one of them at least, since nothing is listed across accounts.
        since, until: Whole seconds of Unix time, both included; None for no bound.
        matching: Values in the body by name; a tuple means any of its values.
    """

    kind: str
    account: str | None = None
    parent: str | None = None
    since: int | None = None
    until: int | None = None
    matching: Mapping[str, Any] = field(default_factory=dict)
    deleted: bool = False

    def owner(self) -> tuple[str, str] | None:
        """Whose documents these are if they are all there are of the kind: ``("account", id)``, or a parent's."""
        if self.deleted or self.matching or (self.since, self.until) != (None, None):
            return None
        owners = [("account", self.account), ("parent", self.parent)]
        given = [(owned, owner) for owned, owner in owners if owner is not None]
        return given[0] if len(given) == 1 else None

    def condition(self) -> tuple[str, list[Any]]:
        """The SQL condition and its values."""
        terms: list[tuple[str, Any]] = [("kind = ?", self.kind)]
        if self.account is not None:
            terms.append(("account = ?", self.account))
        if self.parent is not None:
            terms.append(("parent = ?", self.parent))
        if self.since is not None:
            terms.append(("created >= ?", self.since * 1000))
        if self.until is not None:
            terms.append(("created < ?", (self.until + 1) * 1000))
        sql, values = [term for term, _ in terms], [value for _, value in terms]
        for name, wanted in self.matching.items():
            choices = wanted if isinstance(wanted, tuple) else (wanted,)
            sql.append(f"json_extract(body, ?) IN ({', '.join('?' * len(choices))})")
            values += [f"$.{name}", *choices]
        return " AND ".join(sql if self.deleted else ["NOT deleted", *sql]), values


class Transaction:
    """What can be read and written between ``BEGIN`` and ``COMMIT``; see `Store.transaction`."""

    def __init__(self, connection: sqlite3.Connection, ids: Ids) -> None:
        self._connection = connection
        self._ids = ids

    @contextmanager
    def part(self) -> Generator[None]:
        """What is done within is undone alone if an exception leaves it."""
        self._connection.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK TO part")
            raise
        finally:
            self._connection.execute("RELEASE part")

    def create(
        self,
        kind: str,
        prefix: str,
        body: Mapping[str, Any],
        *,
        now_ms: int,
        livemode: bool,
        account: str | None,
        parent: str | None = None,
    ) -> Document:
        """Keep a new document, under a new id that begins with *prefix*."""
        number = self._ids.next(now_ms)
        name = identifier(prefix, livemode, number)
        document = Document(name, kind, livemode, account, parent, created_ms(number), body=dict(body))
        self._connection.execute(f"INSERT INTO documents ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _row(document))
        return document

    def save(self, document: Document) -> None:
        """Keep what changed in *document*."""
        self._connection.execute(
            "UPDATE documents SET account = ?, parent = ?, deleted = ?, body = ? WHERE id = ?",
            (document.account, document.parent, document.deleted, _text(document.body), document.id),
        )

    def get(self, document_id: str) -> Document | None:
        """The document of that id, a deleted one too."""
        cursor = self._connection.execute(f"SELECT {COLUMNS} FROM documents WHERE id = ?", (document_id,))
        row = cursor.fetchone()
        return _document(row) if row else None

    def count(self, selection: Selection) -> int:
        """How many documents are selected."""
        owner = selection.owner()
        if owner is not None:
            sql, values = (
                "SELECT number FROM counts WHERE owned = ? AND owner = ? AND kind = ?",
                [*owner, selection.kind],
            )
        else:
            condition, values = selection.condition()
            sql = f"SELECT count(*) FROM documents WHERE {condition}"
        row = self._connection.execute(sql, values).fetchone()
        return int(row[0]) if row else 0

    def sum(self, selection: Selection, name: str) -> int:
        """The sum of a number in the bodies of the documents selected."""
        condition, values = selection.condition()
        cursor = self._connection.execute(
            f"SELECT coalesce(sum(json_extract(body, ?)), 0) FROM documents WHERE {condition}", [f"$.{name}", *values]
        )
        return int(cursor.fetchone()[0])

    def select(
        self, selection: Selection, *, reverse: bool = False, limit: int = -1, offset: int = 0
    ) -> list[Document]:
        """The documents selected, oldest first unless *reverse*; all of them unless a *limit* is given."""
        if offset > FAR and limit >= 0:
            after = self.count(selection) - offset
            if after <= 0:
                return []
            if after < offset:  # nearer to the end, from which it is found sooner
                limit = min(limit, after)
                return self._page(selection, not reverse, limit, after - limit)[::-1]
        return self._page(selection, reverse, limit, offset)

    def _page(self, selection: Selection, reverse: bool, limit: int, offset: int) -> list[Document]:
        condition, values = selection.condition()
        order = "DESC" if reverse else "ASC"
        page = f"WHERE {condition} ORDER BY id {order} LIMIT ? OFFSET ?"
        # An index has the ids, and passes over those before the page without a look at their documents.
        where = f"WHERE id IN (SELECT id FROM documents {page}) ORDER BY id {order}" if offset else page
        cursor = self._connection.execute(
            f"SELECT {COLUMNS} FROM documents {where}", [*values, limit, min(offset, sys.maxsize)]
        )
        return [_document(row) for row in cursor]

    def setting(self, name: str) -> str | None:
        """A value that belongs to the database as a whole, or None."""
        row = self._connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_setting(self, name: str, value: str) -> None:
        """Keep a value that belongs to the database as a whole."""
        self._connection.execute("REPLACE INTO settings VALUES (?, ?)", (name, value))

    def add_alarm(self, due: int, name: str, document: Document) -> None:
        """Plan work; see `Alarm`."""
        self._connection.execute("INSERT INTO alarms (due, name, document) VALUES (?, ?, ?)", (due, name, document.id))

    def next_alarm(self, until: int) -> Alarm | None:
        """The first alarm that is due by *until*; of those due at the same time the one planned first."""
        row = self._connection.execute(
            "SELECT number, due, name, document FROM alarms WHERE due <= ? ORDER BY due, number LIMIT 1", (until,)
        ).fetchone()
        return Alarm(*row) if row else None

    def alarms(self, name: str) -> list[Alarm]:
        """All alarms of a name, the one that is due first first."""
        cursor = self._connection.execute(
            "SELECT number, due, name, document FROM alarms WHERE name = ? ORDER BY due, number", (name,)
        )
        return [Alarm(*row) for row in cursor]

    def remove_alarm(self, alarm: Alarm) -> None:
        """Forget an alarm."""
        self._connection.execute("DELETE FROM alarms WHERE number = ?", (alarm.number,))

    def account_of_key(self, digest: str) -> Document | None:
        """The account that a key opens; *digest* stands for the key, which is not kept."""
        cursor = self._connection.execute(
            f"SELECT {COLUMNS} FROM documents WHERE id = (SELECT account FROM keys WHERE digest = ?)", (digest,)
        )
        row = cursor.fetchone()
        return _document(row) if row else None

    def accounts(self, limit: int) -> list[Document]:
        """The accounts that keys open, the newest first."""
        # The end of an id grows, whatever it begins with, which tells the mode.
        order = f"substr(id, -{SUFFIX_LENGTH})"
        cursor = self._connection.execute(
            f"SELECT {COLUMNS} FROM documents WHERE id IN (SELECT account FROM keys) ORDER BY {order} DESC LIMIT ?",
            (limit,),
        )
        return [_document(row) for row in cursor]

    def add_key(self, digest: str, account: Document) -> None:
        """Let a key, known by its *digest*, open *account*."""
        self._connection.execute("INSERT INTO keys VALUES (?, ?)", (digest, account.id))

    def remove_key(self, digest: str) -> None:
        """Let a key no longer open anything."""
        self._connection.execute("DELETE FROM keys WHERE digest = ?", (digest,))


FAR = 1000
"""Documents before a page from which on it is worth a look whether the end is nearer than the beginning."""


class Store:
    """
    The database. Threads may share it: their transactions run one after the other.

    *path* names a file that keeps the state; by default it lives in memory. Raises `StoreError` for a file that is not
    a sandbox's, or is of another version of it.
    """

    def __init__(self, path: str | os.PathLike[str] = MEMORY) -> None:
        self._lock = threading.RLock()
        self._current: Transaction | None = None
        self._connection, newest_ms = open_database(os.fspath(path))
        self._close = weakref.finalize(self, self._connection.close)
        self._ids = Ids(after_ms=newest_ms)
        self._glance = Transaction(self._connection, self._ids)

    @contextmanager
    def transaction(self) -> Generator[Transaction]:
        """
        All that is done within is kept, or, if an exception leaves it, nothing. One within another is part of it.
        """
        with self._lock:
            if self._current is not None:
                yield self._current
                return
            self._connection.execute("BEGIN IMMEDIATE")
            self._current = Transaction(self._connection, self._ids)
            try:
                yield self._current
            except BaseException:
                if self._connection.in_transaction:  # SQLite ends it by itself after some errors, a full disk for one
                    self._connection.execute("ROLLBACK")
                raise
            else:
                self._connection.execute("COMMIT")
            finally:
                self._current = None

    # What every request asks is a glance at how it is now, whoever wrote it: a transaction takes too long for that.

    def setting(self, name: str) -> str | None:
        """As `Transaction.setting`, outside of any."""
        with self._lock:
            return self._glance.setting(name)

    def count(self, selection: Selection) -> int:
        """As `Transaction.count`, outside of any."""
        with self._lock:
            return self._glance.count(selection)

    def next_alarm(self, until: int) -> Alarm | None:
        """As `Transaction.next_alarm`, outside of any."""
        with self._lock:
            return self._glance.next_alarm(until)

    def clear(self) -> None:
        """Forget all objects, keys and plans; what belongs to the database as a whole stays."""
        with self.transaction():
            for table in ("documents", "counts", "alarms", "keys"):
                self._connection.execute(f"DELETE FROM {table}")
            self._ids = Ids()

    def close(self) -> None:
        """Close the database. What is in memory only is gone then."""
        with self._lock:
            self._close()


def _row(document: Document) -> Sequence[Any]:
    return (
        document.id,
        document.kind,
        document.livemode,
        document.account,
        document.parent,
        document.created,
        document.deleted,
        _text(document.body),
    )


def _document(row: Sequence[Any]) -> Document:
    name, kind, livemode, account, parent, created, deleted, body = row
    return Document(name, kind, bool(livemode), account, parent, created, bool(deleted), json.loads(body))
