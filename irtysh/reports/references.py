"""The analyst's own paragraphs: words typed by hand, numbers only as live references.

``{figure:ID}``, ``{result:r-…}``, ``{evaluation:E2.…}``, ``{claim:ID}`` and ``{finding:ID}``
stand for what the release and the evaluation hold; ``{text:2018–2023}`` lets through a year, a
date or the number in a name. A part after a bar asks for something else than the usual:
``{figure:ID|period}``. A digit anywhere else is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from irtysh.evaluation.strategy.words import said
from irtysh.reports.blocks import Paragraph, Run
from irtysh.reports.material import Material
from irtysh.reports.words import (
    compared_words,
    figure_run,
    line_figure_run,
    period_words,
    result_run,
    source_words,
)
from irtysh.vocabulary.errors import IrtyshError

_REFERENCE = re.compile(r"\{(?P<kind>[a-z]+):(?P<name>[^{}|]+)(?:\|(?P<part>[^{}|]+))?\}")
_PIECE = re.compile(r"\{[^{}]*\}|\{|\}|[^{}]+")
_WORD = re.compile(r"\S+")
_DIGIT = re.compile(r"[\d½¼¾¹²³⁰⁴-⁹₀-₉⅐-ↈ]")
_QUANTITY = re.compile(r"\d[.,]\d|[%‰]|\d\s+\d{3}\b")
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}(-\d{2})?")
_NEAR = 24
_NO_BREAK = "\N{NO-BREAK SPACE}"


class DigitTyped(IrtyshError):
    """A digit was typed in a paragraph where a reference should stand."""


class FigureReferenceUnknown(IrtyshError):
    """A reference names nothing that the release or the evaluation holds."""


class ReferenceBroken(IrtyshError):
    """A brace has no pair, or what it holds is not a reference."""


class QuantityEscaped(IrtyshError):
    """An escape for years and names holds a quantity."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph: plain words, or a reference; and where it starts."""

    text: str
    start: int


def paragraphs(material: Material, text: str) -> list[Paragraph]:
    """Return the paragraphs of a text, parted by blank lines, with references filled in.

    Raises the first of ``faults``.
    """
    found = faults(material, text)
    if found:
        raise found[0]
    return [
        Paragraph(tuple(_runs(material, part)), "own")
        for part in re.split(r"\n\s*\n", text.strip())
        if part.strip()
    ]


def faults(material: Material, text: str) -> list[IrtyshError]:
    """Return everything that is wrong with a text, in its order, each with line and column."""
    found: list[IrtyshError] = []
    with material.naming():
        for piece in _pieces(text):
            try:
                if piece.text.startswith(("{", "}")):
                    _filled(material, piece.text)
                else:
                    _without_digits(piece, text, found)
            except IrtyshError as fault:
                # A reference knows itself only; where it stands in the text is known here.
                found.append(type(fault)(**{**fault.params, **_place(text, piece.start)}))
    return found


def _pieces(text: str) -> Iterator[Piece]:
    for match in _PIECE.finditer(text):
        yield Piece(match.group(), match.start())


def _without_digits(piece: Piece, text: str, found: list[IrtyshError]) -> None:
    for match in _WORD.finditer(piece.text):
        if not _DIGIT.search(match.group()):
            continue
        start = piece.start + match.start()
        place = _place(text, start)
        found.append(DigitTyped(text=match.group()[:_NEAR], **place))


def _place(text: str, start: int) -> dict[str, str]:
    before = text[:start]
    return {
        "line": str(before.count("\n") + 1),
        "column": str(start - (before.rfind("\n") + 1) + 1),
    }


def _runs(material: Material, text: str) -> Iterator[Run]:
    for piece in _pieces(" ".join(text.split())):
        if piece.text.startswith("{"):
            yield _filled(material, piece.text)
        else:
            yield Run(piece.text)


def _filled(material: Material, text: str) -> Run:
    match = _REFERENCE.fullmatch(text)
    if match is None or match["kind"] not in _KINDS:
        raise ReferenceBroken(
            reference=text[: 2 * _NEAR], kinds=", ".join(_KINDS), line="1", column="1"
        )
    return _KINDS[match["kind"]](material, match["name"].strip(), (match["part"] or "").strip())


def _unknown(kind: str, name: str, known: Mapping[str, Any] | list[str]) -> FigureReferenceUnknown:
    near = ", ".join(get_close_matches(name, list(known), n=3)) or "—"
    return FigureReferenceUnknown(reference=f"{kind}:{name}", near=near, line="1", column="1")


def _with_unit(run: Run) -> Run:
    text = f"{run.text}{_NO_BREAK}{run.unit}" if run.unit else run.text
    return Run(text, run.evidence, run.number, run.unit)


def _figure(material: Material, name: str, part: str) -> Run:
    one = material.observation(name)
    if one is None:
        raise _unknown("figure", name, [])
    run = figure_run(material.edition, one)
    match part:
        case "":
            return _with_unit(run)
        case "number":
            return run
        case "period":
            return Run(period_words(material.edition, one), name)
        case "source":
            return Run(source_words(material.edition, one.source, one.locator), name)
    raise _unknown("figure", f"{name}|{part}", ["number", "period", "source"])


def _result(material: Material, name: str, part: str) -> Run:
    one = material.results.get(name)
    if one is None:
        raise _unknown("result", name, material.results)
    run = result_run(material.edition, one)
    match part:
        case "":
            return _with_unit(run)
        case "number":
            return run
        case "period":
            return Run(compared_words(material.edition, one.period, one.base_period), name)
    raise _unknown("result", f"{name}|{part}", ["number", "period"])


def _evaluation(material: Material, name: str, part: str) -> Run:
    line = material.lines.get(name)
    if line is None:
        raise _unknown("evaluation", name, material.lines)
    if not part:
        return Run(material.edition.code("evaluation_statuses", line.status), name)
    if part == "text":
        return Run(said(line, material.language)["text"], name)
    figure = line.figures.get(part)
    if figure is None:
        raise _unknown("evaluation", f"{name}|{part}", ["text", *line.figures])
    return line_figure_run(name, figure, material.language)


def _claim(material: Material, name: str, part: str) -> Run:
    judgement = material.verdicts.get(name)
    if judgement is None:
        raise _unknown("claim", name, material.verdicts)
    if part == "text":
        claim = material.record("claims", name) or {}
        return Run(material.edition.text(claim.get("text")), f"claims/{name}")
    if part:
        raise _unknown("claim", f"{name}|{part}", ["text"])
    return Run(material.edition.code("claim_verdicts", judgement["verdict"]), f"claims/{name}")


def _finding(material: Material, name: str, part: str) -> Run:
    finding = material.findings.get(name)
    if finding is None or part:
        raise _unknown("finding", f"{name}|{part}" if part else name, material.findings)
    return Run(finding["said"][material.language]["title"], f"findings/{name}")


def _text(_material: Material, name: str, part: str) -> Run:
    plain = _DATE.sub("", f"{name}|{part}" if part else name)
    if _QUANTITY.search(plain):
        raise QuantityEscaped(text=name[:_NEAR], line="1", column="1")
    return Run(name)


_KINDS: Mapping[str, Callable[[Material, str, str], Run]] = {
    "figure": _figure,
    "result": _result,
    "evaluation": _evaluation,
    "claim": _claim,
    "finding": _finding,
    "text": _text,
}
