"""A selection of a data set as a file: CSV, XLSX, Parquet, JSON, with labels inside."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading
from irtysh.store.schema import to_row
from irtysh.vocabulary.observation import Observation

_NAMED = ("ref_area", "counterpart_area", "flow", "commodity", "measure", "unit", "status")
_NUMBERS = ("value", "low", "high", "unit_mult")

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json; charset=utf-8",
}


def written(reading: Reading, kind: str, columns: Mapping[str, str], title: str) -> bytes:
    """Return the observations that fit ``columns`` as a file of a kind of ``TYPES``."""
    if kind == "parquet":
        return reading.release.parquet(**columns)
    rows = [_labelled(reading, one) for one in reading.release.observations(**columns)]
    writers: Mapping[str, Callable[[Reading, Sequence[Mapping[str, str]], str], bytes]] = {
        "csv": _csv,
        "xlsx": _xlsx,
        "json": _json,
    }
    return writers[kind](reading, rows, title)


def _labelled(reading: Reading, one: Observation) -> dict[str, str]:
    """Return the cells of an observation, its bounds, and the names of its codes."""
    interval = one.interval
    row = to_row(one)
    row["low"] = f"{interval.low:f}" if interval and interval.low.is_finite() else ""
    row["high"] = f"{interval.high:f}" if interval and interval.high.is_finite() else ""
    names = {
        "ref_area": reading.code("areas", one.ref_area),
        "counterpart_area": reading.code("areas", one.counterpart_area),
        "flow": reading.code("flows", one.flow),
        "commodity": words.goods_name(reading, one.classification, one.commodity),
        "measure": reading.code("measures", one.measure),
        "unit": words.unit_words(reading, one.unit, one.unit_mult),
        "status": reading.code("statuses", one.status.value),
    }
    row |= {f"{name}_name": names[name] for name in _NAMED}
    source = words.source_line(reading, one.source, one.locator)
    row["source_title"], row["source_address"] = source["title"], source["address"]
    row["definition_text"] = reading.text(reading.notes.get(one.definition))
    row["notes_text"] = " | ".join(reading.text(reading.notes.get(note)) for note in one.notes)
    row["release"] = reading.release.id
    return row


def _csv(reading: Reading, rows: Sequence[Mapping[str, str]], title: str) -> bytes:
    stream = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def _json(reading: Reading, rows: Sequence[Mapping[str, str]], title: str) -> bytes:
    document: dict[str, Any] = {
        "title": title,
        "language": reading.language,
        "release": reading.release.id,
        "created_at": reading.release.manifest["created_at"],
        "observations": list(rows),
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _xlsx(reading: Reading, rows: Sequence[Mapping[str, str]], title: str) -> bytes:
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("data")
        columns = list(rows[0]) if rows else []
        sheet.write_row(0, 0, columns, bold)
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                text = row[column]
                if column in _NUMBERS and text:
                    sheet.write_number(number, place, float(text))
                elif text:
                    sheet.write_string(number, place, text)
        sheet.freeze_panes(1, 1)
        about = book.add_worksheet("about")
        lines = (title, reading.release.id, str(reading.release.manifest["created_at"]))
        for number, line in enumerate(lines):
            about.write_string(number, 0, line)
        about.set_column(0, 0, 60)
    return stream.getvalue()
