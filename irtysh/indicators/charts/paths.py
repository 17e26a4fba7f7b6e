"""Lines of a map as SVG paths: placed, thinned to what shows, written in few bytes."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from math import hypot

from irtysh.indicators.charts.geometry import Line, View


def thinned(line: Line, view: View) -> Line:
    """Place a line on the sheet in tenths of a pixel, without points that would not show."""
    placed: Line = []
    for point in line:
        x, y = view.place(point)
        here = round(x, 1), round(y, 1)
        if not placed or hypot(here[0] - placed[-1][0], here[1] - placed[-1][1]) >= 1.0:
            placed.append(here)
    return placed


def drawn(lines: Iterable[Line], *, closed: bool) -> str:
    """Write lines as relative steps, in tenths of a pixel without rounding drift."""
    pieces = []
    for line in lines:
        if len(line) < 2 + closed:
            continue
        at = [round(value * 10) for value in line[0]]
        pieces.append(f"M{_tenths(at[0])},{_tenths(at[1])}l")
        steps = []
        for point in line[1:]:
            here = [round(value * 10) for value in point]
            steps.append(f"{_tenths(here[0] - at[0])},{_tenths(here[1] - at[1])}")
            at = here
        pieces.append(" ".join(steps).replace(" -", "-").replace(",-", "-"))
        pieces.append("z" if closed else "")
    return "".join(pieces)


def _tenths(count: int) -> str:
    text = (
        f"{count / 10:.1f}".removesuffix(".0").replace("0.", ".", 1)
        if abs(count) < 10
        else (f"{count / 10:.1f}".removesuffix(".0"))
    )
    return "0" if text in ("", "-0", "-") else text


def visible(line: Line, view: View) -> list[Line]:
    """Return the parts of a placed line that lie on the sheet."""
    parts: list[Line] = [[]]
    for point in line:
        if view.shows(point, 6):
            parts[-1].append(point)
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if len(part) > 2]


def length(line: Line) -> float:
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(line))
