"""The three answers to what became of a write: told apart, copied, and never taken for true or false."""

import copy
import pickle
from typing import Any

import pytest

import omise
from omise.resolution import Done, NotDone, Resolved, StillUnknown

ANSWERS: list[Resolved[Any]] = [
    Done(omise.Customer.from_data({"object": "customer", "id": "cust_test_1"})),
    NotDone(),
    StillUnknown("why", (omise.Charge.from_data({"object": "charge", "id": "chrg_test_1"}),)),
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_is_neither_true_nor_false(answer: Resolved[Any]) -> None:
    """``if error.resolve():`` would charge twice, or never."""
    with pytest.raises(TypeError, match=f"{type(answer).__name__} is neither true nor false"):
        bool(answer)


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_survives_being_copied(answer: Resolved[Any]) -> None:
    """A job may store what it found."""
    assert pickle.loads(pickle.dumps(answer)) == copy.deepcopy(answer) == answer


def test_the_answers_are_told_apart() -> None:
    """By `match`, and by their status."""
    seen = []
    for answer in ANSWERS:
        match answer:
            case Done(record):
                seen.append(record)
            case NotDone():
                seen.append(None)
            case StillUnknown(reason, candidates):
                seen.append((reason, candidates))

    assert seen == ["cust_test_1", None, ("why", ("chrg_test_1",))]
    assert [answer.status for answer in ANSWERS] == ["done", "not_done", "unknown"]
    assert repr(ANSWERS[1:]) == "[NotDone(), StillUnknown(reason='why', candidates=(<Charge chrg_test_1>,))]"
