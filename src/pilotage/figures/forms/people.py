"""People: participations as bars, women as their inner part, unknown sex hatched, the number at the end."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pilotage.figures.forms.bars import key_hue
from pilotage.figures.forms.common import LabelColumn, Link, caption_of, open_sheet
from pilotage.figures.forms.drawing.paint import Medium
from pilotage.figures.forms.drawing.sheet import Sheet
from pilotage.figures.forms.finding import SEX_MOSTLY_KNOWN, SEX_WELL_KNOWN, sex_known, share_of_women
from pilotage.figures.forms.values import length, name, row_total, said, shown
from pilotage.figures.forms.wordings import SEX_MOSTLY_UNKNOWN, SEX_WITHHELD, WOMEN, WOMEN_OF_STATED
from pilotage.figures.table import Cell, FigureTable, Key
from pilotage.kit.numbers import HARD, percent
from pilotage.kit.texts import wording


def draw(
    table: FigureTable,
    *,
    language: str,
    width: float,
    medium: Medium = "screen",
    link: Link | None = None,
    title: str | None = None,
    caption: str | None = None,
) -> str:
    """SVG of a table of two dimensions: countries (or others), then sex with the hues woman, man, other, unknown."""
    sheet = open_sheet("people", table, language=language, width=width, medium=medium, title=title)
    sexes = table.dimensions[1].keys
    y = sheet.legend([(key_hue(key, place), name(key, language)) for place, key in enumerate(sexes)], sheet.top)
    rows = table.dimensions[0].keys
    column = LabelColumn.of([name(key, language) for key in rows], sheet)
    known = [sex_known(_by_hue(table, key)) for key in rows]
    ends = [_ends(table, key, language) for key in rows]
    room_of_ends = max((sheet.measured(a, bold=True) + sheet.measured(b) for a, b in ends), default=0)
    most = max((max(_length(table, key), _whole(table, key)) for key in rows), default=0)
    scale = max(1.0, width - column.width - room_of_ends - sheet.em * 1.2) / most if most else 0
    thick = sheet.em * 1.55
    for place, key in enumerate(rows):
        top = column.marks_top(place, sheet, y, thick)
        sheet.add(sheet.group([column.drawn(place, sheet, y, thick)], address=link((key.code,)) if link else None))
        x = _draw_bar(sheet, table, key, column.width, top, thick, scale, link) + sheet.em * 0.45
        number, share = ends[place]
        baseline = top + thick / 2 + sheet.em * 0.35
        texts = [sheet.text(x, baseline, number, bold=True)]
        if share:
            texts.append(
                sheet.text(x + sheet.measured(number, bold=True) + sheet.em * 0.5, baseline, share, tone="quiet")
            )
        told = f"{name(key, language)}: {said(row_total(key, table), table, language)}"
        sheet.add(sheet.group(texts, title=told, address=link((key.code,)) if link else None))
        sheet.add(sheet.line(f"M{column.width:.1f} {top - 1.5:.1f}v{thick + 3:.1f}", "axis"))
        y += column.height(place, sheet, thick)
    notes = _on_unknown(known, language)
    if any(_whole(table, key) for key in rows):
        notes.append(wording(SEX_WITHHELD, language))
    return sheet.finished(y, " ".join([*notes, caption_of(table, caption, language)]).strip())


def _on_unknown(known: Sequence[Fraction | None], language: str) -> list[str]:
    """What the shares leave out: said where the hatched part of some bar is more than a sliver."""
    shares = [share for share in known if share is not None]
    said_of = []
    if any(SEX_MOSTLY_KNOWN <= share < SEX_WELL_KNOWN for share in shares):
        said_of.append(wording(WOMEN_OF_STATED, language))
    if any(share < SEX_MOSTLY_KNOWN for share in shares):
        said_of.append(wording(SEX_MOSTLY_UNKNOWN, language))
    return said_of


def _length(table: FigureTable, key: Key) -> float:
    return sum(length(table.cell(key.code, sex.code), table) for sex in table.dimensions[1].keys)


def _whole(table: FigureTable, key: Key) -> float:
    """The length of a bar whose total is known while its parts are withheld; nothing for any other."""
    parts = [table.cell(key.code, sex.code) for sex in table.dimensions[1].keys]
    withheld = any(cell.suppressed for cell in parts) and _length(table, key) == 0
    return length(row_total(key, table), table) if withheld else 0.0


def _by_hue(table: FigureTable, key: Key) -> dict[str, Cell]:
    return {sex.hue: table.cell(key.code, sex.code) for sex in table.dimensions[1].keys}


def _ends(table: FigureTable, key: Key, language: str) -> tuple[str, str]:
    """The number at the end of a bar, and the share of women after it where the sex of most is stated."""
    by_hue = _by_hue(table, key)
    total = row_total(key, table)
    number = shown(total, table, language) if total.value is not None or total.suppressed else ""
    part, known = share_of_women(by_hue), sex_known(by_hue)
    if part is None or known is None or known < SEX_MOSTLY_KNOWN:
        return number, ""
    share = wording(WOMEN, language).format(share=percent(part * 100, language, 0))
    return number, share.replace(" ", HARD) + ("*" if known < SEX_WELL_KNOWN else "")


def _draw_bar(
    sheet: Sheet, table: FigureTable, key: Key, left: float, top: float, thick: float, scale: float, link: Link | None
) -> float:
    """Draws one bar and gives the x of its end. Women are a narrower, darker bar upon the whole of women and men."""
    language = sheet.language
    widths = [
        (sex, place, length(table.cell(key.code, sex.code), table) * scale)
        for place, sex in enumerate(table.dimensions[1].keys)
    ]
    women = sum(wide for sex, _, wide in widths if sex.hue == "woman")
    men = sum(wide for sex, _, wide in widths if sex.hue == "man")
    x, inner = left, thick * 0.2
    if whole := _whole(table, key) * scale:
        x = left + whole
        sheet.add(sheet.group([sheet.box(left, top, max(0.8, whole), thick, "plan")]))
    # Men are drawn as the whole bar of women and men; women, drawn later, lie upon it.
    for sex, place, wide in sorted(widths, key=lambda one: one[0].hue != "man"):
        if wide <= 0:
            continue
        if sex.hue == "man":
            mark = sheet.box(left, top, women + wide, thick, "man")
        elif sex.hue == "woman":
            mark = sheet.box(left, top + inner, max(0.8, wide), thick - 2 * inner, "woman")
        else:
            mark = sheet.box(max(x, left + women + men), top, max(0.8, wide), thick, key_hue(sex, place))
            x = max(x, left + women + men) + wide
        cell = table.cell(key.code, sex.code)
        told = f"{name(key, language)}, {name(sex, language)}: {said(cell, table, language)}"
        address = link((key.code, sex.code)) if link else None
        sheet.add(sheet.group([mark], title=told, address=address))
    return max(x, left + women + men)
