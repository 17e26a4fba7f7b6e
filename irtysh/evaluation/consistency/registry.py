"""All rules, in the order in which findings of one severity are listed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from irtysh.evaluation.consistency.book import Book, Findings
from irtysh.evaluation.consistency.rules import (
    acts,
    claims,
    composition,
    coverage,
    documents,
    flows,
    growth,
    nested,
    periods,
    ranks,
    repeats,
    rivals,
    sums,
    undated,
    units,
)

RULES: Mapping[str, Callable[[Book], Findings]] = {
    claims.RULE: claims.find,
    flows.RULE: flows.find,
    growth.RULE: growth.find,
    sums.RULE: sums.find,
    nested.RULE: nested.find,
    rivals.RULE: rivals.find,
    units.RULE: units.find,
    periods.RULE: periods.find,
    undated.RULE: undated.find,
    coverage.RULE: coverage.find,
    composition.RULE: composition.find,
    ranks.RULE: ranks.find,
    repeats.RULE: repeats.find,
    acts.RULE: acts.find,
    documents.RULE: documents.find,
}
