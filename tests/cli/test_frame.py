"""What every command has in common: exit codes, errors in two lines, completion, no library before it is used."""

import os
import subprocess
import sys

import pytest

import omise
from omise.cli.calls import commands
from omise.sandbox import Sandbox

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


def test_help_names_every_command(typed: Typed) -> None:
    """The resources of the API beside what is the command line's own."""
    out = typed("--help").out

    assert all(f"\n  {name} " in out for name in ("charges", "balance", "linked-accounts", "sandbox", "completion"))


def test_help_cuts_no_sentence_off(typed: Typed) -> None:
    """Not of the commands, nor of the verbs of any resource; and it fits into 80 columns."""
    for arguments in ([], *([name] for name in commands())):
        lines = typed(*arguments, "--help").out.splitlines()
        assert not any(line.endswith("...") for line in lines[lines.index("Commands:") :]), arguments
        assert max(map(len, lines)) <= 80, arguments


@pytest.mark.parametrize(
    ("arguments", "status", "lines"),
    [
        (["chargse"], 2, ["omise: No such command 'chargse'. Did you mean 'charges'?", "See omise --help"]),
        (["exprot"], 2, ["omise: No such command 'exprot'. Did you mean 'export'?", "See omise --help"]),
        (["xyz"], 2, ["omise: No such command 'xyz'.", "See omise --help"]),
        (["charges", "get"], 2, ["omise: Missing argument 'CHARGE'.", "See omise charges get --help"]),
        (["charges", "list", "--jsn"], 2, ["omise: No such option", "See omise charges list --help"]),
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
    """Nothing was sent, and the command that finds out why is named."""
    said = typed("charges", "list")

    assert said.status == 3
    assert "OMISE_SECRET_KEY" in said.err
    assert "omise doctor" in said.err.splitlines()[1]


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

    monkeypatch.setattr("omise.wire.transport.Transport.send", interrupt)
    said = typed("balance", "get")

    assert (said.status, said.out, said.err.strip()) == (130, "", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_for_each_shell(typed: Typed, shell: str) -> None:
    """A script that asks this command."""
    assert "_OMISE_COMPLETE" in typed("completion", shell).out


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
