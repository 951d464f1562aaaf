"""
One module per resource of the API: its routes, what it looks like, and its rules.

Every module in here is part of the sandbox; adding one adds its routes.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from ..http.routing import ROUTES, Route

__all__ = ["load"]


@cache
def load() -> list[Route]:
    """Import all resources and return the routes that they have."""
    for module in iter_modules(__path__, f"{__name__}."):
        import_module(module.name)
    return ROUTES
