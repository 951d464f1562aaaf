"""What type checkers say of right uses (api.py) and of wrong ones (mistakes.py); each checker runs once."""

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FILES = ("api.py", "mistakes.py")
CHECKERS = {"mypy": ["--no-error-summary", "--hide-error-context"], "pyright": []}


def reported(checker: str, options: Iterable[str]) -> dict[str, set[int]]:
    """The lines of each file that *checker* reports."""
    command = [sys.executable, "-m", checker, *options, *(str(HERE / name) for name in FILES)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found: dict[str, set[int]] = {name: set() for name in FILES}
    for name, line in re.findall(r"(\w+\.py):(\d+):.* ?error", said.stdout):
        found[name].add(int(line))
    assert said.returncode == 1, said.stdout + said.stderr
    return found


@pytest.fixture(scope="module", params=CHECKERS)
def lines(request: pytest.FixtureRequest) -> dict[str, set[int]]:
    """What one of the checkers reports."""
    return reported(request.param, CHECKERS[request.param])


def test_every_mistake_is_reported_and_nothing_else(lines: dict[str, set[int]]) -> None:
    """Each line with a mistake in it, by each checker."""
    text = (HERE / "mistakes.py").read_text().splitlines()
    marked = {number for number, line in enumerate(text, 1) if "# mistake:" in line}

    assert len(marked) >= 20
    assert lines["mistakes.py"] == marked


def test_right_uses_are_not_reported(lines: dict[str, set[int]]) -> None:
    """No false alarm, and every type is the one that is asserted."""
    assert lines["api.py"] == set()
