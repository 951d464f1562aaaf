"""The frame of the command line: its commands by name, and what is printed of an error."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from importlib import import_module

import click
from click.shell_completion import get_completion_class

from ..errors import APIConnectionError, APIError, ConfigurationError, OutcomeUnknown
from ..nearest import nearest
from ..redaction import redact_text
from ..version import __version__
from . import LIBRARIES, needed
from .ending import CONFIGURATION, DONE, FAILED, INTERRUPTED, NO_ANSWER, UNKNOWN, USAGE, Failed

OWN = {
    "check-cassettes": "recordings",
    "clock": "serving",
    "sandbox": "serving",
    "completion": "frame",
    "console": "console",
    "doctor": "doctor",
    "export": "export",
    "listen": "listen",
    "requests": "following",
    "trigger": "trigger",
}
"""The commands that are no resource of the API, and the module of each, which is imported when it is used."""

DEBUG = "--debug"


class Root(click.Group):
    """The command ``omise``, whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        from .calls import commands

        return sorted([*OWN, *commands()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name in OWN:
            module = import_module(f".{OWN[cmd_name]}", __package__)
            return getattr(module, cmd_name.replace("-", "_"))  # type: ignore[no-any-return]
        from .calls import group

        return group(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that *args* begin with, or what was probably meant: click knows none that is not imported."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-") and not ctx.resilient_parsing:
            near = nearest(args[0], self.list_commands(ctx))
            ctx.fail(f"No such command '{args[0]}'." + (f" Did you mean '{near}'?" if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, each with a whole sentence."""
        from .calls import in_short

        for name in OWN:
            command = self.get_command(ctx, name)
            assert command is not None
            in_short(command)
        super().format_commands(ctx, formatter)


@click.group(cls=Root, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="omise", message="%(prog)s %(version)s")
@click.option(DEBUG, is_flag=True, expose_value=False, help="Show where an error comes from; may stand anywhere.")
def root() -> None:
    """Omise payments, from the command line."""


@root.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """
    Print what lets SHELL complete commands and parameters.

    For bash: omise completion bash > ~/.local/share/bash-completion/completions/omise
    """
    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(root, {}, "omise", "_OMISE_COMPLETE").source())


def run(arguments: Sequence[str]) -> int:
    """Run the command in *arguments*, print what went wrong with it in two lines, and return the exit status."""
    words = [word for word in arguments if word != DEBUG]
    try:
        status = root.main(words, prog_name="omise", standalone_mode=False)
    except click.exceptions.Abort:
        return INTERRUPTED
    except Exception as error:
        if len(words) < len(arguments):
            print(redact_text(traceback.format_exc()), end="", file=sys.stderr)
        return _tell(error)
    return status if isinstance(status, int) else DONE


def _tell(error: Exception) -> int:
    """Print what *error* says, and what to do, and return what to exit with."""
    problem, hint, status = _explained(error)
    for line in (f"omise: {problem}", hint):
        if line:
            print(" ".join(redact_text(line).split()), file=sys.stderr)
    return status


def _explained(error: Exception) -> tuple[str, str, int]:
    match error:
        case Failed():
            return error.message, error.hint, FAILED
        case click.UsageError():
            command = error.ctx.command_path if error.ctx else "omise"
            return error.format_message(), f"See {command} --help", USAGE
        case click.ClickException():
            return error.format_message(), "", FAILED
        case OutcomeUnknown():
            return str(error), "What came of it, omise events list may tell, or the dashboard.", UNKNOWN
        case APIConnectionError():
            return str(error), "Nothing was changed by it. What is wrong, omise doctor may tell.", NO_ANSWER
        case ConfigurationError():
            return str(error), "omise doctor looks at keys, addresses and the way to them.", CONFIGURATION
        case APIError():
            return str(error), f"Request {error.request_id}" if error.request_id else "", FAILED
        case ModuleNotFoundError() if error.name in LIBRARIES:
            return needed(error.name), "", FAILED
        case OSError() | ValueError() | TypeError() | ModuleNotFoundError():
            return str(error), "", FAILED
        case _:
            return (
                f"{type(error).__name__}: {error}",
                f"That was not foreseen; {DEBUG} shows where it comes from.",
                FAILED,
            )
