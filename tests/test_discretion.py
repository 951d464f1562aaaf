"""What is raised of a secret tells nothing of it; what is raised of anything else tells all."""

import logging
import traceback
from typing import Any

import pytest

from omise.discretion import checked, discreet, hidden, hush, unseen
from omise.redaction import MASK, Sealed

CARD = "4242424242424242"


@discreet
def refuse(value: Any, more: Any = None) -> None:
    """Refuse whatever is given."""
    try:
        int(value)
    except ValueError as error:
        raise TypeError("no") from error
    raise TypeError("no")


def frames(error: BaseException) -> list[str]:
    return [frame.name for frame in traceback.extract_tb(error.__traceback__)]


@pytest.mark.parametrize("given", [(CARD,), ("x", [CARD]), ({"a": "skey_test_5example"},)])
def test_the_frames_that_saw_a_secret_are_forgotten(given: tuple[Any, ...]) -> None:
    """With what led to it."""
    with pytest.raises(TypeError, match="no") as refused:
        refuse(given[0], more=given[1:])

    assert "refuse" not in frames(refused.value)
    assert refused.value.__cause__ is refused.value.__context__ is None
    told = traceback.TracebackException.from_exception(refused.value, capture_locals=True)
    assert repr(given[-1]) not in repr([frame.locals for frame in told.stack if frame.name == "call"])


def test_other_frames_stay() -> None:
    """What is wrong with anything else is raised from where it was found, with its cause."""
    with pytest.raises(TypeError) as refused:
        refuse("x")

    assert frames(refused.value)[-1] == "refuse"
    assert isinstance(refused.value.__cause__, ValueError)


def test_what_cannot_be_shown_is_taken_for_a_secret() -> None:
    """An object whose `repr` fails takes nothing of the error away."""

    class Odd:
        def __repr__(self) -> str:
            raise RuntimeError

        def __int__(self) -> int:
            return 1

    with pytest.raises(TypeError, match="no") as refused:
        refuse(Odd())

    assert "refuse" not in frames(refused.value)


def test_what_is_hidden_is_hidden_once() -> None:
    """Whatever it is, and from whoever looks."""
    once = hidden(7)

    assert hidden(once) is once
    assert (once.open(), repr(once)) == (7, repr(MASK))


def test_nothing_is_left_of_settings() -> None:
    """They are all in what is returned, sealed."""
    settings = {"secret_api_key": "skey_test_1", "timeout": 7}
    given = unseen(settings)

    assert settings == {}
    assert {name: value.open() for name, value in given.items()} == {"secret_api_key": "skey_test_1", "timeout": 7}


def test_a_check_sees_what_is_sealed() -> None:
    """And what it raises is raised without it."""

    def check(name: str, value: Any) -> int:
        if value != 7:
            raise ValueError(f"{name} is 7")
        return 8

    assert checked(check, "seven", Sealed(7)) == 8
    with pytest.raises(ValueError, match="seven is 7") as refused:
        checked(check, "seven", Sealed(CARD))
    assert "check" not in frames(refused.value)


def test_what_others_log_is_said_without_secrets(caplog: pytest.LogCaptureFixture) -> None:
    """Texts and objects; numbers stay numbers, and what else is logged stays as it is."""
    hush("others", "others")
    caplog.set_level("DEBUG")
    log = logging.getLogger("others")
    log.debug("%s %d %s", f"/?q={CARD}", 7, {"a": "skey_test_5example"})
    log.debug("%(a)s", {"a": 1})

    assert caplog.messages == ["/?q=[redacted]4242 7 {'a': 'skey_test_[redacted]'}", "1"]
    assert len(log.filters) == 1
