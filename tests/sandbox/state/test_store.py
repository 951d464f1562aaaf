from __future__ import annotations

import dataclasses
import threading
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omise.sandbox.state.store import Document, Selection, Store, Transaction


def make(transaction: Transaction, kind: str = "customer", now_ms: int = 1_700_000_000_000, **options: Any) -> Document:
    options = {"livemode": False, "account": "account_test_1", "parent": None, "body": {}} | options
    body = options.pop("body")
    return transaction.create(kind, kind[:4], body, now_ms=now_ms, **options)


def test_documents_come_back_as_they_were_kept() -> None:
    """
    Every attribute and every JSON type survives.
    """
    store = Store()
    body = {"email": "ü@example.com", "metadata": {"a": [1, 2.5, None, True, {"b": "c"}]}}
    with store.transaction() as transaction:
        kept = make(transaction, body=body, parent="cust_test_1", livemode=True)
    with store.transaction() as transaction:
        found = transaction.get(kept.id)

    assert found == kept
    assert found is not None
    assert found["metadata"] == body["metadata"]


def test_a_part_of_a_transaction_can_be_taken_back_alone() -> None:
    """
    What is done before and after it stays, also where the part is made of parts.
    """
    store = Store()
    made = {}

    def fail(transaction: Transaction) -> None:
        with transaction.part():
            with transaction.part():
                made["within"] = make(transaction).id
            raise RuntimeError

    with store.transaction() as transaction:
        made["before"] = make(transaction).id
        with pytest.raises(RuntimeError):
            fail(transaction)
        with transaction.part():
            made["after"] = make(transaction).id
    with store.transaction() as transaction:
        kept = {name for name, document_id in made.items() if transaction.get(document_id)}

    assert kept == {"before", "after"}


def test_numbers_of_documents_can_be_added_up() -> None:
    """
    Of those that are selected and have the number; of none they are nothing.
    """
    store = Store()
    with store.transaction() as transaction:
        for body in ({"signed": 5}, {"signed": -7}, {"signed": 10**15}, {}):
            document = make(transaction, body=body)
        selection = Selection(document.kind, account=document.account)

        assert transaction.sum(selection, "signed") == 10**15 - 2
        assert transaction.sum(Selection("nothing", account=document.account), "signed") == 0


def test_alarms_of_a_name_are_found() -> None:
    """
    All of them, in the order of their time, due or not.
    """
    store = Store()
    with store.transaction() as transaction:
        document = make(transaction)
        for due, name in [(30, "a"), (10, "a"), (20, "b")]:
            transaction.add_alarm(due, name, document)

        assert [alarm.due for alarm in transaction.alarms("a")] == [10, 30]
        assert {alarm.document for alarm in transaction.alarms("a")} == {document.id}
        assert transaction.alarms("c") == []


def test_accounts_are_those_that_keys_open() -> None:
    """
    Each once, the newest first.
    """
    store = Store()
    with store.transaction() as transaction:
        accounts = [make(transaction, "account", account=None, livemode=live) for live in (False, True, False)]
        for number, account in enumerate([*accounts, accounts[0]]):
            transaction.add_key(f"digest {number}", account)
        make(transaction, "account", account=None)

        assert [account.id for account in transaction.accounts(9)] == [account.id for account in accounts[::-1]]
        assert transaction.accounts(1) == [accounts[2]]


def test_alarms_come_in_the_order_of_their_time() -> None:
    """
    Those due at once in the order in which they were planned, and each until it is removed.
    """
    store, found = Store(), []
    with store.transaction() as transaction:
        document = make(transaction)
        for due, name in [(20, "c"), (10, "a"), (30, "d"), (10, "b")]:
            transaction.add_alarm(due, name, document)
        while alarm := transaction.next_alarm(until=20):
            assert transaction.next_alarm(until=20) == alarm
            transaction.remove_alarm(alarm)
            found.append((alarm.due, alarm.name, alarm.document))

    assert found == [(10, "a", document.id), (10, "b", document.id), (20, "c", document.id)]


