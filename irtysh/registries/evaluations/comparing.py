"""What changed between two kept evaluations, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from irtysh.evaluation.strategy.compare import compare
from irtysh.evaluation.strategy.words import status_name
from irtysh.registries.evaluations.actions import numbered
from irtysh.registries.evaluations.models import Evaluation


@dataclass(frozen=True, slots=True)
class Change:
    """One line of which two evaluations say something else.

    Attributes
    ----------
    line_id : str
    before, after : str or None
        Statuses; None where an evaluation does not have the line.
    why : str
        Code of definitions/codelists/evaluation_changes.csv.
    what : object
        What makes the difference, as plain JSON.
    """

    line_id: str
    before: str | None
    after: str | None
    why: str
    what: Any

    def before_name(self, language: str) -> str:
        """Return what was said; a dash for nothing."""
        return status_name(self.before, language) if self.before else "–"

    def after_name(self, language: str) -> str:
        """Return what is said; a dash for nothing."""
        return status_name(self.after, language) if self.after else "–"

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return {"id": self.line_id, "before": self.before, "after": self.after,
                "why": self.why, "what": self.what}  # fmt: skip


def between(first: int, second: int) -> list[Change]:
    """Return what changed between two evaluations by number; raises EvaluationNotFound."""
    return changes(numbered(first), numbered(second))


def changes(before: Evaluation, after: Evaluation) -> list[Change]:
    """Return what changed between two evaluations."""
    return list(_changes(before.pk, after.pk, before.outcome_digest, after.outcome_digest))


@lru_cache(maxsize=64)
def _changes(before_pk: int, after_pk: int, *_digests: str) -> tuple[Change, ...]:
    """Compare two rows, which never change: reading their inputs costs most of the time."""
    before, after = (Evaluation.objects.get(pk=pk) for pk in (before_pk, after_pk))
    found = compare(before.outcome, before.inputs, after.outcome, after.inputs)
    return tuple(
        Change(one["id"], one["before"], one["after"], one["why"], one["what"]) for one in found
    )
