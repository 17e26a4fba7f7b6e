"""The stored figures of a case, indexed once so that every rule looks at groups, not at pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from irtysh.evaluation.consistency import names
from irtysh.evaluation.consistency.values import Amount
from irtysh.vocabulary.interval import INFINITY, Interval
from irtysh.vocabulary.numbers import Qualifier, printed_interval
from irtysh.vocabulary.observation import Observation, Status
from irtysh.vocabulary.period import Period
from irtysh.vocabulary.text import LANGUAGES, Text

LEVELS = frozenset({"VALUE", "WEIGHT", "COUNT", "LENGTH", "AREA"})
TOTAL = "_T"


class Series(NamedTuple):
    """What is measured, the period left out; totals share one name whatever the classification."""

    dataflow: str
    ref_area: str
    counterpart_area: str
    flow: str
    classification: str
    commodity: str

    @property
    def key(self) -> str:
        """The series as the subject of a finding."""
        return "series:" + "/".join(self)

    @property
    def is_total(self) -> bool:
        """True if it covers all goods of its dataflow."""
        return self.commodity == TOTAL

    @property
    def whole(self) -> Series:
        """The series of all goods that this one is a part of."""
        return self._replace(classification="_Z", commodity=TOTAL)


def series_of(observation: Observation) -> Series:
    """Return the series an observation belongs to."""
    total = observation.commodity in ("_T", "_Z", "")
    return Series(
        observation.dataflow,
        observation.ref_area,
        observation.counterpart_area,
        observation.flow,
        "_Z" if total else observation.classification,
        TOTAL if total else observation.commodity,
    )


@dataclass(frozen=True, slots=True)
class Quantity:
    """The measure and unit in which levels may be compared."""

    measure: str
    unit: str


class Ledger:
    """Observations and documents of one case, with the groups in which rules look.

    Parameters
    ----------
    observations : iterable of Observation
        In any order; the ledger sorts them, so findings do not depend on it.
    documents : mapping
        The documents of the case as read from its files; a missing one is empty.
    thresholds : mapping
        See definitions/thresholds/consistency.yaml.
    """

    def __init__(
        self,
        observations: Iterable[Observation],
        documents: Mapping[str, Any],
        thresholds: Mapping[str, Any],
    ) -> None:
        self.observations = sorted(observations, key=_order)
        self.documents = documents
        self.thresholds = {name: Decimal(str(value)) for name, value in thresholds.items()}
        self.levels: dict[Series, dict[Quantity, dict[Period, list[Observation]]]] = {}
        self.growths: dict[Series, list[Observation]] = defaultdict(list)
        self.shares: dict[Series, list[Observation]] = defaultdict(list)
        self.undated: list[Observation] = []
        self.targets: list[Observation] = []
        for observation in self.observations:
            self._file(observation)

    def _file(self, observation: Observation) -> None:
        if observation.value is None:
            return
        series = series_of(observation)
        if observation.measure == "GROWTH":
            self.growths[series].append(observation)
        elif observation.measure == "SHARE":
            self.shares[series].append(observation)
        elif observation.measure in LEVELS and observation.status is Status.TARGET:
            self.targets.append(observation)
        elif observation.measure in LEVELS:
            if not observation.period.is_known:
                self.undated.append(observation)
                return
            quantity = Quantity(observation.measure, observation.unit)
            by_period = self.levels.setdefault(series, {}).setdefault(quantity, {})
            by_period.setdefault(observation.period, []).append(observation)

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        """Return a document that is a list; empty where the case has none."""
        found = self.documents.get(name) or []
        return [row for row in found if isinstance(row, Mapping)]

    def statements(self, kind: str) -> Iterator[Mapping[str, Any]]:
        """Yield the statements of a kind, by id."""
        found = [row for row in self.rows("statements") if row.get("kind") == kind]
        yield from sorted(found, key=lambda row: str(row.get("id", "")))

    @cached_property
    def sides(self) -> frozenset[str]:
        """Areas of the case's sides; empty where no case is given."""
        case = self.documents.get("case")
        sides = case.get("sides") or [] if isinstance(case, Mapping) else []
        return frozenset(str(side.get("area")) for side in sides)

    @cached_property
    def datasets(self) -> dict[str, Text]:
        """Titles of the dataflows."""
        return {
            str(row["id"]): Text(row["title"])
            for row in self.rows("datasets")
            if isinstance(row.get("title"), Mapping)
        }

    @cached_property
    def source_titles(self) -> dict[str, Text]:
        """Short names of the sources: author and year where there are both, else the title."""
        return {str(row.get("id")): _source_name(row) for row in self.rows("sources")}

    def source(self, observation: Observation) -> Text:
        """Return the name of an observation's source."""
        return self.source_titles.get(observation.source) or names.plain(observation.source)

    def described(self, observation: Observation) -> Text:
        """Return what an observation measures, in words."""
        return names.described(observation, self.datasets)


