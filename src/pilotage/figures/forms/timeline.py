"""Timeline: a phase from its first to its last month, elapsed time filled, milestones named, a period framed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pilotage.figures.forms.drawing.elements import element
from pilotage.figures.forms.drawing.paint import Medium
from pilotage.figures.forms.drawing.sheet import Sheet
from pilotage.figures.forms.measure import shortened, wrapped
from pilotage.figures.forms.placing import Placed, crowded, placed
from pilotage.figures.forms.wordings import AS_OF, MONTH, OF, TIME_ELAPSED
from pilotage.kit.numbers import HARD, share
from pilotage.kit.periods import Period, written_day
from pilotage.kit.texts import Text, wording

STOREY = 1.4
"""Height of a storey of names, in their size."""
LONGEST_NAME = 0.6
"""The share of the width that a name above the line may take; the whole stands in its title."""
HIGHEST = 6
"""With more storeys of labels than this, milestones get numbers and a list below."""


Link = Callable[[str], str | None]
"""The address behind a milestone's code, or None."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day that is named on the line. ``done`` fills its sign; a meeting is round, any other milestone pointed."""

    code: str
    day: date
    label: Text
    meeting: bool = False
    done: bool = True


def draw(
    *,
    start: date,
    end: date,
    as_of: date,
    label: Text,
    milestones: Sequence[Milestone] = (),
    framed: Period | None = None,
    language: str,
    width: float,
    medium: Medium = "screen",
    link: Link | None = None,
    title: str | None = None,
    caption: str = "",
) -> str:
    """SVG of a phase named ``label``, from ``start`` to ``end``, both included."""
    finding = _finding(start, end, as_of, label, language)
    told = title or finding
    description = _in_words(start, end, as_of, milestones, framed, language)
    sheet = Sheet(
        identity=("timeline", start, end, as_of, label, milestones, framed and framed.code),
        width=width,
        medium=medium,
        language=language,
        title=told,
        description=description,
        heading=title != "",
    )
    line = _Line(sheet, start, end)
    ordered = sorted(milestones, key=lambda one: (one.day, one.code))
    names, places = line.placed(ordered)
    top = line.top_below(places)
    line.draw_span(top, as_of)
    below = line.draw_years(top)
    if framed:
        below = line.draw_frame(framed, top, below)
    line.draw_milestones(ordered, names, places, top, link)
    if names and names[0] == "1":
        below = line.draw_list(ordered, below, link)
    return sheet.finished(below, caption)


def _days(start: date, end: date, as_of: date) -> tuple[int, int]:
    whole = (end - start).days + 1
    return min(max((as_of - start).days + 1, 0), whole), whole


def months(start: date, end: date) -> int:
    """Months from ``start`` to ``end``, a begun one counted whole."""
    return (end.year - start.year) * 12 + end.month - start.month + (1 if end.day >= start.day else 0)


def _finding(start: date, end: date, as_of: date, label: Text, language: str) -> str:
    elapsed, whole = _days(start, end, as_of)
    day = min(max(as_of, start), end)
    month = (
        f"{wording(MONTH, language)}{HARD}{months(start, day)}{HARD}{wording(OF, language)}{HARD}{months(start, end)}"
    )
    part = f"{wording(TIME_ELAPSED, language)}: {share(elapsed, whole, language)} ({month})"
    name = wording(label, language)
    return f"{name}. {part}" if name else part


def _in_words(
    start: date, end: date, as_of: date, milestones: Sequence[Milestone], framed: Period | None, language: str
) -> str:
    sentences = [
        f"{written_day(start, language)} – {written_day(end, language)}",
        f"{wording(AS_OF, language)} {written_day(as_of, language)}",
    ]
    if framed:
        sentences.append(wording(framed.label, language))
    sentences += [f"{written_day(one.day, language)}: {wording(one.label, language)}" for one in milestones]
    return ". ".join(sentence.rstrip(".") for sentence in sentences) + "."


