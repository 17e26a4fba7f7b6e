"""The line of a trigger: fired, quiet, or not to be told for want of data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from irtysh.evaluation.strategy.figures import FigureJson
from irtysh.evaluation.strategy.ground import subject
from irtysh.evaluation.strategy.outcome import TRIGGERED, Line, sorted_evidence
from irtysh.vocabulary.codelists import codelist


def trigger(
    kind: str,
    status: str,
    sentence: str,
    *,
    about: str = "",
    named: Mapping[str, str] | None = None,
    figures: Mapping[str, FigureJson] | None = None,
    params: Mapping[str, Any] | None = None,
    evidence: Iterable[str] = (),
) -> Line:
    """Return the line of a rule of definitions/codelists/trigger_kinds.csv.

    ``about`` and ``named``: what it fired for; empty where it speaks of the whole.
    """
    own = dict(codelist("trigger_kinds")[kind].name)
    filled = dict(params or {})
    if named:
        filled["about"] = {"text": dict(named)}
    return Line(
        id=f"E10.{kind}" + (f".{about}" if about else ""),
        step="E10",
        subject=subject("trigger", kind, own),
        status=status,
        figures=dict(figures or {}),
        params=filled,
        sentence=f"trigger.{kind}.{sentence}",
        evidence=sorted_evidence(evidence) or ("E0",),
    )


def fired(kind: str, **rest: Any) -> Line:
    """Return the line of a rule that calls for a review."""
    one = "of_one" if rest.get("named") else "fired"
    return trigger(kind, TRIGGERED, one, **rest)


def quiet(kind: str, **rest: Any) -> Line:
    """Return the line of a rule that does not."""
    return trigger(kind, "not_triggered", "quiet", **rest)


def unknown(kind: str, sentence: str = "no_data", **rest: Any) -> Line:
    """Return the line of a rule that cannot be told."""
    return trigger(kind, "no_data", sentence, **rest)
