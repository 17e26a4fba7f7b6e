"""How an observation lies in a table: one column a field, text where text keeps more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from irtysh.vocabulary.numbers import Qualifier, parse_printed
from irtysh.vocabulary.observation import Observation, Status
from irtysh.vocabulary.period import Period

SCHEMA_VERSION = 1
"""Raised when a column is added, dropped or changes its meaning; written in every manifest."""

COLUMNS: Mapping[str, str] = {
    "id": "VARCHAR",
    "dataflow": "VARCHAR",
    "freq": "VARCHAR",
    "ref_area": "VARCHAR",
    "counterpart_area": "VARCHAR",
    "flow": "VARCHAR",
    "classification": "VARCHAR",
    "commodity": "VARCHAR",
    "measure": "VARCHAR",
    "period_kind": "VARCHAR",
    "period": "VARCHAR",
    "period_start": "DATE",
    "period_end": "DATE",
    "base_period_kind": "VARCHAR",
    "base_period": "VARCHAR",
    "share_of": "VARCHAR",
    "qualifier": "VARCHAR",
    "printed": "VARCHAR",
    "value": "DECIMAL(28,8)",
    "unit": "VARCHAR",
    "unit_mult": "INTEGER",
    "valuation": "VARCHAR",
    "status": "VARCHAR",
    "definition": "VARCHAR",
    "source": "VARCHAR",
    "locator": "VARCHAR",
    "retrieved_on": "DATE",
    "notes": "VARCHAR",
}
"""Column → type. ``value`` is DECIMAL so that a sum has one answer whatever the threads do;
``printed`` keeps the precision that DECIMAL does not."""

ORDER = ("dataflow", "ref_area", "counterpart_area", "flow", "commodity", "measure", "period")
"""The order of rows in the file: what is asked together lies together."""


def to_row(observation: Observation) -> dict[str, str]:
    """Return an observation as text cells by column; empty means missing."""
    base = observation.base_period
    return {
        "id": observation.id,
        "dataflow": observation.dataflow,
        "freq": observation.freq,
        "ref_area": observation.ref_area,
        "counterpart_area": observation.counterpart_area,
        "flow": observation.flow,
        "classification": observation.classification,
        "commodity": observation.commodity,
        "measure": observation.measure,
        "period_kind": observation.period.kind.value,
        "period": observation.period.code,
        "period_start": _iso(observation.period.start),
        "period_end": _iso(observation.period.end),
        "base_period_kind": base.kind.value if base else "",
        "base_period": base.code if base else "",
        "share_of": observation.share_of,
        "qualifier": observation.qualifier.value,
        "printed": observation.printed,
        "value": "" if observation.value is None else f"{observation.value:f}",
        "unit": observation.unit,
        "unit_mult": str(observation.unit_mult),
        "valuation": observation.valuation,
        "status": observation.status.value,
        "definition": observation.definition,
        "source": observation.source,
        "locator": observation.locator,
        "retrieved_on": _iso(observation.retrieved_on),
        "notes": ";".join(observation.notes),
    }


def from_row(row: Mapping[str, Any]) -> Observation:
    """Return the observation of a row as DuckDB gives it (dates as dates, missing as None)."""
    value = row["value"]
    printed = row["printed"] or ""
    return Observation(
        dataflow=row["dataflow"],
        freq=row["freq"] or "",
        ref_area=row["ref_area"],
        counterpart_area=row["counterpart_area"],
        flow=row["flow"],
        classification=row["classification"],
        commodity=row["commodity"],
        measure=row["measure"],
        period=Period.parse(row["period_kind"], row["period"] or ""),
        base_period=(
            Period.parse(row["base_period_kind"], row["base_period"] or "")
            if row["base_period_kind"]
            else None
        ),
        share_of=row["share_of"] or "",
        qualifier=Qualifier(row["qualifier"]),
        printed=printed,
        value=None if value is None else parse_printed(printed) if printed else Decimal(value),
        unit=row["unit"],
        unit_mult=int(row["unit_mult"]),
        valuation=row["valuation"] or "",
        status=Status(row["status"]),
        definition=row["definition"] or "",
        source=row["source"],
        locator=row["locator"] or "",
        retrieved_on=row["retrieved_on"],
        notes=tuple(row["notes"].split(";")) if row["notes"] else (),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
