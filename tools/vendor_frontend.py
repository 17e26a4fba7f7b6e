"""Bring fonts and the accessibility scanner into the repository (`make vendor`).

A maintainer's command: it needs npm and the network; nobody else does, because what it makes is
kept in git. Packages are pinned by version and by the hash of their archive. Fonts are cut by
Unicode range, so that a page loads only the scripts it uses, and merged once more into whole
files for charts and reports (split files of one family give wrong letters there).

    python3.11 tools/vendor_frontend.py
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WEB_FONTS = ROOT / "irtysh/portal/static/portal/fonts"
CHART_FONTS = ROOT / "irtysh/indicators/fonts"
LIST = WEB_FONTS.parent / "vendor.json"
"""What was vendored, with hashes: a package of a known version must have the known hash."""
BROWSER_TESTS = ROOT / "tests/browser"
TOOLS = ("fonttools==4.68.0", "brotli==1.2.1")

TEXT_FACE = "@fontsource-variable/golos-text"
DISPLAY_FACE = "@fontsource/literata"
PACKAGES = {
    TEXT_FACE: ("5.3.0", "OFL-1.1"),
    DISPLAY_FACE: ("5.3.0", "OFL-1.1"),
    "axe-core": ("4.14.1", "MPL-2.0"),
    "maplibre-gl": ("5.24.1", "BSD-3-Clause"),
}
MAP_FILES = {
    "maplibre-gl-csp.js": "js/map/maplibre-gl.js",
    "maplibre-gl-csp-worker.js": "js/map/maplibre-gl-worker.js",
    "maplibre-gl.css": "css/map/maplibre-gl.css",
}
"""The build for strict content policies: its worker is a file of ours, not made in the browser."""

RANGES = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,"
    "U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215",
    "latin-ext": "U+0100-0130,U+0132-0151,U+0154-02BA,U+1E00-1E9F,U+20A0-20AB,U+20AD-20C0",
    "cyrillic": "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116",
    "cyrillic-ext": "U+0492-04AF,U+04B2-04BB,U+04C0-04CF,U+04D0-04FF",
}
"""Which letters stand in which file. The last holds the further letters of Kazakh and of the
other Cyrillic alphabets in use (Kyrgyz, Tatar, Bashkir, Mongolian, Tajik); Old Slavonic is left
out, which halves the file."""

FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum"]
ALPHABET = "АаӘәҒғҚқҢңӨөҰұҮүҺһІіЁё₸₽№0123456789«»—–−%"
"""What must be there, or the command fails."""

CUT = """
import io, json, sys
from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

order = json.load(sys.stdin)


def reopen(font):
    buffer = io.BytesIO()
    font.flavor = None
    font.save(buffer)
    buffer.seek(0)
    return TTFont(buffer)


def cut(font, unicodes, features):
    options = Options()
    options.layout_features, options.hinting, options.notdef_outline = features, False, True
    options.name_IDs = ["*"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=set(font.getBestCmap()) & set(unicodes))
    subsetter.subset(font)
    return font


covered = {}
for job in order["web"]:
    font = TTFont(job["source"])
    if job["limits"]:
        font = reopen(instantiateVariableFont(font, {"wght": tuple(job["limits"])}))
    font = cut(font, parse_unicodes(job["range"].replace("U+", "")), order["features"])
    covered.setdefault(job["family"], set()).update(font.getBestCmap())
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.flavor = "woff2"
    font.save(job["target"])
for family, letters in covered.items():
    lost = [letter for letter in order["alphabet"] if ord(letter) not in letters]
    if lost:
        sys.exit(f"{family} has no {lost}")

for job in order["charts"]:
    parts = []
    for source in job["sources"]:
        font = instantiateVariableFont(TTFont(source), {"wght": job["weight"]})
        font = reopen(font)
        for table in ("GSUB", "GDEF", "STAT", "avar", "HVAR", "MVAR", "gasp", "meta", "DSIG"):
            if table in font:
                del font[table]
        parts.append(reopen(font))
    paths = []
    for number, part in enumerate(parts):
        path = f"{job['target']}.{number}.part"
        part.save(path)
        paths.append(path)
    merged = Merger().merge(paths)
    names = merged["name"]
    names.names = [record for record in names.names if record.nameID in (0, 13, 14)]
    regular = job["style"] in ("Regular", "Bold")
    family = "Golos Text" if regular else f"Golos Text {job['style']}"
    texts = {
        1: family,
        2: job["style"] if regular else "Regular",
        3: f"Golos Text {job['style']} (merged)",
        4: f"Golos Text {job['style']}",
        6: f"GolosText-{job['style']}",
        16: "Golos Text",
        17: job["style"],
    }
    for name_id, text in texts.items():
        names.setName(text, name_id, 3, 1, 0x409)
    merged["OS/2"].usWeightClass = job["weight"]
    bold = job["style"] == "Bold"
    merged["OS/2"].fsSelection = 0x20 if bold else 0x40
    merged["head"].macStyle = 1 if bold else 0
    merged["head"].modified = merged["head"].created
    merged.recalcTimestamp = False
    merged.save(job["target"])
    lost = [letter for letter in order["alphabet"] if ord(letter) not in merged.getBestCmap()]
    if lost:
        sys.exit(f"{job['target']} has no {lost}")
