"""Legal acts, and how the law of both sides compares."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models.functions import Left
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone

from irtysh.registries.acts.rules import Known, Standing, needs_check, standing_on
from irtysh.registries.records.codes import code_name
from irtysh.registries.records.models import Record, Reference, Tag, keeps, title_of
from irtysh.sources.registers.words import column_label
from irtysh.vocabulary.codelists import codelist

_SCHEMA_FORCE = {"in_force": "InForce", "repealed": "NotInForce", "replaced": "NotInForce",
                 "expired": "NotInForce", "not_yet_in_force": "NotInForce"}  # fmt: skip
_SCHEMA_RELATIONS = {
    "amends": "legislationChanges",
    "repeals": "legislationRepeals",
    "replaces": "legislationRepeals",
    "transposes": "legislationTransposes",
    "implements": "legislationApplies",
    "ratifies": "legislationEnsuresImplementationOf",
}


@keeps("acts")
class Act(Record):
    """A legal act."""

    class Meta(Record.Meta):
        constraints = [
            # Years are compared: an end known to the year sorts before a day of that year.
            models.CheckConstraint(
                condition=models.Q(valid_from="")
                | models.Q(valid_to="")
                | GreaterThanOrEqual(Left("valid_to", 4), Left("valid_from", 4)),
                name="act_ends_after_it_begins",
            ),
        ]

    def known(self) -> Known:
        """Return what decides its standing."""
        intervals = [(self.valid_from, self.valid_to)] if self.valid_from or self.valid_to else []
        intervals += [(row.from_day, row.to) for row in self.validity.all()]
        return Known(
            adopted=self.date,
            status=self.status,
            status_as_of=self.status_as_of,
            intervals=tuple(intervals),
            ended_by=tuple(self._endings()),
            checks=tuple((row.on, row.status) for row in self.checks.all()),
        )

    def _endings(self) -> Any:
        """Yield what other acts do to this one, said by either of the two."""
        inverse = {"repealed_by": "repeals", "replaced_by": "replaces"}
        for row in self.relations.all():
            if row.kind in inverse and row.act is not None:
                yield inverse[row.kind], row.from_day or row.act.date, row.act.code
        if self.pk is None:
            return
        rows = self.relations.model.objects.filter(
            act_id=self.pk, kind__in=("repeals", "replaces"), record__live=True
        ).select_related("record")
        for row in rows:
            yield row.kind, row.from_day or row.record.date, row.record.code

    def standing(self, day: date | None = None) -> Standing:
        """Return how the act stands on a day, today by default."""
        return standing_on(self.known(), day or timezone.localdate())

    def needs_check(self, day: date | None = None) -> bool:
        """Return True where nobody has checked its standing for half a year."""
        return needs_check(self.known(), day or timezone.localdate())

    def tags(self, language: str, day: date | None = None) -> list[Tag]:
        """Return the kind, how the act stands on a day, and its level."""
        standing = self.standing(day)
        mood = "absent" if standing.is_doubtful else "good"
        return [
            Tag("kind", code_name("act_kinds", self.kind, language), self.kind),
            Tag("standing", code_name("act_statuses", standing.status, language),
                standing.status, mood),
            *([Tag("level", code_name("act_levels", self.level, language), self.level)]
              if self.level else []),
        ]  # fmt: skip

    def day(self) -> str:
        """Return the day of the act: lists begin with the newest."""
        return str(self.date)

    def sides(self) -> set[str]:
        """Return no side: an act of one side is read, and kept, by both."""
        return set()

    def more_facets(self) -> dict[str, list[str]]:
        """Return the standing of today beside what the sources state."""
        return {"standing": [self.standing().status]}

    @classmethod
    def facet_label(cls, facet: str, language: str) -> str:
        """Return the heading of a facet."""
        return column_label("acts", "status" if facet == "standing" else facet, language)

    @classmethod
    def facet_value_label(cls, facet: str, value: str, language: str) -> str:
        """Return the name of a facet's value."""
        if facet == "standing":
            return code_name("act_statuses", value, language)
        return super().facet_value_label(facet, value, language)

    def json_ld(self, language: str, address: str) -> dict[str, Any]:
        """Return the act as schema.org Legislation, the vocabulary that follows ELI."""
        found = super().json_ld(language, address) | {
            "@type": "Legislation",
            "legislationIdentifier": self.number or self.code,
            "legislationType": code_name("act_kinds", self.kind, language),
            "legislationDate": self.date or None,
            "legislationJurisdiction": list(self.parties),
            "legislationPassedBy": self.text("issuer", language) or None,
            "alternateName": self.text("short_title", language) or None,
            "sameAs": [one for one in (self.address, *(r.address for r in
                       self.other_addresses.all())) if one],
        }  # fmt: skip
        force = _SCHEMA_FORCE.get(self.standing().status)
        if force:
            found["legislationLegalForce"] = f"https://schema.org/{force}"
        root = address.rsplit("/", 2)[0]
        for row in self.relations.all():
            if row.kind in _SCHEMA_RELATIONS and row.act is not None:
                found.setdefault(_SCHEMA_RELATIONS[row.kind], []).append(f"{root}/{row.act.code}/")
        return {name: value for name, value in found.items() if value not in (None, [], "")}


def inverse_of(relation: str) -> str:
    """Return how the other act stands to this one."""
    return str(codelist("act_relations")[relation].extra["inverse"])


@keeps("harmonisation")
class Requirement(Record):
    """What one side's law asks in one matter: a cell of the harmonisation matrix."""

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(side__in=("A", "B")), name="requirement_is_of_a_side"
            ),
        ]

    def tied_to(self, register: str, language: str) -> list[tuple[str, str]]:
        """Return (id, title) of obstacles or measures tied to this cell, from either end."""
        forward = {
            row.to.partition("/")[2] for row in self.links.all()
            if row.to.partition("/")[0] == register
        }  # fmt: skip
        backward = Reference.objects.filter(
            to_register="harmonisation", to_code=self.code, from_register=register
        ).values_list("from_code", flat=True)
        return [
            (code, title_of(register, code, language)) for code in sorted({*forward, *backward})
        ]
