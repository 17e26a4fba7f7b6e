"""From Vega's SVG to ours: no style, few bytes, colours by name, words for screen readers.

The drawing comes as a tree of groups with roles, labels and backgrounds that a page does not
need. It is read by an XML parser, rebuilt without them, and written again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from xml.etree import ElementTree as ET

from irtysh.indicators.charts.palette import palette, variable

SVG = "{http://www.w3.org/2000/svg}"
_KEEP = {
    "d", "transform", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height",
    "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
    "fill-opacity", "stroke-opacity", "opacity", "text-anchor", "font-size", "font-weight",
    "clip-path", "id", "dy", "dx",
}  # fmt: skip
_DEFAULTS = {
    "opacity": "1", "fill-opacity": "1", "stroke-opacity": "1", "text-anchor": "start",
    "stroke-width": "1", "font-weight": "normal", "stroke-dasharray": "1,0",
}  # fmt: skip
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?|-?\d+e-?\d+")
_STILL = {"", "translate(0,0)", "rotate(0)"}

Paint = Callable[[str], str]
"""Turns a colour of the specification into what is written in the SVG."""


def page_paint(chart_id: str) -> Paint:
    """Return the paint of pages: every colour by the name of its variable."""
    names = {colour.light: colour.name for colour in palette().values()}

    def paint(colour: str) -> str:
        if names.get(colour) == "hatch":
            return f"url(#{chart_id}-hatch)"
        return variable(names[colour]) if colour in names else colour

    return paint


def print_paint(chart_id: str) -> Paint:
    """Return the paint of downloads: the light colours themselves."""
    hatch = palette()["hatch"].light
    return lambda colour: f"url(#{chart_id}-hatch)" if colour == hatch else colour


def read(text: str) -> ET.Element:
    """Parse a drawing made by this program's own renderer (never an upload)."""
    return ET.fromstring(text)  # noqa: S314


def tidied(root: ET.Element, paint: Paint) -> tuple[list[ET.Element], float, float]:
    """Return the drawn elements without their ballast, and the drawing's width and height."""
    _, _, width, height = (float(part) for part in root.get("viewBox", "0 0 0 0").split())
    body = ET.Element("g")
    body.extend(kept for child in root for kept in _tidy(child, paint))
    ground = paint(palette()["paper"].light)
    for parent in list(body.iter()):
        _merge_halos(parent, ground)
    return list(body), width, height


def _merge_halos(parent: ET.Element, ground: str) -> None:
    """Turn a halo and the text upon it into one text that paints its stroke first."""
    halos = {}
    for child in list(parent):
        if child.tag != "text":
            continue
        place = child.text, child.get("transform"), child.get("x"), child.get("y")
        if child.get("fill") == ground and child.get("stroke") == ground:
            halos[place] = child
            parent.remove(child)
        elif place in halos:
            halo = halos[place]
            child.attrib.update({n: v for n, v in halo.items() if n.startswith("stroke")})
            child.set("paint-order", "stroke")


def _tidy(element: ET.Element, paint: Paint) -> list[ET.Element]:
    tag = element.tag.removeprefix(SVG)
    if element.get("display") == "none" or tag in ("title", "desc", "style", "script"):
        return []
    if tag == "g":
        return _tidy_group(element, paint)
    attributes = _attributes(element, paint)
    if _is_invisible(tag, attributes, element):
        return []
    kept = ET.Element(tag, attributes)
    kept.text = element.text
    kept.extend(part for child in element for part in _tidy(child, paint))
    return [kept]


def _tidy_group(element: ET.Element, paint: Paint) -> list[ET.Element]:
    children = [kept for child in element for kept in _tidy(child, paint)]
    attributes = _attributes(element, paint)
    attributes.pop("fill", None)
    if not children:
        return []
    if not attributes:
        return children
    if len(children) == 1 and set(attributes) == {"transform"}:
        only = children[0]
        inner = only.get("transform", "")
        only.set("transform", _moved(attributes["transform"], inner))
        return [only]
    group = ET.Element("g", attributes)
    group.extend(children)
    return [group]


