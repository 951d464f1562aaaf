from __future__ import annotations

import io
import json
import logging
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omise.sandbox.app import Application
from omise.sandbox.resources import customer as customer_module
from omise.sandbox.resources import load
from omise.sandbox.state.store import Store

from .conftest import CARD, PUBLIC_KEY, Caller


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"data": "{", "content_type": "application/json"}, 400),
        ({"data": "[1]", "content_type": "application/json"}, 400),
        ({"data": '{"email": "\\ud800"}', "content_type": "application/json"}, 400),
        ({"data": '{"a":' * 50_000, "content_type": "application/json"}, 400),
        ({"data": "a[b=1", "content_type": "application/x-www-form-urlencoded"}, 400),
        ({"data": "a=1&a[b]=2", "content_type": "application/x-www-form-urlencoded"}, 400),
        ({"data": b"a=\xff", "content_type": "application/x-www-form-urlencoded"}, 400),
        ({"data": "a=%00", "content_type": "application/x-www-form-urlencoded"}, 400),
        ({"data": b"nonsense", "content_type": "multipart/form-data; boundary=b"}, 400),
        ({"query_string": "a%5Bb=1"}, 400),
        ({"query_string": "a=%ff"}, 400),
        ({"headers": {"Omise-Version": "1999-01-01"}}, 400),
        ({"data": b"x" * (1 << 20 | 1)}, 413),
        ({"data": b"x" * (1 << 20 | 1), "content_type": "application/json"}, 413),
        ({"environ_overrides": {"CONTENT_LENGTH": "9999999999999"}}, 413),
        ({"data": b"a=1", "environ_overrides": {"CONTENT_LENGTH": "100"}}, 400),
    ],
)
def test_whatever_comes_in_an_api_error_goes_out(api: Caller, options: dict[str, Any], status: int) -> None:
    """
    With status and code that say whose fault it is; nothing is created, and the next request is answered.
    """
    assert api.refused("POST", "/customers", **options)[:2] == (status, "bad_request")
    assert api.ok("GET", "/customers")["total"] == 0


def test_odd_paths_are_not_found(api: Caller) -> None:
    """
    NUL, bytes that are no text, very long ids, characters that databases care about.
    """
    for name in ("%00", "%FF%FE", "x" * 10_000, "'; DROP TABLE documents; --", "%25s", "ส"):
        assert api.refused("GET", f"/customers/{name}")[:2] == (404, "not_found")


@pytest.mark.parametrize(("ends", "email"), [({"wsgi.input_terminated": True}, "a@example.com"), ({}, None)])
def test_a_body_without_length_counts_if_it_ends(api: Caller, ends: dict[str, Any], email: str | None) -> None:
    """
    WSGI servers say whether it does; otherwise it is no body, as WSGI has it.
    """
    body = io.BytesIO(b'{"email": "a@example.com"}')
    options: dict[str, Any] = {"content_type": "application/json", "environ_overrides": ends | {"CONTENT_LENGTH": ""}}

    assert api.ok("POST", "/customers", input_stream=body, **options)["email"] == email


def test_an_endless_body_is_cut_off(api: Caller) -> None:
    """
    The limit holds for bodies that do not tell their length.
    """
    stream = io.BytesIO(b"x" * (2 << 20))
    environ = {"wsgi.input_terminated": True, "CONTENT_LENGTH": ""}

    assert api.refused("POST", "/customers", input_stream=stream, environ_overrides=environ)[0] == 413


def test_head_is_get_without_a_body(api: Caller) -> None:
    """
    The headers are the same.
    """
    response = api.send("HEAD", "/customers")

    assert (response.status_code, response.data) == (200, b"")
    assert int(response.headers["Content-Length"]) == len(api.send("GET", "/customers").data)


def test_a_refused_request_changes_nothing(api: Caller) -> None:
    """
    A good e-mail with an unknown token, a good token with an unknown card: all of it is left undone.
    """
    customer, token = api.customer(cards=1), api.token()
    path = f"/customers/{customer['id']}"

    assert api.refused("PATCH", path, {"email": "new@example.com", "card": "tokn_test_x"})[0] == 404
    assert api.refused("PATCH", path, {"card": token, "default_card": "card_test_x"})[0] == 404
    assert api.refused("POST", "/customers", {"card": token, "linked_account": "lnac_test_x"})[0] == 404
    after = api.ok("GET", path)
    assert after["email"] is None
    assert after["cards"]["total"] == 1
    assert api.ok("GET", f"/tokens/{token}", key=PUBLIC_KEY)["used"] is False
    assert api.ok("GET", "/customers")["total"] == 1


