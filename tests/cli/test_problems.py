"""What went wrong, in two lines."""

import errno

import click
import pytest

import omise
from omise.cli.ending import NO_ANSWER, Failed
from omise.cli.problems import explained, tell
from omise.errors import AuthenticationFailureError
from omise.sandbox import Application, Server


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (Failed("no", "do"), ("no", "do", 1)),
        (Failed("no", "do", NO_ANSWER), ("no", "do", 4)),
        (click.UsageError("It is wrong."), ("It is wrong", "See omise --help", 2)),
        (OSError(errno.ENOSPC, "No space left on device", "/a"), ("/a: no space left on device", "Make room there", 1)),
        (PermissionError(errno.EACCES, "Permission denied", "/a/b"), ("/a/b: permission denied", "", 1)),
        (ModuleNotFoundError("no", name="rich.cells"), ("the command line needs rich: pip install click rich", "", 1)),
        (ZeroDivisionError("x"), ("ZeroDivisionError: x", "That was not foreseen; --debug", 1)),
    ],
)
def test_each_error_has_a_problem_an_advice_and_a_status(error: Exception, expected: tuple[str, str, int]) -> None:
    """As the documentation tells them."""
    problem, advice, status = explained(error)

    assert (problem, status) == (expected[0], expected[2])
    assert advice.startswith(expected[1])
    assert bool(advice) == bool(expected[1])


def test_a_key_that_is_not_known_is_explained() -> None:
    """The number of the request helps there as little as with nobody else's key."""
    with Server(Application(secret_keys=["skey_test_5example0000000keys"])) as server:
        omise.api_url = server.url
        omise.secret_api_key = "skey_test_5example000000wrong"
        with pytest.raises(AuthenticationFailureError) as refused:
            omise.Balance.retrieve()

    assert explained(refused.value)[1] == "The key is not known there; omise doctor says where it comes from."


def test_lines_are_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    """Without numbers of the system, and without what moves in a terminal."""
    assert tell(ValueError("no connection: [Errno 111] Connection refused\n\x1b[31m")) == 1
    assert capsys.readouterr().err == "omise: no connection: Connection refused \\x1b[31m\n"
