"""Stages through which a record goes, one allowed step at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from irtysh.vocabulary.errors import IrtyshError


class StageNotAllowed(IrtyshError):
    """A record cannot go from its stage to the one asked for."""


class StageReasonMissing(IrtyshError):
    """A change of stage was asked for without a reason."""


class DayNotPossible(IrtyshError):
    """A change of stage is dated in the future or before the one that came last."""


@dataclass(frozen=True, slots=True)
class Path:
    """The stages of a register in their order, and the steps between them.

    Attributes
    ----------
    order : tuple of str
        Stages on the way, as a page draws them.
    steps : dict
        Stage → stages that may follow. The empty stage is "not known": any stage may follow it.
    """

    order: tuple[str, ...]
    steps: Mapping[str, tuple[str, ...]]

    @property
    def stages(self) -> frozenset[str]:
        """Return every stage, those aside from the way included."""
        return frozenset(self.steps) - {""}

    def next_stages(self, stage: str) -> tuple[str, ...]:
        """Return the stages that may follow; raises StageNotAllowed for an unknown stage."""
        if stage == "":
            return tuple(self.steps)
        if stage not in self.steps:
            raise StageNotAllowed(now=stage, wanted="—", allowed=", ".join(sorted(self.stages)))
        return self.steps[stage]

    def check(self, now: str, wanted: str) -> None:
        """Raise StageNotAllowed unless a step leads from one stage to the other."""
        allowed = self.next_stages(now)
        if wanted not in allowed:
            raise StageNotAllowed(now=now or "—", wanted=wanted, allowed=", ".join(allowed) or "—")

    def is_final(self, stage: str) -> bool:
        """Return True for a stage from which nothing follows."""
        return stage in self.steps and not self.steps[stage]
