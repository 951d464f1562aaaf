"""Runs the body of a function as if it were typed in a REPL: each statement is shown, then what came back."""

from __future__ import annotations

import ast
import inspect
import os
import re
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import omise
from omise.checks import is_loopback
from omise.sandbox import Application, Server


def main(guide: Callable[[], None], *, sandbox_only: bool = False) -> None:
    """
    Play *guide* against a sandbox that is started for it, or a test account whose keys are in the environment.

    With *sandbox_only* that account must be one of a sandbox: *guide* turns its clock, or receives webhooks here.
    """
    with _account(sandbox_only) as description:
        print(inspect.getdoc(guide), f"\nIt runs against {description}.")
        _play(guide)
    print("\nDone.")


def _play(guide: Callable[[], None]) -> None:
    source = textwrap.dedent(inspect.getsource(guide))
    lines = source.splitlines()
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    names: dict[str, Any] = dict(guide.__globals__)
    shown = (function.body[0].end_lineno or 1) if ast.get_docstring(function) else 1
    for statement in function.body:
        if statement.end_lineno is None or statement.end_lineno <= shown:
            continue
        _show(textwrap.dedent("\n".join(lines[shown : statement.end_lineno])))
        _run(statement, names)
        shown = statement.end_lineno


def _show(source: str) -> None:
    """Print comments as headings, and code as it looks in a REPL."""
    prompt = ">>> "
    for line in source.strip("\n").splitlines():
        if line.startswith("#"):
            print(f"\n\033[1m{line}\033[0m" if sys.stdout.isatty() else f"\n{line}")
        elif line.strip():
            print(prompt + line)
            prompt = "... "


def _run(statement: ast.stmt, names: dict[str, Any]) -> None:
    if not isinstance(statement, ast.Expr):
        exec(compile(ast.Module([statement], []), "<guide>", "exec"), names)
        return
    value = eval(compile(ast.Expression(statement.value), "<guide>", "eval"), names)
    if value is not None:
        print(repr(value))


@contextmanager
def _account(sandbox_only: bool) -> Iterator[str]:
    """Set the keys, and say in words whose they are."""
    secret, public = omise.secret_api_key, omise.public_api_key
    if secret is None and public is None:
        with Server(Application()) as server:
            os.environ.update(
                OMISE_API_URL=server.url,
                OMISE_VAULT_URL=server.url,
                OMISE_CHECKOUT_URL=server.url,
                OMISE_SECRET_KEY="skey_test_5example00000000demo",
                OMISE_PUBLIC_KEY="pkey_test_5example00000000demo",
            )
            yield f"a sandbox of its own, at {server.url}; no account, no network, no money"
        return

    for name, key in (("OMISE_SECRET_KEY", secret), ("OMISE_PUBLIC_KEY", public)):
        if not re.match(r"[sp]key_test_", key or ""):
            sys.exit(f"{name} must be a test key, or neither key be set: this never runs on a live account.")
    where = os.environ.get("OMISE_API_URL", "https://api.omise.co")
    if sandbox_only and not is_loopback(urlsplit(where).hostname or ""):
        sys.exit("This needs a sandbox: set OMISE_API_URL and its like to one, or neither key.")
    yield f"the test account of the keys in the environment, at {where}"
