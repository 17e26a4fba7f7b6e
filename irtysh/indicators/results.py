"""A computed indicator: which one, of what, for when, and the figure with its honesty."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from irtysh.vocabulary.figure import Figure
from irtysh.vocabulary.period import Period

_TEXTS = (
    "indicator",
    "dataflow",
    "area",
    "counterpart",
    "flow",
    "classification",
    "measure",
    "group",
)


@dataclass(frozen=True, slots=True)
class Result:
    """One value of one indicator.

    Attributes
    ----------
    indicator : str
        Id of definitions/indicators.
    dataflow, area, counterpart, flow, classification, measure : str
        Codes of what it is about; flow "_Z" where both flows enter.
    group : str
        Code of the commodity group; "_T" for all goods, "_R" for the unlisted residual, empty
        where the result is about the composition as a whole.
    period, base_period : Period, Period or None
        Base period where two periods are compared.
    figure : Figure
        Point and bounds in ``figure.unit`` × 10**``unit_mult``; bounds may be infinite ("more
        than 380"); no point where there is no result (``figure.flags`` say why) or where only
        bounds are known. ``figure.formula`` is the indicator's id or, for a derived level, the
        rule of definitions/messages/derivations.yaml.
    unit_mult : int
    scale : tuple of str
        Classes of the indicator's verbal scale that the bounds touch: one if the verdict is
        sure, several if the data leave it open, none if the indicator has no scale.
    source : str
        Who printed it; empty where computed.
    """

    indicator: str
    dataflow: str
    area: str
    counterpart: str
    flow: str
    classification: str
    measure: str
    group: str
    period: Period
    base_period: Period | None
    figure: Figure
    unit_mult: int = 0
    scale: tuple[str, ...] = ()
    source: str = ""

    @property
    def id(self) -> str:
        """A stable name, "r-" and twelve hexadecimal digits: what it is of, and from which figures.

        The value is left out, as it is from the id of an observation: a corrected figure keeps
        the name of what is computed from it. The evidence is in, because two tables of one year
        give two results of the same kind.
        """
        key = (
            *(getattr(self, name) for name in _TEXTS),
            *_period_to_json(self.period),
            *(_period_to_json(self.base_period) if self.base_period else ("", "")),
            self.source,
            *sorted(self.figure.evidence),
        )
        return "r-" + hashlib.sha256("\x1f".join(key).encode()).hexdigest()[:12]

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON; numbers as text, so that no digit is lost."""
        figure = self.figure
        return {
            "id": self.id,
            **{name: getattr(self, name) for name in _TEXTS},
            "period": _period_to_json(self.period),
            "base_period": _period_to_json(self.base_period) if self.base_period else None,
            "point": _number_to_json(figure.point),
            "low": _number_to_json(figure.low),
            "high": _number_to_json(figure.high),
            "unit": figure.unit,
            "unit_mult": self.unit_mult,
            "coverage": _number_to_json(figure.coverage),
            "flags": list(figure.flags),
            "evidence": list(figure.evidence),
            "formula": figure.formula,
            "scale": list(self.scale),
            "source": self.source,
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Result:
        """Read what ``to_json`` wrote."""
        figure = Figure(
            point=_number(row["point"]),
            low=_number(row["low"]),
            high=_number(row["high"]),
            unit=row["unit"],
            coverage=_number(row["coverage"]),
            flags=tuple(row["flags"]),
            evidence=tuple(row["evidence"]),
            formula=row["formula"],
        )
        return cls(
            **{name: row[name] for name in _TEXTS},
            period=_period(row["period"]),
            base_period=_period(row["base_period"]) if row["base_period"] else None,
            figure=figure,
            unit_mult=row["unit_mult"],
            scale=tuple(row["scale"]),
            source=row["source"],
        )


def _number_to_json(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _period_to_json(period: Period) -> list[str]:
    return [period.kind.value, period.code]


def _period(pair: list[str]) -> Period:
    return Period.parse(*pair)
