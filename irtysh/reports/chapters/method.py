"""How it was computed: release, engine, rules of reading, and the formulas that were used."""

from __future__ import annotations

from collections.abc import Iterator

from irtysh.reports.blocks import Block, Column, Heading, Listing, Paragraph, Run, Table
from irtysh.reports.material import Material
from irtysh.vocabulary.wording import say


def method(material: Material) -> Iterator[Block]:
    """Yield the rules of reading, what was frozen, and the definitions of indicators in use."""
    language = material.language
    for key in ("method_intervals", "method_rivals", "method_statuses", "method_evidence"):
        yield Paragraph((Run(say("report", key, language)),))
    yield Heading(say("report", "method_frozen", language))
    outcome = material.outcome
    facts = (
        ("fact_release", material.edition.release.id),
        ("fact_engine", outcome.engine),
        ("fact_inputs", outcome.inputs_digest),
        ("fact_outcome", material.digest),
    )
    yield Listing(
        tuple(
            (Run(f"{say('report', key, language)}: ", strong=True), Run(text))
            for key, text in facts
        )
    )
    yield Paragraph((Run(say("report", "method_again", language)),), "small")
    yield from _formulas(material)


def _formulas(material: Material) -> Iterator[Block]:
    language = material.language
    used = {one.indicator for one in material.results.values()}
    rows = [
        (
            Run(one.title[language], strong=True),
            Run(_plain(one.formula)),
            Run(one.convention[language] or one.short[language]),
        )
        for one in material.edition.definitions.values()
        if one.id in used
    ]
    if not rows:
        return
    yield Heading(say("report", "method_formulas", language))
    yield Table(
        "formulas",
        say("report", "method_formulas", language),
        (
            Column(say("report", "col_indicator", language), weight=2.6),
            Column(say("report", "col_formula", language), weight=3.4),
            Column(say("report", "col_convention", language), weight=4),
        ),
        tuple(rows),
    )


def _plain(formula: str) -> str:
    return " ".join(formula.split())