"""


def main() -> None:
    """Fetch, cut, merge, and write the list of what was vendored."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        packages = {name: _unpack(name, work) for name in PACKAGES}
        _make_fonts(packages, work)
        axe = packages["axe-core"]["folder"]
        BROWSER_TESTS.mkdir(parents=True, exist_ok=True)
        (BROWSER_TESTS / "axe.min.js").write_bytes((axe / "axe.min.js").read_bytes())
        (BROWSER_TESTS / "axe.LICENSE.txt").write_bytes((axe / "LICENSE").read_bytes())
        for name in (TEXT_FACE, DISPLAY_FACE):
            short = name.rpartition("/")[2]
            licence = (packages[name]["folder"] / "LICENSE").read_bytes()
            (WEB_FONTS / f"{short}.LICENSE.txt").write_bytes(licence)
            if short == "golos-text":
                (CHART_FONTS / f"{short}.LICENSE.txt").write_bytes(licence)
        _copy_map(Path(str(packages["maplibre-gl"]["folder"])))
        _write_list(packages)


def _copy_map(folder: Path) -> None:
    """Copy the map's program without its pointers to source maps, which we do not ship."""
    for name, target in MAP_FILES.items():
        text = (folder / "dist" / name).read_text(encoding="utf-8")
        path = WEB_FONTS.parent / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(re.sub(r"\n//# sourceMappingURL=\S+\s*\Z", "\n", text), encoding="utf-8")
    licence = WEB_FONTS.parent / "js/map/maplibre-gl.LICENSE.txt"
    licence.write_bytes((folder / "LICENSE.txt").read_bytes())


def _unpack(name: str, work: Path) -> dict[str, object]:
    version, licence = PACKAGES[name]
    packed = subprocess.run(  # noqa: S603
        ["npm", "pack", "--silent", f"{name}@{version}"],  # noqa: S607
        cwd=work, check=True, capture_output=True, text=True,
    )  # fmt: skip
    archive = work / packed.stdout.strip().splitlines()[-1]
    folder = work / archive.stem
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    last = json.loads(LIST.read_text(encoding="utf-8"))["packages"].get(name, {})
    if last.get("version") == version and last["sha256"] != digest:
        sys.exit(f"{archive.name}: sha256 {digest}, expected {last['sha256']}")
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return {"version": version, "licence": licence, "sha256": digest, "folder": folder / "package"}


def _make_fonts(packages: dict[str, dict[str, object]], work: Path) -> None:
    golos = Path(str(packages[TEXT_FACE]["folder"])) / "files"
    literata = Path(str(packages[DISPLAY_FACE]["folder"])) / "files"
    WEB_FONTS.mkdir(parents=True, exist_ok=True)
    CHART_FONTS.mkdir(parents=True, exist_ok=True)
    web = []
    for script, letters in RANGES.items():
        web.append({
            "family": "Golos Text", "range": letters, "limits": [400, 700],
            "source": str(golos / f"golos-text-{script}-wght-normal.woff2"),
            "target": str(WEB_FONTS / f"golos-text-{script}.woff2"),
        })  # fmt: skip
        web.append({
            "family": "Literata", "range": letters, "limits": None,
            "source": str(literata / f"literata-{script}-600-normal.woff2"),
            "target": str(WEB_FONTS / f"literata-600-{script}.woff2"),
        })  # fmt: skip
    charts = [
        {
            "weight": weight, "style": style,
            "sources": [str(golos / f"golos-text-{script}-wght-normal.woff2") for script in RANGES],
            "target": str(CHART_FONTS / f"GolosText-{style}.ttf"),
        }
        for weight, style in ((400, "Regular"), (600, "SemiBold"), (700, "Bold"))
    ]  # fmt: skip
    order = {"web": web, "charts": charts, "features": FEATURES, "alphabet": ALPHABET}
    environment = work / "env"
    venv.create(environment, with_pip=True)
    python = environment / "bin/python"
    subprocess.run([python, "-m", "pip", "install", "-q", *TOOLS], check=True)  # noqa: S603
    subprocess.run(  # noqa: S603
        [python, "-c", CUT], input=json.dumps(order), text=True, check=True
    )
    for part in CHART_FONTS.glob("*.part"):
        part.unlink()


def _write_list(packages: dict[str, dict[str, object]]) -> None:
    made = [
        *WEB_FONTS.glob("*.woff2"),
        *CHART_FONTS.glob("*.ttf"),
        BROWSER_TESTS / "axe.min.js",
        *(WEB_FONTS.parent / target for target in MAP_FILES.values()),
    ]
    listing = {
        "packages": {
            name: {key: value for key, value in package.items() if key != "folder"}
            for name, package in packages.items()
        },
        "tools": list(TOOLS),
        "files": {
            str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(made)
        },
    }
    text = json.dumps(listing, indent=2, ensure_ascii=False) + "\n"
    LIST.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
