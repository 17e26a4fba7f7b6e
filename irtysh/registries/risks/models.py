"""Risks of programmes, with owners and days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from irtysh.registries.records.codes import code_name
from irtysh.registries.records.models import Record, Tag, keeps
from irtysh.registries.records.rules import Resolves
from irtysh.registries.risks import rules
from irtysh.vocabulary.errors import Fault

_MOODS = {"risk_low": "good", "risk_high": "strong"}


def _together(first: str, second: str) -> Q:
    both = {f"{first}__isnull": False, f"{second}__isnull": False}
    return Q(**both) | Q(**dict.fromkeys(both, True))


@keeps("risks")
class Risk(Record):
    """Something that may keep a programme from its goals."""

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=_together("likelihood", "impact"),
                name="risk_rated_whole",
                violation_error_message=gettext_lazy("Likelihood and impact are given together."),
            ),
            models.CheckConstraint(
                condition=_together("residual_likelihood", "residual_impact"),
                name="risk_rest_rated_whole",
                violation_error_message=gettext_lazy("Likelihood and impact are given together."),
            ),
            models.CheckConstraint(
                # A comparison with a missing number is neither true nor false, and passes.
                condition=Q(residual_likelihood__isnull=True)
                | (
                    Q(likelihood__isnull=False)
                    & Q(
                        GreaterThanOrEqual(
                            F("likelihood") * F("impact"),
                            F("residual_likelihood") * F("residual_impact"),
                        )
                    )
                ),
                name="risk_rest_not_above",
                violation_error_message=gettext_lazy(
                    "What is left of a risk is not above the risk itself."
                ),
            ),
            models.CheckConstraint(
                condition=Q(status=rules.CLOSED, closed_on__gt="")
                | (~Q(status=rules.CLOSED) & Q(closed_on="")),
                name="risk_closed_on_a_day",
                violation_error_message=gettext_lazy(
                    "A closed risk has a day of closing; no other has."
                ),
            ),
        ]

    def sides(self) -> set[str]:
        """Return its side, or the sides of its programme."""
        if self.side:
            return {self.side}
        return self.programme.sides() if self.programme_id else set()

    @property
    def score(self) -> int | None:
        """P × I, 1 to 25; None where it is not rated."""
        return rules.score(self.likelihood, self.impact)

    @property
    def residual(self) -> int | None:
        """P × I after the countermeasure; None where it is not rated."""
        return rules.score(self.residual_likelihood, self.residual_impact)

    @property
    def band(self) -> str:
        """Code of evaluation_statuses for what is left of it, else for the risk itself."""
        return rules.band(self.residual if self.residual is not None else self.score)

    @property
    def is_open(self) -> bool:
        """True until it is closed."""
        return bool(self.status != rules.CLOSED)

    def tags(self, language: str, day: date | None = None) -> list[Tag]:
        """Return kind and state, and how high it is."""
        found = super().tags(language, day)
        if self.is_open:
            name = code_name("evaluation_statuses", self.band, language)
            mood = _MOODS.get(self.band, "")
            if self.score is None:
                name, mood = _("not rated"), "absent"
            found.append(Tag("band", str(name), self.band, mood))
        return found

    def more_facets(self) -> dict[str, list[str]]:
        """Return how high it is."""
        return {"band": [self.band] if self.is_open else []}

    @classmethod
    def facet_label(cls, facet: str, language: str) -> str:
        """Return the heading of a facet."""
        return _("How high") if facet == "band" else super().facet_label(facet, language)

    @classmethod
    def facet_value_label(cls, facet: str, value: str, language: str) -> str:
        """Return the name of a facet's value."""
        if facet == "band":
            return code_name("evaluation_statuses", value, language)
        return super().facet_value_label(facet, value, language)

    def faults(self, resolves: Resolves | None = None) -> Iterator[Fault]:
        """Yield also what its ratings and its closing say against each other."""
        yield from super().faults(resolves)
        columns: dict[str, Any] = {name: getattr(self, name) for name in rules.COLUMNS}
        yield from rules.faults_of(f"risks/{self.code}", columns)
