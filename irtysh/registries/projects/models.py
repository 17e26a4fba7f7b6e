"""Joint projects."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from irtysh.registries.projects.rules import CRITERIA, Jointness, jointness, totals
from irtysh.registries.records.codes import side_of_area
from irtysh.registries.records.models import Record, Tag, keeps
from irtysh.registries.records.steps import StageStep


@keeps("projects")
class Project(Record):
    """A joint project."""

    managed = ("stage",)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    stage__in=("", "proposed", "approved", "contracted", "running", "suspended",
                               "closed", "cancelled")
                ),
                name="project_stage_is_known",
            ),
        ]  # fmt: skip

    def sides(self) -> set[str]:
        """Return the sides that have a partner, else those of its territories."""
        return self.partner_sides() or {
            side for area in self.territories if (side := side_of_area(area))
        }

    def partner_sides(self) -> set[str]:
        """Return the sides that have a partner."""
        found: set[str] = set()
        for row in self.partners.all():
            if row.side:
                found.add(row.side)
            elif row.organisation is not None:
                found |= row.organisation.sides()
        return found

    def jointness(self) -> Jointness:
        """Return how far the project is joint."""
        criteria = {name: getattr(self, f"joint_{name}") for name in CRITERIA}
        return jointness(criteria, self.partner_sides())

    def totals(self) -> dict[str, Any]:
        """Return currency → sum of the totals that sources state."""
        return totals(
            (row.kind, row.amount, row.currency)
            for row in self.amounts.all()
            if row.amount is not None
        )

    def tags(self, language: str, day: Any = None) -> list[Tag]:
        """Return kind and stage, and a word where only one side takes part."""
        found = super().tags(language, day)
        if not self.stage:
            found.append(Tag("stage", _("stage not known"), "", "absent"))
        if self.jointness().standing == "one_sided":
            found.append(Tag("joint", _("one side only"), "one_sided", "absent"))
        return found

    def more_facets(self) -> dict[str, list[str]]:
        """Return how far it is joint, and its sides."""
        return {"joint": [self.jointness().standing], "side": sorted(self.sides())}

    @classmethod
    def facet_label(cls, facet: str, language: str) -> str:
        """Return the heading of a facet."""
        return _("Both sides") if facet == "joint" else super().facet_label(facet, language)

    @classmethod
    def facet_value_label(cls, facet: str, value: str, language: str) -> str:
        """Return the name of a facet's value."""
        if facet == "joint":
            return {
                "joint": _("partners of both sides"),
                "one_sided": _("partners of one side"),
                "unknown": _("partners not named"),
            }[value]
        return super().facet_value_label(facet, value, language)

    def json_ld(self, language: str, address: str) -> dict[str, Any]:
        """Return the project in the words of schema.org."""
        return super().json_ld(language, address) | {
            "@type": "Project",
            "member": [
                {"@type": "Organization", "name": row.organisation.title_in(language)}
                if row.organisation is not None
                else {"@type": "Organization", "name": row.text_or_other("name", language)[0]}
                for row in self.partners.all()
            ],
            "funding": [
                {"@type": "MonetaryGrant",
                 "amount": {"@type": "MonetaryAmount", "value": str(row.amount),
                            "currency": row.currency}}
                for row in self.amounts.all()
                if row.amount is not None
            ],
        }  # fmt: skip


class ProjectStep(StageStep):
    """A step of a project from stage to stage."""

    record = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="steps")
