"""Draw the mark of the portal: the course of the Irtysh, turned so that it flows to the right.

The points are the towns and bends of the river from Lake Zaysan to below Tobolsk (degrees north
and east, to two decimals, read from any atlas). Upstream of the border the line is ochre, below it
blue: the colours of the two sides. Run once; the pictures are kept in git.

    python3.11 tools/draw_river.py
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

PICTURES = Path(__file__).resolve().parents[1] / "irtysh/portal/static/portal/img"
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
COLOURS = {"river": ("#b8731b", "#155078"), "river-dark": ("#d9a154", "#7cb8dc")}

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
        return 0.5 * (
            2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
        )

    return along(0), along(1)


def _meander(curve: list[Point], step: float = 5.5) -> tuple[list[Point], float]:
    """Return points at even distances, swung a few kilometres from side to side."""
    lengths = [0.0]
    for here, there in zip(curve, curve[1:], strict=False):
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
    for here, there in zip(points[1:-1], points[2:], strict=True):
        middle = ((here[0] + there[0]) / 2, (here[1] + there[1]) / 2)
        path += f"Q{pair(here)} {pair(middle)}"
    return f"{path}L{pair(points[-1])}"


def main() -> None:
    """Write the wide river of the home page and the line under the heading, light and dark."""
    curve, border = _bend(_flat(COURSE))
    to_border = sum(math.dist(a, b) for a, b in zip(curve[:border], curve[1:], strict=False))
    swung, step = _meander(curve)
    points = _turned(swung, 1200)
    cut = round(to_border / step)
    height = max(y for _, y in points)
    upper, lower = points[: cut + 1], points[cut:]
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, (ochre, blue) in COLOURS.items():
        for kind, shape, thick in (("", "", 5), ("-line", ' preserveAspectRatio="none"', 2)):
            effect = ' vector-effect="non-scaling-stroke"' if kind else ""
            x, y = upper[-1]
            gate = (
                ""
                if kind
                else f'<path stroke="{blue}" stroke-width="2" stroke-dasharray="2 7" '
                f'd="M{x:.0f} {y - 46:.0f}V{y + 46:.0f}"/>'
            )
            (PICTURES / f"{name}{kind}.svg").write_text(
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -8 1216 {height + 16:.0f}"'
                f'{shape} fill="none" stroke-width="{thick}" stroke-linecap="round">'
                f'<path{effect} stroke="{ochre}" d="{_path(upper, "{:.0f}".format)}"/>'
                f'<path{effect} stroke="{blue}" d="{_path(lower, "{:.0f}".format)}"/>{gate}</svg>\n',
                encoding="utf-8",
            )


if __name__ == "__main__":
    main()
