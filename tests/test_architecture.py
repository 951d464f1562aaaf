"""Where things stand: tests beside what they test, short files of one subject, docs/architecture.md as their map."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePath

import pytest

ROOT = Path(__file__).parent.parent
SOURCE, TESTS = ROOT / "omise", ROOT / "tests"
MODULES = {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py")}
TEST_FILES = {path.relative_to(TESTS).as_posix() for path in TESTS.rglob("test_*.py")}
MAP = (ROOT / "docs" / "architecture.md").read_text()

UNTESTED = {
    "__main__.py": "one line, which the tests of the command line run",
    "records/offset.py": "a number that can be called, which the tests of listing.py do",
    "notices.py": "the name of a warning",
    "version.py": "one word",
    "cli/ending.py": "numbers and an exception, which the tests of frame.py meet",
    "sandbox/http/shapes.py": "a table, which the tests of versions.py read",
    "records/parameters.py": "types, which resources/test_parameters.py reads",
    "sandbox/rules/timing.py": "a table; what comes of it is tested where it comes about",
}
"""Modules without a test file of their own, and why; an ``__init__`` in a folder only gathers what the folder has."""

PARAMETERS = "resources/parameters"
"""Where nothing but types is: ``resources/test_parameters.py`` walks over all of them."""

END_TO_END = {
    "test_architecture.py": "all files",
    "test_benchmarks.py": "the benchmarks",
    **{f"chaos/test_{name}.py": "load and faults" for name in ("charges", "creates", "processes", "walks", "webhooks")},
    "browser/test_dashboard.py": "the dashboard in a browser",
    "browser/test_payers.py": "the payers' pages in a browser",
    "browser/test_notebook.py": "records in a notebook, in a browser",
    "browser/test_site.py": "the documentation in a browser",
    "test_canaries.py": "secrets, whichever verb takes them",
    "test_celery.py": "payments in the background, with a worker",
    "test_secrets.py": "secrets, wherever they are put",
    "test_companions.py": "other tools beside the sandbox",
    "test_fastapi.py": "an asynchronous application, served for real",
    "test_frameworks.py": "what frameworks make of records",
    "test_compose.py": "the sandbox in a container",
    "test_distribution.py": "what is built of this repository",
    "test_docs.py": "the snippets of the documentation",
    "test_examples.py": "the examples",
    "test_migration.py": "code written for the official package",
    "test_nonsense.py": "whatever an API may answer",
    "test_parity.py": "the calls of other libraries",
    "test_recorded.py": "recordings",
    "test_recorded_resources.py": "recordings",
    "test_older_answers.py": "answers of older versions, as the client reads them",
    "sandbox/test_client_of_2015.py": "what a client of 2015 meets",
    "test_shops.py": "the examples with frameworks, served for real",
    "typing/test_checkers.py": "what type checkers say of right uses and of wrong ones",
    "sandbox/test_every_route.py": "every route at every version",
    "resources/test_parameters.py": "the types of parameters, beside what a sandbox accepts",
    "records/test_dicts.py": "parameters as a dict, of every verb",
    "resources/test_fields.py": "what all resources declare, beside what a sandbox answers",
    "cli/test_secrets.py": "secrets, as the command line is given them",
    "sandbox/test_secrets.py": "secrets, in what a sandbox keeps and shows",
    "sandbox/test_money.py": "the books of a sandbox, whatever happens in it",
}
"""Test files that are about no single module, and what they are about."""

LONGEST = 375
FACTS = {"errors.py": "a class for each error code, and the table of them"}
"""Modules that may have more lines, since they are tables of facts."""

NAMESAKES = {
    "search.py": "the client's is what any record can be searched by; the sandbox's is the resource",
    "parameters.py": "the client's are types of what calls take; the sandbox reads what was sent",
    "signatures.py": "the client's are those of verbs; the sandbox's those of webhooks",
}
"""Files of one name that do not mirror each other, and how they differ."""


def mirror_of(module: str) -> str:
    """The test file that mirrors *module*; that of the package itself is ``test_init.py``."""
    path = PurePath(module)
    return path.with_name(f"test_{path.stem.strip('_')}.py").as_posix()


def is_gathering(module: str) -> bool:
    return PurePath(module).name == "__init__.py" and module != "__init__.py"


def test_every_module_has_its_tests_in_the_same_place() -> None:
    """`tests/` mirrors `omise/`, file by file and in both directions, but for the exceptions above."""
    tested = {module for module in MODULES - {*UNTESTED} if PurePath(module).parent.as_posix() != PARAMETERS}
    mirrored = {mirror_of(module) for module in tested if not is_gathering(module)}

    assert sorted(mirrored - TEST_FILES) == [], "tests that are missing"
    assert sorted(TEST_FILES - mirrored - {*END_TO_END}) == [], "tests of no module"


def test_every_exception_is_still_one() -> None:
    """What the tables above excuse is there, and would be found wanting otherwise."""
    assert {*UNTESTED, *FACTS} <= MODULES
    assert {*END_TO_END} <= TEST_FILES
    assert not {mirror_of(module) for module in UNTESTED} & TEST_FILES
    assert not {mirror_of(module) for module in MODULES} & {*END_TO_END}
    assert {*NAMESAKES} <= {PurePath(module).name for module in MODULES}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """Every statement within *node*: a fifth of all that is there, and all that can import."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case):
            yield child
            yield from statements(child)


