"""
One try at a request: through the session, to what came of it.

Imported with the first request, since it imports requests.
"""

from __future__ import annotations

import sys
from typing import Any

import requests
from urllib3.exceptions import HTTPError

from ..checks import Timeout, looks_test
from ..config import Config
from ..guards import refuse_live
from ..version import __version__
from .answers import Answer, Outcome, answer_from_failure, answer_from_response
from .environment import Environment
from .limiting import Held, Turn
from .pooling import STAND_INS, Session, attempt
from .preparing import Preparer
from .request import Request

SHORTEST = 0.001
"""Seconds: no time at all would be a mistake to urllib3."""


class Sender:
    """The session of one account, with what is known of how requests are made ready for it."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.session: Session = Session()
        self._preparer = Preparer(self.session)
        self._environment = Environment(self.session)

    def prepare(self, request: Request) -> requests.PreparedRequest:
        """Return *request* as it is sent, in every try."""
        prepared: Any = self._preparer.prepare(request, user_agent(self.config), self.config.api_version)
        prepared.most_bytes = self.config.max_response_bytes
        return prepared  # type: ignore[no-any-return]

    def send(self, request: Request, prepared: requests.PreparedRequest, turn: Turn | None = None) -> Answer:
        """Send *prepared*, which was made of *request*, once, when it is its *turn*; it ends by the deadline."""
        if STAND_INS:
            self._refuse_live(request)
        if request.deadline is not None and not request.deadline.left:
            return Answer(Outcome.UNSENT, "the deadline passed before it was sent")
        attempt.connected, attempt.deadline = None, request.deadline
        attempt.request, attempt.turn = request, turn
        try:
            response = self.session.send(
                prepared,
                timeout=self._timeout(request),
                allow_redirects=False,  # a redirect would carry the key elsewhere
                **self._environment.settings_of(request.base),
            )
            return answer_from_response(response, request, self.config.max_response_bytes)
        except Held as held:
            return Answer(Outcome.HELD, str(held))
        except (requests.RequestException, HTTPError, OSError, ValueError) as failure:
            return answer_from_failure(failure, attempt.connected)
        finally:
            attempt.deadline = attempt.request = attempt.turn = None

    def _refuse_live(self, request: Request) -> None:
        """Refuse a live key while a sandbox stands in for the API, but for a client that has a stand-in of its own."""
        if self.session.adapter in (None, *STAND_INS) and looks_test(request.key) is False:
            raise refuse_live(
                "while a sandbox is mounted", ", or give live ones to sandbox.client(), which goes nowhere else"
            )

    def _timeout(self, request: Request) -> Timeout:
        """Return the time for connecting and for each part of an answer, which is no more than is left."""
        timeout = self.config.timeout if request.timeout is None else request.timeout
        if request.deadline is None:
            return timeout
        left = max(request.deadline.left, SHORTEST)
        connect, read = timeout if isinstance(timeout, (tuple, list)) else (timeout, timeout)
        return min(connect, left), min(read, left)


def user_agent(config: Config) -> str:
    """Return the ``User-Agent``: this package, Python, and what the application adds."""
    agent = f"OmisePython/{__version__} Python/{'.'.join(map(str, sys.version_info[:3]))}"
    return f"{agent} {config.user_agent_suffix}" if config.user_agent_suffix else agent
