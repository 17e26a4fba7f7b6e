"""What a chart is made of: marks (one figure on paper), words, and the finished chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from irtysh.vocabulary.figure import Figure
from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.numbers import Qualifier, format_number
from irtysh.vocabulary.observation import Observation, Status
from irtysh.vocabulary.period import UNKNOWN_PERIOD, Period
from irtysh.vocabulary.text import Text

Standing = Literal["printed", "derived", "partial", "bound"]
"""How a mark came to be: as a source prints it; computed by a formula; the sum of listed parts
only; a bound such as "more than 380"."""

Words = str | Text


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure to be drawn, in the unit of the chart.

    Attributes
    ----------
    period : Period
        What the figure covers; the unknown period in charts without a time axis.
    value : Decimal or None
        Best value; None is missing (or known only as an interval), never zero.
    low, high : Decimal or None
        Bounds of the interval; None where nothing bounds that side.
    status : str
        "printed", "derived", "partial" or "bound".
    label : str
        What is measured, in the reader's language (a partner, a goods group, a series).
    group : str
        Series to which the mark belongs; marks are joined only within one group.
    evidence : tuple of str
        Ids of the observations behind it.
    rival : bool
        True where another mark of the same period is preferred.
    digits : int or None
        Decimals to write; None keeps the printed precision.
    """

    period: Period
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    status: Standing = "printed"
    label: str = ""
    group: str = ""
    evidence: tuple[str, ...] = ()
    rival: bool = False
    digits: int | None = None

    @classmethod
    def from_observation(
        cls,
        observation: Observation,
        *,
        label: str = "",
        group: str = "",
        rival: bool = False,
        unit_mult: int | None = None,
    ) -> Mark:
        """Return the mark of a stored figure, in its unit × 10**``unit_mult`` (None: its own)."""
        shift = 0 if unit_mult is None else observation.unit_mult - unit_mult
        low, high = _bounds(observation.interval, shift)
        bounded = observation.qualifier in _BOUNDS
        plain = observation.status is Status.OBSERVED
        return cls(
            period=observation.period,
            value=_shifted(observation.value, shift),
            low=low,
            high=high,
            status="bound" if bounded else "printed" if plain else "derived",
            label=label,
            group=group,
            evidence=(observation.id,),
            rival=rival,
        )

    @classmethod
    def from_figure(
        cls,
        figure: Figure,
        period: Period = UNKNOWN_PERIOD,
        *,
        status: Standing = "derived",
        label: str = "",
        group: str = "",
        rival: bool = False,
        unit_mult: int = 0,
        digits: int = 1,
    ) -> Mark:
        """Return the mark of a derived figure, divided by 10**``unit_mult``."""
        low, high = _bounds(figure.interval, -unit_mult)
        return cls(
            period=period,
            value=_shifted(figure.point, -unit_mult),
            low=low,
            high=high,
            status=status,
            label=label,
            group=group,
            evidence=figure.evidence,
            rival=rival,
            digits=digits,
        )

    @classmethod
    def missing(cls, period: Period, *, label: str = "", group: str = "") -> Mark:
        """Return the mark of a cell that should have a figure and has none."""
        return cls(period, None, label=label, group=group)

    @property
    def has_interval(self) -> bool:
        """True if both bounds are known and differ."""
        return self.low is not None and self.high is not None and self.low < self.high

    @property
    def is_known(self) -> bool:
        """True if there is a value or at least one bound."""
        return self.value is not None or self.low is not None or self.high is not None

    def written(self, language: str, *, signed: bool = False) -> str:
        """Write the mark for a reader: "402,1", "> 380", "0–83,1"; empty if nothing is known."""
        if self.value is not None:
            text = number(self.value, language, self.digits, signed=signed)
            if self.status != "bound":
                return text
            return f"< {text}" if self.high is not None else f"> {text}"
        if self.low is None and self.high is None:
            return ""
        if self.low is None:
            return f"< {number(self.high, language, self.digits)}"
        if self.high is None:
            return f"> {number(self.low, language, self.digits)}"
        ends = (number(end, language, self.digits) for end in (self.low, self.high))
        return "–".join(ends) if self.low >= 0 else " … ".join(ends)


def number(
    value: Decimal | None, language: str, digits: int | None = None, *, signed: bool = False
) -> str:
    """Write a number, with a plus sign where asked; empty for a missing one."""
    if value is None:
        return ""
    text = format_number(value, language, digits)
    return f"+{text}" if signed and value > 0 else text


@dataclass(frozen=True, slots=True)
class Caption:
    """The words around a chart; each is a text in all languages or a plain string.

    Attributes
    ----------
    id : str
        Stable name of the chart, letters, digits and hyphens: it starts every id in the SVG.
    what : Words
        What is measured, as a noun phrase that can open a sentence.
    unit : Words
        Unit as written beside numbers ("млн долл. США").
    source : Words
        The line under the chart.
    title, subtitle : Words
        Empty where the chart should say them itself from its figures.
    notes : tuple of Words
        Definitions, coverage, place of registration.
    """

    id: str
    what: Words
    unit: Words
    source: Words
    title: Words = ""
    subtitle: Words = ""
    notes: tuple[Words, ...] = ()

    def read(self, language: str) -> dict[str, Any]:
        """Return every field in one language."""
        return {
            "id": self.id,
            "what": told(self.what, language),
            "unit": told(self.unit, language),
            "source": told(self.source, language),
            "title": told(self.title, language),
            "subtitle": told(self.subtitle, language),
            "notes": tuple(told(note, language) for note in self.notes),
        }


def told(words: Words | Mapping[str, str], language: str) -> str:
    """Return a text in a language; a plain string is the same in all of them."""
    return words if isinstance(words, str) else words[language]


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a chart as rows of text; the first cell of a row is its header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure ready to be drawn.

    Attributes
    ----------
    id, kind, language : str
        ``kind`` is series, bars, composition, contribution, change, regions or spark.
    spec, narrow : dict
        Vega-Lite specifications for 720 and for 340 pixels; the same data and encodings.
    title, subtitle, description, source : str
        ``description`` is the text alternative, computed from the figures.
    table : Table
    notes : tuple of str
    """

    id: str
    kind: str
    language: str
    spec: dict[str, Any]
    narrow: dict[str, Any]
    title: str
    subtitle: str
    description: str
    source: str
    table: Table
    notes: tuple[str, ...] = field(default=())


_BOUNDS = {Qualifier.GT, Qualifier.GE, Qualifier.LT, Qualifier.LE}


def _bounds(interval: Interval | None, shift: int) -> tuple[Decimal | None, Decimal | None]:
    if interval is None:
        return None, None
    low = _shifted(interval.low, shift) if interval.low.is_finite() else None
    high = _shifted(interval.high, shift) if interval.high.is_finite() else None
    return low, high


def _shifted(value: Decimal | None, shift: int) -> Decimal | None:
    return value.scaleb(shift) if value is not None and shift else value
