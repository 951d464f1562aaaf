from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from functools import reduce
from typing import Any

import pytest

from omise.sandbox.app import Application
from omise.sandbox.http.routing import Route
from omise.sandbox.http.takes import Takes, unknown
from omise.sandbox.resources import load
from omise.sandbox.rules.validation import text

from ..conftest import CARD, PUBLIC_KEY, SECRET_KEY, Caller

KEYS = {"secret": SECRET_KEY, "public": PUBLIC_KEY, "app": "akey_test_app"}
PLACEHOLDER = re.compile(r"<[^>]*>")
TAKES: Takes = {"amount": text, "card": {"name": text, "number": text}, "items": {"sku": text}}

ALL = {f"{route.method} {route.path}": route for route in load()}
OF_THE_API = {name: route for name, route in ALL.items() if route.keys}


def names(takes: Takes) -> Iterator[tuple[str, ...]]:
    """Every parameter that is taken, as the way to it: ``("card", "name")``."""
    for name, rule in takes.items():
        yield (name,)
        if isinstance(rule, Mapping):
            yield from ((name, *rest) for rest in names(rule))


def params(way: tuple[str, ...], value: Any = "x") -> Any:
    """The parameters that hold *value* at the end of that way."""
    return reduce(lambda inner, name: {name: inner}, reversed(way), value)


def spelt(way: tuple[str, ...]) -> str:
    """``card[name]``, as forms write it."""
    return way[0] + "".join(f"[{name}]" for name in way[1:])


def misspelt(way: tuple[str, ...]) -> tuple[str, ...]:
    """The same with the last letter twice."""
    return (*way[:-1], way[-1] + way[-1][-1])


def problem(way: tuple[str, ...]) -> str:
    """What a misspelling is answered with."""
    return f"{spelt(misspelt(way))} is not a known parameter (did you mean {spelt(way)}?)"


def test_every_route_says_what_it_takes() -> None:
    """
    A route of the API without a declaration would take anything; payers' pages do, whose addresses others build.
    """
    assert {name for name, route in ALL.items() if route.takes is None} == ALL.keys() - OF_THE_API.keys()


@pytest.mark.parametrize("name", OF_THE_API)
def test_what_a_route_declares_is_known_and_a_misspelling_is_not(name: str) -> None:
    """
    Each parameter, at any depth, and its misspelling, which is named beside the right one.
    """
    route = OF_THE_API[name]
    assert route.takes is not None
    ways = list(names(route.takes))

    assert [way for way in ways if route.unknown(params(way))] == []
    assert [route.unknown(params(misspelt(way))) for way in ways] == [[problem(way)] for way in ways]


def path_of(route: Route) -> str:
    return PLACEHOLDER.sub("nothing", route.path)


@pytest.mark.parametrize("name", OF_THE_API)
def test_every_route_refuses_what_it_does_not_know(api: Caller, name: str) -> None:
    """
    Before it looks for what its path names, and with every unknown parameter in one sentence.
    """
    route = OF_THE_API[name]
    given = {"wurlitzer": 1, "zeppelin": 2}
    options = {"query_string": given} if route.method == "GET" else {"json": given}
    told = "wurlitzer is not a known parameter and zeppelin is not a known parameter"

    assert api.refused(route.method, path_of(route), key=KEYS[route.keys[0]], **options) == (400, "bad_request", told)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"amuont": 1}, ["amuont is not a known parameter (did you mean amount?)"]),
        ({"card": {"nam": 1}}, ["card[nam] is not a known parameter (did you mean card[name]?)"]),
        (
            {"items": [{"sku": 1}, {"skuu": 1}, {"skuu": 1}]},
            ["items[skuu] is not a known parameter (did you mean items[sku]?)"],
        ),
        ({"colour": 1}, ["colour is not a known parameter"]),
        ({"card": "tokn_test_1", "amount": {"card": 1}, "items": None}, []),
        ({"AMOUNT": 1}, ["AMOUNT is not a known parameter"]),
        ({"{\"a\": 1}": 1}, ["[redacted] is not a known parameter"]),
        ({"skey_test_5example000000000": 1}, ["skey_test_[redacted] is not a known parameter"]),
    ],
)  # fmt: skip
def test_what_is_unknown(given: Any, told: list[str]) -> None:
    """
    Names are compared at their own depth; a value that should be an object is left to the rules; no secret is told.
    """
    assert unknown(given, TAKES) == told


