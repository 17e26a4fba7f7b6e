"""The observation: one printed (or derived) figure with everything needed to read it rightly."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.numbers import Qualifier, printed_interval
from irtysh.vocabulary.period import Period


class Status(StrEnum):
    """How a value came to be."""

    OBSERVED = "OBSERVED"
    DERIVED = "DERIVED"
    ESTIMATED = "ESTIMATED"
    MIRROR = "MIRROR"
    RESIDUAL = "RESIDUAL"
    SUPPRESSED = "SUPPRESSED"
    TARGET = "TARGET"
    """A value that someone plans to reach."""
    MISSING = "MISSING"
    """The source has the cell and leaves it empty; never the same as zero."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure of one source.

    Attributes
    ----------
    dataflow, freq, ref_area, counterpart_area, flow, classification, commodity, measure : str
        Codes of the lists under definitions/codelists; "_U" where the source does not say,
        "_T" for the total, "_Z" where the dimension does not apply.
    period : Period
        With its kind; the unknown period where the source names none.
    base_period : Period or None
        For a growth rate: the period it compares with; None where the measure needs none,
        the unknown period where the source does not say.
    share_of : str
        For a share: the code of the whole ("FLOW:T", "COMMODITY:_T", "COUNTERPART:W");
        "_U" where the source does not say, empty where the measure is no share.
    qualifier : Qualifier
        Words that bound the number: more than, about.
    printed : str
        The number as printed, its precision included; empty where it is missing.
    value : Decimal or None
        The number in ``unit`` × 10**``unit_mult``; None is missing, never zero.
    unit, unit_mult, valuation : str, int, str
        Unit code, power of ten, FOB / CIF / mixed / "_U".
    status : Status
    definition : str
        Note that says what is measured, as the source defines it; may be empty.
    source, locator, retrieved_on : str, str, date or None
        Which source, where in it (lines, table, sheet!cell), and when it was read.
    notes : tuple of str
        Notes that change how the figure is to be read (coverage, place of registration).
    """

    dataflow: str
    freq: str
    ref_area: str
    counterpart_area: str
    flow: str
    classification: str
    commodity: str
    measure: str
    period: Period
    base_period: Period | None
    share_of: str
    qualifier: Qualifier
    printed: str
    value: Decimal | None
    unit: str
    unit_mult: int
    valuation: str
    status: Status
    definition: str
    source: str
    locator: str
    retrieved_on: date | None
    notes: tuple[str, ...] = ()

    @property
    def cell(self) -> tuple[str, ...]:
        """What is measured, whoever says it: rivals share a cell."""
        return (
            self.dataflow,
            self.ref_area,
            self.counterpart_area,
            self.flow,
            self.classification,
            self.commodity,
            self.measure,
            self.period.kind.value,
            self.period.code,
            self.base_period.code if self.base_period else "",
            self.share_of,
            self.unit,
            "TARGET" if self.status is Status.TARGET else "",
        )

    @property
    def series(self) -> tuple[str, ...]:
        """The cell without its period."""
        return self.cell[:7] + self.cell[9:]

    @property
    def id(self) -> str:
        """A stable name: the cell, the source and the place in it, hashed.

        The value is left out, so a corrected value keeps the name and makes a revision.
        """
        text = "\x1f".join((*self.cell, self.source, self.locator))
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def matches(self, wanted: Mapping[str, Any]) -> bool:
        """Return True if every field named has the value wanted; a period is meant by its code."""
        for name, value in wanted.items():
            have = getattr(self, name, None)
            if name in ("period", "base_period"):
                have = have.code if have else ""
            if str(have) != str(value):
                return False
        return True

    @property
    def interval(self) -> Interval | None:
        """The values the printed number admits, in ``unit`` × 10**``unit_mult``."""
        if self.value is None:
            return None
        return printed_interval(self.value, self.qualifier)

    @property
    def base_interval(self) -> Interval | None:
        """The same in the unit itself (dollars, not millions of dollars)."""
        interval = self.interval
        if interval is None:
            return None
        return interval.scaled(Decimal(10) ** self.unit_mult)


FIELD_NAMES = tuple(field.name for field in fields(Observation))
