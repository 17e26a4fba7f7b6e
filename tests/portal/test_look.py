"""The look keeps its budgets, its one palette and its letters."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

from irtysh.indicators.charts.palette import css, palette
from irtysh.vocabulary.places import ROOT

STATIC = ROOT / "irtysh/portal/static/portal"
SCRIPTS = {
    "en": ("latin",),
    "ru": ("latin", "cyrillic"),
    "kk": ("latin", "cyrillic", "cyrillic-ext"),
}
KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"


def test_palette_css_is_made_from_the_palette():
    assert (STATIC / "css/palette.css").read_text("utf-8") == css()


def test_no_colour_is_written_outside_the_palette():
    own = (STATIC / "css/irtysh.css").read_text("utf-8")
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", own)
    assert not re.findall(r"\b(?:rgb|hsl|oklch)a?\(", own)
    assert set(re.findall(r"var\(--c-([a-z-]+)\)", own)) <= set(palette())


def test_budgets():
    """What every page loads, and the sheet or script that a page loads beside it."""
    sizes = {path.name: path.stat().st_size for path in STATIC.glob("[cj]s*/*.[cj]s*")}
    assert sizes.pop("irtysh.css") + sizes.pop("palette.css") <= 30 * 1024
    assert sizes.pop("irtysh.js") <= 3 * 1024
    assert max(sizes.values()) <= 8 * 1024


@pytest.mark.parametrize("language", SCRIPTS)
def test_fonts_of_a_page_weigh_little(language):
    size = sum(
        (STATIC / f"fonts/{face}-{script}.woff2").stat().st_size
        for face in ("golos-text", "literata-600")
        for script in SCRIPTS[language]
    )
    assert size <= 100 * 1024


def test_every_kazakh_letter_lies_in_a_declared_range():
    own = (STATIC / "css/irtysh.css").read_text("utf-8")
    for family in ("Golos Text", "Literata"):
        faces = re.findall(rf'font-family: "{family}".*?unicode-range: ([^;]+);', own)
        spans = [span.strip()[2:].split("-") for face in faces for span in face.split(",")]
        ends = [(int(span[0], 16), int(span[-1], 16)) for span in spans]
        lost = [x for x in KAZAKH if not any(low <= ord(x) <= high for low, high in ends)]
        assert lost == []


def test_vendored_files_have_the_hashes_of_the_list():
    listing = json.loads((STATIC / "vendor.json").read_text("utf-8"))
    for name, digest in listing["files"].items():
        assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == digest, name