def test_json_that_came_as_a_form_is_not_quoted(api: Caller) -> None:
    """
    There the name of the only parameter is the whole body, with all that is secret in it.
    """
    body = '{"card": {"number": "4242424242424241", "security_code": "987"}}'
    answer = api.send("POST", "/tokens", data={body: ""}, key=PUBLIC_KEY)

    assert answer.status_code == 400
    assert "987" not in answer.text
    assert "42424" not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "given", "near"),
    [
        ("POST", "/charges", {"amount": 100_000, "currency": "thb", "captur": False}, "capture"),
        ("POST", "/charges", {"amount": 100_000, "currency": "thb", "source": {"typ": "promptpay"}}, "source[type]"),
        ("POST", "/transfers", {"amount": 5_000, "recipent": "recp_test_1"}, "recipient"),
        ("GET", "/charges?limt=1", None, "limit"),
        ("GET", "/account?expnd=true", None, "expand"),
    ],
)
def test_nothing_is_done_where_something_is_unknown(
    api: Caller, method: str, path: str, given: dict[str, Any] | None, near: str
) -> None:
    """
    No token is spent, no charge is made, nothing is shown.
    """
    token = api.token()
    before = api.snapshot()
    if path == "/charges" and given and "source" not in given:
        given = given | {"card": token}
    status, code, message = api.refused(method, path, given)

    assert (status, code) == (400, "bad_request")
    assert message.endswith(f"is not a known parameter (did you mean {near}?)")
    assert api.snapshot() == before


def test_a_key_is_looked_at_first(api: Caller) -> None:
    """
    Who has no good key learns nothing else.
    """
    assert api.refused("GET", "/charges?limt=1", key="skey_test_please_let_me_in")[:2] == (
        401,
        "authentication_failure",
    )


@pytest.mark.parametrize(
    ("method", "path", "given"),
    [
        ("PATCH", "/transfers/{transfer}", {"success": True, "failure_code": "x", "failure_message": "x"}),
        ("POST", "/transfers", {"amount": 5_000, "idemp_key": "1", "split_transfer": False, "fail_fast": True}),
        ("POST", "/recipients", {"name": "A", "type": "individual",
                                 "bank_account": {"brand": "test", "number": "12345", "name": "A", "type": "normal"}}),
        ("GET", "/charges?expand=true&limit=1&order=chronological&from=2020-01-01&to=2030-01-01&offset=0", None),
    ],
)  # fmt: skip
def test_what_the_api_documents_is_taken(api: Caller, method: str, path: str, given: Any) -> None:
    """
    Whether or not anything comes of it here.
    """
    api.fund(100_000)
    transfer = api.ok("POST", "/transfers", {"amount": 6_000})["id"]

    assert api.send(method, path.format(transfer=transfer), given).status_code == 200


def test_a_wallets_token_takes_what_is_documented_of_wallets(api: Caller) -> None:
    """
    Of what it says, the merchant's id and the brand change nothing.
    """
    wallet = {"method": "googlepay", "data": "{}", "merchant_id": "m", "brand": "visa", "billing_name": "A"}

    assert api.ok("POST", "/tokens", {"tokenization": wallet}, key=PUBLIC_KEY)["card"]["name"] == "A"


def test_pages_ignore_what_they_do_not_know(api: Caller) -> None:
    """
    Browsers and trackers add to addresses as they like.
    """
    link = api.ok("POST", "/links", {"amount": 100_000, "currency": "thb", "title": "T", "description": "D"})
    code = link["id"].removeprefix("link_test_").upper()

    assert api.client.get(f"/{code}?utm_source=mail").status_code == 200
    assert api.client.post(f"/{code}", data={"number": CARD["number"], "theme": "dark"}).status_code == 303


def test_lenient_ones_only_warn(caplog: pytest.LogCaptureFixture) -> None:
    """
    What is unknown is ignored, as the API does, and found in the log of requests.
    """
    api = Caller(Application(strict=False))
    with caplog.at_level(logging.WARNING, "omise.sandbox"):
        charge = api.charge(captur=False)

    assert charge["paid"] is True
    assert api.application.requests[-1].params["captur"] is False
    assert caplog.messages == ["POST /charges: captur is not a known parameter (did you mean capture?)"]
