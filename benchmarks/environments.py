"""An environment for each peer, under build/, with pinned versions; ours finds the library in the checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
FOLDER = ROOT / "build" / "bench"
PINNED = HERE / "pinned.txt"

PEERS = {
    "ours": ["requests", "python-dateutil", "urllib3", "werkzeug", "waitress", "jinja2", "segno"],
    "official": ["omise"],
    "stripe_sdk": ["stripe", "requests"],
    "session": ["requests"],
    "httpx_client": ["httpx"],
    "urllib3_pool": ["urllib3"],
    "limit": [],
}
"""The peers, modules of ``peers/``, and what is installed for each; ours comes first."""

ASYNC_PEERS = {"ours": PEERS["ours"], "stripe_sdk": ["stripe", "httpx"], "httpx_client": PEERS["httpx_client"]}
"""Those that asynchronous code can ask, and what is installed for that."""

TOOLS = ["trustme"]
SHOWN = ["omise", "stripe", "requests", "httpx", "urllib3"]


def python_for(name: str) -> Path:
    """Where the interpreter of an environment is."""
    return FOLDER / name / "bin" / "python"


def prepare(name: str, packages: list[str]) -> Path:
    """Make the environment of that name, unless it is there as it should be, and return its interpreter."""
    python, mark = python_for(name), FOLDER / name / "made-of.txt"
    made_of = "\n".join([sys.version, *packages, PINNED.read_text()])
    if not mark.exists() or mark.read_text() != made_of:
        venv.create(FOLDER / name, clear=True, symlinks=True)
        if packages:
            install(python, packages)
        mark.write_text(made_of)
    return python


def install(python: Path, packages: list[str]) -> None:
    """Install *packages* with the pip of this environment: those of the peers are free of what pip brings."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)]
    subprocess.run([*pip, "install", "--quiet", "--constraint", str(PINNED), *packages], check=True)


def variables(name: str, authority: Path | None = None) -> dict[str, str]:
    """The environment variables of a peer's process: no settings of the user, no proxies; whose TLS it trusts."""
    kept = {key: value for key, value in os.environ.items() if not re.search("^(OMISE|PYTHON)|proxy$|CERT", key, re.I)}
    if name == "ours":
        kept["PYTHONPATH"] = str(ROOT)
    if authority is not None:
        kept["REQUESTS_CA_BUNDLE"] = kept["SSL_CERT_FILE"] = str(authority)
    return kept


def versions() -> dict[str, str]:
    """The pinned versions of the peers."""
    pinned = dict(line.split("==") for line in PINNED.read_text().splitlines() if "==" in line)
    return {name: pinned[name] for name in SHOWN}
