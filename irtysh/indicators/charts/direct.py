"""Drawn at once, without the renderer: axis, lines, bars and legend of any view of a dataset.

The renderer of the release's own charts costs 270 MB and a second; a page of the explorer has
neither. These drawings keep the same sheet, type and palette.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor, log10
from typing import Literal, Protocol
from xml.etree import ElementTree as ET

from irtysh.indicators.charts import svg
from irtysh.indicators.charts.direct_axis import named
from irtysh.indicators.charts.drawing import composed, frame
from irtysh.indicators.charts.look import NARROW, WIDE, Sheet, fitted, letters_width
from irtysh.indicators.charts.narration import words
from irtysh.indicators.charts.palette import hue, variable
from irtysh.vocabulary.numbers import format_number

Width = Literal["wide", "narrow"]
COLOURS = ("side-a", "side-b", "both", "down", "water", "ink-soft", "accent", "rest")
"""Of lines and bars, in this order; a line has a sign and a dash of its own besides."""

SIGNS = ("disc", "square", "diamond", "up", "ring", "down", "bar", "cross")
DASHES = ("", "6 3", "2 3", "8 3 2 3", "", "6 3", "2 3", "8 3 2 3")


@dataclass(frozen=True, slots=True)
class Point:
    """One figure: where on the axis (0 to 1), its value and bounds, and as it is written.

    ``joins`` is True where the period before it is there too: only then a line leads to it.
    """

    at: float
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    text: str = ""
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """A named row of points."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Title, text alternative, what is measured in which unit, source and address of a drawing."""

    id: str
    title: str
    description: str
    subtitle: str
    feet: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing for the page in two widths, and one that stands alone."""

    wide: str
    narrow: str
    alone: str


Parts = tuple[list[ET.Element], float, float]
Scale = Callable[[float], float]


class Draw(Protocol):
    """Draws on a sheet, for a page or to stand alone."""

    def __call__(self, sheet: Sheet, *, alone: bool) -> Parts:
        """Return the elements, the width and the height."""


class Pen:
    """Collects elements; colours by name."""

    def __init__(self, sheet: Sheet, language: str, *, alone: bool) -> None:
        self.sheet, self.language, self.alone = sheet, language, alone
        self.parts: list[ET.Element] = []

    def paint(self, name: str) -> str:
        """Return a colour as the drawing needs it: by name on a page, itself in a file."""
        return hue(name) if self.alone else variable(name)

    def add(self, tag: str, **attributes: object) -> ET.Element:
        """Append an element; underscores in names of attributes stand for hyphens."""
        written = {
            name.replace("_", "-"): f"{value:g}" if isinstance(value, float) else str(value)
            for name, value in attributes.items()
        }
        for name in ("fill", "stroke"):
            if written.get(name, "none") != "none" and not written[name].startswith("url("):
                written[name] = self.paint(written[name])
        element = ET.Element(tag, written)
        self.parts.append(element)
        return element

    def text(self, text: str, x: float, y: float, **attributes: object) -> None:
        """Append a line of text, by default in the size and colour of axes."""
        look: dict[str, object] = {"fill": "ink-soft", "font_size": self.sheet.label}
        self.add("text", x=round(x, 1), y=round(y, 1), **(look | attributes)).text = text

    def sign(self, kind: str, x: float, y: float, colour: str, size: float = 4.2) -> None:
        """Append the sign of a series."""
        d = _SIGNS[kind].format(s=size, m=-size, h=size * 0.45)
        move = f"translate({x:.1f},{y:.1f})"
        if kind in ("ring", "cross"):
            ground = {"fill": "paper"} if kind == "ring" else {"fill": "none"}
            self.add("path", d=d, transform=move, stroke=colour, stroke_width="1.8", **ground)
        else:
            self.add("path", d=d, transform=move, fill=colour)


_SIGNS = {
    "disc": "M{s},0A{s},{s},0,1,1,{m},0A{s},{s},0,1,1,{s},0Z",
    "ring": "M{s},0A{s},{s},0,1,1,{m},0A{s},{s},0,1,1,{s},0Z",
    "square": "M{m},{m}H{s}V{s}H{m}Z",
    "diamond": "M0,{m}L{s},0L0,{s}L{m},0Z",
    "up": "M0,{m}L{s},{s}H{m}Z",
    "down": "M0,{s}L{s},{m}H{m}Z",
    "bar": "M-{h},{m}H{h}V{s}H-{h}Z",
    "cross": "M{m},{m}L{s},{s}M{m},{s}L{s},{m}",
}


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Return round numbers that cover a stretch, zero among them where it lies within."""
    if high <= low:
        high = low + 1
    raw = (high - low) / about
    power = 10.0 ** floor(log10(raw))
    step = next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= raw)
    first, last = floor(low / step), -floor(-high / step)
    return [number * step for number in range(first, last + 1)]


