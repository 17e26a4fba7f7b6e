"""The figures of a case or release, indexed once, asked thousands of times.

Observations are filed by family (a series with all its flows) in one pass. What a family implies
(levels by growth links, by shares, by T = X + M; irtysh.indicators.derive) is worked out when it
is first asked for, and again without a claim's own figure where the claim itself is judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from decimal import Decimal
from typing import NamedTuple

from irtysh.indicators.catalogue import definition
from irtysh.indicators.compute import compute_one, prepare
from irtysh.indicators.known import AMOUNTS, Knowledge, Known, SeriesKey
from irtysh.indicators.results import Result
from irtysh.vocabulary.observation import Observation, Status
from irtysh.vocabulary.period import Period

_UNSAID = "_U"
_OVER_PARTNERS = frozenset({"partner_share", "partner_total", "partner_bounds"})


class Family(NamedTuple):
    """A series without its flow, measure and unit: what one Knowledge is made of."""

    dataflow: str
    ref_area: str
    counterpart_area: str
    classification: str
    commodity: str


Own = tuple[Observation, ...]
"""The figures that are the claim itself, and so no evidence for it."""


def family_of(observation: Observation) -> Family:
    """Return the family that an observation is filed under."""
    return Family(
        observation.dataflow,
        observation.ref_area,
        observation.counterpart_area,
        observation.classification,
        observation.commodity,
    )


class World:
    """All that may be evidence.

    Parameters
    ----------
    observations : of a case or release, in any order
    headline : dimensions of case.yaml that fill the blanks of a reference
    preferred : ids of observations preferred among rivals
    coverage_notes : ids of notes that say what is counted
    """

    def __init__(
        self,
        observations: Iterable[Observation],
        *,
        headline: Mapping[str, str],
        preferred: Set[str] = frozenset(),
        coverage_notes: Set[str] = frozenset(),
    ) -> None:
        self.headline = dict(headline)
        self._preferred = preferred
        self._notes = coverage_notes
        self._families: dict[Family, list[Observation]] = defaultdict(list)
        self._sources: dict[str, list[Observation]] = defaultdict(list)
        for observation in observations:
            self._families[family_of(observation)].append(observation)
            self._sources[observation.source].append(observation)
        self._pairs: dict[tuple[str, str], list[Family]] = defaultdict(list)
        self._areas: dict[str, list[Family]] = defaultdict(list)
        self._subjects: dict[tuple[str, str], list[Family]] = defaultdict(list)
        for family in sorted(self._families):
            self._pairs[family.ref_area, family.counterpart_area].append(family)
            self._areas[family.ref_area].append(family)
            self._subjects[family.dataflow, family.commodity].append(family)
        self._printed: dict[str, dict[Decimal, list[Observation]]] = {}
        self._periods: dict[Family, frozenset[Period]] = {}
        self._knowledge: dict[tuple[Family, str, frozenset[str]], Knowledge] = {}
        self._group_periods: dict[Family, frozenset[Period]] = {}
        self._wide: dict[tuple[str, str, frozenset[str]], Knowledge] = {}
        self._results: dict[
            tuple[str, str, str, frozenset[str]], Mapping[str, Sequence[Result]]
        ] = {}

    @property
    def families(self) -> Iterable[Family]:
        """Every family, in no particular order."""
        return self._families.keys()

    def observations(self, family: Family) -> Sequence[Observation]:
        """Return what is filed under a family."""
        return self._families.get(family, ())

    def periods(self, family: Family) -> frozenset[Period]:
        """Return the periods of what is filed under a family."""
        if family not in self._periods:
            self._periods[family] = frozenset(one.period for one in self.observations(family))
        return self._periods[family]

    def of_source(self, source: str) -> Sequence[Observation]:
        """Return the figures that a source prints."""
        return self._sources.get(source, ())

    def printed(self, source: str, value: Decimal) -> Sequence[Observation]:
        """Return the figures of a source that print a number, in whatever unit."""
        if source not in self._printed:
            found: dict[Decimal, list[Observation]] = defaultdict(list)
            for observation in self.of_source(source):
                if observation.value is not None:
                    found[observation.value].append(observation)
            self._printed[source] = found
        return self._printed[source].get(value, ())

    def fitting(self, wanted: Mapping[str, str], spread: str = "") -> list[Family]:
        """Return the families that have the codes wanted, sorted.

        A blank is filled from the headline where that leaves any family; otherwise every code
        fits, so that "the only series of this commodity" needs no more words.
        """
        blank = [name for name in Family._fields if name not in wanted and name != spread]
        whole = {**{name: self.headline.get(name, "") for name in blank}, **wanted}
        if not spread:
            exact = Family(*(whole[name] for name in Family._fields))
            if exact in self._families:
                return [exact]
        found = [
            family
            for family in self._candidates(whole, wanted, spread)
            if all(getattr(family, name) == code for name, code in wanted.items())
        ]
        for name in ("ref_area", "counterpart_area", "dataflow", "classification", "commodity"):
            if name in blank and name in self.headline:
                narrower = [f for f in found if getattr(f, name) == self.headline[name]]
                found = narrower or found
        return found

    def _candidates(
        self, whole: Mapping[str, str], wanted: Mapping[str, str], spread: str
    ) -> Iterable[Family]:
        if "dataflow" in wanted and "commodity" in wanted:
            return self._subjects.get((wanted["dataflow"], wanted["commodity"]), ())
        if spread != "ref_area":
            ref_area = whole.get("ref_area", "")
            if spread != "counterpart_area" and "counterpart_area" in whole:
                pair = self._pairs.get((ref_area, whole["counterpart_area"]))
                if pair or ("ref_area" in wanted and "counterpart_area" in wanted):
                    return pair or ()
            if ref_area in self._areas:
                return self._areas[ref_area]
        return sorted(self._families)

    def levels(
        self, family: Family, own: Own = (), source: str = ""
    ) -> Mapping[SeriesKey, Mapping[Period, list[Known]]]:
        """Return printed and derived levels of a family, without a claim's own figures."""
        return self._known(family, own, source).levels

    def rates(self, family: Family, own: Own = (), source: str = "") -> Sequence[Observation]:
        """Return printed growth rates and shares of a family, rivals decided."""
        return [
            link
            for link in self._known(family, own, source).links
            if link.counterpart_area == family.counterpart_area
        ]

    def targets(self, family: Family, own: Own = ()) -> Sequence[Observation]:
        """Return what is planned for a family."""
        excluded = _ids(own, family)
        return [
            one
            for one in self.observations(family)
            if one.status is Status.TARGET and one.id not in excluded
        ]

    def _known(self, family: Family, own: Own, source: str) -> Knowledge:
        open_family = family._replace(counterpart_area=_UNSAID)
        excluded = _ids(own, family) | _ids(own, open_family)
        place = (family, source, excluded)
        if place not in self._knowledge:
            found = list(self.observations(family))
            if family.counterpart_area == self.headline.get("counterpart_area"):
                found += [
                    one for one in self.observations(open_family) if one.measure not in AMOUNTS
                ]
            self._knowledge[place] = self._prepare(found, excluded, source)
        return self._knowledge[place]

    def _prepare(
        self, found: Iterable[Observation], excluded: Set[str], source: str = ""
    ) -> Knowledge:
        kept = [
            one
            for one in found
            if (not source or one.source == source) and (not excluded or one.id not in excluded)
        ]
        return prepare(
            kept,
            headline=self.headline,
            preferred=self._preferred,
            coverage_notes=self._notes,
        )

    def groups(self, family: Family) -> Sequence[Family]:
        """Return the families of groups of goods whose sum cannot exceed a total's family."""
        pair = self._pairs.get((family.ref_area, family.counterpart_area), ())
        return [
            one for one in pair if one.commodity != "_T" and one.classification not in _UNORDERED
        ]

    def group_periods(self, family: Family) -> frozenset[Period]:
        """Return the periods for which any group of a total's family is printed."""
        if family not in self._group_periods:
            self._group_periods[family] = frozenset(
                one.period for group in self.groups(family) for one in self._families[group]
            )
        return self._group_periods[family]

    def results(
        self, indicator: str, ref_area: str, counterpart: str, own: Own = ()
    ) -> Mapping[str, Sequence[Result]]:
        """Return the results of an indicator for a pair by code of their period."""
        one = definition(indicator)
        over_partners = one.inputs["shape"] in _OVER_PARTNERS
        families: Sequence[Family] = self._pairs.get((ref_area, counterpart), ())
        if over_partners:
            families = self._areas.get(ref_area, ())
        excluded = frozenset(
            each.id
            for each in own
            if each.ref_area == ref_area
            and (over_partners or each.counterpart_area in (counterpart, _UNSAID))
        )
        place = (indicator, ref_area, "" if over_partners else counterpart, excluded)
        if place not in self._results:
            knowledge = self._joined(families, place[1:])
            index: dict[str, list[Result]] = defaultdict(list)
            for result in compute_one(one, knowledge, headline=self._headline_of(ref_area)):
                index[result.period.code].append(result)
            self._results[place] = index
        return self._results[place]

    def _joined(
        self, families: Iterable[Family], place: tuple[str, str, frozenset[str]]
    ) -> Knowledge:
        """Return what is known of many families together, as indicators over tables need it."""
        if place not in self._wide:
            ref_area, counterpart, excluded = place
            found = [each for family in families for each in self._families[family]]
            if counterpart and counterpart == self.headline.get("counterpart_area"):
                found += [
                    each
                    for family in self._pairs.get((ref_area, _UNSAID), ())
                    for each in self._families[family]
                    if each.measure not in AMOUNTS
                ]
            self._wide[place] = self._prepare(found, excluded)
        return self._wide[place]

    def _headline_of(self, ref_area: str) -> Mapping[str, str]:
        return {**self.headline, "ref_area": ref_area}


_UNORDERED = frozenset({"_Z", "NAMED", "_U", ""})
"""Classifications whose codes may overlap, so that their sum says nothing of the whole."""


def _ids(own: Own, family: Family) -> frozenset[str]:
    return frozenset(one.id for one in own if family_of(one) == family)
