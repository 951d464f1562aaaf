"""How a command ends: its exit status, and what it says where it cannot do its work."""

from __future__ import annotations

import click

DONE, FAILED, USAGE, CONFIGURATION, NO_ANSWER, UNKNOWN, INTERRUPTED, UNREAD = 0, 1, 2, 3, 4, 5, 130, 141
"""What the command line exits with; docs/command-line.md explains each."""


class Failed(click.ClickException):
    """What a command ends with that cannot do its work: a sentence, and in a second line what to do."""

    def __init__(self, problem: str, hint: str = "", status: int = FAILED) -> None:
        super().__init__(problem)
        self.hint = hint
        self.status = status
