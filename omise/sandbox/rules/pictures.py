"""
Pictures of codes to scan: they look like one, and no app can pay them.

The squares are made from a text by hashing it, so that equal texts give equal pictures.
"""

from __future__ import annotations

import hashlib
import struct
import zlib

__all__ = ["PICTURES"]

#: Squares per side, squares of white around them, pixels per square.
SIZE, MARGIN, SCALE = 25, 2, 4
#: The three eyes of a code, by their first row and column, and how many squares wide they are.
EYES = ((0, 0), (0, SIZE - 7), (SIZE - 7, 0))
EYE = 7

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"

Squares = list[list[bool]]


def squares(text: str) -> Squares:
    """Which squares are black, row by row."""
    bits = int.from_bytes(hashlib.shake_256(text.encode()).digest(SIZE * SIZE // 8 + 1), "big")
    rows = [[bool(bits >> (row * SIZE + column) & 1) for column in range(SIZE)] for row in range(SIZE)]
    for top, left in EYES:
        for row in range(max(top - 1, 0), min(top + EYE + 1, SIZE)):
            for column in range(max(left - 1, 0), min(left + EYE + 1, SIZE)):
                ring = max(abs(row - top - EYE // 2), abs(column - left - EYE // 2))
                rows[row][column] = ring in (0, 1, 3)
    return rows


def png(text: str) -> bytes:
    """
    A code for *text* as a PNG in two colours.

    Source: https://www.w3.org/TR/png/
    """
    side = (SIZE + 2 * MARGIN) * SCALE
    lines = b"".join(b"\0" + _line(row) for row in _framed(squares(text)) for _ in range(SCALE))
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return PNG_SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(lines)) + _chunk(b"IEND", b"")


def svg(text: str) -> bytes:
    """A code for *text* as an SVG."""
    side = SIZE + 2 * MARGIN
    path = "".join(
        f"M{column} {row}h1v1h-1z"
        for row, line in enumerate(_framed(squares(text)))
        for column, black in enumerate(line)
        if black
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>\n'
    ).encode()


#: Name of the format, its media type, and how it is drawn.
PICTURES = {"png": ("image/png", png), "svg": ("image/svg+xml", svg)}


def _framed(rows: Squares) -> Squares:
    above: Squares = [[False] * (SIZE + 2 * MARGIN)] * MARGIN
    return [*above, *([False] * MARGIN + row + [False] * MARGIN for row in rows), *above]


def _line(row: list[bool]) -> bytes:
    """A row of squares as pixels, one bit each, 1 for white."""
    bits = "".join("0" * SCALE if black else "1" * SCALE for black in row)
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