def number(value: float, language: str) -> str:
    """Write a number of an axis."""
    return format_number(Decimal(repr(round(value, 10))).normalize() + 0, language)


def reach_of(series: Sequence[Series]) -> tuple[float, float]:
    """Return the least and greatest number to be drawn, zero among them."""
    ends = [0.0]
    for one in series:
        for point in one.points:
            ends += [float(end) for end in (point.value, point.low, point.high) if end is not None]
    return min(ends), max(ends)


def lines_drawn(series: Sequence[Series], axis: Sequence[tuple[float, str]], told: Words) -> Drawn:
    """Draw series in time. ``axis`` names places on it; no line crosses a missing period."""

    def draw(sheet: Sheet, *, alone: bool) -> Parts:
        return _lines(Pen(sheet, told.language, alone=alone), series, axis)

    return finished(draw, told)


def bars_drawn(rows: Sequence[tuple[str, Point]], told: Words) -> Drawn:
    """Draw one bar a row from zero, in the order given; a row without a value says so."""

    def draw(sheet: Sheet, *, alone: bool) -> Parts:
        return _bars(Pen(sheet, told.language, alone=alone), rows)

    return finished(draw, told)


def finished(draw: Draw, told: Words) -> Drawn:
    """Put the words around a drawing: two for the page, one to take away."""
    pages = []
    for sheet in (WIDE, NARROW):
        parts, across, down = draw(sheet, alone=False)
        own = f"{told.id}-{sheet.name}"
        root = frame(own, told.title, told.description, across, down)
        root.set("class", f"drawing drawing-{sheet.name}")
        if svg.uses_hatch(parts):
            root.append(svg.hatch("direct", variable("hatch")))
        root.extend(parts)
        pages.append(svg.written(root))
    drawing = draw(WIDE, alone=True)
    alone = composed("direct", told.title, told.description, drawing, told.subtitle, told.feet)
    return Drawn(pages[0], pages[1], alone)


def _lines(pen: Pen, series: Sequence[Series], axis: Sequence[tuple[float, str]]) -> Parts:
    sheet = pen.sheet
    marks = ticks(*reach_of(series))
    least, most = marks[0], marks[-1]
    left = max(letters_width(number(mark, pen.language), sheet.label) for mark in marks) + 10
    names_beside = not sheet.is_narrow and len(series) > 1
    right = 200.0 if names_beside else 14.0
    width, height, top = sheet.width - left - right, float(sheet.height - 60), 12.0

    def x(at: float) -> float:
        return left + 10 + at * (width - 20)

    def y(value: float) -> float:
        return top + (most - value) / (most - least) * height

    for mark in marks:
        line = "ink-soft" if mark == 0 else "grid"
        pen.add("path", d=f"M{left:.0f},{y(mark):.1f}h{width:.0f}", stroke=line)
        text = number(mark, pen.language)
        pen.text(text, left - 8, y(mark) + 4, text_anchor="end")
    edge = left + width + 12 if names_beside else float(sheet.width)
    _axis(pen, [(x(at), text) for at, text in axis], top + height + 20, edge)
    for place, one in enumerate(series):
        _one_line(pen, one, place, x, y)
    if names_beside:
        _names_beside(pen, series, x, y, left + width + 12)
        return pen.parts, float(sheet.width), top + height + 34
    foot = _legend(pen, series, top + height + 40) if len(series) > 1 else top + height + 30
    return pen.parts, float(sheet.width), foot


def _axis(pen: Pen, places: Sequence[tuple[float, str]], y: float, edge: float) -> None:
    """Write names of periods, each under the tick of its own."""
    for exact, at, text in named(places, pen.sheet, edge):
        pen.add("path", d=f"M{exact:.1f},{y - 20:.1f}v5", stroke="ink-soft")
        pen.text(text, at, y, text_anchor="middle")


def _one_line(pen: Pen, one: Series, place: int, x: Scale, y: Scale) -> None:
    colour = COLOURS[place % len(COLOURS)]
    steps: list[str] = []
    for point in one.points:
        if point.value is None:
            continue
        at = f"{x(point.at):.1f},{y(float(point.value)):.1f}"
        steps.append(f"{'L' if point.joins and steps else 'M'}{at}")
    look = {"stroke_dasharray": DASHES[place % len(DASHES)]} if DASHES[place % len(DASHES)] else {}
    if steps:
        pen.add("path", d="".join(steps), stroke=colour, stroke_width="2", **look)
    for point in one.points:
        if point.low is not None and point.high is not None and point.low < point.high:
            low, high = y(float(point.low)), y(float(point.high))
            if abs(low - high) > 9:
                across = x(point.at)
                beam = f"M{across:.1f},{low:.1f}V{high:.1f}m-4,0h8M{across - 4:.1f},{low:.1f}h8"
                pen.add("path", d=beam, stroke=colour, stroke_width="1.2")
    if len(one.points) <= 60:
        for point in one.points:
            if point.value is not None:
                sign = SIGNS[place % len(SIGNS)]
                pen.sign(sign, x(point.at), y(float(point.value)), colour)


