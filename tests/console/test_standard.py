"""Python's own REPL, at a real terminal."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

import omise
from omise.console.standard import Completing, Prompt, status_of
from omise.sandbox import Sandbox, Server

from .conftest import Seat

SANDBOX = "omise(sandbox)> "
LIVE_KEY = "skey_5xuy4w91xqz7d1w9u0t"
"""A live key of nobody, which goes to a sandbox."""


def test_somebody_looks_around(sit: Callable[..., Seat], state: Path) -> None:
    """Completion, records, several lines; the next day what was typed is there, but for what had a secret in it."""
    seat = sit("--plain")
    hello = seat.wait(SANDBOX)
    assert "No key is set (OMISE_SECRET_KEY): this is a sandbox in this process" in hello
    seat.type("charge = Charge.list()[0]", SANDBOX)
    assert "charge.captured_amount" in seat.type("charge.captured_\t", "captured_amount", enter=False)
    assert "129900" in seat.type("", SANDBOX)
    assert "Money('1299.00', 'THB')" in seat.type("charge.money", SANDBOX)
    seat.type("for each in Customer.list():", "…")
    seat.type("    print(each.email)", "…")
    assert "mali@example.com\narunee@example.com" in seat.type("", SANDBOX)
    seat.type("number = '4242424242424242'", SANDBOX)
    assert "ZeroDivisionError" in seat.type("1/0", SANDBOX)
    assert seat.leave() == 0

    kept = state / "history"
    assert kept.read_text().splitlines()[:2] == ["charge = Charge.list()[0]", "charge.captured_amount"]
    assert "4242" not in kept.read_text()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (state, kept)] == [0o700, 0o600]
    again = sit("--plain")
    again.wait(SANDBOX)
    assert "1/0" in again.type("\x10\x10", "1/0", enter=False)
    assert "ZeroDivisionError" in again.type("", SANDBOX)
    assert again.leave("exit(3)") == 3


def test_records_are_completed_without_a_request(omise_sandbox: Sandbox) -> None:
    """With what can be read of them, not with what their class has; of one that is not loaded nothing is read."""
    customer = omise.Customer.create(email="mali@example.com", card=omise_sandbox.card())
    charge = customer.charge(amount=100_00, currency="thb")
    count = len(omise_sandbox.requests)
    complete = Completing({"charge": charge, "omise": omise}).attr_matches

    assert complete("charge.refu") == [
        "charge.refund(",
        "charge.refundable",
        "charge.refunded_amount",
        "charge.refunds",
    ]
    assert complete("charge.card.last_d") == ["charge.card.last_digits"]
    assert "charge.customer.reload(" in complete("charge.customer.")
    assert complete("charge.customer.default_card.b") == []
    assert complete("charge.nothing.b") == complete("nothing.b") == []
    assert "omise.Customer(" in complete("omise.Cust")
    assert len(omise_sandbox.requests) == count


def test_the_end_of_the_input_leaves_too(sit: Callable[..., Seat]) -> None:
    """Ctrl-D, with exit status 0."""
    seat = sit("--plain")
    seat.wait(SANDBOX)

    assert seat.leave("\x04") == 0


def test_a_live_key_is_red_and_asks(sit: Callable[..., Seat], sandbox_server: Server) -> None:
    """Before the first write; a no sends nothing, and it asks again, until there was a yes."""
    seat = sit("--plain", OMISE_SECRET_KEY=LIVE_KEY, OMISE_API_URL=sandbox_server.url)
    hello = seat.wait("omise(LIVE)> ")
    assert "LIVE data: before the first write you are asked" in hello
    assert "\x1b[1;31m" in seat.raw
    for answer in ("n", ""):
        asked = seat.type("Customer.create().object", "[y/N]")
        assert "POST /customers with a live key, the first write of this session: go on?" in asked
        said = seat.type(answer, "omise(LIVE)> ")
        assert "NotSent: POST /customers was not sent" in said
        assert "Traceback" not in said
    assert [request.method for request in sandbox_server.application.requests] == ["GET"]
    seat.type("Customer.create().object", "[y/N]")
    assert "\n'customer'\n" in seat.type("y", "omise(LIVE)> ")
    assert "go on?" not in seat.type("Customer.create().object", "omise(LIVE)> ")
    seat.type("omise.secret_api_key = 'skey_test_5xuy4w91xqz7d1w9u0t'", "omise(test)> ")
    assert seat.leave() == 0


def test_prompts_are_plain_where_colours_are_unwanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """By NO_COLOR, or by a terminal that has none."""
    monkeypatch.setenv("TERM", "xterm")
    assert str(Prompt(lambda: "LIVE", ">")) == "\001\033[1;31m\002omise(LIVE)> \001\033[0m\002"
    monkeypatch.setenv("NO_COLOR", "1")
    assert str(Prompt(lambda: "LIVE", ">")) == "omise(LIVE)> "
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert str(Prompt(lambda: "LIVE", "…")) == "omise(LIVE)… "


def test_exit_statuses_are_those_of_python(capsys: pytest.CaptureFixture[str]) -> None:
    """None is 0, a number itself, and a text is printed."""
    assert [status_of(SystemExit(code)) for code in (None, 0, 3, "no")] == [0, 0, 3, 1]
    assert capsys.readouterr().err == "no\n"
