"""A series in time: standing by shape, intervals as beams, missing years as gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from irtysh.indicators.charts.look import (
    BEAM,
    SHAPES,
    SHEETS,
    Sheet,
    layer,
    lettering,
    plain,
    reach,
    shape,
    specification,
)
from irtysh.indicators.charts.marks import Caption, Chart, Mark
from irtysh.indicators.charts.narration import series_story, standing_words, words
from irtysh.indicators.charts.palette import hue

SIGN_SHARE = 0.04
"""Part of the axis that a sign covers: a shorter interval cannot be seen behind it."""

_RANK = {"printed": 0, "derived": 1, "bound": 2, "partial": 3}


def series_chart(
    rows: Sequence[Mark],
    caption: Caption,
    language: str,
    *,
    colours: Mapping[str, str] | None = None,
    breaks: Mapping[int, str] | None = None,
    years: tuple[int, int] | None = None,
) -> Chart:
    """Draw figures by year.

    Parameters
    ----------
    rows : sequence of Mark
        One or several groups. Among marks of one group and year the preferred one is that not
        called a rival, printed before derived before bound before partial; others are faint.
    colours : mapping, optional
        Group → name of a colour (side-a, side-b, both); one group alone is "both".
    breaks : mapping, optional
        Year → short text: from this year the figures are made in another way.
    years : (int, int), optional
        First and last year of the axis; by default those of the rows. Empty years stay.
    """
    ranked = _with_rivals(rows)
    first, last = years or _span(ranked)
    span = list(range(first, last + 1))
    tints = dict(colours or {})
    for group in dict.fromkeys(mark.group for mark in ranked):
        tints.setdefault(group, "both")
    specs = [_spec(sheet, ranked, span, tints, breaks or {}, language) for sheet in SHEETS]
    top = {"scale": {"domain": [0, reach(ranked)[1]]}}
    story = series_story(
        ranked,
        span,
        caption,
        language,
        wide_intervals=any(_shows(mark, top) for mark in _with_interval(ranked)),
    )
    return Chart(caption.id, "series", language, specs[0], specs[1], **story)


def joined(marks: Sequence[Mark]) -> list[tuple[Mark, Mark]]:
    """Return the pairs that a line may join: the same group, consecutive years, whole figures.

    A missing year, a partial sum or a bound ends the line.
    """
    whole = [m for m in marks if not m.rival and m.value is not None and m.status in JOINABLE]
    whole.sort(key=lambda m: (m.group, m.period.first_year))
    return [
        (a, b)
        for a, b in pairwise(whole)
        if a.group == b.group and b.period.first_year - a.period.first_year == 1
    ]


JOINABLE = {"printed", "derived"}


def _span(marks: Sequence[Mark]) -> tuple[int, int]:
    years = [mark.period.first_year for mark in marks]
    return min(years), max(years)


def _with_rivals(rows: Sequence[Mark]) -> list[Mark]:
    best: dict[tuple[str, int], Mark] = {}
    for mark in rows:
        key = (mark.group, mark.period.first_year)
        if key not in best or _order(mark) < _order(best[key]):
            best[key] = mark
    return [
        mark if mark is best[mark.group, mark.period.first_year] else replace(mark, rival=True)
        for mark in rows
    ]


def _order(mark: Mark) -> tuple[bool, bool, int]:
    return not mark.is_known, mark.rival, _RANK[mark.status]


def _spec(
    sheet: Sheet,
    marks: Sequence[Mark],
    span: Sequence[int],
    tints: Mapping[str, str],
    breaks: Mapping[int, str],
    language: str,
) -> dict[str, Any]:
    known = [mark for mark in marks if mark.is_known]
    top = reach(known)[1] * (1.16 if sheet.is_narrow else 1.12)
    x = _x(sheet, span)
    y = _y(top, language)
    layers = [
        *_gaps(sheet, known, span, x, language),
        *_breaks(sheet, breaks, x, top),
        _lines(known, x, y, tints),
        *_beams(known, x, y, tints),
        *_points(known, x, y, tints, language),
        *_labels(sheet, known, x, y, language),
    ]
    return specification(sheet, layers)


def _x(sheet: Sheet, span: Sequence[int]) -> dict[str, Any]:
    crowded = len(span) * (34 if sheet.is_narrow else 40) > sheet.width + 20
    axis: dict[str, Any] = {"labelAngle": 0, "labelOverlap": "parity" if crowded else False}
    if sheet.is_narrow and len(span) > 8:
        axis |= {"labelFontSize": 10, "labelPadding": 5}
    scale = {"type": "band", "domain": [str(year) for year in span], "padding": 0}
    return {"field": "year", "type": "ordinal", "scale": scale, "axis": axis}


def _y(top: float, language: str) -> dict[str, Any]:
    return {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, top], "nice": False},
        "axis": {"tickCount": 5, "format": ",~f", "grid": True},
    }


def _gaps(
    sheet: Sheet, known: Sequence[Mark], span: Sequence[int], x: Any, language: str
) -> list[dict[str, Any]]:
    present = {mark.period.first_year for mark in known}
    empty = [year for year in span if year not in present]
    starts = [year for year in empty if year - 1 not in empty]
    ends = [year for year in empty if year + 1 not in empty]
    runs = [{"from": str(a), "to": str(b)} for a, b in zip(starts, ends, strict=True)]
    text = {"type": "text", "dy": -8, "fill": hue("ink-soft"), "fontSize": sheet.label - 1}
    at_foot = {"datum": 0, "type": "quantitative"}
    band = {"x": {**x, "field": "from", "bandPosition": 0}}
    band["x2"] = {"field": "to", "bandPosition": 1}
    return [
        layer({"type": "rect", "fill": hue("gap")}, runs, **band),
        layer(
            text,
            [{"year": str(year)} for year in empty],
            x=x,
            y=at_foot,
            text={"value": words("no_data_short", language)},
        ),
    ]


def _breaks(sheet: Sheet, breaks: Mapping[int, str], x: Any, top: float) -> list[dict[str, Any]]:
    values = [{"year": str(year), "text": text} for year, text in breaks.items()]
    edge = {**x, "bandPosition": 0}
    rule = {"type": "rule", "stroke": hue("ink-soft"), "strokeDash": [2, 3]}
    text = {"type": "text", "align": "left", "dx": 4, "dy": 6, "fill": hue("ink-soft")}
    at_top = {"datum": top, "type": "quantitative"}
    return [
        layer(rule, values, x=edge),
        layer(text, values, x=edge, y=at_top, text={"field": "text", "type": "nominal"}),
    ]


def _lines(known: Sequence[Mark], x: Any, y: Any, tints: Mapping[str, str]) -> dict[str, Any]:
    values = []
    for index, (start, end) in enumerate(joined(known)):
        sure = start.status == end.status == "printed"
        style = {
            "pair": index,
            "dash": "sure" if sure else "derived",
            "tint": hue(tints[start.group]),
        }
        for mark in (start, end):
            year = str(mark.period.first_year)
            values.append({"year": year, "value": plain(mark.value), **style})
    dash = {
        "field": "dash",
        "type": "nominal",
        "scale": {"domain": ["sure", "derived"], "range": [[1, 0], [5, 4]]},
        "legend": None,
    }
    detail = {"field": "pair", "type": "nominal"}
    line: dict[str, Any] = {"type": "line", "strokeWidth": 2}
    return layer(line, values, x=x, y=y, strokeDash=dash, detail=detail, stroke=_TINT)


_TINT = {"field": "tint", "type": "nominal", "scale": None, "legend": None}


def _beams(known: Sequence[Mark], x: Any, y: Any, tints: Mapping[str, str]) -> list[dict[str, Any]]:
    values = [
        {
            "year": str(mark.period.first_year),
            "low": plain(mark.low),
            "high": plain(mark.high),
            "tint": _tint(mark, tints),
        }
        for mark in _with_interval(known)
    ]
    visible = [v for v, mark in zip(values, _with_interval(known), strict=True) if _shows(mark, y)]
    low, high = {**y, "field": "low"}, {**y, "field": "high"}
    cap = {"type": "tick", "orient": "horizontal", "size": 9, "thickness": 1.5, "opacity": 1}
    rule = {"type": "rule", "strokeWidth": 1.5}
    return [
        layer(rule, values, x=x, y=low, y2={"field": "high"}, stroke=_TINT),
        layer(cap, visible, x=x, y=low, fill=_TINT),
        layer(cap, visible, x=x, y=high, fill=_TINT),
    ]


def _with_interval(known: Sequence[Mark]) -> list[Mark]:
    return [mark for mark in known if mark.has_interval]


def _shows(mark: Mark, y: Any) -> bool:
    """True if the interval is taller than the sign that stands on it."""
    assert mark.low is not None
    assert mark.high is not None
    return float(mark.high - mark.low) > SIGN_SHARE * float(y["scale"]["domain"][1])


def _tint(mark: Mark, tints: Mapping[str, str]) -> str:
    faint = mark.rival or mark.status in ("partial", "bound")
    return hue("rest" if faint else tints[mark.group])


def _points(
    known: Sequence[Mark], x: Any, y: Any, tints: Mapping[str, str], language: str
) -> list[dict[str, Any]]:
    valued = [mark for mark in known if mark.value is not None]
    values = [
        {
            "year": str(mark.period.first_year),
            "value": plain(mark.value),
            "standing": standing_words(shape(mark), language),
            "tint": _tint(mark, tints),
            "size": 70 if mark.rival else 110,
        }
        for mark in sorted(valued, key=lambda m: not m.rival)
    ]
    present = {shape(mark) for mark in valued}
    keys = [key for key in SHAPES if key in present]
    domain = [standing_words(key, language) for key in keys]
    shapes = [SHAPES[key] for key in keys]
    if any(_shows(mark, y) for mark in _with_interval(known)):
        domain, shapes = [*domain, standing_words("interval", language)], [*shapes, BEAM]
    standing = {
        "field": "standing",
        "type": "nominal",
        "scale": {"domain": domain, "range": shapes},
        "legend": {},
    }
    size = {"field": "size", "type": "quantitative", "scale": None, "legend": None}
    sign: dict[str, Any] = {"type": "point", "stroke": None, "opacity": 1}
    ground = {**sign, "shape": "circle", "fill": hue("paper")}
    return [
        layer(ground, values, x=x, y=y, size=size),
        layer(sign, values, x=x, y=y, size=size, shape=standing, fill=_TINT),
    ]


def _labels(
    sheet: Sheet, known: Sequence[Mark], x: Any, y: Any, language: str
) -> list[dict[str, Any]]:
    """The highest figure of a year has its number above, the lowest below, others none.

    A lone figure at the foot of a falling line has it below, where no line passes.
    """
    falling = {id(end) for start, end in joined(known) if _falls(start, end)}
    above, below = [], []
    for year in sorted({mark.period.first_year for mark in known}):
        here = [m for m in known if m.period.first_year == year and m.value is not None]
        here.sort(key=lambda m: m.value or 0)
        if len(here) == 1 and id(here[0]) in falling:
            below.append(_label(here[0], here[0].low or here[0].value, language))
        elif here:
            above.append(_label(here[-1], here[-1].high or here[-1].value, language))
        if len(here) > 1:
            below.append(_label(here[0], here[0].low or here[0].value, language))
    text = {"field": "text", "type": "nominal"}
    return [
        part
        for values, dy in ((above, -13), (below, 15))
        for main in (True, False)
        for part in lettering(
            {"dy": dy, "fontSize": sheet.label},
            [v for v in values if v["main"] is main],
            x=x,
            y=y,
            text=text,
            fill={"value": hue("ink" if main else "ink-soft")},
        )
    ]


def _falls(start: Mark, end: Mark) -> bool:
    return start.value is not None and end.value is not None and start.value > end.value


def _label(mark: Mark, at: Any, language: str) -> dict[str, Any]:
    return {
        "year": str(mark.period.first_year),
        "value": plain(at),
        "text": mark.written(language),
        "main": not mark.rival and mark.status in JOINABLE,
    }
