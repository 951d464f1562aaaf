"""A bar that shows how far a long list is, on a terminal and in a notebook."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import timedelta
from importlib.util import find_spec
from typing import Any, TypeAlias

from ..importing import imported

Bar: TypeAlias = "tuple[Callable[[int], object], Callable[[int], object]]"
"""What is told how many there are in all, and what is told how many were seen."""

EVERY = 0.2
"""Seconds between two pictures of a bar that is drawn here."""


@contextmanager
def bar(name: str) -> Generator[Bar, None, None]:
    """
    Show how many of *name* there are, how many a second, and how long it will take.

    In a notebook, and on a terminal: by rich where that is installed, else as a line of text. Not in a pipe.
    """
    if _is_notebook():
        with _in_a_notebook(name) as told:
            yield told
    elif not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield _nobody, _nobody
    elif find_spec("rich") is not None:
        with _by_rich(name) as told:
            yield told
    else:
        with _in_a_line(name) as told:
            yield told


def _nobody(number: int) -> None:
    """Show nothing."""


def _is_notebook() -> bool:
    """Tell whether what is displayed goes to a notebook: IPython runs in a kernel."""
    ipython: Any = sys.modules.get("IPython")
    return getattr(ipython and ipython.get_ipython(), "kernel", None) is not None


@contextmanager
def _by_rich(name: str) -> Generator[Bar, None, None]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """How many a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed or 0:.0f}/s")

    looks = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*looks, console=Console(stderr=True)) as progress:
        task = progress.add_task(name, total=None)
        yield (lambda total: progress.update(task, total=total)), (lambda count: progress.update(task, completed=count))


class Drawn:
    """A bar that is drawn here, now and then: *draw* is told what to say, how many were seen, and of how many."""

    def __init__(self, name: str, draw: Callable[[str, int, int], object]) -> None:
        self.name, self.draw = name, draw
        self.total = 0
        self.began = time.monotonic()
        self.last = -EVERY

    def tell(self, total: int) -> None:
        """Take how many there are."""
        self.total = total

    def advance(self, count: int) -> None:
        """Take how many were seen, and draw them if it is time to, and at the end."""
        now = time.monotonic()
        if now - self.last < EVERY and count < self.total:
            return
        self.last = now
        rate = count / max(now - self.began, 0.001)
        left = timedelta(seconds=round(max(self.total - count, 0) / rate))
        self.draw(f"{self.name} {count:,} of {self.total:,}, {rate:,.0f} a second, {left} left", count, self.total)


@contextmanager
def _in_a_line(name: str) -> Generator[Bar, None, None]:
    """Show a line of text, written over and over, of which the last stays."""
    line = Drawn(name, lambda said, count, total: print(f"\r{said}\x1b[K", end="", file=sys.stderr, flush=True))
    try:
        yield line.tell, line.advance
    finally:
        print(file=sys.stderr)


@contextmanager
def _in_a_notebook(name: str) -> Generator[Bar, None, None]:
    """Show a bar below the cell, which goes when it is full."""
    display: Any = imported("IPython.display").display
    nothing = {"text/plain": "", "text/html": ""}
    handle: Any = display(nothing, raw=True, display_id=True)

    def draw(said: str, count: int, total: int) -> None:
        bar = f'<progress style="width:16em" aria-label="{name}" max="{total}" value="{count}"></progress>'
        html = f'<div style="display:flex;align-items:center;gap:.8em">{bar}<span>{said}</span></div>'
        handle.update({"text/plain": said, "text/html": html}, raw=True)

    drawn = Drawn(name, draw)
    try:
        yield (drawn.tell, _nobody if handle is None else drawn.advance)
    finally:
        if handle is not None:
            handle.update(nothing, raw=True)
