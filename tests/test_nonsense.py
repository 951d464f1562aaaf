"""Whatever an API may answer: only documented exceptions, and what passes can be read, shown, copied and compared."""

from __future__ import annotations

import copy
import io
import json
import pickle
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPResponse

import omise
from omise.records.resource import Resource
from omise.sandbox import Sandbox

from .misbehaving import Misbehaving, answer, json_list

KINDS = ["charge", "customer", "card", "list", "search", "event", "error", "schedule", "account", "thing", ""]
ENVELOPE = ["object", "data", "total", "offset", "limit", "page", "per_page", "location", "id"]
FIELDS = ["metadata", "deleted", "cards", "card", "customer", "refunds", "created_at", "start_date", "amount"]
ODD = ["on", "next_occurrences_on", "code", "message", "_fill", "keys", "items"]
NAMES = st.sampled_from([*ENVELOPE, *FIELDS, *ODD]) | st.text(max_size=6)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.just("2026-01-31T00:00:00Z"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=15,
)
OBJECTS = st.builds(
    lambda kind, fields: {**fields, "object": kind}, st.sampled_from(KINDS), st.dictionaries(NAMES, ANYTHING)
)
LISTS = st.builds(
    lambda kind, fields, data: {**fields, "object": kind, "data": data},
    st.sampled_from(["list", "search", "receipt_list"]),
    st.dictionaries(NAMES, ANYTHING),
    st.lists(OBJECTS, max_size=4) | ANYTHING,
)
BODIES = (OBJECTS | LISTS | ANYTHING).map(lambda value: json.dumps(value).encode()) | st.binary(max_size=40)
STATUSES = st.sampled_from([200, 200, 200, 201, 204, 301, 400, 401, 403, 404, 422, 429, 500, 502, 999])


class Answering(BaseAdapter):
    """Answers every request with the same bytes."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__()
        self.status, self.body, self.count = status, body, 0

    def send(self, request: PreparedRequest, *args: Any, **named: Any) -> Response:
        self.count += 1
        raw = HTTPResponse(io.BytesIO(self.body), status=self.status, preload_content=False)
        return HTTPAdapter().build_response(request, raw)

    def close(self) -> None:
        """Nothing is open."""


def client_of(adapter: BaseAdapter) -> omise.Client:
    client = omise.Client(secret_api_key="skey_test_x", public_api_key="pkey_test_x", max_retries=0)
    client.transport.mount(adapter)
    return client


CALLS: dict[str, Callable[[omise.Client], Any]] = {
    "create": lambda client: client.Charge.create(amount=1, currency="thb"),
    "retrieve": lambda client: client.Customer.retrieve("cust_1"),
    "list": lambda client: client.Charge.list(),
    "singleton": lambda client: client.Account.retrieve(),
    "search": lambda client: client.Search.execute("charge"),
    "request": lambda client: client.request("GET", "/things"),
    "destroy": lambda client: client.Customer.from_data({"object": "customer", "id": "cust_1"}).destroy(),
}


def use(record: Any) -> None:
    """Do all that can be done with a record without asking the API."""
    for twin in (copy.copy(record), copy.deepcopy(record), pickle.loads(pickle.dumps(record))):
        assert twin.to_dict() == record.to_dict()
        assert twin == record
    assert repr(record)
    assert isinstance(str(record), str)
    assert json.loads(record.to_json()) == record.to_dict()
    assert record == record
    for name in record.to_dict():
        value = record[name]
        assert value == record.attributes[name]
        assert repr(record._read(name))
    assert record.changes == {}


@pytest.mark.parametrize("call", CALLS)
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(status=STATUSES, body=BODIES)
@example(status=200, body=b"[" * 100_000)
@example(status=200, body=b'{"object": "charge", "id": "chrg_1", "x": ' + b'{"a":' * 100_000)
@example(status=200, body=json.dumps({"object": "customer", "id": "c", "metadata": {"object": "list"}}).encode())
def test_whatever_comes_is_used_or_refused(call: str, status: int, body: bytes) -> None:
    """Any JSON as a record, a list or an error, any bytes as a body."""
    with suppress(omise.Error):
        found = CALLS[call](client_of(Answering(status, body)))
        use(found)


@pytest.mark.parametrize("levels", [90, 900])
@pytest.mark.parametrize("name", ["x", "metadata"])
def test_what_is_nested_is_used_or_refused(levels: int, name: str) -> None:
    """In a record and in its metadata."""
    inner: Any = 1
    for _ in range(levels):
        inner = {"a": inner}
    client = client_of(Answering(200, json.dumps({"object": "customer", "id": "cust_1", name: inner}).encode()))
    if levels > 100:
        with pytest.raises(omise.APIConnectionError, match=r"the answer (has more than|is not JSON)"):
            client.Customer.retrieve("cust_1")
    else:
        use(client.Customer.retrieve("cust_1"))


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, {}), (202, {"status": "accepted"}), (403, {"message": "Forbidden"}), (200, []), (404, {"object": "x"})],
)
def test_what_is_not_the_apis_leaves_a_write_unknown(status: int, body: Any) -> None:
    """A gateway's JSON says nothing of the charge."""
    client = client_of(Answering(status, json.dumps(body).encode()))

    with pytest.raises(omise.OutcomeUnknown):
        client.Charge.create(amount=1, currency="thb")
    with pytest.raises(omise.APIConnectionError):
        client.Charge.retrieve("chrg_1")


