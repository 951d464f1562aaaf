"""What a terminal is given."""

import pytest

from omise.cli.terminal import beside, coloured, visible


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ผู้ซื้อ กรุงเทพฯ", "ผู้ซื้อ กรุงเทพฯ"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("one\ntwo\r", "one\\ntwo\\r"),
        ("\x9b31m", "\\x9b31m"),
        ("abc\u202edef", "abc\\u202edef"),
    ],
)
def test_what_a_payer_typed_cannot_play_with_a_terminal(text: str, expected: str) -> None:
    """It is written out; letters of any script stay."""
    assert visible(text) == expected


def test_no_color_means_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the terminal can do."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert coloured("ok", "green") == "\x1b[32mok\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert coloured("ok", "green") == "ok"


def test_lines_go_on_where_they_began(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal; into a pipe goes one line."""
    text = "first words and more words, then /a/path/that-is-not/broken"
    assert beside("\x1b[32mok\x1b[0m   ", text) == f"\x1b[32mok\x1b[0m   {text}"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "40")

    assert beside("\x1b[32mok\x1b[0m   ", text).split("\n") == [
        "\x1b[32mok\x1b[0m   first words and more words, then",
        "     /a/path/that-is-not/broken",
    ]
