"""What every command has in common: exit codes, errors in two lines, completion, no library before it is used."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

import omise
from omise.cli.calls import commands
from omise.cli.frame import root
from omise.cli.menu import OneOf
from omise.client import default_client
from omise.sandbox import Sandbox, Server

from .conftest import Typed


def run(code: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run *code* in a Python of its own."""
    command = [sys.executable, "-c", code]
    given = {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False, env=given)


@pytest.mark.parametrize("library", ["click", "rich"])
def test_a_missing_library_is_named(library: str) -> None:
    """Without click there is no command line, without rich no table; what to install is said."""
    code = f"""if True:
        import sys
        sys.modules[{library!r}] = None
        from omise.cli import main
        from omise.sandbox import Sandbox
        import omise
        with Sandbox():
            omise.Customer.create()
            sys.exit(main(["customers", "list"]))
        """
    result = run(code)

    assert result.returncode == 1
    assert result.stderr == f"omise: the command line needs {library}: pip install click rich\n"


def test_a_sandbox_needs_no_tables() -> None:
    """The extra of the sandbox brings click, and that is enough for its commands."""
    code = "import sys; sys.modules['rich'] = None; from omise.cli import main; sys.exit(main(['clock', '--help']))"

    assert run(code).returncode == 0


def test_nothing_is_imported_before_it_is_used() -> None:
    """The library alone imports neither click nor rich, and a command without a table no rich."""
    code = "import sys, omise.cli; print({'click', 'rich'} & {*sys.modules}); omise.cli.main(['--version']);"
    result = run(code + "print({'click', 'rich', 'requests', 'werkzeug'} & {*sys.modules})")

    assert result.stdout == f"set()\nomise {omise.__version__}\n{{'click'}}\n"


def test_version(typed: Typed) -> None:
    """``omise --version`` tells the version."""
    assert typed("--version") == (0, f"omise {omise.__version__}\n", "")


@pytest.mark.parametrize("arguments", [[], ["charges"]])
def test_without_a_command_there_is_help(typed: Typed, arguments: list[str]) -> None:
    """As it is laid out, on standard error, with the status of a command that is wrong."""
    said = typed(*arguments)

    assert (said.status, said.out) == (2, "")
    assert said.err == typed(*arguments, "--help").out


def test_help_imports_no_command() -> None:
    """Nor the types of parameters: it is what people ask for first."""
    code = "import sys; from omise.cli import main; main(['--help']); print([*sys.modules], file=sys.stderr)"
    loaded = run(code).stderr

    assert not [
        name for name in ("export", "doctor", "listen", "serving", "recordings") if f"omise.cli.{name}'" in loaded
    ]
    assert "omise.resources.parameters.charge" not in loaded
    assert "'rich'" not in loaded


def test_ctrl_c_while_it_is_loaded_shows_no_traceback() -> None:
    """The process ends with the status that shells have for it."""
    code = """if True:
        import builtins, sys
        real = builtins.__import__
        def interrupted(name, *rest):
            if name == "click":
                raise KeyboardInterrupt
            return real(name, *rest)
        builtins.__import__ = interrupted
        from omise.__main__ import main
        sys.exit(main())
        """
    result = run(code)

    assert (result.returncode, result.stderr) == (130, "")


def test_help_names_every_command(typed: Typed) -> None:
    """The resources of the API beside what is the command line's own."""
    out = typed("--help").out

    assert all(f"\n  {name} " in out for name in ("charges", "balance", "linked-accounts", "sandbox", "completion"))


def test_help_cuts_no_sentence_off(typed: Typed) -> None:
    """Not of the commands, nor of the verbs of any resource; and it fits into 80 columns."""
    for arguments in ([], *([name] for name in commands())):
        lines = typed(*arguments, "--help").out.splitlines()
        assert not any(line.endswith("...") for line in lines[1:]), arguments
        assert max(map(len, lines)) <= 80, arguments


@pytest.mark.parametrize(
    ("arguments", "status", "lines"),
    [
        (["chargse"], 2, ["omise: omise has no command chargse; did you mean charges?", "See omise --help"]),
        (["exprot"], 2, ["omise: omise has no command exprot; did you mean export?", "See omise --help"]),
        (["xyz"], 2, ["omise: omise has no command xyz", "See omise --help"]),
        (["charges", "get"], 2, ["omise: Missing argument 'CHARGE'.", "See omise charges get --help"]),
        (
            ["charges", "list", "--jsn"],
            2,
            ["omise: omise charges list has no option --jsn; did", "See omise charges list --help"],
        ),
        (["charges", "get", "../x"], 1, ["omise: id is '../x'; an id has letters"]),
        (["charges", "get", "chrg_test_0"], 1, ["omise: charge chrg_test_0 was not found (not_found)", "Request "]),
    ],
)
def test_an_error_is_two_lines(typed: Typed, arguments: list[str], status: int, lines: list[str]) -> None:
    """What is wrong, and what to do or to ask about; nothing goes to standard output."""
    with Sandbox():
        said = typed(*arguments)

    assert (said.status, said.out) == (status, "")
    for line, beginning in zip(said.err.splitlines(), lines, strict=True):
        assert line.startswith(beginning.removesuffix("."))


def test_without_a_key_it_is_the_configuration(typed: Typed) -> None:
    """Nothing was sent, and what to set is said; that a key is malformed, too."""
    said = typed("charges", "list")

    assert said.status == 3
    assert "OMISE_SECRET_KEY" in said.err
    assert said.err.splitlines()[1].startswith("Set OMISE_SECRET_KEY to ")
    omise.secret_api_key = "pkey_test_5example0000000cli"
    assert "omise doctor" in typed("charges", "list").err.splitlines()[1]


