"""Colours that everybody can tell apart: contrast, greyscale, and the same in style sheet and print."""

import re
from pathlib import Path

import pytest

import pilotage
from pilotage.figures.forms.drawing.paint import HUES, INK, LAND, LINES, PAPER, TONES, TYPE, hue_of

SHEET = (Path(pilotage.__file__).parent / "web" / "static" / "css" / "charts.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block))
    for block in re.findall(r":root \{(.*?)\}", SHEET, re.DOTALL)
)
PANEL = "#f6f4ef"
COMPONENTS = ("c1", "c2", "c3", "c4")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG has it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG has it."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def lightness(colour: str) -> float:
    """Perceived lightness, 0 to 100."""
    return float(116 * luminance(colour) ** (1 / 3) - 16)


@pytest.mark.parametrize("name", HUES)
def test_marks_stand_out_in_print(name: str) -> None:
    hue = HUES[name]
    edge = hue.fill if name == "place" else hue.stroke or hue.fill
    assert contrast(edge, PAPER) >= 3
    assert contrast(edge, PANEL) >= 2.9


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_and_texts_stand_out_on_screen(theme: dict[str, str]) -> None:
    paper = theme["paper"]
    strong = ("mark", *COMPONENTS, "ahead", "late", "failed", "elapsed")
    lines = ("general-line", "man-line", "other-line", "plan-line")
    assert all(contrast(theme[name], paper) >= 3 for name in (*strong, *lines))
    assert all(contrast(theme[name], paper) >= 4.5 for name in ("ink", "quiet", "mark", "late"))
    for name, hue in HUES.items():
        if name in theme:
            assert contrast(theme[name], theme[hue.tone]) >= 4.5 or name == "elapsed", name
    assert all(contrast(theme["ink"], theme[ground]) >= 4.5 for ground in ("land", "far", "water"))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_components_differ_in_greyscale(theme: dict[str, str]) -> None:
    found = sorted(lightness(theme[name]) for name in (*COMPONENTS, "general"))
    assert all(brighter - darker >= 7.5 for darker, brighter in zip(found, found[1:], strict=False))


def test_the_style_sheet_has_the_colours_of_print() -> None:
    for name in ("mark", *COMPONENTS, "ahead", "late", "failed", "elapsed", "general", "man", "other", "plan"):
        assert HUES[name].fill.lower() == LIGHT[name]
        if HUES[name].stroke:
            assert HUES[name].stroke.lower() == LIGHT[f"{name}-line"]
    assert (INK.lower(), PAPER.lower()) == (LIGHT["ink"], LIGHT["paper"])
    assert TONES["quiet"].lower() == LIGHT["quiet"]
    assert [LAND[name][0].lower() for name in LAND] == [LIGHT[name] for name in LAND]
    assert [LINES[name].lower() for name in ("axis", "grid")] == [LIGHT["axis"], LIGHT["grid"]]


def test_every_class_has_its_rule() -> None:
    names = [*HUES, "hollow", *LAND, *(f"line-{name}" for name in LINES), "quiet", "halo", "on", "on-mid", "on-pale"]
    assert [name for name in names if not re.search(rf"\.{name}\b", SHEET)] == []


def test_no_text_is_too_small() -> None:
    assert min(TYPE["screen"].small, TYPE["screen"].text) >= 11
    assert min(TYPE["print"].small, TYPE["print"].text) >= 8


def test_unknown_hues_fall_back_to_the_order() -> None:
    assert hue_of("purple", 1) == "c2"
    assert hue_of("late", 1) == "late"
