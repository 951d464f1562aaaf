from __future__ import annotations

import os
import socket
import sqlite3
import stat
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from omise.sandbox.state.files import StoreError
from omise.sandbox.state.store import Selection, Store


@pytest.mark.parametrize("content", [b"not a database", b"x" * 5000, b"SQLite format 3\x00" + b"\x00" * 200])
def test_a_file_that_is_something_else_is_left_alone(tmp_path: Path, content: bytes) -> None:
    """
    It is refused by name, and not one byte of it changes.
    """
    path = tmp_path / "diary.txt"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"diary\.txt is not a sandbox's database"):
        Store(path)

    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["diary.txt"]


def test_a_database_of_another_application_is_left_alone(tmp_path: Path) -> None:
    """
    That it is SQLite is not enough.
    """
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE songs (title TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not a sandbox's database"):
        Store(path)

    assert path.read_bytes() == before


def test_a_sandbox_of_another_version_is_refused(tmp_path: Path) -> None:
    """
    The message tells both versions.
    """
    path = tmp_path / "sandbox.db"
    Store(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="of version 99, not 2"):
        Store(path)


#: What a database of version 1 had otherwise.
VERSION_1 = """
DROP TRIGGER count_created;
DROP TRIGGER count_changed;
DROP TABLE counts;
DROP INDEX documents_of_account;
DROP INDEX documents_of_parent;
CREATE INDEX documents_of_account ON documents (account, kind, id) WHERE NOT deleted;
CREATE INDEX documents_of_parent ON documents (parent, kind, id) WHERE NOT deleted;
PRAGMA user_version = 1;
"""


def structure(path: Path) -> list[tuple[str, str]]:
    """The tables, indexes and triggers of a database, in any order."""
    with closing(sqlite3.connect(path)) as connection:
        return sorted(connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql NOTNULL"))


def test_a_sandbox_of_the_version_before_goes_on(tmp_path: Path) -> None:
    """
    As if it had been made now, with all that is in it, and the counts of its lists right.
    """
    path = tmp_path / "sandbox.db"
    store = Store(path)
    with store.transaction() as transaction:
        for account, parent in [("account_1", "cust_1"), ("account_1", None), (None, "cust_1")]:
            options: dict[str, Any] = {"now_ms": 1, "livemode": False, "account": account, "parent": parent}
            kept = transaction.create("card", "card", {}, **options)
        kept.deleted = True
        transaction.save(kept)
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(VERSION_1)
    made = tmp_path / "new.db"
    Store(made).close()
    store = Store(path)

    assert store.count(Selection("card", account="account_1")) == 2
    assert store.count(Selection("card", parent="cust_1")) == 1
    store.close()
    assert structure(path) == structure(made)
    Store(path).close()


def test_a_damaged_database_is_refused(tmp_path: Path) -> None:
    """
    A good header before nonsense does not end in an error of SQLite's own.
    """
    path = tmp_path / "sandbox.db"
    Store(path).close()
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 5000)
    with pytest.raises(StoreError):
        Store(path)


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    """
    A directory, and a path within none, get a clear error.
    """
    with pytest.raises(StoreError, match="Is a directory"):
        Store(tmp_path)
    with pytest.raises(StoreError, match="unable to open"):
        Store(tmp_path / "missing" / "sandbox.db")


def test_many_may_make_the_same_file_at_once(tmp_path: Path) -> None:
    """
    One of them is first, the others find it made.
    """
    for attempt in range(5):
        start, path = threading.Barrier(6), tmp_path / f"db {attempt}"

        def open_it(start: threading.Barrier = start, path: Path = path) -> Store:
            start.wait()
            return Store(path)

        with ThreadPoolExecutor(6) as threads:
            stores = [future.result() for future in [threads.submit(open_it) for _ in range(6)]]
        for store in stores:
            with store.transaction() as transaction:
                transaction.set_setting("colour", "blue")
        assert {store.setting("colour") for store in stores} == {"blue"}
        for store in stores:
            store.close()


@contextmanager
def no_file(path: Path, kind: str) -> Iterator[None]:
    """Something at *path* that can be opened, but is no file."""
    with closing(socket.socket(socket.AF_UNIX)) as unix:
        if kind == "pipe":
            os.mkfifo(path)
        elif kind == "socket":
            unix.bind(str(path))
        else:
            path.symlink_to("/dev/zero")
        yield


@pytest.mark.parametrize("kind", ["pipe", "socket", "device"])
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, kind: str) -> None:
    """
    A pipe would have its reader wait for ever.
    """
    path, problems = tmp_path / "db", list[str]()

    def open_it() -> None:
        try:
            Store(path)
        except StoreError as error:
            problems.append(str(error))

    with no_file(path, kind):
        thread = threading.Thread(target=open_it, daemon=True)
        thread.start()
        thread.join(5)

    assert problems == [f"{path} is no ordinary file, which a sandbox's database has to be"]


def modes(folder: Path) -> dict[str, str]:
    """The modes of the files in *folder*, as ``ls`` shows them."""
    return {file.name: stat.filemode(file.stat().st_mode) for file in folder.iterdir()}


@pytest.fixture
def generous_umask() -> Iterator[None]:
    """New files can be read and written by everybody."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("generous_umask")
def test_a_database_is_its_owners_alone(tmp_path: Path) -> None:
    """
    So are the files that SQLite puts beside it, whatever the umask.
    """
    store = Store(tmp_path / "db")
    with store.transaction() as transaction:
        transaction.set_setting("colour", "blue")

    assert modes(tmp_path) == dict.fromkeys(("db", "db-wal", "db-shm"), "-rw-------")
    store.close()


@pytest.mark.parametrize("before", [None, b""])
@pytest.mark.usefixtures("generous_umask")
def test_a_database_that_others_could_read_no_longer_is(tmp_path: Path, before: bytes | None) -> None:
    """
    One of ours that was made before, or an empty file that was there.
    """
    path = tmp_path / "db"
    path.write_bytes(before or b"")
    if before is None:
        Store(path).close()
    path.chmod(0o644)
    Store(path).close()

    assert modes(tmp_path) == {"db": "-rw-------"}


def test_a_file_that_is_refused_keeps_its_mode(tmp_path: Path) -> None:
    """
    It is not ours.
    """
    path = tmp_path / "diary.txt"
    path.write_bytes(b"not a database")
    path.chmod(0o644)
    with pytest.raises(StoreError):
        Store(path)

    assert modes(tmp_path) == {"diary.txt": "-rw-r--r--"}


def test_what_was_replaced_is_not_in_the_file(tmp_path: Path) -> None:
    """
    SQLite would leave it in a page that it no longer uses.
    """
    path = tmp_path / "db"
    store = Store(path)
    with store.transaction() as transaction:
        for number in range(50):
            transaction.set_setting(f"number {number}", "canary" * 100)
    with store.transaction() as transaction:
        for number in range(50):
            transaction.set_setting(f"number {number}", "")
    store.close()

    assert b"canary" not in path.read_bytes()
