"""The command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence

# Before all else, since it tells where the official package's files are among these.
from ..config import Config as Config

LIBRARIES = ("click", "rich")
"""What the command line is made with; the extra ``cli`` brings it."""


def needed(library: str) -> str:
    """Return a sentence that says what to install, where *library* is not there."""
    return f"the command line needs {library}: pip install {' '.join(LIBRARIES)}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command in *arguments* (those of the process if None) and return its exit status."""
    try:
        from .frame import run
    except ModuleNotFoundError as missing:
        library = str(missing.name).partition(".")[0]
        if library not in LIBRARIES:
            raise
        print(f"omise: {needed(library)}", file=sys.stderr)
        return 1
    return run(sys.argv[1:] if arguments is None else arguments)


__all__ = ["LIBRARIES", "main", "needed"]