def private_imports(path: Path) -> Iterator[str]:
    """What *path* imports of other files that begins with an underscore, such as ``_name`` or ``omise._module``."""
    for node in statements(tree(path)):
        imported = []
        if isinstance(node, ast.Import | ast.ImportFrom):
            imported = [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom) and (node.level or str(node.module).startswith("omise.")):
            imported.append(node.module or "")
        for name in ".".join(imported).split("."):
            if re.match("_(?!_)", name):
                yield f"{path.relative_to(ROOT)} imports {name}"


def test_no_module_imports_a_private_name() -> None:
    """What begins with an underscore is its module's own, in the code and in the tests."""
    found = [name for folder in (SOURCE, TESTS) for path in folder.rglob("*.py") for name in private_imports(path)]

    assert found == []


def test_no_module_is_too_long() -> None:
    """A file that grows has found a second subject; tables of facts may be as long as the facts."""
    lengths = {module: len((SOURCE / module).read_text().splitlines()) for module in MODULES - {*FACTS}}

    assert {module: length for module, length in lengths.items() if length > LONGEST} == {}


def test_every_module_says_what_it_is_about() -> None:
    """In a docstring, whose first line names its one subject."""
    assert [module for module in sorted(MODULES) if not (ast.get_docstring(tree(SOURCE / module)) or "").strip()] == []


def test_files_of_one_name_mirror_each_other() -> None:
    """A name stands once, or for a resource in the client and in the sandbox, but for the exceptions above."""
    places = defaultdict(set)
    for module in MODULES:
        places[PurePath(module).name].add(PurePath(module).parent.as_posix())
    shared = {name: folders for name, folders in places.items() if len(folders) > 1 and name != "__init__.py"}

    assert {
        name: folders
        for name, folders in shared.items()
        if folders - {PARAMETERS} != {"resources", "sandbox/resources"}
        and len(folders - {PARAMETERS}) > 1
        and name not in NAMESAKES
    } == {}
    assert {*NAMESAKES} <= {*shared}


def drawn() -> dict[str, list[str]]:
    """The folders of the map, each with the files that are named below it or beside it."""
    (block,) = re.findall(r"^```text\n(.*?)^```$", MAP, re.MULTILINE | re.DOTALL)
    folders: dict[str, list[str]] = {}
    for line in block.splitlines():
        if line.startswith("omise/"):
            folders[line.split()[0]] = here = []
        here += re.findall(r"\w+\.py", line)
    return folders


def test_the_map_shows_every_folder() -> None:
    """The folders that docs/architecture.md names are those that there are, and the files are in them."""
    there = {f"{(PurePath('omise') / module).parent.as_posix()}/" for module in MODULES}
    files = [folder + name for folder, names in drawn().items() for name in names]

    assert {*drawn()} == there
    assert [path for path in files if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("path", sorted({*re.findall(r"`([\w/]+/\w*\.py|[\w/]+/)`", MAP)}))
def test_the_text_beside_the_map_names_what_there_is(path: str) -> None:
    """A path is written from the root, from `omise/`, or from the sandbox."""
    assert any((base / path).exists() for base in (ROOT, SOURCE, SOURCE / "sandbox"))


@pytest.mark.parametrize(
    ("subject", "path"),
    [
        ("the retry rule", "omise/wire/transport.py"),
        ("dates", "omise/records/casting.py"),
        ("rate", "omise/sandbox/rules/methods.py"),
        ("iteration over its pages", "omise/records/walking.py"),
        ("which page of a list", "omise/sandbox/http/paging.py"),
    ],
)
def test_a_newcomer_finds(subject: str, path: str) -> None:
    """What is looked for most often has its file beside it on the map."""
    folder, name = path.rsplit("/", 1)
    section = re.search(rf"^{folder}/ .*?(?=^omise/|^```)", MAP, re.MULTILINE | re.DOTALL)

    assert section
    assert any(name in line and subject in line for line in section.group().splitlines())
    assert (ROOT / path).exists()