class _Line:
    """The line of a phase on a sheet: days across, everything else by its distance from the line."""

    def __init__(self, sheet: Sheet, start: date, end: date) -> None:
        self.sheet, self.start, self.end = sheet, start, end
        self.left, self.right = sheet.em * 0.6, sheet.width - sheet.em * 0.6
        self.thick = sheet.em * 0.9
        self.days = max(1, (end - start).days + 1)

    def x(self, day: date) -> float:
        """Where ``day`` begins; days outside the phase stand at its ends."""
        passed = min(max((day - self.start).days, 0), self.days)
        return self.left + (self.right - self.left) * passed / self.days

    def placed(self, milestones: Sequence[Milestone]) -> tuple[list[str], list[Placed]]:
        """What is written above the line, names or, where they have no room, numbers, and where."""
        room, size = self.sheet.width * LONGEST_NAME, self.sheet.size.small
        names = [shortened(wording(one.label, self.sheet.language), room, size) for one in milestones]
        places = self._places(milestones, names, HIGHEST)
        if places is None:
            names = [str(number) for number in range(1, len(milestones) + 1)]
            places = self._places(milestones, names, len(milestones)) or crowded(
                self._points(milestones, names), 0, self.sheet.width, 1
            )
        return names, places

    def top_below(self, places: Sequence[Placed]) -> float:
        """The line's upper edge, below all names."""
        levels = 1 + max((place.level for place in places), default=-1)
        return self.sheet.top + levels * self.sheet.size.small * STOREY + self.sheet.em * 1.4

    def draw_milestones(
        self,
        milestones: Sequence[Milestone],
        names: Sequence[str],
        places: Sequence[Placed],
        top: float,
        link: Link | None,
    ) -> None:
        """Signs on the line, leaders and names above it."""
        sheet, size = self.sheet, self.sheet.size.small
        storey = size * STOREY
        for one, text, place in zip(milestones, names, places, strict=True):
            rise = -0.25 if place.align == "middle" else 0.9
            lower, upper = top - sheet.em * 0.5, top - sheet.em * 1.4 - place.level * storey
            sheet.add(sheet.line(f"M{self.x(one.day):.1f} {lower:.1f}V{upper - size * rise:.1f}", "lead", 0.8))
            shift = size * {"start": 0.35, "end": -0.35, "middle": 0}[place.align]
            parts = [
                sheet.text(place.x + shift, upper, text, size=size, align=place.align),
                self._sign(one, self.x(one.day), top - sheet.em * 0.45),
            ]
            told = f"{written_day(one.day, sheet.language)}: {wording(one.label, sheet.language)}"
            sheet.add(sheet.group(parts, title=told, address=link(one.code) if link else None))

    def draw_span(self, top: float, as_of: date) -> None:
        """The whole phase, what has gone by filled, and a mark at today's end."""
        sheet, until = self.sheet, self.x(as_of + timedelta(days=1))
        sheet.add(sheet.box(self.left, top, self.right - self.left, self.thick, "plan"))
        if until > self.left:
            sheet.add(sheet.box(self.left, top, until - self.left, self.thick, "done"))
        day = f"{wording(AS_OF, sheet.language)} {written_day(as_of, sheet.language)}"
        mark = sheet.line(f"M{until:.1f} {top - 2:.1f}v{self.thick + 4:.1f}", "ink", 2)
        sheet.add(sheet.group([mark], title=day))

    def draw_years(self, top: float) -> float:
        """Ticks at quarters, longer ones at years, and the years' names; gives the y below them."""
        sheet, size = self.sheet, self.sheet.size.small
        base = top + self.thick
        for year in range(self.start.year, self.end.year + 1):
            for month in (1, 4, 7, 10):
                day = date(year, month, 1)
                if self.start <= day <= self.end:
                    tall = sheet.em * (1.5 if month == 1 else 0.4)
                    sheet.add(sheet.line(f"M{self.x(day):.1f} {base + 1:.1f}v{tall:.1f}", "axis", 0.8))
            first, last = self.x(date(year, 1, 1)), self.x(date(year + 1, 1, 1))
            for shown in (str(year), f"’{year % 100:02}"):
                if sheet.measured(shown, size=size) + 3 <= last - first:
                    y = base + sheet.em * 1.55
                    sheet.add(sheet.text((first + last) / 2, y, shown, size=size, align="middle", tone="quiet"))
                    break
        return base + sheet.em * 1.9

    def draw_frame(self, framed: Period, top: float, below: float) -> float:
        """A frame around a period, its name under it; gives the y below."""
        sheet, size = self.sheet, self.sheet.size.small
        first = self.x(framed.start or self.start)
        last = self.x((framed.end or self.end) + timedelta(days=1))
        y, tall = top - 3.5, self.thick + 7
        frame = f"M{first:.1f} {y:.1f}H{last:.1f}v{tall:.1f}H{first:.1f}Z"
        name = wording(framed.label, sheet.language)
        half = min(sheet.measured(name, size=size), sheet.width) / 2
        middle = min(max((first + last) / 2, half), sheet.width - half)
        sheet.add(
            sheet.line(frame, "frame", 1.8),
            sheet.fitted(
                middle, below + size * 0.95, name, sheet.width, size=size, bold=True, align="middle", tone="late"
            ),
        )
        return below + size * 1.5

    def draw_list(self, milestones: Sequence[Milestone], top: float, link: Link | None) -> float:
        """The numbered names, with their days; gives the y below them."""
        sheet, size = self.sheet, self.sheet.size.small
        indent, y = sheet.measured("00", size=size, bold=True) + size * 0.6, top + size * 1.4
        for number, one in enumerate(milestones, 1):
            text = f"{written_day(one.day, sheet.language)} – {wording(one.label, sheet.language)}"
            lines = wrapped(text, sheet.width - indent, size, lines=3)
            parts = [sheet.text(0, y, str(number), size=size, bold=True)]
            parts += sheet.lines(indent, y, lines, size, leading=1.25)
            sheet.add(sheet.group(parts, title=text, address=link(one.code) if link else None))
            y += len(lines) * size * 1.25 + size * 0.25
        return y - size * 0.9

    def _places(self, milestones: Sequence[Milestone], names: Sequence[str], highest: int) -> list[Placed] | None:
        gap = self.sheet.size.small * 0.4
        found = placed(self._points(milestones, names), 0, self.sheet.width, gap)
        return None if found and max(place.level for place in found) >= highest else found

    def _points(self, milestones: Sequence[Milestone], names: Sequence[str]) -> list[tuple[float, float]]:
        size = self.sheet.size.small
        widths = (self.sheet.measured(name, size=size) + size * 0.4 for name in names)
        return list(zip((self.x(one.day) for one in milestones), widths, strict=True))

    def _sign(self, one: Milestone, x: float, y: float) -> str:
        sheet, radius = self.sheet, self.sheet.em * 0.36
        if one.meeting:
            return sheet.dot(x, y, radius, "mark", hollow=not one.done)
        reach = radius * 1.2
        path = f"M{x:.1f} {y - reach:.1f}l{reach:.1f} {reach:.1f}l-{reach:.1f} {reach:.1f}l-{reach:.1f}-{reach:.1f}z"
        return element("path", {"d": path, **sheet.paint("mark", hollow=not one.done)})