def _attributes(element: ET.Element, paint: Paint) -> dict[str, str]:
    kept = {}
    for name, value in element.attrib.items():
        if name not in _KEEP or _DEFAULTS.get(name) == value:
            continue
        text = value.removesuffix("px")
        if name in ("fill", "stroke"):
            text = paint(text)
        elif name in ("d", "transform") or text[:1].isdigit() or text[:1] == "-":
            text = rounded(text)
        if name == "transform" and text in _STILL:
            continue
        kept[name] = text
    if element.tag != f"{SVG}g" and kept.get("stroke", "none") == "none":
        kept = {name: text for name, text in kept.items() if not name.startswith("stroke")}
    return kept


def _is_invisible(tag: str, attributes: Mapping[str, str], element: ET.Element) -> bool:
    if tag == "text":
        return not (element.text or "").strip() and not len(element)
    if tag == "path" and not attributes.get("d"):
        return True
    if tag in ("path", "line", "rect", "circle"):
        painted = {attributes.get("fill", "none"), attributes.get("stroke", "none")}
        return painted <= {"none", "transparent"}
    return False


def rounded(text: str, digits: int = 1) -> str:
    """Round every number of an attribute; whole numbers lose their point."""

    def shorter(found: re.Match[str]) -> str:
        short = f"{float(found[0]):.{digits}f}".rstrip("0").rstrip(".")
        return "0" if short in ("-0", "") else short

    return _NUMBER.sub(shorter, text)


_TRANSLATE = re.compile(r"translate\((-?[\d.]+),(-?[\d.]+)\)")


def _moved(outer: str, inner: str) -> str:
    """Write one transform for two, adding plain translations together."""
    first, second = _TRANSLATE.fullmatch(outer), _TRANSLATE.match(inner)
    if first and second:
        x, y = (float(first[i]) + float(second[i]) for i in (1, 2))
        return rounded(f"translate({x:.4f},{y:.4f})") + inner[second.end() :]
    return f"{outer} {inner}".strip()


def shared(parts: list[ET.Element], own: str) -> ET.Element | None:
    """Draw outlines that come often once, under ``defs``, and use them by name."""
    counts: dict[str, int] = {}
    signs = [p for part in parts for p in part.iter("path") if _is_sign(p)]
    for sign in signs:
        counts[sign.get("d", "")] = counts.get(sign.get("d", ""), 0) + 1
    names = {d: f"{own}-{i}" for i, d in enumerate(d for d, n in counts.items() if n > 3)}
    for sign in signs:
        name = names.get(sign.get("d", ""))
        if name is not None:
            _refer(sign, name)
    if not names:
        return None
    defs = ET.Element("defs")
    defs.extend(ET.Element("path", {"id": name, "d": d}) for d, name in names.items())
    return defs


def _is_sign(path: ET.Element) -> bool:
    return len(path.get("d", "")) > 20 and bool(_TRANSLATE.fullmatch(path.get("transform", "")))


def _refer(sign: ET.Element, name: str) -> None:
    place = _TRANSLATE.fullmatch(sign.attrib.pop("transform"))
    assert place is not None
    sign.tag = "use"
    del sign.attrib["d"]
    sign.attrib.update({"href": f"#{name}", "x": place[1], "y": place[2]})


def hatch(chart_id: str, colour: str) -> ET.Element:
    """Return the pattern for what is known only as a remainder."""
    defs = ET.Element("defs")
    pattern = ET.SubElement(
        defs,
        "pattern",
        {"id": f"{chart_id}-hatch", "width": "6", "height": "6",
         "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"},
    )  # fmt: skip
    ET.SubElement(pattern, "rect", {"width": "2.5", "height": "6", "fill": colour})
    return defs


def uses_hatch(elements: list[ET.Element]) -> bool:
    """Return True if something is filled by the pattern."""
    return any("-hatch)" in part.get("fill", "") for element in elements for part in element.iter())


def written(root: ET.Element) -> str:
    """Write the tree as text: the namespace once, no declaration, no blank."""
    root.set("xmlns", "http://www.w3.org/2000/svg")
    return ET.tostring(root, encoding="unicode", short_empty_elements=True).replace(" />", "/>")
