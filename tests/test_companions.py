"""The sandbox in the process beside the libraries that others mock and record requests with, in one process."""

import gc
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

import pytest
import requests_mock
import responses
import vcr
from opentelemetry.instrumentation.requests import RequestsInstrumentor
from opentelemetry.instrumentation.urllib3 import URLLib3Instrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from responses import matchers

import omise
from omise.sandbox import Sandbox

from .misbehaving import Misbehaving, answer

CUSTOMERS = "https://api.omise.co/customers"
ELSEWHERE = "https://shop.example/stock"


@contextmanager
def nothing_else() -> Iterator[None]:
    """No mock at all."""
    yield


def to_the_network(host: str, *args: Any, **options: Any) -> None:
    raise AssertionError(f"to the network: {host}")


def recording(tmp_path: Any) -> AbstractContextManager[Any]:
    return vcr.VCR(record_mode="none").use_cassette(str(tmp_path / "nothing.yaml"))


MOCKS: dict[str, Callable[[Any], AbstractContextManager[Any]]] = {
    "requests_mock": lambda tmp_path: requests_mock.Mocker(),
    "requests_mock, real_http": lambda tmp_path: requests_mock.Mocker(real_http=True),
    "responses": lambda tmp_path: responses.RequestsMock(assert_all_requests_are_fired=False),
    "responses, passthru": lambda tmp_path: responses.RequestsMock(passthru_prefixes=("https://",)),
    "vcrpy": recording,
}
ASKED_FIRST = {"requests_mock"}
"""Mocks that refuse what they were not told of before the sandbox is asked."""


@pytest.mark.parametrize("sandbox_first", [True, False])
@pytest.mark.parametrize("mock", MOCKS)
def test_the_sandbox_answers_beside_a_mock(mock: str, sandbox_first: bool, tmp_path: Any) -> None:
    """Whichever began first, the sandbox gets the requests, but for a mock that lets through nothing."""
    with ExitStack() as stack:
        blocks = [lambda: Sandbox(), lambda: MOCKS[mock](tmp_path)]
        entered = [stack.enter_context(block()) for block in (blocks if sandbox_first else blocks[::-1])]
        sandbox = next(each for each in entered if isinstance(each, Sandbox))

        if mock in ASKED_FIRST:
            with pytest.raises(requests_mock.NoMockAddress):
                omise.Balance.retrieve()
            assert sandbox.requests == []
        else:
            assert omise.Customer.create(email="a@b.co").reload().email == "a@b.co"
            assert len(sandbox.requests) == 2


