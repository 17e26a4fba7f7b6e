"""The invented case evaluated once, for all tests of reports."""

from __future__ import annotations

from datetime import date
from functools import cache

from irtysh.evaluation.claims import judge_release
from irtysh.evaluation.strategy.inputs import Inputs
from irtysh.evaluation.strategy.outcome import Outcome
from irtysh.evaluation.strategy.parameters import thresholds_as_used
from irtysh.evaluation.strategy.run import ENGINE, evaluate
from irtysh.publication import case_of
from irtysh.publication.edition import Edition
from irtysh.reports.blocks import Contents
from irtysh.reports.contents import contents
from irtysh.reports.material import Material
from irtysh.reports.rendering import render
from irtysh.store import Release, Releases
from tests.release import published

PORTAL = "https://portal.example"
DAY = date(2026, 7, 1)
_READ = (
    "programmes", "objectives", "measures", "targets", "acts", "obstacles", "offers", "events",
    "projects", "initiatives", "guides", "risks", "organisations", "sources", "datasets", "claims",
)  # fmt: skip


@cache
def release() -> Release:
    """The invented case as a release."""
    return Releases(published("sandbox")).current()


@cache
def evaluated() -> tuple[Inputs, Outcome]:
    """The evaluation of the invented case, with its claims judged."""
    made = release()
    observations = list(made.observations())
    registers = {name: made.document(name) for name in _READ if made.has_document(name)}
    about = made.document("case")
    with case_of(made).naming():
        judged = judge_release(
            observations,
            {"sources": made.document("sources"), "notes": made.document("notes")},
            about.get("headline") or {},
            registers.get("claims", []),
            frozenset(),
        )
        inputs = Inputs(
            day=DAY, release=made.id, engine=ENGINE, case=about,
            thresholds=thresholds_as_used(), registers=registers,
            results=made.document("results"), claims=[one.to_json() for one in judged],
        )  # fmt: skip
        return inputs, evaluate(inputs, observations)


@cache
def material(language: str = "ru") -> Material:
    """What a report on the invented case is written from."""
    inputs, outcome = evaluated()
    edition = Edition(release(), language)
    return Material.from_json(edition, inputs.to_json(), outcome.to_json(), PORTAL, 1)


@cache
def report(language: str = "ru") -> Contents:
    """The whole report."""
    return contents(material(language))


@cache
def file(form: str, language: str = "ru") -> bytes:
    """The whole report in a form."""
    return render(report(language), material(language).edition, form)
