"""The benchmarks run, with tiny numbers and this library alone; what they measure is no matter here."""

import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
TARGETS = runpy.run_path(str(BENCHMARKS / "targets.py"))
ENVIRONMENTS = runpy.run_path(str(BENCHMARKS / "environments.py"))
PEERS = (ENVIRONMENTS["PEERS"], ENVIRONMENTS["ASYNC_PEERS"])


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a run wrote."""
    path = tmp_path_factory.mktemp("bench") / "results.md"
    command = [sys.executable, BENCHMARKS / "run.py", "tiny", "--here", "--to", path]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert (result.returncode, result.stderr) == (0, "")
    return path.read_text()


def test_every_row_has_our_figure(table: str) -> None:
    """A run measures all that the table has, and says for each target whether it is reached, or who was missing."""
    rows = [re.split(r" *\| *", line)[1:-1] for line in table.splitlines() if line.startswith("| ")][2:]

    assert len(rows) == len(TARGETS["ROWS"])
    for (title, figure, target, reached), row in zip(rows, TARGETS["ROWS"], strict=True):
        assert re.match(r"-?\d[\d,.]*$", figure), title
        assert bool(target) == bool(reached) == bool(row.targets), title


def test_the_readme_has_the_figures_of_the_last_run() -> None:
    """What users feel stands there in three lines, as the table has it."""
    lines = [line for line in (BENCHMARKS / "RESULTS.md").read_text().splitlines() if line.startswith("| ")]
    heads, _, *rows = [re.split(r" *\| *", line)[1:-1] for line in lines]
    figures = {
        title: dict(zip(heads[1:], [cell.split(" ")[0] for cell in cells], strict=True)) for title, *cells in rows
    }
    importing, call = figures["Import over bare Python, CPU ms"], figures["Retrieve, CPU µs"]
    at_once = figures["Far away, asynchronous: 50 creates at once, ms"]
    lines = [
        "- `import omise` takes {ours} ms of processor time, where `import requests` takes {session}.".format(
            **importing
        ),
        "- A call takes {ours} µs of it; a bare `requests.Session` takes {session}, the official package {official}, "
        "stripe's {stripe}.".format(**call),
        "- 50 creates at once in asynchronous code, 20 ms away, are answered within {ours} ms; stripe's within "
        "{stripe}.".format(**at_once),
    ]

    assert "\n".join(lines) in (BENCHMARKS.parent / "README.md").read_text()


@pytest.mark.parametrize(
    ("target", "reached"),
    [
        (TARGETS["Target"](2), True),
        (TARGETS["Target"](1.9), False),
        (TARGETS["Target"](2, at_least=True), True),
        (TARGETS["Target"](2.1, at_least=True), False),
        (TARGETS["Target"](0.5, "session"), True),
        (TARGETS["Target"](0.4, "session"), False),
        (TARGETS["Target"](2, of_row="above"), True),
        (TARGETS["Target"](1, of_row="above"), False),
    ],
)
def test_a_target_is_reached_or_not(target: tuple[object, ...], reached: bool) -> None:
    """A bound is for the median, of our figures or of what they are to others in the same round."""
    figures = {"row": {"ours": [1.0, 2.0, 9.0], "session": [2.0, 4.0, 18.0]}, "above": {"ours": [1.0, 1.0, 1.0]}}

    assert target.reached("row", figures)[0] is reached  # type: ignore[attr-defined]


def test_every_package_has_a_pinned_version() -> None:
    """What a peer or a tool is given is in the list of versions, so that a run can be repeated."""
    pinned = set(re.findall("^([^#=]+)==", ENVIRONMENTS["PINNED"].read_text(), re.MULTILINE))
    wanted = {name for peers in PEERS for packages in peers.values() for name in packages}

    assert wanted | {*ENVIRONMENTS["TOOLS"]} <= pinned
