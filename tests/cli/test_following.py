"""``omise requests``: what a running sandbox received."""

import json
from collections.abc import Callable

import pytest

import omise
from omise.cli import following
from omise.sandbox import Server

from .conftest import Typed


def test_requests_are_shown_a_line_each(typed: Typed, sandbox_server: Server) -> None:
    """With what came of them: events, or the code of an error."""
    id = omise.Customer.create(email="mali@example.com").id
    with pytest.raises(omise.errors.NotFoundError):
        omise.Charge.retrieve("chrg_test_0")
    said = typed("requests", "--url", sandbox_server.url)

    assert said.out.splitlines() == [
        "200  POST    /customers  customer.create",
        "404  GET     /charges/chrg_test_0  not_found",
    ]
    assert id not in said.out


def test_the_sandbox_that_the_library_asks_is_asked(
    typed: Typed, sandbox_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without ``--url`` it is that of OMISE_API_URL, by the commands that look at a running sandbox."""
    monkeypatch.setenv("OMISE_API_URL", sandbox_server.url)
    omise.Customer.create()

    assert "/customers" in typed("requests").out
    assert "The sandbox's clock says" in typed("clock").out
    monkeypatch.setenv("OMISE_API_URL", "https://api.omise.co")
    assert "https://api.omise.co is not on this machine" in typed("requests").err


def test_json_has_what_was_sent(typed: Typed, sandbox_server: Server) -> None:
    """Without secrets."""
    omise.Token.create(name="Mali", number="4242424242424242", expiration_month=8, expiration_year=2035)
    (said,) = typed("requests", "--url", sandbox_server.url, "--json").out.splitlines()

    assert json.loads(said)["params"]["card"]["name"] == "Mali"
    assert "4242424242424242" not in said
    assert "over_http" not in said


def test_following_shows_each_once(typed: Typed, sandbox_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that come while it looks on, also after the sandbox has forgotten what there was; until Ctrl-C."""

    def reset() -> None:
        sandbox_server.application.requests.clear()

    steps: list[Callable[[], object]] = [omise.Customer.create, reset, omise.Balance.retrieve, lambda: None]

    def pause(seconds: float) -> None:
        if not steps:
            raise KeyboardInterrupt
        steps.pop(0)()

    monkeypatch.setattr(following, "pause", pause)
    omise.Account.retrieve()
    said = typed("requests", "--url", sandbox_server.url, "--follow")

    assert [row.split()[2] for row in said.out.splitlines()] == ["/account", "/customers", "/balance"]
    assert (said.status, said.err) == (0, "Stopped.\n")


def test_a_fault_is_told() -> None:
    """And an answer that there was none of."""
    request = {"status": 0, "method": "POST", "path": "/charges", "code": None, "events": [], "fault": "reset_after"}

    assert following.line(request) == "  -  POST    /charges  (reset_after)"


def test_it_says_where_no_sandbox_is(typed: Typed) -> None:
    """Or may be."""
    said = typed("requests", "--url", "http://127.0.0.1:1")

    assert said.status == 4
    assert said.err.startswith("omise: no sandbox answers at http://127.0.0.1:1: ")
    assert said.err.splitlines()[1].startswith("Start one in another terminal with omise sandbox")
    assert "is not on this machine" in typed("requests", "--url", "http://192.0.2.1").err
