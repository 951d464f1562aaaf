"""Commands and words by name: what was probably meant by one that is not known, and help where none is given."""

from __future__ import annotations

import textwrap
from collections.abc import Collection
from typing import Any, NoReturn

import click

from ..nearest import nearest
from ..redaction import short

FEW = 60
"""Characters of all words that are told in a sentence; where there are more, the help lists them."""


def meant(word: str, known: Collection[str]) -> str:
    """Return what to add to a sentence that says that *word* is not known: the nearest of *known*, or the few of it."""
    near = nearest(word.lower(), known)
    if near:
        return f"; did you mean {near}?"
    every = ", ".join(sorted(known))
    return f"; there are {every}" if len(every) <= FEW else ""


def listed(what: str, words: Collection[str]) -> str:
    """Return a paragraph of help that lists the *words* that *what* may be, none of them broken."""
    lines = textwrap.wrap(", ".join(words), 74, break_on_hyphens=False)
    return "\n".join(["\b", f"{what} is one of", *(f"  {line}" for line in lines)])


class OneOf(click.Choice):  # type: ignore[type-arg]  # it takes none before click 8.2
    """One of some words, of a *kind* such as ``"event"``."""

    def __init__(self, kind: str, words: Collection[str]) -> None:
        super().__init__([*words])
        self.kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return *value*, which is one of the words."""
        if value in self.choices:
            return str(value)
        raise click.UsageError(f"{short(value)} is no {self.kind}{meant(str(value), self.choices)}", ctx)


class NothingSaid(click.UsageError):
    """A command that has commands below it, and none was given: its help says which."""


class Menu(click.Group):
    """A command with commands below it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Go on with what is behind the name; without any, there is help."""
        if not args and not ctx.resilient_parsing:
            raise NothingSaid("", ctx)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that *args* begin with, or what was probably meant."""
        if not ctx.resilient_parsing and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            self._unknown(ctx, args[0])
        return super().resolve_command(ctx, args)

    def _unknown(self, ctx: click.Context, word: str) -> NoReturn:
        raise click.UsageError(f"{ctx.command_path} has no command {word}{meant(word, self.list_commands(ctx))}", ctx)
