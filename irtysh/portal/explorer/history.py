"""One cell through the versions of its dataset: what was said when, and what changed."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from irtysh.portal.explorer.naming import Naming, dimension_names
from irtysh.portal.explorer.opening import Opened
from irtysh.portal.explorer.table import number_words, unit_words
from irtysh.portal.presenters.words import qualifier_words
from irtysh.publication.cells import Cell, Row, cell_of, interval_of
from irtysh.publication.pivot import READ
from irtysh.publication.views import DIMENSIONS, View
from irtysh.registries.records.shelf import catalogue
from irtysh.store.selection import Selection
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.numbers import Qualifier, format_number

MOST_VERSIONS = 24
MOST_ROWS = 200
"""What speaks of one cell: rivals and repeats. A place of more is none of a cell."""
_OPEN = "*"


def selection_of_place(place: str) -> Selection | None:
    """Return what a cell's place in an address selects; None where it is no place."""
    parts = place.split("~")
    if len(parts) != len(DIMENSIONS):
        return None
    named = dict(zip(DIMENSIONS, parts, strict=True))
    if not named["ref_area"] or not named["measure"]:
        return None
    return Selection.of({name: code for name, code in named.items() if code not in (_OPEN, "")})


def history_page(opened: Opened, place: str) -> dict[str, Any] | None:
    """Return the page of one cell; None where the address is no place of this dataset."""
    selection = selection_of_place(place)
    if selection is None:
        return None
    if opened.offered.dataset.count(selection) > MOST_ROWS:
        return None
    naming = Naming(opened.words, View())
    versions = catalogue().versions(opened.offered.id)
    told = [
        (version, created, _rows(opened, version, selection))
        for version, created in versions[:MOST_VERSIONS]
    ]
    if not any(rows for _version, _created, rows in told):
        return None
    now = _rows(opened, opened.offered.version, selection)
    return {
        "id": opened.offered.id,
        "dataset": opened.words.title,
        "is_invented": opened.words.invented,
        "codes": _codes(selection, naming),
        "now": [_said(row, naming) for row in now],
        "figures": [row["id"] for row in now] if opened.offered.kind == "case" else [],
        "versions": _changes(opened, told, naming),
        "count": len(versions),
        "most": MOST_VERSIONS,
        "version": opened.offered.version,
    }


def _rows(opened: Opened, version: str, selection: Selection) -> list[Row]:
    dataset = catalogue().get(opened.offered.id, version).dataset
    return list(islice(dataset.stream(selection, READ), MOST_ROWS))


def _codes(selection: Selection, naming: Naming) -> list[dict[str, str]]:
    labels = dimension_names()
    return [
        {"label": labels[name], "text": naming.name(name, codes[0]).text, "code": codes[0]}
        for name, codes in selection.codes.items()
        if codes[0] not in ("_Z", "_U")
    ]


def _said(row: Row, naming: Naming) -> dict[str, Any]:
    language = naming.words.language
    cell = cell_of([row])
    interval = interval_of(row)
    return {
        "text": number_words(cell, language),
        "words": qualifier_words(Qualifier(cell.qualifier)),
        "is_missing": cell.value is None,
        "unit": unit_words(naming, (cell.unit, cell.unit_mult)),
        "interval": ""
        if interval is None or interval.low == interval.high
        else "–".join(format_number(end, language) for end in (interval.low, interval.high)),
        "status": codelist("statuses").label(cell.status, language),
        "source": naming.words.source_line(cell.source),
        "id": row["id"],
        "locator": row.get("locator") or "",
    }


def _changes(opened: Opened, told: list[Any], naming: Naming) -> list[dict[str, Any]]:
    """Return the versions, the newest first, each with what it changed against the one before."""
    found = []
    for place, (version, created, rows) in enumerate(told):
        before = told[place + 1][2] if place + 1 < len(told) else None
        cell = cell_of(rows, opened.preferred) if rows else None
        old = cell_of(before, opened.preferred) if before else None
        found.append(
            {
                "id": version,
                "created": created,
                "text": number_words(cell, opened.language) if cell else "",
                "words": qualifier_words(Qualifier(cell.qualifier)) if cell else "",
                "is_absent": cell is None,
                "is_missing": cell is not None and cell.value is None,
                "unit": unit_words(naming, (cell.unit, cell.unit_mult)) if cell else "",
                "others": max(len(rows) - 1, 0),
                "what": _what(cell, old, is_first=before is None, language=opened.language),
                "has_changed": before is not None and _face(cell) != _face(old),
            }
        )
    return found


def _face(cell: Cell | None) -> Any:
    if cell is None:
        return None
    return cell.value, cell.unit, cell.unit_mult, cell.status, cell.qualifier, cell.rivals


def _what(cell: Cell | None, old: Cell | None, *, is_first: bool, language: str) -> str:
    if is_first:
        return _("first version kept") if cell else ""
    if _face(cell) == _face(old):
        return _("unchanged")
    if old is None:
        return _("added")
    if cell is None:
        return _("withdrawn")
    if cell.value is not None and old.value is not None and cell.value != old.value:
        same = (cell.unit, cell.unit_mult) == (old.unit, old.unit_mult)
        said = {"old": number_words(old, language), "new": number_words(cell, language)}
        if same:
            by = cell.value - old.value
            said["by"] = ("+" if by > 0 else "") + format_number(by, language)
            return _("value %(old)s → %(new)s (%(by)s)") % said
        return _("value %(old)s → %(new)s") % said
    if (cell.value is None) != (old.value is None):
        return _("a value was given") if old.value is None else _("the value was taken back")
    return _("status, source or other values changed")
