"""A response that is made of what came back when somebody asks."""

from __future__ import annotations

import gzip
import io
import pickle
from typing import Any

import pytest
import requests
from urllib3 import HTTPResponse

from omise.client import Client
from omise.wire.pooling import Session
from omise.wire.reading import LazyResponse

from ..misbehaving import Misbehaving, answer, cut_short

JSON = b'{"object": "thing", "id": "thing_1"}'
PARTS = ("status_code", "reason", "url", "encoding", "ok", "is_redirect", "history", "next", "text", "links")


def test_it_says_what_a_response_of_requests_says(server: Misbehaving) -> None:
    """Whoever hooks into requests finds everything in its place."""
    server.answers = [answer(203, JSON, Content_Type="application/json; charset=latin-1", Set_Cookie="a=b")] * 2
    lazy, plain = Session().get(f"{server.url}/x?y=1"), requests.get(f"{server.url}/x?y=1", timeout=5)

    assert type(lazy) is LazyResponse
    assert [getattr(lazy, name) for name in PARTS] == [getattr(plain, name) for name in PARTS]
    assert (lazy.headers, lazy.json(), lazy.content) == (plain.headers, plain.json(), plain.content)
    assert lazy.cookies.items() == plain.cookies.items() == [("a", "b")]
    assert lazy.elapsed.total_seconds() > 0
    assert {*lazy.__attrs__} <= {*vars(pickle.loads(pickle.dumps(lazy)))}


def test_it_can_be_streamed(server: Misbehaving) -> None:
    """Who asks the session for a stream gets one."""
    server.answers = [answer(200, b"12345")]
    response = Session().get(server.url, stream=True)

    assert [*response.iter_content(2)] == [b"12", b"34", b"5"]
    with pytest.raises(RuntimeError, match="already consumed"):
        _ = response.content


def chunked(connection: Any) -> bool:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    connection.request.sendall(head + b"".join(b"%x\r\n%s\r\n" % (1, JSON[at : at + 1]) for at in range(len(JSON))))
    connection.request.sendall(b"0\r\n\r\n")
    return True


@pytest.mark.parametrize(
    "written",
    [answer(200, JSON), answer(200, gzip.compress(JSON), Content_Encoding="gzip"), chunked],
    ids=["length", "gzip", "chunks"],
)
def test_however_a_body_is_written_the_connection_stays(server: Misbehaving, written: Any) -> None:
    """It is read to its end, and the next request goes over the same connection."""
    server.answers = [written]
    with Client(secret_api_key="skey_test_x", api_url=server.url) as client:
        assert client.call("GET", "/things")["id"] == "thing_1"
        client.call("GET", "/things")

    assert [sent.connection for sent in server.received] == [1, 1]


@pytest.mark.parametrize(
    ("body", "header", "kind"),
    [
        (b"no gzip", {"Content-Encoding": "gzip"}, requests.exceptions.ContentDecodingError),
        (b"12", {"Content-Length": "5"}, requests.exceptions.ChunkedEncodingError),
    ],
)
def test_what_goes_wrong_is_what_requests_says(body: bytes, header: dict[str, str], kind: type[Exception]) -> None:
    """The exceptions are those of requests."""
    raw = HTTPResponse(io.BytesIO(body), header, 200, preload_content=False)

    with pytest.raises(kind):
        _ = LazyResponse(requests.PreparedRequest(), raw, None).content


def test_a_body_that_is_cut_short_is_no_body(server: Misbehaving) -> None:
    """The rest was promised."""
    server.answers = [cut_short]

    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        Session().get(server.url)
