"""All indicators over the observations of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from irtysh.indicators import partner_shapes, price_shapes, shapes, table_shapes, time_shapes
from irtysh.indicators.catalogue import Definition, catalogue, definition
from irtysh.indicators.derive import derive
from irtysh.indicators.known import Knowledge, SeriesKey, gather
from irtysh.indicators.results import Result
from irtysh.indicators.shapes import Scope
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.places import DEFINITIONS

ANY = "*"

SHAPES: Mapping[str, Callable[[Scope], Iterator[Result]]] = {
    "values": shapes.values,
    "changes": shapes.changes,
    "changes_by_year": shapes.changes_by_year,
    "from_first": shapes.from_first,
    "every_base": shapes.every_base,
    "both_flows": shapes.both_flows,
    "partner_share": shapes.partner_share,
    "whole_table": table_shapes.whole_table,
    "whole_table_grouped": table_shapes.whole_table_grouped,
    "table_and_total": table_shapes.table_and_total,
    "group_shares": table_shapes.group_shares,
    "group_in_total": table_shapes.group_in_total,
    "group_changes": table_shapes.group_changes,
    "table_changes": table_shapes.table_changes,
    "group_contributions": table_shapes.group_contributions,
    "group_contributions_in_total": table_shapes.group_contributions_in_total,
    "partner_total": partner_shapes.partner_total,
    "partner_bounds": partner_shapes.partner_bounds,
    "parts_of_years": time_shapes.parts_of_years,
    "same_time_last_year": time_shapes.same_time_last_year,
    "seasonal_series": time_shapes.seasonal_series,
    "seasonal_whole": time_shapes.seasonal_whole,
    "whole_run": time_shapes.whole_run,
    "shifts": time_shapes.shifts,
    "warnings": time_shapes.warnings,
    "forecasts": time_shapes.forecasts,
    "deflated": price_shapes.deflated,
    "market": price_shapes.market,
    "unit_values": price_shapes.unit_values,
}


def compute_all(
    observations: Iterable[Observation],
    *,
    headline: Mapping[str, str],
    preferred: Set[str] | None = None,
) -> list[Result]:
    """Return every result of every indicator, in the order of the catalogue.

    Parameters
    ----------
    observations : all of a case or release, in any order
    headline : ref_area, counterpart_area, dataflow, flow … of case.yaml
        Fills the blanks of the definitions, and names the pair meant by a rate that leaves
        its counterpart open.
    preferred : ids of observations, or None
        See ``irtysh.indicators.known.gather``.
    """
    knowledge = prepare(observations, headline=headline, preferred=preferred)
    return compute_known(knowledge, headline=headline)


def compute_known(knowledge: Knowledge, *, headline: Mapping[str, str]) -> list[Result]:
    """Return every result of every indicator over what is known already."""
    return [
        result
        for one in catalogue().values()
        for result in compute_one(one, knowledge, headline=headline)
    ]


def compute(
    definition_id: str,
    observations: Iterable[Observation],
    *,
    headline: Mapping[str, str],
    preferred: Set[str] | None = None,
) -> list[Result]:
    """Return every result of one indicator; raises UnknownCode if there is none such."""
    knowledge = prepare(observations, headline=headline, preferred=preferred)
    return compute_one(definition(definition_id), knowledge, headline=headline)


def prepare(
    observations: Iterable[Observation],
    *,
    headline: Mapping[str, str],
    preferred: Set[str] | None = None,
    coverage_notes: Set[str] = frozenset(),
) -> Knowledge:
    """Return what is known: the choice among rivals made, derivable levels added."""
    knowledge = gather(observations, preferred, coverage_notes)
    derive(knowledge, headline)
    return knowledge


def compute_one(
    one: Definition, knowledge: Knowledge, *, headline: Mapping[str, str]
) -> list[Result]:
    """Return the results of a definition over what is known.

    A case without a headline has no pair to ask about: definitions with blanks give nothing.
    """
    try:
        selected = _filled(one.inputs["select"], headline)
    except KeyError:
        return []
    keys = [key for key in sorted(knowledge.levels) if _matches(key, selected)]
    scope = Scope(one, knowledge, keys, thresholds())
    return list(SHAPES[one.inputs["shape"]](scope))


@cache
def thresholds() -> Mapping[str, Decimal]:
    """Return name → number of definitions/thresholds/indicators.yaml."""
    path = DEFINITIONS / "thresholds" / "indicators.yaml"
    with path.open(encoding="utf-8") as stream:
        loaded = yaml.load(stream, Loader=yaml.CSafeLoader)
    return {name: Decimal(entry["value"]) for name, entry in loaded.items()}


def _filled(select: Mapping[str, Any], headline: Mapping[str, str]) -> dict[str, list[str]]:
    """Fill the blanks of a selector; a dimension that it does not name may be anything."""
    filled = {}
    for dimension, wanted in select.items():
        listed = wanted if isinstance(wanted, list) else [wanted]
        filled[dimension] = [str(code).format_map(headline) for code in listed]
    return filled


def _matches(key: SeriesKey, selected: Mapping[str, list[str]]) -> bool:
    return all(
        ANY in wanted or getattr(key, dimension) in wanted for dimension, wanted in selected.items()
    )
