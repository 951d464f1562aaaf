"""Words that are not known, and what was meant by them."""

import click
import pytest

from omise.cli.menu import OneOf, meant


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("csvv", ["csv", "jsonl"], "; did you mean csv?"),
        ("CSV", ["csv", "jsonl"], "; did you mean csv?"),
        ("zzz", ["b", "a"], "; there are a, b"),
        ("zzz", [f"word{number}" for number in range(30)], ""),
    ],
)
def test_what_was_meant_is_the_nearest_or_one_of_a_few(word: str, known: list[str], expected: str) -> None:
    """Where there are many, the help has them."""
    assert meant(word, known) == expected


def test_one_of_some_words() -> None:
    """Another is refused with its kind, and without what may be a secret."""
    kind = OneOf("shell", ["bash", "zsh"])

    assert kind.convert("zsh", None, None) == "zsh"
    with pytest.raises(click.UsageError, match="'csh' is no shell; did you mean zsh"):
        kind.convert("csh", None, None)
    with pytest.raises(click.UsageError) as refused:
        kind.convert("skey_test_5xuy4w91xqz7d1w9u0t", None, None)
    assert "5xuy4w91" not in refused.value.message
