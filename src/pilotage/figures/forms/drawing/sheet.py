"""The sheet that a form draws on: title, marks, caption, and what the whole says to those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zlib import crc32

from pilotage.figures.forms.drawing.elements import anchor, element, escaped, titled
from pilotage.figures.forms.drawing.paint import HUES, INK, LAND, LINES, PAPER, TONES, TYPE, Medium
from pilotage.figures.forms.measure import shortened, text_width, wrapped

Attributes = dict[str, str | float]


class Sheet:
    """Collects marks from ``top`` downwards; ``finished`` gives the SVG.

    ``width`` is in CSS pixels or points. ``identity`` names the form. Identifiers are made of it and of all that is
    said, so that the same drawing has the same ones for ever and two drawings on a page have different ones.
    """

    def __init__(
        self,
        *,
        identity: Sequence[object],
        width: float,
        medium: Medium,
        language: str,
        title: str,
        description: str,
        heading: bool = True,
    ) -> None:
        self.width = width
        self.medium = medium
        self.language = language
        self.size = TYPE[medium]
        self.em = self.size.text
        """The size of text: distances are given in it, so that screen and print have the same proportions."""
        self.identifier = f"{crc32(repr((*identity, width, medium, language, title, description)).encode()):08x}"
        self._title = title
        self._description = description
        self._parts: list[str] = []
        self._hatched = False
        self._linked = False
        self.top = 0.0
        if heading and title:
            lines = wrapped(title, width, self.size.title, "semibold", 4)
            self.add(*self.lines(0, self.size.title, lines, self.size.title, bold=True))
            self.top = len(lines) * self.size.title * 1.22 + self.em * 0.7

    def add(self, *parts: str) -> None:
        """Puts elements on the sheet."""
        self._parts.extend(parts)

    # Paint

    def paint(self, hue: str, *, hollow: bool = False) -> Attributes:
        """The attributes that give a mark its colour; ``hollow`` leaves its inside empty."""
        if self.medium == "screen":
            if hue == "unknown" and not hollow:
                return {"class": hue, "fill": self._hatching()}
            return {"class": f"{hue} hollow" if hollow else hue}
        colour = HUES[hue]
        if hollow:
            return {"fill": PAPER, "stroke": colour.stroke or colour.fill, "stroke-width": 1.2}
        if hue == "unknown":
            return {"fill": self._hatching(), "stroke": colour.stroke, "stroke-width": 0.8}
        return (
            {"fill": colour.fill, "stroke": colour.stroke, "stroke-width": 0.8}
            if colour.stroke
            else {"fill": colour.fill}
        )

    def stroke(self, line: str, width: float = 1, dash: str = "") -> Attributes:
        """The attributes of a line: ``axis``, ``grid``, ``lead``, ``frame`` or the name of a hue."""
        found: Attributes = {"stroke-width": width if self.medium == "screen" else width * 0.7, "fill": "none"}
        if dash:
            found["stroke-dasharray"] = dash
        if self.medium == "screen":
            return {"class": f"line-{line}", **found}
        colour = HUES.get(line)
        return {"stroke": (colour.stroke or colour.fill) if colour else LINES[line], **found}

    def land(self, kind: str) -> Attributes:
        """The attributes of a surface on a map: ``land``, ``far``, ``water``."""
        if self.medium == "screen":
            return {"class": kind}
        fill, stroke = LAND[kind]
        return {"fill": fill, "stroke": stroke} if stroke else {"fill": fill}

    # Elements

    def box(self, x: float, y: float, width: float, height: float, hue: str) -> str:
        """A filled rectangle; one with an outline is drawn half a line smaller, so that it keeps its size."""
        if hue in HUES and HUES[hue].stroke:
            x, y, width, height = x + 0.4, y + 0.4, max(0.1, width - 0.8), max(0.1, height - 0.8)
        return element("rect", {"x": x, "y": y, "width": width, "height": height, **self.paint(hue)})

    def signed_box(self, x: float, y: float, side: float, hue: str) -> str:
        """A square that says by a sign of its own, not by its colour alone, that it is late (a bar) or failed (a cross)."""
        box = self.box(x, y, side, side, hue)
        part, thick = side * 0.27, max(1.0, side * 0.14) / (1 if self.medium == "screen" else 0.7)
        if hue == "late":
            return box + self.line(f"M{x + side / 2:.1f} {y + part:.1f}v{side - 2 * part:.1f}", "on", thick)
        if hue == "failed":
            far, long = side - part, side - 2 * part
            first, second = f"M{x + part:.1f} {y + part:.1f}l{long:.1f} {long:.1f}", f"M{x + far:.1f} {y + part:.1f}"
            return box + self.line(f"{first}{second}l{-long:.1f} {long:.1f}", "on", thick)
        return box

    def dot(self, x: float, y: float, radius: float, hue: str, *, hollow: bool = False) -> str:
        """A circle."""
        radius = radius - 0.6 if hollow or HUES[hue].stroke else radius
        return element("circle", {"cx": x, "cy": y, "r": radius, **self.paint(hue, hollow=hollow)})

    def line(self, path: str, kind: str, width: float = 1, dash: str = "") -> str:
        """A line along path data."""
        return element("path", {"d": path, **self.stroke(kind, width, dash)})

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        *,
        size: float | None = None,
        bold: bool = False,
        align: str = "start",
        tone: str = "ink",
    ) -> str:
        """One line of text, exactly as it comes: measure and shorten it first. ``align``: start, middle, end."""
        attributes: Attributes = {"x": x, "y": baseline}
        if align != "start":
            attributes["text-anchor"] = align
        if size is not None and size != self.em:
            attributes["font-size"] = size
        if bold:
            attributes["font-weight"] = "600"
        if tone != "ink":
            attributes |= {"class": tone} if self.medium == "screen" else {"fill": TONES[tone]}
        if tone in ("halo", "mark") and self.medium == "print":
            attributes |= {"stroke": PAPER, "stroke-width": 2, "stroke-linejoin": "round", "paint-order": "stroke"}
        return element("text", attributes, escaped(text))

    def lines(
        self,
        x: float,
        baseline: float,
        lines: Iterable[str],
        size: float,
        *,
        bold: bool = False,
        align: str = "start",
        tone: str = "ink",
        leading: float = 1.22,
    ) -> list[str]:
        """Several lines of text under each other."""
        return [
            self.text(x, baseline + place * size * leading, line, size=size, bold=bold, align=align, tone=tone)
            for place, line in enumerate(lines)
        ]

    def fitted(
        self,
        x: float,
        baseline: float,
        text: str,
        room: float,
        *,
        size: float | None = None,
        bold: bool = False,
        align: str = "start",
        tone: str = "ink",
    ) -> str:
        """One line of text in ``room``; where it had to be cut, the whole stands in its title."""
        cut = shortened(text, room, size or self.em, "semibold" if bold else "regular")
        drawn = self.text(x, baseline, cut, size=size, bold=bold, align=align, tone=tone)
        return drawn if cut == text else element("g", {}, titled(text), drawn)

    def group(self, parts: Iterable[str], *, title: str = "", address: str | None = None) -> str:
        """Elements that are one mark: with a title, and with a link where there is an address."""
        if address:
            self._linked = True
            return anchor(address, titled(title), *parts)
        return element("g", {}, titled(title), *parts)

    def measured(self, text: str, *, size: float | None = None, bold: bool = False) -> float:
        """Width of ``text`` on this sheet."""
        return text_width(text, size or self.em, "semibold" if bold else "regular")

    def legend(self, entries: Sequence[tuple[str, str]], y: float, *, signs: bool = False) -> float:
        """Swatches with their names from ``y`` downwards, flowing over lines; gives the y below. "hollow" is a ring.

        ``signs`` puts the signs of states on the swatches.
        """
        size, swatch = self.size.small, self.size.small * 0.8
        gap, line_height = self.em * 1.1, self.size.small * 1.55
        x = 0.0
        for hue, name in entries:
            room = self.width - swatch * 1.5
            shown = shortened(name, room, size)
            needed = swatch * 1.5 + text_width(shown, size)
            if x and x + needed > self.width:
                x, y = 0.0, y + line_height
            if hue == "hollow":
                mark = self.dot(x + swatch / 2, y + size * 0.68, swatch / 2, "general", hollow=True)
            elif signs:
                mark = self.signed_box(x, y + size * 0.3, swatch, hue)
            else:
                mark = self.box(x, y + size * 0.3, swatch, swatch, hue)
            self.add(mark, self.fitted(x + swatch * 1.5, y + size, name, room, size=size, tone="quiet"))
            x += needed + gap
        return y + line_height + self.em * 0.3 if entries else y

    # The whole

    def finished(self, bottom: float, caption: str = "") -> str:
        """The SVG, cut at ``bottom`` or below the caption."""
        if caption:
            lines = wrapped(caption, self.width, self.size.small, lines=14)
            first = bottom + self.size.small * 1.5
            self.add(*self.lines(0, first, lines, self.size.small, tone="quiet", leading=1.32))
            bottom = first + (len(lines) - 1) * self.size.small * 1.32 + self.size.small * 0.4
        name, told = f"t{self.identifier}", f"d{self.identifier}"
        unit = "" if self.medium == "screen" else "pt"
        width, height = f"{self.width:g}", f"{bottom:.0f}"
        attributes: Attributes = {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "chart",
            "width": width + unit,
            "height": height + unit,
            "viewBox": f"0 0 {width} {height}",
            # Inside a picture nothing can be pressed; a drawing with links is a group.
            "role": "group" if self._linked else "img",
            "aria-labelledby": f"{name} {told}",
            "lang": self.language,
            "font-size": self.em,
        }
        if self.medium == "print":
            attributes |= {"font-family": "Source Sans 3", "fill": INK}
        return element(
            "svg",
            attributes,
            element("title", {"id": name}, escaped(self._title)),
            element("desc", {"id": told}, escaped(self._description)),
            self._definitions(),
            *self._parts,
        )

    def _hatching(self) -> str:
        self._hatched = True
        return f"url(#h{self.identifier})"

    def _definitions(self) -> str:
        if not self._hatched:
            return ""
        stripe = element("path", {"d": "M0 0V4", **self.stroke("hatch", 1.6)})
        pattern = element(
            "pattern",
            {
                "id": f"h{self.identifier}",
                "width": 4,
                "height": 4,
                "patternUnits": "userSpaceOnUse",
                "patternTransform": "rotate(45)",
            },
            stripe,
        )
        return element("defs", {}, pattern)
