from __future__ import annotations

import errno
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest

from omise.sandbox.app import Application
from omise.sandbox.server import Server, serve

from .conftest import CARD, PUBLIC_KEY, SECRET_KEY


class Connection(http.client.HTTPConnection):
    """
    A kept-alive connection to a server.
    """

    def __init__(self, server: Server) -> None:
        super().__init__(server.host, server.port, timeout=20)

    def call(self, method: str, path: str, body: Any = None, key: str = SECRET_KEY) -> tuple[int, Any]:
        """Status and object of an answer, on the same connection every time."""
        headers = {"Authorization": "Basic " + b64encode(f"{key}:".encode()).decode()}
        headers["Content-Type"] = "application/json"
        self.request(method, path, json.dumps(body) if body is not None else None, headers)
        response = self.getresponse()
        return response.status, json.load(response)


@pytest.fixture
def server(application: Application) -> Iterator[Server]:
    with Server(application) as server:
        yield server


@pytest.fixture
def connection(server: Server) -> Iterator[Connection]:
    connection = Connection(server)
    yield connection
    connection.close()


def raw(server: Server, data: bytes) -> bytes:
    """
    All that a server answers to some bytes.
    """
    with socket.create_connection((server.host, server.port), timeout=20) as client:
        client.sendall(data)
        client.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: client.recv(65536), b""))


def test_both_hosts_are_served_at_one_address(server: Server, connection: Connection) -> None:
    """
    A token made there is attached there.
    """
    status, token = connection.call("POST", "/tokens", {"card": CARD}, key=PUBLIC_KEY)
    assert status == 200
    status, customer = connection.call("POST", "/customers", {"card": token["id"]})

    assert (status, customer["cards"]["total"]) == (200, 1)
    assert re.fullmatch(r"http://127\.0\.0\.1:[0-9]+", server.url)


def test_the_answer_has_the_headers_of_the_api(server: Server) -> None:
    """
    Those of the server itself included.
    """
    answer = raw(server, b"GET /customers HTTP/1.0\r\n\r\n")
    headers = answer.split(b"\r\n\r\n")[0].decode()

    assert headers.startswith("HTTP/1.0 401 Unauthorized\r\n")
    assert {"Date", "Server", "Status", "X-Request-Id", "Content-Length"} <= set(
        re.findall("^([A-Za-z-]+):", headers, re.M)
    )


def test_many_clients_create_and_list_at_once(server: Server) -> None:
    """
    Nothing is lost, nothing comes twice, and every list is consistent in itself.
    """
    faults: list[str] = []

    def work() -> None:
        connection = Connection(server)
        for _ in range(15):
            status, _ = connection.call("POST", "/customers", {})
            listed, page = connection.call("GET", "/customers?limit=100&order=reverse_chronological")
            ids = [record["id"] for record in page["data"]]
            if (
                (status, listed) != (200, 200)
                or ids != sorted(set(ids), reverse=True)
                or len(ids) != min(page["total"], 100)
            ):
                faults.append(str((status, listed, page["total"], len(ids))))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connection = Connection(server)

    assert faults == []
    assert connection.call("GET", "/customers")[1]["total"] == 90
    connection.close()


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET /customers HTTP/1.1\r\nbad header\r\n\r\n", 400),
        (b"POST /customers HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST /customers HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", 413),
        (b"POST /customers HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"POST /customers HTTP/1.1\r\nTransfer-Encoding: strange\r\n\r\n", 501),
        (b"GET /%ff%00 HTTP/1.0\r\n\r\n", 404),
        (b"GET /\xff HTTP/1.0\r\n\r\n", 400),
    ],
)
def test_what_is_no_http_gets_an_api_error(server: Server, data: bytes, status: int) -> None:
    """
    In JSON, with a status that fits, and the server answers the next one.
    """
    head, _, body = raw(server, data).partition(b"\r\n\r\n")

    assert int(head.split()[1]) == status
    assert json.loads(body)["object"] == "error"
    assert raw(server, b"GET /nothing HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.0 404")


def test_a_huge_body_is_read_and_refused(connection: Connection) -> None:
    """
    The client gets to see why, and its connection goes on.
    """
    status, error = connection.call("POST", "/customers", {"description": "x" * (5 << 20)})

    assert (status, error["code"], error["message"]) == (413, "bad_request", "request body is too large")
    assert connection.call("GET", "/customers")[0] == 200


def test_chunked_bodies_are_read(server: Server, connection: Connection) -> None:
    """
    As clients send them that do not know how long they will be.
    """
    key = "Basic " + b64encode(f"{SECRET_KEY}:".encode()).decode()
    connection.request(
        "POST",
        "/customers",
        iter([b'{"email": ', b'"a@example.com"}']),
        {"Authorization": key, "Content-Type": "application/json"},
        encode_chunked=True,
    )

    assert json.load(connection.getresponse())["email"] == "a@example.com"


def test_requests_may_follow_each_other_unasked(server: Server) -> None:
    """
    They are answered in their order, also where they arrive in pieces.
    """
    requests = b"".join(b"GET /nothing/%d HTTP/1.1\r\nHost: a\r\n\r\n" % number for number in range(50))
    with socket.create_connection((server.host, server.port), timeout=20) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for start in range(0, len(requests), 700):
            client.sendall(requests[start : start + 700])
        client.shutdown(socket.SHUT_WR)
        answers = b"".join(iter(lambda: client.recv(65536), b""))

    assert re.findall(rb"GET /nothing/([0-9]+) is", answers) == [b"%d" % number for number in range(50)]


