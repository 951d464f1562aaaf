"""The module `omise` as the settings of the default account: read and checked as those of a `Config` are."""

from __future__ import annotations

import sys
from types import ModuleType

from .directory import MODULES, find
from .importing import imported
from .neighbour import warn_of_neighbour

TYPE_CHECKING = False  # as checkers know it; typing would be most of the import
if TYPE_CHECKING:
    from typing import Any

    from .config import Config, Setting

LAZY = frozenset({"aio", "sandbox", "testing"})
"""Subpackages that bring their own dependencies, imported when they are first used."""

PARTS = frozenset(
    {"client", "config", "errors", "records", "redaction", "resources", "telemetry", "webhook", "wire", "notices"}
)
"""Modules of this package, which need no import statement either."""

SYNONYMS = {"Base": "Resource", "Collection": "List", "LazyCollection": "List"}
"""What other packages call the same things."""


class SettingsModule(ModuleType):
    """
    A module whose settings are those of the default account, and which refuses a misspelt one.

    What else it offers is loaded when it is first used.
    """

    def __getattr__(self, name: str) -> Any:
        if name in LAZY or name in PARTS:
            return imported(f"{self.__name__}.{name}")
        public = SYNONYMS.get(name, name)
        if public in MODULES and name in vars(self)["__all__"]:
            vars(self)[name] = found = find(public)
            return found
        if not name.startswith("_") and name in _settings():
            return getattr(_config(), name)
        raise AttributeError(self._unknown(name))

    def _unknown(self, name: str) -> str:
        """Return a sentence that says there is no *name* here, and which one may be meant."""
        from .nearest import nearest

        near = None if name.startswith("_") else nearest(name, dir(self))
        hint = f"; did you mean {near!r}?" if near else ""
        return f"module {self.__name__!r} has no attribute {name!r}{hint}"

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(value, ModuleType) and value.__name__ == f"{self.__name__}.{name}":
            super().__setattr__(name, value)  # as the import of a submodule does, when there are no settings yet
        elif not name.startswith("_") and name in _settings():
            from .discretion import hidden

            value = hidden(value)
            _set(_settings()[name], value)
        elif self._may_hold(name) or isinstance(value, ModuleType):
            super().__setattr__(name, value)
        else:
            from .config import unknown_setting

            value = None  # which what prints the variables of frames would show
            raise AttributeError(unknown_setting(name))

    def _may_hold(self, name: str) -> bool:
        return name.startswith("_") or name in vars(self) or name in vars(self)["__all__"]

    def __delattr__(self, name: str) -> None:
        if not name.startswith("_") and name in _settings():
            delattr(_config(), name)
        else:
            super().__delattr__(name)

    def __dir__(self) -> list[str]:
        return sorted({*vars(self)["__all__"], *_settings(), *LAZY})


def _settings() -> dict[str, Setting[Any]]:
    from .config import Config

    return Config.settings


def _config() -> Config:
    from .records.access import default

    return default.config


def _set(setting: Setting[Any], value: Any) -> None:
    """
    Set *setting*, or leave it as nobody had set it where that is the same.

    A test that patches a setting puts back what it read before; the environment must be looked at after that as it was
    before.
    """
    config = _config()
    was_set = setting.name in config.values
    setting.__set__(config, value)
    kept = config.values[setting.name]
    if kept == setting.unset(config) and (was_set or kept == setting.default):
        setting.__delete__(config)


def install(name: str) -> None:
    """Make the module *name* one of this kind."""
    sys.modules[name].__class__ = SettingsModule
    warn_of_neighbour()
