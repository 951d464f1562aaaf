"""
What the session, and else the environment, says of proxies and certificates: looked at anew only when it changed.

Imported with the first request, since it imports requests.
"""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies_environment

import requests
from requests import compat

from ..checks import is_loopback
from ..variables import variables


class _Kept(NamedTuple):
    """The settings for an address, with what they were made of."""

    given: Any
    environment: Any
    settings: dict[str, Any]


_latest: dict[str, _Kept] = {}
"""What any session found last for an address: others, such as those of a sandbox for each test, will find the same."""


class Environment:
    """The settings with which a session sends to an address, kept for as long as what they were made of is the same."""

    def __init__(self, session: requests.Session) -> None:
        self.session = session
        self._kept: dict[str, _Kept] = {}

    def settings_of(self, base: str) -> dict[str, Any]:
        """Return the arguments of `Session.send` for the address *base*; they are not to be changed."""
        if compat.getproxies is not getproxies_environment:
            return self._look(base)  # the proxies of Windows and macOS may come from elsewhere, and change unseen
        session, environment = self.session, variables()
        given = session.verify, session.cert, session.trust_env, session.stream, session.proxies
        for known in (self._kept, _latest):
            kept = known.get(base)
            if kept is not None and kept.given == given and kept.environment == environment:
                break
        else:
            given = (*given[:-1], dict(session.proxies))
            kept = _latest[base] = _Kept(given, dict(environment), self._look(base))
        self._kept[base] = kept
        return kept.settings

    def _look(self, base: str) -> dict[str, Any]:
        proxies, verify = dict(self.session.proxies), self.session.verify  # given, or the environment would go first
        settings = dict(self.session.merge_environment_settings(base, proxies, None, verify, None))
        address = urlsplit(base)
        if address.scheme == "http" or is_loopback(address.hostname or ""):
            settings["proxies"] = {}  # a key on its way to this machine, or one nearby, has no business in a proxy
        return settings
