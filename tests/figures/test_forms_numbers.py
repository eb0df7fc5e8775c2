"""Numbers as officials write them, in both languages; text that can be printed."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import pilotage
from pilotage.kit.numbers import counted, genitive, money, over, percent, plural, share, written, written_shortly
from pilotage.kit.printable import missing_characters

EVENT = ("мероприятие", "мероприятия", "мероприятий")
FONTS = Path(pilotage.__file__).parent / "documents" / "fonts"


def test_thousands_have_hard_thin_spaces() -> None:
    assert written(21650050, "en") == written(21650050, "ru") == "21\u202f650\u202f050"
    assert written(999, "en") == "999"
    assert written(-1234.5, "ru", 1) == "\u22121\u202f234,5"


def test_rounding_is_half_up() -> None:
    assert [written(value, "en") for value in (0.5, 1.5, 2.5, -0.4, -2.5)] == ["1", "2", "3", "0", "\u22123"]
    assert written(0.125, "en", 2) == "0.13"
    assert written(Decimal("2.675"), "en", 2) == "2.68"
    assert written(Fraction(1, 8), "en", 2) == "0.13"
    assert share(1, 8, "ru", 1) == "12,5\u00a0%"
    assert share(1, 200, "en") == "1\u00a0%"


def test_percentages() -> None:
    assert percent(12.5, "en") == "12.5\u00a0%"
    assert percent(12.5, "ru") == "12,5\u00a0%"
    assert percent(12.04, "ru") == "12\u00a0%"
    assert written_shortly(12.0, "ru") == "12"
    with pytest.raises(ZeroDivisionError):
        share(1, 0, "en")


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (0, 2),
        (1, 0),
        (2, 1),
        (4, 1),
        (5, 2),
        (11, 2),
        (12, 2),
        (14, 2),
        (21, 0),
        (22, 1),
        (111, 2),
        (1001, 0),
        (1.5, 1),
    ],
)
def test_russian_has_three_forms(number: float, form: int) -> None:
    assert plural(number, EVENT, "ru") == EVENT[form]


def test_counted_things() -> None:
    assert counted(1, ("activity", "activities"), "en") == "1\u00a0activity"
    assert counted(1400, EVENT, "ru") == "1\u202f400\u00a0мероприятий"
    assert counted(5, (), "en") == "5"
    assert [genitive(number, EVENT, "ru") for number in (1, 2, 21, 25)] == [EVENT[1], EVENT[2], EVENT[1], EVENT[2]]


def test_money() -> None:
    assert money(21650050, "EUR", "en") == "EUR\u00a021\u202f650\u202f050"
    assert money(21650050, "EUR", "ru") == "21\u202f650\u202f050\u00a0евро"
    assert money(Decimal("12.5"), "KZT", "ru", 2) == "12,50\u00a0KZT"


def test_over() -> None:
    assert over(1412, "en") == "over\u00a01\u202f400"
    assert over(1412, "ru") == "свыше\u00a01\u202f400"
    assert over(1400, "en") == "1\u202f400"
    assert over(87, "en") == "87"


def test_what_can_be_printed() -> None:
    assert missing_characters("Пункт пропуска «Достук» – 12,5 % ✓ Ңң Ққ Šš Ўў\n\tи\u0306") == []
    assert missing_characters("😀 ok \x07 \u202e مرحبا 😀") == ["😀", "\x07", "\u202e", "م", "ر", "ح", "ب", "ا"]
    assert missing_characters("\x00\x7f\ud800") == ["\x00", "\x7f", "\ud800"]


@pytest.mark.parametrize("font", sorted(FONTS.glob("*.otf")), ids=lambda path: path.stem)
def test_every_document_font_has_what_is_said_to_be_printable(font: Path) -> None:
    codes = TTFont(font).getBestCmap()
    every = "".join(map(chr, range(0x20, 0x2800)))
    missing = set(missing_characters(every))
    assert [
        letter for letter in every if letter not in missing and ord(letter) not in codes and letter != "\u00ad"
    ] == []
