from __future__ import annotations

import re
import struct
import zlib
from xml.etree import ElementTree

from omise.sandbox.rules.pictures import MARGIN, PICTURES, SCALE, SIZE, png, squares, svg

SIDE = SIZE + 2 * MARGIN


def chunks(picture: bytes) -> dict[bytes, bytes]:
    """The parts of a PNG by name, their checksums proved."""
    found, rest = {}, picture[8:]
    while rest:
        size = struct.unpack(">I", rest[:4])[0]
        name, data = rest[4:8], rest[8 : 8 + size]
        assert struct.unpack(">I", rest[8 + size : 12 + size])[0] == zlib.crc32(name + data)
        found[name], rest = data, rest[12 + size :]
    return found


def test_a_code_has_three_eyes() -> None:
    """
    Rings of seven squares in three of its corners.
    """
    rows = squares("x")
    eye = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"]

    for top, left in ((0, 0), (0, SIZE - 7), (SIZE - 7, 0)):
        drawn = ["".join(".#"[black] for black in row[left : left + 7]) for row in rows[top : top + 7]]
        assert drawn == eye


def test_equal_texts_give_equal_pictures() -> None:
    """
    And different ones others.
    """
    for draw in (png, svg):
        assert draw("a") == draw("a") != draw("b")


def test_a_png_shows_the_squares() -> None:
    """
    In two colours, on a white margin, several pixels each.
    """
    parts = chunks(png("x"))
    lines = zlib.decompress(parts[b"IDAT"])
    width = (SIDE * SCALE + 7) // 8
    rows = [lines[at + 1 : at + 1 + width] for at in range(0, len(lines), width + 1)]

    def is_black(row: int, column: int) -> bool:
        pixel = (column + MARGIN) * SCALE
        return not rows[(row + MARGIN) * SCALE][pixel // 8] >> (7 - pixel % 8) & 1

    assert parts[b"IHDR"] == struct.pack(">IIBBBBB", SIDE * SCALE, SIDE * SCALE, 1, 0, 0, 0, 0)
    assert list(parts) == [b"IHDR", b"IDAT", b"IEND"]
    assert len(rows) == SIDE * SCALE
    drawn = [[is_black(row, column) for column in range(SIZE)] for row in range(SIZE)]
    assert drawn == squares("x")
    assert not is_black(-1, -1)


def test_an_svg_shows_the_squares() -> None:
    """
    As one path.
    """
    picture = ElementTree.fromstring(svg("x"))
    paths = [path.attrib["d"] for path in picture]
    black = {(int(row) - MARGIN, int(column) - MARGIN) for column, row in re.findall(r"M(\d+) (\d+)h1", paths[1])}
    rows = squares("x")

    assert picture.tag.endswith("svg")
    assert picture.attrib["viewBox"] == f"0 0 {SIDE} {SIDE}"
    assert black == {(row, column) for row in range(SIZE) for column in range(SIZE) if rows[row][column]}


def test_formats() -> None:
    """
    With their media types.
    """
    assert {name: kind for name, (kind, _) in PICTURES.items()} == {"png": "image/png", "svg": "image/svg+xml"}
