"""Data sets: their list, and one as a table with filters, notes and downloads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from irtysh.portal.presenters import figures, words
from irtysh.portal.presenters.charts import charts_of
from irtysh.portal.reading import Reading
from irtysh.vocabulary.errors import NotAPeriod
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.period import Period
from irtysh.vocabulary.wording import period_in_words

PAGE_SIZE = 100
FORMATS = {
    "csv": "CSV",
    "xlsx": "XLSX",
    "parquet": "Parquet",
    "json": "JSON",
    "jsonstat": "JSON-stat",
    "zip": "ZIP",
}
FILTERS = ("flow", "counterpart_area", "commodity", "measure", "period", "source")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks of a data set: allowed columns with values, and the page."""

    columns: Mapping[str, str]
    page: int = 1

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Asked:
        """Read a query; unknown names, blanks and odd page numbers are left out."""
        number = query.get("page", "1")
        return cls(
            {name: query[name] for name in FILTERS if query.get(name)},
            max(int(number), 1) if number.isdecimal() and len(number) < 6 else 1,
        )


def data_page(reading: Reading) -> dict[str, Any]:
    """Return the data sets in their order."""
    listed = sorted(reading.document("datasets"), key=lambda one: one.get("order", 999))
    return {
        "datasets": [_about(reading, one) for one in listed],
        "formats": FORMATS,
        "release": reading.release.id,
    }


def _about(reading: Reading, dataset: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": dataset["id"],
        "title": reading.text(dataset["title"]),
        "description": reading.text(dataset.get("description")),
        "unit_note": reading.text(dataset.get("unit_note")),
        "rows": reading.release.count(dataflow=dataset["id"]),
    }


def dataset_of(reading: Reading, dataset_id: str) -> Mapping[str, Any] | None:
    """Return a data set of the release, or None."""
    return next((one for one in reading.document("datasets") if one["id"] == dataset_id), None)


def dataset_page(reading: Reading, dataset: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
    """Return one page of a data set with its filters, notes and downloads."""
    chosen = {"dataflow": dataset["id"], **asked.columns}
    total = reading.release.count(**chosen)
    pages = max(-(-total // PAGE_SIZE), 1)
    page = min(asked.page, pages)
    found = reading.release.observations(limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE, **chosen)
    query = urlencode(asked.columns)
    notes = list(dict.fromkeys(note for one in found for note in one.notes))
    return {
        **_about(reading, dataset),
        "filters": [_filter(reading, dataset["id"], name, asked) for name in FILTERS],
        "is_filtered": bool(asked.columns),
        "charts": charts_of(reading, f"data:{dataset['id']}"),
        "found": [_row(reading, one, notes) for one in found],
        "total": total,
        "page": page,
        "pages": pages,
        "first": (page - 1) * PAGE_SIZE + 1 if total else 0,
        "last": min(page * PAGE_SIZE, total),
        "query": query,
        "before": urlencode({**asked.columns, "page": page - 1}) if page > 1 else "",
        "after": urlencode({**asked.columns, "page": page + 1}) if page < pages else "",
        "definitions": figures.notes(reading, [one.definition for one in found]),
        "notes": [reading.text(reading.notes.get(note)) for note in notes],
        "formats": FORMATS,
        "release": reading.release.id,
    }


def _row(reading: Reading, one: Observation, notes: Sequence[str]) -> dict[str, Any]:
    """Return a row of the table; ``notes`` are the numbers of the notes that bear on it."""
    return {
        **figures.number(reading, one),
        "period": words.period_words(reading, one),
        "what": words.what_words(reading, one),
        "unit": words.unit_words(reading, one.unit, one.unit_mult),
        "source": words.source_line(reading, one.source, one.locator),
        "interval": words.interval_words(reading, one.interval),
        "notes": [notes.index(note) + 1 for note in one.notes],
        "is_rival": one.id in reading.standing,
    }


def _filter(reading: Reading, dataset_id: str, name: str, asked: Asked) -> dict[str, Any]:
    labels = {
        "flow": _("Flow"),
        "counterpart_area": _("Partner"),
        "commodity": _("Goods"),
        "measure": _("Measure"),
        "period": _("Period"),
        "source": pgettext("figure", "Source"),
    }
    values = reading.release.distinct(name, dataflow=dataset_id)
    return {
        "name": name,
        "label": labels[name],
        "options": [
            {
                "value": value,
                "label": _option(reading, name, value),
                "is_chosen": asked.columns.get(name) == value,
            }
            for value in values
        ],
    }


def _option(reading: Reading, name: str, value: str) -> str:
    match name:
        case "flow" | "measure":
            return reading.code(f"{name}s", value)
        case "counterpart_area":
            return _("All countries") if value == "W" else reading.code("areas", value)
        case "commodity":
            return _goods(reading, value)
        case "source":
            return str(words.source_line(reading, value)["title"])
        case _:
            return _period(reading, value)


def _goods(reading: Reading, code: str) -> str:
    for name in ("hs_sections", "commodities", "hs_chapters"):
        if code in reading.codes.get(name, {}):
            return reading.code(name, code)
    return code if code not in ("_T", "_Z") else _("All goods")


def _period(reading: Reading, code: str) -> str:
    for kind in ("A", "S", "Q", "M", "C", "P"):
        try:
            period = Period.parse(kind, code)
        except NotAPeriod:
            continue
        return code if kind == "A" else period_in_words(period, reading.language)
    return code
