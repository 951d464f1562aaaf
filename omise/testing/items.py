"""Tests that the pytest plugin adds: no recording in a folder holds a secret."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from .leaks import check_cassettes


def cassette_items(session: pytest.Session, folders: Iterable[Path]) -> list[pytest.Item]:
    """Return a test for each of *folders*."""
    return [
        CassettesItem.from_parent(session, name=f"cassettes in {_near(folder)}", folder=folder) for folder in folders
    ]


def _near(folder: Path) -> str:
    return os.path.relpath(folder)


class CassettesItem(pytest.Item):
    """Passes if no recording in *folder* holds a secret."""

    def __init__(self, *, folder: Path, **more: Any) -> None:
        super().__init__(**more)
        self.folder = folder

    def runtest(self) -> None:
        """Look for secrets."""
        check_cassettes(_near(self.folder))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """Say where they are, and nothing of how they were found."""
        return str(excinfo.value)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the test stands: nowhere in a file."""
        return self.folder, None, self.name
