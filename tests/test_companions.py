"""The sandbox in the process beside the libraries that others mock and record requests with, in one process."""

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

import pytest
import requests_mock
import responses
import vcr

import omise
from omise.sandbox import Sandbox

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
