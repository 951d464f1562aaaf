"""What every test of this suite stands on: no settings but its own, and no network but this machine."""

import logging
import os
import re
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import omise
from omise.checks import is_loopback
from omise.client import default_client
from omise.sandbox import Application, Server
from omise.testing import recorder

from .misbehaving import Misbehaving
from .stubs import settle, throw_away_classes

pytest_plugins = ["pytester"]

# The same examples every time, so that a red build is red again; `make fuzz` looks at many others.
settings.register_profile("usual", derandomize=True, deadline=None)
settings.register_profile("fuzz", max_examples=500, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))

# A shell has what it starts in the background ignore Ctrl-C, and so would the servers that are stopped by it here.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

CASSETTES = Path(__file__).parent.parent / "cassettes"
ACCOUNT = (os.environ.get("OMISE_SECRET_KEY"), os.environ.get("OMISE_PUBLIC_KEY"))
"""The keys of a test account to record from, if there are any."""

SECRET, PUBLIC, CHAIN = (
    "skey_test_5xuy4w91xqz7d1w9u0t",
    "pkey_test_5xuy4w91xqz7d1w9u0u",
    "ckey_test_5xuy4w91xqz7d1w9u0v",
)
"""Keys as the API gives them, of nobody."""


@pytest.fixture
def unlogged() -> Iterator[None]:
    """No line of a log is on its way to a file while a process forks: the child would wait for it for ever."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let ``--record`` switch recording on."""
    parser.addoption("--record", action="store_true", help="record the cassettes anew")


def pytest_collection_finish() -> None:
    """Have the garbage collector pass over what was collected: ten thousand tests, which stay until the end."""
    settle()


@pytest.fixture(autouse=True)
def clean_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No setting from the environment or from another test, nor what one left on the session: mocks leave traces."""
    for name in [name for name in os.environ if name.startswith("OMISE_")]:
        monkeypatch.delenv(name)
    with default_client.replaced(None):
        yield
    default_client.close()
    vars(default_client.transport).pop("_sender", None)


@pytest.fixture(autouse=True)
def clean_classes() -> Iterator[None]:
    """Resource classes that are declared in a test are gone after it."""
    with throw_away_classes():
        yield


@pytest.fixture(autouse=True)
def clean_logs() -> Iterator[None]:
    """What one test has logged, as the documentation does, the next is not to keep."""
    loggers = [logging.getLogger(name) for name in (None, "omise")]
    before = [(log.level, [*log.handlers]) for log in loggers]
    yield
    for log, (level, handlers) in zip(loggers, before, strict=True):
        log.setLevel(level)
        for handler in {*log.handlers} - {*handlers}:
            log.removeHandler(handler)


@pytest.fixture(autouse=True)
def loopback_only(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No connection to another machine: a test that needs one is wrong."""
    if request.config.getoption("--record") and all(ACCOUNT):
        return
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not is_loopback(address[0]):
            raise AssertionError(f"a test tried to connect to {address[0]}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    """A server that says yes until it is told otherwise."""
    with Misbehaving() as server:
        yield server


@pytest.fixture
def sandbox_server() -> Iterator[Server]:
    """A sandbox over real HTTP, on a port of its own, which the default client uses."""
    with Server(Application()) as server:
        omise.api_url = omise.vault_url = omise.checkout_url = server.url
        omise.secret_api_key = "skey_test_over_http"
        omise.public_api_key = "pkey_test_over_http"
        yield server


@pytest.fixture
def cassette(request: pytest.FixtureRequest) -> Iterator[None]:
    """
    The recording of this test, in a folder for its module.

    With ``--record`` it is made anew: from the test account whose keys are in the environment, else from a sandbox.
    """
    module = request.node.path.stem
    path = CASSETTES / module / f"{request.node.name}.yaml"
    omise.secret_api_key, omise.public_api_key = "skey_test_5example00000replay", "pkey_test_5example00000replay"
    if not request.config.getoption("--record"):
        with recorder().use_cassette(str(path)) as recording:
            yield
        assert recording.all_played, f"{path.name} holds more than the test asks for"
        return

    path.unlink(missing_ok=True)
    if all(ACCOUNT):
        assert all(re.match("[sp]key_test_", str(key)) for key in ACCOUNT), "only a test account is recorded from"
        omise.secret_api_key, omise.public_api_key = ACCOUNT
        with recorder(record_mode="all").use_cassette(str(path)):
            yield
    else:
        server = request.getfixturevalue("sandbox_server")
        with recorder(record_mode="all", sandbox_url=server.url).use_cassette(str(path)):
            yield
