"""Text is measured as the font sets it, and cut where it must be."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

import pilotage
from pilotage.figures.forms.axes import ticks, whole_ticks
from pilotage.figures.forms.measure import shortened, text_width, wrapped
from pilotage.figures.forms.outlines import outlines, project
from pilotage.figures.forms.placing import placed

FONTS = Path(pilotage.__file__).parent / "documents" / "fonts"


@pytest.mark.parametrize("weight", ["regular", "semibold"])
def test_widths_are_those_of_the_font(weight: str) -> None:
    font = TTFont(FONTS / f"SourceSans3-{weight.title()}.otf")
    names, advances = font.getBestCmap(), font["hmtx"]
    for text in (
        "Государственная таможенная служба",
        "21\u202f650\u202f050 €",
        "Ўзбекистон Ӯ қ ҷ ө",
        "Šiaulių ģimene",
        "–…№",
    ):
        assert text_width(text, 1000, weight) == sum(advances[names[ord(letter)]][0] for letter in text)


def test_figures_are_all_as_wide() -> None:
    assert len({text_width(figure, 10) for figure in "0123456789"}) == 1


@given(st.text(max_size=2000), st.floats(1, 800), st.integers(1, 5))
def test_nothing_is_wider_than_its_room(text: str, room: float, lines: int) -> None:
    found = wrapped(text, room, 12, lines=lines)
    assert 1 <= len(found) <= lines
    assert all(text_width(line, 12) <= room + 0.01 or len(line) <= 2 for line in found)
    cut = shortened(text, room, 12)
    assert text_width(cut, 12) <= room + 0.01 or len(cut) <= 2


def test_what_fits_is_left_as_it_is() -> None:
    assert shortened("Казахстан", 200, 12) == "Казахстан"
    assert wrapped("Государственная таможенная служба", 130, 13) == ["Государственная", "таможенная служба"]
    assert wrapped("a" * 100, 60, 10)[1].endswith("…")


def test_ticks_are_round() -> None:
    assert ticks(12) == [0, 5, 10, 15]
    assert ticks(100) == [0, 50, 100]
    assert ticks(0) == [0, 1]
    assert whole_ticks(2) == [0, 1, 2]
    assert whole_ticks(1.5) == [0, 1, 2], "the axis reaches as far as its longest mark"


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(5, 80)), min_size=1, max_size=9))
def test_labels_on_a_line_never_touch(points: list[tuple[float, float]]) -> None:
    found = placed(points, 0, 500, 4)
    for place, one in enumerate(found or []):
        assert one.start >= 0
        assert one.end <= 500
        for other in (found or [])[place + 1 :]:
            assert one.level != other.level or one.end <= other.start or other.end <= one.start
            for low, high in ((one, other), (other, one)):
                assert low.level >= high.level or not low.start < high.x < low.end


def test_the_projection_keeps_places_in_their_countries() -> None:
    shapes = outlines()
    assert set(shapes.partners) == {"KZ", "KG", "TJ", "TM", "UZ"}
    astana, almaty, termez = project(51.13, 71.43), project(43.24, 76.89), project(37.22, 67.28)
    assert astana[1] < almaty[1] < termez[1]
    assert termez[0] < astana[0] < almaty[0]
    assert all(0 < x < shapes.width and 0 < y < shapes.height for x, y in (astana, almaty, termez))
