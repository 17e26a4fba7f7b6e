"""A ranking: bars from zero; what is known only within bounds is a hatched stretch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from irtysh.indicators.charts.lanes import Lanes, axis_from
from irtysh.indicators.charts.look import SHEETS, Sheet, plain, reach, specification
from irtysh.indicators.charts.marks import Caption, Chart, Mark
from irtysh.indicators.charts.narration import Story, listed, one_line, story, table_of, words
from irtysh.indicators.charts.palette import hue


def bars_chart(
    rows: Sequence[Mark],
    caption: Caption,
    language: str,
    *,
    colours: Mapping[str, str] | None = None,
) -> Chart:
    """Draw one bar a row in the order given.

    A row without a value but with bounds (others, each below five per cent) is drawn as the
    stretch between them. ``colours`` maps a label to the name of a colour; the rest are grey.
    """
    specs = [_spec(sheet, rows, colours or {}, language) for sheet in SHEETS]
    return Chart(
        caption.id, "bars", language, specs[0], specs[1], **_story(rows, caption, language)
    )


def bar_notes(rows: Sequence[Mark], language: str) -> list[str]:
    """Return what outlines and hatching mean, where they occur."""
    notes = []
    if any(m.value is not None and m.status == "derived" for m in rows):
        notes.append(words("outline_note", language))
    if any(m.value is None and m.is_known for m in rows):
        notes.append(words("hatch_note", language))
    return notes


def _spec(
    sheet: Sheet, rows: Sequence[Mark], colours: Mapping[str, str], language: str
) -> dict[str, Any]:
    lanes = Lanes(sheet, [row.label for row in rows])
    low, high = reach(rows)
    x = axis_from(low, high, room=0.2 if sheet.is_narrow else 0.12)
    layers = [
        lanes.bars([_bar(lanes, row, colours, x) for row in rows if row.is_known], x),
        *lanes.beams([(row.label, row) for row in rows], x),
        *lanes.numbers([_number(lanes, row, language) for row in rows], x),
        *lanes.names_above(),
    ]
    return specification(sheet, layers, height=lanes.height + 30)


def _bar(lanes: Lanes, row: Mark, colours: Mapping[str, str], x: Any) -> dict[str, Any]:
    colour = hue(colours.get(row.label, "rest"))
    edges = x["scale"]["domain"]
    if row.value is None:
        start = plain(row.low) if row.low is not None else edges[0]
        end = plain(row.high) if row.high is not None else edges[1]
        tint, line = hue("hatch"), hue("rest")
    else:
        start, end, line = 0.0, plain(row.value), colour
        tint = hue("paper") if row.status == "derived" else colour
        if row.status == "partial":
            tint = hue("hatch")
    return {"lane": lanes.key(row.label), "start": start, "end": end, "tint": tint, "line": line}


def _number(lanes: Lanes, row: Mark, language: str) -> dict[str, Any]:
    ends = [float(end) for end in (row.value, row.high) if end is not None]
    text = row.written(language) or words("no_data_short", language)
    return {"lane": lanes.key(row.label), "at": max([0.0, *ends]), "text": text}


def _story(rows: Sequence[Mark], caption: Caption, language: str) -> Story:
    own = caption.read(language)
    frame = {"what": own["what"], "unit": own["unit"]}
    valued = [row for row in rows if row.value is not None]
    bounded = [row for row in rows if row.value is None and row.is_known]
    first = max(valued, key=lambda row: row.value or 0, default=None)
    title = own["what"]
    if first is not None:
        text = f"{first.written(language)} {own['unit']}"
        name = one_line(first.label)
        title = words("bars_title", language, what=own["what"], first=name, first_value=text)
    said = [words("bars_list", language, **frame, list=listed(valued, language, by="label"))]
    if bounded:
        names = listed(bounded, language, by="label")
        said.append(words("bars_intervals", language, list=names))
    return story(
        caption,
        language,
        title=title,
        subtitle=words("bars_subtitle", language, **frame),
        description=said,
        table=table_of(rows, language, own["unit"], by_period=False, by_label=True),
        notes=bar_notes(rows, language),
    )
