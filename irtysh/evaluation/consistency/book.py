"""What a rule is given: the ledger, the implied levels, the tables, the thresholds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from irtysh.evaluation.consistency.finding import Finding
from irtysh.evaluation.consistency.ledger import Ledger
from irtysh.evaluation.consistency.links import Levels
from irtysh.evaluation.consistency.tables import Tables


@dataclass(frozen=True)
class Book:
    """One case, read once for all rules."""

    ledger: Ledger

    @cached_property
    def levels(self) -> Levels:
        """Printed and implied levels of every series."""
        return Levels(self.ledger)

    @cached_property
    def tables(self) -> Tables:
        """Tables of goods and their totals."""
        return Tables(self.ledger, self.levels)


Findings = Iterator[Finding]