def test_a_client_that_waits_to_be_told_to_go_on_is_told(server: Server) -> None:
    """
    Before its body is there.
    """
    with socket.create_connection((server.host, server.port), timeout=20) as client:
        client.sendall(b"POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        told = client.recv(65536)
        client.sendall(b"{}")
        answer = client.recv(65536)

    assert told == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert answer.startswith(b"HTTP/1.1 404 Not Found\r\n")


def test_connections_that_are_silent_are_in_nobodys_way(server: Server) -> None:
    """
    Nor are clients that leave in the middle of a request.
    """
    silent = [socket.create_connection((server.host, server.port), timeout=20) for _ in range(50)]
    for gone in silent[:25]:
        gone.sendall(b"POST /customers HTTP/1.1\r\nContent-Length: 10\r\n\r\n{")
        gone.close()

    assert raw(server, b"GET /nothing HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.0 404")
    server.stop()
    assert [kept.recv(1) for kept in silent[25:]] == [b""] * 25
    for kept in silent[25:]:
        kept.close()


def test_a_connection_more_than_there_may_be_waits(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Until another one is closed.
    """
    monkeypatch.setattr(server._waitress.adj, "connection_limit", 4)
    clients = [socket.create_connection((server.host, server.port), timeout=20) for _ in range(3)]
    for client in clients:
        client.sendall(b"GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n")
    kept = [client for client in clients[:2] if client.recv(65536)]
    clients[2].settimeout(0.2)
    with pytest.raises(TimeoutError):
        clients[2].recv(65536)
    kept[0].close()
    clients[2].settimeout(20)

    assert clients[2].recv(65536).startswith(b"HTTP/1.1 404")
    for client in clients:
        client.close()


def test_a_port_in_use_is_told(server: Server) -> None:
    """
    With the address in the message, and the number of the error kept.
    """
    second = Server(Application(), port=server.port)
    with pytest.raises(
        OSError, match=f"cannot listen on 127.0.0.1 port {server.port}: Address already in use"
    ) as refused:
        second.start()

    assert refused.value.errno == errno.EADDRINUSE
    second.stop()


def test_a_host_that_is_not_here_is_told() -> None:
    """
    A name that nobody knows, too.
    """
    with pytest.raises(OSError, match=r"cannot listen on 192\.0\.2\.1 port 0: "):
        Server(Application(), "192.0.2.1").start()
    with pytest.raises(OSError, match="cannot listen on no such host port 0: "):
        Server(Application(), "no such host").start()


def test_stopping_is_clean_and_starting_again_works(application: Application) -> None:
    """
    Threads and connections are gone, the port is free, and the state is still there.
    """
    before = set(threading.enumerate())
    server = Server(application)
    with server:
        connection = Connection(server)
        connection.call("POST", "/customers", {})
        port = server.port
    with pytest.raises((http.client.HTTPException, OSError)):
        connection.call("GET", "/customers")
    connection.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
    server.stop()

    assert {thread for thread in threading.enumerate() if thread.is_alive()} <= before
    with server:
        connection = Connection(server)
        assert server.port == port
        assert connection.call("GET", "/customers")[1]["total"] == 1
        connection.close()


def test_a_running_request_is_finished_before_the_server_stops(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Its client gets the answer.
    """
    entered, leave = threading.Event(), threading.Event()
    now_ms = application.clock.now_ms

    def slow() -> int:
        entered.set()
        leave.wait(10)
        return now_ms()

    monkeypatch.setattr(application.clock, "now_ms", slow)
    server = Server(application).start()
    answers: list[tuple[int, Any]] = []
    connection = Connection(server)
    client = threading.Thread(target=lambda: answers.append(connection.call("GET", "/customers")))
    client.start()
    assert entered.wait(10)
    stopping = threading.Thread(target=server.stop)
    stopping.start()
    leave.set()
    stopping.join(10)
    client.join(10)
    connection.close()

    assert [status for status, _ in answers] == [200]


def has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
def test_ipv6_is_served() -> None:
    """
    The URL has the address in brackets.
    """
    with Server(Application(), "::1") as server:
        assert server.url == f"http://[::1]:{server.port}"
        assert raw(server, b"GET /nothing HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.0 404")


@pytest.mark.parametrize(("host", "reached"), [("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("10.0.0.7", "10.0.0.7")])
def test_the_address_is_one_to_send_requests_to(host: str, reached: str) -> None:
    """
    Also where it listens on all of them: a client sends no key to 0.0.0.0.
    """
    assert repr(Server(Application(), host, 4010)) == f"<Server http://{reached}:4010>"


SCRIPT = """
import sys
from omise.sandbox.app import Application
from omise.sandbox.server import serve
serve(Application(), "127.0.0.1", 0, lambda url: print(url, flush=True))
print("stopped", flush=True)
"""


def test_serve_runs_until_it_is_interrupted() -> None:
    """
    It says where it listens, answers, and ends without a trace when Ctrl-C is pressed.
    """
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ}
    )
    with process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=20)
        connection.request("GET", "/customers")
        status = connection.getresponse().status
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=20)
        connection.close()

    assert status == 401
    assert (process.returncode, output, errors) == (0, "stopped\n", "")


def test_serve_reports_a_port_in_use(server: Server) -> None:
    """
    Before anybody is told that it is ready.
    """
    ready: list[str] = []
    with pytest.raises(OSError, match="Address already in use"):
        serve(Application(), "127.0.0.1", server.port, ready.append)

    assert ready == []


def test_serve_leaves_nothing_behind_when_it_fails() -> None:
    """
    What goes wrong while it is announced reaches the caller, and the port is free again.
    """
    urls: list[str] = []

    def fail(url: str) -> None:
        urls.append(url)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        serve(Application(), "127.0.0.1", 0, fail)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(urls[0].rpartition(":")[2])))
