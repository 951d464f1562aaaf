"""`omise.variables`: the environment as it is now, however it is changed."""

import os
from typing import Any
from unittest import mock

import pytest

from omise.variables import variable, variables

NAME = "OMISE_TIMEOUT"


def test_a_variable_is_what_the_environment_has_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set, changed, emptied, and taken away."""
    monkeypatch.delenv(NAME, raising=False)
    assert variable(NAME) is None
    for value in ("3", "ร้าน", ""):
        monkeypatch.setenv(NAME, value)
        assert variable(NAME) == os.environ[NAME] == value
    monkeypatch.delenv(NAME)
    assert variable(NAME) is None


@pytest.mark.parametrize("patch", [{NAME: "4"}, {}])
def test_it_may_be_another_mapping_altogether(monkeypatch: pytest.MonkeyPatch, patch: dict[str, str]) -> None:
    """As where a test puts one in its place, or a part of one."""
    with mock.patch.dict(os.environ, patch, clear=True):
        assert variable(NAME) == patch.get(NAME)
    monkeypatch.setattr(os, "environ", patch)
    assert variable(NAME) == patch.get(NAME)


def test_all_of_them_can_be_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was copied before is equal until one changes."""
    before: Any = dict(variables())
    assert variables() == before
    monkeypatch.setenv(NAME, "5")
    assert variables() != before
