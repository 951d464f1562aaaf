"""``omise console``."""

import io
import sys

import pytest

from .conftest import Typed


class Terminal(io.StringIO):
    """Standard input as a terminal has it."""

    def isatty(self) -> bool:
        return True


def test_a_script_is_piped_in(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """And exits as it says."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("print(Charge.list()[0].money); exit(3)"))

    assert typed("console") == (3, "฿1,299.00\n", "")


def test_a_script_with_a_live_key_is_refused(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """In two lines."""
    monkeypatch.setenv("OMISE_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("OMISE_SECRET_KEY", "skey_5xuy4w91xqz7d1w9u0t")
    monkeypatch.setattr(sys, "stdin", io.StringIO("print(1)"))
    said = typed("console")

    assert (said.status, said.out) == (1, "")
    assert said.err.splitlines()[0] == "omise: the key is a live one, and nobody is here to be asked before a write"
    assert len(said.err.splitlines()) == 2


def test_a_console_needs_a_screen(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where its output goes elsewhere, it says so and ends."""
    monkeypatch.setattr(sys, "stdin", Terminal())
    said = typed("console")

    assert said.status == 1
    assert said.err.startswith("omise: a console needs a terminal, and its output goes elsewhere\n")


def test_without_a_key_and_a_sandbox_there_are_two_ways_on(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the extra ``cli`` alone is installed: what brings the sandbox, or a key."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "werkzeug" or "omise.sandbox" in name]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "werkzeug", None)
    monkeypatch.setattr(sys, "stdin", io.StringIO("print(1)"))
    said = typed("console")

    assert (said.status, said.out) == (1, "")
    assert said.err == (
        "omise: no key is set, and the sandbox needs werkzeug: pip install werkzeug waitress jinja2 segno;"
        " or set OMISE_SECRET_KEY to talk to an account\n"
    )
