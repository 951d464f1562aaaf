"""What the tests of recordings share."""

import gc
import warnings
from collections.abc import Iterator

import pytest


@pytest.fixture
def forgetful() -> Iterator[None]:
    """Older versions of vcrpy forget to close what they recorded: that is found here, and in no other test."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
