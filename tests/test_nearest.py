"""`omise.nearest`: what a misspelt name was meant to be."""

import pytest

from omise.nearest import nearest


@pytest.mark.parametrize(
    ("name", "likely"),
    [("captur", "capture"), ("amuont", "amount"), ("emial", "email"), ("Amount", "amount"), ("x", None), ("", None)],
)
def test_the_most_like_is_found(name: str, likely: str | None) -> None:
    """Or none, where all are too far off."""
    assert nearest(name, ["amount", "capture", "captured_at", "email"]) == likely
