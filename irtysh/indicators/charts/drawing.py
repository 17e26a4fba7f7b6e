"""Drawing a chart: SVG for pages, SVG and PNG to take away.

The renderer is loaded only here and only when something is drawn: it costs 270 MB of memory and
has no place in a web process. Charts are drawn once per release.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal
from xml.etree import ElementTree as ET

from irtysh.indicators.charts import svg
from irtysh.indicators.charts.look import FONT, fitted
from irtysh.indicators.charts.marks import Chart
from irtysh.indicators.charts.narration import words
from irtysh.indicators.charts.palette import hue, variable

Width = Literal["wide", "narrow"]
FONTS = Path(__file__).resolve().parents[1] / "fonts"
_MARGIN = 20
_NO_BREAK = "\N{NO-BREAK SPACE}"


def number_locale(language: str) -> dict[str, Any]:
    """Return how the renderer writes numbers on axes; the same as ``format_number``."""
    if language == "en":
        decimal, thousands = ".", ","
    else:
        decimal, thousands = ",", _NO_BREAK
    minus = "\N{MINUS SIGN}"
    return {
        "decimal": decimal, "thousands": thousands, "grouping": [3], "currency": ["", ""],
        "minus": minus,
    }  # fmt: skip


def render_svg(spec: dict[str, Any], language: str) -> str:
    """Return the renderer's own SVG of a specification (not yet fit for a page)."""
    return _rendered(json.dumps(spec), language)


@lru_cache(maxsize=4)
def _rendered(spec: str, language: str) -> str:
    """Draw a specification; page and file to take away are the same drawing, so draw it once."""
    import vl_convert

    _register_fonts()
    drawn: str = vl_convert.vegalite_to_svg(spec, format_locale=number_locale(language))
    return drawn


def page_svg(chart: Chart, width: Width = "wide") -> str:
    """Return the SVG for a page: no fixed size, no style, colours follow the reader's theme.

    Ids begin with the chart's id and the width, so several drawings fit on one page.
    """
    spec = chart.spec if width == "wide" else chart.narrow
    own = f"{chart.id}-{width}"
    drawing = render_svg(spec, chart.language)
    parts, across, down = svg.tidied(svg.read(drawing), svg.page_paint(own))
    root = frame(own, chart.title, chart.description, across, down)
    root.set("class", f"drawing drawing-{width} drawing-{chart.kind}")
    if svg.uses_hatch(parts):
        root.append(svg.hatch(own, variable("hatch")))
    _share(root, parts, own)
    root.extend(parts)
    return svg.written(root)


def frame(own: str, title: str, description: str, across: float, down: float) -> ET.Element:
    """Return an svg element that a screen reader announces as one picture with its words."""
    root = ET.Element(
        "svg",
        {
            "viewBox": f"0 0 {across:g} {down:g}",
            "role": "img",
            "aria-labelledby": f"{own}-t {own}-d",
            "fill": "none",
        },
    )
    ET.SubElement(root, "title", {"id": f"{own}-t"}).text = title
    ET.SubElement(root, "desc", {"id": f"{own}-d"}).text = description
    return root


def download_svg(chart: Chart, width: Width = "wide") -> str:
    """Return an SVG that stands alone: ground, title, subtitle, notes and source inside."""
    spec = chart.spec if width == "wide" else chart.narrow
    own = f"{chart.id}-{width}"
    drawing = render_svg(spec, chart.language)
    parts, across, down = svg.tidied(svg.read(drawing), svg.print_paint(own))
    source = words("source_line", chart.language, source=chart.source)
    drawn = parts, across, down
    feet = (*chart.notes, source)
    return composed(own, chart.title, chart.description, drawn, chart.subtitle, feet)


def render_png(chart: Chart, scale: float = 2, width: Width = "wide") -> bytes:
    """Return the same picture as pixels, ``scale`` of them to a CSS pixel."""
    return pixels(download_svg(chart, width), scale)


def pixels(text: str, scale: float = 2) -> bytes:
    """Return a standing-alone SVG (chart or map) as PNG."""
    import vl_convert

    _register_fonts()
    drawn: bytes = vl_convert.svg_to_png(text, scale=scale)
    return drawn


_Line = tuple[str, int, str, str]


def _lines(text: str, width: float, size: int, weight: str, colour: str) -> list[_Line]:
    return [(line, size, weight, colour) for line in fitted(text, size, width) if line]


def composed(
    own: str,
    title: str,
    description: str,
    drawing: tuple[list[ET.Element], float, float],
    subtitle: str,
    feet: Sequence[str],
) -> str:
    """Return a sheet that stands alone: title and subtitle above, ``feet`` below the drawing."""
    parts, across, down = drawing
    head = [
        *_lines(title, across, 18, "600", hue("ink")),
        *_lines(subtitle, across, 13, "", hue("ink-soft")),
    ]
    foot = [line for text in feet for line in _lines(text, across, 11, "", hue("ink-soft"))]
    y = float(_MARGIN)
    said: list[ET.Element] = []
    y = _set_lines(said, head, y) + 12
    body = ET.Element("g", {"transform": f"translate({_MARGIN},{y:g})"})
    body.extend(parts)
    y = _set_lines(said, foot, y + down + 14)
    total = across + 2 * _MARGIN, y + _MARGIN
    root = frame(own, title, description, *total)
    root.attrib.update({"width": f"{total[0]:g}", "height": f"{total[1]:g}", "font-family": FONT})
    if svg.uses_hatch(parts):
        root.append(svg.hatch(own, hue("hatch")))
    _share(root, parts, own)
    ET.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": hue("paper")})
    root.extend([*said, body])
    return svg.written(root)


def _share(root: ET.Element, parts: list[ET.Element], own: str) -> None:
    defs = svg.shared(parts, own)
    if defs is not None:
        root.append(defs)


def _set_lines(said: list[ET.Element], lines: list[_Line], y: float) -> float:
    """Append one text element a line, from ``y`` downwards; return the new ``y``."""
    for text, size, weight, colour in lines:
        y += size
        attributes = {"x": str(_MARGIN), "y": f"{y:g}", "font-size": str(size), "fill": colour}
        if weight:
            attributes["font-weight"] = weight
        element = ET.Element("text", attributes)
        element.text = text
        said.append(element)
        y += round(size * 0.4)
    return y


@cache
def _register_fonts() -> None:
    import vl_convert

    if FONTS.is_dir():
        vl_convert.register_font_directory(str(FONTS))
