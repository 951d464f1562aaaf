"""`omise.records.progress`: a bar on a terminal and in a notebook, and nothing anywhere else."""

import io
import re
import sys
from types import SimpleNamespace
from typing import Any

import IPython
import IPython.display
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


def test_a_terminal_without_rich_has_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Written over, now and then and at the end, and left in its place; none where nothing can be written over."""
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr("omise.records.progress.find_spec", lambda name: None)
    monkeypatch.setenv("TERM", "xterm")
    run()
    said = sys.stderr.getvalue()  # type: ignore[attr-defined]

    assert [text.split(",")[0] for text in said.split("\r")] == ["", "charges 1 of 10", "charges 10 of 10"]
    assert re.search(r"\rcharges 10 of 10, [0-9,]+ a second, 0:00:00 left\x1b\[K\n$", said)
    monkeypatch.setenv("TERM", "dumb")
    run()
    assert sys.stderr.getvalue() == said  # type: ignore[attr-defined]


class Screen:
    """What a notebook displays below a cell."""

    def __init__(self) -> None:
        self.shown: list[dict[str, str]] = []

    def __call__(self, data: dict[str, str], **options: bool) -> Any:
        assert options == {"raw": True, "display_id": True}
        self.shown.append(data)
        return self

    def update(self, data: dict[str, str], *, raw: bool) -> None:
        assert raw
        self.shown.append(data)


def test_a_notebook_shows_a_bar_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Below the cell, while it runs, and no longer; where nothing displays it, there is none."""
    screen = Screen()
    monkeypatch.setattr(IPython, "get_ipython", lambda: SimpleNamespace(kernel=object()))
    monkeypatch.setattr(IPython.display, "display", screen)
    monkeypatch.setattr("omise.records.progress.EVERY", 0)
    run()

    assert screen.shown[0] == screen.shown[-1] == {"text/plain": "", "text/html": ""}
    assert len(screen.shown) == 12
    assert screen.shown[4]["text/plain"].startswith("charges 4 of 10, ")
    assert 'aria-label="charges" max="10" value="4"></progress>' in screen.shown[4]["text/html"]
    assert screen.shown[4]["text/plain"] in screen.shown[4]["text/html"]
    monkeypatch.setattr(IPython.display, "display", lambda data, **options: None)
    run()
    assert len(screen.shown) == 12


def test_ipython_on_a_terminal_is_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where the kernel's package was imported: only a kernel displays things."""
    monkeypatch.setattr(IPython, "get_ipython", lambda: SimpleNamespace())
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    run()

    assert "10/10" in sys.stderr.getvalue()  # type: ignore[attr-defined]
