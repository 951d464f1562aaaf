from __future__ import annotations

from collections.abc import Iterator

import pytest

from omise.sandbox.app import Application
from omise.sandbox.http.versions import LATEST
from omise.sandbox.refusals import ApiError
from omise.sandbox.state.store import Document
from omise.sandbox.state.workspace import Workspace


@pytest.fixture
def workspace(application: Application) -> Iterator[Workspace]:
    """
    What work that no request brings about stands on.
    """
    with application.store.transaction() as transaction:
        settings = {"api_version": LATEST}
        account = transaction.create(
            "account", "account", settings, now_ms=application.clock.now_ms(), livemode=False, account=None
        )
        yield Workspace(transaction, account, application.clock)


CUSTOMER = {"email": "a@example.com", "description": None, "metadata": {}, "default_card": None}


def create(workspace: Workspace, parent: Document | None = None) -> Document:
    return workspace.create("customer", CUSTOMER, parent=parent)


def test_objects_belong_to_the_account_unless_they_are_shared(workspace: Workspace) -> None:
    """
    Shared ones have no owner, and all have the workspace's mode and the kind's prefix.
    """
    mine = create(workspace)
    shared = workspace.create("token", {}, shared=True)

    assert (mine.account, shared.account) == (workspace.account.id, None)
    assert mine.id.startswith("cust_test_")
    assert workspace.find("token", shared.id) == shared


def test_only_what_is_there_is_found(workspace: Workspace) -> None:
    """
    Not another kind, not within another parent, not once it is destroyed.
    """
    parent, other = create(workspace), create(workspace)
    child = create(workspace, parent=parent)

    assert workspace.find("customer", child.id, parent=parent) == child
    for kind, within in [("card", None), ("customer", other)]:
        with pytest.raises(ApiError, match=f"{kind} {child.id} was not found"):
            workspace.find(kind, child.id, parent=within)
    workspace.destroy(child)
    with pytest.raises(ApiError, match="was not found"):
        workspace.find("customer", child.id)


@pytest.mark.parametrize("value", [5, {"number": "4242424242424242"}, ["a"], True])
def test_an_id_is_a_string(workspace: Workspace, value: object) -> None:
    """
    Anything else is refused, and not repeated, since it may hold a card.
    """
    with pytest.raises(ApiError) as refused:
        workspace.find("card", value)

    assert (refused.value.code, refused.value.message) == ("bad_request", "card must be a string")


def test_changes_are_kept(workspace: Workspace) -> None:
    """
    Given values change, others stay; what is given to a parent is among its things.
    """
    parent, child = create(workspace), workspace.create("token", {"used": False, "card": None}, shared=True)
    workspace.update(child, {"used": True})
    workspace.give(child, parent)

    assert workspace.all("token", parent) == [child]
    assert workspace.find("token", child.id, parent=parent).body == {"used": True, "card": None}
    assert child.account == workspace.account.id


def test_events_are_counted(workspace: Workspace) -> None:
    """
    In the order in which they happen.
    """
    customer = create(workspace)
    workspace.emit("customer.create", customer)
    workspace.emit("customer.update", customer)

    assert workspace.events == ["customer.create", "customer.update"]


def test_references_are_ids_unless_expanded(workspace: Workspace) -> None:
    """
    Then they are the objects, one level deep, deleted ones too; what is not there stays an id or null.
    """
    card = dict.fromkeys(("street1", "street2", "city", "state", "phone_number", "postal_code")) | {
        "country": "",
        "brand": "Visa",
        "fingerprint": "",
        "last_digits": "4242",
        "name": "A",
        "expiration_month": 1,
        "expiration_year": 2030,
        "effect": None,
        "tokenization_method": None,
    }
    kept = workspace.create("card", card)
    workspace.destroy(kept)
    customer = create(workspace)

    assert workspace.show(customer, expand=True)["default_card"] is None
    workspace.update(customer, {"default_card": kept.id})
    assert workspace.show(customer)["default_card"] == kept.id
    assert workspace.show(customer, expand=True)["default_card"] == workspace.show(kept)
    assert workspace.show(kept)["deleted"] is True
    workspace.update(customer, {"default_card": "card_test_gone"})
    assert workspace.show(customer, expand=True)["default_card"] == "card_test_gone"
