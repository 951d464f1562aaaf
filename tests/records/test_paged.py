"""`omise.records.paged`: one page of a list, and its neighbours."""

import pytest

import omise
from omise.sandbox import Sandbox

from .conftest import numbers


def test_a_page_and_its_facts(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """One request fetches one page, which knows how many records there are and where it stands."""
    count = len(omise_sandbox.requests)
    page = omise.Customer.list(limit=3, offset=3)

    assert len(omise_sandbox.requests) == count + 1
    assert numbers(page.data) == numbers(page.to_a()) == ["3", "4", "5"]
    assert (page.total, len(page), page.page, page.total_pages) == (7, 7, 2, 3)
    assert (page.first_page, page.last_page) == (False, False)
    assert page.last.description == "5"
    assert (page.parent, page.location, page.limit, page.offset) == (None, "/customers", 3, 3)
    assert page["limit"] == 3
    assert page.to_a() is not page.data
    assert len(omise_sandbox.requests) == count + 1


def test_the_default_page(omise_sandbox: Sandbox) -> None:
    """Without parameters none are sent, and the API gives twenty records, oldest first."""
    made = [omise.Customer.create() for _ in range(21)]
    page = omise.Customer.list()

    assert omise_sandbox.requests[-1].params == {}
    assert page.data == made[:20]
    assert (page.limit, page.total_pages, page.order) == (20, 2, "chronological")


def test_an_empty_list(omise_sandbox: Sandbox) -> None:
    """It is one page, first and last, of nothing; and no further request is made."""
    empty = omise.Customer.list()

    assert (empty.total, len(empty), bool(empty), empty.data, empty.last) == (0, 0, False, [], None)
    assert (empty.page, empty.total_pages, empty.first_page, empty.last_page) == (1, 0, True, True)
    assert (list(empty), list(reversed(empty)), empty[:], empty.to_a()) == ([], [], [], [])
    assert (empty.next_page(), empty.previous_page(), empty.jump_to_page(2)) == (None, None, None)
    assert "cust_test_1" not in empty
    for index in (0, -1, 5):
        with pytest.raises(IndexError, match="total is 0"):
            empty[index]
    assert len(omise_sandbox.requests) == 1


def test_walking_from_page_to_page(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """next_page, previous_page and jump_to_page fetch pages of the same size; beyond the ends there is None."""
    first = omise.Customer.list(limit=3)
    second = first.next_page()
    third = second.next_page()

    assert [numbers(page.data) for page in (first, second, third)] == [["0", "1", "2"], ["3", "4", "5"], ["6"]]
    assert [page.page for page in (first, second, third)] == [1, 2, 3]
    assert (third.first_page, third.last_page, third.next_page()) == (False, True, None)
    assert numbers(third.previous_page().data) == ["3", "4", "5"]
    assert first.previous_page() is None
    assert third.jump_to_page(1).first_page
    assert second.jump_to_page(2) is second
    assert [first.jump_to_page(number) for number in (0, -1, 4)] == [None] * 3


def test_the_first_of_a_page(omise_sandbox: Sandbox) -> None:
    """Beside the last; neither is there where the page is empty."""
    assert (omise.Customer.list().first, omise.Customer.list().last) == (None, None)
    made = [omise.Customer.create() for _ in range(3)]
    page = omise.Customer.list(limit=2, offset=1)

    assert (page.first, page.last) == (made[1], made[2])
    assert page[0] == made[0]
