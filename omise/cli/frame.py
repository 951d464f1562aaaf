"""The frame of the command line: its commands by name, and what is printed of an error."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import NamedTuple

import click
from click.shell_completion import get_completion_class

from ..redaction import redact_text
from ..version import __version__
from .ending import DONE, INTERRUPTED, UNREAD
from .menu import Menu, OneOf
from .problems import DEBUG, tell


class Own(NamedTuple):
    """A command that is no resource of the API: the module that has it, which is imported when it is used."""

    module: str
    short: str
    """What it does, in a sentence, for the list of all commands."""


TOOLS = {
    "console": Own("console", "Talk to an account in Python: a REPL with its records in scope."),
    "doctor": Own("doctor", "Find what is wrong with keys, addresses, certificates, clock."),
    "export": Own("export", "Write all records of a kind into a file: CSV, JSON lines, Parquet."),
    "listen": Own("listen", "Bring events to a server on this machine, signed as webhooks are."),
    "trigger": Own("trigger", "Make an event happen, with test keys."),
    "check-cassettes": Own("recordings", "Look for secrets in recordings of HTTP."),
    "completion": Own("frame", "Let bash, zsh or fish complete commands and parameters."),
}
SANDBOX = {
    "sandbox": Own("serving", "Serve a sandbox of the API, with a dashboard."),
    "clock": Own("serving", "Turn the clock of a running sandbox."),
    "requests": Own("following", "Show what a running sandbox receives."),
}
OWN = {**TOOLS, **SANDBOX}

CLOSING = """Keys and addresses come from the environment: OMISE_SECRET_KEY, OMISE_PUBLIC_KEY, OMISE_API_URL. Without \
an account, begin with omise sandbox, which says what to set."""


class Root(Menu):
    """The command ``omise``, whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        from .calls import commands

        return sorted([*OWN, *commands()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name in OWN:
            module = import_module(f".{OWN[cmd_name].module}", __package__)
            return getattr(module, cmd_name.replace("-", "_"))  # type: ignore[no-any-return]
        from .calls import group

        return group(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, each with a whole sentence; none is imported for it."""
        from .calls import commands
        from .helping import opening

        records = [(name, opening(cls.__doc__)) for name, cls in commands().items()]
        width = max(len(name) for name, _ in records)
        for title, rows in (
            ("Tools", [(name, own.short) for name, own in TOOLS.items()]),
            ("A sandbox", [(name, own.short) for name, own in SANDBOX.items()]),
            ("Records; omise charges --help says what can be done with charges", records),
        ):
            with formatter.section(title):
                formatter.write_dl([(f"{name:{width}}", text) for name, text in rows])


@click.group(cls=Root, context_settings={"help_option_names": ["-h", "--help"]}, epilog=CLOSING)
@click.version_option(__version__, prog_name="omise", message="%(prog)s %(version)s")
@click.option(DEBUG, is_flag=True, expose_value=False, help="Show where an error comes from; may stand anywhere.")
def root() -> None:
    """
    Omise payments, from the command line.

    \b
      omise charges list --all
      omise customers create email=arunee@example.com
      omise export charges --from 2026-01-01 --out charges.csv
    """


GOES_ON = {
    "COMPREPLY+=($value)": "COMPREPLY+=($value); [[ $value == *= ]] && compopt -o nospace",  # bash
    "compadd -U -V unsorted -a completions": (  # zsh
        "local -a glued; [[ ${completions[1]} == *= ]] && glued=(-S '')\n"
        '        compadd -U -V unsorted "${glued[@]}" -a completions'
    ),
}
"""Lines of click's scripts, and what stands there instead: after ``amount=`` comes no space, but the value."""


@root.command()
@click.argument("shell", type=OneOf("shell", ["bash", "zsh", "fish"]), metavar="SHELL")
def completion(shell: str) -> None:
    """
    Print what lets SHELL, one of bash, zsh and fish, complete commands and parameters.

    Put it where the shell looks for it, in a folder that is there, and open another:

    \b
      omise completion bash > ~/.local/share/bash-completion/completions/omise
      omise completion zsh > ~/.zfunc/_omise
      omise completion fish > ~/.config/fish/completions/omise.fish

    Bash needs its package bash-completion, and zsh these lines in ~/.zshrc:

    \b
      fpath+=~/.zfunc
      autoload -Uz compinit && compinit
    """
    found = get_completion_class(shell)
    assert found is not None
    source = found(root, {}, "omise", "_OMISE_COMPLETE").source()
    for line, instead in GOES_ON.items():
        source = source.replace(line, instead)
    click.echo(source)


def run(arguments: Sequence[str]) -> int:
    """Run the command in *arguments*, print what went wrong with it in two lines, and return the exit status."""
    words = [word for word in arguments if word != DEBUG]
    output = sys.stdout
    try:
        status = root.main(words, prog_name="omise", standalone_mode=False)
        if sys.stdout:
            sys.stdout.flush()
    except click.exceptions.Abort:
        return INTERRUPTED
    except (BrokenPipeError, SystemExit) as error:  # of one click makes the other, and puts another output in place
        if isinstance(error, SystemExit) and sys.stdout is output:
            raise
        return _unread()
    except Exception as error:
        if len(words) < len(arguments):
            print(redact_text(traceback.format_exc()), end="", file=sys.stderr)
        return tell(error)
    return status if isinstance(status, int) else DONE


def _unread() -> int:
    """Return what a command exits with whose output is read no more, as by `head`; nothing is said of it."""
    with suppress(OSError, ValueError):  # what is still to be written at the end goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return UNREAD
