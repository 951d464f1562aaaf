from __future__ import annotations

from pathlib import Path

from omise.sandbox.state.salts import derive
from omise.sandbox.state.store import Store


def test_what_is_derived_stays_the_same_in_one_database(tmp_path: Path) -> None:
    """
    Also after it was closed and opened again; another database, purpose or name gives something else.
    """
    path = tmp_path / "sandbox.db"

    def derived(store: Store, purpose: str, name: str) -> bytes:
        with store.transaction() as transaction:
            return derive(transaction, purpose, name)

    first = Store(path)
    one, other_name, other_purpose = derived(first, "a", "1"), derived(first, "a", "2"), derived(first, "b", "1")
    first.close()

    assert len(one) == 32
    assert derived(Store(path), "a", "1") == one
    assert len({one, other_name, other_purpose, derived(Store(), "a", "1")}) == 4
