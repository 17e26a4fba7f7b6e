"""Initiatives, from idea to decision."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from irtysh.registries.initiatives.rules import Border, Reach, reach
from irtysh.registries.records.codes import case_about, side_of_area
from irtysh.registries.records.models import Record, Tag, keeps
from irtysh.registries.records.steps import StageStep


def border_of_the_case() -> Border:
    """Return what the case calls its sides and the regions along its border."""
    about: Any = case_about()
    cores = {str(side["id"]): str(side["area"]) for side in about.get("sides", ())}
    return Border(cores, tuple(map(str, about.get("perimeter") or ())))


@keeps("initiatives")
class Initiative(Record):
    """A proposal on its way to a decision."""

    managed = ("stage",)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    stage__in=("", "idea", "studied", "proposed", "discussed", "decided",
                               "realised", "rejected")
                ),
                name="initiative_stage_is_known",
            ),
        ]  # fmt: skip

    def reach(self) -> Reach:
        """Return whether this border can act where the initiative lies."""
        areas = list(self.territories)
        if self.place is not None and self.place.area:
            areas.append(self.place.area)
        return reach(dict.fromkeys(areas), border_of_the_case())

    def sides(self) -> set[str]:
        """Return the sides in whose territory it lies."""
        return {side for area in self.territories if (side := side_of_area(area))}

    def tags(self, language: str, day: Any = None) -> list[Tag]:
        """Return kind and stage, and a word where the border cannot reach it."""
        found = super().tags(language, day)
        if self.reach().standing == "outside":
            found.append(Tag("reach", _("outside the reach of this border"), "outside", "absent"))
        return found

    def more_facets(self) -> dict[str, list[str]]:
        """Return whether this border can reach it."""
        return {"reach": [self.reach().standing]}

    @classmethod
    def facet_label(cls, facet: str, language: str) -> str:
        """Return the heading of a facet."""
        return _("Reach") if facet == "reach" else super().facet_label(facet, language)

    @classmethod
    def facet_value_label(cls, facet: str, value: str, language: str) -> str:
        """Return the name of a facet's value."""
        if facet == "reach":
            return reach_words(value)
        return super().facet_value_label(facet, value, language)


def reach_words(standing: str) -> str:
    """Return the words of a territory test."""
    return {
        "inside": _("within this border's own area"),
        "partly": _("partly beyond this border's area"),
        "outside": _("outside the reach of this border"),
        "unknown": _("territory not named"),
    }[standing]


class InitiativeStep(StageStep):
    """A step of an initiative from stage to stage."""

    record = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="steps")


class Support(models.Model):
    """A registered person stands behind an initiative; only the number is public."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="supports")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="supports"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["initiative", "user"], name="supported_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.initiative_id}"
