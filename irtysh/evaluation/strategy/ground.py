"""What every step stands on: the inputs read once, and small questions asked of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from irtysh.evaluation.strategy.inputs import Inputs
from irtysh.evaluation.strategy.outcome import Line, Step
from irtysh.evaluation.strategy.parameters import Parameters
from irtysh.evaluation.strategy.terms import first_day, last_day
from irtysh.indicators.results import Result
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.text import LANGUAGES

Record = Mapping[str, Any]
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Ground:
    """Inputs, figures and the steps done so far.

    Attributes
    ----------
    inputs : Inputs
    observations : tuple of Observation
        Sorted by id, so that their order leaves no trace.
    done : dict
        Steps already computed, by id.
    """

    inputs: Inputs
    observations: tuple[Observation, ...]
    done: dict[str, Step] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """As of when."""
        return self.inputs.day

    @cached_property
    def parameters(self) -> Parameters:
        """Thresholds."""
        return Parameters(self.inputs.thresholds)

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """Indicator results; periods that end after the day are not known on it."""
        found = (Result.from_json(row) for row in self.inputs.results)
        return tuple(one for one in found if one.period.end is None or one.period.end <= self.day)

    @cached_property
    def by_id(self) -> Mapping[str, Observation]:
        """Observation by id."""
        return {one.id: one for one in self.observations}

    @cached_property
    def sides(self) -> Mapping[str, str]:
        """Side → area."""
        return {one["id"]: one["area"] for one in self.inputs.case.get("sides") or ()}

    @property
    def headline(self) -> Mapping[str, str]:
        """The pair and series that the case is about."""
        return self.inputs.case.get("headline") or {}

    def records(self, register: str) -> list[Record]:
        """Return the records of a register; none if there is none."""
        rows: list[Record] = list(self.inputs.registers.get(register) or ())
        return rows

    def record(self, register: str, record_id: str) -> Record | None:
        """Return a record; None if the register does not have it."""
        return self._by_record.get((register, record_id))

    @cached_property
    def _by_record(self) -> Mapping[tuple[str, str], Record]:
        return {
            (register, str(row.get("id"))): row
            for register, rows in self.inputs.registers.items()
            for row in rows
        }

    def is_pair(self, area: str, counterpart: str) -> bool:
        """Return True for the two territories of the case, whichever reports."""
        pair = {self.headline.get("ref_area"), self.headline.get("counterpart_area")}
        return area != counterpart and {area, counterpart} == pair

    def previous(self) -> Mapping[str, Mapping[str, Any]]:
        """Return line id → JSON line of the evaluation before; empty if there was none."""
        before = self.inputs.before or {}
        return {line["id"]: line for step in before.get("steps", ()) for line in step["lines"]}


def label(record: Record | None, fallback: str = "") -> dict[str, str]:
    """Return the name of a record in every language that it has one in."""
    record = record or {}
    named = record.get("name") or record.get("title") or record.get("short_title")
    if isinstance(named, Mapping):
        return {language: str(named[language]) for language in LANGUAGES if named.get(language)}
    return dict.fromkeys(LANGUAGES, str(named or fallback or record.get("id", "")))


def subject(kind: str, subject_id: str, named: Mapping[str, str]) -> dict[str, Any]:
    """Return what a line is about."""
    return {"kind": kind, "id": subject_id, "label": dict(named)}


def slug(*parts: str) -> str:
    """Return parts joined for an address: letters, digits, hyphens and underscores."""
    return ".".join(_UNSAFE.sub("_", part) for part in parts if part)


def decimal(value: Any) -> Decimal | None:
    """Return a number of a record; None for an absent one or one that is none."""
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        return Decimal(str(value).replace(",", "."))
    except InvalidOperation:
        return None


def day_from(value: Any) -> date | None:
    """Return the first day that a stated day, month or year admits."""
    return first_day(str(value or ""))


def day_until(value: Any) -> date | None:
    """Return the last day that a stated day, month or year admits."""
    return last_day(str(value or ""))


def worst(lines: Iterable[Line], order: Iterable[str]) -> str:
    """Return the first status of an order that a line has; empty if none has any of them."""
    have = {line.status for line in lines}
    return next((status for status in order if status in have), "")
