"""Values that the library makes up, such as the key by which the API knows a repetition: told apart from users' own."""

from __future__ import annotations

import os
import re

MADE_UP = re.compile(r"auto_[0-9a-f]{32}")


def make_up() -> str:
    """Return a value that nobody else has: by its looks it is known as one that says nothing of the request."""
    return f"auto_{os.urandom(16).hex()}"
