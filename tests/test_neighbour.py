"""The official package beside this one is named, instead of failing strangely."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import omise

THEIRS = {
    "__init__.py": "from . import errors\napi_secret = None\n\n\nclass Customer: ...\n",
    "errors.py": "class BaseError(Exception): ...\n",
    "version.py": '__VERSION__ = "0.16.0"\n',
    "request.py": "",
}
"""The files that the official package has, in outline."""

ENTRIES = (
    "from omise.cli import main",
    "from omise.sandbox import Sandbox",
    "from omise.client import Client",
    "from omise.resources import Customer",
    "from omise.testing.plugin import omise_sandbox; next(omise_sandbox.__wrapped__())",
)
"""The ways into this package that do not ask the package itself for anything."""


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder to import `omise` from, with the files of this package, and what was compiled of them."""
    shutil.copytree(Path(omise.__file__).parent, tmp_path / "omise", ignore=shutil.ignore_patterns("*-pytest-*"))
    return tmp_path


def run(folder: Path, code: str) -> str:
    """Return what *code* complains about, with the package in *folder* and no other, however it is installed."""
    installed = Path(omise.__file__).parent.parent
    path = [place for place in sys.path if place and Path(place) != installed]
    code = f"import sys; sys.path[:] = {[str(folder), *path]!r}; {code}"
    result = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=folder, capture_output=True, text=True, timeout=30, check=False
    )
    return result.stderr


def overwrite(folder: Path, names: set[str]) -> None:
    for name in names:
        (folder / "omise" / name).write_text(THEIRS[name])


def test_alone_it_says_nothing(mixed: Path) -> None:
    """Where this package is alone, importing it is silent."""
    assert run(mixed, "import omise; omise.Customer") == ""


def test_installed_over_the_official_package_it_warns(mixed: Path) -> None:
    """Files of the other one that are still there are told with the import, in the line that imports."""
    overwrite(mixed, {"request.py"})
    (mixed / "shop.py").write_text("import omise\n")

    said = run(mixed, "import shop")

    assert "uninstall both, then install omise-orm again" in said
    assert "shop.py:1: RuntimeWarning" in said


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize("left", ["overwritten", "removed"])
def test_under_the_official_package_it_says_so(mixed: Path, entry: str, left: str) -> None:
    """Overwritten by the other one, or torn when that was uninstalled, whatever is used of it says what happened."""
    if left == "overwritten":
        overwrite(mixed, {*THEIRS})
    else:
        for name in THEIRS:
            (mixed / "omise" / name).unlink(missing_ok=True)

    last = run(mixed, entry).strip().splitlines()[-1]

    assert last.startswith("ImportError: the official package")
