"""A dataset as rows of text and numbers: codes with their labels, units and sources inside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from irtysh.publication.catalogue_words import Described
from irtysh.vocabulary.numbers import Qualifier, stored_interval, stored_value
from irtysh.vocabulary.period import Period
from irtysh.vocabulary.wording import period_in_words

Cell = str | Decimal | int | None

CODED = ("ref_area", "counterpart_area", "flow", "classification", "commodity", "measure")
NUMBERS = ("value", "low", "high", "unit_multiplier")
"""Columns that hold numbers; all others hold text."""

_QUALIFIERS = {one.value: one for one in Qualifier}


def header() -> list[str]:
    """Return the columns: every code column is followed by its label."""
    columns = ["id", "dataset"]
    for column in CODED:
        columns += [column, f"{column}_label"]
    return [
        *columns,
        "period_kind", "period", "period_label", "base_period", "share_of", "qualifier",
        "printed", "value", "low", "high", "unit", "unit_label", "unit_multiplier", "valuation",
        "status", "status_label", "definition", "notes", "source", "source_title",
        "source_address", "locator", "retrieved_on", "preferred", "release", "case",
    ]  # fmt: skip


def rows(told: Described, found: Iterable[Mapping[str, Any]]) -> Iterator[list[Cell]]:
    """Yield a row an observation. An empty cell is missing, never zero; so is an open bound."""
    label = told.label
    period, notes, source = _period_label(told), _notes(told), _source(told)
    version, case = told.offered.version, told.case_line
    for row in found:
        goods = row["classification"]
        unit = row["unit"]
        status = row["status"]
        key = row["source"]
        title, address = source(key)
        value, low, high = bounds(row)
        yield [
            row["id"], row["dataflow"],
            row["ref_area"], label("ref_area", row["ref_area"]),
            row["counterpart_area"], label("counterpart_area", row["counterpart_area"]),
            row["flow"], label("flow", row["flow"]),
            goods, label("classification", goods),
            row["commodity"], label("commodity", row["commodity"], goods),
            row["measure"], label("measure", row["measure"]),
            row["period_kind"], row["period"] or "",
            period(row["period_kind"], row["period"] or ""),
            row["base_period"] or "", row["share_of"] or "",
            row["qualifier"], row["printed"] or "", value, low, high,
            unit, label("unit", unit), 10 ** int(row["unit_mult"] or 0), row["valuation"] or "",
            status, label("status", status),
            told.text(told.notes.get(row["definition"])) if row["definition"] else "",
            notes(row["notes"]) if row["notes"] else "",
            key, title, address, row["locator"] or "",
            row["retrieved_on"].isoformat() if row["retrieved_on"] else "",
            "yes" if told.is_preferred(row["id"]) else "no",
            version, case,
        ]  # fmt: skip


def bounds(row: Mapping[str, Any]) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Return value, low and high of a row: what the printed number admits; None where open.

    A declared value was not printed: it is exact, and both bounds are the value.
    """
    value = stored_value(row["value"], row["printed"])
    interval = stored_interval(value, row["printed"], _QUALIFIERS[row["qualifier"]])
    if interval is None:
        return None, None, None
    low = interval.low if interval.low.is_finite() else None
    high = interval.high if interval.high.is_finite() else None
    return value, low, high


def _period_label(told: Described) -> Callable[[str, str], str]:
    known: dict[tuple[str, str], str] = {}

    def label(kind: str, code: str) -> str:
        if (kind, code) not in known:
            known[kind, code] = period_in_words(Period.parse(kind, code), told.language)
        return known[kind, code]

    return label


def _notes(told: Described) -> Callable[[str], str]:
    known: dict[str, str] = {}

    def joined(ids: str) -> str:
        if ids not in known:
            texts = (told.text(told.notes.get(note)) for note in ids.split(";"))
            known[ids] = " | ".join(texts)
        return known[ids]

    return joined


def _source(told: Described) -> Callable[[str], tuple[str, str]]:
    known: dict[str, tuple[str, str]] = {}

    def title_and_address(source: str) -> tuple[str, str]:
        if source not in known:
            about = told.sources.get(source, {})
            known[source] = told.text(about.get("title")), str(about.get("address") or "")
        return known[source]

    return title_and_address
