"""What went wrong, in two lines: the problem, and what to do; and what to exit with."""

from __future__ import annotations

import errno
import re
import sys

import click

from ..errors import APIConnectionError, APIError, AuthenticationFailureError, ConfigurationError, OutcomeUnknown
from ..records.key_kinds import KEY_KINDS
from ..redaction import redact_text
from . import LIBRARIES, needed
from .ending import CONFIGURATION, FAILED, NO_ANSWER, UNKNOWN, USAGE, Failed
from .menu import NothingSaid, meant
from .terminal import visible

DEBUG = "--debug"

ROOM = {errno.ENOSPC, errno.EDQUOT}
"""Where a disk is full."""


def tell(error: Exception) -> int:
    """Print what *error* says, and what to do, and return what to exit with."""
    if isinstance(error, NothingSaid) and error.ctx:
        print(error.ctx.get_help(), file=sys.stderr)
        return USAGE
    problem, hint, status = explained(error)
    for line in (f"omise: {problem}", hint):
        if line:
            print(visible(" ".join(redact_text(re.sub(r"\[Errno -?\d+\] ", "", line)).split())), file=sys.stderr)
    return status


def explained(error: Exception) -> tuple[str, str, int]:
    """Return what *error* says, what to do, and what to exit with."""
    match error:
        case Failed():
            return error.message, error.hint, error.status
        case click.UsageError():
            command = error.ctx.command_path if error.ctx else "omise"
            return _usage(error), f"See {command} --help", USAGE
        case click.ClickException():
            return error.format_message(), "", FAILED
        case OutcomeUnknown():
            return str(error), "What came of it, omise events list may tell, or the dashboard.", UNKNOWN
        case APIConnectionError():
            return str(error), "Nothing was changed by it. What is wrong, omise doctor may tell.", NO_ANSWER
        case ConfigurationError():
            return _setting(error)
        case AuthenticationFailureError():
            return str(error), "The key is not known there; omise doctor says where it comes from.", FAILED
        case APIError():
            return str(error), f"Request {error.request_id}" if error.request_id else "", FAILED
        case ModuleNotFoundError() if (library := str(error.name).partition(".")[0]) in LIBRARIES:
            return needed(library), "", FAILED
        case OSError():
            return _file(error), _advice(error), FAILED
        case ValueError() | TypeError() | ModuleNotFoundError():
            return str(error), "", FAILED
        case _:
            unforeseen = f"That was not foreseen; {DEBUG} shows where it comes from."
            return f"{type(error).__name__}: {error}", unforeseen, FAILED


def _usage(error: click.UsageError) -> str:
    """What is wrong with the command; of an option that is not known, which one was probably meant."""
    if isinstance(error, click.NoSuchOption) and error.ctx:
        known = [name for option in error.ctx.command.get_params(error.ctx) for name in option.opts if name[:2] == "--"]
        return f"{error.ctx.command_path} has no option {error.option_name}{meant(error.option_name, known)}"
    return error.format_message().rstrip(".")


def _setting(error: ConfigurationError) -> tuple[str, str, int]:
    for kind in KEY_KINDS.values():
        if str(error).startswith(f"{kind.purpose} is needed and none is set"):
            hint = f"Set {kind.environment} to the one that the dashboard shows, or to one of omise sandbox."
            return f"{kind.purpose} is needed, and none is set", hint, CONFIGURATION
    return str(error), "omise doctor looks at keys, addresses and the way to them.", CONFIGURATION


def _file(error: OSError) -> str:
    """What the system says of which file."""
    return f"{error.filename}: {reason(error)}" if error.filename else reason(error)


def reason(error: OSError) -> str:
    """Return what the system says, without its number."""
    return (error.strerror or str(error)).lower()


def _advice(error: OSError) -> str:
    return "Make room there, and give the command again." if error.errno in ROOM else ""
