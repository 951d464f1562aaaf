"""Python's own REPL, with completion, a history and a prompt that says whose records they are."""

from __future__ import annotations

import os
import sys
import traceback
from code import InteractiveConsole
from collections.abc import Callable
from contextlib import suppress
from rlcompleter import Completer
from typing import Any, NoReturn

from ..importing import imported
from ..records.identity import Record
from .guard import NotSent
from .history import MOST_LINES, holds_secret, private
from .raised import shortened

readline: Any = None
with suppress(ModuleNotFoundError):  # as on Windows: it goes without
    readline = imported("readline")

HISTORY = "history"
RED, PLAIN = "\001\033[1;31m\002", "\001\033[0m\002"


class Prompt:
    """A prompt that is made anew each time it is shown."""

    def __init__(self, label: Callable[[], str], end: str) -> None:
        self.label = label
        self.end = end

    def __str__(self) -> str:
        label = self.label()
        text = f"omise({label}){self.end} "
        coloured = label == "LIVE" and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
        return f"{RED}{text}{PLAIN}" if coloured else text


class Leave:
    """``exit``, with or without parentheses."""

    def __call__(self, status: object = None) -> NoReturn:
        raise SystemExit(status)

    def __repr__(self) -> str:
        raise SystemExit


class Completing(Completer):
    """Completes what `dir` says of a record, which is less than its class has, and fetches nothing for it."""

    def __init__(self, names: dict[str, Any]) -> None:
        super().__init__(names)
        self.names = names

    def attr_matches(self, text: str) -> list[str]:
        """Return what may follow the last point of *text*."""
        what, _, begun = text.rpartition(".")
        first, *steps = what.split(".")
        found = self.names.get(first)
        for step in steps:
            if isinstance(found, Record) and not found._loaded:
                return []
            found = getattr(found, step, None)
        if not isinstance(found, Record):
            return super().attr_matches(text)
        names = (name for name in dir(found) if name.startswith(begun))
        return [f"{what}.{name}{'(' * callable(getattr(type(found), name, None))}" for name in names]


class Console(InteractiveConsole):
    """A REPL that remembers what has no secret in it."""

    def raw_input(self, prompt: str = "") -> str:
        """Read a line."""
        line = input(prompt)
        if readline is not None and line.strip() and not holds_secret(line):
            readline.add_history(line)
        return line

    def showtraceback(self) -> None:
        """Show what was raised, without this library's frames: of a no, its line alone."""
        error = sys.exc_info()[1]
        cut = shortened(error)
        if isinstance(error, NotSent):
            self.write(f"{type(error).__name__}: {error}\n")
        elif error is None or cut is None:
            super().showtraceback()
        else:
            sys.last_type, sys.last_value, sys.last_traceback = type(error), error, error.__traceback__
            self.write("".join(traceback.format_exception(type(error), error, cut.tb_next, chain=False)))


def run(names: dict[str, Any], banner: str, label: Callable[[], str]) -> int:
    """Read, evaluate and print with *names* in scope, until somebody leaves; return the exit status."""
    names["exit"] = names["quit"] = Leave()
    before = {name: getattr(sys, name) for name in ("ps1", "ps2") if hasattr(sys, name)}
    sys.ps1, sys.ps2 = Prompt(label, ">"), Prompt(label, "…")
    path = _remember(names)
    try:
        Console(names, "<console>").interact(banner, "")
    except SystemExit as end:
        return status_of(end)
    finally:
        _keep(path)
        for name in ("ps1", "ps2"):
            delattr(sys, name)
            if name in before:
                setattr(sys, name, before[name])
    return 0


def status_of(end: SystemExit) -> int:
    """Return what to exit with, as Python does."""
    if end.code is None or isinstance(end.code, int):
        return end.code or 0
    print(end.code, file=sys.stderr)
    return 1


def _remember(names: dict[str, Any]) -> str | None:
    """Switch completion on, and read what was typed before; return where that is kept."""
    if readline is None:
        return None
    readline.set_completer(Completing(names).complete)
    is_libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if is_libedit else "tab: complete")
    readline.set_auto_history(False)
    readline.set_history_length(MOST_LINES)
    path = private(HISTORY)
    if path is not None and path.stat().st_size:
        readline.read_history_file(path)
    return None if path is None else str(path)


def _keep(path: str | None) -> None:
    if readline is not None and path is not None:
        readline.write_history_file(path)
        os.chmod(path, 0o600)
