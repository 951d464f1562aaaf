from __future__ import annotations

import pytest

from ..conftest import Caller
from .schedules import NOW


@pytest.fixture
def noon(api: Caller) -> None:
    """It is noon of the day from which the tests of schedules look ahead."""
    api.turn_to(NOW)
