"""A chart as a picture of points, for places that take no SVG: mail, slides, Word."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

_PAGE = """
#set text(font: "Source Sans 3")
#set page(width: int(sys.inputs.width) * 1pt, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)
"""


def render_png(svg: str, width_px: int, *, fonts: Path) -> bytes:
    """``svg`` as a PNG exactly ``width_px`` wide on white, its text set in the fonts of the folder ``fonts``."""
    import typst  # only here: most processes draw no picture

    png = typst.compile(
        _PAGE.encode(),
        font_paths=_font_book(str(fonts)),
        ignore_system_fonts=True,
        sys_inputs={"svg": svg, "width": str(width_px)},
        format="png",
        ppi=72,
    )
    return bytes(png)


@lru_cache(maxsize=4)
def _font_book(folder: str) -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
