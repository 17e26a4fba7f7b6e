"""Publish a case: the one way from files to what readers see."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from irtysh import __version__
from irtysh.evaluation.consistency import find
from irtysh.indicators.compute import compute_known, prepare
from irtysh.publication.chart_rows import Figures, coverage_notes
from irtysh.publication.definitions import definitions
from irtysh.publication.documents import CASE_FRAME, case_documents, case_from, used_codes
from irtysh.publication.figures import draw_all
from irtysh.publication.fingerprint import fingerprint
from irtysh.publication.rivals import decisions
from irtysh.publication.usage import usage_of
from irtysh.sources.case import Case, read_case
from irtysh.sources.case.layout import kinds
from irtysh.store import Publication, Release, Releases
from irtysh.vocabulary.errors import CaseHasFaults, Fault, ImportHasId, ReleaseNotFound

Progress = Callable[[str, int, int], None]
"""Called with a step's name, steps done, steps in all."""

STEPS = ("read", "indicators", "findings", "charts", "publish")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What publishing a case came to.

    Attributes
    ----------
    release : Release
        The one now current.
    is_new : bool
        False if nothing had changed and the current release was kept.
    faults : list of Fault
        Warnings of the check; errors would have refused the case.
    """

    release: Release
    is_new: bool
    faults: list[Fault]


def _silent(step: str, done: int, of: int) -> None:
    """Report nothing."""


def publish_case(
    folder: Path,
    releases: Releases,
    *,
    progress: Progress = _silent,
    created_at: datetime | None = None,
    imported: Collection[str] = (),
) -> Outcome:
    """Read, check, compute, draw and publish a case.

    ``imported`` are the ids of the datasets that were taken in beside it. Raises ImportHasId for
    a dataset of the case that has one of them: their versions would be told as one history.
    Raises CaseNotFound, and CaseHasFaults with the list of faults if any is an error; in both
    cases the current release stays as it is.
    """
    mark = fingerprint(folder)
    case, faults = read_case(folder)
    if any(fault.severity == "error" for fault in faults):
        raise CaseHasFaults(folder=str(folder), count=len(faults), faults=faults)
    if taken := sorted({row["id"] for row in case.documents["datasets"]} & set(imported)):
        raise ImportHasId(dataset=", ".join(taken))
    progress("read", 1, len(STEPS))
    current = _current(releases)
    if current is not None and current.manifest["fingerprint"] == mark:
        return Outcome(current, False, faults)
    with case.naming():
        publication = _publication(case, mark, progress)
    release = releases.publish(publication, created_at)
    progress("publish", len(STEPS), len(STEPS))
    return Outcome(release, True, faults)


def case_of(release: Release) -> Case:
    """Return the case that a release was made of."""
    names = [name for name in kinds(("ru",)) if release.has_document(name)]
    needed = {*CASE_FRAME, *names}
    return case_from(
        {name: release.document(name) for name in needed}, release.observations(), names
    )


def _publication(case: Case, mark: str, progress: Progress) -> Publication:
    observations = list(case.observations)
    documents: dict[str, Any] = case_documents(case)
    documents["codes"] = used_codes(case)
    documents["preferred"] = decisions(
        observations, case.documents["preferences"], case.documents["sources"]
    )
    preferred = frozenset(
        decision["observation"] for decision in documents["preferred"] if decision["observation"]
    )
    headline = case.about.get("headline") or {}
    knowledge = prepare(
        observations,
        headline=headline,
        preferred=preferred,
        coverage_notes=coverage_notes(case),
    )
    results = compute_known(knowledge, headline=headline)
    documents["definitions"] = definitions()
    documents["results"] = [result.to_json() for result in results]
    progress("indicators", 2, len(STEPS))
    findings = find(observations, documents)
    documents["findings"] = [
        {
            **finding.to_json(),
            "said": {
                language: {
                    "title": finding.title(language),
                    "text": finding.explanation(language),
                    "arithmetic": finding.arithmetic(language),
                }
                for language in case.languages
            },
        }
        for finding in findings
    ]
    progress("findings", 3, len(STEPS))
    disputed = frozenset(
        rival for decision in documents["preferred"] for rival in decision["rivals"]
    )
    drawn = draw_all(Figures(case, knowledge, results, preferred, disputed))
    documents["charts"] = drawn.index
    progress("charts", 4, len(STEPS))
    documents["usage"] = usage_of(results, findings, drawn.index)
    return Publication(
        observations=observations,
        documents=documents,
        files=drawn.files,
        checks={
            "observations": len(observations),
            "results": len(results),
            "findings": len(findings),
            "charts": len(drawn.index),
        },
        fingerprint=mark,
        software=__version__,
    )


def _current(releases: Releases) -> Release | None:
    try:
        return releases.current()
    except ReleaseNotFound:
        return None
