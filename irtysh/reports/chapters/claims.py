"""What documents say, held against the data: verdicts counted, the telling ones in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from irtysh.reports.blocks import Block, Column, Heading, Listing, Note, Paragraph, Run, Table, Tone
from irtysh.reports.material import Material
from irtysh.reports.words import source_words
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.wording import say

IN_FULL = ("CONTRADICTED", "INCONSISTENT", "UNDER_INFORMATIVE", "AMBIGUOUS")
"""Verdicts that tell a reader of the document something it does not say itself."""
FIRM = ("CONTRADICTED", "INCONSISTENT", "UNDER_INFORMATIVE")
"""Verdicts whose arithmetic is printed; that of several readings would fill pages."""

_TONES: Mapping[str, Tone] = {
    "VERIFIED": "good",
    "WITHIN_ROUNDING": "good",
    "UNDER_INFORMATIVE": "fair",
    "AMBIGUOUS": "fair",
    "CONTRADICTED": "poor",
    "INCONSISTENT": "poor",
}


def counted(material: Material) -> list[tuple[str, int]]:
    """Return verdict and number of claims, in the order of the code list, none left at zero."""
    counts = Counter(str(one["verdict"]) for one in material.judgements)
    return [(code, counts[code]) for code in codelist("claim_verdicts") if counts[code]]


def claims(material: Material) -> Iterator[Block]:
    """Yield the verdicts counted, those that need reading in full, and all in a table."""
    language = material.language
    if not material.judgements:
        yield Note(say("report", "claims_none", language))
        return
    yield Table(
        "claims-counted",
        say("report", "claims_counted", language),
        (
            Column(say("report", "col_verdict", language), "status", weight=4),
            Column(say("report", "col_count", language), "number", weight=1),
        ),
        tuple(
            (verdict_run(material, code), Run(str(count), "registers/claims", str(count)))
            for code, count in counted(material)
        ),
    )
    for code in IN_FULL:
        own = [one for one in material.judgements if one["verdict"] == code]
        if own:
            yield Heading(material.edition.code("claim_verdicts", code))
        for one in own:
            yield from _in_full(material, one)
    yield Heading(say("report", "claims_all", language))
    yield _all(material)


def verdict_run(material: Material, code: str, evidence: str = "") -> Run:
    """Return the word of a verdict with its tone."""
    name = material.edition.code("claim_verdicts", code)
    return Run(name, evidence, strong=True, tone=_TONES.get(code, "grey"))


def _in_full(material: Material, judgement: Mapping[str, Any]) -> Iterator[Block]:
    said, name = judgement["said"][material.language], f"claims/{judgement['claim']}"
    yield Heading(_paraphrase(material, judgement), 3)
    yield Paragraph((Run(said["text"], name),))
    if said["arithmetic"] and judgement["verdict"] in FIRM:
        yield Listing(tuple((Run(line, name),) for line in said["arithmetic"]))
    yield Paragraph((Run(_source(material, judgement)),), "small")


def _paraphrase(material: Material, judgement: Mapping[str, Any]) -> str:
    claim = material.record("claims", judgement["claim"]) or {}
    return material.edition.text(claim.get("text")) or str(judgement["claim"])


def _source(material: Material, judgement: Mapping[str, Any]) -> str:
    claim = material.record("claims", judgement["claim"]) or {}
    return source_words(material.edition, claim.get("source") or "", claim.get("locator") or "")


def _all(material: Material) -> Table:
    language = material.language
    return Table(
        "claims-all",
        say("report", "claims_all", language),
        (
            Column(say("report", "col_claim", language), weight=5),
            Column(say("report", "col_verdict", language), "status", weight=2),
            Column(say("report", "col_source", language), weight=2.6),
        ),
        tuple(
            (
                Run(_paraphrase(material, one)),
                verdict_run(material, one["verdict"], f"claims/{one['claim']}"),
                Run(_source(material, one)),
            )
            for one in material.judgements
        ),
    )
