"""What the tests of recordings share."""

import gc
import warnings
from collections.abc import Iterator

import pytest

from ..stubs import settle


@pytest.fixture(scope="module")
def settled() -> None:
    """What was loaded before these tests is no garbage of theirs, and is not looked through after each of them."""
    settle()


@pytest.fixture
def forgetful(settled: None) -> Iterator[None]:
    """Older versions of vcrpy forget to close what they recorded: that is found here, and in no other test."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