@pytest.mark.parametrize(
    ("arguments", "status"), [(["customers", "list"], 4), (["customers", "create", "email=a@example.com"], 5)]
)
def test_a_lost_answer_is_told_from_one_that_never_came(typed: Typed, arguments: list[str], status: int) -> None:
    """A write that may have been carried out has an exit code of its own."""
    with Sandbox() as sandbox:
        omise.max_retries = 0
        with sandbox.faults("reset_after"):
            said = typed(*arguments)

    assert said.status == status
    assert len(said.err.splitlines()) == 2


def test_a_key_is_not_shown_in_an_error(typed: Typed) -> None:
    """Also where it was typed in a place that shows what it got."""
    said = typed("charges", "get", "skey_test_5xuy4w91xqz7d1w9u0t/x")

    assert said.status == 1
    assert "5xuy4w91" not in said.err


@pytest.mark.parametrize("place", [0, 3])
def test_debug_shows_where_an_error_comes_from(typed: Typed, place: int) -> None:
    """Only it prints a traceback, wherever it stands."""
    arguments = ["charges", "get", "../x"]
    arguments.insert(place, "--debug")

    assert "Traceback" in typed(*arguments).err
    assert "Traceback" not in typed("charges", "get", "../x").err


def test_ctrl_c_ends_a_command_quietly(typed: Typed, omise_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the status that shells have for it."""

    def interrupt(*args: object, **params: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(type(default_client.transport), "send", interrupt)
    said = typed("balance", "get")

    assert (said.status, said.out, said.err.strip()) == (130, "", "")


def walked(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    """All commands, each with its help."""
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None, name
            yield from walked(below, click.Context(below, context, name))


PYTHON = r"\b[A-Z][a-z]\w+\.\w+|\b(?:self|dict|None|True|False|[Rr]aises|datetime|\d+_\d+|[A-Z]\w+Error)\b|`|\(inferred"


def test_help_is_for_people_who_type(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every command: no words of Python, no line of more than 80 columns, and every parameter is explained."""
    monkeypatch.setenv("COLUMNS", "80")
    told = dict(walked(root, click.Context(root, info_name="omise")))

    assert len(told) > 140
    for path, text in told.items():
        assert not re.search(PYTHON, text), path
        assert max(map(len, text.splitlines())) <= 80, path
        assert not re.search(r"^  [\w-]+(?: \(needed\))? *$", text, re.MULTILINE), path
        assert re.search(r"\n\n  [A-Z]\S* ", text), path


def commands_of(command: click.Command, context: click.Context) -> Iterator[click.Context]:
    """The contexts of all commands."""
    yield context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands_of(below, click.Context(below, context, name))


def test_an_unknown_word_is_answered_in_a_short_line(typed: Typed) -> None:
    """Wherever one is chosen, command, option or value: with the nearest, or that the help lists them."""
    for context in commands_of(root, click.Context(root, info_name="omise")):
        path = context.command_path.split()[1:]
        wrong = [[*path, "--nonsense"], *([[*path, "nonsense"]] if isinstance(context.command, click.Group) else [])]
        for param in context.command.params:
            if isinstance(param.type, click.Choice) and path:
                assert isinstance(param.type, OneOf), context.command_path
                wrong.append([*path, *([param.opts[0]] if isinstance(param, click.Option) else []), "nonsense"])
        for arguments in wrong:
            said = typed(*arguments)
            assert said.status == 2, arguments
            first, second = said.err.splitlines()
            assert len(first) < 130, arguments
            assert second == f"See {context.command_path} --help", arguments


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_for_each_shell(typed: Typed, shell: str) -> None:
    """A script that asks this command."""
    script = typed("completion", shell).out

    assert "_OMISE_COMPLETE" in script
    assert {"bash": "-o nospace", "zsh": "-S ''", "fish": "complete"}[shell] in script


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("omise cha", "charges"),
        ("omise charges cap", "capture"),
        ("omise charges list --d", "--dry-run"),
        ("omise charges create am", "amount="),
        ("omise export li", "links"),
        ("omise trigger transfer.p", "transfer.pay"),
    ],
)
def test_words_are_completed(words: str, expected: str) -> None:
    """Resources, their verbs and options; the API is not asked."""
    code = "import sys; from omise.cli import main; sys.exit(main([]))"
    place = str(len(words.split()) - 1)
    result = run(code, _OMISE_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=place)

    assert f"plain,{expected}\n" in result.stdout


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["customers", "list"], ["customers", "list", "--csv"]])
def test_output_that_nobody_reads_ends_quietly(sandbox_server: Server, words: list[str]) -> None:
    """As behind ``head``, with the status that shells have for it."""
    omise.Customer.create()
    code = "import sys; from omise.cli import main; sys.exit(main(sys.argv[1:]))"
    address = {"OMISE_API_URL": sandbox_server.url, "OMISE_SECRET_KEY": "skey_test_over_http"}
    read, written = os.pipe()
    os.close(read)
    result = subprocess.run(
        [sys.executable, "-c", code, *words],
        stdout=written,
        stderr=subprocess.PIPE,
        check=False,
        timeout=30,
        env={**os.environ, **address},
    )
    os.close(written)

    assert (result.returncode, result.stderr) == (141, b"")
