from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
import segno

from omise.sandbox.rules.pictures import MARGIN, PICTURES, SCALE, png, svg

ADDRESS = "http://127.0.0.1:4010/payments/pay2_test_5example0000000000/authorize?acs=false"


@pytest.mark.parametrize("draw", [png, svg])
def test_equal_texts_give_equal_pictures(draw: object) -> None:
    """
    And different ones others.
    """
    assert callable(draw)
    assert draw("a") == draw("a") != draw("b")


def test_an_svg_is_the_code_of_the_text() -> None:
    """
    Square by square, on white, with the margin that scanners need.
    """
    wanted = [[bool(square) for square in row] for row in segno.make(ADDRESS, error="m", micro=False).matrix]
    picture = ElementTree.fromstring(svg(ADDRESS))
    (squares,) = picture
    light, dark = [path.attrib for path in squares]
    black = set()
    column, row = 0, -MARGIN - 0.5
    for move, run in re.findall(r"[Mm]([-\d. ]+)h(\d+)", dark["d"]):
        right, down = map(float, move.split())
        column, row = int(column + right), row + down
        black |= {(int(row), column + step - MARGIN) for step in range(int(run))}
        column += int(run)
    side = (len(wanted) + 2 * MARGIN) * SCALE

    assert picture.attrib["viewBox"] == f"0 0 {side} {side}"
    assert (light["fill"], dark["stroke"]) == ("#fff", "#000")
    assert black == {(row, column) for row, line in enumerate(wanted) for column, square in enumerate(line) if square}


def test_a_png_is_as_large_as_the_code() -> None:
    """
    Several pixels for each of its squares.
    """
    squares = len(segno.make(ADDRESS, error="m", micro=False).matrix) + 2 * MARGIN
    picture = png(ADDRESS)

    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert [int.from_bytes(picture[at : at + 4], "big") for at in (16, 20)] == [squares * SCALE] * 2


def test_formats() -> None:
    """
    With their media types.
    """
    assert {name: kind for name, (kind, _) in PICTURES.items()} == {"png": "image/png", "svg": "image/svg+xml"}
