"""What is raised of something that may be a secret: without the frames that saw it, whose variables may be printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from .redaction import Sealed, is_secret, redact_text

if TYPE_CHECKING:
    from logging import LogRecord

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


def discreet(function: Callable[P, R]) -> Callable[P, R]:
    """
    Have *function* raise what it says of a secret without the frames that saw it.

    What is wrong with anything else is raised as it is, from where it was found.
    """

    @wraps(function)
    def call(*args: P.args, **named: P.kwargs) -> R:
        try:
            return function(*args, **named)
        except Exception as error:
            if not _may_show_one((args, named)):
                raise
            problem: BaseException = error
        del args, named
        raise forgetful(problem)

    return call


def _may_show_one(given: Any) -> bool:
    try:
        return is_secret(repr(given))
    except Exception:  # of an object of the user's
        return True


def forgetful(error: BaseException) -> BaseException:
    """Return *error* without where it was raised and what led to it, which may show more than it says itself."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


def hidden(value: Any) -> Sealed:
    """Return *value* sealed, whatever it is: a setting may be a key, in the wrong place too."""
    return value if type(value) is Sealed else Sealed(value)


def unseen(settings: Any) -> dict[str, Any]:
    """Return the dict *settings* sealed, and leave nothing in it for a frame to show."""
    return {name: hidden(settings.pop(name)) for name in [*settings]}


def checked(check: Callable[[str, Any], T], name: str, value: Sealed) -> T:
    """Return what *value* seals as *check* has it; what is wrong with it is raised without the frames that saw it."""
    try:
        return check(name, value.open())
    except Exception as error:
        problem: BaseException = error
    raise forgetful(problem)


def hush(*loggers: str) -> None:
    """Have what these *loggers* of other libraries say said without secrets."""
    import logging  # which few programs do not have, but `import omise` need not bring

    for name in loggers:
        logging.getLogger(name).addFilter(_hushed)


def _hushed(record: LogRecord) -> bool:
    if not record.args:
        record.msg = redact_text(str(record.msg))
    elif isinstance(record.args, tuple):
        record.args = tuple(part if isinstance(part, (int, float)) else redact_text(str(part)) for part in record.args)
    return True
