"""A chart as a picture of points."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

import pilotage
from pilotage.figures.png import render_png

FONTS = Path(pilotage.__file__).parent / "documents" / "fonts"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50" width="200" height="50"><rect width="200" height="50" '
    'fill="#003399"/><text x="10" y="30" font-size="20" font-family="Source Sans 3" fill="#fff">Тест</text></svg>'
)


def test_has_the_width_asked_for_and_the_proportions_of_the_drawing():
    picture = Image.open(BytesIO(render_png(SVG, 640, fonts=FONTS)))
    assert picture.format == "PNG"
    assert picture.size == (640, 160)


def test_sets_text_in_the_fonts_of_the_house():
    picture = Image.open(BytesIO(render_png(SVG, 640, fonts=FONTS))).convert("RGB")
    bright = sum(count for count, colour in picture.getcolors(100_000) if min(colour) > 200)
    assert bright > 500


def test_is_the_same_to_the_byte_when_drawn_again():
    assert render_png(SVG, 320, fonts=FONTS) == render_png(SVG, 320, fonts=FONTS)
