"""`omise.records.listing`: pages, their neighbours, and the sequence of all records."""

import copy
import inspect
import json
import pickle
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from itertools import product
from typing import Any

import pytest

import omise
from omise.records.casting import NAMES
from omise.records.operations import Listable
from omise.sandbox import Sandbox

from ..stubs import Sent, Stub, load_all
from .conftest import numbers, pages, record


def params(sandbox: Sandbox) -> dict[str, str]:
    """The parameters of the last request, as text."""
    return {name: str(value) for name, value in sandbox.requests[-1].params.items()}


# Neighbours


def test_every_page_keeps_filters_order_and_key(omise_sandbox: Sandbox) -> None:
    """What the first page was asked for with, the others are."""
    key = "skey_test_of_a_call"
    for number in range(5):
        omise.Customer.create(description=str(number), key=key)
    asked = {"order": "reverse_chronological", "from": "2020-01-01", "to": "2090-01-01T00:00:00Z"}
    first = omise.Customer.list(
        limit=2, order=asked["order"], from_=date(2020, 1, 1), to=datetime(2090, 1, 1, tzinfo=timezone.utc), key=key
    )
    assert params(omise_sandbox) == {**asked, "limit": "2"}
    steps: list[Callable[[], Any]] = [
        lambda: first.next_page(),
        lambda: first.next_page().next_page().previous_page(),
        lambda: first.jump_to_page(3),
        lambda: first[4],
        lambda: list(first),
        lambda: first.reload(),
        lambda: first.next_page().reload(),
        lambda: copy.copy(first.next_page()).reload(key=key),
        lambda: pickle.loads(pickle.dumps(first)).reload(key=key),
    ]

    for step in steps:
        step()
        assert omise_sandbox.requests[-1].used_key(key)
        assert {name: params(omise_sandbox)[name] for name in asked} == asked


