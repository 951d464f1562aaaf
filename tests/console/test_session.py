"""A session: what is in scope, which REPL, and scripts."""

import io
import sys
from typing import Any

import pytest

import omise
from omise.console import session, standard, start
from omise.console.whose import Whose


class Terminal(io.StringIO):
    """Standard input as a terminal has it."""

    def isatty(self) -> bool:
        return True


def test_every_resource_is_in_scope(nobody: Whose) -> None:
    """And the module, money, clients, times, and what whose records they are brings."""
    names = session.scope(nobody)

    assert {*omise.resources.__all__} < {*names}
    assert (names["Charge"], names["Money"], names["omise"], names["extra"]) == (omise.Charge, omise.Money, omise, 1)
    assert {"Client", "using", "date", "datetime", "timedelta"} < {*names}


def test_it_says_whose_records_they_are(nobody: Whose) -> None:
    """And which REPL it is, and what to type."""
    lines = session.greeting(nobody, "IPython").splitlines()

    assert lines[0].endswith(", IPython")
    assert lines[1] == "Nobody's."
    assert lines[2].startswith("In scope: Charge, Customer, Refund, Transfer, … (every resource), omise, Money, ")
    assert lines[2].endswith(", omise, Money, extra. Try Charge.list().")


@pytest.mark.parametrize(
    ("plain", "missing", "said"),
    [
        (True, False, ", the standard REPL"),
        (False, False, ", IPython"),
        (False, True, ", the standard REPL (pip install ipython: another)"),
    ],
)
def test_ipython_where_it_is_installed(monkeypatch: pytest.MonkeyPatch, plain: bool, missing: bool, said: str) -> None:
    """Or where it is wanted."""
    told: list[Any] = []

    def run(names: Any, banner: str, label: Any) -> int:
        told.append(banner.splitlines()[0])
        return 7

    import omise.console.ipython

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(standard, "run", run)
    monkeypatch.setattr(omise.console.ipython, "run", run)
    if missing:
        monkeypatch.delitem(sys.modules, "omise.console.ipython")
        monkeypatch.delattr(omise.console, "ipython")
        for name in [name for name in sys.modules if name.partition(".")[0] == "IPython"]:
            monkeypatch.setitem(sys.modules, name, None)

    assert start(plain) == 7
    assert told[0].endswith(said)


@pytest.mark.parametrize(
    ("source", "status", "out", "err"),
    [
        ("print(len(Charge.list()))", 0, "10\n", ""),
        ("if __name__ == '__main__':\n    exit(3)", 3, "", ""),
        ("exit('no')", 1, "", "no\n"),
        ("import sys; sys.exit()", 0, "", ""),
    ],
)
def test_what_is_piped_in_is_a_script(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], source: str, status: int, out: str, err: str
) -> None:
    """With the same names in scope; it exits as it says."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(source))

    assert (start(), *capsys.readouterr()) == (status, out, err)


@pytest.mark.parametrize("source", ["1\n1/0", "1 +"])
def test_a_script_that_fails_shows_where(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], source: str
) -> None:
    """Its own lines, and nothing of what runs it."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(source))

    assert start() == 1
    err = capsys.readouterr().err
    assert 'File "<stdin>", line ' in err
    assert "session.py" not in err


def test_no_script_runs_with_a_live_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody could be asked; nor does one write that takes a live key later."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("Customer.create(key='skey_5xuy4w91xqz7d1w9u0t')"))
    assert start() == 1
    monkeypatch.setenv("OMISE_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("OMISE_SECRET_KEY", "skey_5xuy4w91xqz7d1w9u0t")
    with pytest.raises(RuntimeError, match="nobody is here to be asked"):
        start()


@pytest.mark.parametrize(
    ("answer", "yes"), [("y\n", True), (" YES \n", True), ("\n", False), ("x\n", False), ("", False)]
)
def test_only_a_yes_is_one(monkeypatch: pytest.MonkeyPatch, answer: str, yes: bool) -> None:
    """All else, and the end of the input, is a no."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))

    assert session.ask("POST /charges") is yes
