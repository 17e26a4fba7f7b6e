"""The quality of a value by stated rules (step E0): four grades, eight attributes.

Eight attributes make a value readable: unit, kind of period, both territories, flow, definition,
source, day of access, status. Grades (own; the grades of cooperation models are not published):

A  all eight stated, printed exactly, observed, from an official source
B  at most ``quality_gaps_b`` unstated, bounded on both sides, not an estimate
C  at most ``quality_gaps_c`` unstated, bounded on both sides, unit, period and territories known
D  everything else: no value, "more than", or nobody knows of what, where or when
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from irtysh.evaluation.strategy.ground import Ground
from irtysh.evaluation.strategy.terms import months_on
from irtysh.vocabulary.numbers import Qualifier
from irtysh.vocabulary.observation import Observation, Status
from irtysh.vocabulary.period import Period, PeriodKind

GRADES = ("A", "B", "C", "D")
ATTRIBUTES = (
    "unit",
    "period",
    "territories",
    "flow",
    "definition",
    "source",
    "access_date",
    "status",
)
_OPEN = frozenset({"", "_U"})
_BOUNDED = frozenset({Qualifier.EQ, Qualifier.APPROX})
_SEEN = frozenset({Status.OBSERVED, Status.DERIVED, Status.MIRROR})


@dataclass(frozen=True, slots=True)
class Quality:
    """How far a value may be relied on.

    Attributes
    ----------
    grade : str
        One of ``GRADES``.
    missing : tuple of str
        Those of ``ATTRIBUTES`` that nobody states.
    """

    grade: str
    missing: tuple[str, ...]

    @property
    def is_usable(self) -> bool:
        """True for C or better."""
        return self.grade != "D"


@dataclass(frozen=True, slots=True)
class Rules:
    """What grades depend on.

    Attributes
    ----------
    accessed : source → True if a day of access is known
    official : ids of official sources
    gaps_b, gaps_c : int
        Attributes that may be unstated at B and at C.
    """

    accessed: Mapping[str, bool]
    official: frozenset[str]
    gaps_b: int
    gaps_c: int

    @classmethod
    def of(cls, ground: Ground) -> Rules:
        """Read the sources of the case and the thresholds."""
        kinds = set(ground.parameters.value("official_kinds"))
        sources = ground.records("sources")
        return cls(
            accessed={one["id"]: bool(one.get("accessed_on")) for one in sources},
            official=frozenset(one["id"] for one in sources if one.get("kind") in kinds),
            gaps_b=ground.parameters.whole("quality_gaps_b"),
            gaps_c=ground.parameters.whole("quality_gaps_c"),
        )


def quality(one: Observation, rules: Rules) -> Quality:
    """Return the grade of a value and what is unstated."""
    missing = tuple(name for name in ATTRIBUTES if not _states(one, name, rules))
    known = {"unit", "period", "territories"}.isdisjoint(missing)
    if one.value is None or one.qualifier not in _BOUNDED or not known:
        return Quality("D", missing)
    is_sure = one.qualifier is Qualifier.EQ and one.status is Status.OBSERVED
    if not missing and is_sure and one.source in rules.official:
        return Quality("A", missing)
    if len(missing) <= rules.gaps_b and one.status in _SEEN:
        return Quality("B", missing)
    return Quality("C" if len(missing) <= rules.gaps_c else "D", missing)


def _states(one: Observation, name: str, rules: Rules) -> bool:
    match name:
        case "unit":
            return one.unit not in _OPEN
        case "period":
            return one.period.is_known
        case "territories":
            return one.ref_area not in _OPEN and one.counterpart_area not in _OPEN
        case "flow":
            return one.flow not in _OPEN
        case "definition":
            return bool(one.definition)
        case "source":
            return bool(one.source)
        case "access_date":
            return one.retrieved_on is not None or rules.accessed.get(one.source, False)
        case _:
            return bool(one.status)


def is_fresh(end: date | None, day: date, months: int) -> bool:
    """Return True if a period ended at most so many months before a day, and not after it."""
    return end is not None and end <= day and end >= months_on(day, -months)


def end_of(period: Period, day: date) -> date | None:
    """Return the last day of a period; of a state known only to the year, no later than ``day``.

    "120 firms in 2026" is said on some day of the year, hardly on one that has not come.
    """
    if period.kind is PeriodKind.POINT and period.start and period.end and period.start <= day:
        return min(period.end, day)
    return period.end
