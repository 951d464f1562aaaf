"""Whose records the console shows: the account of the environment's keys, else a sandbox with some of everything."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from .. import resources
from ..checks import is_live
from ..client import default_client
from ..errors import Error

PATIENCE = 10.0
"""Seconds that are waited for the account at the beginning."""


@dataclass(frozen=True)
class Whose:
    """Whose records they are, in words for the beginning, and what of it is in scope."""

    lines: list[str]
    label: Callable[[], str]
    """Says in a word which records they are now: ``"sandbox"``, ``"test"``, ``"LIVE"``."""
    names: dict[str, Any] = field(default_factory=dict)


@contextmanager
def opened() -> Generator[Whose, None, None]:
    """Use the keys of the environment in the block, or a sandbox where there are none."""
    config = default_client.config
    if config.secret_api_key or config.public_api_key:
        yield Whose(_account(), lambda: _label("test"))
        return
    try:
        from ..sandbox import Sandbox
    except ModuleNotFoundError as missing:
        told = f"no key is set, and {missing}; or set OMISE_SECRET_KEY to talk to an account"
        raise ModuleNotFoundError(told, name=missing.name) from None
    from .samples import fill

    with Sandbox() as sandbox:
        fill(sandbox)
        lines = [
            "No key is set (OMISE_SECRET_KEY): this is a sandbox in this process, with sample records, gone when you"
            " leave.",
            "sandbox.clock.advance(days=31) turns its time, sandbox.card() is a test card.",
        ]
        yield Whose(lines, lambda: _label("sandbox"), {"sandbox": sandbox})


def _label(usual: str) -> str:
    config = default_client.config
    return "LIVE" if is_live(config.secret_api_key) or is_live(config.public_api_key) else usual


def _account() -> list[str]:
    """Return in words which account the keys are of."""
    data = "LIVE data: before the first write you are asked" if _label("test") == "LIVE" else "test data"
    if not default_client.config.secret_api_key:
        return [f"With a public key alone (OMISE_PUBLIC_KEY), {data}: tokens and sources, and no more."]
    try:
        account = resources.Account.retrieve(deadline=PATIENCE)
    except Error as error:
        return [f"The account of OMISE_SECRET_KEY, {data}. It does not answer: {error}"]
    known = account.attributes
    facts = [str(known[name]) for name in ("id", "email", "country", "currency") if known.get(name)]
    return [f"Account {', '.join(facts)}: {data}."]
