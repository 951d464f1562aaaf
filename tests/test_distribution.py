"""What is built from this repository: its name, and that what it says holds where it is installed."""

import re
import zipfile
from pathlib import Path

import pytest

from .distribution import NEEDED, NEEDED_FOLDERS, problems_of_description, problems_of_wheel

ROOT = Path(__file__).parent.parent
METADATA = (ROOT / "pyproject.toml").read_text()


def test_the_distribution_has_a_name_of_its_own() -> None:
    """It is omise-orm, and its extras name it so: omise is another project."""
    assert re.search(r'^name = "omise-orm"$', METADATA, re.MULTILINE)
    assert {*re.findall(r'"(omise[\w-]*)\[', METADATA)} == {"omise-orm"}


def test_nothing_says_to_install_another_project() -> None:
    """Nowhere is `pip install omise`, with or without an extra."""
    folders = [path for name in ("omise", "docs", "examples") for path in (ROOT / name).rglob("*.*")]
    files = [path for path in [ROOT / "README.md", *folders] if path.suffix in (".py", ".md", ".yaml")]

    assert files
    assert [path for path in files if re.search(r"pip install [\"']?omise(?!-orm)", path.read_text())] == []


def test_the_description_stands_alone() -> None:
    """What an index shows has no links to files beside it."""
    described = re.findall(r'^readme = "(.*)"$', METADATA, re.MULTILINE)

    assert [*problems_of_description((ROOT / described[0]).read_text())] == []
    assert [*problems_of_description("[guide](docs/x.md)")] != []


def test_the_source_distribution_holds_what_its_tests_need() -> None:
    """Every file and folder that is needed is there, and is named in the manifest where the build does not take it."""
    manifest = (ROOT / "MANIFEST.in").read_text()
    taken = {"LICENSE", "README.md", "pyproject.toml", "omise"}

    assert all((ROOT / name).exists() for name in NEEDED | NEEDED_FOLDERS)
    assert (NEEDED | NEEDED_FOLDERS) - {*manifest.split()} <= taken


def test_every_python_that_is_tested_is_classified() -> None:
    """The classifiers begin with the oldest version that is required, and leave none out."""
    versions = [int(minor) for minor in re.findall(r'"Programming Language :: Python :: 3\.(\d+)"', METADATA)]
    oldest = re.search(r'requires-python = ">=3\.(\d+)"', METADATA)

    assert oldest
    assert versions == [*range(int(oldest[1]), versions[-1] + 1)]


def version(text: str) -> tuple[int, ...]:
    """A version as numbers, without the zeros at its end: 8.0 is 8.0.0."""
    return tuple(int(number) for number in re.sub(r"(\.0)+$", "", text).split("."))


def test_the_oldest_versions_are_those_that_are_allowed() -> None:
    """The suite is run with the lower bounds of all that users install: no more, no less."""
    names = "dependencies|cli|redis|sandbox|console|pandas|polars|testing"
    lines = re.findall(rf"^(?:{names}) = \[(.*)\]$", METADATA, re.MULTILINE)
    allowed = {name: version(bound) for line in lines for name, bound in re.findall(r'"([\w-]+)>=([\d.]+)"', line)}
    pinned = re.findall(r"^([\w-]+)==([\d.]+)$", (ROOT / "tests" / "oldest.txt").read_text(), re.MULTILINE)

    assert len(lines) == 8
    assert {name: version(pin) for name, pin in pinned} == allowed


@pytest.mark.parametrize(
    ("name", "files", "problem"),
    [
        ("omise-9-py3-none-any.whl", ["omise/py.typed"], "not called omise_orm"),
        ("omise_orm-9-py3-none-any.whl", ["omise/__init__.py"], "lacks omise/py.typed"),
        ("omise_orm-9-py3-none-any.whl", ["omise/py.typed"], "lacks omise/sandbox/dashboard/templates/base.html"),
        ("omise_orm-9-py3-none-any.whl", ["omise/py.typed", "tests/test_x.py"], "no part of the package: tests/"),
        ("omise_orm-9-py3-none-any.whl", ["omise/py.typed", "omise/large"], "bytes, over"),
    ],
)
def test_a_bad_wheel_is_noticed(tmp_path: Path, name: str, files: list[str], problem: str) -> None:
    """What `make wheel` must not build is told."""
    with zipfile.ZipFile(tmp_path / name, "w") as wheel:
        wheel.writestr("omise_orm-9.dist-info/METADATA", "Name: omise-orm\n\nText.\n")
        for file in files:
            wheel.writestr(file, b"0" * (500 << 10) if file.endswith("large") else b"")

    assert [said for said in problems_of_wheel(tmp_path / name) if problem in said]
