"""The map of both sides and their border, as one small SVG in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from irtysh.indicators.charts import svg
from irtysh.indicators.charts.drawing import Width, composed, frame
from irtysh.indicators.charts.geometry import Geometry, Line, Point, View
from irtysh.indicators.charts.lettering import Lettering, Name
from irtysh.indicators.charts.look import NARROW, WIDE, Sheet, fitted
from irtysh.indicators.charts.narration import words
from irtysh.indicators.charts.palette import hue, variable
from irtysh.indicators.charts.paths import drawn, length, thinned, visible

Territory = Mapping[str, Any]
"""A row of territories.yaml: id, kind, area, role, lat, lon, name {language: text}."""

_KINDS = {"city": 0, "town": 1, "settlement": 2}
_ROLES = {"core": 0, "perimeter": 1, "outside": 2}
_MOST = {"wide": 12, "narrow": 8}


@dataclass(frozen=True, slots=True)
class Map:
    """A drawn map with its words; ``places`` are the names on it, for the list beside it."""

    svg: str
    title: str
    description: str
    note: str
    attribution: str
    places: tuple[str, ...]


def map_svg(
    case: str,
    shapes: Geometry,
    language: str,
    territories: Sequence[Territory],
    *,
    width: Width = "wide",
    standalone: bool = False,
) -> Map:
    """Draw the map of a case.

    Parameters
    ----------
    case : str
        Name of the case: it starts every id of the drawing.
    shapes : Geometry
        Of the case's map.json.
    territories : sequence of mappings
        Names come only from here: of regions by their area code, of rivers by their id, of towns
        by their coordinates (degrees, WGS 84). Towns of the core come first, then cities.
    width : str
        "wide" (720 pixels) or "narrow" (340).
    standalone : bool
        True for the file to take away: colours, title, note and attribution inside.

    """
    sheet = NARROW if width == "narrow" else WIDE
    drawn = _Sheet(shapes, sheet, language, territories, standalone)
    return drawn.finished(f"map-{case}-{width}")


class _Sheet:
    """One map being drawn; layers are appended from the ground up."""

    def __init__(
        self,
        shapes: Geometry,
        sheet: Sheet,
        language: str,
        territories: Sequence[Territory],
        standalone: bool,
    ) -> None:
        self.shapes, self.sheet, self.language = shapes, sheet, language
        self.standalone = standalone
        self.view = View.of(shapes.views[sheet.name], sheet.width)
        self.lettering = Lettering(self.view)
        self.by_area = {
            row["area"]: row for row in territories if row.get("area") and row["kind"] in _AREAS
        }
        self.by_id = {row["id"]: row for row in territories}
        self.towns = sorted(
            (row for row in territories if row["kind"] in _KINDS and row.get("lat")), key=_rank
        )
        self.parts: list[ET.Element] = []
        self.shown: list[str] = []

    def finished(self, own: str) -> Map:
        """Draw every layer and put the words around them."""
        self._ground()
        self._water()
        self._boundaries()
        self._furniture()
        self._names()
        named = {"a": self._name_of(*self.shapes.side_a), "b": self._name_of(self.shapes.side_b)}
        title = words("map_title", self.language, **named)
        description = self._description(named)
        note = words("map_note", self.language)
        credit = words("map_attribution", self.language)
        view = self.view
        if self.standalone:
            body = [_element("g", {"clip-path": f"url(#{own}-c)"}, self.parts)]
            drawing = [_clip(own, view), *body], view.width, view.height
            text = composed(own, title, description, drawing, "", (note, credit))
        else:
            root = frame(own, title, description, view.width, view.height)
            root.set("class", f"drawing drawing-{self.sheet.name} drawing-map")
            root.extend(self.parts)
            text = svg.written(root)
        return Map(text, title, description, note, credit, tuple(self.shown))

    def _paint(self, name: str) -> str:
        return hue(name) if self.standalone else variable(name)

    # -- layers

    def _ground(self) -> None:
        view = self.view
        size = {"width": f"{view.width:g}", "height": f"{view.height:g}"}
        self._add("rect", fill="land", **size)
        country = self._path(self.shapes.area(self.shapes.side_b), closed=True)
        self._add("path", d=country, fill="side-b-soft")
        for code in self.shapes.adjoining:
            self._area(code, "side-b", **{"fill-opacity": "0.14"})
        for code in self.shapes.side_a:
            self._area(code, "side-a-soft")

    def _area(self, code: str, colour: str, **more: str) -> None:
        path = self._path(self.shapes.area(code), closed=True)
        self._add("path", d=path, fill=colour, **more)

    def _water(self) -> None:
        for river, courses in self.shapes.rivers().items():
            thick = "2.2" if river == next(iter(self.shapes.rivers())) else "1.1"
            self._stroke(courses, "water", thick)

    def _boundaries(self) -> None:
        regions = [*self.shapes.lines("region"), *self.shapes.lines("edge")]
        self._stroke(regions, "rest", "0.7", **{"stroke-opacity": "0.6"})
        dashed = {"stroke-opacity": "0.6", "stroke-dasharray": "4 2"}
        self._stroke(self.shapes.lines("newer"), "rest", "0.7", **dashed)
        self._stroke(self.shapes.lines("state"), "ink-soft", "1.4")
        border = self.shapes.lines("border")
        for colour, thick in (("paper", "5.4"), ("ink", "3.4"), ("paper", "1.1")):
            self._stroke(border, colour, thick)

    def _stroke(self, lines: Sequence[Line], colour: str, thick: str, **more: str) -> None:
        path = self._path(lines, closed=False)
        if path:
            look = {"stroke-width": thick, "stroke-linejoin": "round", **more}
            self._add("path", d=path, stroke=colour, **look)

    def _furniture(self) -> None:
        """Scale bar and, where there is room, the outline of both sides as a whole."""
        length = 200 if not self.sheet.is_narrow else 100
        pixels = length * self.view.scale
        x, y = 14.0, self.view.height - 16
        bar = f"M{x:g} {y - 5:g}v5h{pixels:.1f}v-5"
        self._add("path", d=bar, stroke="ink", **{"stroke-width": "1.5"})
        text = words("map_scale", self.language, km=str(length))
        self._text(Name((text,), x + pixels + 6, y, self.sheet.label), "ink-soft")
        self.lettering.reserve((0, y - 16, x + pixels + 60, self.view.height))
        if not self.sheet.is_narrow:
            self._locator()

    def _locator(self) -> None:
        whole = self.shapes.area(self.shapes.side_b)
        core = [ring for code in self.shapes.side_a for ring in self.shapes.area(code)]
        points = [point for line in (*whole, *core) for point in line]
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        inset = View.of({"west": west, "east": east, "south": south, "north": north}, 150)
        left, top = self.view.width - inset.width - 22, 12.0
        size = {"width": f"{inset.width + 12:g}", "height": f"{inset.height + 12:g}"}
        corner = {"x": f"{left - 1:g}", "y": f"{top - 1:g}", "rx": "3"}
        self._add("rect", fill="paper", stroke="land-line", **size, **corner)
        move = {"transform": f"translate({left + 5:g},{top + 5:g})"}
        for rings, colour in ((whole, "side-b"), (core, "side-a")):
            coarse = [thinned(ring, inset) for ring in rings]
            look = {"fill-opacity": "0.8", **move}
            self._add("path", d=drawn(coarse, closed=True), fill=colour, **look)
        window = self.shapes.views[self.sheet.name]
        (x1, y1), (x2, y2) = (
            inset.place((window["west"], window["north"])),
            inset.place((window["east"], window["south"])),
        )
        box = {"x": f"{x1:.0f}", "y": f"{max(y1, -3):.0f}", "width": f"{x2 - x1:.0f}",
               "height": f"{y2 - max(y1, -3):.0f}"}  # fmt: skip
        self._add("rect", stroke="ink", **box, **move)
        self.lettering.reserve((left - 6, 0, self.view.width, top + inset.height + 18))

    # -- names

    def _names(self) -> None:
        """Set names in the order of their weight: cities, sides, rivers, towns, regions."""
        most = _MOST[self.sheet.name]
        cities = [town for town in self.towns if town["kind"] == "city"]
        others = [town for town in self.towns if town["kind"] != "city"]
        dots: list[tuple[Point, Territory]] = []
        names = [
            *self._town_names(cities, dots),
            *self._river_names(list(self.shapes.rivers())[:1]),
            *self._side_names(),
            *self._river_names(list(self.shapes.rivers())[1:]),
            *self._town_names(others, dots, most),
            *self._region_names(),
        ]
        for at, town in dots:
            self._dot(at, town)
        for name, colour, weight in names:
            self._text(name, colour, weight)

    def _town_names(
        self, towns: Sequence[Territory], dots: list[tuple[Point, Territory]], most: int = 99
    ) -> list[tuple[Name, str, str]]:
        found = []
        for town in towns:
            place = self.shapes.projection.forward(float(town["lon"]), float(town["lat"]))
            at = self.view.place(place)
            city = town["kind"] == "city"
            size = self.sheet.text + (0 if city else -2)
            if not self.view.shows(at, 8) or len(dots) >= most:
                continue
            name = self.lettering.beside(town["name"][self.language], at, size)
            if name is not None:
                dots.append((at, town))
                found.append((name, "ink", "600" if city else ""))
                self.shown.append(town["name"][self.language])
        return found

    def _dot(self, at: Point, town: Territory) -> None:
        """Mark a town; cities are larger."""
        size = 3.6 if town["kind"] == "city" else 2.4
        place = {"cx": f"{at[0]:.1f}", "cy": f"{at[1]:.1f}", "r": f"{size:g}"}
        self._add("circle", fill="ink", stroke="paper", **place, **{"stroke-width": "1.2"})

    def _side_names(self) -> list[tuple[Name, str, str]]:
        """Both sides are named in their colours and in one size, the largest that fits both."""
        sides = ((self.shapes.side_a[0], "side-a"), (self.shapes.side_b, "side-b-ink"))
        for larger in (6, 3, 0) if not self.sheet.is_narrow else (2, 0, -1):
            taken, found = list(self.lettering.taken), []
            size = self.sheet.text + larger
            for code, colour in sides:
                row = self.by_area.get(code)
                name = row and self._area_name(code, row["name"][self.language], size, (150, 80))
                if name:
                    found.append((name, colour, "600"))
            if len(found) == len(sides):
                return found
            self.lettering.taken = taken
        return []

    def _area_name(self, code: str, text: str, size: float, widths: Sequence[float]) -> Name | None:
        """Set a name within its area, folded ever narrower, at last at its hyphens too."""
        folds = [(width, False) for width in widths] + [(widths[-1], True)]
        for width, split in folds:
            lines = self._folded(text, size, width, split=split)
            name = self.lettering.within(lines, self._placed(code), size)
            if name is not None:
                return name
        return None

    def _river_names(self, rivers: Sequence[str]) -> list[tuple[Name, str, str]]:
        found = []
        for river in rivers:
            row = self.by_id.get(river)
            text = row["name"][self.language] if row else words(f"river_{river}", self.language)
            courses = self.shapes.rivers()[river]
            placed = [[self.view.place(point) for point in line] for line in courses]
            seen = [part for line in placed for part in visible(line, self.view)]
            size = self.sheet.label + (1 if river == next(iter(self.shapes.rivers())) else 0)
            longest = sorted(seen, key=length, reverse=True)[:3]
            tries = ((course, least) for least in (0.92, 0.8) for course in longest)
            set_so = (self.lettering.along(text, course, size, least) for course, least in tries)
            name = next((name for name in set_so if name is not None), None)
            if name is not None:
                found.append((name, "water", "600"))
        return found

    def _region_names(self) -> list[tuple[Name, str, str]]:
        found = []
        size = self.sheet.label
        for code in self.shapes.label_areas:
            row = self.by_area.get(code)
            if row is None or code in self.shapes.side_a:
                continue
            name = self._area_name(code, row["name"][self.language], size, (150, 95))
            if name is not None:
                found.append((name, "ink-soft", ""))
        return found

    def _folded(self, text: str, size: float, width: float, *, split: bool = False) -> list[str]:
        """Break a name into lines, at its hyphens too if ``split``."""
        if split:
            text = text.replace("-", "- ")
        return [line.replace("- ", "-") for line in fitted(text, size, width)]

    def _placed(self, code: str) -> list[Line]:
        return [[self.view.place(point) for point in ring] for ring in self.shapes.area(code)]

    def _text(self, name: Name, colour: str, weight: str = "") -> None:
        look = {"font-size": f"{name.size:g}", "text-anchor": name.anchor}
        look |= {"paint-order": "stroke", "stroke-width": "3", "stroke-linejoin": "round"}
        if name.angle:
            look["transform"] = f"translate({name.x:.1f},{name.y:.1f}) rotate({name.angle:.0f})"
            look["dy"] = "0.35em"
        else:
            look |= {"x": f"{name.x:.1f}", "y": f"{name.y:.1f}"}
        if weight:
            look["font-weight"] = weight
        if name.anchor == "start":
            del look["text-anchor"]
        element = self._add("text", fill=colour, stroke="paper", **look)
        element.set("stroke-opacity", "0.75")
        if len(name.lines) == 1:
            element.text = name.lines[0]
            return
        for index, line in enumerate(name.lines):
            step = {"x": f"{name.x:.1f}", "dy": "1.2em" if index else "0"}
            ET.SubElement(element, "tspan", step).text = line

    # -- words

    def _name_of(self, code: str) -> str:
        row = self.by_area.get(code)
        return row["name"][self.language] if row else code

    def _description(self, named: Mapping[str, str]) -> str:
        none = words("map_unnamed", self.language)
        adjoining = [self._name_of(c) for c in self.shapes.adjoining if c in self.by_area]
        rivers = [words(f"river_{river}", self.language) for river in self.shapes.rivers()]
        return words(
            "map_description",
            self.language,
            **named,
            adjoining=", ".join(adjoining) or none,
            towns=", ".join(self.shown) or none,
            rivers=", ".join(rivers) or none,
        )

    # -- drawing

    def _add(self, tag: str, *, fill: str = "", stroke: str = "", **more: str) -> ET.Element:
        paint = {"fill": fill, "stroke": stroke}
        painted = {name: self._paint(colour) for name, colour in paint.items() if colour}
        element = ET.Element(tag, {**more, **painted})
        self.parts.append(element)
        return element

    def _path(self, lines: Sequence[Line], *, closed: bool) -> str:
        placed = [thinned(line, self.view) for line in lines]
        margin = -60.0
        seen = [line for line in placed if any(self.view.shows(p, margin) for p in line)]
        return drawn(seen, closed=closed)


_AREAS = ("region", "country")


def _rank(town: Territory) -> tuple[int, int]:
    return _KINDS[town["kind"]], _ROLES.get(town.get("role", ""), 3)


def _element(tag: str, attributes: dict[str, str], children: Iterable[ET.Element]) -> ET.Element:
    element = ET.Element(tag, attributes)
    element.extend(children)
    return element


def _clip(own: str, view: View) -> ET.Element:
    size = {"width": f"{view.width:g}", "height": f"{view.height:g}"}
    inner = _element("clipPath", {"id": f"{own}-c"}, [ET.Element("rect", size)])
    return _element("defs", {}, [inner])
