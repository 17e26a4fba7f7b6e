"""Where names stand on a map: no name covers another, a name of an area lies within it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import atan2, cos, degrees, hypot, pi, sin

import numpy as np

from irtysh.indicators.charts.geometry import Line, Point, View
from irtysh.indicators.charts.look import letters_width

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_GRID = 4
_LEADING = 1.2


@dataclass(frozen=True, slots=True)
class Name:
    """A name set on the sheet; x, y is the baseline of its first line."""

    lines: tuple[str, ...]
    x: float
    y: float
    size: float
    anchor: str = "start"
    angle: float = 0.0


@dataclass(slots=True)
class Lettering:
    """The names set so far on one sheet."""

    view: View
    taken: list[Box] = field(default_factory=list)

    def reserve(self, box: Box) -> None:
        """Keep a place free of names."""
        self.taken.append(box)

    def beside(self, text: str, at: Point, size: float, gap: float = 7) -> Name | None:
        """Set a name right, left, above, below or aslant of a dot; None if there is no room."""
        x, y = at
        width = letters_width(text, size)
        for anchor, dx, dy in (
            ("start", gap, size * 0.36),
            ("end", -gap, size * 0.36),
            ("middle", 0, -gap - 1),
            ("middle", 0, gap + size * 0.8),
            ("start", gap * 0.5, gap + size * 0.7),
            ("start", gap * 0.5, -gap),
            ("end", -gap * 0.5, gap + size * 0.7),
            ("end", -gap * 0.5, -gap),
        ):
            left = x + dx - {"start": 0, "middle": width / 2, "end": width}[anchor]
            base = y + dy
            box = (left - 2, base - size, left + width + 2, base + size * 0.3)
            if self._is_free(box):
                self.taken += [box, (x - 4, y - 4, x + 4, y + 4)]
                return Name((text,), x + dx, base, size, anchor)
        return None

    def within(self, lines: Sequence[str], rings: Sequence[Line], size: float) -> Name | None:
        """Set a name in the roomiest place of an area (rings in pixels); None if it has none."""
        mask = _mask(rings, self.view)
        for box in self.taken:
            _strike(mask, box)
        width = max(letters_width(line, size) for line in lines) + 8
        height = len(lines) * size * _LEADING + 6
        across, down = -(-width // _GRID), -(-height // _GRID)
        fits = _windows(mask, int(across), int(down))
        if not fits.any():
            return None
        rows, columns = np.nonzero(fits)
        ys, xs = np.nonzero(mask)
        middle = xs.mean() - across / 2, ys.mean() - down / 2
        best = np.argmin((columns - middle[0]) ** 2 + 1.5 * (rows - middle[1]) ** 2)
        left, top = float(columns[best]) * _GRID, float(rows[best]) * _GRID
        self.taken.append((left, top, left + width, top + height))
        return Name(tuple(lines), left + width / 2, top + 3 + size * 0.9, size, "middle")

    def along(
        self, text: str, course: Line, size: float, straight_enough: float = 0.9
    ) -> Name | None:
        """Set a name beside the straightest free stretch of a river (course in pixels).

        ``straight_enough`` is the least share of the chord in the stretch's length.
        """
        points = _sampled(course, 6)
        span = max(2, int(letters_width(text, size) / 6) + 1)
        best: tuple[float, Name, Box] | None = None
        for start in range(0, len(points) - span, 2):
            chord = points[start : start + span + 1]
            straight, name, box = self._on_chord(text, chord, size)
            if straight > (best[0] if best else straight_enough) and self._is_free(box):
                best = straight, name, box
        if best is None:
            return None
        self.taken.append(best[2])
        return best[1]

    def _on_chord(self, text: str, chord: Line, size: float) -> tuple[float, Name, Box]:
        (x1, y1), (x2, y2) = chord[0], chord[-1]
        straight = hypot(x2 - x1, y2 - y1) / (6 * (len(chord) - 1))
        angle = atan2(y2 - y1, x2 - x1)
        if not -pi / 2 < angle <= pi / 2:
            angle -= pi if angle > 0 else -pi
        off = size * 0.55 + max(abs(_offset(p, chord[0], chord[-1])) for p in chord)
        x = (x1 + x2) / 2 + off * sin(angle)
        y = (y1 + y2) / 2 - off * cos(angle)
        half = letters_width(text, size) / 2
        wide = half * abs(cos(angle)) + size / 2 * abs(sin(angle)) + 2
        high = half * abs(sin(angle)) + size / 2 * abs(cos(angle)) + 2
        name = Name((text,), x, y, size, "middle", degrees(angle))
        return straight, name, (x - wide, y - high, x + wide, y + high)

    def _is_free(self, box: Box) -> bool:
        corners = ((box[0], box[1]), (box[2], box[3]))
        if not all(self.view.shows(corner, 3) for corner in corners):
            return False
        return not any(_meet(box, other) for other in self.taken)


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _offset(point: Point, a: Point, b: Point) -> float:
    """Return the distance of a point from the line through two others."""
    length = hypot(b[0] - a[0], b[1] - a[1]) or 1.0
    return ((b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])) / length


def _sampled(course: Line, step: float) -> Line:
    """Return points every ``step`` pixels along a line."""
    points, carried = [course[0]], 0.0
    for (ax, ay), (bx, by) in itertools.pairwise(course):
        length = hypot(bx - ax, by - ay)
        at = step - carried
        while at <= length:
            share = at / length
            points.append((ax + share * (bx - ax), ay + share * (by - ay)))
            at += step
        carried = (carried + length) % step
    return points


def _mask(rings: Iterable[Line], view: View) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Return a grid of the view: True where the middle of a cell lies in the area (even-odd)."""
    xs = np.arange(_GRID / 2, view.width, _GRID)
    ys = np.arange(_GRID / 2, view.height, _GRID)
    inside = np.zeros((len(ys), len(xs)), dtype=bool)
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if ay == by:
                continue
            rows = (ys > min(ay, by)) & (ys <= max(ay, by))
            crossing = ax + (ys[rows] - ay) * (bx - ax) / (by - ay)
            inside[rows] ^= xs[None, :] > crossing[:, None]
    inside[:2], inside[-2:], inside[:, :2], inside[:, -2:] = False, False, False, False
    return inside


def _strike(mask: np.ndarray[tuple[int, int], np.dtype[np.bool_]], box: Box) -> None:
    left, top, right, bottom = (int(end // _GRID) for end in box)
    mask[max(0, top) : max(0, bottom + 1), max(0, left) : max(0, right + 1)] = False


def _windows(
    mask: np.ndarray[tuple[int, int], np.dtype[np.bool_]], across: int, down: int
) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Return where a window of cells, given by its upper left cell, is wholly True."""
    sums = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), dtype=int)
    sums[1:, 1:] = mask.cumsum(0).cumsum(1)
    if across >= sums.shape[1] or down >= sums.shape[0]:
        return np.zeros((1, 1), dtype=bool)
    total = sums[down:, across:] - sums[:-down, across:]
    total = total - sums[down:, :-across] + sums[:-down, :-across]
    found: np.ndarray[tuple[int, int], np.dtype[np.bool_]] = total == across * down
    return found
