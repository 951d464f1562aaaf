"""What became of a write whose answer was lost: done, not done, or still unknown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, Literal, NoReturn, TypeAlias, TypeVar

R_co = TypeVar("R_co", covariant=True)


class _Resolution:
    """One of three answers, which are told apart by ``match``, `isinstance`, or ``status``."""

    def __bool__(self) -> NoReturn:
        # There are three answers, and "still unknown" must not be taken for one of the other two.
        raise TypeError(f"{type(self).__name__} is neither true nor false: look at its status, or use match")


@dataclass(frozen=True)
class Done(_Resolution, Generic[R_co]):
    """
    The write was carried out.

    Attributes:
        record: What was created; of a change the record, which is now as the write was to make it.
    """

    record: R_co
    status: Literal["done"] = field(default="done", init=False, repr=False)


@dataclass(frozen=True)
class NotDone(_Resolution):
    """The write was not carried out, and will not be: nothing was created or changed by it. It can be sent again."""

    status: Literal["not_done"] = field(default="not_done", init=False, repr=False)


@dataclass(frozen=True)
class StillUnknown(_Resolution, Generic[R_co]):
    """
    Nobody can tell yet, or from what was sent. It must not be sent again without a look at the account.

    Attributes:
        reason: Why, in a sentence for people.
        candidates: The records that may be the one, newest first.
    """

    reason: str
    candidates: tuple[R_co, ...] = ()
    status: Literal["unknown"] = field(default="unknown", init=False, repr=False)


Resolved: TypeAlias = Done[R_co] | NotDone | StillUnknown[R_co]
"""What `OutcomeUnknown.resolve` returns."""
