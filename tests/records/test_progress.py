"""`omise.records.progress`: a bar on a terminal and in a notebook, and nothing anywhere else."""

import io
import sys
from types import ModuleType
from typing import Any

import pytest

from omise.records.progress import bar


class Terminal(io.StringIO):
    """Standard error as a terminal has it."""

    def isatty(self) -> bool:
        return True


def run() -> None:
    """Go through ten records."""
    with bar("charges") as (tell, advance):
        tell(10)
        for count in range(1, 11):
            advance(count)


def test_a_terminal_shows_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the count, the rate and the time that is left."""
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    run()

    assert "charges" in sys.stderr.getvalue()  # type: ignore[attr-defined]
    assert "10/10" in sys.stderr.getvalue()  # type: ignore[attr-defined]


def test_a_pipe_is_told_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither on standard output nor on standard error."""
    run()

    assert capsys.readouterr() == ("", "")


def test_it_goes_without_rich(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar is left out, and all else is as it was."""
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setitem(sys.modules, "rich.progress", None)
    run()

    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]


def test_a_notebook_shows_a_bar_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Below the cell, while it runs, and no longer; where nothing displays it, there is none."""
    import IPython.display

    shown: list[str] = []

    class Handle:
        def update(self, html: Any) -> None:
            shown.append(html.data)

    monkeypatch.setitem(sys.modules, "ipykernel", ModuleType("ipykernel"))
    monkeypatch.setattr(IPython.display, "display", lambda html, display_id: Handle())
    monkeypatch.setattr("omise.records.progress.EVERY", 0)
    run()

    assert shown[0] == '<progress max="10" value="1"></progress> charges 1 of 10'
    assert shown[-2:] == ['<progress max="10" value="10"></progress> charges 10 of 10', ""]
    monkeypatch.setattr(IPython.display, "display", lambda html, display_id: None)
    run()

    assert len(shown) == 11
