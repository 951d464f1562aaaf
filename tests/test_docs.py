"""Every snippet of README.md and docs/ runs, and gives what it says it gives."""

import ast
import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest

from omise.cli import main
from omise.sandbox import Application, Server

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LOCAL = ("http://127.0.0.1:4010/", "http://127.0.0.1:5000/")
"""Where the sandbox and the examples listen."""
UNCHECKED = ("git clone ", "cd ", "python3 -m venv ", "source ", "pip uninstall omise")
PROMISE = re.compile(r"\s+# (=>|raises) (.*)$")


def blocks(page: Path, *languages: str) -> list[tuple[int, str]]:
    """Return the code blocks of *page* in one of *languages*, each with its line number."""
    text = page.read_text()
    found = [(text[: match.start()].count("\n") + 2, match) for match in BLOCK.finditer(text)]
    return [(line, match.group(2)) for line, match in found if match.group(1) in languages]


def fits(actual: str, promised: str) -> bool:
    """Tell whether *actual* is what is *promised*, where ``…`` stands for anything."""
    return re.fullmatch(".*".join(map(re.escape, promised.split("…"))), actual, re.DOTALL) is not None


def run(source: str, line: int, page: Path, names: dict[str, Any]) -> int:
    """Run the block *source* a statement at a time, check what it promises, and return how many promises it made."""
    lines = source.splitlines()
    promises = 0
    for statement in ast.parse(source).body:
        promise = PROMISE.search(lines[(statement.end_lineno or 1) - 1])
        where = f"{page.name}:{line + statement.lineno - 1}"
        if promise is None:
            exec(compile(ast.Module([statement], []), where, "exec"), names)
            continue
        promises += 1
        check(statement, promise.group(1), promise.group(2), where, names)
    return promises


def check(statement: ast.stmt, kind: str, promised: str, where: str, names: dict[str, Any]) -> None:
    """Evaluate the expression *statement* and compare its value, or what it raises, with what is *promised*."""
    assert isinstance(statement, ast.Expr), f"{where}: only an expression can promise something"
    code = compile(ast.Expression(statement.value), where, "eval")
    if kind == "=>":
        actual = repr(eval(code, names))
    else:
        with pytest.raises(Exception) as raised:
            eval(code, names)
        actual = f"{type(raised.value).__name__}: {raised.value}"
        promised += "" if "(" in promised or promised.endswith("?") else "…"
    assert fits(actual, promised), f"{where}: {actual} is not {promised}"


@pytest.mark.filterwarnings("ignore::omise.UnknownParameterWarning")  # some show what becomes of a misspelling
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_snippets_run_and_keep_their_promises(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python blocks of a page run from top to bottom, as a reader would type them with `omise sandbox` running."""
    names: dict[str, Any] = {"__name__": "__main__"}
    snippets = [(line, source) for line, source in blocks(page, "python") if "def test_" not in source]
    with Server(Application()) as server:
        for host in ("API", "VAULT", "CHECKOUT"):
            monkeypatch.setenv(f"OMISE_{host}_URL", server.url)
        made = [run(source, line, page, names) for line, source in snippets]

    assert snippets
    assert sum(made) > 0
    assert server.application.requests


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_test_snippets_pass(page: Path, pytester: pytest.Pytester) -> None:
    """A block that holds tests passes when pytest runs it, with the plugin that comes with the package."""
    snippets = [source for _, source in blocks(page, "python") if "def test_" in source]
    for number, source in enumerate(snippets):
        pytester.makepyfile(**{f"test_snippet_{number}": source})

    recorded = any("omise_vcr" in source for source in snippets)
    tested = pytester.runpytest_subprocess if recorded else pytester.runpytest  # yaml is loaded but once
    for options in ([["--omise-record"]] if recorded else []) + ([[]] if snippets else []):
        result = tested("-p", "no:cacheprovider", "-p", "no:randomly", *options)
        result.assert_outcomes(passed=sum(source.count("def test_") for source in snippets))


def application(example: str) -> bool:
    """Tell whether there is an application by that name, as servers write it: a path, or a module with an attribute."""
    path, _, name = example.removesuffix(".py").replace(".", "/").partition(":")
    return (
        re.search(rf"^({name or 'app'} =|def create_app)", (ROOT / f"{path}.py").read_text(), re.MULTILINE) is not None
    )


def installable(requirement: str, metadata: str) -> bool:
    """Tell whether it is this package with extras that there are, its wheel, or another that the tests run with."""
    if requirement.endswith(".whl"):
        return requirement.startswith("dist/omise_orm")
    name, _, extras = requirement.rstrip("]").partition("[")
    found = (f"\n{extra} = [" for extra in extras.split(",") if extra) if name == "." else [f'"{name}>=']
    return all(each in metadata for each in found)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_shell_snippets_name_what_there_is(
    page: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    """Commands on a page are make targets, arguments of the command lines, or extras that can be installed."""
    monkeypatch.setattr(click.Command, "invoke", lambda command, context: 0)  # what was parsed is not done
    makefile, metadata = (ROOT / "Makefile").read_text(), (ROOT / "pyproject.toml").read_text()
    for line, source in blocks(page, "sh", "console"):
        for words in (shlex.split(text.partition(" > ")[0], comments=True) for text in source.splitlines()):
            where = f"{page.name}:{line}: {words}"
            match words:
                case []:
                    pass
                case ["make", target]:
                    assert re.search(rf"^(\w+ )*{target}( \w+)*:", makefile, re.MULTILINE), where
                case ["omise", *arguments]:
                    assert main(arguments) == 0, where
                case ["pip", "install", *requirements]:
                    assert all(installable(requirement, metadata) for requirement in requirements), where
                case ["export", setting]:
                    assert setting.startswith(("OMISE_", "SHOP_", "DJANGO_", "CELERY_")), where
                case ["flask" | "celery", "--app", example, "run" | "worker", *_] | ["uvicorn", example, *_]:
                    assert application(example), where
                case ["python", "manage.py", *_]:
                    assert (ROOT / "examples" / "django_shop" / "manage.py").exists(), where
                case ["pytest", *options]:
                    assert all(hasattr(pytestconfig.option, option[2:].replace("-", "_")) for option in options), where
                case ["curl", *options]:
                    assert any(option.startswith(LOCAL) for option in options), where
                case ["docker", "build" | "compose", "-f", path, *_]:
                    assert (ROOT / path).exists(), where
                case ["docker", "run", *_, image]:
                    assert f"-t {image} ." in source, where
                case _:
                    assert " ".join(words).startswith(UNCHECKED), f"nothing checks {where}"
