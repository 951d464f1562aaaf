"""The module `omise` as the settings of the default account: read and checked as those of a `Config` are."""

from __future__ import annotations

import difflib
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

from .client import default_client
from .config import Config, Setting, unknown_setting
from .neighbour import warn_of_neighbour

LAZY = frozenset({"aio", "sandbox", "testing"})
"""Subpackages that bring their own dependencies, imported when they are first used."""


class SettingsModule(ModuleType):
    """A module whose settings are those of the default account, and which refuses a misspelt one."""

    def __getattr__(self, name: str) -> Any:
        if name in Config.settings:
            return getattr(default_client.config, name)
        if name in LAZY:
            return import_module(f"{self.__name__}.{name}")
        near = difflib.get_close_matches(name, dir(self), n=1)
        hint = f"; did you mean {near[0]!r}?" if near and not name.startswith("_") else ""
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}{hint}")

    def __setattr__(self, name: str, value: Any) -> None:
        if name in Config.settings:
            _set(Config.settings[name], value)
        elif name.startswith("_") or name in vars(self) or isinstance(value, ModuleType):
            super().__setattr__(name, value)
        else:
            raise AttributeError(unknown_setting(name))

    def __delattr__(self, name: str) -> None:
        if name in Config.settings:
            delattr(default_client.config, name)
        else:
            super().__delattr__(name)

    def __dir__(self) -> list[str]:
        return sorted({*vars(self)["__all__"], *Config.settings, *LAZY})


def _set(setting: Setting[Any], value: Any) -> None:
    """
    Set *setting*, or leave it as nobody had set it where that is the same.

    A test that patches a setting puts back what it read before; the environment must be looked at after that as it was
    before.
    """
    config = default_client.config
    was_set = setting.name in config.values
    setting.__set__(config, value)
    kept = config.values[setting.name]
    if kept == setting.unset(config) and (was_set or kept == setting.default):
        setting.__delete__(config)


def install(name: str) -> None:
    """Make the module *name* one of this kind."""
    sys.modules[name].__class__ = SettingsModule
    warn_of_neighbour()
