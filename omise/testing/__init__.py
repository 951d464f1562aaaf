"""What test suites use: the pytest plugin, the same as context managers, recordings without secrets."""

from __future__ import annotations

import sys

from ..importing import imported

TYPE_CHECKING = False  # as checkers know it; a suite that uses nothing of this does not wait for it
if TYPE_CHECKING:
    from typing import Any

    from .cassettes import recorder, vcr_config
    from .leaks import check_cassettes
    from .network import api_refused
    from .replaying import cassette
    from .servers import sandbox_server

__all__ = ["api_refused", "cassette", "check_cassettes", "recorder", "sandbox_server", "vcr_config"]

MODULES = {
    "api_refused": "network",
    "cassette": "replaying",
    "check_cassettes": "leaks",
    "recorder": "cassettes",
    "sandbox_server": "servers",
    "vcr_config": "cassettes",
}
"""The module of each name, loaded when it is first used."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name in MODULES:
            found = getattr(imported(f"{__name__}.{MODULES[name]}"), name)
        elif name in MODULES.values():
            found = imported(f"{__name__}.{name}")
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
        vars(sys.modules[__name__])[name] = found
        return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
