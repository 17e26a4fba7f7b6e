"""What the analyst's paragraphs can refer to: one row a reference, to be copied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from irtysh.evaluation.strategy.words import figure_in_words, figure_name, said
from irtysh.reports.material import Material
from irtysh.reports.words import figure_run, full_words, result_run, result_words
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.observation import Observation

KINDS = ("figure", "result", "evaluation", "claim", "finding")


@dataclass(frozen=True, slots=True)
class Choice:
    """A reference with what it stands for and what it would print."""

    reference: str
    kind: str
    what: str
    value: str


class KindUnknown(IrtyshError):
    """References of a kind were asked for that there is not."""


def choices(
    material: Material, kind: str, question: str = "", most: int = 200
) -> tuple[list[Choice], int]:
    """Return the first references of a kind that hold all words of a question, and their number.

    Raises KindUnknown.
    """
    if kind not in KINDS:
        raise KindUnknown(kind=kind, near=", ".join(KINDS))
    words = question.casefold().split()
    found: list[Choice] = []
    count = 0
    with material.naming():
        for one in _LISTS[kind](material):
            told = f"{one.what} {one.value} {one.reference}".casefold()
            if all(word in told for word in words):
                count += 1
                if len(found) < most:
                    found.append(one)
    return found, count


def _figures(material: Material) -> Iterator[Choice]:
    edition = material.edition
    stored: list[Observation] = list(edition.release.observations())
    for one in sorted(stored, key=lambda row: (row.period, row.id), reverse=True):
        run = figure_run(edition, one)
        value = f"{run.text} {run.unit}".strip()
        yield Choice(f"{{figure:{one.id}}}", "figure", full_words(edition, one), value)


def _results(material: Material) -> Iterator[Choice]:
    for name, one in material.results.items():
        run = result_run(material.edition, one)
        value = f"{run.text} {run.unit}".strip()
        yield Choice(f"{{result:{name}}}", "result", result_words(material.edition, one), value)


def _lines(material: Material) -> Iterator[Choice]:
    language = material.language
    for name, line in material.outcome.lines.items():
        title = said(line, language)["title"]
        status = material.edition.code("evaluation_statuses", line.status)
        yield Choice(f"{{evaluation:{name}}}", "evaluation", title, status)
        for part, figure in line.figures.items():
            words = f"{title} – {figure_name(part, language)}"
            value = figure_in_words(figure, language)
            yield Choice(f"{{evaluation:{name}|{part}}}", "evaluation", words, value)


def _claims(material: Material) -> Iterator[Choice]:
    for name, judgement in material.verdicts.items():
        claim = material.record("claims", name) or {}
        value = material.edition.code("claim_verdicts", judgement["verdict"])
        yield Choice(f"{{claim:{name}}}", "claim", material.edition.text(claim.get("text")), value)


def _findings(material: Material) -> Iterator[Choice]:
    for name, one in material.findings.items():
        yield Choice(f"{{finding:{name}}}", "finding", one["said"][material.language]["title"], "")


_LISTS = {
    "figure": _figures,
    "result": _results,
    "evaluation": _lines,
    "claim": _claims,
    "finding": _findings,
}
