"""Which verbs write, told to those who set off what they are shown: a template, say."""

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import omise
from omise.records.casting import NAMES

WRITING = {
    "accept",
    "capture",
    "charge",
    "close",
    "create",
    "destroy",
    "expire",
    "mark_as_failed",
    "mark_as_paid",
    "mark_as_sent",
    "refund",
    "revoke",
    "reverse",
    "save",
    "start",
    "update",
    "upload",
    "upload_document",
    "verify",
}


def verbs() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public verb of every class, by its full name."""
    for cls in {*NAMES.values(), omise.Scheduler, omise.SearchScope}:
        for name in dir(cls):
            found = None if name.startswith("_") else inspect.getattr_static(cls, name)
            found = getattr(found, "function", found)
            if inspect.isfunction(found):
                yield f"{cls.__name__}.{name}", found


VERBS = dict(verbs())


@pytest.mark.parametrize("name", sorted(VERBS))
def test_every_verb_that_writes_is_marked_and_no_other(name: str) -> None:
    """``alters_data`` is what Django's templates ask for; a docstring that names a writing request needs the mark."""
    verb = VERBS[name]
    writes = re.search(r"\b(POST|PATCH|DELETE) [/<…]", verb.__doc__ or "") is not None

    assert getattr(verb, "alters_data", False) is (name.rpartition(".")[2] in WRITING)
    assert getattr(verb, "alters_data", False) or not writes


def test_all_of_them_were_looked_at() -> None:
    """The walk meets each of the verbs that write."""
    assert {name.rpartition(".")[2] for name in VERBS} >= WRITING


def test_a_verb_of_the_class_is_passed_over_through_a_record() -> None:
    """It would be refused; a template leaves it blank instead of failing."""
    charge: Any = omise.Charge.from_data({"object": "charge", "id": "chrg_test_1"})

    assert charge.create.alters_data is charge.retrieve.alters_data is True
    assert omise.Charge.create.alters_data is True
