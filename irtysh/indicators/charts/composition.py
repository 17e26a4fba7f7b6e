"""Composition by year: a lane a group, a panel a year, the unlisted remainder hatched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from irtysh.indicators.charts.lanes import LINE, TEXT, TINT, Lanes, axis_from
from irtysh.indicators.charts.look import SCHEMA, SHEETS, Sheet, config, plain
from irtysh.indicators.charts.marks import Caption, Chart, Mark, number
from irtysh.indicators.charts.narration import (
    Story,
    listed,
    one_line,
    short_period,
    story,
    table_of,
    within,
    words,
)
from irtysh.indicators.charts.palette import hue

_NAMES = {"wide": 196, "narrow": 0}
_BETWEEN = {"wide": 14, "narrow": 8}


def composition_chart(
    rows: Sequence[Mark],
    caption: Caption,
    language: str,
    *,
    remainder: Sequence[Mark] = (),
    colour: str = "both",
) -> Chart:
    """Draw groups by year side by side.

    Parameters
    ----------
    rows : sequence of Mark
        One a group and year; lanes follow the order in which labels first come.
    remainder : sequence of Mark
        What the total of a year holds beyond the listed groups; a year without a total has
        none, and its lane then says that the remainder is unknown.
    colour : str
        Name of the colour of bars.
    """
    years = sorted({row.period.first_year for row in rows})
    labels = list(dict.fromkeys(row.label for row in rows))
    rest = words("unlisted", language)
    remainder = [replace(row, label=row.label or rest) for row in remainder]
    values = [
        *(_value(row, row.label, hue(colour), language) for row in rows),
        *_remainders(remainder, years, rest, language),
    ]
    specs = [_spec(sheet, values, [*labels, rest], years) for sheet in SHEETS]
    told = _story(rows, remainder, years, caption, language)
    return Chart(caption.id, "composition", language, specs[0], specs[1], **told)


def _value(row: Mark, label: str, tint: str, language: str) -> dict[str, Any]:
    return {
        "name": label,
        "year": str(row.period.first_year),
        "start": 0.0,
        "end": plain(row.value) or 0.0,
        "at": max(plain(row.value) or 0.0, plain(row.high) or 0.0 if tint == hue("hatch") else 0),
        "low": plain(row.low),
        "high": plain(row.high),
        "text": row.written(language) or words("no_data_short", language),
        "tint": tint,
        "line": hue("rest") if tint == hue("hatch") else tint,
    }


def _remainders(
    remainder: Sequence[Mark], years: Sequence[int], rest: str, language: str
) -> list[dict[str, Any]]:
    known = {row.period.first_year: row for row in remainder}
    values = []
    for year in years:
        row = known.get(year)
        if row is None:
            text = words("unknown_mark", language)
            values.append({"name": rest, "year": str(year), "at": 0.0, "text": text})
        else:
            values.append(_value(row, rest, hue("hatch"), language))
    return values


def _spec(
    sheet: Sheet, values: Sequence[dict[str, Any]], names: Sequence[str], years: Sequence[int]
) -> dict[str, Any]:
    lanes = Lanes(sheet, names)
    first = str(years[0])
    data = [
        {**v, "lane": lanes.key(v["name"]), "heading": v["name"] if v["year"] == first else ""}
        for v in values
    ]
    for value in data:
        del value["name"]
    high = max(max(v["at"], v.get("high") or 0.0) for v in values)
    x = axis_from(0.0, high, room=0.62 if sheet.is_narrow else 0.4)
    x["axis"] = None
    room = sheet.width - _NAMES[sheet.name] - 12 - _BETWEEN[sheet.name] * (len(years) - 1)
    header = {
        "title": None, "labelColor": hue("ink"), "labelFontSize": sheet.text,
        "labelFontWeight": 600, "labelAnchor": "start", "labelPadding": 4,
    }  # fmt: skip
    return {
        "$schema": SCHEMA,
        "background": "transparent",
        "padding": {"left": 2, "right": 4, "top": 2, "bottom": 2},
        "config": {**config(sheet), "facet": {"spacing": _BETWEEN[sheet.name]}},
        "data": {"values": data},
        "bounds": "flush",
        "facet": {"column": {"field": "year", "type": "ordinal", "header": header}},
        "spec": {
            "width": room // len(years),
            "height": lanes.height,
            "layer": _panel(lanes, x),
        },
    }


def _panel(lanes: Lanes, x: Any) -> list[dict[str, Any]]:
    y = lanes.y()
    if y["axis"]:
        y["axis"] |= {"minExtent": _NAMES["wide"], "maxExtent": _NAMES["wide"]}
    shift = lanes.shift
    ink, soft = {"value": hue("ink")}, {"value": hue("grid")}
    beam = {"type": "rule", "strokeWidth": 1.5, "yOffset": shift}
    bar = {"type": "bar", "height": lanes.bar, "yOffset": shift, "strokeWidth": 1}
    text = {
        "type": "text", "align": "left", "baseline": "middle", "dx": 5, "yOffset": shift,
        "fontSize": lanes.sheet.label,
    }  # fmt: skip
    low, high = {**x, "field": "low"}, {"field": "high"}
    parts: list[dict[str, Any]] = [
        {
            "transform": [{"filter": "datum.end > 0"}],
            "mark": bar,
            "encoding": {
                "y": y, "x": {**x, "field": "start"}, "x2": {"field": "end"}, "fill": TINT,
                "stroke": LINE,
            },
        },
        {
            "transform": [{"filter": "datum.high > 0"}],
            "mark": beam,
            "encoding": {"y": y, "x": low, "x2": high, "stroke": ink},
        },
        {"mark": text, "encoding": {"y": y, "x": {**x, "field": "at"}, "text": TEXT, "fill": ink}},
    ]  # fmt: skip
    if not lanes.sheet.is_narrow:  # on a telephone it would cross the names of the lanes
        zero = {"x": {**x, "datum": 0}, "stroke": soft}
        parts.insert(0, {"mark": {"type": "rule"}, "encoding": zero})
    else:
        name = {"type": "text", "align": "left", "dy": -9, "fontSize": lanes.sheet.label}
        heading = {"y": y, "x": {"value": 0}, "text": {**TEXT, "field": "heading"}, "fill": ink}
        parts.append({"mark": name, "encoding": heading})
    return parts


def _story(
    rows: Sequence[Mark],
    remainder: Sequence[Mark],
    years: Sequence[int],
    caption: Caption,
    language: str,
) -> Story:
    own = caption.read(language)
    shown = ", ".join(str(year) for year in years)
    last = [row for row in rows if row.period.first_year == years[-1] and row.value is not None]
    first = max(last, key=lambda row: row.value or 0)
    frame = {"what": own["what"], "unit": own["unit"], "years": shown}
    count = str(len({row.label for row in rows}))
    said = [words("composition_range", language, **frame, count=count)]
    said += [_year(rows, year, language) for year in years]
    if remainder:
        said.append(words("composition_rest", language, list=listed(remainder, language)))
    lost = [str(y) for y in years if y not in {row.period.first_year for row in remainder}]
    if lost:
        said.append(words("composition_no_total", language, list=", ".join(lost)))
    blanks = {
        "last": str(years[-1]),
        "first": within(one_line(first.label)),
        "first_value": f"{first.written(language)} {own['unit']}",
    }
    return story(
        caption,
        language,
        title=words("composition_title", language, what=own["what"], **blanks),
        subtitle=words("composition_subtitle", language, **frame),
        description=said,
        table=table_of([*rows, *remainder], language, own["unit"], by_period=True, by_label=True),
        notes=[words("remainder_note", language)] if remainder else [],
    )


def _year(rows: Sequence[Mark], year: int, language: str) -> str:
    here = [row for row in rows if row.period.first_year == year and row.value is not None]
    largest = sorted(here, key=lambda row: row.value or 0, reverse=True)[:3]
    total = sum((row.value or Decimal(0) for row in here), Decimal(0))
    return words(
        "composition_year",
        language,
        year=short_period(here[0], language),
        sum=number(total, language),
        list=listed(largest, language, by="label"),
    )
