"""The drawings themselves: fit for a strict page, readable aloud, complete when taken away."""

from __future__ import annotations

import struct
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest

from irtysh.indicators.charts import download_svg, page_svg, render_png
from irtysh.indicators.charts.svg import page_paint, read, rounded, tidied
from tests.indicators.charts.figures import LANGUAGES, charts

SVG = "{http://www.w3.org/2000/svg}"
KAZAKH = "Ә Ғ Қ Ң Ө Ұ Ү Һ І"
NBSP = "\N{NO-BREAK SPACE}"


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)


def all_text(text: str) -> str:
    return "|".join(
        "".join(part.itertext()) for part in parsed(text).iter() if part.tag == f"{SVG}text"
    )


@pytest.mark.parametrize("kind", tuple(charts("kk")))
def test_a_page_drawing_keeps_the_strict_policy_and_speaks(kind: str) -> None:
    chart = charts("kk")[kind]
    for width in ("wide", "narrow"):
        text = page_svg(chart, width)  # type: ignore[arg-type]
        root = parsed(text)
        assert root.get("role") == "img"
        assert root.get("width") is None
        assert root.get("viewBox")
        assert root.get("class", "").startswith(f"drawing drawing-{width}")
        ids = [part.get("id") for part in root.iter() if part.get("id")]
        assert len(ids) == len(set(ids))
        assert all(str(own).startswith(f"{kind}-{width}-") for own in ids)
        title, desc = root[0], root[1]
        assert (title.tag, title.text) == (f"{SVG}title", chart.title)
        assert (desc.tag, desc.text) == (f"{SVG}desc", chart.description)
        assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
        for part in root.iter():
            assert "style" not in part.attrib
            assert part.tag not in (f"{SVG}style", f"{SVG}script", f"{SVG}foreignObject")
            assert not any(name.startswith(("aria-role", "on")) for name in part.attrib)
            assert "font-family" not in part.attrib
        for part in list(root.iter())[1:]:
            assert "role" not in part.attrib
            for name in ("fill", "stroke"):
                paint = part.get(name, "none")
                assert paint == "none" or paint.startswith(("var(--c-", "url(#")), paint


def test_numbers_and_letters_are_those_of_the_language() -> None:
    for language, number in (("ru", f"1{NBSP}357,1"), ("kk", f"1{NBSP}357,1"), ("en", "1,357.1")):
        text = all_text(page_svg(charts(language)["series"]))
        assert number in text
        thousand = f"1{NBSP}000" if language != "en" else "1,000"
        assert thousand in text, "axis"
        assert KAZAKH in all_text(page_svg(charts(language)["bars"], "narrow"))


def test_a_minus_is_a_minus() -> None:
    assert "−8.3" in all_text(page_svg(charts("en")["contribution"]))


def series_lines() -> list[str]:
    root = parsed(page_svg(charts("ru")["series"]))
    return [
        part.get("d", "") for part in root.iter(f"{SVG}path")
        if part.get("stroke-width") == "2" and "L" in part.get("d", "")
    ]  # fmt: skip


def test_no_line_crosses_a_gap() -> None:
    lines = series_lines()
    assert len(lines) == 2, "2015–2016 and 2020–2021"
    for line in lines:
        assert line.count("L") == 1, "each joins two neighbours"


def test_intervals_are_drawn_as_beams() -> None:
    root = parsed(page_svg(charts("ru")["series"]))
    upright = [
        part for part in root.iter(f"{SVG}line")
        if part.get("x2") == "0" and float(part.get("y2", 0)) and part.get("stroke-width") == "1.5"
    ]  # fmt: skip
    assert len(upright) == 3, "wider than half a tenth of a million"
    caps = [part for part in root.iter(f"{SVG}path") if part.get("d", "").endswith("h9v1.5h-9Z")]
    assert len(caps) == 2, "only the interval that can be seen has caps"


def test_a_number_is_written_once_with_its_halo() -> None:
    root = parsed(page_svg(charts("ru")["series"]))
    found = [part for part in root.iter(f"{SVG}text") if part.text == "239,3"]
    assert len(found) == 1
    assert found[0].get("paint-order") == "stroke"
    assert found[0].get("stroke", "").startswith("var(--c-paper")


def test_what_is_known_only_as_a_remainder_is_hatched() -> None:
    for kind in ("bars", "composition", "contribution"):
        root = parsed(page_svg(charts("en")[kind]))
        fills = {part.get("fill") for part in root.iter()}
        assert f"url(#{kind}-wide-hatch)" in fills
        assert root.find(f".//{SVG}pattern[@id='{kind}-wide-hatch']") is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_download_stands_alone(language: str) -> None:
    chart = charts(language)["series"]
    text = download_svg(chart)
    root = parsed(text)
    assert "var(" not in text
    assert root.get("width")
    ground = root.find(f"{SVG}rect")
    assert ground is not None
    assert ground.get("width") == "100%"
    said = " ".join(part.text or "" for part in root.iter(f"{SVG}text"))
    assert chart.source in said.replace(NBSP, " ")
    assert chart.title.split(" ")[0] in said


def test_a_png_has_twice_the_pixels() -> None:
    chart = charts("kk")["spark"]
    data = render_png(chart, scale=2)
    assert data.startswith(b"\x89PNG")
    across, _ = struct.unpack(">II", data[16:24])
    width = float(parsed(download_svg(chart)).get("width", 0))
    assert across == round(2 * width)


def test_a_page_drawing_is_light() -> None:
    for chart in charts("ru").values():
        assert len(page_svg(chart).encode()) < 30_000, chart.kind


def test_the_same_chart_is_the_same_bytes() -> None:
    chart = charts("en")["change"]
    assert page_svg(chart) == page_svg(chart)


def test_tidying_drops_style_script_and_what_is_not_seen() -> None:
    source = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
        "<style>path{fill:red}</style><script>x()</script>"
        '<g transform="translate(1,2)"><g transform="translate(0.5,0.25)">'
        '<path d="M0,0L1.23456,2" stroke="#1b2a35" style="stroke:red" onclick="x()"/></g></g>'
        '<path d="M0,0h1" /><g><text>  </text></g></svg>'
    )
    parts, width, height = tidied(read(source), page_paint("own"))
    assert (width, height) == (10, 10)
    assert len(parts) == 1
    assert parts[0].attrib == {
        "d": "M0,0L1.2,2",
        "stroke": "var(--c-ink,#1b2a35)",
        "transform": "translate(1.5,2.2)",
    } or parts[0].attrib["transform"] in ("translate(1.5,2.3)", "translate(1.5,2.2)")


def test_rounding_leaves_whole_numbers_alone() -> None:
    assert rounded("M10,-0.04l3.999,12.25e0").startswith("M10,0l4,12.")


def test_the_renderer_is_loaded_only_when_something_is_drawn() -> None:
    code = "import sys, irtysh.indicators.charts; print('vl_convert' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
