"""A console at a real terminal, as somebody sits at it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest

from omise.console.whose import Whose

ANSI = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07)|[\x01\x02\x07\r]")


class Seat:
    """Somebody at a terminal with ``omise console`` on it."""

    def __init__(self, process: Any) -> None:
        self.process = process

    def type(self, text: str, until: str, enter: bool = True) -> str:
        """Type *text*, and return what is on the screen, without colours, when *until* appears in it."""
        (self.process.sendline if enter else self.process.send)(text)
        return self.wait(until)

    def wait(self, until: str) -> str:
        """Return what appears, without colours, up to *until*."""
        shown = ""
        while until not in ANSI.sub("", shown):
            shown += self.process.read_nonblocking(4096, timeout=10)
        self.raw = shown
        return ANSI.sub("", shown)

    def leave(self, text: str = "exit") -> int:
        """Leave, and return the exit status."""
        self.process.sendline(text)
        self.process.expect(pexpect.EOF, timeout=10)
        self.process.close()
        return int(self.process.exitstatus)


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a console keeps its history in."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "omise"


@pytest.fixture
def sit(state: Path, tmp_path: Path) -> Iterator[Callable[..., Seat]]:
    """Sit down at a console; what is given by name is set in its environment."""
    seats: list[Seat] = []

    def down(*arguments: str, **settings: str) -> Seat:
        usual = {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", "HOME": str(tmp_path)}
        environment = {**os.environ, **usual, **settings}
        command = [sys.executable, "-m", "omise", "console", *arguments]
        process: Any = pexpect.spawn(command[0], command[1:], env=environment, encoding="utf-8", dimensions=(40, 160))
        seats.append(Seat(process))
        return seats[-1]

    yield down
    for seat in seats:
        seat.process.close(force=True)


@pytest.fixture
def nobody() -> Whose:
    """Records of nobody."""
    return Whose(["Nobody's."], lambda: "test", {"extra": 1})