def test_a_transaction_is_kept_whole_or_not_at_all() -> None:
    """
    An exception takes back everything, and reaches the caller.
    """
    store = Store()
    with store.transaction() as transaction:
        kept = make(transaction, body={"email": "before"})
    made = []

    def fail() -> None:
        with store.transaction() as transaction:
            kept.body["email"] = "after"
            transaction.save(kept)
            made.append(make(transaction).id)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with store.transaction() as transaction:
        found = transaction.get(kept.id)

        assert found is not None
        assert found["email"] == "before"
        assert transaction.get(made[0]) is None


def test_a_transaction_within_another_is_part_of_it() -> None:
    """
    What the inner one did is gone when the outer one fails.
    """
    store = Store()
    made = []

    def fail() -> None:
        with store.transaction():
            with store.transaction() as inner:
                made.append(make(inner).id)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with store.transaction() as transaction:
        assert transaction.get(made[0]) is None


OWNERS = st.sampled_from([None, "cust_test_1", "account_test_1", "account_test_2"])
KEPT = st.fixed_dictionaries({"account": OWNERS, "parent": OWNERS, "deleted": st.booleans()})
#: Which document, by its number from the newest, and what becomes of it; or a new one.
STEPS = st.lists(st.tuples(st.none() | st.integers(0, 3), KEPT, st.booleans()), max_size=12)


@given(STEPS)
def test_what_is_counted_is_what_is_listed(steps: list[tuple[int | None, dict[str, Any], bool]]) -> None:
    """
    Whatever is made, given to another, deleted, brought back, or rolled back, for every owner; and a page is the same
    part of the list.
    """
    store = Store()
    made: list[Document] = []

    def take(step: tuple[int | None, dict[str, Any], bool]) -> None:
        number, values, fails = step
        with store.transaction() as transaction:
            chosen = dataclasses.replace(made[-1 - number]) if number is not None and number < len(made) else None
            document = chosen or make(transaction)
            vars(document).update(values)
            transaction.save(document)
            if fails:
                raise RuntimeError
        made[:] = [document if document.id == other.id else other for other in made] + [document] * (chosen is None)

    for step in steps:
        with suppress(RuntimeError):
            take(step)
    for owned in ("account", "parent"):
        for owner in ("cust_test_1", "account_test_1", "account_test_2"):
            selection = Selection("customer", **{owned: owner})
            with store.transaction() as transaction:
                listed = transaction.select(selection)
                pages = [transaction.select(selection, limit=2, offset=offset, reverse=True) for offset in range(5)]

            assert listed == [each for each in made if getattr(each, owned) == owner and not each.deleted]
            assert store.count(selection) == len(listed)
            assert pages == [listed[::-1][offset : offset + 2] for offset in range(5)]
    store.close()


def test_a_late_page_and_a_total_are_read_from_an_index() -> None:
    """
    SQLite looks at no document before the page, and at none to count them; with bounds at none either.
    """
    store = Store()
    asked: list[str] = []
    with store.transaction() as transaction:
        make(transaction)
        store._connection.set_trace_callback(asked.append)
        transaction.select(Selection("customer", account="account_test_1", since=0), limit=100, offset=900)
        transaction.count(Selection("customer", account="account_test_1", until=2_000_000_000))
        transaction.count(Selection("customer", account="account_test_1"))
        store._connection.set_trace_callback(None)
        plans = [str(store._connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()) for sql in asked]

    assert ["COVERING INDEX documents_of_account" in plan for plan in plans] == [True, True, False]
    assert "documents" not in plans[2]


def test_selections_choose_by_owner_time_and_value() -> None:
    """
    Account, parent, kind, bounds in whole seconds, and values in the body, all at once or alone.
    """
    store = Store()
    with store.transaction() as transaction:
        first = make(transaction, now_ms=10_900, body={"status": "open"})
        second = make(transaction, now_ms=20_000, body={"status": "won"}, parent="cust_test_1")
        third = make(transaction, now_ms=30_000, body={"status": "lost"}, parent="cust_test_1")
        other = make(transaction, now_ms=40_000, account="account_test_2", body={"status": "open"})
        make(transaction, "card", now_ms=50_000)

        def ids(**options: Any) -> list[str]:
            return [document.id for document in transaction.select(Selection("customer", **options))]

        mine = {"account": "account_test_1"}

        assert ids(**mine) == [first.id, second.id, third.id]
        assert ids(account="account_test_2") == [other.id]
        assert ids(parent="cust_test_1") == [second.id, third.id]
        assert ids(**mine, since=10) == [first.id, second.id, third.id]
        assert ids(**mine, since=11) == [second.id, third.id]
        assert ids(**mine, until=10) == [first.id]
        assert ids(**mine, since=20, until=20) == [second.id]
        assert ids(**mine, matching={"status": "open"}) == [first.id]
        assert ids(**mine, matching={"status": ("won", "lost")}) == [second.id, third.id]
        assert transaction.count(Selection("customer", **mine, matching={"status": ("won", "lost")})) == 2


