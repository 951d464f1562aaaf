"""What is built from this repository: its name, and that what it says holds where it is installed."""

import functools
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import wheels
from omise.version import __version__

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
        ("omise_orm-9-py3-none-any.whl", ["omise/py.typed"], "lacks omise/sandbox/__init__.py"),
        ("omise_orm-9-py3-none-any.whl", ["omise/sandbox/app.py"], "no part of it: omise/sandbox/app.py"),
        ("omise_orm-9-py3-none-any.whl", ["omise/py.typed", "tests/test_x.py"], "no part of it: tests/"),
        ("omise_orm-9-py3-none-any.whl", ["omise/py.typed", "omise/large"], "bytes, over"),
        ("omise_orm_sandbox-9-py3-none-any.whl", ["omise/sandbox/app.py"], "lacks omise/sandbox/dashboard/templates"),
        ("omise_orm_sandbox-9-py3-none-any.whl", ["omise/sandbox/__init__.py"], "no part of it: omise/sandbox/__init"),
        ("omise_orm_sandbox-9-py3-none-any.whl", ["omise/money.py"], "no part of it: omise/money.py"),
        ("omise_orm_sandbox-9-py3-none-any.whl", ["omise/sandbox/large"], "bytes, over"),
    ],
)
def test_a_bad_wheel_is_noticed(tmp_path: Path, name: str, files: list[str], problem: str) -> None:
    """What `make wheel` must not build is told."""
    with zipfile.ZipFile(tmp_path / name, "w") as wheel:
        wheel.writestr(f"{name.partition('-')[0]}-9.dist-info/METADATA", "Name: omise-orm\n\nText.\n")
        for file in files:
            wheel.writestr(file, b"0" * (500 << 10) if file.endswith("large") else b"")

    assert [said for said in problems_of_wheel(tmp_path / name) if problem in said]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The client and the sandbox, as they lie in their wheels."""
    client, sandbox = tmp_path_factory.mktemp("wheels") / "client", tmp_path_factory.mktemp("wheels") / "sandbox"
    shutil.copytree(ROOT / "omise", client / "omise", ignore=shutil.ignore_patterns("__pycache__"))
    info = client / "omise_orm-9.dist-info"
    info.mkdir()
    (info / "WHEEL").write_text("Wheel-Version: 1.0\n")
    (info / "entry_points.txt").write_text("[console_scripts]\n")
    (info / "METADATA").write_text(WHOLE)
    wheels.divide(client, sandbox)
    return client, sandbox


WHOLE = """\
Metadata-Version: 2.4
Name: omise-orm
Version: 9
Summary: All
Requires-Python: >=3.10
Requires-Dist: requests>=2.32.2
Provides-Extra: sandbox
Requires-Dist: werkzeug>=3.0.6; extra == "sandbox"
Requires-Dist: waitress>=3.0; extra == "sandbox"
Provides-Extra: testing
Requires-Dist: omise-orm[sandbox]; extra == "testing"
Provides-Extra: dev
Requires-Dist: build>=1.2; extra == "dev"
Requires-Dist: pexpect>=4.9; sys_platform != "win32" and extra == "suite"

# omise-orm

Text.
"""


def test_a_wheel_is_divided_into_client_and_sandbox(parts: tuple[Path, Path]) -> None:
    """Every file is in one of them, and the extra of the one asks for the other, at the same version."""
    client, sandbox = parts
    whole = {path.relative_to(ROOT) for path in (ROOT / "omise").rglob("*.*") if "__pycache__" not in path.parts}
    held = [{path.relative_to(part) for path in (part / "omise").rglob("*.*")} for part in parts]
    lines = (client / "omise_orm-9.dist-info" / "METADATA").read_text()
    info = sandbox / "omise_orm_sandbox-9.dist-info"

    assert held[0] | held[1] == whole
    assert held[0] & held[1] == set()
    assert {path for path in held[0] if path.parts[:2] == ("omise", "sandbox")} == {Path("omise/sandbox/__init__.py")}
    assert lines == re.sub(
        r"Requires-Dist: werk.*\nRequires-Dist: wait.*",
        'Requires-Dist: omise-orm-sandbox==9; extra == "sandbox"',
        re.sub(r"Provides-Extra: dev\n(.*\n){2}", "", WHOLE),
    )
    assert {path.name for path in info.iterdir()} == {"WHEEL", "METADATA"}
    assert (info / "METADATA").read_text().splitlines() == [
        "Metadata-Version: 2.4",
        "Name: omise-orm-sandbox",
        "Summary: A stateful sandbox of the Omise payments API, for omise-orm",
        "Version: 9",
        "Requires-Python: >=3.10",
        "Requires-Dist: omise-orm==9",
        "Requires-Dist: werkzeug>=3.0.6",
        "Requires-Dist: waitress>=3.0",
    ]


WITHOUT_SANDBOX = {
    "import omise; omise.sandbox": "ModuleNotFoundError: {}",
    "from omise.sandbox import Sandbox": "ModuleNotFoundError: {}",
    "from omise.sandbox.http.faults import Fault": "ModuleNotFoundError: {}",
    "from omise.testing import sandbox_server": "ModuleNotFoundError: {}",
    "from omise.cli import main; raise SystemExit(main(['sandbox']))": "omise: {}",
    "from omise.cli import main; raise SystemExit(main(['console']))": "omise: no key is set, and {}",
}
"""Ways to the sandbox, and how its absence is told."""


def test_the_client_alone_says_how_to_come_by_a_sandbox(parts: tuple[Path, Path], tmp_path: Path) -> None:
    """Whichever way the sandbox is asked for, what to install is said; all else is there, replays too."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OMISE_")}
    told = f"the sandbox is not installed: pip install omise-orm-sandbox=={__version__}, from where omise-orm came"
    run = functools.partial(
        subprocess.run, capture_output=True, text=True, cwd=tmp_path, env={**environment, "PYTHONPATH": str(parts[0])}
    )
    here = run([sys.executable, "-c", "import omise, omise.testing.replaying, omise.cli.frame; print(omise.__file__)"])
    said = {code: run([sys.executable, "-c", code]) for code in WITHOUT_SANDBOX}

    assert (here.stdout, here.stderr) == (f"{parts[0] / 'omise' / '__init__.py'}\n", "")
    assert {code: each.returncode for code, each in said.items()} == dict.fromkeys(WITHOUT_SANDBOX, 1)
    for code, form in WITHOUT_SANDBOX.items():
        assert said[code].stderr.splitlines()[-1].startswith(form.format(told))
