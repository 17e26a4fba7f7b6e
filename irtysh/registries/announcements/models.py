"""Releases announced in advance; corrections and notices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from irtysh.registries.announcements import rules
from irtysh.registries.records.codes import code_name
from irtysh.registries.records.models import Record, Tag, keeps
from irtysh.registries.records.rules import Resolves
from irtysh.vocabulary.errors import Fault

_MOODS = {rules.PUBLISHED: "good", rules.CANCELLED: "absent"}


@keeps("announcements")
class Announcement(Record):
    """A release that is to come, has come, or will not."""

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(state=rules.PUBLISHED, published_on__gt="")
                | (~Q(state=rules.PUBLISHED) & Q(published_on="")),
                name="announcement_published_on_a_day",
                violation_error_message=gettext_lazy(
                    "A published release has a day of publication; no other has."
                ),
            ),
        ]

    def is_late(self, day: date | None = None) -> bool:
        """Return True if its day has passed and nothing was published."""
        today = (day or timezone.localdate()).isoformat()
        return rules.is_late(self.state, self.planned_on, today)

    def tags(self, language: str, day: date | None = None) -> list[Tag]:
        """Return its state, and that it is late."""
        name = code_name("announcement_states", self.state, language)
        found = [Tag("state", name, self.state, _MOODS.get(self.state, ""))]
        if self.is_late(day):
            found.append(Tag("late", _("late"), "late", "absent"))
        return found

    def sides(self) -> set[str]:
        """Return the sides of whoever publishes."""
        return self.owner.sides() if self.owner is not None else set()

    def faults(self, resolves: Resolves | None = None) -> Iterator[Fault]:
        """Yield also what its state and its days say against each other."""
        yield from super().faults(resolves)
        moves = [{"reason": row.reason} for row in self.moves.all()] if self.pk else []
        columns = {"state": self.state, "published_on": self.published_on, "moves": moves}
        yield from rules.faults_of(f"announcements/{self.code}", columns)


@keeps("corrections")
class Correction(Record):
    """Something that was published wrongly, or that readers must know of a figure."""