def test_selections_have_pages_and_two_orders() -> None:
    """
    Limit and offset count from the end that comes first; an offset beyond all numbers is past the end.
    """
    store = Store()
    with store.transaction() as transaction:
        ids = [make(transaction).id for _ in range(5)]
        selection = Selection("customer", account="account_test_1")

        def page(**options: Any) -> list[str]:
            return [document.id for document in transaction.select(selection, **options)]

        assert page(limit=2, offset=1) == ids[1:3]
        assert page(limit=2, reverse=True) == [ids[4], ids[3]]
        assert page(limit=2, offset=4) == ids[4:]
        assert page(limit=0) == []
        assert page(offset=10**30) == []
        assert transaction.count(selection) == 5


@pytest.mark.parametrize("far", [0, 2, 1000])
def test_a_page_is_the_same_from_either_end(monkeypatch: pytest.MonkeyPatch, far: int) -> None:
    """Late pages are counted from the end: of all, of a part, in both orders, and past the end too."""
    monkeypatch.setattr("omise.sandbox.state.store.FAR", far)
    store = Store()
    with store.transaction() as transaction:
        every = [make(transaction, body={"status": "won" if number % 2 else "lost"}).id for number in range(7)]
        for matching, ids in (({}, every), ({"status": "won"}, every[1::2])):
            selection = Selection("customer", account="account_test_1", matching=matching)
            for offset, limit, reverse in product(range(9), range(9), (False, True)):
                found = transaction.select(selection, limit=limit, offset=offset, reverse=reverse)
                assert [document.id for document in found] == (ids[::-1] if reverse else ids)[offset : offset + limit]


def test_deleted_documents_are_not_selected_but_can_be_read() -> None:
    """
    What refers to them can still show them.
    """
    store = Store()
    with store.transaction() as transaction:
        document = make(transaction)
        document.deleted = True
        transaction.save(document)

        assert transaction.get(document.id) == document
        assert transaction.count(Selection("customer", account="account_test_1")) == 0


def test_a_file_keeps_everything(tmp_path: Path) -> None:
    """
    Documents, settings and keys survive a restart, and new ids go on after the old ones.
    """
    path = tmp_path / "sandbox.db"
    store = Store(path)
    with store.transaction() as transaction:
        kept = make(transaction, now_ms=5_000_000_000_000)
        transaction.add_key("digest", kept)
        transaction.set_setting("colour", "blue")
        transaction.set_setting("colour", "green")
    store.close()
    again = Store(path)
    with again.transaction() as transaction:
        later = make(transaction, now_ms=1)

        assert transaction.get(kept.id) == kept
        assert transaction.account_of_key("digest") == kept
        assert transaction.account_of_key("another") is None
        assert transaction.setting("colour") == "green"
        assert transaction.setting("size") is None
        assert later.id > kept.id


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    """
    Such as the ones that tempfile makes.
    """
    path = tmp_path / "sandbox.db"
    path.touch()
    store = Store(path)
    with store.transaction() as transaction:
        assert make(transaction).id


def test_threads_take_turns() -> None:
    """
    Concurrent transactions lose nothing and never see each other half done.
    """
    store = Store()
    with store.transaction() as transaction:
        counter = make(transaction, body={"count": 0})

    def count() -> None:
        for _ in range(50):
            with store.transaction() as transaction:
                document = transaction.get(counter.id)
                assert document is not None
                document.body["count"] += 1
                transaction.save(document)

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.transaction() as transaction:
        found = transaction.get(counter.id)

    assert found is not None
    assert found["count"] == 400
