"""The connections: kept, not trusted with a write when idle, never shared between processes."""

import os
import socket
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter

from omise.client import Client
from omise.errors import APIConnectionError, ConfigurationError
from omise.records.options import Options
from omise.wire import pooling
from omise.wire.deadlines import Deadline
from omise.wire.pooling import PoolAdapter, Session, attempt

from .. import misbehaving
from ..misbehaving import Misbehaving

KEY = "skey_test_5xuy4w91xqz7d1w9u0t"


@pytest.fixture
def client(server: Misbehaving) -> Iterator[Client]:
    """A client of the server."""
    with Client(secret_api_key=KEY, api_url=server.url, timeout=5) as client:
        yield client


def test_one_connection_carries_many_requests(server: Misbehaving, client: Client) -> None:
    """Reads and writes share a connection that is kept alive."""
    for method in ("GET", "POST", "PATCH", "DELETE") * 5:
        client.call(method, "/things")

    assert [sent.connection for sent in server.received] == [1] * 20


def test_an_idle_connection_is_not_trusted_with_a_write(
    server: Misbehaving, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server may be closing it at this moment; a read can be repeated then, a write cannot."""
    now = [1000.0]
    monkeypatch.setattr("omise.wire.pooling.time.monotonic", lambda: now[0])
    for method, idle in [
        ("GET", 0),
        ("GET", 99),
        ("POST", 3.9),
        ("POST", 4.1),
        ("PATCH", 4.1),
        ("DELETE", 99),
        ("GET", 1),
    ]:
        now[0] += idle
        client.call(method, "/things")

    assert [sent.connection for sent in server.received] == [1, 1, 1, 2, 3, 3, 3]


def test_a_connection_that_the_server_closed_is_not_used(client: Client, server: Misbehaving) -> None:
    """A write goes out on a new connection if the old one is found dead before, and is sent once."""
    server.answers = [misbehaving.ok_then_hang_up]
    client.call("GET", "/things")
    assert server.wait_until_closed()

    client.call("POST", "/things")

    assert [(sent.method, sent.connection) for sent in server.received] == [("GET", 1), ("POST", 2)]


def test_threads_share_the_pool(server: Misbehaving, client: Client) -> None:
    """Many threads at once: every answer reaches its own thread, over no more connections than threads."""

    def echo(connection: misbehaving.Connection) -> bool:
        return misbehaving.answer(200, {"object": "thing", "path": server_received(connection)})(connection)

    def server_received(connection: misbehaving.Connection) -> str:
        return next(sent.path for sent in reversed(server.received) if sent.connection == connection.number)

    server.answers = [echo] * 200
    paths = [f"/things/{number}" for number in range(200)]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda path: client.call("GET", path)["path"], paths))

    assert answers == paths
    assert server.connections <= 8


def test_a_thread_that_is_sending_does_not_disturb_another(client: Client) -> None:
    """What is known of a request is known to its own thread only."""
    attempt.connected, attempt.is_write = True, True
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(lambda: (attempt.connected, attempt.is_write)).result() == (None, False)


def in_child(work: object) -> int:
    """Run *work* in a forked child, and return its exit status: 0 if it returned."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking with threads, which is the point
        child = os.fork()
    if child == 0:
        status = 1
        try:
            work()  # type: ignore[operator]
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_child_process_has_connections_of_its_own(server: Misbehaving, client: Client) -> None:
    """After a fork neither process sends on, nor closes, what the other one uses."""
    client.call("GET", "/before")

    def work() -> None:
        client.call("POST", "/child")
        client.call("POST", "/child")
        client.close()

    assert in_child(work) == 0
    client.call("GET", "/after")

    assert [(sent.path, sent.connection) for sent in server.received] == [
        ("/before", 1),
        ("/child", 2),
        ("/child", 2),
        ("/after", 1),
    ]


@pytest.mark.usefixtures("unlogged")
def test_a_fork_while_other_threads_send_leaves_the_child_able_to(server: Misbehaving, client: Client) -> None:
    """No lock that another thread held at the fork is waited for in the child."""
    with ThreadPoolExecutor(4) as threads:
        busy = [threads.submit(client.call, "GET", "/busy") for _ in range(200)]
        children = [in_child(lambda: client.call("GET", "/child")) for _ in range(5)]
        assert all(future.result() for future in busy)

    assert children == [0] * 5
    assert len([sent for sent in server.received if sent.path == "/child"]) == 5


def test_the_pools_are_made_anew_in_another_process(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The adapter notices by the number of the process; what was set on the session stays."""
    client.transport.session.verify = "/etc/ssl/company.pem"
    adapter = client.transport.session.get_adapter("https://api.omise.co")
    assert isinstance(adapter, PoolAdapter)
    before, proxies = adapter.poolmanager, adapter.proxy_manager
    monkeypatch.setattr("omise.wire.pooling.os.getpid", lambda: -1)

    client.call("GET", "/things")
    after = adapter.poolmanager
    client.call("GET", "/things")

    assert after is not before
    assert adapter.poolmanager is after
    assert adapter.proxy_manager is not proxies
    assert client.transport.session.verify == "/etc/ssl/company.pem"


def test_closing_gives_every_connection_back(server: Misbehaving, client: Client) -> None:
    """No file descriptor is left, however many connections there were."""
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: client.call("GET", "/things"), range(40)))
    assert server.open

    client.close()

    assert server.wait_until_closed()


def test_the_proxy_manager_makes_careful_pools_too() -> None:
    """What is known of a request is known through a proxy as well."""
    adapter = PoolAdapter()

    manager = adapter.proxy_manager_for("http://proxy.example:3128")

    assert manager.pool_classes_by_scheme["https"] is pooling._CarefulHTTPSPool
    assert manager is adapter.proxy_manager_for("http://proxy.example:3128")


def test_cookies_are_not_kept(server: Misbehaving, client: Client) -> None:
    """What a gateway sets is not sent back: one account's requests do not depend on each other."""
    server.answers = [misbehaving.answer(200, {}, Set_Cookie="session=1; Path=/")] * 2
    client.call("GET", "/things")
    client.call("GET", "/things")

    assert "Cookie" not in server.received[1].headers


def test_what_mocks_requests_keeps_working(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Test libraries replace `HTTPAdapter.send` or `Session.get_adapter`; both are asked, and nothing is sent."""
    seen = []

    def send(self: object, request: requests.PreparedRequest, **_: object) -> requests.Response:
        seen.append(request.method)
        response = requests.Response()
        response.status_code, response._content = 200, b'{"object": "mocked"}'
        return response

    with monkeypatch.context() as patch:
        patch.setattr(requests.adapters.HTTPAdapter, "send", send)
        assert client.call("POST", "/things")["object"] == "mocked"
    with monkeypatch.context() as patch:
        patch.setattr(requests.Session, "get_adapter", lambda self, url: type("Mock", (), {"send": send})())
        assert client.call("PATCH", "/things")["object"] == "mocked"

    assert seen == ["POST", "PATCH"]


def test_an_adapter_takes_precedence_over_what_is_mounted() -> None:
    """A sandbox gets everything, also where the application mounted an adapter for the API's host."""
    session, mounted, sandbox = Session(), PoolAdapter(), PoolAdapter()
    session.mount("https://api.omise.co", mounted)
    assert session.get_adapter("https://api.omise.co/account") is mounted

    session.adapter = sandbox
    assert session.get_adapter("https://api.omise.co/account") is sandbox

    session.adapter = None
    assert session.get_adapter("https://api.omise.co/account") is mounted


def test_names_are_looked_up_for_each_connection(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pool does not hold on to an address: a new connection asks for it again."""
    asked = []
    lookup = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **named: asked.append(args[0]) or lookup(*args, **named))
    client.call("GET", "/things")
    client.close()
    client.call("GET", "/things")

    assert asked == ["127.0.0.1"] * 2


def test_what_is_worked_out_for_a_pool_is_worked_out_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second request looks neither for the pool nor for its certificates; after `close` both are made anew."""
    looked = []
    for name in ("get_connection_with_tls_context", "cert_verify"):
        real = getattr(HTTPAdapter, name)
        monkeypatch.setattr(
            HTTPAdapter, name, lambda *args, real=real, name=name, **named: looked.append(name) or real(*args, **named)
        )
    client.call("GET", "/things")
    client.call("POST", "/things")
    assert looked == ["get_connection_with_tls_context", "cert_verify"]

    client.close()
    client.call("GET", "/things")
    assert len(looked) == 4


def test_each_way_to_a_host_has_its_own_pool() -> None:
    """Other certificates, another proxy or another port are never served by a connection of before."""
    adapter = PoolAdapter()
    request = requests.Request("GET", "https://api.omise.co/account").prepare()
    other = requests.Request("GET", "https://api.omise.co:444/account").prepare()
    proxy = {"https": "http://proxy.example:3128"}
    ways: list[Any] = [(request, True, {}), (request, False, {}), (request, True, proxy), (other, True, {})]

    pools = [adapter.get_connection_with_tls_context(*way) for way in ways]
    again = [adapter.get_connection_with_tls_context(*way) for way in ways]

    assert len({*map(id, pools)}) == 4
    assert [*map(id, again)] == [*map(id, pools)]


def test_few_pools_are_kept() -> None:
    """Who asks a thousand hosts does not keep a thousand pools."""
    adapter = PoolAdapter()
    for port in range(1, 100):
        asked = requests.Request("GET", f"https://api.omise.co:{port}/").prepare()
        adapter.get_connection_with_tls_context(asked, True, {}, None)

    assert len(adapter._pools) <= pooling.MOST_POOLS


class Old(HTTPAdapter):
    """An adapter of an application."""


def test_an_adapter_of_the_application_keeps_to_the_limits(server: Misbehaving) -> None:
    """Which a client has whatever its requests go through; the deadline cuts the wait short."""
    client = Client(secret_api_key=KEY, api_url=server.url, requests_per_second=1)
    client.transport.session.mount("http://", Old())
    client.call("GET", "/things")
    with pytest.raises(APIConnectionError, match="it would have to wait"):
        client.call("GET", "/things", options=Options(deadline=Deadline.of(0.2)))

    assert len(server.received) == 1


def test_an_adapter_of_the_application_lets_no_live_key_out_of_a_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """The host is not even looked for; other sessions may use the adapter as ever."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *args, **options: pytest.fail(f"{host} was looked for"))
    client, adapter = Client(secret_api_key="skey_5example00000pooling"), Old()
    client.transport.session.mount("https://", adapter)
    with pytest.raises(ConfigurationError, match="under pytest"):
        client.call("GET", "/things")

    with Misbehaving() as other, requests.Session() as session:
        session.mount("http://", adapter)
        monkeypatch.undo()
        assert session.get(other.url).status_code == 200
