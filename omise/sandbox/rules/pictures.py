"""
Pictures of codes to scan: QR codes of the address of the page on which is paid.
"""

from __future__ import annotations

import io

__all__ = ["PICTURES", "png", "svg"]

#: Squares of white around the code, as its standard wants them, and pixels per square.
MARGIN, SCALE = 4, 4
WHITE = "#fff"


def png(text: str) -> bytes:
    """A code for *text* as a PNG."""
    return _draw(text, "png")


def svg(text: str) -> bytes:
    """A code for *text* as an SVG, white where it is not black, so that it can be scanned on any background."""
    return _draw(text, "svg", xmldecl=False, omitsize=True, svgclass=None, lineclass=None)


#: Name of the format, its media type, and how it is drawn.
PICTURES = {"png": ("image/png", png), "svg": ("image/svg+xml", svg)}


def _draw(text: str, kind: str, **options: object) -> bytes:
    # Loading the library takes longer than most tests, and most sandboxes draw nothing.
    import segno

    picture = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(picture, kind=kind, scale=SCALE, border=MARGIN, light=WHITE, **options)
    return picture.getvalue()
