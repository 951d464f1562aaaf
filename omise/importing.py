"""
Modules loaded when first used, and never while the process forks: a child would wait for ever for a half-loaded one.

Loading does not exclude loading, which Python itself keeps in order; a fork waits for what is being loaded, and what
comes meanwhile waits for the fork.
"""

from __future__ import annotations

import os
import sys
import time
from _thread import get_ident
from importlib import import_module

TYPE_CHECKING = False  # as checkers know it; typing would be most of the import
if TYPE_CHECKING:
    from types import ModuleType

PATIENCE = 10.0
"""Seconds that a fork waits at the most: what is loaded may itself wait for somebody who waits for the fork."""

_loading: list[int] = []
"""The threads that load something now, each as often as it does."""

_forking: list[int] = []
"""The threads that fork now."""


_heeded: list[bool] = []


def imported(name: str) -> ModuleType:
    """Return the module *name*, which is loaded first if need be."""
    module = sys.modules.get(name)
    if module is not None and not getattr(getattr(module, "__spec__", None), "_initializing", False):
        return module
    _heed_forks()
    me = get_ident()
    nested = me in _loading
    _loading.append(me)  # before the look at the forks, which look here after they said that they are one
    try:
        while _forking and not nested:
            _loading.remove(me)
            time.sleep(0.001)
            _loading.append(me)
        return import_module(name)
    finally:
        _loading.remove(me)


def _wait_for_others() -> None:
    me = get_ident()
    _forking.append(me)
    patience = time.monotonic() + PATIENCE
    while any(thread != me for thread in _loading) and time.monotonic() < patience:
        time.sleep(0.001)


def _go_on() -> None:
    _forking.remove(get_ident())


def _begin_as_a_child() -> None:
    """Forget the threads of the parent, which are not here."""
    _loading[:] = [thread for thread in _loading if thread == get_ident()]
    _forking.clear()


def _heed_forks() -> None:
    """
    Have forks wait, from the first loading on.

    What is registered last is asked first before a fork, and logging holds its lock from its turn on: what is being
    loaded may need it, and so its turn has to come after ours.
    """
    import logging  # noqa: F401  # pyright: ignore[reportUnusedImport]

    if not _heeded and hasattr(os, "register_at_fork"):
        _heeded.append(True)
        os.register_at_fork(before=_wait_for_others, after_in_parent=_go_on, after_in_child=_begin_as_a_child)
