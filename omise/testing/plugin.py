"""The pytest plugin, which an installed `omise` brings along: fixtures, and nothing imported until one is used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ..sandbox import Sandbox


@pytest.fixture
def omise_sandbox() -> Iterator[Sandbox]:
    """
    A fresh sandbox for this test, which the default client uses, in every thread, with a fresh pair of test keys.

    ``omise_sandbox.client()`` is another account, ``.requests`` what was received, ``.card_token()`` a token.
    """
    from ..sandbox import Sandbox

    with Sandbox() as sandbox:
        yield sandbox
