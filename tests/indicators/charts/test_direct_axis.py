"""Names of periods below a chart: even steps, none touching, none cut off."""

from __future__ import annotations

from itertools import pairwise

import pytest

from irtysh.indicators.charts.direct_axis import named
from irtysh.indicators.charts.look import NARROW, WIDE, Sheet, letters_width


def _months(count: int, width: float) -> list[tuple[float, str]]:
    """Return months from January 2022 on, evenly across a sheet."""
    return [
        (40 + (width - 54) * index / (count - 1), f"{2022 + index // 12} ж. желтоқсан {index}")
        for index in range(count)
    ]


@pytest.mark.parametrize("sheet", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("count", [2, 3, 12, 36, 60])
def test_no_name_is_cut_off_or_touches_another(sheet: Sheet, count: int) -> None:
    places = _months(count, sheet.width)
    found = named(places, sheet, float(sheet.width))
    assert found[0][2] == places[-1][1]
    ends = [
        (at - letters_width(text, sheet.label) / 2, at + letters_width(text, sheet.label) / 2)
        for _exact, at, text in found
    ]
    assert all(left >= 0 and right <= sheet.width for left, right in ends)
    assert all(after[1] < before[0] for before, after in pairwise(ends))


def test_the_same_months_are_named() -> None:
    places = _months(36, WIDE.width)
    found = named(places, WIDE, float(WIDE.width))
    steps = {
        places.index((before[0], before[2])) - places.index((after[0], after[2]))
        for before, after in pairwise(found)
    }
    assert len(steps) == 1
    assert steps <= {1, 2, 3, 4, 6, 12}


def test_periods_with_gaps_are_named_where_there_is_room() -> None:
    places = [(50.0, "2009"), (400.0, "2015"), (440.0, "2016"), (600.0, "2021")]
    assert [text for _at, _middle, text in named(places, WIDE, 720.0)] == [
        "2021", "2016", "2015", "2009",
    ]  # fmt: skip
