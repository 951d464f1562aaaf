"""`omise.importing`: modules are loaded when first used, by any thread, and never while the process forks."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import omise
from omise.importing import imported

PACKAGE = Path(omise.__file__).parent
APART = ("cli", "sandbox")
"""What is a program of its own, whose modules are loaded at its start."""

SLOW = "import time; time.sleep(0.3); LOADED = True"

FORK = """
import os, sys, threading, time
from omise.importing import imported

thread = threading.Thread(target=imported, args=("slow_to_load",))
thread.start()
time.sleep(0.1)
child = os.fork()
if child == 0:
    os._exit(0 if imported("slow_to_load").LOADED else 1)
print(os.waitpid(child, 0)[1])
"""


def test_a_module_is_loaded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever thread comes first; who comes meanwhile waits for all of it."""
    (tmp_path / "slow_once.py").write_text(SLOW)
    monkeypatch.syspath_prepend(tmp_path)
    found = []
    threads = [threading.Thread(target=lambda: found.append(imported("slow_once").LOADED)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert found == [True] * 4
    with pytest.raises(ModuleNotFoundError):
        imported("there_is_no_such_module")


def test_a_fork_waits_for_what_is_being_loaded(tmp_path: Path) -> None:
    """A child that was forked meanwhile would wait for the thread that loads it, which it does not have."""
    (tmp_path / "slow_to_load.py").write_text(SLOW)
    env = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{Path(__file__).parent.parent}"}
    done = subprocess.run(
        [sys.executable, "-c", FORK], env=env, capture_output=True, text=True, timeout=20, check=False
    )

    assert (done.stdout, done.stderr) == ("0\n", "")


def test_nothing_else_loads_modules_by_name() -> None:
    """Whatever is loaded when first used goes this way, or a fork in the middle of it would be the end of a child."""
    named = {path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py") if "import_module" in path.read_text()}

    assert {path.as_posix() for path in named if path.parts[0] not in APART} == {"importing.py"}
