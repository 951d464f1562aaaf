"""Links: addresses where anybody can pay."""

from typing import Any

import pytest

import omise
from omise.sandbox import Sandbox

from .calls import asked, last, visit

CUP = {"amount": 599_00, "currency": "thb", "title": "Cup", "description": "One large coffee cup"}


@pytest.fixture
def link(omise_sandbox: Sandbox) -> omise.Link:
    """One that can be paid many times."""
    return omise.Link.create(CUP, multiple=True)


def test_create(omise_sandbox: Sandbox) -> None:
    """Nobody has used it yet."""
    link = omise.Link.create(CUP)

    assert last(omise_sandbox) == ("POST", "/links", CUP)
    assert isinstance(link, omise.Link)
    assert (link.amount, link.currency, link.title, link.description) == (599_00, "THB", "Cup", CUP["description"])
    assert (link.multiple, link.used, link.used_at, len(link.charges)) == (False, False, None, 0)
    assert link.payment_uri.startswith("https://link.omise.co/")
    assert repr(link) == f"<Link {link.id} title='Cup' amount=59900 currency='THB' used=False>"


@pytest.mark.parametrize(
    "fields", [{"amount": "x"}, {"amount": -1}, {"currency": "xyz"}, {"title": ""}, {"title": None}]
)
def test_refused_links(omise_sandbox: Sandbox, fields: dict[str, Any]) -> None:
    """The API's refusal reaches the caller, and there is no link."""
    with pytest.raises(omise.APIError) as refused:
        omise.Link.create({**CUP, **fields})

    assert refused.value.status == 400
    assert len(omise.Link.list()) == 0


def test_retrieve_list_and_reload(omise_sandbox: Sandbox, link: omise.Link) -> None:
    """By id or record."""
    assert omise.Link.retrieve(link.id) == omise.Link.retrieve(link) == link
    assert last(omise_sandbox) == ("GET", f"/links/{link.id}", {})
    assert list(omise.Link.list(limit=1)) == [link]
    assert link.reload() is link
    assert not hasattr(link, "update")


def test_charges(omise_sandbox: Sandbox, link: omise.Link) -> None:
    """A list of Charges, each of which knows its link; `retrieve` finds them at their own address."""
    for _ in range(2):
        visit(omise_sandbox, link.payment_uri, number="4242424242424242")
    assert link.reload().used
    first, second = link.charges

    assert isinstance(link.charges, omise.ChargeList)
    assert (first.amount, first.paid, first.link) == (599_00, True, link)
    with asked(omise_sandbox) as made:
        assert link.charges.retrieve(second.id) == second
        assert first.link is not None
        assert first.link.title == "Cup"
        assert link.charges(order="reverse_chronological").data == [second, first]
    assert made == [f"GET /charges/{second.id}", f"GET /links/{link.id}", f"GET /links/{link.id}/charges"]


def test_destroy(omise_sandbox: Sandbox, link: omise.Link) -> None:
    """It is closed."""
    assert link.destroy() is link

    assert last(omise_sandbox) == ("DELETE", f"/links/{link.id}", {})
    assert (link.destroyed, link.title) == (True, "Cup")
    assert link.deleted_at is not None
    with pytest.raises(omise.DestroyedError):
        link.destroy()


def test_search(omise_sandbox: Sandbox, link: omise.Link) -> None:
    """By text and by filters."""
    assert list(omise.Link.search().filter(used=True).filter(used=False, amount=599).query("cup")) == [link]
    assert last(omise_sandbox)[2] == {
        "scope": "link",
        "filters": {"used": "false", "amount": "599"},
        "query": "cup",
    }
