"""Guides for people and firms that cross the border."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from irtysh.registries.guides import rules
from irtysh.registries.records.codes import code_name
from irtysh.registries.records.models import Record, Tag, keeps

_MOODS = {rules.FRESH: "good", rules.OUTDATED: "absent", rules.UNCHECKED: "absent"}


@keeps("guides")
class Guide(Record):
    """A guide: what to do, step by step."""

    def standing(self, day: date | None = None) -> str:
        """Return whether it can be relied on as of a day (today): a code of guide_standings."""
        return rules.standing_on(
            self.checked_on, self.expires_on, self.steps.exists(), day or timezone.localdate()
        )

    def checked(self) -> tuple[str, str]:
        """Return the oldest and the newest day on which any part of it was checked."""
        return rules.checked_between(
            self.checked_on, [row.checked_on for row in self.steps.all()]
        )  # fmt: skip

    def tags(self, language: str, day: date | None = None) -> list[Tag]:
        """Return what it is about, for whom, and whether it can be relied on as of a day."""
        standing = self.standing(day)
        found = [Tag("kind", code_name("guide_kinds", self.kind, language), self.kind)]
        if self.audience:
            name = code_name("audiences", self.audience, language)
            found.append(Tag("audience", name, self.audience))
        name = code_name("guide_standings", standing, language)
        return [*found, Tag("standing", name, standing, _MOODS.get(standing, ""))]

    def sides(self) -> set[str]:
        """Return the sides of whoever answers for it."""
        return self.owner.sides() if self.owner is not None else set()

    def json_ld(self, language: str, address: str) -> dict[str, Any]:
        """Return the guide in the words of schema.org."""
        found = super().json_ld(language, address) | {
            "@type": "HowTo",
            "dateModified": self.checked()[1],
            "expires": self.expires_on,
            "step": [
                {
                    "@type": "HowToStep",
                    "position": number,
                    "name": row.text_or_other("title", language)[0],
                    "text": row.text_or_other("text", language)[0],
                    "url": f"{address}#step-{number}",
                }
                for number, row in enumerate(self.steps.all(), start=1)
            ],
        }
        return {name: value for name, value in found.items() if value not in ("", [], None)}
