"""
A stateful Omise on this machine, to develop and test against without an account.

`Sandbox` runs it in the process, without a socket; `Server` over HTTP, as ``omise sandbox`` does.
"""

from .app import Application, ReceivedRequest
from .embedded import Sandbox
from .server import Server, serve
from .store import Store

__all__ = ["Application", "ReceivedRequest", "Sandbox", "Server", "Store", "serve"]
