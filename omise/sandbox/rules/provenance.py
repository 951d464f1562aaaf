"""
How far a fact about the API can be trusted: the marks, and the facts that carry one.

`docs/sandbox.md` lists them, see `make facts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

__all__ = ["DOCUMENTED", "FACTS", "INFERRED", "NOTED", "RECORDED", "SDK", "Fact", "fact"]

#: By the documentation, by an official SDK or plugin, by a recorded answer, by others' notes, or assumed.
DOCUMENTED, SDK, RECORDED, NOTED, INFERRED = "documented", "SDK", "recorded", "noted", "inferred"

T = TypeVar("T")


@dataclass(frozen=True)
class Fact:
    """One value, what it is, and where it is known from."""

    about: str
    value: object
    mark: str


FACTS: list[Fact] = []


def fact(value: T, mark: str, about: str) -> T:
    """*value*, noted down with its mark and with what it is."""
    FACTS.append(Fact(about, value, mark))
    return value
