"""The sheet that a person signs: each criterion with what the records and figures signal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from irtysh.evaluation.strategy.outcome import Line
from irtysh.evaluation.strategy.words import value_in_words
from irtysh.registries.evaluations.models import Evaluation, SheetRating, kept_of
from irtysh.vocabulary.codelists import codelist

STEP = "E9"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of an evaluation's sheet.

    Attributes
    ----------
    code, title : str
    line : Line
        What the evaluation says of it.
    signal : dict
        The line in words.
    rating : SheetRating or None
        Signed for this evaluation.
    earlier : SheetRating or None
        The newest one signed for an evaluation before.
    """

    code: str
    title: str
    line: Line
    signal: dict[str, Any]
    rating: SheetRating | None
    earlier: SheetRating | None


def sheet_of(evaluation: Evaluation, language: str) -> list[Criterion]:
    """Return the criteria of an evaluation in their order, with ratings and signals."""
    words = evaluation.words(language)
    own = {one.criterion: one for one in evaluation.ratings.all()}
    signed = SheetRating.objects.select_related("evaluation").defer(*kept_of("evaluation"))
    before = signed.filter(evaluation__number__lt=evaluation.number)
    earlier = {one.criterion: one for one in before.order_by("signed_at", "pk")}
    found = []
    for line in evaluation.outcome.step(STEP).lines:
        code = str(line.subject["id"])
        if line.subject["kind"] != "criterion":
            continue
        title = codelist("dac_criteria").label(code, language)
        found.append(
            Criterion(
                code,
                title,
                line,
                _signal(line, words[line.id], language),
                own.get(code),
                earlier.get(code),
            )
        )
    return found


def _signal(line: Line, said: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return what is signalled, without what the line says of the rating: the sheet shows that."""
    rated = value_in_words(line.params.get("verdict"), language).rstrip(".")
    text = str(said["text"]).rstrip(".").removesuffix(rated).strip()
    return {**said, "text": text}


def unsigned(evaluation: Evaluation, language: str) -> list[Criterion]:
    """Return the criteria never signed: an earlier rating holds until a newer one succeeds it."""
    known = sheet_of(evaluation, language)
    return [one for one in known if one.rating is None and one.earlier is None]
