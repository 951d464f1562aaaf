"""A bar that shows how far a long list is, on a terminal and in a notebook."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, TypeAlias

from ..importing import imported

Bar: TypeAlias = "tuple[Callable[[int], object], Callable[[int], object]]"
"""What is told how many there are in all, and what is told how many were seen."""

EVERY = 0.2
"""Seconds between two pictures of a bar in a notebook."""


@contextmanager
def bar(name: str) -> Generator[Bar, None, None]:
    """
    Show how many of *name* there are, how many a second, and how long it will take.

    On a terminal where rich is installed, and in a notebook; nowhere else, as in a pipe.
    """
    if "ipykernel" in sys.modules:
        with _in_a_notebook(name) as told:
            yield told
        return
    if not sys.stderr.isatty():
        yield _nobody, _nobody
        return
    try:
        import rich.progress  # noqa: F401  # pyright: ignore[reportUnusedImport]
    except ModuleNotFoundError:
        yield _nobody, _nobody
        return
    with _on_a_terminal(name) as told:
        yield told


def _nobody(number: int) -> None:
    """Show nothing."""


@contextmanager
def _on_a_terminal(name: str) -> Generator[Bar, None, None]:
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


@contextmanager
def _in_a_notebook(name: str) -> Generator[Bar, None, None]:
    """Show a bar below the cell, which goes when it is full."""
    display: Any = imported("IPython.display")
    handle: Any = display.display(display.HTML(""), display_id=True)
    state = {"total": 0, "drawn": 0.0}

    def tell(total: int) -> None:
        state["total"] = total

    def advance(count: int) -> None:
        if handle is not None and time.monotonic() - state["drawn"] >= EVERY:
            state["drawn"] = time.monotonic()
            total = int(state["total"])
            seen = f"{name} {count:,} of {total:,}"
            handle.update(display.HTML(f'<progress max="{total}" value="{count}"></progress> {seen}'))

    try:
        yield tell, advance
    finally:
        if handle is not None:
            handle.update(display.HTML(""))
