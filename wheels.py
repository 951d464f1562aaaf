"""
Makes two wheels of the one that is built from here: ``python wheels.py build/whole dist``.

omise-orm is the client, which goes into production; omise-orm-sandbox adds the sandbox to it. In a clone, where its
modules are, the extra ``sandbox`` brings what the sandbox needs; to the first wheel it brings the second.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

SANDBOX = Path("omise", "sandbox")
STAYS = "__init__.py"
"""What the client keeps of the sandbox: it tells whoever imports it what to install."""

EXTRA = '; extra == "sandbox"'
OURS = re.compile(r'(Provides-Extra: |.*; (.* and )?extra == ")(suite|dev|docs)"?')
"""Extras that are for work on this repository, and for nobody who has a wheel."""

SHARED = ("Metadata-Version", "Version", "License-Expression", "License-File", "Classifier", "Requires-Python")
"""What both say of themselves alike."""


def requirements_divided(metadata: str, version: str) -> tuple[str, list[str]]:
    """Return the client's *metadata*, whose extra asks for the other wheel, and what that asked for, a line each."""
    head, blank, description = metadata.partition("\n\n")
    lines = [line for line in head.splitlines() if not OURS.fullmatch(line)]
    asked = [line for line in lines if line.endswith(EXTRA)]
    place = lines.index(asked[0])
    kept = [line for line in lines if line not in asked]
    kept.insert(place, f"Requires-Dist: omise-orm-sandbox=={version}{EXTRA}")
    return "\n".join(kept) + blank + description, [line.removesuffix(EXTRA) for line in asked]


def metadata_of_sandbox(metadata: str, version: str, asked: list[str]) -> str:
    """Return what the second wheel says of itself, from what the whole one did and what the extra *asked* for."""
    said = [line for line in metadata.partition("\n\n")[0].splitlines() if line.startswith(SHARED)]
    named = ["Name: omise-orm-sandbox", "Summary: A stateful sandbox of the Omise payments API, for omise-orm"]
    return "\n".join([said[0], *named, *said[1:], f"Requires-Dist: omise-orm=={version}", *asked]) + "\n"


def divide(client: Path, sandbox: Path) -> None:
    """Move the sandbox out of the unpacked wheel *client* into another, *sandbox*."""
    (info,) = client.glob("*.dist-info")
    version = info.stem.partition("-")[2]
    (sandbox / SANDBOX).parent.mkdir(parents=True)
    shutil.move(client / SANDBOX, sandbox / SANDBOX)
    (client / SANDBOX).mkdir()
    shutil.move(sandbox / SANDBOX / STAYS, client / SANDBOX / STAYS)
    other = sandbox / f"omise_orm_sandbox-{version}.dist-info"
    shutil.copytree(info, other, ignore=shutil.ignore_patterns("entry_points.txt", "top_level.txt", "RECORD"))
    whole = (info / "METADATA").read_text("utf-8")
    own, asked = requirements_divided(whole, version)
    (info / "METADATA").write_text(own, "utf-8")
    (other / "METADATA").write_text(metadata_of_sandbox(whole, version, asked), "utf-8")


def main(whole: str, folder: str) -> None:
    """Divide the wheel in the folder *whole* into two in *folder*."""
    wheel = [sys.executable, "-m", "wheel"]
    (built,) = Path(whole).glob("*.whl")
    with TemporaryDirectory() as place:
        subprocess.run([*wheel, "unpack", "--dest", place, built], check=True, stdout=subprocess.DEVNULL)
        (client,) = Path(place).iterdir()
        sandbox = Path(place, "sandbox")
        divide(client, sandbox)
        for part in (client, sandbox):
            subprocess.run([*wheel, "pack", "--dest-dir", folder, part], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main(*sys.argv[1:])