def _source_name(row: Mapping[str, Any]) -> Text:
    year = str(row.get("published_on") or "")[:4]
    if row.get("author") and year:
        return names.joined([as_text(row["author"]), names.plain(year)], ", ")
    return as_text(row.get("title", ""))


def as_text(value: Any) -> Text:
    """Return a text of a document; a plain string reads alike in every language."""
    if isinstance(value, Mapping) and all(language in value for language in LANGUAGES):
        return Text({language: str(value[language]) for language in LANGUAGES})
    if isinstance(value, Mapping):
        first = next(iter(value.values()), "")
        return Text({language: str(value.get(language, first)) for language in LANGUAGES})
    return names.plain(str(value))


def base_point(observation: Observation) -> Decimal | None:
    """Return the number in the unit itself; None where its words only bound it or it is missing."""
    if observation.value is None or observation.qualifier not in (Qualifier.EQ, Qualifier.APPROX):
        return None
    return observation.value.scaleb(observation.unit_mult)


def base_interval(observation: Observation) -> Interval | None:
    """Return ``observation.base_interval``, by scaling the number instead of its bounds.

    The same to the digit, since a power of ten moves the printed precision along, and three times
    as fast, which counts where every cell of a large table is asked.
    """
    if observation.value is None:
        return None
    return printed_interval(observation.value.scaleb(observation.unit_mult), observation.qualifier)


def granule(value: Decimal) -> Decimal:
    """Return the size of the last significant digit: 380 → 10, 402 → 1, 12.6 → 0.1."""
    exponent = int(value.as_tuple().exponent)
    if exponent < 0 or value == 0:
        return Decimal(1).scaleb(min(exponent, 0))
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))


def understood(observation: Observation) -> Interval | None:
    """Return what a hearer takes a number for, in the unit itself.

    "More than 380" is heard as 380 to 390: one who knew of 402 would have said "more than 400"
    (Cummins, Sauerland & Solt 2012).  Other numbers are heard as printed.
    """
    interval, value = base_interval(observation), observation.value
    if interval is None or value is None:
        return None
    step = granule(value).scaleb(observation.unit_mult)
    if not interval.high.is_finite():
        return Interval(interval.low, interval.low + step, interval.low_open, False)
    if not interval.low.is_finite():
        return Interval(interval.high - step, interval.high, False, interval.high_open)
    return interval


def printed_amount(observation: Observation) -> Amount:
    """Return the number as printed, words of comparison included, for a sentence."""
    value = observation.value
    if value is None:
        return Amount(Decimal(0), observation.unit)
    base = value.scaleb(observation.unit_mult)
    bounded: Decimal | Interval = base
    match observation.qualifier:
        case Qualifier.GT | Qualifier.GE:
            bounded = Interval(base, INFINITY, observation.qualifier is Qualifier.GT, True)
        case Qualifier.LT | Qualifier.LE:
            bounded = Interval(-INFINITY, base, True, observation.qualifier is Qualifier.LT)
        case _:
            pass
    about = observation.qualifier is Qualifier.APPROX
    return Amount(bounded, observation.unit, observation.unit_mult, about=about)


def _order(observation: Observation) -> tuple[str, ...]:
    return (*observation.cell, observation.source, observation.locator, observation.printed)
