"""Prepares the outlines of Central Asia for maps and covers, once.

    python tools/outlines.py countries-50m.json

The file comes from the package ``world-atlas`` 2.0.2: Natural Earth (public domain) as TopoJSON. Borders that two
countries share are simplified once, so that they stay shared. Outlines imply no opinion on the status of a border.
"""

import json
import sys
from pathlib import Path

from pilotage.figures.forms.outlines import project

TARGET = Path(__file__).parent.parent / "src" / "pilotage" / "figures" / "forms" / "outlines.json"
PARTNERS = {"398": "KZ", "417": "KG", "762": "TJ", "795": "TM", "860": "UZ"}
WIDTH, HEIGHT = 1000, 712
MARGIN = 6
TOLERANCE = 0.7
NEIGHBOUR_TOLERANCE = 1.8
SMALLEST = 12
"""Islands below this area, in square units, are left out."""

Point = tuple[float, float]


def decoded(topology: dict) -> list[list[Point]]:
    """The arcs as projected points."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(points)
    return arcs


def simplified(points: list[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker: no point is moved by more than ``tolerance``; the ends stay."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5

    def distance(point: Point) -> float:
        x, y = point
        if length == 0:
            return float(((x - ax) ** 2 + (y - ay) ** 2) ** 0.5)
        return float(abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length)

    far = max(range(1, len(points) - 1), key=lambda index: distance(points[index]))
    if distance(points[far]) <= tolerance:
        return [points[0], points[-1]]
    return simplified(points[: far + 1], tolerance)[:-1] + simplified(points[far:], tolerance)


def clipped(ring: list[Point]) -> list[Point]:
    """Sutherland and Hodgman, at the frame and its margin."""
    edges = (
        (0, -MARGIN, 1), (0, WIDTH + MARGIN, -1), (1, -MARGIN, 1), (1, HEIGHT + MARGIN, -1),
    )  # fmt: skip
    for axis, limit, sign in edges:
        out: list[Point] = []
        for index, point in enumerate(ring):
            before = ring[index - 1]
            inside, was_inside = (point[axis] - limit) * sign >= 0, (before[axis] - limit) * sign >= 0
            if inside != was_inside:
                part = (limit - before[axis]) / (point[axis] - before[axis])
                out.append((before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1])))
            if inside:
                out.append(point)
        ring = out
        if not ring:
            break
    return ring


def area(ring: list[Point]) -> float:
    """In square units."""
    return abs(sum(ring[i - 1][0] * y - x * ring[i - 1][1] for i, (x, y) in enumerate(ring))) / 2


def path(ring: list[Point]) -> str:
    """Whole relative steps, closed."""
    whole = [(round(x), round(y)) for x, y in ring]
    text = f"M{whole[0][0]} {whole[0][1]}l"
    steps = []
    for (ax, ay), (bx, by) in zip(whole, whole[1:], strict=False):
        if (ax, ay) != (bx, by):
            steps.append(f"{bx - ax} {by - ay}")
    return (text + " ".join(steps)).replace(" -", "-") + "z"


def main() -> None:
    """Writes the outlines anew."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    every = topology["objects"]["countries"]["geometries"]
    shapes = {shape["id"]: shape for shape in every if shape.get("id") in PARTNERS}
    degrees = decoded(topology)
    strong: set[int] = set()

    def arcs_of(shape: dict) -> list[list[int]]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        return [ring for polygon in polygons for ring in polygon]

    for number in PARTNERS:
        for ring in arcs_of(shapes[number]):
            strong.update(arc if arc >= 0 else ~arc for arc in ring)

    cache: dict[int, list[Point]] = {}

    def line(arc: int) -> list[Point]:
        if arc not in cache:
            # Far points are drawn in so that the projection stays sane; they fall outside the frame anyway.
            near = [(min(max(x, 20), 125), min(max(y, 15), 75)) for x, y in degrees[arc]]
            projected = [project(y, x) for x, y in near]
            cache[arc] = simplified(projected, TOLERANCE if arc in strong else NEIGHBOUR_TOLERANCE)
        return cache[arc]

    def outline(shape: dict) -> str:
        rings = []
        for arcs in arcs_of(shape):
            ring: list[Point] = []
            for arc in arcs:
                points = line(arc) if arc >= 0 else line(~arc)[::-1]
                ring += points[1:] if ring else points
            ring = clipped(ring)
            if ring and area(ring) >= SMALLEST:
                rings.append(path(ring))
        return "".join(rings)

    data = {
        "width": WIDTH,
        "height": HEIGHT,
        "partners": {code: outline(shapes[number]) for number, code in PARTNERS.items()},
        "neighbours": "".join(outline(shape) for shape in every if shape.get("id") not in PARTNERS),
    }
    TARGET.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{TARGET.stat().st_size} bytes")
    corners = [project(lat, lon) for lat, lon in ((55.4, 69), (35.1, 66.5), (45, 46.5), (49.2, 87.3))]
    print("north, south, west, east:", [(round(x), round(y)) for x, y in corners])


if __name__ == "__main__":
    main()
