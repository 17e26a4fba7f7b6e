"""Draw the look of the portal: its colours as a style sheet, and the course of the Irtysh.

The river flows to the right. The points are its towns and bends from Lake Zaysan to below Tobolsk
(degrees north and east, to two decimals, read from any atlas). Upstream of the border the line is
ochre, below it blue: the colours of the two sides. Run after a change of definitions/palette.yaml;
what it makes is kept in git.

    python tools/draw_look.py
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from irtysh.indicators.charts.palette import css, palette

STATIC = Path(__file__).resolve().parents[1] / "irtysh/portal/static/portal"
PICTURES = STATIC / "img"
STYLES = STATIC / "css/palette.css"
COURSE = [
    (49.2, 84.2), (49.65, 83.4), (49.95, 82.6), (50.35, 81.3), (50.42, 80.25), (50.72, 79.2),
    (50.76, 78.53), (51.25, 77.9), (51.6, 77.2), (52.04, 76.93), (52.3, 76.93), (52.75, 76.5),
    (53.07, 76.1), (53.54, 75.32), (53.92, 75.0), (54.16, 74.81), (54.6, 73.95), (54.99, 73.36),
    (55.37, 73.23), (55.75, 74.0), (56.09, 74.63), (56.5, 74.6), (56.9, 74.37), (57.13, 73.82),
    (57.51, 72.4), (57.69, 71.17), (57.9, 69.9), (58.2, 68.25),
]  # fmt: skip
BORDER = 14
"""Which point lies on the border."""
KILOMETRES = 111.0
TURN = math.radians(132)

Point = tuple[float, float]


def _flat(course: list[Point]) -> list[Point]:
    narrowing = math.cos(math.radians(54)) * KILOMETRES
    return [((east - 77) * narrowing, (54 - north) * KILOMETRES) for north, east in course]


def _bend(points: list[Point], pieces: int = 14) -> tuple[list[Point], int]:
    """Return a Catmull-Rom curve through the points, and where the border falls on it."""
    padded = [points[0], *points, points[-1]]
    curve: list[Point] = []
    for number in range(len(points) - 1):
        corners = padded[number : number + 4]
        curve += [_between(corners, piece / pieces) for piece in range(pieces)]
    return [*curve, points[-1]], BORDER * pieces


def _between(corners: list[Point], t: float) -> Point:
    def along(axis: int) -> float:
        a, b, c, d = (corner[axis] for corner in corners)
        bend, turn = 2 * a - 5 * b + 4 * c - d, 3 * b - a - 3 * c + d
        return 0.5 * (2 * b + (c - a) * t + bend * t**2 + turn * t**3)

    return along(0), along(1)


def _meander(curve: list[Point], step: float = 5.5) -> tuple[list[Point], float]:
    """Return points at even distances, swung a few kilometres from side to side."""
    lengths = [0.0]
    for here, there in pairwise(curve):
        lengths.append(lengths[-1] + math.dist(here, there))
    swung = []
    number = 0
    for index in range(int(lengths[-1] / step) + 1):
        travelled = index * step
        while lengths[number + 1] < travelled:
            number += 1
        (x, y), (to_x, to_y) = curve[number], curve[number + 1]
        part = (travelled - lengths[number]) / (lengths[number + 1] - lengths[number])
        angle = math.atan2(to_y - y, to_x - x)
        swing = 6.5 * (math.sin(travelled / 14.5) + 0.55 * math.sin(travelled / 8.3 + 1.3))
        swung.append((
            x + part * (to_x - x) - math.sin(angle) * swing,
            y + part * (to_y - y) + math.cos(angle) * swing,
        ))  # fmt: skip
    return swung, step


def _turned(points: list[Point], width: float) -> list[Point]:
    cos, sin = math.cos(TURN), math.sin(TURN)
    turned = [(x * cos - y * sin, x * sin + y * cos) for x, y in points]
    left, top = min(x for x, _ in turned), min(y for _, y in turned)
    scale = width / (max(x for x, _ in turned) - left)
    return [((x - left) * scale, (y - top) * scale) for x, y in turned]


def _path(points: list[Point], write: Callable[[float], str]) -> str:
    def pair(point: Point) -> str:
        return f"{write(point[0])} {write(point[1])}"

    path = f"M{pair(points[0])}"
    for here, there in pairwise(points[1:]):
        middle = ((here[0] + there[0]) / 2, (here[1] + there[1]) / 2)
        path += f"Q{pair(here)} {pair(middle)}"
    return f"{path}L{pair(points[-1])}"


def _never_back(points: list[Point]) -> list[Point]:
    """Leave out points that lie to the left of an earlier one: a flat line must not fold."""
    kept = [points[0]]
    for point in points[1:]:
        if point[0] > kept[-1][0] + 6:
            kept.append(point)
    return kept


def main() -> None:
    """Write the colours' style sheet, the wide river and the line under the heading."""
    STYLES.write_text(css(), encoding="utf-8")
    curve, border = _bend(_flat(COURSE))
    to_border = sum(math.dist(a, b) for a, b in pairwise(curve[: border + 1]))
    swung, step = _meander(curve)
    points = _turned(swung, 1200)
    cut = round(to_border / step)
    PICTURES.mkdir(parents=True, exist_ok=True)
    colours = palette()
    for ending, shade in (("", "light"), ("-dark", "dark")):
        blue, ochre = getattr(colours["side-a"], shade), getattr(colours["side-b"], shade)
        upper, lower = points[: cut + 1], points[cut:]
        _draw(PICTURES / f"river{ending}.svg", upper, lower, (ochre, blue), thick=4)
        flat = _never_back(upper), _never_back(lower)
        _draw(PICTURES / f"river-line{ending}.svg", *flat, (ochre, blue), thick=2)


def _draw(
    file: Path, upper: list[Point], lower: list[Point], colours: tuple[str, str], *, thick: int
) -> None:
    """Write one picture that may be stretched to any width without its line growing thicker."""
    height = max(y for _, y in upper + lower)
    x, y = lower[0]
    ochre, blue = colours
    border = f"M{x:.0f} {max(y - 60, 0):.0f}V{y + 60:.0f}"
    still = 'vector-effect="non-scaling-stroke"'
    file.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -8 1216 {height + 16:.0f}" '
        f'preserveAspectRatio="none" fill="none" stroke-width="{thick}" stroke-linecap="round">'
        f'<path {still} stroke="{ochre}" d="{_path(upper, "{:.0f}".format)}"/>'
        f'<path {still} stroke="{blue}" d="{_path(lower, "{:.0f}".format)}"/>'
        f'<path {still} stroke="{blue}" stroke-width="{thick / 2:g}" '
        f'stroke-dasharray="{thick / 2:g} {2 * thick}" d="{border}"/></svg>\n',
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
