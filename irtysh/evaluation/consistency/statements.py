"""Fields of statements, read into series and periods (docs/methodology/statements.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from irtysh.evaluation.consistency.ledger import Quantity, Series
from irtysh.vocabulary.errors import NotAPeriod
from irtysh.vocabulary.period import UNKNOWN_PERIOD, Period


def series_named(fields: Mapping[str, Any]) -> tuple[Series, Quantity]:
    """Return the series that a statement's ``series`` field names."""
    commodity = str(fields.get("commodity", "_T"))
    whole = commodity in ("_T", "_Z")
    series = Series(
        str(fields.get("dataflow", "")),
        str(fields.get("ref_area", "")),
        str(fields.get("counterpart_area", "_Z")),
        str(fields.get("flow", "_Z")),
        "_Z" if whole else str(fields.get("classification", "_Z")),
        "_T" if whole else commodity,
    )
    return series, Quantity(str(fields.get("measure", "VALUE")), str(fields.get("unit", "USD")))


def period_of(code: object) -> Period:
    """Return the period of a code as statements write it; unknown where there is none."""
    text = str(code or "")
    for kind in ("A", "S", "Q", "M", "C", "P"):
        try:
            return Period.parse(kind, text)
        except NotAPeriod:
            continue
    return UNKNOWN_PERIOD


def periods_of(codes: object) -> tuple[Period, ...]:
    """Return the periods of a list of codes."""
    return tuple(period_of(code) for code in codes) if isinstance(codes, list) else ()
