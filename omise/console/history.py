"""What was typed, kept for another day: in a file that is its owner's alone, and without what has a secret in it."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from ..redaction import SEALED_FIELDS, redact_text

MOST_LINES = 1000

_NAMED = re.compile(rf"\b({'|'.join(map(re.escape, sorted(SEALED_FIELDS - {'key'})))})\b['\"]?\]?\s*[:=](?!=)")
_KEY = re.compile(r"\bkey\s*=(?!=)")


def holds_secret(text: str) -> bool:
    """Tell whether *text*, what was typed, has a secret in it: by its looks, or by the name it is given to."""
    return redact_text(text) != text or _NAMED.search(text) is not None or _KEY.search(text) is not None


def folder() -> Path | None:
    """Return the folder for what is kept, which nobody else may look into; None where there can be none."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    else:
        base = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    try:
        path = Path(base).expanduser() / "omise"
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
    except (OSError, RuntimeError):
        return None
    return path if os.access(path, os.W_OK) else None


def private(name: str) -> Path | None:
    """Return the path of the file *name* in the folder, made where it is not there, for its owner alone."""
    where = folder()
    if where is None:
        return None
    path = where / name
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)
    except OSError:
        return None
    return path
