"""
The file that keeps a sandbox's state: told from other files, made, kept to its owner, and opened.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from contextlib import suppress

__all__ = ["MEMORY", "StoreError", "open_database"]

#: What SQLite calls a database that is in no file.
MEMORY = ":memory:"

#: "OMIS": what SQLite writes into the header of our files, and where it writes it.
APPLICATION_ID = 0x4F4D4953
SCHEMA_VERSION = 2
HEADER_SIZE, USER_VERSION_AT, APPLICATION_ID_AT = 100, 60, 68

#: The mode of a file that only its owner reads and writes.
OWNER_ONLY = 0o600

#: Seconds to wait for another process that opens the same file.
PATIENCE = 5

#: Who lists a document: its account, and what it belongs to.
OWNERS = "(SELECT 'account' AS owned, new.account AS owner UNION ALL SELECT 'parent', new.parent) WHERE owner NOTNULL"

#: Another process may be making the same file, and have been first. The indexes hold all that a list's ids are chosen
#: by, and the counts are kept by triggers, so that neither a late page nor a total reads all the documents before it.
SCHEMA = f"""
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    livemode INTEGER NOT NULL,
    account TEXT,
    parent TEXT,
    created INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    body TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS documents_of_account ON documents (account, kind, id, created, deleted)
    WHERE NOT deleted;
CREATE INDEX IF NOT EXISTS documents_of_parent ON documents (parent, kind, id, created, deleted)
    WHERE NOT deleted;
CREATE INDEX IF NOT EXISTS documents_by_time ON documents (created);
CREATE TABLE IF NOT EXISTS counts (
    owned TEXT NOT NULL,
    owner TEXT NOT NULL,
    kind TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (owner, kind, owned)
) WITHOUT ROWID;
CREATE TRIGGER IF NOT EXISTS count_created AFTER INSERT ON documents WHEN NOT new.deleted BEGIN
    INSERT INTO counts SELECT owned, owner, new.kind, 1 FROM {OWNERS}
        ON CONFLICT DO UPDATE SET number = number + 1;
END;
CREATE TRIGGER IF NOT EXISTS count_changed AFTER UPDATE ON documents
    WHEN (old.account, old.parent, old.deleted) IS NOT (new.account, new.parent, new.deleted) BEGIN
    UPDATE counts SET number = number - 1 WHERE kind = old.kind AND NOT old.deleted
        AND (owned, owner) IN (VALUES ('account', old.account), ('parent', old.parent));
    INSERT INTO counts SELECT owned, owner, new.kind, 1 FROM {OWNERS} AND NOT new.deleted
        ON CONFLICT DO UPDATE SET number = number + 1;
END;
CREATE TABLE IF NOT EXISTS alarms (
    number INTEGER PRIMARY KEY,
    due INTEGER NOT NULL,
    name TEXT NOT NULL,
    document TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS alarms_by_time ON alarms (due, number);
CREATE TABLE IF NOT EXISTS keys (digest TEXT PRIMARY KEY, account TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

#: Makes the current one of a database of version 1. It may be done twice.
UPGRADE = f"""
DROP INDEX IF EXISTS documents_of_account;
DROP INDEX IF EXISTS documents_of_parent;
{SCHEMA}
DELETE FROM counts;
INSERT INTO counts SELECT 'account', account, kind, count(*) FROM documents
    WHERE NOT deleted AND account NOTNULL GROUP BY account, kind;
INSERT INTO counts SELECT 'parent', parent, kind, count(*) FROM documents
    WHERE NOT deleted AND parent NOTNULL GROUP BY parent, kind;
"""

#: What makes a database of the current version of one of those; 0 is one that is not there yet.
FROM_VERSION = {0: SCHEMA, 1: UPGRADE, SCHEMA_VERSION: ""}


class StoreError(Exception):
    """The file given cannot hold, or does not hold, the state of a sandbox. It was left as it is."""


def open_database(path: str) -> tuple[sqlite3.Connection, int]:
    """The database, made if there is none, and when the newest document in it was created."""
    version = 0 if path == MEMORY else _version_of(path)
    if path != MEMORY:
        _keep_to_owner(path)
    try:
        # Transactions are begun by us (isolation_level), and the lock in Store keeps threads apart.
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}") from error
    try:
        _prepare(connection, FROM_VERSION[version])
        newest_ms = connection.execute("SELECT max(created) FROM documents").fetchone()[0]
    except sqlite3.Error as error:
        connection.close()
        raise StoreError(f"{path}: {error}") from error
    return connection, newest_ms or 0


def _prepare(connection: sqlite3.Connection, script: str) -> None:
    """Make the tables that are missing, and set how they are written; wait for another process that is at it."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            if script:
                connection.executescript(f"BEGIN IMMEDIATE; {script} COMMIT;")
            connection.execute("PRAGMA journal_mode = WAL")  # SQLite itself does not wait here
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA secure_delete = ON")  # what was deleted or replaced is overwritten
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _version_of(path: str) -> int:
    """
    The version of a file that is ours, 0 if it is to be made; anything else is refused.

    The header is read as bytes, because SQLite may touch a database that it only looks into.
    Source: https://www.sqlite.org/fileformat.html#the_database_header
    """
    try:
        if stat.S_IFMT(os.stat(path).st_mode) not in (stat.S_IFREG, stat.S_IFDIR):  # to open a pipe would be to wait
            raise StoreError(f"{path} is no ordinary file, which a sandbox's database has to be")
        with open(path, "rb") as file:
            header = file.read(HEADER_SIZE)
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from error
    if not header:
        return 0
    if int.from_bytes(header[APPLICATION_ID_AT : APPLICATION_ID_AT + 4], "big") != APPLICATION_ID:
        raise StoreError(f"{path} is not a sandbox's database")
    version = int.from_bytes(header[USER_VERSION_AT : USER_VERSION_AT + 4], "big")
    if version not in FROM_VERSION:
        raise StoreError(f"{path} is a sandbox's database of version {version}, not {SCHEMA_VERSION}")
    return version


def _keep_to_owner(path: str) -> None:
    """
    Let nobody but its owner read the file, which is made if there is none, and what SQLite puts beside it.

    Where that cannot be done, SQLite says why, or the file is another user's, who cares for it.
    """
    with suppress(OSError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY))
    for suffix in ("", "-wal", "-shm"):
        with suppress(OSError):
            os.chmod(f"{path}{suffix}", OWNER_ONLY)
