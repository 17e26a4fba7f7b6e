from __future__ import annotations

import pytest

from irtysh.indicators.charts.palette import contrast, css, hue, palette, variable

LEAST = {"text": 4.5, "graphic": 3.0, "ground": 1.0}


@pytest.mark.parametrize("name", tuple(palette()))
def test_contrast_with_paper_on_both_sheets(name: str) -> None:
    colour, paper = palette()[name], palette()["paper"]
    assert contrast(colour.light, paper.light) >= LEAST[colour.role]
    assert contrast(colour.dark, paper.dark) >= LEAST[colour.role]


def test_light_values_tell_colours_apart() -> None:
    assert len({colour.light for colour in palette().values()}) == len(palette())


def test_black_on_white_is_the_greatest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_style_sheet_has_every_colour_for_both_themes() -> None:
    text = css()
    for colour in palette().values():
        assert f"--c-{colour.name}: {colour.light};" in text
        assert text.count(f"--c-{colour.name}: {colour.dark};") >= 2


def test_a_variable_works_without_a_style_sheet() -> None:
    assert variable("side-a") == f"var(--c-side-a,{hue('side-a')})"
