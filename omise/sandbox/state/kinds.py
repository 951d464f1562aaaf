"""
The registry of what there is: kinds of objects, who listens to events, and what every account begins with.

Resources register themselves here, so that `workspace` shows and finds them without knowing any by name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["KINDS", "LISTENERS", "OPENINGS", "Kind", "listener", "opening"]

#: A function that shows an object: ``(view, document)``.
Show = Callable[..., dict[str, Any]]
F = TypeVar("F", bound=Callable[..., Any])

KINDS: dict[str, Kind] = {}
LISTENERS: list[Callable[..., None]] = []
OPENINGS: list[Callable[..., None]] = []


class Kind:
    """
    One kind of object: how it is called, and shown.

    *name* is the object's type and the noun in ``customer … was not found``; *path* is the address of its list.
    """

    def __init__(self, name: str, *, prefix: str, path: str) -> None:
        self.name = name
        self.prefix = prefix
        self.path = path
        self.show: Show
        KINDS[name] = self

    def shown(self, function: F) -> F:
        """Let the function below say what the object looks like, in the newest version and in the API's order."""
        self.show = function
        return function


def listener(function: F) -> F:
    """Call the function below for every event, ``(workspace, "customer.create", customer)``, when it happens."""
    LISTENERS.append(function)
    return function


def opening(function: F) -> F:
    """Call the function below, with a workspace, for every account when it is opened."""
    OPENINGS.append(function)
    return function
