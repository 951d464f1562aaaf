"""Checks what `make wheel` built: ``python tests/distribution.py dist``; says what is wrong, or nothing."""

import itertools
import re
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from email.parser import HeaderParser
from pathlib import Path

LARGEST = 300_000
"""Bytes that each wheel may have."""

CLIENT, SANDBOX = "omise_orm", "omise_orm_sandbox"

PARTS = {CLIENT: r"omise/(?!sandbox/(?!__init__\.py$))", SANDBOX: r"omise/sandbox/(?!__init__\.py$)"}
"""The wheels, and what each holds: together all, no file in both."""

NEEDED_IN_WHEEL = {
    CLIENT: {
        "omise/py.typed": "its types are not seen",
        "omise/sandbox/__init__.py": "nothing says how the sandbox is installed",
    },
    SANDBOX: {
        "omise/sandbox/dashboard/templates/base.html": "the dashboard has no pages",
        "omise/sandbox/dashboard/static/dashboard.css": "the dashboard has no style",
    },
}
"""What must not be lost on the way, and what is wrong without it."""

NEEDED = {"CHANGELOG.md", "LICENSE", "Makefile", "README.md", "noxfile.py", "pyproject.toml", "setup.cfg", "wheels.py"}
NEEDED_FOLDERS = {"benchmarks", "cassettes", "docs", "examples", "migration", "omise", "tests"}
"""What the tests need, and what they are about: the source distribution holds all of it."""

RELATIVE_LINK = re.compile(r"\]\((?!https://|#)[^)]*\)")


def problems_of_wheel(path: Path) -> Iterator[str]:
    """Yield what is wrong with the wheel at *path*."""
    name = path.name.partition("-")[0]
    if name not in PARTS:
        yield f"{path.name} is not called {' or '.join(PARTS)}"
        return
    if path.stat().st_size > LARGEST:
        yield f"{path.name} has {path.stat().st_size} bytes, over {LARGEST}"
    with zipfile.ZipFile(path) as wheel:
        names = wheel.namelist()
        metadata = next(wheel.read(name).decode() for name in names if name.endswith(".dist-info/METADATA"))
    for needed, without in NEEDED_IN_WHEEL[name].items():
        if needed not in names:
            yield f"{path.name} lacks {needed}: {without}"
    strange = [each for each in names if not re.match(rf"{PARTS[name]}|{name}-[^/]*\.dist-info/", each)]
    if strange:
        yield f"{path.name} holds what is no part of it: {', '.join(strange)}"
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
    """Return what is wrong with the wheels and the source distribution in *folder*, a line each."""
    wheels, (sdist,) = [*Path(folder).glob("*.whl")], Path(folder).glob("*.tar.gz")
    built = sorted(wheel.name.partition("-")[0] for wheel in wheels)
    wrong = [] if built == sorted(PARTS) else [f"the wheels are {', '.join(built)}, and not {', '.join(PARTS)}"]
    return "\n".join([*wrong, *itertools.chain(*map(problems_of_wheel, wheels)), *problems_of_sdist(sdist)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) or None)
