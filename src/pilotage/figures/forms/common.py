"""What all forms share: opening a sheet for a table, and columns of labels beside bars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pilotage.figures.forms.drawing.elements import element, titled
from pilotage.figures.forms.drawing.paint import Medium
from pilotage.figures.forms.drawing.sheet import Sheet
from pilotage.figures.forms.finding import finding
from pilotage.figures.forms.measure import wrapped
from pilotage.figures.forms.values import default_caption
from pilotage.figures.forms.words import in_words
from pilotage.figures.table import FigureTable, Keys

Link = Callable[[Keys], str | None]
"""The address of the records behind a cell, or None. For a row's total it is asked with the row's key alone."""

WIDEST_LABELS = 0.36
"""The share of the width that labels may take beside bars; where they need more, they stand above."""


def open_sheet(
    form: str,
    table: FigureTable,
    *,
    language: str,
    width: float,
    medium: Medium,
    title: str | None,
    more: str = "",
) -> Sheet:
    """A sheet with the title given, or the finding; an empty title draws none, but is still read aloud as one.

    ``more`` is said after the table's own words.
    """
    said = finding(table, language) if title is None or title == "" else title
    return Sheet(
        identity=(form, table.figure, table.scope),
        width=width,
        medium=medium,
        language=language,
        title=said,
        description=f"{in_words(table, language)} {more}".rstrip(),
        heading=title != "",
    )


def caption_of(table: FigureTable, caption: str | None, language: str) -> str:
    """The caption given, or the table's own; an empty one draws none."""
    return default_caption(table, language) if caption is None else caption


@dataclass(frozen=True, slots=True)
class LabelColumn:
    """Where the labels of rows stand: beside the marks in ``width``, or above them where ``above``."""

    width: float
    above: bool
    lines: tuple[tuple[str, ...], ...]
    """Each row's label as it is drawn."""
    whole: tuple[str, ...]

    @classmethod
    def of(cls, labels: Sequence[str], sheet: Sheet, room: float | None = None) -> LabelColumn:
        """The column for ``labels`` in ``room`` (the whole sheet where none is given)."""
        room = sheet.width if room is None else room
        gap = sheet.em * 0.7
        longest = max((sheet.measured(label[:200]) for label in labels), default=0)
        limit = room * WIDEST_LABELS
        word = max((sheet.measured(word) for label in labels for word in label[:200].split()), default=0)
        above = longest > limit and (room < sheet.em * 34 or word > limit)
        width = 0.0 if above or not longest else min(longest, limit) + gap
        space = room if above else max(1.0, width - gap + 0.5)
        lines = tuple(tuple(wrapped(label, space, sheet.em, lines=2)) for label in labels)
        return cls(width, above, lines, tuple(labels))

    def height(self, row: int, sheet: Sheet, marks: float) -> float:
        """Height of a row whose marks need ``marks``, with the space to the next one."""
        if self.above:
            return self._label_height(row, sheet) + marks + sheet.em * 0.6
        return max(marks, len(self.lines[row]) * sheet.em * 1.16) + sheet.em * 0.62

    def marks_top(self, row: int, sheet: Sheet, top: float, marks: float) -> float:
        """Upper edge of the marks of a row that begins at ``top``."""
        if self.above:
            return top + self._label_height(row, sheet)
        return top + max(0.0, (len(self.lines[row]) * sheet.em * 1.16 - marks) / 2)

    def drawn(self, row: int, sheet: Sheet, top: float, marks: float, x: float = 0) -> str:
        """The label of a row that begins at ``top``."""
        size, lines = sheet.em, self.lines[row]
        if self.above:
            first = top + size * 0.95
        else:
            middle = self.marks_top(row, sheet, top, marks) + marks / 2
            first = middle + size * 0.35 - (len(lines) - 1) * size * 0.58
        drawn = sheet.lines(x, first, lines, size, leading=1.16)
        if " ".join(lines) == self.whole[row]:
            return "".join(drawn)
        return element("g", {}, titled(self.whole[row]), *drawn)

    def _label_height(self, row: int, sheet: Sheet) -> float:
        return sheet.em * (0.19 + 1.16 * len(self.lines[row]))
