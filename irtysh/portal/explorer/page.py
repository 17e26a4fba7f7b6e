"""The page of a view: the words above the table, the panel beside it, what stands below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from irtysh.portal.explorer.choosers import choosers, periods_of
from irtysh.portal.explorer.drawing import drawing_of
from irtysh.portal.explorer.formulas import bases_of, formula_words, lacks_whole, wholes_of
from irtysh.portal.explorer.naming import Naming, dimension_names, period_name
from irtysh.portal.explorer.opening import Opened, about
from irtysh.portal.explorer.table import (
    calculation_words,
    definitions,
    table_page,
    unit_words,
)
from irtysh.publication.pivot import MOST_OBSERVATIONS, Table, pivot
from irtysh.publication.selecting import available, emptied_by
from irtysh.publication.view_queries import as_download, as_sdmx, snippets
from irtysh.publication.views import DIMENSIONS, LATEST, LEVELS, View

FORMS = {
    "csv": "CSV", "xlsx": "XLSX", "json": "JSON", "jsonstat": "JSON-stat", "parquet": "Parquet",
}  # fmt: skip


def explore_page(
    opened: Opened, view: View, searches: Mapping[str, str], origin: str
) -> dict[str, Any]:
    """Return everything that the page of a view shows.

    ``origin`` is the address of the portal without a slash at its end.
    """
    offered, language = opened.offered, opened.language
    naming = Naming(opened.words, view)
    table = pivot(view, offered, preferred=opened.preferred, naming=naming)
    page = {
        **about(opened),
        "version": offered.version,
        "address": reverse("portal:explore-dataset", args=[offered.id]),
        "cell": _cell_address(view, offered.id),
        "query": view.query(),
        "is_fixed": view.version != LATEST,
        "saying": _saying(view, table, naming),
        "panel": _panel(opened, view, table, naming, searches),
        "downloads": {
            name: as_download(view, offered, language, form) for form, name in FORMS.items()
        },
        "links": _links(opened, view),
        **_machines(opened, view, origin),
    }
    if table.too_many:
        return {**page, "narrow": _narrow(opened, view, table)}
    if not table.observations:
        return {**page, "emptied": _emptied(opened, view, naming)}
    return {
        **page,
        "table": table_page(view, table, naming),
        "chart": drawing_of(opened, view, table, naming),
        "definitions": definitions(table, naming),
        "sources": _sources(opened, table),
        "formula": formula_words(opened, view),
        "lacks_whole": view.whole if lacks_whole(view, offered.dataset) else "",
        "caption": _caption(opened, view, table, naming),
    }


def _cell_address(view: View, dataset_id: str) -> str:
    """Return the beginning of the address of a cell of the view; its place comes behind."""
    version = "" if view.version == LATEST else f"version={view.version}&"
    return reverse("portal:explore-cell", args=[dataset_id]) + f"?{version}k="


def _saying(view: View, table: Table, naming: Naming) -> list[dict[str, str]]:
    """Return what is the same for the whole table: "Exports · Omsk Region · million USD"."""
    unsaid = ("", "_Z", "_U")
    shown = ("measure", "flow", "ref_area", "counterpart_area", "commodity", "freq")
    labels = dimension_names()
    found = [
        {
            "label": labels[name],
            "text": naming.written(name, table.fixed[name]),
            "language": naming.name(name, table.fixed[name]).language,
        }
        for name in shown
        if table.fixed.get(name, "") not in unsaid
    ]
    if table.unit:
        found.append({"label": _("Unit"), "text": unit_words(naming, table.unit)})
    if view.calculation != "none":
        found.append({"label": _("Computed"), "text": calculation_words(view, naming)})
    return found


def _caption(opened: Opened, view: View, table: Table, naming: Naming) -> str:
    said = [one["text"] for one in _saying(view, table, naming)]
    return f"{opened.words.title}: " + " · ".join(said) if said else opened.words.title


def _panel(
    opened: Opened, view: View, table: Table, naming: Naming, searches: Mapping[str, str]
) -> dict[str, Any]:
    """Return the form: choosers, span, layout, computation and look."""
    dataset = opened.offered.dataset
    trees = choosers(view, dataset, naming, searches)
    labels = dimension_names()
    places = [one["name"] for one in trees]
    dimensions = [name for name in DIMENSIONS if name in (*places, "period")]
    periods = periods_of(view, dataset)
    named = [(code, period_name(code, opened.language)) for code in periods]
    goods = available(view, dataset, "commodity")
    levels = [size for size in LEVELS if any(c.isdigit() and len(c) == int(size) for c in goods)]
    return {
        "trees": trees,
        "periods": named,
        "bases": [(code, period_name(code, opened.language)) for code in bases_of(view, dataset)],
        "start": view.start,
        "end": view.end,
        "dimensions": [(name, labels[name]) for name in dimensions],
        "rows": _two(table.row_dimensions),
        "columns": _two(table.column_dimensions),
        "levels": levels if len(levels) > 1 or view.level else [],
        "level": view.level,
        "wholes": wholes_of(view, dataset),
        "view": view,
        "kept": [("version", view.version)] if view.version != LATEST else [],
        "sort": view.sort if view.sort != "code" else "",
    }


def _two(dimensions: tuple[str, ...]) -> list[str]:
    return [*dimensions[:3], ""][: max(2, min(len(dimensions), 3))]


def _links(opened: Opened, view: View) -> dict[str, str]:
    """Return the two lasting addresses of the view: of what is newest, and of this version."""
    fixed = replace(view, version=opened.offered.version)
    return {"latest": replace(view, version=LATEST).query(), "fixed": fixed.query()}


def _machines(opened: Opened, view: View, origin: str) -> dict[str, Any]:
    asked = as_sdmx(view, opened.offered)
    labels = dimension_names() | {"level": _("Level of goods")}
    return {
        "sdmx": origin + asked.path,
        "snippets": snippets(asked, opened.offered, origin),
        "loose": [labels.get(name, name) for name in asked.loose],
    }


def _narrow(opened: Opened, view: View, table: Table) -> dict[str, Any]:
    """Return what to say where a view selects more than a page shows, and what to narrow."""
    labels = dimension_names()
    sizes = [
        (labels[name], len(available(view, opened.offered.dataset, name)))
        for name in DIMENSIONS
        if name != "period"
    ]
    widest = sorted((one for one in sizes if one[1] > 1), key=lambda one: -one[1])[:3]
    return {"count": table.observations, "most": MOST_OBSERVATIONS, "widest": widest}


def _emptied(opened: Opened, view: View, naming: Naming) -> dict[str, Any]:
    """Return which choice left nothing, and the views without it."""
    labels = dimension_names() | {
        "start": pgettext("period", "From"),
        "end": pgettext("period", "To"),
        "level": _("Level of goods"),
    }
    return {
        "choices": [
            {
                "label": labels[one.name],
                "said": _choice(view, one.name, naming),
                "count": one.count,
                "query": view.without(one.name).query() or "show=labels",
            }
            for one in emptied_by(view, opened.offered.dataset)
        ]
    }


def _choice(view: View, name: str, naming: Naming) -> str:
    if name in ("start", "end"):
        return period_name(getattr(view, name), naming.words.language)
    if name == "level":
        return view.level
    return ", ".join(naming.name(name, code).text for code in view.codes[name][:4])


def _sources(opened: Opened, table: Table) -> list[dict[str, str]]:
    ids = dict.fromkeys(cell.source for cell in table.cells.values() if cell.source)
    return [
        {
            "id": one if opened.reading_of_case is not None else "",
            "title": opened.words.text(opened.words.sources.get(one, {}).get("title")) or one,
            "address": str(opened.words.sources.get(one, {}).get("address") or ""),
        }
        for one in ids
    ]
