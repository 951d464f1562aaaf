"""Searching: scopes that are built step by step, and what is found, page by page."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import numpy as np
import pytest

import omise
from omise.sandbox import Sandbox

from ..stubs import Sent, Stub


@pytest.fixture
def customers(omise_sandbox: Sandbox) -> list[omise.Customer]:
    """Seven of them, oldest first."""
    return [omise.Customer.create(description=f"number-{number}") for number in range(7)]


def params(sandbox: Sandbox) -> dict[str, Any]:
    """The parameters of the last request, which was a search."""
    request = sandbox.requests[-1]

    assert (request.method, request.path) == ("GET", "/search")
    return dict(request.params)


# Scopes


def test_each_step_gives_a_new_scope() -> None:
    """The one before stays as it was, and nothing is sent; of one name the last filter counts."""
    scope = omise.Link.search()
    used = scope.filter(used=True, multiple=True)
    unused = used.filter({"used": False}).query("cup").query("mug").order("chronological").page(3).per_page(5)

    assert isinstance(scope, omise.SearchScope)
    assert scope.to_attributes() == {"scope": "link"}
    assert used.to_attributes() == {"scope": "link", "filters": {"used": True, "multiple": True}}
    assert unused.to_attributes() == {
        "scope": "link",
        "filters": {"used": False, "multiple": True},
        "query": "mug",
        "order": "chronological",
        "page": 3,
        "per_page": 5,
    }
    assert unused.query(None) is unused
    assert unused.query() is unused
    assert scope.filter().to_attributes() == {"scope": "link"}


@pytest.mark.parametrize(
    ("cls", "scope"),
    [
        (omise.Charge, "charge"),
        (omise.Customer, "customer"),
        (omise.Dispute, "dispute"),
        (omise.Link, "link"),
        (omise.LinkedAccount, "linked_account"),
        (omise.Recipient, "recipient"),
        (omise.Refund, "refund"),
        (omise.SubMerchant, "sub_merchant"),
        (omise.Transfer, "transfer"),
    ],
)
def test_every_scope_is_searched(omise_sandbox: Sandbox, cls: Any, scope: str) -> None:
    """What can be searched knows its scope."""
    assert list(cls.search()) == list(cls.list())
    assert cls.search().execute().scope == scope
    assert params(omise_sandbox) == {"scope": scope}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1000, "1000"),
        (4096.69, "4096.69"),
        (Decimal("4096.60"), "4096.60"),
        (Decimal("1E+3"), "1000"),
        (True, "true"),
        (False, "false"),
        ("failed", "failed"),
        ("today", "today"),
        (date(2026, 1, 31), "2026-01-31"),
        (datetime(2026, 1, 31, 23, 59, tzinfo=timezone.utc), "2026-01-31"),
        (datetime(2026, 2, 1, 6, 59, tzinfo=timezone(timedelta(hours=7))), "2026-01-31"),
        ((1000, 2000), "1000..2000"),
        ([1000, 2000], "1000..2000"),
        ((1000, None), "1000.."),
        ((None, 2000.5), "..2000.5"),
        ((date(2026, 1, 1), date(2026, 1, 31)), "2026-01-01..2026-01-31"),
        (("2026-01-01", None), "2026-01-01.."),
        (omise.Charge.from_data({"object": "charge", "id": "chrg_1"}), "chrg_1"),
    ],
)
def test_filter_values(value: Any, text: str) -> None:
    """As the API writes them, in a step, in a dict and in `execute`."""
    stub = Stub(lambda sent: {"object": "search", "data": [], "page": 1, "per_page": 30, "total": 0})
    client = stub.client()
    client.Charge.search().filter(amount=value).execute()
    client.Charge.search().filter({"amount": value}).execute()
    client.Search.execute("charge", filters={"amount": value})

    assert [sent.params for sent in stub.sent] == [{"scope": "charge", "filters[amount]": text}] * 3


@pytest.mark.parametrize("value", [None, {"a": 1}, (1,), (1, 2, 3), (), object(), b"x"])
def test_what_is_no_filter_value(value: Any) -> None:
    """A TypeError that names the filter."""
    with pytest.raises(TypeError, match="filter amount takes"):
        omise.Charge.search().filter(amount=value)


def test_names_that_are_keywords() -> None:
    """Take an underscore here too."""
    assert omise.Charge.search().filter(from_="x").to_attributes()["filters"] == {"from": "x"}


def test_a_scope_shows_what_is_looked_for() -> None:
    """Its repr tells the steps."""
    scope = omise.Charge.search().filter(amount=(1000, None)).page(2)

    assert repr(scope) == "<SearchScope charge filters={'amount': '1000..'} page=2>"


# Asking


@pytest.mark.parametrize("asked", [{}, {"per_page": 40}])
def test_answers_may_keep_the_size_of_their_pages_to_themselves(asked: dict[str, int]) -> None:
    """It is what was asked for then, or the API's own 30."""
    data = [{"object": "charge", "id": f"chrg_{number}"} for number in range(95)]

    def answer(sent: Any) -> dict[str, Any]:
        page, size = int(sent.params.get("page", 1)), int(sent.params.get("per_page", 30))
        some = data[(page - 1) * size : page * size]
        return {"object": "search", "data": some, "page": page, "total": len(data), "total_pages": -(-95 // size)}

    found = Stub(answer).client().Search.execute("charge", **asked)

    assert [charge.id for charge in found] == [one["id"] for one in data]


def test_execute_asks_and_gives_what_was_found(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """A Search: a List with a scope, whose records are of their types."""
    found = omise.Customer.search().query("number-3").order("chronological").execute()

    assert params(omise_sandbox) == {"scope": "customer", "query": "number-3", "order": "chronological"}
    assert isinstance(found, omise.Search)
    assert isinstance(found, omise.List)
    assert (found.scope, found.query, found.order, found.per_page, found.filters) == (
        "customer",
        "number-3",
        "chronological",
        30,
        {},
    )
    assert found[0] == customers[3]
    assert isinstance(found[0], omise.Customer)
    assert repr(found) == "<Search /search 1 of 1>"


def test_search_execute(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """By the name of a scope or a SearchScope; parameters are added to those that it has."""
    scope = omise.Customer.search().query("number-3")

    assert list(omise.Search.execute("customer", query="number-3")) == [customers[3]]
    assert params(omise_sandbox) == {"scope": "customer", "query": "number-3"}
    assert list(omise.Search.execute(scope)) == [customers[3]]
    assert omise.Search.execute(scope, page=2, per_page=3).data == []
    assert params(omise_sandbox) == {"scope": "customer", "query": "number-3", "page": "2", "per_page": "3"}
    assert scope.page(5).execute(page=1).data == [customers[3]]
    assert scope.to_attributes() == {"scope": "customer", "query": "number-3"}


def test_iterating_a_scope_asks_each_time(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """It can be looped over again, and sees what is new."""
    scope = omise.Customer.search()
    before = len(list(scope))
    omise.Customer.create(description="new")

    assert (before, len(list(scope))) == (7, 8)


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (lambda: omise.Search.execute("nonsense"), omise.errors.InvalidScopeError),
        (lambda: omise.Charge.search().filter(nonsense=1).execute(), omise.errors.InvalidFiltersError),
        (lambda: omise.Charge.search().filter(amount="a lot").execute(), omise.errors.InvalidFiltersError),
        (lambda: omise.Charge.search().page(0).execute(), omise.errors.InvalidPageError),
        (lambda: list(omise.Charge.search().order("random")), omise.errors.BadRequestError),
    ],
)
def test_refused_searches(omise_sandbox: Sandbox, ask: Callable[[], Any], error: type[Exception]) -> None:
    """A scope, filter, value or page that there is not: the API's refusal reaches the caller."""
    with pytest.raises(error) as refused:
        ask()

    assert refused.value.status == 400  # type: ignore[attr-defined]


# Pages


def test_pages(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """Counted, not by offset; each keeps scope, filters and order."""
    today = datetime.now(timezone.utc).date()
    first = omise.Customer.search().filter(created=(today, None)).order("chronological").per_page(3).execute()
    second = first.next_page()
    assert second is not None
    assert params(omise_sandbox) == {
        "scope": "customer",
        "filters": {"created": f"{today}.."},
        "order": "chronological",
        "page": "2",
        "per_page": "3",
    }

    assert (first.page, first.total, first.total_pages, len(first)) == (1, 7, 3, 7)
    assert (first.first_page, first.last_page, first.last) == (True, False, customers[2])
    assert (second.page, second.data) == (2, customers[3:6])
    assert (second.previous_page(), first.previous_page()) == (first, None)
    last = first.jump_to_page(3)
    assert last is not None
    assert (last.data, last.last_page, last.next_page(), first.jump_to_page(4)) == (customers[6:], True, None, None)
    assert last.reload().data == customers[6:]


def test_no_hits(omise_sandbox: Sandbox) -> None:
    """An empty page, and no pages."""
    found = omise.Customer.search().execute()

    assert (list(found), len(found), found.total_pages, found.last, bool(found)) == ([], 0, 0, None, False)
    assert (found.next_page(), found.last_page) == (None, True)


def test_a_page_past_the_end(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """It is empty, and knows how many there are."""
    found = omise.Customer.search().page(9).execute()

    assert (found.data, found.total, found.page) == ([], 7, 9)
    assert list(found) == []


@pytest.mark.parametrize("per_page", [1, 2, 3, 4, 7, 30])
@pytest.mark.parametrize("order", ["chronological", "reverse_chronological"])
def test_it_is_a_sequence_of_all(
    omise_sandbox: Sandbox, customers: list[omise.Customer], per_page: int, order: str
) -> None:
    """Loops, in loops, indexes and slices reach every page."""
    found = omise.Customer.search().order(order).per_page(per_page).execute()
    expected = customers if order == "chronological" else customers[::-1]

    assert list(found) == list(found) == expected
    assert list(zip(found, found, strict=True)) == [(each, each) for each in expected]
    assert [found[0], found[5], found[-1]] == [expected[0], expected[5], expected[-1]]
    assert found[2:6] == expected[2:6]
    assert customers[4] in found


def test_iteration_begins_at_the_page_asked_for(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """From there to the end."""
    scope = omise.Customer.search().order("chronological").per_page(2)

    assert list(scope.page(2)) == customers[2:]
    assert list(scope.page(4)) == customers[6:]


@pytest.mark.parametrize("per_page", [1, 2, 3, 5])
@pytest.mark.parametrize("order", ["chronological", "reverse_chronological"])
@pytest.mark.parametrize("at", range(6))
def test_what_exists_all_the_while_is_seen_exactly_once(
    omise_sandbox: Sandbox, customers: list[omise.Customer], per_page: int, order: str, at: int
) -> None:
    """Whatever is created or destroyed during the loop: both orders, pages of any size, at every place."""
    scope = omise.Customer.search().order(order).per_page(per_page)
    gone = {customers[at], customers[at - 1]}
    seen = []
    for place, customer in enumerate(scope):
        seen.append(customer)
        if place == at:
            for each in gone:
                each.destroy()
            omise.Customer.create(description="new")

    assert len(seen) == len({*seen})
    assert {*customers} - gone <= {*seen}


@pytest.mark.parametrize("per_page", [1, 2, 3, 5])
@pytest.mark.parametrize("order", ["chronological", "reverse_chronological"])
def test_and_so_is_what_was_created_at_times_of_its_own(omise_sandbox: Sandbox, per_page: int, order: str) -> None:
    """The pages of a search begin where their size lets them, which may be long before where the walk is."""
    for at in range(6):
        made = []
        for _ in range(7):
            made.append(omise.Customer.create(description=f"round {at}"))
            omise_sandbox.application.clock.advance(seconds=7)
        seen = []
        for place, customer in enumerate(omise.Customer.search().query(f"round {at}").order(order).per_page(per_page)):
            seen.append(customer)
            if place == at:
                gone = {made[at], made[at - 1]}
                for each in gone:
                    each.destroy()
                omise.Customer.create(description=f"round {at}")

        assert len(seen) == len({*seen}), at
        assert {*made} - gone <= {*seen}, at


def test_a_server_that_repeats_itself() -> None:
    """Pages that are all the same end the loop with an error, as of every list."""
    data = [{"object": "customer", "id": f"cust_{number}"} for number in range(3)]

    def answer(sent: Sent) -> Any:
        page, size = int(sent.params.get("page", 1)), int(sent.params.get("per_page", 3))
        return {"object": "search", "location": "/search", "data": data, "page": page, "per_page": size, "total": 50}

    stub = Stub(answer)
    with pytest.raises(omise.APIConnectionError):
        list(stub.client().Customer.search())

    assert len(stub.sent) < 50


def test_many_records_take_few_requests(omise_sandbox: Sandbox) -> None:
    """A page each, give or take those that overlap."""
    customers = [omise.Customer.create() for _ in range(60)]
    count = len(omise_sandbox.requests)

    assert list(omise.Customer.search().order("chronological").per_page(20)) == customers
    assert len(omise_sandbox.requests) - count <= 5


# Accounts


def test_a_clients_search_is_its_own(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """So are its pages and records; the scope keeps the account wherever it is executed."""
    shop = omise_sandbox.client()
    key = str(shop.config.secret_api_key)
    ours = [shop.Customer.create() for _ in range(3)]
    scope = shop.Customer.search().order("chronological").per_page(2)
    count = len(omise_sandbox.requests)

    assert list(scope) == ours
    assert list(shop.Search.execute("customer", order="chronological")) == ours
    assert list(omise.Search.execute(scope)) == ours
    assert isinstance(scope.execute()[0], shop.Customer)
    scope.execute()[0].reload()
    assert all(request.used_key(key) for request in omise_sandbox.requests[count:])


def test_the_key_of_a_call_is_kept(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """By the pages that follow and the records."""
    shop = omise_sandbox.client()
    key = str(shop.config.secret_api_key)
    ours = [shop.Customer.create() for _ in range(3)]
    count = len(omise_sandbox.requests)
    found = omise.Customer.search().order("chronological").per_page(2).execute(key=key)

    assert list(found) == ours
    assert found[0].reload() == ours[0]
    assert list(omise.Search.execute("customer", key=key, timeout=5, order="chronological")) == ours
    assert all(request.used_key(key) for request in omise_sandbox.requests[count:])
    assert "key" not in params(omise_sandbox)


def test_with_using_a_scope_takes_the_account_of_now(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """The default classes follow the block in which the scope is executed."""
    scope = omise.Customer.search()
    with omise.using(omise_sandbox.client()):
        assert list(scope) == []

    assert len(scope.execute()) == 7


class Status(Enum):
    FAILED = "failed"


@pytest.mark.parametrize(
    ("value", "text"),
    [(Status.FAILED, "failed"), (np.int64(7), "7"), (UUID(int=1), str(UUID(int=1)))],
)
def test_filters_take_what_can_be_sent(value: Any, text: str) -> None:
    """What is a text or a number without loss is that in a filter too, also in a pair."""
    stub = Stub(lambda sent: {"object": "search", "data": [], "page": 1, "per_page": 30, "total": 0})
    stub.client().Charge.search().filter(one=value, pair=(value, None)).execute()

    assert stub.sent[0].params == {"scope": "charge", "filters[one]": text, "filters[pair]": f"{text}.."}


@pytest.mark.parametrize("number", [None, "many", -1, 0, [], {}, 1e400, "-"])
@pytest.mark.parametrize("name", ["page", "per_page", "total", "total_pages", "data"])
def test_answers_without_usable_numbers(name: str, number: Any) -> None:
    """A recorded answer may lack what today's has, and a hostile one holds nonsense: the API's defaults are read."""
    records = [{"object": "customer", "id": f"cust_{number}"} for number in range(3)]
    data = {"object": "search", "location": "/search", "data": records, "page": 1, "per_page": 30, "total": 3}
    for answer in ({**data, name: number}, {key: value for key, value in data.items() if key != name}):
        found: Any = omise.Search.from_data(answer)
        count = 0 if name == "data" else 3

        assert (found.page, found.per_page) == (1, 30)
        assert len(found.data) == count
        assert found.total == (0 if (name, number) == ("total", 0) and answer.get("total") == 0 else 3)
        assert found.total_pages <= 1
        assert repr(found)
        assert str(found)


def test_a_scope_tells_what_it_looks_among() -> None:
    """In every step."""
    assert omise.Charge.search().filter(status="failed").scope == "charge"
    assert omise.SearchScope("transfer").scope == "transfer"
