"""A line the height of two words: a series beside its headline figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irtysh.indicators.charts.look import NARROW, WIDE, layer, plain, reach, specification
from irtysh.indicators.charts.marks import Caption, Chart, Mark
from irtysh.indicators.charts.narration import short_period, story, table_of, words
from irtysh.indicators.charts.palette import hue
from irtysh.indicators.charts.series import JOINABLE, joined


def sparkline(
    rows: Sequence[Mark], caption: Caption, language: str, *, colour: str = "both"
) -> Chart:
    """Draw whole figures by year without axes; a missing year is a gap, the last has a disc."""
    whole = [r for r in rows if r.value is not None and not r.rival and r.status in JOINABLE]
    known = sorted(whole, key=lambda r: r.period.first_year)
    own = caption.read(language)
    span = range(known[0].period.first_year, known[-1].period.first_year + 1)
    x: dict[str, Any] = {"field": "year", "type": "ordinal", "axis": None}
    x["scale"] = {"type": "point", "domain": [str(year) for year in span], "padding": 0}
    scale = {"domain": [0, reach(known)[1] * 1.05], "nice": False}
    y = {"field": "value", "type": "quantitative", "axis": None, "scale": scale}
    values = [
        {"year": str(m.period.first_year), "value": plain(m.value), "pair": index}
        for index, pair in enumerate(joined(known))
        for m in pair
    ]
    dots = [{"year": str(m.period.first_year), "value": plain(m.value)} for m in known]
    tint = hue(colour)
    line = {"type": "line", "strokeWidth": 2, "stroke": tint}
    dot = {"type": "point", "stroke": None, "opacity": 1, "fill": tint}
    layers = [
        layer(line, values, x=x, y=y, detail={"field": "pair", "type": "nominal"}),
        layer({**dot, "size": 10}, dots[:-1], x=x, y=y),
        layer({**dot, "size": 55}, dots[-1:], x=x, y=y),
    ]
    size = {"width": 160, "height": 44, "padding": 5}
    blanks = {
        "first_value": known[0].written(language),
        "first_period": short_period(known[0], language),
        "last_value": f"{known[-1].written(language)} {own['unit']}",
        "last_period": short_period(known[-1], language),
    }
    title = words("sparkline", language, what=own["what"], **blanks)
    told = story(
        caption,
        language,
        title=title,
        subtitle="",
        description=[title],
        table=table_of(rows, language, own["unit"], by_period=True, by_label=False),
    )
    wide, narrow = (specification(sheet, layers, **size) for sheet in (WIDE, NARROW))
    return Chart(caption.id, "spark", language, wide, narrow, **told)
