"""A judgement in words of three languages: the verdict, why, and the arithmetic line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irtysh.evaluation.claims.claim import Claim
from irtysh.evaluation.claims.conflicts import conflict_lines, conflict_text
from irtysh.evaluation.claims.judgement import Judgement, Reading
from irtysh.evaluation.claims.naming import missing_in_words, series_in_words, when
from irtysh.evaluation.claims.shown import amount, bounds, margin_in_words, said_number, spoken
from irtysh.evaluation.claims.verdicts import Verdict
from irtysh.evaluation.documents import Conflict
from irtysh.evaluation.expressions.evidence import Leaf
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.text import LANGUAGES

_MOST_LINES = 12
"""Figures printed for one reading; a record over fifty years needs no more to be followed."""


def said(
    judgement: Judgement, claim: Claim, conflicts: Sequence[Conflict]
) -> dict[str, dict[str, Any]]:
    """Return language → {title, text, arithmetic}."""
    return {
        language: {
            "title": codelist("claim_verdicts").label(judgement.verdict.value, language),
            "text": _text(judgement, claim, conflicts, language),
            "arithmetic": _arithmetic(judgement, claim, conflicts, language),
        }
        for language in LANGUAGES
    }


def _text(judgement: Judgement, claim: Claim, conflicts: Sequence[Conflict], language: str) -> str:
    match judgement.verdict:
        case Verdict.INCONSISTENT:
            return conflict_text(claim, conflicts, language)
        case Verdict.AMBIGUOUS:
            return _ambiguous(judgement, language)
        case Verdict.NOT_CHECKABLE:
            return _not_checkable(judgement, claim, language)
        case Verdict.ILL_FORMED:
            return _ill_formed(judgement, claim, language)
    deciding = next((one for one in judgement.readings if one.verdict is judgement.verdict), None)
    if deciding is None:
        return spoken(f"verdict.{judgement.verdict.value}", language)
    return _decided(judgement, claim, deciding, language)


def _decided(judgement: Judgement, claim: Claim, reading: Reading, language: str) -> str:
    """Say what decided: a number against a number, a record, or yes and no."""
    verdict = judgement.verdict.value
    if judgement.reason == "cause":
        return spoken("text.cause", language)
    reason = ""
    if judgement.verdict is Verdict.INDETERMINATE and judgement.reason:
        reason = " " + spoken(f"because.{judgement.reason}", language)
    if reading.wanted == "years":
        share = _share(reading.evidence.interval, language)
        return spoken(f"text.tradition.{verdict}", language, share=share) + reason
    if reading.wanted:
        named = _listed(reading.evidence.choices, language)
        return (
            spoken(
                f"text.record.{verdict}",
                language,
                wanted=_listed((reading.wanted,), language),
                named=named,
            )
            + reason
        )
    if reading.evidence.gives == "truth":
        return spoken(f"text.truth.{verdict}", language) + reason
    found = amount(reading.evidence, claim, language)
    if claim.value is None or claim.operator in ("rises", "falls", "unchanged"):
        said_ = codelist("claim_operators").label(claim.operator, language)
        return spoken(f"text.direction.{verdict}", language, said=said_, found=found) + reason
    margin = margin_in_words(reading.margin, language)
    return (
        spoken(
            f"text.number.{verdict}",
            language,
            said=said_number(claim, language),
            found=found,
            margin=margin,
        )
        + reason
    )


def _ambiguous(judgement: Judgement, language: str) -> str:
    parts = []
    for place, reading in enumerate(judgement.readings, start=1):
        words = reading.words.get(language) or reading.expression
        verdict = codelist("claim_verdicts").label(reading.verdict.value, language)
        parts.append(
            spoken(
                "part.reading", language, number=str(place), reading=words, verdict=_low(verdict)
            )
        )
    return spoken("text.ambiguous", language, readings="; ".join(parts))


def _not_checkable(judgement: Judgement, claim: Claim, language: str) -> str:
    found = [missing_in_words(one, language) for one in judgement.missing]
    found += [
        spoken(f"missing.{reading.reason}", language)
        for reading in judgement.readings
        if reading.reason in ("number", "unit")
    ]
    wanted = (claim.unbound or {}).get(language, "")
    if wanted and not judgement.readings:
        return spoken("text.unbound", language, needed=wanted)
    for reading in judgement.readings:
        if reading.fault is not None:
            return spoken("text.expression", language, fault=_fault(reading, language))
    listed = "; ".join(dict.fromkeys(one for one in found if one))
    if not listed:
        return spoken("text.nothing", language)
    key = "text.only_own" if judgement.own and judgement.reason == "data" else "text.missing"
    return spoken(key, language, missing=listed)


def _ill_formed(judgement: Judgement, claim: Claim, language: str) -> str:
    if judgement.reason == "kind":
        units, kinds = codelist("units"), codelist("claim_kinds")
        return spoken(
            "text.kind",
            language,
            kind=_low(kinds.label(claim.kind, language)),
            unit=_low(units.label(claim.unit, language)),
        )
    for reading in judgement.readings:
        if reading.fault is not None:
            return spoken("text.units", language, fault=_fault(reading, language))
    return spoken("text.unlike", language)


def _fault(reading: Reading, language: str) -> str:
    assert reading.fault is not None
    return spoken(
        "part.fault",
        language,
        expression=reading.expression,
        position=str(reading.fault["position"]),
        token=str(reading.fault["token"]),
        expected=str(reading.fault["expected"][language]),
    )


def _arithmetic(
    judgement: Judgement, claim: Claim, conflicts: Sequence[Conflict], language: str
) -> list[str]:
    lines: list[str] = []
    for number, reading in enumerate(judgement.readings, start=1):
        if len(judgement.readings) > 1:
            words = reading.words.get(language) or reading.expression
            lines.append(spoken("line.reading", language, number=str(number), reading=words))
        lines += _lines(reading, claim, language)
    for conflict in conflicts:
        lines += conflict_lines(conflict, language)
    return lines


def _lines(reading: Reading, claim: Claim, language: str) -> list[str]:
    lines = []
    shown = _relevant(reading)
    for leaf in shown:
        name = series_in_words(leaf.dimensions, leaf.period, language) or leaf.text
        value = amount(leaf, claim, language)
        lines.append(spoken("line.leaf", language, name=name, value=value))
    rest = len(reading.evidence.leaves) - len(shown)
    if rest:
        lines.append(spoken("line.rest", language, count=str(rest)))
    if reading.evidence.interval is not None and _is_computed(reading):
        value = amount(reading.evidence, claim, language)
        lines.append(spoken("line.result", language, name=reading.expression, value=value))
    if (
        reading.literal is not None
        and reading.literal.low < reading.literal.high
        and (reading.evidence.gives == "figure")
    ):
        unit = "" if reading.wanted else reading.evidence.unit
        literal = bounds(reading.literal, unit, claim, language)
        usual = bounds(reading.usual, unit, claim, language) if reading.usual else literal
        key = "line.admits" if literal == usual else "line.admits_both"
        lines.append(spoken(key, language, literal=literal, usual=usual))
    if reading.evidence.choices:
        named = _listed(reading.evidence.choices, language)
        lines.append(spoken("line.choices", language, named=named))
    return lines


def _relevant(reading: Reading) -> list[Leaf]:
    """Return the figures to print: all, or of many those that decide, in their order."""
    leaves = reading.evidence.leaves
    if len(leaves) <= _MOST_LINES:
        return list(leaves)
    deciding = {reading.wanted, *reading.evidence.choices}
    first = [leaf for leaf in leaves if leaf.period in deciding]
    others = [leaf for leaf in leaves if leaf.period not in deciding]
    others.sort(key=lambda leaf: (-leaf.interval.low, leaf.text))
    kept = {id(leaf) for leaf in (*first, *others)[:_MOST_LINES]}
    return [leaf for leaf in leaves if id(leaf) in kept]


def _is_computed(reading: Reading) -> bool:
    """True where the result is a number that is not itself one of the lines above."""
    if reading.evidence.gives != "figure" or reading.wanted == "years":
        return False
    leaves = reading.evidence.leaves
    return len(leaves) != 1 or leaves[0].interval != reading.evidence.interval


def _listed(codes: Sequence[str], language: str) -> str:
    areas = codelist("areas")
    return ", ".join(
        areas.label(code, language) if code in areas else when(code, language) for code in codes
    )


def _share(interval: Interval | None, language: str) -> str:
    return "" if interval is None else bounds(interval.scaled(100), "PC", None, language)


def _low(words: str) -> str:
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
