"""Organisations, once each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from irtysh.registries.organisations.rules import is_bin, is_hs, is_inn, is_ogrn
from irtysh.registries.records.codes import side_of_area
from irtysh.registries.records.models import Record, keeps
from irtysh.registries.records.rules import Resolves
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import Fault

_SCHEMA = {"company": "Corporation", "authority": "GovernmentOrganization",
           "municipality": "GovernmentOrganization", "university": "CollegeOrUniversity",
           "school": "EducationalOrganization", "research": "ResearchOrganization",
           "hospital": "Hospital", "ngo": "NGO", "media": "NewsMediaOrganization",
           "bank": "BankOrCreditUnion"}  # fmt: skip


def _once(column: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=[column], condition=~models.Q(**{column: ""}), name=f"organisation_{column}_once"
    )


@keeps("organisations")
class Organisation(Record):
    """An organisation of either side or of neither."""

    class Meta(Record.Meta):
        constraints = [_once("inn"), _once("ogrn"), _once("bin")]

    def sides(self) -> set[str]:
        """Return the side stated, else that of its country or of its place's area."""
        if self.side:
            return {self.side}
        areas = [self.place.area] if self.place is not None else []
        found = {side_of_area(area) for area in (self.country, *areas) if area}
        return found - {""}

    def faults(self, resolves: Resolves | None = None) -> Iterator[Fault]:
        """Yield what is wrong with the numbers and codes, besides what every record checks."""
        yield from super().faults(resolves)
        where = f"organisations/{self.code}"
        for column, is_right in (("inn", is_inn), ("ogrn", is_ogrn), ("bin", is_bin)):
            value = getattr(self, column)
            if value and not is_right(value):
                yield Fault("CheckDigit", where, 0, column, {"value": value, "kind": column})
        for number, row in enumerate(self.products.all(), 1):
            if row.hs and not is_hs(row.hs):
                yield Fault("NotAnHsCode", where, number, "products.hs", {"value": row.hs})

    def more_facets(self) -> dict[str, list[str]]:
        """Return the side that follows from country or place, and chapters of its products."""
        chapters = sorted({row.hs[:2] for row in self.products.all() if row.hs})
        return {"side": sorted(self.sides()), "hs": chapters}

    @classmethod
    def facet_label(cls, facet: str, language: str) -> str:
        """Return the heading of a facet."""
        return super().facet_label("products.hs" if facet == "hs" else facet, language)

    @classmethod
    def facet_value_label(cls, facet: str, value: str, language: str) -> str:
        """Return the name of a facet's value."""
        if facet == "hs":
            return f"{value} {hs_chapter(value, language)}".strip()
        return super().facet_value_label(facet, value, language)

    def json_ld(self, language: str, address: str) -> dict[str, Any]:
        """Return the organisation in the words of schema.org."""
        found = super().json_ld(language, address) | {
            "@type": _SCHEMA.get(self.kind, "Organization"),
            "alternateName": self.text("short_name", language),
            "sameAs": self.website,
            "taxID": self.inn or self.bin,
            "identifier": [
                {"@type": "PropertyValue", "propertyID": name.upper(), "value": value}
                for name in ("inn", "ogrn", "bin")
                if (value := getattr(self, name))
            ] or self.code,
            "isicV4": [code for code in self.activities if code.isdigit()],
        }  # fmt: skip
        return {name: value for name, value in found.items() if value not in ("", [], None)}


class Merger(models.Model):
    """Two entries of one organisation became one: the old address leads to the kept one."""

    from_code = models.CharField(max_length=80, unique=True)
    kept = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="mergers", verbose_name=_("kept")
    )
    document = models.JSONField()
    """The entry that went, as it was."""
    changed = models.JSONField(default=list)
    """Records that pointed at it and now point at the kept one."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.from_code} → {self.kept.code}"


def hs_chapter(code: str, language: str) -> str:
    """Return the name of a chapter of the Harmonized System; empty where it is unknown."""
    chapters = codelist("hs_chapters")
    return chapters.label(code, language) if code in chapters else ""
