"""A session of the console: whose records they are, what is in scope, and which REPL, or a script in its place."""

from __future__ import annotations

import builtins
import platform
import sys
import traceback
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import omise

from .. import resources
from ..checks import is_live
from ..client import default_client
from ..version import __version__
from . import standard
from .guard import asking
from .whose import Whose, opened

FIRST = ("Charge", "Customer", "Refund", "Transfer")
"""Resources that are named at the beginning, of all those that are in scope."""


def start(plain: bool = False) -> int:
    """
    Talk to whoever is at the terminal until they leave, and return the exit status; *plain* is without IPython.

    Where standard input is no terminal, it is a script, which runs with the same names in scope. Raises RuntimeError
    where a script would have a live key.
    """
    if not sys.stdin.isatty():
        with opened() as whose:
            return run_script(sys.stdin.read(), whose)
    with opened() as whose, asking(ask):
        shell = None if plain else ipython()
        kind = (
            "IPython" if shell else "the standard REPL" if plain else "the standard REPL (pip install ipython: another)"
        )
        return (shell or standard.run)(scope(whose), greeting(whose, kind), whose.label)


def ipython() -> Callable[..., int] | None:
    """Return what runs IPython, if it is installed."""
    try:
        from .ipython import run
    except ModuleNotFoundError as missing:
        if str(missing.name).partition(".")[0] != "IPython":
            raise
        return None
    return run


def run_script(source: str, whose: Whose) -> int:
    """Run *source* as `python -` would, and return the exit status."""
    if is_live(default_client.config.secret_api_key) or is_live(default_client.config.public_api_key):
        raise RuntimeError("the key is a live one, and nobody is here to be asked before a write")
    names = {**scope(whose), "__name__": "__main__"}
    try:
        with asking(None):
            exec(compile(source, "<stdin>", "exec"), names)
    except SystemExit as end:
        return standard.status_of(end)
    except Exception as error:
        own = error.__traceback__.tb_next if error.__traceback__ else None
        traceback.print_exception(error.with_traceback(own))
        return 1
    return 0


def ask(what: str) -> bool:
    """Ask whether to do *what* at the terminal."""
    try:
        return input(f"{what}: go on? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def scope(whose: Whose) -> dict[str, Any]:
    """Return the names that are in scope: every resource, and what goes with them."""
    others = {"omise": omise, "Money": omise.Money, "Client": omise.Client, "using": omise.using}
    times = {"date": date, "datetime": datetime, "timedelta": timedelta}
    records = {name: getattr(resources, name) for name in resources.__all__}
    return {**records, **others, **times, **whose.names, "__builtins__": builtins}


def greeting(whose: Whose, shell: str) -> str:
    """Return what is said at the beginning: versions, whose records they are, and what to type."""
    lines = [
        f"omise {__version__}, Python {platform.python_version()}, {shell}",
        *whose.lines,
        f"In scope: {', '.join([*FIRST, '… (every resource)', 'omise', 'Money', *whose.names])}. Try Charge.list().",
        "Tab completes; exit, or Ctrl-D, leaves.",
    ]
    return "\n".join(lines)
