"""Processes beside this one: servers, a worker for each peer, each kept to one core where the system can do that."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

HERE = Path(__file__).parent
CLIENT, SERVER = 0, -1
"""Places in the list of cores: the clients are measured on the first, what serves them is on the last."""


class Process:
    """A script of this folder, until the end of a ``with`` block; `first` is the first line that it prints."""

    def __init__(self, python: Path, script: str, *arguments: object, core: int, env: Mapping[str, str]) -> None:
        self.script = script
        command = [str(python), str(HERE / script), *map(str, arguments)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env, cwd=HERE
        )
        keep_to(core, self._process.pid)
        self.first = self._line()

    def ask(self, *command: object) -> Any:
        """Send *command*, and return what it answers."""
        print(json.dumps(command), file=self._process.stdin, flush=True)
        return json.loads(self._line())

    def _line(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.script} ended with code {self._process.wait()}; it says why above")
        return line.strip()

    def close(self) -> None:
        """End it: it ends when its input does."""
        self._process.communicate()

    def __enter__(self) -> Process:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def keep_to(place: int, process: int = 0) -> None:
    """Keep a process, this one by default, to the core at that *place*; threads that it starts later follow it."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(process, {CORES[place]})


def cores() -> Sequence[int]:
    """The cores that this process may use."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [*range(os.cpu_count() or 1)]


CORES = cores()
