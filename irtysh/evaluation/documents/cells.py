"""The unknowns of a document: one a series and period, in the unit itself."""

from __future__ import annotations

from typing import NamedTuple

from irtysh.vocabulary.errors import NotAPeriod
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.period import Period, PeriodKind


class Cell(NamedTuple):
    """An amount that a document speaks of: its true value is an unknown of the system."""

    dataflow: str
    ref_area: str
    counterpart_area: str
    flow: str
    classification: str
    commodity: str
    measure: str
    unit: str
    kind: str
    period: str

    @property
    def series(self) -> tuple[tuple[str, str], ...]:
        """Dimensions by name, for words."""
        names = self._fields[:7]
        return tuple(zip(names, self[:7], strict=True))

    @property
    def is_total(self) -> bool:
        """True if it covers all goods."""
        return self.commodity in ("_T", "_Z", "")

    @property
    def when(self) -> Period:
        """Its period."""
        return Period.parse(self.kind, self.period)


def cell_of(observation: Observation, period: Period | None = None) -> Cell:
    """Return the unknown that an amount is about, or that it would be in another period.

    The total of goods is one unknown, whatever classification its groups are in.
    """
    moment = period or observation.period
    is_total = observation.commodity == "_T"
    return Cell(
        observation.dataflow,
        observation.ref_area,
        observation.counterpart_area,
        observation.flow,
        "_Z" if is_total else observation.classification,
        observation.commodity,
        observation.measure,
        observation.unit,
        moment.kind.value,
        moment.code,
    )


def kind_of(code: str) -> str:
    """Return the kind of period that a code is written for; years where nothing fits."""
    for kind in PeriodKind:
        try:
            Period.parse(kind, code)
        except NotAPeriod:
            continue
        return kind.value
    return PeriodKind.YEAR.value