@pytest.mark.parametrize("sandbox_first", [True, False])
@pytest.mark.parametrize("mock", MOCKS)
def test_nothing_of_a_mock_or_a_sandbox_stays_behind(
    mock: str, sandbox_first: bool, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a mock ended the sandbox goes on; after both ended requests go to the network, and no earlier."""
    monkeypatch.setattr(socket, "getaddrinfo", to_the_network)
    first, second = ExitStack(), ExitStack()
    (first if sandbox_first else second).enter_context(Sandbox())
    (second if sandbox_first else first).enter_context(MOCKS[mock](tmp_path))
    with pytest.raises(requests_mock.NoMockAddress) if mock in ASKED_FIRST else nothing_else():
        omise.Customer.create()
    (second if sandbox_first else first).close()

    assert omise.Customer.create().reload().id
    (first if sandbox_first else second).close()
    omise.secret_api_key = "skey_test_x"
    with pytest.raises(AssertionError, match="to the network"):
        omise.Customer.create()


def test_what_was_mocked_on_purpose_is_answered_by_the_mock(omise_sandbox: Sandbox) -> None:
    """An answer that was registered for the API's address comes before the sandbox's."""
    with requests_mock.Mocker(real_http=True) as mocker:
        mocker.get(CUSTOMERS, json={"object": "list", "data": [], "total": 0, "limit": 20, "offset": 0})
        assert len(omise.Customer.list()) == 0
        assert omise_sandbox.requests == []

        omise.Customer.create()
    assert len(omise.Customer.list()) == 1


def test_a_session_that_was_mocked_goes_back_to_the_sandbox(omise_sandbox: Sandbox) -> None:
    """A mock of the client's own session leaves its traces on the session, and the sandbox is asked all the same."""
    session: Any = omise.client.default_client.transport.session
    with requests_mock.Mocker(session=session, real_http=True):
        omise.Customer.create()
    omise.Customer.create()

    assert len(omise_sandbox.requests) == 2


def test_adapters_can_be_mounted_inside_and_outlive_the_sandbox() -> None:
    """What an application mounts while a sandbox is there is not lost, and not asked before the sandbox is gone."""
    session = omise.client.default_client.transport.session
    mock = requests_mock.Adapter()
    mock.register_uri("GET", CUSTOMERS, json={"object": "list", "data": []})
    before = {**session.adapters}
    try:
        with Sandbox() as sandbox:
            session.mount("https://api.omise.co", mock)
            omise.Customer.list()
            assert len(sandbox.requests) == 1
        omise.secret_api_key = "skey_test_x"
        assert [*omise.Customer.list()] == []
        assert mock.called
    finally:
        session.adapters = before


# What records and instruments a live pool


@pytest.fixture
def client(server: Misbehaving) -> Iterator[omise.Client]:
    """A client whose pool holds a connection to the server."""
    with omise.Client(secret_api_key="skey_test_x", api_url=server.url) as client:
        client.request("GET", "/before")
        server.received.clear()
        yield client


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # older versions of vcrpy forget to close what they recorded
def test_vcrpy_records_and_replays_over_a_live_pool(server: Misbehaving, client: omise.Client, tmp_path: Any) -> None:
    """A pool that was used before is recorded from, and asked nothing at the replay, nor afterwards spoilt."""
    cassette = str(tmp_path / "live.yaml")
    server.answers = [answer(200, {"object": "thing", "id": f"thing_{number}"}) for number in (1, 2)]
    for mode in ("once", "none"):
        with vcr.VCR(record_mode=mode).use_cassette(cassette):
            assert client.request("GET", "/things", limit=1)["id"] == "thing_1"
            assert client.request("POST", "/things", amount=1)["id"] == "thing_2"
        assert len(server.received) == 2

    assert client.request("GET", "/after")["id"] == "thing_1"
    assert len(server.received) == 3
    gc.collect()


def test_responses_answers_in_place_of_a_live_pool(server: Misbehaving, client: omise.Client) -> None:
    """With its matchers for the query, the body and the headers."""
    with responses.RequestsMock() as mock:
        where, found = f"{server.url}/things", {"object": "thing", "id": "thing_9"}
        key = {"Authorization": "Basic c2tleV90ZXN0X3g6"}
        query, body = matchers.query_param_matcher({"limit": "1"}), matchers.json_params_matcher({"amount": 1})
        mock.get(where, json=found, match=[query, matchers.header_matcher(key)])
        mock.post(where, json=found, match=[body])

        assert client.request("GET", "/things", limit=1)["id"] == "thing_9"
        assert client.request("POST", "/things", amount=1)["id"] == "thing_9"
    assert server.received == []
    assert client.request("GET", "/after")["id"] == "thing_1"


def test_requests_mock_answers_in_place_of_a_live_pool(server: Misbehaving, client: omise.Client) -> None:
    """And sees what would have been sent."""
    with requests_mock.Mocker() as mock:
        mock.post(f"{server.url}/things", json={"object": "thing", "id": "thing_9"})

        assert client.request("POST", "/things", amount=1)["id"] == "thing_9"
        assert mock.last_request.json() == {"amount": 1}
        assert mock.last_request.headers["Content-Type"] == "application/json"
    assert server.received == []


@pytest.mark.parametrize("instrumentor", [RequestsInstrumentor, URLLib3Instrumentor])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_opentelemetry_sees_a_call_as_one_span(
    server: Misbehaving, client: omise.Client, instrumentor: Any, method: str
) -> None:
    """Its parent is the span around the call, and the server is told of it in ``traceparent``."""
    spans, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    instrumentor().instrument(tracer_provider=provider)
    try:
        with provider.get_tracer("shop").start_as_current_span("checkout"):
            client.request(method, "/things")
    finally:
        instrumentor().uninstrument()
    client.request(method, "/things")

    span, checkout = spans.get_finished_spans()
    assert span.parent.span_id == checkout.context.span_id
    traced, untraced = server.received
    assert traced.headers["traceparent"].startswith(f"00-{span.context.trace_id:032x}-{span.context.span_id:016x}-")
    assert "traceparent" not in untraced.headers


def test_hooks_of_the_session_see_requests_and_answers(server: Misbehaving, client: omise.Client) -> None:
    """With what was set on the session beside them: headers, parameters and cookies go out, the key stays."""
    seen: list[Any] = []
    session = client.transport.session
    session.hooks["response"].append(lambda response, **options: seen.append(response))
    session.headers["X-Shop"], session.params = "7", {"trace": "1"}
    session.cookies.set("gate", "open")
    session.auth = ("someone", "else")
    client.request("POST", "/things", amount=1)

    [sent], [response] = server.received, seen
    assert sent.path == "/things?trace=1"
    assert (sent.headers["X-Shop"], sent.headers["Cookie"]) == ("7", "gate=open")
    assert sent.headers["Authorization"] == "Basic c2tleV90ZXN0X3g6"
    assert (response.json()["id"], response.request.method) == ("thing_1", "POST")


SUITE = """
    import pytest, requests, omise

    @pytest.fixture(scope="module")
    def vcr_config():
        return {"record_mode": "none"}

    @pytest.mark.vcr
    @pytest.mark.block_network
    def test_recorded(omise_sandbox):
        assert omise.Customer.create(email="a@b.co").reload().email == "a@b.co"

    @pytest.mark.parametrize("number", range(8))
    def test_each_by_itself(omise_sandbox, number):
        omise.Customer.create()
        assert len(omise.Customer.list()) == 1

    def test_mocked(requests_mock):
        requests_mock.get("https://shop.example/", text="yes")
        assert requests.get("https://shop.example/").text == "yes"

    def test_both(requests_mock, omise_sandbox):
        requests_mock.real_http = True
        omise.Customer.create()
        assert len(omise_sandbox.requests) == 1
"""


@pytest.mark.parametrize("seed", [1])
def test_a_suite_with_other_plugins(pytester: pytest.Pytester, seed: int) -> None:
    """pytest-recording, pytest-randomly and the fixture of requests-mock, in an order drawn by chance."""
    pytester.makepyfile(SUITE)
    result = pytester.runpytest_subprocess(f"--randomly-seed={seed}")

    result.assert_outcomes(passed=11)
