"""A warning where a record or page is fetched behind a running event loop's back, which all its tasks wait for."""

from __future__ import annotations

import os
import sys
import warnings

from ..notices import BlockingWarning

HERE = os.path.dirname(os.path.dirname(__file__)) + os.sep


def warn_of_blocking(what: str, instead: str) -> None:
    """Warn that *what* blocks a running event loop, if there is one, and of what to do *instead*; not in notebooks."""
    asyncio = sys.modules.get("asyncio")  # who has no loop need not pay for asking
    if asyncio is None or "ipykernel" in sys.modules:  # a notebook's cells run in the loop of its kernel
        return
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    warnings.warn(f"{what} in a running event loop, which waits for it: {instead}", BlockingWarning, depth())


def depth() -> int:
    """Return how far up the call stands that is not this package's, as `warnings.warn` counts."""
    depth, frame = 1, sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(HERE):
        depth, frame = depth + 1, frame.f_back
    return depth
