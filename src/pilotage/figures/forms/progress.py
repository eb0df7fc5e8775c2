"""Progress: what is done as a share, each bar beside the time that has gone by."""

from __future__ import annotations

from pilotage.figures.forms.common import LabelColumn, Link, caption_of, open_sheet
from pilotage.figures.forms.drawing.paint import Medium
from pilotage.figures.forms.drawing.sheet import Sheet
from pilotage.figures.forms.finding import finding_of_progress
from pilotage.figures.forms.values import name, said, shown
from pilotage.figures.forms.words import in_words
from pilotage.figures.table import Cell, FigureTable, Keys
from pilotage.kit.texts import wording


def draw(
    table: FigureTable,
    *,
    time: FigureTable,
    language: str,
    width: float,
    medium: Medium = "screen",
    link: Link | None = None,
    title: str | None = None,
    caption: str | None = None,
) -> str:
    """SVG of the ratio ``table`` (its total, or a bar a key of its one dimension) against the ratio ``time``.

    Both give counts: done of planned, days elapsed of days. Bars end at 100 %; the numbers say what is beyond.
    """
    done, elapsed = share(table.total), share(time.total)
    if title is None and done is not None and elapsed is not None:
        title = finding_of_progress(done * 100, elapsed * 100, wording(table.title, language), language)
    more = in_words(time, language)
    sheet = open_sheet("progress", table, language=language, width=width, medium=medium, title=title, more=more)
    rows: list[tuple[Keys, str, Cell, FigureTable]] = []
    if table.dimensions:
        rows += [((key.code,), name(key, language), table.cell(key.code), table) for key in table.dimensions[0].keys]
    else:
        rows.append(((), wording(table.title, language), table.total, table))
    rows.append(((), wording(time.title, language), time.total, time))
    bottom = _draw_rows(sheet, rows, elapsed, link)
    return sheet.finished(bottom, caption_of(table, caption, language))


def share(cell: Cell) -> float | None:
    """Numerator by denominator; None where there is no data, nothing to divide by, or the number is withheld."""
    if cell.suppressed or cell.numerator is None or not cell.denominator:
        return None
    return cell.numerator / cell.denominator


def _draw_rows(
    sheet: Sheet, rows: list[tuple[Keys, str, Cell, FigureTable]], elapsed: float | None, link: Link | None
) -> float:
    language = sheet.language
    column = LabelColumn.of([label for _, label, _, _ in rows], sheet)
    ends = [said(cell, table, language) for _, _, cell, table in rows]
    longest = max(sheet.measured(end) for end in ends)
    room = sheet.width - column.width - longest - sheet.em * 0.6
    if room < sheet.em * 9:
        ends = [shown(cell, table, language) for _, _, cell, table in rows]
        longest = max(sheet.measured(end) for end in ends)
        room = max(sheet.em * 2, sheet.width - column.width - longest - sheet.em * 0.6)
    thick, y, left, below = sheet.em * 1.1, sheet.top, column.width, sheet.top
    for place, (keys, label, cell, table) in enumerate(rows):
        last = place == len(rows) - 1
        top = column.marks_top(place, sheet, y, thick)
        part = share(cell)
        marks = [column.drawn(place, sheet, y, thick), sheet.box(left, top, room, thick, "plan")]
        if part:
            marks.append(sheet.box(left, top, max(0.8, room * min(1.0, part)), thick, "elapsed" if last else "done"))
        marks.append(sheet.text(left + room + sheet.em * 0.5, top + thick / 2 + sheet.em * 0.35, ends[place]))
        address = link(keys) if link and not last else None
        sheet.add(sheet.group(marks, title=f"{label}: {said(cell, table, language)}", address=address))
        if elapsed is not None and column.above and not last:
            x = left + room * min(1.0, elapsed)
            sheet.add(sheet.line(f"M{x:.1f} {top - 1:.1f}v{thick + 3:.1f}", "ink", 1.4))
        y += column.height(place, sheet, thick)
        below = top + thick
    if elapsed is not None and not column.above:
        x, first = left + room * min(1.0, elapsed), column.marks_top(0, sheet, sheet.top, thick)
        sheet.add(sheet.line(f"M{x:.1f} {first - 3:.1f}V{below:.1f}", "ink", 1.4))
    return y
