"""``omise console``: a REPL with the records of an account in scope."""

from __future__ import annotations

import sys

import click

from .ending import Failed


@click.command()
@click.option("--plain", is_flag=True, help="Python's own REPL, even where IPython is installed.")
def console(plain: bool) -> int:
    """
    Talk to an account: a REPL with its resources in scope, IPython where that is installed.

    The account is that of the environment's keys; without any, a sandbox with sample records. A live key turns the
    prompt red, and you are asked before the first write. What is piped in is a script, which runs with the same names.
    """
    if sys.stdin.isatty() and not sys.stdout.isatty():
        raise Failed("a console needs a terminal, and its output goes elsewhere", "Pipe a script in: … | omise console")
    from ..console import start

    try:
        return start(plain)
    except RuntimeError as error:
        raise Failed(str(error), "Use a test key; or write a program with the library, which does not ask.") from error