def test_a_fault_of_the_sandbox_is_an_error_of_the_api(
    api: Caller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """
    A 500 that changes nothing; the log says where it happened, but not what was sent.
    """

    def fail(*arguments: object) -> None:
        raise RuntimeError(CARD["number"])

    monkeypatch.setattr(customer_module, "attach", fail)
    with caplog.at_level(logging.ERROR, logger="omise.sandbox"):
        refused = api.refused("POST", "/customers", {"email": "a@example.com"})

    assert refused == (500, "internal_error", "internal error")
    assert "RuntimeError" in caplog.text
    assert "customer.py" in caplog.text
    assert str(CARD["number"]) not in caplog.text
    assert api.ok("GET", "/customers")["total"] == 0


@pytest.mark.parametrize("name", ["translate", "json_response"])
def test_what_cannot_be_answered_is_not_done(api: Caller, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """
    The answer is written before anything is kept.
    """
    api.fund(100_000)
    transfer = api.ok("POST", "/transfers", {"amount": 5_000})
    before = api.snapshot()

    def fail(*arguments: object, **options: object) -> None:
        raise KeyError(name)

    with monkeypatch.context() as patched:
        patched.setattr(f"omise.sandbox.app.{name}", fail)
        refused = api.refused("DELETE", transfer["location"], headers={"Omise-Version": "2017-11-02"})

    assert refused == (500, "internal_error", "internal error")
    assert api.snapshot() == before
    assert api.ok("GET", transfer["location"])["deleted"] is False


def test_state_in_a_file_survives_a_restart(tmp_path: Path) -> None:
    """
    Accounts, objects and the clock are as they were; fingerprints still match.
    """
    before = Caller(Application(Store(tmp_path / "sandbox.db")))
    customer, token = before.customer(cards=1), before.token()
    before.application.clock.advance(days=100)
    before.application.store.close()
    after = Caller(Application(Store(tmp_path / "sandbox.db")))

    found = after.ok("GET", f"/customers/{customer['id']}")
    assert found["default_card"] == customer["default_card"]
    assert found["cards"]["to"] > customer["cards"]["to"][:10]
    attached = after.ok("PATCH", f"/customers/{customer['id']}", {"card": token})["cards"]["data"]
    assert attached[0]["fingerprint"] == attached[1]["fingerprint"]


def test_card_numbers_are_not_in_the_database(tmp_path: Path) -> None:
    """
    Nor security codes, while the card is a token or later.
    """
    store = Store(tmp_path / "sandbox.db")
    api = Caller(Application(store))
    api.token(security_code="9137")
    api.ok("POST", "/customers", {"card": api.token(security_code="9137")})
    store.close()
    content = b"".join(file.read_bytes() for file in tmp_path.iterdir())

    assert CARD["number"] not in content.decode("latin-1")
    assert not re.search(rb"(?<!\w)9137(?!\w)", content)  # the letters of an id may spell it by chance
    assert b"4242" in content


def test_two_applications_share_nothing() -> None:
    """
    Each has its own store and log unless one is given.
    """
    one, two = Caller(Application()), Caller(Application())
    one.customer()

    assert two.ok("GET", "/customers")["total"] == 0
    assert (len(one.application.requests), len(two.application.requests)) == (1, 1)


def test_threads_may_call_at_once(application: Application) -> None:
    """
    Everything is created once, ids are unique and in order, and a token is spent once.
    """
    token = Caller(application).token()
    outcomes: list[int] = []

    def work() -> None:
        api = Caller(application)
        for _ in range(20):
            api.customer()
            api.ok("GET", "/customers?limit=100")
        outcomes.append(api.send("POST", "/customers", {"card": token}).status_code)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    page = Caller(application).ok("GET", "/customers?limit=100")
    ids = [record["id"] for record in page["data"]]

    assert page["total"] == 81
    assert ids == sorted(set(ids))
    assert sorted(outcomes) == [200, 400, 400, 400]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("4242424242424242"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
names = [
    "card",
    "default_card",
    "email",
    "description",
    "metadata",
    "linked_account",
    "limit",
    "from",
    "order",
    "expand",
]
card_names = [*CARD, "city", "country"]


@given(
    st.dictionaries(st.sampled_from(names), json_values, max_size=4),
    st.dictionaries(st.sampled_from(card_names), json_values, max_size=6),
)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_value_takes_the_sandbox_down(api: Caller, params: dict[str, Any], card: dict[str, Any]) -> None:
    """
    Whatever values known parameters have, the answer is a success or a refusal, in JSON that others can read.
    """
    customer = api.customer()
    requests = [
        ("POST", "/customers", params, {}),
        ("PATCH", f"/customers/{customer['id']}", params, {}),
        ("GET", "/customers", params, {}),
        ("POST", "/tokens", {"card": CARD | card}, {"key": PUBLIC_KEY}),
        ("POST", "/tokens", {"tokenization": card}, {"key": PUBLIC_KEY}),
    ]
    for method, path, body, options in requests:
        response = api.send(method, path, data=json.dumps(body), content_type="application/json", **options)

        assert response.status_code in (200, 400, 404)
        assert json.loads(response.data, parse_constant=lambda name: pytest.fail(name))["object"]


#: What can be deleted, and whether it is found afterwards.
DELETABLE = {
    "/customers/<customer>": False,
    "/customers/<customer>/cards/<card>": False,
    "/disputes/<dispute>/documents/<document>": False,
    "/linked_accounts/<linked_account>": False,
    "/links/<link>": True,
    "/recipients/<recipient>": False,
    "/schedules/<schedule>": True,
    "/transfers/<transfer>": False,
    "/webhooks/secrets/<webhook_secret>": True,
}


def deletable(api: Caller) -> Iterator[str]:
    """The path of one of each kind that can be deleted."""
    customer = api.customer(cards=2)
    path = f"/customers/{customer['id']}"
    api.fund(1_000_000)
    dispute = api.ok("POST", f"/charges/{api.charge()['id']}/disputes")
    picture = (io.BytesIO(b"\x89PNG\r\n\x1a\n"), "a.png", "image/png")
    yield api.ok("POST", f"/disputes/{dispute['id']}/documents", data={"file": picture})["location"]
    yield api.ok("POST", "/linked_accounts", {"type": "direct_debit_bay", "return_uri": "https://a.example"})[
        "location"
    ]
    price = {"amount": 100000, "currency": "THB"}
    yield api.ok("POST", "/links", price | {"title": "t", "description": "d"})["location"]
    bank = {"name": "A", "number": "1234567890", "brand": "scb"}
    yield api.ok("POST", "/recipients", {"name": "A", "type": "individual", "bank_account": bank})["location"]
    rhythm = {"every": 1, "period": "day", "start_date": "2099-01-01", "end_date": "2099-02-01"}
    half = {"customer": customer["id"], "amount": 100000}
    yield api.ok("POST", "/schedules", rhythm | {"charge": half})["location"]
    yield api.ok("POST", "/transfers", {"amount": 100000})["location"]
    yield f"/webhooks/secrets/{api.ok('POST', '/webhooks/secrets')['id']}"
    yield f"{path}/cards/{customer['default_card']}"
    yield path


def test_what_is_deleted_is_found_or_not(api: Caller) -> None:
    """
    By its kind: of each that has a verb for it.
    """
    known = {route.path for route in load() if route.method == "DELETE"}
    found = {}
    for path in deletable(api):
        (kind,) = [kind for kind in known if re.fullmatch(re.sub("<[a-z_]+>", "[a-z]+_[a-z0-9_]+", kind), path)]
        api.ok("DELETE", path)
        found[kind] = api.send("GET", path).status_code == 200

    assert found == DELETABLE
    assert found.keys() == known


#: The parameters that are true or false, and come back: method, path, what else is sent, and the name.
BOOLEANS = [
    ("PATCH", "/account", {}, "chain_enabled"),
    ("PATCH", "/account", {}, "zero_interest_installments"),
    ("PATCH", "/account", {}, "auto_activate_recipients"),
    ("POST", "/links", {"amount": "100000", "currency": "THB", "title": "t", "description": "d"}, "multiple"),
    ("POST", "/transfers", {"amount": "100000"}, "fail_fast"),
    (
        "POST",
        "/sources",
        {"type": "installment_bay", "installment_term": "3", "amount": "300000", "currency": "THB"},
        "zero_interest_installments",
    ),
]


@pytest.mark.parametrize(("method", "path", "form", "name"), BOOLEANS)
def test_every_boolean_of_a_form_can_be_a_number(
    api: Caller, method: str, path: str, form: dict[str, str], name: str
) -> None:
    """
    One or zero, as PHP writes them; in JSON it cannot.
    """
    api.fund(1_000_000)

    assert [api.ok(method, path, data=form | {name: digit})[name] for digit in "10"] == [True, False]
    assert api.refused(method, path, form | {name: 1})[2] == f"{name} must be true or false"
