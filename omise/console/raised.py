"""What was raised, as a REPL shows it: down to the line that was typed, without the frames of this library below."""

from __future__ import annotations

import os.path
from collections.abc import Generator
from contextlib import contextmanager
from types import TracebackType

PACKAGE = os.path.dirname(os.path.dirname(__file__))


def shortened(error: BaseException | None) -> TracebackType | None:
    """Return the traceback of *error* down to where this library was called; None if it was not raised in here."""
    trace = error.__traceback__ if error is not None else None
    steps: list[TracebackType] = []
    while trace is not None:
        steps.append(trace)
        trace = trace.tb_next
    called = len(steps)
    while called and _is_own(steps[called - 1]):
        called -= 1
    if not 0 < called < len(steps):
        return None
    shown = None
    for step in reversed(steps[:called]):
        shown = TracebackType(shown, step.tb_frame, step.tb_lasti, step.tb_lineno)
    return shown


def _is_own(step: TracebackType) -> bool:
    return step.tb_frame.f_code.co_filename.startswith(PACKAGE + os.sep)


@contextmanager
def alone(error: BaseException) -> Generator[None, None, None]:
    """Have *error* stand without what it was raised from in the block: its message says what there is to know."""
    cause, hidden = error.__cause__, error.__suppress_context__
    error.__cause__, error.__suppress_context__ = None, True
    try:
        yield
    finally:
        error.__cause__, error.__suppress_context__ = cause, hidden
