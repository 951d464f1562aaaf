"""The examples run from start to end, as ``make demo`` runs them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
GUIDES = sorted(path for path in EXAMPLES.glob("*.py") if "transcript.main(" in path.read_text())


def play(path: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OMISE_")}
    return subprocess.run(
        [sys.executable, "-W", "error", path],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_an_example_plays_to_its_end_twice(path: Path) -> None:
    """Each statement is shown as it would be typed, with what came back; running it again works as well."""
    first, second = play(path), play(path)

    for result in (first, second):
        assert (result.returncode, result.stderr) == (0, "")
        assert "\n>>> " in result.stdout
        assert result.stdout.endswith("\nDone.\n")


@pytest.mark.parametrize("keys", [{"OMISE_SECRET_KEY": "skey_live0key"}, {"OMISE_PUBLIC_KEY": "pkey_test_alone"}])
@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_a_live_key_is_refused(path: Path, keys: dict[str, str]) -> None:
    """With a live key, or half a pair, nothing is run, and the key is not shown."""
    result = play(path, **keys)

    assert result.returncode == 1
    assert "must be a test key" in result.stderr
    assert result.stdout == ""
    assert not any(key in result.stderr for key in keys.values())


def test_dask_reads_a_sandbox_in_four_processes() -> None:
    """What they wrote, put together, is what there is."""
    result = play(EXAMPLES / "dask_export.py")

    assert result.returncode == 0, result.stderr
    assert result.stdout.endswith("40 rows, of 40 charges\nThe same rows.\n")
    assert all(f"charges-{number}.jsonl: " in result.stdout for number in range(1, 5))
