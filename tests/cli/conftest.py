"""What the tests of the command line share."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from omise.cli import main


class Said(NamedTuple):
    """What a command exited with, and what it printed."""

    status: int
    out: str
    err: str


Typed = Callable[..., Said]


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str]) -> Typed:
    """Run ``omise`` with the arguments given, in this process, and tell what it said."""

    def run(*arguments: str) -> Said:
        capsys.readouterr()
        return Said(main([*arguments]), *capsys.readouterr())

    return run
