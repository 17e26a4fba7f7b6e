"""The derived figure: a number that knows its bounds, its coverage and its evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from irtysh.vocabulary.interval import Interval


@dataclass(frozen=True, slots=True)
class Figure:
    """A result of a formula over observations.

    Attributes
    ----------
    point : Decimal or None
        Best value in ``unit``; None where the formula has no result (see ``flags``).
    low, high : Decimal or None
        Bounds propagated from the inputs.
    unit : str
        Code of definitions/codelists/units.csv.
    coverage : Decimal or None
        Value used divided by the published total, 0 to 1; None where no total is known.
    flags : tuple of str
        Codes of definitions/codelists/flags.csv: why a result is missing or doubtful.
    evidence : tuple of str
        Ids of the observations it rests on.
    formula : str
        Id of the indicator definition or of the rule that made it.
    """

    point: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    coverage: Decimal | None = None
    flags: tuple[str, ...] = ()
    evidence: tuple[str, ...] = field(default=())
    formula: str = ""

    @property
    def interval(self) -> Interval | None:
        """Bounds as a closed interval; None where the figure has no result."""
        if self.low is None or self.high is None:
            return None
        return Interval(self.low, self.high)
