"""Checks what `make wheel` built: ``python tests/distribution.py dist``; says what is wrong, or nothing."""

import re
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from email.parser import HeaderParser
from pathlib import Path

LARGEST = 485 << 10
"""
Bytes that the wheel may have: of 468 KiB, 285 are code, 123 docstrings and comments, 36 what a zip says of 276 files,
25 templates, style and metadata.
"""

NEEDED_IN_WHEEL = {
    "omise/py.typed": "its types are not seen",
    "omise/sandbox/dashboard/templates/base.html": "the dashboard has no pages",
    "omise/sandbox/dashboard/static/dashboard.css": "the dashboard has no style",
}
"""Files that are no modules, and what is wrong without them."""

NEEDED = {"CHANGELOG.md", "LICENSE", "Makefile", "README.md", "noxfile.py", "pyproject.toml", "setup.cfg"}
NEEDED_FOLDERS = {"benchmarks", "cassettes", "docs", "examples", "migration", "omise", "tests"}
"""What the tests need, and what they are about: the source distribution holds all of it."""

RELATIVE_LINK = re.compile(r"\]\((?!https://|#)[^)]*\)")


def problems_of_wheel(path: Path) -> Iterator[str]:
    """Yield what is wrong with the wheel at *path*."""
    if not path.name.startswith("omise_orm-"):
        yield f"{path.name} is not called omise_orm"
    if path.stat().st_size > LARGEST:
        yield f"{path.name} has {path.stat().st_size} bytes, over {LARGEST}"
    with zipfile.ZipFile(path) as wheel:
        names = wheel.namelist()
        metadata = next(wheel.read(name).decode() for name in names if name.endswith(".dist-info/METADATA"))
    for needed, without in NEEDED_IN_WHEEL.items():
        if needed not in names:
            yield f"{path.name} lacks {needed}: {without}"
    strange = [name for name in names if not re.match(r"omise/|omise_orm-[^/]*\.dist-info/", name)]
    if strange:
        yield f"{path.name} holds what is no part of the package: {', '.join(strange)}"
    yield from problems_of_description(str(HeaderParser().parsestr(metadata).get_payload()))


def problems_of_description(text: str) -> Iterator[str]:
    """Yield the links in *text* that lead nowhere once it is read away from the files beside it."""
    for link in RELATIVE_LINK.findall(text):
        yield f"the description has a relative link: {link}"


def problems_of_sdist(path: Path) -> Iterator[str]:
    """Yield what is wrong with the source distribution at *path*."""
    with tarfile.open(path) as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]
    for missing in NEEDED - {*names}:
        yield f"{path.name} lacks {missing}"
    for missing in NEEDED_FOLDERS - {name.partition("/")[0] for name in names}:
        yield f"{path.name} lacks the folder {missing}"


def main(folder: str) -> str:
    """Return what is wrong with the wheel and the source distribution in *folder*, a line each."""
    (wheel,), (sdist,) = Path(folder).glob("*.whl"), Path(folder).glob("*.tar.gz")
    return "\n".join([*problems_of_wheel(wheel), *problems_of_sdist(sdist)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) or None)
