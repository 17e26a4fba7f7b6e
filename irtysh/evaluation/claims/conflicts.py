"""A conflict within a document in words: what was printed, and why it cannot all be true."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from irtysh.evaluation.claims.claim import Claim
from irtysh.evaluation.claims.naming import series_in_words, when
from irtysh.evaluation.claims.own import lines_of
from irtysh.evaluation.claims.shown import spoken
from irtysh.evaluation.consistency.values import Amount, written
from irtysh.evaluation.documents import Conflict, Element
from irtysh.vocabulary.numbers import format_number


def conflict_text(claim: Claim, conflicts: Sequence[Conflict], language: str) -> str:
    """Say that the claim and other figures of its document cannot all be true."""
    smallest = min(conflicts, key=lambda one: (len(one.elements), one.names))
    others = [one for one in smallest.elements if one.id.partition("#")[0] != f"claims/{claim.id}"]
    listed = "; ".join(_element(one, language) for one in others)
    return spoken("text.inconsistent", language, others=listed)


def conflict_lines(conflict: Conflict, language: str) -> list[str]:
    """Return the elements line by line, then the identities that bring them together."""
    lines = [spoken("line.conflict", language, count=str(len(conflict.elements)))]
    lines += [
        spoken("line.element", language, element=_element(one, language))
        for one in conflict.elements
    ]
    lines += [spoken(f"identity.{name}", language) for name in conflict.identities]
    return lines


def _place(locator: str, language: str) -> str:
    """Say where in the document something stands; a place that is no line as it is written."""
    stretches = lines_of(locator)
    if not stretches:
        return locator
    lines = ", ".join(
        f"{first}" if first == last else f"{first}–{last}" for first, last in stretches
    )
    several = len(stretches) > 1 or stretches[0][0] != stretches[0][1]
    return spoken("part.lines" if several else "part.line", language, lines=lines)


def _element(one: Element, language: str) -> str:
    name = series_in_words(one.series, one.period, language)
    place = _place(one.locator, language)
    if one.kind == "statement":
        return spoken("element.statement", language, locator=place, name=name)
    if one.kind in ("growth", "share"):
        rate = format_number(Decimal(one.printed), language)
        base = when(one.base_period, language) if one.base_period else ""
        return spoken(
            f"element.{one.kind}", language, name=name, number=rate, base=base, locator=place
        )
    number = Decimal(one.printed).scaleb(one.unit_mult)
    value = written(Amount(number, one.unit, one.unit_mult), language)
    return spoken(
        f"element.{one.kind}",
        language,
        name=name,
        number=value,
        locator=place,
        count=str(one.count),
    )
