"""The machine that a run was made on."""

from __future__ import annotations

import platform
from pathlib import Path

from environments import versions
from processes import CORES


def model() -> str:
    """The model of the processor, as far as the system tells."""
    described = Path("/proc/cpuinfo")
    lines = described.read_text().splitlines() if described.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def description() -> list[str]:
    """What the figures depend on, a line each."""
    peers = ", ".join(f"{name} {version}" for name, version in versions().items())
    return [
        f"{len(CORES)} cores, {model()}, {platform.system()}",
        f"{platform.python_implementation()} {platform.python_version()}",
        peers.replace("omise", "the official package", 1),
    ]
