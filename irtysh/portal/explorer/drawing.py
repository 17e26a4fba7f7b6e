"""The chart of a view: which kinds fit its shape, and why the others do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from irtysh.indicators.charts.direct import Drawn, Point, Series, Words, bars_drawn, lines_drawn
from irtysh.indicators.charts.direct_map import FEWEST, map_drawn
from irtysh.portal.explorer.naming import Naming, period_name
from irtysh.portal.explorer.opening import Opened
from irtysh.portal.explorer.table import calculation_words, number_words, unit_words
from irtysh.portal.registers.map_ground import shapes_of
from irtysh.publication.cells import Cell
from irtysh.publication.computed import compared_period
from irtysh.publication.heads import TOTALS, Key
from irtysh.publication.pivot import Head, Table
from irtysh.publication.views import View
from irtysh.vocabulary.errors import NotAPeriod
from irtysh.vocabulary.period import Period

MOST_LINES = 8
MOST_BARS = 20
_PLACES = ("ref_area", "counterpart_area")


def drawing_of(opened: Opened, view: View, table: Table, naming: Naming) -> dict[str, Any]:
    """Return the chart of a view with its words, or why there is none.

    ``kinds`` lists the charts: each possible, or with the reason why it is not.
    """
    reasons = _reasons(opened, table)
    kind = _kind(view, table, reasons)
    page: dict[str, Any] = {
        "kind": kind,
        "why": reasons["line"] if len(set(reasons.values())) == 1 else "",
        "kinds": [
            {
                "name": name,
                "text": text,
                "why": reasons[name],
                "is_now": name == kind,
                "query": replace(view, chart=name).query(),
            }
            for name, text in _kind_names().items()
        ],
        "none_query": replace(view, chart="none").query(),
    }
    if not kind:
        return page
    drawn, words, notes = _DRAW[kind](opened, view, table, naming)
    return page | {
        "wide": mark_safe(drawn.wide),  # noqa: S308 (our own drawing, texts escaped by the writer)
        "narrow": mark_safe(drawn.narrow),  # noqa: S308
        "alone": drawn.alone,
        "title": words.title,
        "subtitle": words.subtitle,
        "description": words.description,
        "notes": notes,
    }


def _kind_names() -> dict[str, str]:
    return {"line": _("Lines in time"), "bars": _("Bars"), "map": _("Map")}


def _kind(view: View, table: Table, reasons: dict[str, str]) -> str:
    if view.chart == "none" or all(reasons.values()):
        return ""
    if view.chart in reasons and not reasons[view.chart]:
        return view.chart
    few = table.total_rows <= MOST_LINES or bool(reasons["bars"])
    if not reasons["line"] and few:
        return "line"
    return "bars" if not reasons["bars"] else "" if reasons["line"] else "line"


def _reasons(opened: Opened, table: Table) -> dict[str, str]:
    """Return kind → why it cannot be drawn; empty where it can."""
    if table.unit is None:
        why = _("not drawn: the values have different units, choose one measure and one unit")
        return dict.fromkeys(("line", "bars", "map"), why)
    valued = sum(cell.value is not None for cell in table.all_cells.values())
    if not valued:
        why = _("not drawn: there is no value")
        return dict.fromkeys(("line", "bars", "map"), why)
    return {
        "line": "" if _has_time(table) else _("needs two or more periods across or down"),
        "bars": "" if len(_bar_rows(table)) > 1 else _("needs two or more rows with values"),
        "map": "" if _has_places(opened, table) else
        _("needs three or more regions of this border's map in the rows"),
    }  # fmt: skip


def _has_time(table: Table) -> bool:
    """Return True if some series has two dated periods of one kind: what a line can join."""
    if "period" not in (*table.column_dimensions, *table.row_dimensions):
        return False
    series, kind, _left_out = _in_time(table)
    return len({code for points in series.values() for code in points}) > 1 and bool(kind)


def _has_places(opened: Opened, table: Table) -> bool:
    if len(table.row_dimensions) != 1 or table.row_dimensions[0] not in _PLACES:
        return False
    shapes = shapes_of(opened.reading)
    known = {head.key[0] for head in table.all_rows}
    return shapes is not None and len(known & set(shapes.codes())) >= FEWEST


# -- lines

_Drawing = tuple[Drawn, Words, list[str]]


def _lines(opened: Opened, view: View, table: Table, naming: Naming) -> _Drawing:
    series, kind, left_out = _in_time(table)
    periods = sorted({code for points in series.values() for code in points})
    places = _on_axis(kind, periods)
    chosen = sorted(series, key=lambda key: _latest(series[key]), reverse=True)
    notes = []
    if len(chosen) > MOST_LINES:
        counts = {"shown": MOST_LINES, "all": len(chosen)}
        notes.append(_("Drawn: the %(shown)s largest of %(all)s rows.") % counts)
        chosen = chosen[:MOST_LINES]
    if left_out:
        notes.append(_("Periods of another length are in the table only."))
    rows = [
        Series(_series_name(table, key, naming), _points(view, kind, series[key], places, naming))
        for key in chosen
    ]
    said = [_ends(one, series[key], naming) for one, key in zip(rows, chosen, strict=True)]
    words = _words(opened, view, table, naming, notes, " ".join(said))
    axis = [(places[code], period_name(code, opened.language)) for code in periods]
    return lines_drawn(rows, axis, words), words, notes


def _in_time(table: Table) -> tuple[dict[Key, dict[str, Cell]], str, bool]:
    """Return series key → period → cell of the kind of period that occurs most.

    Periods without a day of their own ("no period given") stand in the table only; the kind is
    empty where there are no others.
    """
    across = "period" in table.column_dimensions
    dimensions = table.column_dimensions if across else table.row_dimensions
    place = dimensions.index("period")
    codes = [(column if across else row)[place] for row, column in table.all_cells]
    kinds = Counter(table.periods[code] for code in codes)
    dated = Counter(
        table.periods[code] for code in codes if _day(table.periods[code], code) is not None
    )
    kind = max(dated, key=lambda one: dated[one], default="")
    found: dict[Key, dict[str, Cell]] = {}
    for (row, column), cell in table.all_cells.items():
        key = column if across else row
        if table.periods[key[place]] != kind or _day(kind, key[place]) is None:
            continue
        rest = (*row, *_without(column, place)) if across else (*_without(row, place), *column)
        found.setdefault(rest, {})[key[place]] = cell
    return found, kind, len(kinds) > 1


def _without(key: Key, place: int) -> Key:
    return (*key[:place], *key[place + 1 :])


def _series_name(table: Table, key: Key, naming: Naming) -> str:
    dimensions = [
        name for name in (*table.row_dimensions, *table.column_dimensions) if name != "period"
    ]
    pairs = zip(dimensions, key, strict=True)
    return ", ".join(naming.written(name, code) for name, code in pairs) or naming.words.title


def _on_axis(kind: str, periods: Sequence[str]) -> dict[str, float]:
    found = {code: day for code in periods if (day := _day(kind, code)) is not None}
    first, last = min(found.values()), max(found.values())
    return {code: (day - first) / ((last - first) or 1) for code, day in found.items()}


def _day(kind: str, code: str) -> int | None:
    """Return the first day of a period as a number; None where it names none."""
    try:
        start = Period.parse(kind, code).start
    except NotAPeriod:
        return None
    return start.toordinal() if start is not None else None


def _points(
    view: View, kind: str, cells: dict[str, Cell], places: dict[str, float], naming: Naming
) -> tuple[Point, ...]:
    previous = replace(view, calculation="previous")
    found = []
    for code in sorted(cells):
        cell = cells[code]
        before = cells.get(compared_period(previous, kind, code))
        joins = before is not None and before.value is not None
        found.append(_point(cell, naming, places.get(code, 0.0), joins=joins))
    return tuple(found)


def _point(cell: Cell, naming: Naming, at: float = 0.0, *, joins: bool = False) -> Point:
    wide = cell.low is not None and cell.high is not None
    return Point(at, cell.value, cell.low if wide else None, cell.high if wide else None,
                 number_words(cell, naming.words.language), joins)  # fmt: skip


def _latest(cells: dict[str, Cell]) -> Any:
    known = [cell.value for _code, cell in sorted(cells.items()) if cell.value is not None]
    return (bool(known), abs(known[-1]) if known else 0)


def _ends(one: Series, cells: dict[str, Cell], naming: Naming) -> str:
    known = [code for code in sorted(cells) if cells[code].value is not None]
    if not known:
        return _("%(name)s: no values.") % {"name": one.name}
    said = []
    for code in dict.fromkeys((known[0], known[-1])):
        number = number_words(cells[code], naming.words.language)
        said.append(f"{number} ({period_name(code, naming.words.language)})")
    return f"{one.name}: {' → '.join(said)}."


# -- bars


def _bar_rows(table: Table) -> list[tuple[Head, Cell]]:
    """Return the rows with a cell in the column drawn, wholes left out where their parts are."""
    column = _bar_column(table)
    if column is None:
        return []
    rows = [
        (head, cell)
        for head in table.all_rows
        if (cell := table.all_cells.get((head.key, column.key))) is not None
    ]
    parts = [(head, cell) for head, cell in rows if not set(head.key) & set(TOTALS)]
    return parts if len(parts) > 1 else rows


def _bar_column(table: Table) -> Head | None:
    """Return the last column in which two rows or more have a value, else the last one."""
    for head in reversed(table.all_columns):
        known = [
            row
            for row in table.all_rows
            if (cell := table.all_cells.get((row.key, head.key))) and cell.value is not None
        ]
        if len(known) > 1:
            return head
    return table.all_columns[-1] if table.all_columns else None


def _bars(opened: Opened, view: View, table: Table, naming: Naming) -> _Drawing:
    rows = _bar_rows(table)
    notes = []
    if "period" not in table.row_dimensions:
        rows.sort(key=lambda one: (one[1].value is None, -(one[1].value or 0)))
    if len(rows) > MOST_BARS:
        said = {"shown": MOST_BARS, "all": len(rows)}
        notes.append(_("Drawn: the %(shown)s largest of %(all)s rows.") % said)
    drawn = rows[:MOST_BARS]
    if len(table.all_rows) > len(rows):
        notes.append(_("Totals and rows without a figure in this column are in the table only."))
    bars = [(_row_name(table, head, naming), _point(cell, naming)) for head, cell in drawn]
    column = _bar_column(table)
    at = ", ".join(
        naming.written(name, code)
        for name, code in zip(table.column_dimensions, column.key if column else (), strict=False)
    )
    listed = "; ".join(f"{name} – {point.text or _('no value')}" for name, point in bars)
    words = _words(opened, view, table, naming, notes, f"{listed}.", at)
    return bars_drawn(bars, words), words, notes


def _row_name(table: Table, head: Head, naming: Naming) -> str:
    pairs = zip(table.row_dimensions, head.key, strict=True)
    return ", ".join(naming.written(name, code) for name, code in pairs)


# -- map


def _map(opened: Opened, view: View, table: Table, naming: Naming) -> _Drawing:
    shapes = shapes_of(opened.reading)
    assert shapes is not None
    column = _bar_column(table)
    assert column is not None
    with_shape = set(shapes.codes())
    cells = {
        head.key[0]: table.all_cells.get((head.key, column.key))
        for head in table.all_rows
        if head.key[0] in with_shape
    }
    values = {
        code: None if cell is None or cell.value is None else float(cell.value)
        for code, cell in cells.items()
    }
    notes = []
    if len(values) < table.total_rows:
        notes.append(_("Territories without a shape on this map are in the table only."))
    at = ", ".join(
        naming.written(name, code)
        for name, code in zip(table.column_dimensions, column.key, strict=True)
    )
    named = table.row_dimensions[0]
    listed = "; ".join(
        f"{naming.name(named, code).text} – {_said(cell, opened.language)}"
        for code, cell in cells.items()
    )
    words = _words(opened, view, table, naming, notes, f"{listed}.", at)
    return map_drawn(shapes, values, words), words, notes


def _said(cell: Cell | None, language: str) -> str:
    return number_words(cell, language) if cell and cell.value is not None else _("no value")


_DRAW = {"line": _lines, "bars": _bars, "map": _map}


def _words(
    opened: Opened,
    view: View,
    table: Table,
    naming: Naming,
    notes: Sequence[str],
    described: str,
    at: str = "",
) -> Words:
    """Return title, subtitle and feet: what a picture says once it has left the page."""
    names = [
        naming.written(name, table.fixed[name])
        for name in ("measure", "flow", "ref_area", "counterpart_area", "commodity")
        if table.fixed.get(name, "") not in ("", "_Z", "_U")
    ]
    title = f"{opened.words.title}: {', '.join(names)}" if names else opened.words.title
    unit = calculation_words(view, naming) if view.calculation != "none" else ""
    unit = unit or (unit_words(naming, table.unit) if table.unit else "")
    sources = dict.fromkeys(
        opened.words.source_line(cell.source) for cell in table.all_cells.values() if cell.source
    )
    invented = [_("Invented data.")] if opened.words.invented else []
    feet = (
        *invented,
        *notes,
        _("Source: %(source)s") % {"source": "; ".join(list(sources)[:3])},
        _("Irtysh, %(dataset)s, version %(version)s")
        % {"dataset": opened.offered.id, "version": opened.offered.version},
    )
    subtitle = ", ".join(part for part in (at, unit) if part)
    return Words("view", title, described, subtitle, feet, opened.language)
