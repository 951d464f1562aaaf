"""
A stateful Omise on this machine, to develop and test against without an account.

`Sandbox` runs it in the process, without a socket; `Server` over HTTP, as ``omise sandbox`` does.
"""

from importlib.util import find_spec

#: What the sandbox needs beside the core; those at the end are loaded when first used.
NEEDED = ("werkzeug", "waitress", "jinja2", "segno")

try:
    from .app import Application, ReceivedRequest
    from .embedded import Sandbox
    from .http.faults import Fault
    from .server import Server, serve
    from .state.store import Store

    for name in NEEDED:
        if find_spec(name) is None:
            raise ModuleNotFoundError(name=name)
except ModuleNotFoundError as missing:
    package: str = str(missing.name).partition(".")[0]
    if package not in NEEDED:
        raise
    raise ModuleNotFoundError(f"the sandbox needs {package}: pip install {' '.join(NEEDED)}", name=package) from None

__all__ = ["Application", "Fault", "ReceivedRequest", "Sandbox", "Server", "Store", "serve"]
