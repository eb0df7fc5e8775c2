"""Reads a drawing back: its texts as boxes, its links, its marks."""

from dataclasses import dataclass
from xml.etree import ElementTree

from pilotage.figures.forms.measure import text_width

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Box:
    """The rectangle of one line of text."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float

    def meets(self, other: "Box", slack: float = 0.6) -> bool:
        """Whether two texts touch."""
        return (
            self.left < other.right - slack
            and other.left < self.right - slack
            and self.top < other.bottom - slack
            and other.top < self.bottom - slack
        )


def parsed(svg: str) -> ElementTree.Element:
    """The root; raises ParseError where the drawing is not well-formed."""
    return ElementTree.fromstring(svg)


def boxes(svg: str) -> list[Box]:
    """Every text that is drawn."""
    root = parsed(svg)
    usual = float(root.get("font-size", "0"))
    found = []
    for node in root.iter(f"{SVG}text"):
        size = float(node.get("font-size", usual))
        text = node.text or ""
        width = text_width(text, size, "semibold" if node.get("font-weight") == "600" else "regular")
        x, y = float(node.get("x", "0")), float(node.get("y", "0"))
        left = x - width * {"start": 0, "middle": 0.5, "end": 1}[node.get("text-anchor", "start")]
        found.append(Box(text, left, left + width, y - size * 0.7, y + size * 0.18, size))
    return found


def collisions(svg: str) -> list[tuple[str, str]]:
    """Pairs of texts that touch."""
    found = [box for box in boxes(svg) if box.text.strip()]
    return [
        (one.text, other.text) for place, one in enumerate(found) for other in found[place + 1 :] if one.meets(other)
    ]


def cut(svg: str) -> list[str]:
    """Texts that run over an edge."""
    root = parsed(svg)
    _, _, width, height = (float(part) for part in root.get("viewBox", "").split())
    return [
        f"{box.text[:40]} at {box.left:.0f}–{box.right:.0f}, {box.top:.0f}–{box.bottom:.0f} of {width:g} × {height:g}"
        for box in boxes(svg)
        if box.text.strip() and (box.left < -1 or box.right > width + 1 or box.top < -1 or box.bottom > height + 1)
    ]


def addresses(svg: str) -> list[str]:
    """Where the links lead."""
    return [node.get("href", "") for node in parsed(svg).iter(f"{SVG}a")]


def titles(svg: str) -> list[str]:
    """What marks say."""
    return [node.text or "" for node in parsed(svg).iter(f"{SVG}title")][1:]
