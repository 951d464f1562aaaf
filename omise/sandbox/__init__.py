"""
A stateful Omise on this machine, to develop and test against without an account.

`Sandbox` runs it in the process, without a socket; `Server` over HTTP, as ``omise sandbox`` does.
"""

try:
    from .app import Application, ReceivedRequest
    from .embedded import Sandbox
    from .http.faults import Fault
    from .server import Server, serve
    from .state.store import Store
except ModuleNotFoundError as missing:
    package = str(missing.name).partition(".")[0]
    if package not in ("waitress", "werkzeug"):
        raise
    raise ModuleNotFoundError(f"the sandbox needs {package}: pip install werkzeug waitress", name=package) from None

__all__ = ["Application", "Fault", "ReceivedRequest", "Sandbox", "Server", "Store", "serve"]
