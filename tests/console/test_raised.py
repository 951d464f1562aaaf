"""`omise.console.raised`: what is shown of an error in a console."""

import traceback
from collections.abc import Callable

import pytest

import omise
from omise import Money
from omise.console.raised import alone, shortened
from omise.sandbox import Sandbox

from .conftest import Seat


def names(error: BaseException) -> list[str]:
    """The functions in what is left of the traceback of *error*."""
    return [frame.name for frame in traceback.extract_tb(shortened(error))]


def test_the_frames_of_the_library_go(omise_sandbox: Sandbox) -> None:
    """Those below the line that called it, whatever it raised; the error itself keeps them."""
    for call in (lambda: omise.Charge.retrieve("chrg_test_1"), lambda: Money(1.5, "THB")):
        with pytest.raises(Exception, match=r"chrg_test_1|float") as raised:
            call()
        assert names(raised.value)[-1] == "<lambda>"
        assert len(traceback.extract_tb(raised.value.__traceback__)) > len(names(raised.value))


def test_all_else_is_shown_as_it_is() -> None:
    """An error of the user's own, even if the library called what raised it; and none at all."""

    class Odd:
        def __index__(self) -> int:
            raise ZeroDivisionError

    assert shortened(None) is None
    assert shortened(ValueError()) is None
    with pytest.raises(ZeroDivisionError) as raised:
        Money.from_subunits(Odd(), "THB")  # type: ignore[arg-type]
    assert shortened(raised.value) is None


def test_it_stands_alone_for_a_while() -> None:
    """What it was raised from is put back."""
    error = ValueError()
    error.__cause__ = KeyError()
    with alone(error):
        assert (error.__cause__, error.__suppress_context__) == (None, True)
    assert isinstance(error.__cause__, KeyError)


@pytest.mark.parametrize(("arguments", "prompt"), [(["--plain"], "omise(sandbox)> "), ([], "omise(sandbox) In [{}]: ")])
def test_an_error_is_short_at_the_terminal(sit: Callable[..., Seat], arguments: list[str], prompt: str) -> None:
    """The line that was typed, and what was wrong; IPython's ``%tb`` shows all."""
    seat = sit(*arguments)
    seat.wait(prompt.format(1))
    said = seat.type("Charge.retrieve('chrg_test_1')", prompt.format(2))
    assert "NotFoundError" in said
    assert "access.py" not in said
    assert "direct cause" not in said
    assert "ZeroDivisionError" in seat.type("1/0", prompt.format(3))
    seat.type("Charge.retrieve('chrg_test_1')", prompt.format(4))
    if not arguments:
        assert "access.py" in seat.type("%tb", prompt.format(5))
    assert seat.leave() == 0
