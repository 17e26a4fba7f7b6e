"""Change between two years: a ring where it was, a disc where it is, the change in per cent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from irtysh.indicators.charts.lanes import TINT, Lanes, axis_from
from irtysh.indicators.charts.look import (
    DISC,
    RING,
    SHEETS,
    Sheet,
    layer,
    plain,
    reach,
    specification,
)
from irtysh.indicators.charts.marks import Caption, Chart, Mark, Table, number
from irtysh.indicators.charts.narration import Story, one_line, short_period, story, words
from irtysh.indicators.charts.palette import hue

Pair = tuple[Mark, Mark]


def change_chart(
    pairs: Sequence[Pair],
    caption: Caption,
    language: str,
    *,
    changes: Mapping[str, Mark] | None = None,
) -> Chart:
    """Draw one lane a pair (earlier, later) of the same label, in the order given.

    ``changes`` maps a label to its change in per cent, as the indicator computed it.
    """
    rates = dict(changes or {})
    specs = [_spec(sheet, pairs, rates, language) for sheet in SHEETS]
    told = _story(pairs, rates, caption, language)
    return Chart(caption.id, "change", language, specs[0], specs[1], **told)


def _spec(
    sheet: Sheet, pairs: Sequence[Pair], rates: Mapping[str, Mark], language: str
) -> dict[str, Any]:
    lanes = Lanes(sheet, [end.label for _, end in pairs])
    x = axis_from(*reach([m for pair in pairs for m in pair]), room=0.16)
    years = [short_period(mark, language) for mark in pairs[0]]
    rule = {"type": "rule", "strokeWidth": 3, "yOffset": lanes.shift}
    lines = [
        {
            "lane": lanes.key(end.label),
            "start": plain(start.value),
            "end": plain(end.value),
            "tint": _tint(start, end),
        }
        for start, end in pairs
        if start.value is not None and end.value is not None
    ]
    layers = [
        layer(
            rule, lines, y=lanes.y(), x={**x, "field": "start"}, x2={"field": "end"}, stroke=TINT
        ),
        *_ends(lanes, pairs, years, x),
        *lanes.numbers([_number(lanes, pair, rates, language) for pair in pairs], x),
        *lanes.names_above(),
    ]
    return specification(sheet, layers, height=lanes.height + 60)


def _ends(lanes: Lanes, pairs: Sequence[Pair], years: Sequence[str], x: Any) -> list[Any]:
    values = [
        {
            "lane": lanes.key(mark.label),
            "value": plain(mark.value),
            "year": year,
            "tint": _tint(start, end),
        }
        for start, end in pairs
        for mark, year in zip((start, end), years, strict=True)
        if mark.value is not None
    ]
    scale = {"domain": list(years), "range": [RING, DISC]}
    sign = {"field": "year", "type": "nominal", "scale": scale, "legend": {}}
    common = {"type": "point", "size": 90, "opacity": 1, "stroke": None, "yOffset": lanes.shift}
    at = {**x, "field": "value"}
    ground = {**common, "shape": "circle", "fill": hue("paper")}
    return [
        layer(ground, values, y=lanes.y(), x=at),
        layer(common, values, y=lanes.y(), x=at, shape=sign, fill=TINT),
    ]


def _tint(start: Mark, end: Mark) -> str:
    if start.value is None or end.value is None or start.value == end.value:
        return hue("rest")
    return hue("down" if end.value < start.value else "both")


def _number(lanes: Lanes, pair: Pair, rates: Mapping[str, Mark], language: str) -> dict[str, Any]:
    label = pair[1].label
    ends = [plain(mark.value) or 0.0 for mark in pair]
    text = _rate(rates.get(label), language)
    return {"lane": lanes.key(label), "at": max(ends), "text": text}


def _rate(rate: Mark | None, language: str) -> str:
    if rate is None or rate.value is None:
        return ""
    return f"{rate.written(language, signed=True)}\N{NO-BREAK SPACE}%"


def _story(
    pairs: Sequence[Pair], rates: Mapping[str, Mark], caption: Caption, language: str
) -> Story:
    own = caption.read(language)
    start, end = (short_period(mark, language) for mark in pairs[0])
    both = [(a.value, b.value) for a, b in pairs if a.value is not None and b.value is not None]
    counts = {
        "up": str(sum(a < b for a, b in both)),
        "down": str(sum(a > b for a, b in both)),
        "same": str(sum(a == b for a, b in both)),
    }
    frame = {"what": own["what"], "unit": own["unit"], "start": start, "end": end}
    lines = []
    for a, b in pairs:
        rate = _rate(rates.get(b.label), language)
        text = f"{one_line(b.label)}: {a.written(language)} → {b.written(language)}"
        lines.append(f"{text} ({rate})" if rate else text)
    return story(
        caption,
        language,
        title=words("change_title", language, what=own["what"], **counts),
        subtitle=words("change_subtitle", language, **frame),
        description=[words("change_list", language, **frame, list="; ".join(lines))],
        table=_table(pairs, rates, (start, end), own["unit"], language),
    )


def _table(
    pairs: Sequence[Pair],
    rates: Mapping[str, Mark],
    years: tuple[str, str],
    unit: str,
    language: str,
) -> Table:
    header = (
        words("col_item", language),
        *(f"{year}, {unit}" for year in years),
        words("col_change", language),
    )
    rows = tuple(
        (
            one_line(end.label),
            start.written(language),
            end.written(language),
            number(rates[end.label].value, language, rates[end.label].digits, signed=True)
            if end.label in rates
            else "",
        )
        for start, end in pairs
    )
    return Table(header, rows)