def test_another_kind_of_object_is_named_and_not_asked_for_again(omise_sandbox: Sandbox) -> None:
    """An address that has a list is not a record's."""
    with pytest.raises(omise.APIConnectionError, match="asked for 'charge', got 'list'"):
        omise.Charge.retrieve("schedules")
    assert len(omise_sandbox.requests) == 1


def test_a_write_that_is_answered_with_another_kind_is_unknown_and_not_repeated() -> None:
    """Nor is what could be repeated."""
    adapter = Answering(200, b'{"object": "customer", "id": "cust_1"}')
    client = client_of(adapter)
    client.config.max_retries = 2
    with pytest.raises(omise.OutcomeUnknown, match="asked for 'charge', got 'customer'"):
        client.Charge.create(amount=1, currency="thb")
    assert adapter.count == 1

    with pytest.raises(omise.APIConnectionError, match="asked for 'charge', got 'customer'"):
        client.Charge.retrieve("chrg_1")
    assert adapter.count == 2


@pytest.mark.parametrize("fields", [{}, {"id": None}, {"id": ""}, {"id": 7}])
def test_what_is_created_has_an_id(fields: dict[str, Any]) -> None:
    """Without one nobody could find it again."""
    client = client_of(Answering(200, json.dumps({"object": "charge", **fields}).encode()))

    with pytest.raises(omise.OutcomeUnknown, match="id"):
        client.Charge.create(amount=1, currency="thb")


def test_unknown_kinds_are_records_too() -> None:
    """What the API may add tomorrow."""
    found = client_of(Answering(200, b'{"object": "thing", "id": "thing_1"}')).request("GET", "/things/thing_1")

    assert type(found).__name__ == Resource.__name__
    use(found)


@pytest.mark.parametrize("broken", [b"5\r\nabc", b"zz\r\nabc\r\n", b"-1\r\n", b"3\r\nabcdef\r\n0\r\n\r\n"])
@pytest.mark.parametrize(("method", "kind"), [("GET", omise.APIConnectionError), ("POST", omise.OutcomeUnknown)])
def test_broken_chunks_are_a_lost_answer(broken: bytes, method: str, kind: type[omise.Error]) -> None:
    """However they are broken."""

    def write(connection: Any) -> bool:
        connection.request.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + broken)
        return False

    with Misbehaving(write, answer(200, b"{"), json_list) as server:
        client = omise.Client(secret_api_key="skey_test_x", api_url=server.url, max_retries=0)
        for _ in range(3):
            with pytest.raises(kind):
                client.request(method, "/things")
        client.close()