def test_a_page_reloads_itself(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """The second page, reloaded, is the second page still; a parameter changes what it asks for, and is kept."""
    second = omise.Customer.list(limit=3).next_page()
    customers[0].destroy()
    assert second.reload() is second
    assert numbers(second.data) == ["4", "5", "6"]
    assert (second.page, second.total) == (2, 6)

    second.reload(limit=2)

    assert (numbers(second.data), second.limit) == (["4", "5"], 2)
    assert numbers(second) == ["1", "2", "3", "4", "5", "6"]
    second.reload()
    assert numbers(second.data) == ["4", "5"]


def test_calling_a_list_fetches_it_with_other_parameters(
    omise_sandbox: Sandbox, customers: list[omise.Customer]
) -> None:
    """A new list at the same address; the one that was called stays as it is."""
    every = omise.Customer.list(limit=3, order="chronological")
    newest = every(order="reverse_chronological", limit=2)

    assert params(omise_sandbox) == {"order": "reverse_chronological", "limit": "2"}
    assert numbers(newest.data) == ["6", "5"]
    assert numbers(newest) == list("6543210")
    assert numbers(every.data) == ["0", "1", "2"]


def test_dates_choose_records(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """`from_` and `to` take datetimes, dates and text, both ends included."""
    now = customers[0].created_at

    assert len(omise.Customer.list(from_=now)) == 7
    assert len(omise.Customer.list(from_=now + timedelta(hours=1))) == 0
    assert len(omise.Customer.list(to=now - timedelta(seconds=1))) == 0
    assert len(omise.Customer.list(from_=now.date(), to=(now + timedelta(days=1)).date())) == 7
    assert len(omise.Customer.list(to="2020-01-01")) == 0


def test_a_refused_parameter(omise_sandbox: Sandbox) -> None:
    """The API's answer reaches the caller."""
    with pytest.raises(omise.APIError, match="order"):
        omise.Customer.list(order="alphabetical")


# The sequence of all


def test_indexing_fetches_the_page_that_holds_the_record(
    omise_sandbox: Sandbox, customers: list[omise.Customer]
) -> None:
    """A record of this page costs nothing, one of another page one request, its neighbours none."""
    every = omise.Customer.list(limit=3)
    count = len(omise_sandbox.requests)
    assert (every[0].description, every[2].description) == ("0", "2")
    assert len(omise_sandbox.requests) == count
    assert (every[3].description, every[5].description, every[4].description) == ("3", "5", "4")
    assert len(omise_sandbox.requests) == count + 1

    assert (every[-1].description, every[6].description) == ("6", "6")

    assert len(omise_sandbox.requests) == count + 2
    for index in (7, -8, 100):
        with pytest.raises(IndexError, match=f"{index} is out of range: the list's total is 7"):
            every[index]
    for index in (1.5, None, (1, 2)):
        with pytest.raises(TypeError):
            every[index]


def test_anything_that_is_an_index_will_do(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """Such as the integers of numpy, which are no JSON."""

    class Six:
        def __index__(self) -> int:
            return 6

    assert omise.Customer.list(limit=2)[Six()] == customers[6]


def test_it_behaves_as_a_sequence(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """Slices, reversed, in, index, count, unpacking, nested and second loops."""
    every = omise.Customer.list(limit=2)

    assert every[1:6:2] == [customers[1], customers[3], customers[5]]
    assert every[-2:] == customers[-2:]
    assert every[::-1] == list(reversed(every)) == customers[::-1]
    assert every[5:1] == []
    assert customers[6] in every
    assert customers[6].id in every
    assert "cust_test_0" not in every
    assert "total" in every
    assert (every.index(customers[4]), every.count(customers[4])) == (4, 1)
    assert [*every] == list(every) == customers
    assert [(a, b) for a in every for b in every] == list(product(customers, customers))
    assert list(zip(every, every, strict=True)) == [(each, each) for each in customers]
    assert max(every, key=lambda each: each.description) == customers[6]


def test_a_list_without_records_wanted_still_knows_its_total(
    omise_sandbox: Sandbox, customers: list[omise.Customer]
) -> None:
    """limit=0 gives the total alone; iterating fetches pages of the usual size."""
    counted = omise.Customer.list(limit=0)

    assert (len(counted), counted.data, counted.page, counted.total_pages) == (7, [], 1, 1)
    assert list(counted) == customers
    assert counted[6] == customers[6]


def test_more_than_the_largest_page(omise_sandbox: Sandbox) -> None:
    """A limit above the API's is cut down there, and iteration goes on with what it gave."""
    made = [omise.Customer.create() for _ in range(103)]
    page = omise.Customer.list(limit=1000)

    assert (page.limit, len(page.data), len(page)) == (100, 100, 103)
    assert list(page) == made


def test_records_destroyed_before_they_are_indexed(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """An index that is not there any more is an IndexError that says why."""
    every = omise.Customer.list(limit=3)
    customers[0].destroy()

    with pytest.raises(IndexError, match="destroyed meanwhile"):
        every[6]


def test_a_list_asked_by_several_threads(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """Each gets its own record, though all of them share the page at hand."""
    every = omise.Customer.list(limit=1)
    wrong: list[Any] = []

    def look() -> None:
        for place in [0, 3, 6, 1, 5, 2, 4] * 5:
            if every[place] != customers[place]:
                wrong.append(place)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


# Servers that do not do as they are told


def test_a_list_stays_at_the_address_where_it_was_asked_for() -> None:
    """Some versions tell another `location`; pages, reloads and copies keep asking where the list came from."""
    things = [record(number) for number in range(5)]
    stub = Stub(pages(lambda offset, limit: things[offset : offset + limit], total=5, location="/everything"))
    every = stub.client().Customer.list()

    every.reload()
    every.next_page().next_page()
    list(copy.copy(every))
    with pytest.raises(omise.APIConnectionError, match="asked for 'customer', got 'list'"):
        every.retrieve("cust_1")

    assert {sent.path for sent in stub.sent} == {"/customers", "/customers/cust_1"}


# Copies, retrieving, showing


def test_a_pickled_list_goes_on_where_it_was(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """The records of the page travel with it, the rest is fetched again by whoever unpickles it."""
    page = omise.Customer.list(limit=3, order="reverse_chronological").next_page()
    count = len(omise_sandbox.requests)

    for twin in (pickle.loads(pickle.dumps(page)), copy.copy(page), copy.deepcopy(page)):
        assert len(omise_sandbox.requests) == count
        assert numbers(twin.data) == ["3", "2", "1"]
        assert numbers(twin.next_page().data) == ["0"]
        assert list(twin) == customers[::-1]
        count = len(omise_sandbox.requests)


def test_retrieve_below_a_list(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """GET <location>/<id> by id or record; a record of another type is a TypeError."""
    every = omise.Customer.list()
    assert every.retrieve(customers[1].id) == every.retrieve(customers[1]) == customers[1]
    assert omise_sandbox.requests[-1].path == f"/customers/{customers[1].id}"

    with pytest.raises(TypeError, match="must be a Customer"):
        every.retrieve(omise.Card.from_data({"object": "card", "id": "card_1"}))


def test_showing_a_list(omise_sandbox: Sandbox, customers: list[omise.Customer]) -> None:
    """repr says which and how many, print shows the page a record a line; nothing is fetched."""
    page = omise.Customer.list(limit=2)
    count = len(omise_sandbox.requests)

    assert repr(page) == "<List /customers 2 of 7>"
    assert str(page).splitlines() == [
        "List /customers 2 of 7, page 1 of 4",
        f"  {customers[0]!r}",
        f"  {customers[1]!r}",
    ]
    assert "\n" not in repr(omise.List.from_data({"object": "list", "location": "/a\nb"}))
    assert {"data", "total", "next_page", "reload", "limit"} <= {*dir(page)}
    assert len(omise_sandbox.requests) == count


def test_a_list_from_stored_json() -> None:
    """from_data makes a list without a request, and its records of their class."""
    page = omise.List.from_data({"object": "list", "data": [record(1)], "total": 1, "limit": 20, "offset": 0})

    assert list(page) == ["cust_1"]
    assert isinstance(page[0], omise.Customer)
    assert page != [page[0]]


def test_a_list_written_by_hand() -> None:
    """What it leaves out is what a list that is whole would have; looking around in it raises nothing."""
    page = omise.List.from_data({"object": "list", "data": [record(1), record(2)]})
    empty = omise.List.from_data({"object": "list"})

    assert (list(page), len(page), page.page, page.total_pages) == (["cust_1", "cust_2"], 2, 1, 1)
    assert (list(empty), len(empty), empty.last) == ([], 0, None)
    assert inspect.getmembers(empty)


# Addresses of what a list holds


def test_retrieve_at_the_address_of_the_type() -> None:
    """Where records have a path of their own, it is used; else they are below the list."""
    kinds = {"chrg": "charge", "rfnd": "refund", "docu": "document"}
    stub = Stub(lambda sent: {"object": kinds[sent.path.rpartition("/")[2][:4]], "id": sent.path.rpartition("/")[2]})
    client = stub.client()
    link = client.Link._build({"object": "link", "id": "link_1"}, None)
    dispute = client.Dispute._build({"object": "dispute", "id": "dspt_1"}, None)
    refunds = client.Charge._build({"object": "charge", "id": "chrg_1"}, None).refunds

    link.charges.retrieve("chrg_1")
    refunds.retrieve("rfnd_1", expand=True)
    dispute.documents.retrieve("docu_1")

    assert [sent.path for sent in stub.sent] == [
        "/charges/chrg_1",
        "/charges/chrg_1/refunds/rfnd_1",
        "/disputes/dspt_1/documents/docu_1",
    ]
    assert stub.sent[1].params == {"expand": "true"}
    with pytest.raises(ValueError, match="id is"):
        link.charges.retrieve("../charges")


def test_a_list_that_changed_is_fetched_when_it_is_read(omise_sandbox: Sandbox) -> None:
    """Once, with the parameters that it was asked for with, and not before."""
    charge = omise.Charge.create(amount=1000_00, currency="thb", card=omise_sandbox.card())
    refunds = charge.refunds(limit=1, order="reverse_chronological")
    count = len(omise_sandbox.requests)
    made = [refunds.create(amount=100_00), refunds.create(amount=200_00)]
    assert len(omise_sandbox.requests) == count + 2

    assert (refunds.total, refunds.data, refunds.order) == (2, [made[1]], "reverse_chronological")
    assert len(omise_sandbox.requests) == count + 3
    assert dict(omise_sandbox.requests[-1].params) == {"limit": "1", "order": "reverse_chronological"}
    assert refunds.parent is charge
    assert list(refunds) == made[::-1]


def test_pages_of_a_list_that_came_with_a_record(omise_sandbox: Sandbox) -> None:
    """The first is in the JSON, the rest is fetched from its location."""
    charge = omise.Charge.create(amount=1000_00, currency="thb", card=omise_sandbox.card())
    for _ in range(5):
        charge.refund(amount=10_00)
    fetched = charge.reload().refunds
    count = len(omise_sandbox.requests)

    assert [refund.amount for refund in fetched] == [10_00] * 5
    assert len(omise_sandbox.requests) == count
    assert len([*fetched(limit=2)]) == 5


# Days


DAY = {"from": "2026-01-31", "to": "2026-01-31T23:59:59Z"}
load_all()
LISTABLE = sorted({cls.__name__ for cls in NAMES.values() if hasattr(cls, "list") and cls is not Listable})


@pytest.mark.parametrize("name", LISTABLE)
def test_a_day_as_the_end_of_a_range_is_all_of_that_day(name: str) -> None:
    """In every list: the API takes a day for its first moment, which is right for the beginning alone."""
    stub = Stub(lambda sent: {"object": "list", "data": [], "limit": 20, "offset": 0, "total": 0})
    getattr(stub.client(), name).list(from_=date(2026, 1, 31), to=date(2026, 1, 31))

    assert stub.sent[0].params == DAY


RANGE = {"from_": date(2026, 1, 31), "to": date(2026, 1, 31)}


def place(sent: Sent) -> dict[str, int]:
    return {"offset": int(sent.params.get("offset", 0))}


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.Charge.list(**RANGE),
        lambda client: client.Charge.list_schedules(**RANGE),
        lambda client: client.Dispute.list(status="open", **RANGE),
        lambda client: client.Customer.from_data({"object": "customer", "id": "cust_1"}).cards(**RANGE),
        lambda client: client.Charge.from_data({"object": "charge", "id": "chrg_1"}).events(**RANGE),
        lambda client: client.Charge.list().reload(**RANGE),
        lambda client: client.Charge.list(**RANGE)(**RANGE),
    ],
)
def test_a_day_wherever_a_list_is_asked_for(ask: Any) -> None:
    """By whichever verb, and on the pages that follow too; a datetime or text is sent as it is."""
    stub = Stub(lambda sent: {"object": "list", "location": "/x", "data": [{}], "limit": 1, **place(sent), "total": 2})
    page = ask(stub.client())
    assert {**DAY, **stub.sent[-1].params} == stub.sent[-1].params

    page.jump_to_page(2)
    assert stub.sent[-1].params == {**DAY, "offset": "1", "limit": "1"}

    page(to=datetime(2026, 1, 31))
    page(to="2026-01-31")
    assert [sent.params["to"] for sent in stub.sent[-2:]] == ["2026-01-31T00:00:00Z", "2026-01-31"]


def test_the_charges_of_one_day(omise_sandbox: Sandbox) -> None:
    """From a day to the same day is what was made on it, as it is in a search."""
    charge = omise.Charge.create(amount=1000_00, currency="thb", card=omise_sandbox.card_token())
    today = charge.created_at.date()
    tomorrow = today + timedelta(days=1)

    assert len(omise.Charge.list(from_=today, to=today)) == 1
    assert len(omise.Charge.search().filter(created=(today, today)).execute()) == 1
    assert len(omise.Charge.list(from_=tomorrow, to=tomorrow)) == 0


# As data


def test_to_dict_is_what_the_api_said(omise_sandbox: Sandbox) -> None:
    """A list within an object may come without a location: it has one to be asked at, and shows none in its JSON."""
    customer = omise.Customer.create(card=omise_sandbox.card())
    data = customer.to_dict()
    del data["cards"]["location"]
    old = omise.Customer.from_data(data)

    assert old.cards.to_dict() == dict(old.cards.attributes) == data["cards"]
    assert old.to_dict() == data
    assert old.cards.location == f"/customers/{customer.id}/cards"
    assert repr(old.cards) == repr(customer.cards)
    assert old.cards.reload().data == customer.cards.data
    old.cards.create(omise_sandbox.card("5555555555554444"))
    assert len(old.cards) == 2


def test_to_dicts_is_the_json_of_every_record(omise_sandbox: Sandbox) -> None:
    """On all pages, as iteration has them, ready for a table."""
    made = [omise.Customer.create(description=f"number-{number}") for number in range(5)]
    found = omise.Customer.list(limit=2).to_dicts()

    assert found == [customer.to_dict() for customer in made]
    assert all(type(each) is dict for each in found)


@pytest.mark.parametrize("number", [None, "many", -1, [], 1e400])
@pytest.mark.parametrize("name", ["limit", "offset", "total", "data"])
def test_lists_without_usable_numbers(name: str, number: Any) -> None:
    """What a list lacks, or has as nonsense, is read as it is where nothing is asked."""
    data = {"object": "list", "location": "/charges", "data": [{"object": "charge", "id": "chrg_1"}], "total": 1}
    page: Any = omise.List.from_data({**data, name: number})

    assert (page.page, page.total, len(page.data)) == (1, 1, 0 if name == "data" else 1)
    assert repr(page)
    assert str(page)


def test_a_list_shows_itself_as_a_table(omise_sandbox: Sandbox) -> None:
    """A row a record of the page, escaped, for notebooks; nothing is fetched for it."""
    omise.Customer.create(email="a@b.co", description="<script>alert(4242)</script>")
    page = omise.Customer.list()
    count = len(omise_sandbox.requests)

    assert "<caption>List /customers 1 of 1, page 1 of 1</caption>" in page._repr_html_()
    assert f'>{page[0].id}</td><td class="omise-w">a@b.co</td>' in page._repr_html_()
    assert "&lt;script&gt;" in page._repr_html_()
    assert "<script>" not in page._repr_html_()
    assert "not loaded" in omise.Customer.from_data({"object": "customer", "id": "cust_1"}).cards._repr_html_()
    assert len(omise_sandbox.requests) == count


# As the official package has it


def test_an_offset_that_can_be_called(omise_sandbox: Sandbox) -> None:
    """It is the number that it always was, and called it fetches records from there, as a list of Python's."""
    made = [omise.Customer.create() for _ in range(25)]
    page = omise.Customer.list(limit=2, offset=3)

    assert (page.offset, page.offset + 1, page["offset"]) == (3, 4, 3)
    assert json.dumps([page.offset]) == "[3]"
    assert page.offset() == made[:20]
    assert page.offset(limit=2, offset=24) == [made[24]]
    assert page.offset(limit=1, order="reverse_chronological") == [made[24]]
    assert omise_sandbox.requests[-1].params == {"limit": "1", "offset": "0", "order": "reverse_chronological"}


def test_retrieve_without_an_id_is_every_record(omise_sandbox: Sandbox) -> None:
    """As a list of Python's; None is no id, and is not taken for "all"."""
    made = [omise.Customer.create() for _ in range(3)]
    page = omise.Customer.list(limit=2)

    assert page.retrieve() == made
    assert page.retrieve(made[1].id, {"expand": True}) == page.retrieve(id=made[1].id) == made[1]
    with pytest.raises(ValueError, match="id is None"):
        page.retrieve(None)


def test_names_that_the_official_package_translates(omise_sandbox: Sandbox) -> None:
    """fromDate and toDate go out as what they mean."""
    omise.Charge.list(fromDate="2026-01-01", toDate="2026-01-31T00:00:00Z", limit=5)

    assert omise_sandbox.requests[-1].params == {"from": "2026-01-01", "to": "2026-01-31T00:00:00Z", "limit": "5"}
