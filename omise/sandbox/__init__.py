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
    if missing.name == f"{__name__}.app":  # the wheel of the client has this module of the sandbox, and no other
        from ..version import __version__

        told = f"the sandbox is not installed: pip install omise-orm-sandbox=={__version__}, from where omise-orm came"
    elif package in NEEDED:
        told = f"the sandbox needs {package}: pip install {' '.join(NEEDED)}"
    else:
        raise
    raise ModuleNotFoundError(told, name=package) from None

__all__ = ["Application", "Fault", "ReceivedRequest", "Sandbox", "Server", "Store", "serve"]
