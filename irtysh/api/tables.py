"""A dataset as rows of text and numbers: codes with their labels, units and sources inside."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from irtysh.publication.edition import Edition
from irtysh.sources.case.tables import CODED, COMMODITIES
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.wording import period_in_words

Cell = str | Decimal | int | None

_CODED = ("ref_area", "counterpart_area", "flow", "classification", "commodity", "measure")


def header() -> list[str]:
    """Return the columns: every code column is followed by its label."""
    columns = ["id", "dataset"]
    for column in _CODED:
        columns += [column, f"{column}_label"]
    return [
        *columns,
        "period_kind", "period", "period_label", "base_period", "share_of", "qualifier",
        "printed", "value", "low", "high", "unit", "unit_label", "unit_multiplier", "valuation",
        "status", "status_label", "definition", "notes", "source", "source_title",
        "source_address", "locator", "retrieved_on", "preferred", "release", "case",
    ]  # fmt: skip


def rows(edition: Edition, observations: list[Observation]) -> Iterator[list[Cell]]:
    """Yield one row an observation. An empty cell is missing, never zero; so is an open bound."""
    case = edition.text(edition.case.get("title"))
    for observation in observations:
        yield [
            *_what(edition, observation),
            *_value(edition, observation),
            *_origin(edition, observation),
            _standing(edition, observation),
            edition.release.id,
            case,
        ]


def _standing(edition: Edition, observation: Observation) -> str:
    """Return "no" where another value of the same cell is preferred, or none is."""
    standing = edition.standing.get(observation.id)
    return "yes" if standing is None or standing["preferred"] else "no"


def _what(edition: Edition, observation: Observation) -> Iterator[Cell]:
    yield observation.id
    yield observation.dataflow
    for column in _CODED:
        code = getattr(observation, column)
        name = CODED.get(column) or COMMODITIES.get(observation.classification, "")
        yield code
        yield edition.code(name, code) if name else ""
    yield observation.period.kind.value
    yield observation.period.code
    yield period_in_words(observation.period, edition.language)
    yield observation.base_period.code if observation.base_period else ""
    yield observation.share_of


def _value(edition: Edition, observation: Observation) -> Iterator[Cell]:
    interval = observation.interval
    yield observation.qualifier.value
    yield observation.printed
    yield observation.value
    yield interval.low if interval and interval.low.is_finite() else None
    yield interval.high if interval and interval.high.is_finite() else None
    yield observation.unit
    yield edition.code("units", observation.unit)
    yield 10**observation.unit_mult
    yield observation.valuation
    yield observation.status.value
    yield edition.code("statuses", observation.status.value)


def _origin(edition: Edition, observation: Observation) -> Iterator[Cell]:
    source = edition.sources.get(observation.source, {})
    yield edition.text(edition.notes.get(observation.definition))
    yield " | ".join(edition.text(edition.notes.get(note)) for note in observation.notes)
    yield observation.source
    yield edition.text(source.get("title"))
    yield source.get("address") or ""
    yield observation.locator
    yield observation.retrieved_on.isoformat() if observation.retrieved_on else ""