def _names_beside(pen: Pen, series: Sequence[Series], x: Scale, y: Scale, left: float) -> None:
    """Write each name beside the end of its line, moved apart where they would touch."""
    ends: list[tuple[float, int, list[str]]] = []
    for place, one in enumerate(series):
        last = next((p for p in reversed(one.points) if p.value is not None), None)
        if last is not None and last.value is not None:
            ends.append((y(float(last.value)), place, _short(one.name, pen.sheet.label, 176.0)))
    ends.sort()
    free = 4.0
    for at, place, lines in ends:
        top = max(at - 7.0 * len(lines), free)
        pen.sign(SIGNS[place % len(SIGNS)], left + 2, top + 7, COLOURS[place % len(COLOURS)], 3.6)
        for number_of_line, line in enumerate(lines):
            base = top + 11 + number_of_line * 14
            pen.text(line, left + 12, base, fill="ink")
        free = top + 14.0 * len(lines) + 5


def _short(name: str, size: float, width: float) -> list[str]:
    """Return a name in at most two lines."""
    lines = fitted(name, size, width)
    return lines if len(lines) < 3 else [lines[0], lines[1].rstrip(",;") + "…"]


def _legend(pen: Pen, series: Sequence[Series], y: float) -> float:
    for place, one in enumerate(series):
        pen.sign(SIGNS[place % len(SIGNS)], 10, y - 4, COLOURS[place % len(COLOURS)])
        for line in _short(one.name, pen.sheet.label, pen.sheet.width - 34.0):
            pen.text(line, 24, y, fill="ink")
            y += 15
        y += 4
    return y


def _bars(pen: Pen, rows: Sequence[tuple[str, Point]]) -> Parts:
    sheet = pen.sheet
    low, high = reach_of([Series("", tuple(point for _name, point in rows))])
    texts = [point.text or words("no_data_short", pen.language) for _name, point in rows]
    beyond = max(letters_width(text, sheet.label) for text in texts) + 10
    left = 6.0 if sheet.is_narrow else 250.0
    room = sheet.width - left - beyond - (beyond if low < 0 else 0)
    start = left + (beyond if low < 0 else 0)
    scale = room / ((high - low) or 1)
    zero, y = start - low * scale, 6.0
    for (name, point), text in zip(rows, texts, strict=True):
        y = _bar(pen, name, point, text, (zero, scale, y))
    rule = pen.add("path", d=f"M{zero:.1f},2V{y:.0f}", stroke="ink-soft")
    pen.parts.remove(rule)
    pen.parts.insert(0, rule)
    return pen.parts, float(sheet.width), y + 6


def _bar(pen: Pen, name: str, point: Point, text: str, place: tuple[float, float, float]) -> float:
    zero, scale, y = place
    sheet, thick = pen.sheet, 18.0
    lines = _short(name, sheet.label, 236.0 if not sheet.is_narrow else sheet.width - 10.0)
    if sheet.is_narrow:
        for line in lines:
            pen.text(line, 4, y + 11, fill="ink")
            y += 14
        y += 3
        middle = y + thick / 2
    else:
        tall = max(thick, 14.0 * len(lines))
        middle = y + tall / 2
        for number_of_line, line in enumerate(lines):
            base = middle + 4 + (number_of_line - (len(lines) - 1) / 2) * 14
            pen.text(line, 242, base, fill="ink", text_anchor="end")
        y = middle - thick / 2
    end = zero
    if point.value is not None:
        end = zero + float(point.value) * scale
        left, width = min(zero, end), abs(end - zero)
        pen.add("rect", x=round(left, 1), y=round(y, 1), width=round(max(width, 0.6), 1),
                height=thick, fill="side-a" if end >= zero else "down")  # fmt: skip
    anchor = {"text_anchor": "end"} if end < zero else {}
    at = end - 6 if end < zero else end + 6
    pen.text(text, at, middle + 4, fill="ink" if point.value is not None else "ink-soft", **anchor)
    return max(y + thick, middle + 7.0 * len(lines) if not sheet.is_narrow else 0) + 8
