from __future__ import annotations

from omise.sandbox.dashboard.accounts import MOST, choices, preferred

from ..conftest import Caller


def test_accounts_are_told_by_where_and_when_they_were_opened(api: Caller) -> None:
    """
    The newest first, and the one where something happened last is shown by itself.
    """
    first, second = (api.ok("GET", "/account", key=key)["id"] for key in ("skey_test_first", "skey_second"))
    api.ok("POST", "/customers", key="skey_test_first")
    with api.application.store.transaction() as store:
        found = choices(store)

    assert [(choice.id, choice.country, choice.livemode, choice.events) for choice in found] == [
        (second, "TH", True, 0),
        (first, "TH", False, 1),
    ]
    shown = preferred(found)
    assert shown is not None
    assert shown.id == first


def test_without_an_account_none_is_preferred() -> None:
    """
    Nobody has called yet.
    """
    assert preferred([]) is None


def test_the_newest_can_be_chosen(api: Caller) -> None:
    """
    A suite with a key for each test does not make the page long.
    """
    for number in range(MOST + 1):
        api.ok("GET", "/account", key=f"skey_test_{number}")
    with api.application.store.transaction() as store:
        assert len(choices(store)) == MOST
