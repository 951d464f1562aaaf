"""What a terminal is given: no control characters of others, colours where they are wanted, lines that fit."""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap

import click

UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Characters that move, colour or turn around what a terminal shows, or break its lines."""


def visible(text: str) -> str:
    """Return *text* with such characters written out: what a payer typed cannot play with a terminal."""
    return UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def coloured(text: str, colour: str) -> str:
    """Return *text* in a *colour*, unless NO_COLOR is set; into a pipe go none in any case."""
    return text if os.environ.get("NO_COLOR") else click.style(text, fg=colour)


def beside(label: str, text: str) -> str:
    """Return *text* after *label*, which may have colours; on a terminal, lines that go on begin where it began."""
    if not sys.stdout.isatty():
        return label + text
    indent = len(click.unstyle(label))
    room = max(20, shutil.get_terminal_size().columns - indent)
    lines = textwrap.wrap(text, room, break_on_hyphens=False, break_long_words=False) or [""]
    return label + f"\n{' ' * indent}".join(lines)
