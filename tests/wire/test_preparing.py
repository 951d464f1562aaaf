"""A request made ready by hand is what requests would make of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

from omise.wire.pooling import Session
from omise.wire.preparing import MOST_KEPT, Headers, Prepared, Preparer, models
from omise.wire.request import Request

BASE, KEY = "https://api.omise.co", "skey_test_5xuy4w91xqz7d1w9u0t"
PARAMS: list[dict[str, Any]] = [
    {},
    {"amount": 100_00, "card": None, "capture": False, "metadata": {}},
    {"a b": "c&d=e", "q": "100%", "tilde": "~._-", "plus": "+", "hash": "#", "slash": "/?:@!$'()*,;"},
    {"ชื่อ": "ร้านกาแฟ ☕ 😀", "nested": {"deep": [1, {"x": [True, None]}]}, "empty": ""},
    {"line": 'a\r\nb\t\\"', "float": 1.5, "list": [], "big": 10**30},
]


def ready(session: requests.Session, request: Request) -> requests.PreparedRequest:
    return Preparer(session).prepare(request, "OmisePython/1 Python/3", "2019-05-29")


def facts(prepared: requests.PreparedRequest) -> dict[str, Any]:
    """What goes out of a request."""
    headers = dict(prepared.headers.items())
    return {"method": prepared.method, "url": prepared.url, "body": prepared.body, "headers": headers}


@pytest.mark.parametrize("params", PARAMS, ids=["none", "usual", "signs", "alphabets", "odd"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "base", [BASE, "https://API.Omise.co:443/v1/./x", "http://127.0.0.1:4010", "http://[::1]:1/a~b"]
)
@pytest.mark.parametrize("key", [None, "order 7"])
def test_it_is_what_requests_makes(method: str, base: str, key: str | None, params: dict[str, Any]) -> None:
    """Method, address, body and headers of every verb, with odd parameters, addresses and a header of one call."""
    request = Request(method, base, "/charges/chrg_1-2.x", KEY, params, idempotency_key=key)
    session = Session()

    by_hand = ready(session, request)
    session.auth = ("someone", "else")  # anything unusual has requests make it
    by_requests = ready(session, request)

    assert (type(by_hand), type(by_requests)) == (Prepared, requests.PreparedRequest)
    assert facts(by_hand) == facts(by_requests)
    assert facts(by_hand.copy()) == facts(by_requests)


SETTINGS: dict[str, Callable[[requests.Session], object]] = {
    "header": lambda session: session.headers.update({"X-Shop": "7", "accept": "text/html"}),
    "header taken away": lambda session: session.headers.update({"Accept-Encoding": None}),  # type: ignore[dict-item]
    "plain dict": lambda session: setattr(session, "headers", {"X-Shop": "8"}),
    "params": lambda session: setattr(session, "params", {"trace": "1"}),
    "cookies": lambda session: session.cookies.set("gate", "open"),
    "hooks": lambda session: session.hooks["response"].append(print),
    "auth": lambda session: setattr(session, "auth", ("someone", "else")),
}


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_set_on_the_session_holds_from_then_on(setting: str, method: str) -> None:
    """Headers, parameters, cookies and hooks are in the next request, as requests puts them there; the key stays."""
    session, request = Session(), Request(method, BASE, "/charges", KEY, {"amount": 1})
    preparer = Preparer(session)
    before = preparer.prepare(request, "agent", None)
    SETTINGS[setting](session)

    prepared = preparer.prepare(request, "agent", None)

    query, data = ("?amount=1", None) if method == "GET" else ("", '{"amount": 1}')
    headers = {"User-Agent": "agent"} | ({"Content-Type": "application/json"} if data else {})
    raw = requests.Request(method, f"{BASE}/charges{query}", headers, data=data, auth=(KEY, ""))
    model = session.prepare_request(raw)
    assert facts(prepared) == facts(model)
    assert prepared.hooks == model.hooks
    assert prepared.headers["Authorization"] == before.headers["Authorization"]


def test_each_key_has_its_own_authorization_and_few_are_kept() -> None:
    """A platform's calls with thousands of keys do not mix them up, nor fill the memory."""
    preparer = Preparer(Session())
    for number in [*range(3 * MOST_KEPT), 0]:
        request = Request("GET", BASE, "/account", f"skey_test_{number}")
        model = requests.Request("GET", BASE, auth=(request.key, "")).prepare()

        prepared = preparer.prepare(request, "agent", None)

        assert prepared.headers["Authorization"] == model.headers["Authorization"]
        assert len(preparer._authorizations) <= MOST_KEPT


def test_what_addresses_have_in_common_is_kept_for_few() -> None:
    """And found anew where it is not, or where a session has other headers."""
    for number in [*range(3 * MOST_KEPT), 0]:
        base = f"https://{number}.example"
        for shop in ("a", "b"):
            session = Session()
            session.headers["X-Shop"] = shop

            prepared = Preparer(session).prepare(Request("GET", base, "/account", KEY), "agent", None)

            assert (prepared.url, prepared.headers["X-Shop"]) == (f"{base}/account", shop)
        assert len(models) <= MOST_KEPT


def test_two_requests_share_no_headers() -> None:
    """What is added to one of them, such as the mark of a trace, is not in the next."""
    preparer = Preparer(Session())
    first = preparer.prepare(Request("GET", BASE, "/account", KEY), "agent", None)
    first.headers["traceparent"] = "00-1"

    assert "traceparent" not in preparer.prepare(Request("GET", BASE, "/account", KEY), "agent", None).headers


def test_its_headers_are_those_of_requests_to_all_who_ask() -> None:
    """Names are found in any case, can be changed and taken away, and keep their spelling."""
    headers = Headers({"accept": ("Accept", "a")})
    headers["X-Shop"] = "1"
    twin = headers.copy()
    twin["x-SHOP"] = "2"
    del twin["ACCEPT"]

    assert (headers["ACCEPT"], "x-shop" in headers, len(headers)) == ("a", True, 2)
    assert (list(headers), list(headers.keys())) == (["Accept", "X-Shop"], ["Accept", "X-Shop"])
    assert list(headers.items()) == [("Accept", "a"), ("X-Shop", "1")]
    assert headers == {"accept": "a", "x-shop": "1"}
    assert dict(twin) == {"x-SHOP": "2"}
    assert isinstance(twin, Headers)
