"""Exports of a region, cumulative within each year, with notes on coverage as shaded stretches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from irtysh.indicators.charts.look import (
    DISC,
    FRAME,
    RING,
    SHEETS,
    Sheet,
    layer,
    lettering,
    plain,
    reach,
    specification,
)
from irtysh.indicators.charts.marks import Caption, Chart, Mark, Words, told
from irtysh.indicators.charts.narration import (
    Story,
    one_line,
    short_period,
    story,
    table_of,
    with_unit,
    words,
)
from irtysh.indicators.charts.palette import hue
from irtysh.vocabulary.wording import period_in_words

_SIGNS = ({"shape": DISC, "dash": [1, 0]}, {"shape": RING, "dash": [5, 3]},
          {"shape": FRAME, "dash": [2, 2]})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coverage:
    """From ``start`` to ``end`` the figures cover something else; ``text`` says what."""

    start: date
    end: date
    text: Words


def region_exports_chart(
    rows: Sequence[Mark],
    caption: Caption,
    language: str,
    *,
    coverage: Sequence[Coverage] = (),
    colours: Mapping[str, str] | None = None,
) -> Chart:
    """Draw cumulative figures (first quarter, half, nine months, year) of up to three groups.

    Lines join figures of one year only: the count starts anew in January. Periods that overlap
    a note on coverage are shaded.
    """
    groups = list(dict.fromkeys(row.group for row in rows))
    tints = {
        group: (colours or {}).get(group, name)
        for group, name in zip(groups, ("side-a", "both", "rest"), strict=False)
    }
    specs = [_spec(sheet, rows, tints, coverage, language) for sheet in SHEETS]
    words_of = _story(rows, groups, coverage, caption, language)
    return Chart(caption.id, "regions", language, specs[0], specs[1], **words_of)


def _key(mark: Mark) -> str:
    return mark.period.code


def _slots(rows: Sequence[Mark]) -> list[Mark]:
    """Return one mark a period, in time: by year, then by length."""
    unique = {_key(row): row for row in rows}
    return sorted(unique.values(), key=lambda m: (m.period.first_year, str(m.period.end)))


def _affected(rows: Sequence[Mark], note: Coverage) -> list[Mark]:
    return [
        mark
        for mark in _slots(rows)
        if mark.period.start is not None
        and mark.period.end is not None
        and mark.period.start <= note.end
        and note.start <= mark.period.end
    ]


def _spec(
    sheet: Sheet,
    rows: Sequence[Mark],
    tints: Mapping[str, str],
    coverage: Sequence[Coverage],
    language: str,
) -> dict[str, Any]:
    slots = _slots(rows)
    top = reach(rows)[1] * 1.12
    x = _x(sheet, slots)
    y = {
        "field": "value", "type": "quantitative", "scale": {"domain": [0, top], "nice": False},
        "axis": {"grid": True, "tickCount": 5, "format": ",~f"},
    }  # fmt: skip
    names = {row.group: one_line(row.label) for row in rows}
    layers = [
        *_shades(sheet, rows, coverage, x, top, language),
        *_year_edges(slots, x),
        *_lines(rows, x, y, tints),
        *_points(rows, names, x, y, tints),
        *_numbers(sheet, rows, next(iter(tints), ""), x, y, language),
    ]
    return specification(sheet, layers)


def _x(sheet: Sheet, slots: Sequence[Mark]) -> dict[str, Any]:
    domain = [_key(mark) for mark in slots]
    middles: dict[int, list[str]] = {}
    for mark in slots:
        middles.setdefault(mark.period.first_year, []).append(_key(mark))
    labelled = {codes[len(codes) // 2]: str(year) for year, codes in middles.items()}
    chain = "''"
    for code, year in labelled.items():
        chain = f"datum.value === '{code}' ? '{year}' : {chain}"
    axis = {"labelAngle": 0, "labelExpr": chain, "labelOverlap": False, "labelPadding": 8}
    scale = {"type": "band", "domain": domain, "padding": 0}
    return {"field": "slot", "type": "ordinal", "scale": scale, "axis": axis}


def _shades(
    sheet: Sheet,
    rows: Sequence[Mark],
    coverage: Sequence[Coverage],
    x: Any,
    top: float,
    language: str,
) -> list[dict[str, Any]]:
    values = []
    for index, note in enumerate(coverage, start=1):
        hit = _affected(rows, note)
        if hit:
            values.append({"from": _key(hit[0]), "to": _key(hit[-1]), "text": f"*{index}"})
    span = {"x": {**x, "field": "from", "bandPosition": 0}}
    span["x2"] = {"field": "to", "bandPosition": 1}
    edge = {"type": "text", "align": "left", "dx": 5, "dy": 11, "fontSize": sheet.label + 2}
    at_top = {"datum": top, "type": "quantitative"}
    place = {"x": span["x"], "y": at_top, "text": {"field": "text", "type": "nominal"}}
    return [
        layer({"type": "rect", "fill": hue("shade")}, values, **span),
        layer({**edge, "fill": hue("ink")}, values, **place),
    ]


def _year_edges(slots: Sequence[Mark], x: Any) -> list[dict[str, Any]]:
    firsts = [
        {"slot": _key(b)} for a, b in pairwise(slots) if a.period.first_year != b.period.first_year
    ]
    rule = {"type": "rule", "stroke": hue("grid")}
    return [layer(rule, firsts, x={**x, "bandPosition": 0})]


def _lines(rows: Sequence[Mark], x: Any, y: Any, tints: Mapping[str, str]) -> list[dict[str, Any]]:
    """One layer a group: its colour and its dashes; a line within each year."""
    detail = {"field": "year", "type": "nominal"}
    return [
        layer(
            {"type": "line", "strokeWidth": 1.75, "stroke": hue(name), "strokeDash": sign["dash"]},
            [
                {"slot": _key(row), "value": plain(row.value), "year": row.period.first_year}
                for row in rows
                if row.group == group and row.value is not None
            ],
            x=x,
            y=y,
            detail=detail,
        )
        for (group, name), sign in zip(tints.items(), _SIGNS, strict=False)
    ]


def _points(
    rows: Sequence[Mark], names: Mapping[str, str], x: Any, y: Any, tints: Mapping[str, str]
) -> list[dict[str, Any]]:
    values = [
        {"slot": _key(row), "value": plain(row.value), "series": names[row.group],
         "size": 70 if _is_full(row) else 26}
        for row in rows
        if row.value is not None
    ]  # fmt: skip
    domain = [names[group] for group in tints]
    size = {"field": "size", "type": "quantitative", "scale": None, "legend": None}
    shapes = [sign["shape"] for sign in _SIGNS[: len(domain)]]
    sign = {
        "field": "series", "type": "nominal", "legend": {},
        "scale": {"domain": domain, "range": shapes},
    }  # fmt: skip
    fill = {
        "field": "series", "type": "nominal", "legend": {},
        "scale": {"domain": domain, "range": [hue(tints[group]) for group in tints]},
    }  # fmt: skip
    common = {"type": "point", "stroke": None, "opacity": 1}
    ground = {**common, "shape": "circle", "fill": hue("paper")}
    return [
        layer(ground, values, x=x, y=y, size=size),
        layer(common, values, x=x, y=y, size=size, shape=sign, fill=fill),
    ]


def _numbers(
    sheet: Sheet, rows: Sequence[Mark], group: str, x: Any, y: Any, language: str
) -> list[dict[str, Any]]:
    values = [
        {
            "slot": _key(row),
            "value": plain(row.value),
            "text": row.written(language),
        }
        for row in rows
        if row.group == group and _is_full(row) and row.value is not None
    ]
    text = {"field": "text", "type": "nominal"}
    ink = {"value": hue("ink")}
    style = {"dy": -12, "fontSize": sheet.label}
    return lettering(style, values, x=x, y=y, text=text, fill=ink)


def _is_full(mark: Mark) -> bool:
    """True if the figure covers a year to its end."""
    end = mark.period.end
    return end is not None and (end.month, end.day) == (12, 31)


def _story(
    rows: Sequence[Mark],
    groups: Sequence[str],
    coverage: Sequence[Coverage],
    caption: Caption,
    language: str,
) -> Story:
    own = caption.read(language)
    slots = _slots(rows)
    frame = {"what": own["what"], "unit": own["unit"]}
    main = [row for row in rows if row.group == groups[0] and row.value is not None]
    full = [row for row in main if _is_full(row)] or main
    start, end = (period_in_words(slots[i].period, language) for i in (0, -1))
    said = [words("regions_range", language, **frame, start=start, end=end)]
    for group in groups:
        here = [r for r in rows if r.group == group and _is_full(r) and r.value is not None]
        if here:
            text = ", ".join(f"{r.written(language)} ({r.period.first_year})" for r in here)
            series = f"{one_line(here[0].label)}. " if len(groups) > 1 else ""
            said.append(words("regions_full_years", language, series=series, list=text))
    notes = [_note(rows, index, note, language) for index, note in enumerate(coverage, start=1)]
    blanks = {
        "last_value": with_unit(full[-1], own["unit"], language),
        "last_period": short_period(full[-1], language)
        if not _is_full(full[-1])
        else str(full[-1].period.first_year),
    }
    return story(
        caption,
        language,
        title=words("regions_title", language, what=own["what"], **blanks),
        subtitle=words("regions_subtitle", language, **frame),
        description=[*said, *notes],
        table=table_of(rows, language, own["unit"], by_period=True, by_label=len(groups) > 1),
        notes=notes,
    )


def _note(rows: Sequence[Mark], index: int, note: Coverage, language: str) -> str:
    hit = _affected(rows, note)
    years = sorted({mark.period.first_year for mark in hit})
    periods = f"{years[0]}–{years[-1]}" if years else ""
    text = told(note.text, language).rstrip(".")
    return f"*{index} " + words("regions_coverage", language, periods=periods, text=text)
